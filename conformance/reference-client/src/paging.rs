//! Lists over all their pages.
//!
//! The address of the next page is the service's word: complete, opaque, and followed as it is, within one origin.

use std::collections::HashSet;

use reqwest::Url;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

impl Client {
    /// All entries of a list, which a page has under one of these names.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        request: &Request,
        names: &[&str],
    ) -> Result<Vec<T>, Error> {
        let pages = self.pages(request, |answer| entries(answer, names)).await?;
        Ok(pages.into_iter().flatten().collect())
    }

    /// What `read` makes of each page.
    pub(crate) async fn pages<T>(
        &self,
        request: &Request,
        read: impl Fn(&Answer) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut url = request.url(self.origin());
        let mut seen = HashSet::from([url.clone()]);
        let mut pages = Vec::new();
        loop {
            let here = url.clone();
            let read_page = |answer: &Answer| Ok((read(answer)?, next(answer, &here)?));
            let (page, next) = self.ask_at(url, request, read_page).await?;
            pages.push(page);
            let Some(next) = next else { return Ok(pages) };
            let fault =
                |reason: &str| Error::Malformed { request: request.name(), reason: reason.to_owned() };
            if next.origin() != self.origin().origin() {
                return Err(fault("the next page is on another origin, where the token does not belong"));
            }
            if !seen.insert(next.clone()) {
                return Err(fault("the list leads back to a page that it had before"));
            }
            if pages.len() >= self.policy().max_pages {
                let reason = format!("the list has more than {} pages", pages.len());
                return Err(Error::GaveUp { request: request.name(), reason });
            }
            url = next;
        }
    }

    /// The request with the page size of the policy, where the caller did not ask for one.
    pub(crate) fn paged(&self, request: Request, name: &str) -> Request {
        match self.policy().page_size {
            Some(size) if !request.query.iter().any(|(known, _)| known == name) => {
                request.with(name, size.to_string())
            }
            _ => request,
        }
    }
}

fn entries<T: DeserializeOwned>(answer: &Answer, names: &[&str]) -> Result<Vec<T>, Error> {
    let mut body: Value = answer.json()?;
    let name = names.iter().find(|name| body[**name].is_array());
    let name = name.ok_or_else(|| answer.malformed(format!("it has no `{}`", names[0])))?;
    serde_json::from_value(body[*name].take()).map_err(|error| answer.malformed(error.to_string()))
}

/// The address of the next page: by the `Link` header, or by `paging.next`, as lists of Control Hub have it.
fn next(answer: &Answer, here: &Url) -> Result<Option<Url>, Error> {
    let said = answer.next_link().or_else(|| {
        let body: Value = answer.json().ok()?;
        body["paging"]["next"].as_str().map(str::to_owned)
    });
    let join = |next: String| here.join(&next).map_err(|error| answer.malformed(format!("{next}: {error}")));
    said.map(join).transpose()
}
