//! Pages of wholesale lists (API-012) and the `Link` header that leads through them (API-013).
//!
//! Each address in the header is absolute, keeps the filters, names `offset` and `max`, and has no comma or
//! semicolon, because there are clients that split the header at those. The next one also has a `cursor`, the entry that
//! the page ended with: whoever follows it misses nothing and sees nothing twice while others write (API-018). It is
//! made of digits, letters and dashes only, because there are clients that put addresses together without encoding.

use axum::http::HeaderValue;
use hub_core::{HubError, Limits, Mark, PageRequest, Timestamp};
use hub_rules::platform::VALUE_HAS_ITS_TYPE;
use hub_rules::{advice, expected};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};
use uuid::Uuid;

use super::parameters::Parameters;
use crate::openapi;

/// What some resources call the offset.
const START: &str = "start";

/// The parameters that [`request`] takes, as the OpenAPI document has them.
#[derive(Debug)]
pub enum Paging {}

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let max = format!("How many entries the page has: {}.", Limits::WHOLESALE);
        let offset = "How many entries to pass over.";
        let cursor =
            "Only as a Link header has it: the page begins behind this entry, whatever the offset is.";
        vec![
            openapi::query::<u32>("max", &max),
            openapi::query::<u32>("offset", offset),
            openapi::query::<String>("cursor", cursor),
        ]
    }
}

/// Takes `max`, `offset` and `cursor`.
pub fn request(parameters: &mut Parameters) -> Result<PageRequest, HubError> {
    wanted(parameters, "max", Limits::WHOLESALE)
}

/// Takes the number of entries wanted by the name that the resource gives it, `offset` and `cursor`.
pub fn wanted(
    parameters: &mut Parameters,
    name: &'static str,
    limits: Limits,
) -> Result<PageRequest, HubError> {
    let max =
        parameters.whole_number::<usize>(name, &expected::WHOLE_NUMBER_FROM_1)?.unwrap_or(limits.default);
    if max == 0 {
        return Err(HubError::broken(&VALUE_HAS_ITS_TYPE)
            .at(name)
            .saw(0)
            .advise(advice::expected(&expected::AT_LEAST_1)));
    }
    let offset = parameters.whole_number("offset", &expected::WHOLE_NUMBER_FROM_0)?.unwrap_or(0);
    let after = parameters.read("cursor", &expected::LINK_CURSOR, mark)?;
    Ok(PageRequest { offset, max: max.min(limits.largest), after })
}

/// The parameters that [`from_start`] takes, as the OpenAPI document has them.
#[derive(Debug)]
pub enum StartPaging {}

impl IntoParams for StartPaging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let of_links = "Only as a Link header has it, in the place of `start`.";
        vec![
            openapi::query::<u32>("max", "How many entries the page has at most."),
            openapi::query::<u32>("start", "How many entries to pass over."),
            openapi::query::<u32>("offset", of_links),
            openapi::query::<String>("cursor", of_links),
        ]
    }
}

/// The same for resources that call the offset `start`. Links have `offset` in its place, because there is a client that
/// looks for it.
pub fn from_start(parameters: &mut Parameters, limits: Limits) -> Result<PageRequest, HubError> {
    let start = parameters.whole_number(START, &expected::WHOLE_NUMBER_FROM_0)?;
    let page = wanted(parameters, "max", limits)?;
    Ok(PageRequest { offset: start.unwrap_or(page.offset), ..page })
}

/// A mark as [`cursor`] writes it.
pub fn mark(text: &str) -> Option<Mark> {
    let (time, id) = text.split_once('-').map_or((None, text), |(time, id)| (Some(time), id));
    let time = match time {
        Some(time) => Some(Timestamp::from_millis(time.parse().ok()?)),
        None => None,
    };
    Some(Mark { time, id: Uuid::try_parse(id).ok()? })
}

/// A mark, made of digits, letters and dashes only.
pub fn cursor(mark: Mark) -> String {
    let id = mark.id.simple();
    mark.time.map_or_else(|| id.to_string(), |time| format!("{}-{id}", time.as_millis()))
}

/// The `Link` header that leads to the next page of a list whose parameters have other names: these take the place of
/// those of the request.
pub fn onward(url: &str, query: Option<&str>, place: &[(&str, String)]) -> HeaderValue {
    let target = format!("<{url}?");
    let start = target.len();
    let filters = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let kept = filters.filter(|(name, _)| name != "cursor" && !place.iter().any(|(known, _)| known == name));
    let encoded = form_urlencoded::Serializer::for_suffix(target, start)
        .extend_pairs(kept)
        .extend_pairs(place)
        .finish();
    HeaderValue::try_from(format!("{encoded}>; rel=\"next\"")).expect("an encoded query is visible ASCII")
}

/// The `Link` header of a page; none where the page is the whole list.
pub fn links(url: &str, query: Option<&str>, page: PageRequest, next: Option<Mark>) -> Option<HeaderValue> {
    let mut links = Vec::new();
    if next.is_some() {
        let next = PageRequest { offset: page.offset.saturating_add(page.max), after: next, ..page };
        links.push(link(url, query, next, "next"));
    }
    if page.offset > 0 {
        let prev = PageRequest::of(page.offset.saturating_sub(page.max), page.max);
        links.push(link(url, query, prev, "prev"));
        links.push(link(url, query, PageRequest::of(0, page.max), "first"));
    }
    if links.is_empty() {
        return None;
    }
    Some(HeaderValue::try_from(links.join(", ")).expect("an encoded query is visible ASCII"))
}

fn link(url: &str, query: Option<&str>, page: PageRequest, rel: &str) -> String {
    let target = format!("<{url}?");
    let start = target.len();
    let filters = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let encoded = form_urlencoded::Serializer::for_suffix(target, start)
        .extend_pairs(filters.filter(|(name, _)| !["offset", START, "max", "cursor"].contains(&&**name)))
        .append_pair("offset", &page.offset.to_string())
        .append_pair("max", &page.max.to_string())
        .extend_pairs(page.after.map(|mark| ("cursor", cursor(mark))))
        .finish();
    format!("{encoded}>; rel=\"{rel}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://127.0.0.1:8080/s/ci/v1/wholesale/customers";

    fn check(query: &str, next: Option<Mark>) -> String {
        let page = request(&mut Parameters::of(Some(query))).unwrap();
        links(URL, Some(query), page, next).map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    }

    fn behind(id: u128) -> Option<Mark> {
        Some(Mark { time: None, id: Uuid::from_u128(id) })
    }

    #[test]
    fn links_are_absolute_and_keep_the_filters_api_013() {
        insta::assert_snapshot!(check("status=error,updating&max=10&offset=20&x=%3B&cursor=00000000000000000000000000000007", behind(0xff)).replace(", ", "\n"), @r#"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?status=error%2Cupdating&x=%3B&offset=30&max=10&cursor=000000000000000000000000000000ff>; rel="next"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?status=error%2Cupdating&x=%3B&offset=10&max=10>; rel="prev"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?status=error%2Cupdating&x=%3B&offset=0&max=10>; rel="first"
        "#);
        insta::assert_snapshot!(check("max=10&offset=5", None).replace(", ", "\n"), @r#"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?offset=0&max=10>; rel="prev"
        <http://127.0.0.1:8080/s/ci/v1/wholesale/customers?offset=0&max=10>; rel="first"
        "#);
        assert_eq!(check("max=10", None), "");
    }

    #[test]
    fn a_page_holds_50_unless_asked_and_never_more_than_100_api_012() {
        let max = |query| request(&mut Parameters::of(Some(query))).map(|page| page.max);
        assert_eq!(max(""), Ok(50));
        assert_eq!(max("max=1000"), Ok(100));
        for query in ["max=0", "max=-1", "max=ten", "offset=-1", "cursor=7", "cursor=x-019ca945"] {
            assert_eq!(max(query).unwrap_err().rule.id, "API-002", "{query}");
        }
    }

    #[test]
    fn a_cursor_is_read_as_it_is_written() {
        let plain = behind(0x019c_a945).unwrap();
        let timed = Mark { time: Timestamp::parse("2026-03-01T12:00:00Z"), ..plain };
        for written in [plain, timed] {
            assert_eq!(mark(&cursor(written)), Some(written));
        }
        assert_eq!(cursor(timed), "1772366400000-000000000000000000000000019ca945");
    }
}
