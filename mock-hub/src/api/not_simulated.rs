//! What Webex documents and this hub does not have (API-017).
//!
//! Separate from the routes, so that a client learns whether it asked for something that is not there at all or for
//! something that the mock lacks. The lists are data; an operation that gets a route goes from the one that has operations.
//! The other has families of paths, which say nothing about methods and are asked only where there is no route.

use axum::http::Method;
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::platform::PATH_IS_SIMULATED;

const LIST: &str = include_str!("not_simulated.txt");
const FAMILIES: &str = include_str!("not_simulated_families.txt");

/// A line of the list.
#[derive(Debug, Clone, Copy)]
pub struct Lacking {
    /// Methods parted by commas; none are all.
    pub methods: Option<&'static str>,
    /// The path, with its parameters in braces.
    pub path: &'static str,
}

/// All that Webex documents and the hub does not have.
pub fn all() -> impl Iterator<Item = Lacking> {
    lines(LIST).map(|line| match line.split_once(' ') {
        Some((methods, path)) => Lacking { methods: Some(methods), path },
        None => Lacking { methods: None, path: line },
    })
}

/// The paths that whole families of paths begin with.
pub fn families() -> impl Iterator<Item = &'static str> {
    lines(FAMILIES)
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The refusal of what the hub does not have.
pub fn refusal() -> HubError {
    HubError::broken(&PATH_IS_SIMULATED).advise(&advice::NOT_IN_THIS_VERSION)
}

/// Whether an operation is one of the documented API that is not simulated.
pub fn has(method: &Method, path: &str) -> bool {
    all().any(|lacking| lacking.has_method(method) && lacking.fits(path))
}

/// Whether something of a path that no route answers is, or the path belongs to a family that is not.
pub fn has_path(path: &str) -> bool {
    all().any(|lacking| lacking.fits(path)) || families().any(|family| begins(path, family))
}

/// Whether a path is this one or lies below it.
fn begins(path: &str, family: &str) -> bool {
    let mut parts = path.split('/');
    family.split('/').all(|wanted| parts.next().is_some_and(|part| is_meant(wanted, part)))
}

fn is_meant(wanted: &str, part: &str) -> bool {
    part == wanted || wanted.starts_with('{') && !part.is_empty()
}

impl Lacking {
    fn has_method(&self, method: &Method) -> bool {
        self.methods.is_none_or(|methods| methods.split(',').any(|listed| listed == method.as_str()))
    }

    fn fits(&self, path: &str) -> bool {
        let mut parts = path.split('/');
        let is_one = |wanted: &str| parts.next().is_some_and(|part| is_meant(wanted, part));
        self.path.split('/').all(is_one) && parts.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_listed_by_itself_and_not_with_all_below_it() {
        let one = Lacking { methods: Some("GET,POST"), path: "/v1/groups/{groupId}/members" };
        assert!(one.fits("/v1/groups/x/members"));
        for path in ["/v1/groups//members", "/v1/groups/x", "/v1/groups/x/members/y", "/v1/groups/x/member"] {
            assert!(!one.fits(path), "{path}");
        }
        assert!(one.has_method(&Method::POST) && !one.has_method(&Method::PUT));
        assert!(Lacking { methods: None, path: "/v1/groups" }.has_method(&Method::PUT));
    }

    #[test]
    fn a_family_is_listed_with_all_below_it() {
        let family = "/v1/people/{personId}/features";
        for path in ["/v1/people/x/features", "/v1/people/x/features/callForwarding"] {
            assert!(begins(path, family), "{path}");
        }
        for path in ["/v1/people/x", "/v1/people//features", "/v1/people/x/feature", "/v1/people/features"] {
            assert!(!begins(path, family), "{path}");
        }
    }

    #[test]
    fn every_line_is_methods_and_a_path() {
        for Lacking { methods, path } in all() {
            assert!(path.starts_with('/') && !path.contains(' '), "{path}");
            let mut methods = methods.into_iter().flat_map(|methods| methods.split(','));
            let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
            assert!(methods.all(|method| known.contains(&method)), "{path}");
        }
    }
}
