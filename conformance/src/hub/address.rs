//! Addresses that a hub gives: the next page in a `Link` header, and whether an address is the hub's own.
//!
//! A token is for the hub that it was granted at. It does not follow an address to anybody else, whoever gave that.

use reqwest::Url;

use super::HubFailed;

/// The address of the next page in a `Link` header.
pub(crate) fn next_of(links: &str) -> Option<String> {
    let mut rest = links;
    while let Some((_, from)) = rest.split_once('<') {
        let (address, behind) = from.split_once('>')?;
        let (parameters, others) = behind.split_at(end_of(behind));
        if is_next(parameters) {
            return Some(address.to_owned());
        }
        rest = others;
    }
    None
}

/// Where the parameters of a link end: before a comma that does not stand in quotes.
fn end_of(parameters: &str) -> usize {
    let mut is_quoted = false;
    let is_end = |c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    };
    parameters.find(is_end).unwrap_or(parameters.len())
}

fn is_next(parameters: &str) -> bool {
    parameters.split(';').any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        let mut relations = value.trim().trim_matches('"').split_whitespace();
        name.trim().eq_ignore_ascii_case("rel") && relations.any(|it| it.eq_ignore_ascii_case("next"))
    })
}

/// The address, seen from the page on which it stands, if a token for `origin` may go there.
pub(super) fn own(origin: &str, page: &str, address: &str) -> Result<Url, HubFailed> {
    let parsed =
        |text: &str| Url::parse(text).map_err(|error| HubFailed(format!("`{text}` is no address: {error}")));
    let url = parsed(page)?.join(address);
    let url = url.map_err(|error| HubFailed(format!("`{address}` is no address: {error}")))?;
    if url.origin() == parsed(origin)?.origin() {
        return Ok(url);
    }
    Err(HubFailed(format!("{url} is not at {origin}, and a token for that is sent to nobody else")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_found_by_brackets_and_quotes() {
        let next = |links| next_of(links).unwrap_or_default();
        assert_eq!(
            next("<http://h/x?o=0>; rel=\"first\", <http://h/x?ids=1,2;3>; rel=\"next\""),
            "http://h/x?ids=1,2;3"
        );
        assert_eq!(next("</x>; title=\"a, <b>\"; rel=next"), "/x");
        assert_eq!(next("</x>; rel=\"prev next\""), "/x");
        assert_eq!(next("<http://h/x?rel=\"next\">; rel=\"prev\""), "");
    }

    #[test]
    fn a_token_goes_to_its_own_hub_alone() {
        let own = |address| {
            own("http://h:80", "http://h/v1/x", address).map(String::from).map_err(|failed| failed.0)
        };
        assert_eq!(own("/v1/y?a=b").as_deref(), Ok("http://h/v1/y?a=b"));
        assert_eq!(own("http://h/v1/y").as_deref(), Ok("http://h/v1/y"));
        for foreign in
            ["http://other/v1/x", "https://h/v1/x", "//other/x", "http://h:80@other/x", "file:///x"]
        {
            assert!(own(foreign).is_err_and(|what| what.contains("sent to nobody else")), "{foreign}");
        }
    }
}
