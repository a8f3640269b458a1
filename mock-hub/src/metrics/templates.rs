//! The template of the route that a path takes, such as `/v1/people/{personId}`: a label of metrics, and of bounded number.
//!
//! The router of the hub knows it too, but tells only the handler. Pages are one label, and so are paths that nothing is at.

use std::sync::Arc;

/// The templates of the documented routes.
#[derive(Debug)]
pub struct Templates {
    documented: matchit::Router<Arc<str>>,
    page: Arc<str>,
    other: Arc<str>,
}

impl Default for Templates {
    fn default() -> Self {
        Templates { documented: matchit::Router::new(), page: "page".into(), other: "other".into() }
    }
}

impl Templates {
    /// Adds that of a path.
    pub fn add(&mut self, path: &str) {
        self.documented.insert(path, path.into()).expect("the router takes the path too");
    }

    /// The template that a path fits.
    pub fn find(&self, path: &str, is_page: bool) -> &Arc<str> {
        let fallback = if is_page { &self.page } else { &self.other };
        self.documented.at(path).map_or(fallback, |found| found.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_template_of_its_route_and_whatever_else_one_of_two() {
        let mut templates = Templates::default();
        ["/v1/people/{id}", "/v1/people/me"].into_iter().for_each(|path| templates.add(path));
        let found = |path: &str, is_page| templates.find(path, is_page).to_string();
        assert_eq!(found("/v1/people/abc", false), "/v1/people/{id}");
        assert_eq!(found("/v1/people/me", false), "/v1/people/me");
        assert_eq!((found("/", true), found("/v1/no", false)), ("page".to_owned(), "other".to_owned()));
    }
}
