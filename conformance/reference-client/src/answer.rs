//! An answer of the service, read to its end: a refusal is made of it, or a value.

use std::time::Duration;

use reqwest::header::{HeaderMap, LINK, LOCATION, RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Kind, Refusal};
use crate::refusal;

/// What came back, with method and path of what it answers.
pub(crate) struct Answer {
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The answer, if it is no refusal.
    pub(crate) fn accepted(self) -> Result<Self, Error> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        Err(Error::Refused(Box::new(refusal::of(&self))))
    }

    /// The value in the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| self.malformed(error.to_string()))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.body.clone()).map_err(|error| self.malformed(error.to_string()))
    }

    /// The id that an accepted resource has: the end of its address.
    pub(crate) fn id_of_resource(&self) -> Result<String, Error> {
        let body: Value = self.json()?;
        let address = body["url"].as_str().or_else(|| self.header(LOCATION.as_str()));
        let id = address.and_then(|address| address.trim_end_matches('/').rsplit('/').next());
        let id = id.map(|id| id.split('?').next().unwrap_or_default()).filter(|id| !id.is_empty());
        id.map(str::to_owned).ok_or_else(|| self.malformed("it has no address of the resource".to_owned()))
    }

    pub(crate) fn malformed(&self, reason: String) -> Error {
        Error::Malformed { request: self.request.clone(), reason }
    }

    /// A success that left something out.
    pub(crate) fn partial(&self, message: &str) -> Result<Error, Error> {
        let partial = Some(self.json()?);
        let refusal = refusal::of(self);
        let message = message.to_owned();
        Ok(Error::Refused(Box::new(Refusal { kind: Kind::Partial, message, partial, ..refusal })))
    }

    /// In how many seconds to ask again. A 0 counts as one, because others who ask at once are why it is said.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let seconds: u64 = self.header(RETRY_AFTER.as_str())?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds.max(1)))
    }

    /// The address of the next page, by the `Link` header.
    pub(crate) fn next_link(&self) -> Option<String> {
        let values = self.headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
        values
            .flat_map(links)
            .find(|(_, parameters)| is_next(parameters))
            .map(|(address, _)| address.to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The links of a header: address and parameters. Addresses may have commas, so they are found by their brackets.
fn links(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split('<').skip(1).filter_map(|link| link.split_once('>'))
}

fn is_next(parameters: &str) -> bool {
    parameters.split([';', ',']).any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        let mut relations = value.trim().trim_matches('"').split_whitespace();
        name.trim().eq_ignore_ascii_case("rel") && relations.any(|it| it.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(header: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(LINK, header.parse().unwrap());
        Answer { request: String::new(), status: 200, headers, body: Vec::new() }.next_link()
    }

    #[test]
    fn the_next_page_is_found_among_other_links_and_with_commas_in_its_address() {
        let header = "<https://hub/v1/x?offset=0>; rel=\"first\", <https://hub/v1/x?ids=1,2;3>; rel=\"next\"";
        assert_eq!(next(header).as_deref(), Some("https://hub/v1/x?ids=1,2;3"));
        assert_eq!(next("</v1/x>; title=a; rel=next").as_deref(), Some("/v1/x"));
        assert_eq!(next("<https://hub/v1/x?rel=next>; rel=\"prev\""), None);
    }
}
