//! Pages of wholesale lists (API-012) and the `Link` header that leads through them (API-013).
//!
//! Each address in the header is absolute, keeps the filters, names `offset` and `max`, and has no comma or
//! semicolon, because there are clients that split the header at those.

use axum::http::HeaderValue;
use hub_core::{HubError, PageRequest};
use hub_rules::platform::VALUE_HAS_ITS_TYPE;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::parameters::Parameters;
use crate::openapi;

const DEFAULT_MAX: usize = 50;
const LARGEST_MAX: usize = 100;

/// The parameters that [`request`] takes, as the OpenAPI document has them.
#[derive(Debug)]
pub enum Paging {}

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let max =
            format!("How many entries the page has: {DEFAULT_MAX} if not given, at most {LARGEST_MAX}.");
        let offset = "How many entries to pass over.";
        vec![openapi::query::<u32>("max", &max), openapi::query::<u32>("offset", offset)]
    }
}

/// Takes `max` and `offset`.
pub fn request(parameters: &mut Parameters) -> Result<PageRequest, HubError> {
    wanted(parameters, "max", DEFAULT_MAX, LARGEST_MAX)
}

/// Takes the number of entries wanted by the name that the resource gives it, and `offset`.
pub fn wanted(
    parameters: &mut Parameters,
    name: &'static str,
    default: usize,
    largest: usize,
) -> Result<PageRequest, HubError> {
    let max = parameters.parsed::<usize>(name, "a whole number from 1")?.unwrap_or(default);
    if max == 0 {
        return Err(HubError::broken(&VALUE_HAS_ITS_TYPE).at(name).saw(0).advise("Expected at least 1."));
    }
    let offset = parameters.parsed("offset", "a whole number from 0")?.unwrap_or(0);
    Ok(PageRequest { offset, max: max.min(largest) })
}

/// The `Link` header of a page; none where the page is the whole list.
pub fn links(url: &str, query: Option<&str>, page: PageRequest, has_more: bool) -> Option<HeaderValue> {
    let mut links = Vec::new();
    if has_more {
        links.push(link(url, query, page.offset.saturating_add(page.max), page.max, "next"));
    }
    if page.offset > 0 {
        links.push(link(url, query, page.offset.saturating_sub(page.max), page.max, "prev"));
        links.push(link(url, query, 0, page.max, "first"));
    }
    if links.is_empty() {
        return None;
    }
    Some(HeaderValue::try_from(links.join(", ")).expect("an encoded query is visible ASCII"))
}

fn link(url: &str, query: Option<&str>, offset: usize, max: usize, rel: &str) -> String {
    let target = format!("<{url}?");
    let start = target.len();
    let filters = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let encoded = form_urlencoded::Serializer::for_suffix(target, start)
        .extend_pairs(filters.filter(|(name, _)| name != "offset" && name != "max"))
        .append_pair("offset", &offset.to_string())
        .append_pair("max", &max.to_string())
        .finish();
    format!("{encoded}>; rel=\"{rel}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://127.0.0.1:8080/s/ci/v1/wholesale/customers";

    fn check(query: &str, has_more: bool) -> String {
        let page = request(&mut Parameters::of(Some(query))).unwrap();
        links(URL, Some(query), page, has_more)
            .map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn links_are_absolute_and_keep_the_filters_api_013() {
        insta::assert_snapshot!(check("status=error,updating&max=10&offset=20&x=%3B", true).replace(", ", "\n"), @r#"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?status=error%2Cupdating&x=%3B&offset=30&max=10>; rel="next"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?status=error%2Cupdating&x=%3B&offset=10&max=10>; rel="prev"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?status=error%2Cupdating&x=%3B&offset=0&max=10>; rel="first"
        "#);
        insta::assert_snapshot!(check("max=10&offset=5", false).replace(", ", "\n"), @r#"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?offset=0&max=10>; rel="prev"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?offset=0&max=10>; rel="first"
        "#);
        assert_eq!(check("max=10", false), "");
    }

    #[test]
    fn a_page_holds_50_unless_asked_and_never_more_than_100_api_012() {
        let max = |query| request(&mut Parameters::of(Some(query))).map(|page| page.max);
        assert_eq!(max(""), Ok(50));
        assert_eq!(max("max=1000"), Ok(100));
        for query in ["max=0", "max=-1", "max=ten", "offset=-1"] {
            assert_eq!(max(query).unwrap_err().rule.id, "API-002", "{query}");
        }
    }
}
