//! One request and its answer, with whatever it takes to get it: a new token, waits, further tries, a look.
//!
//! The reader of an answer is part of a try, because a success that cannot be read tells as little as no answer at all.

use std::error::Error as _;
use std::future::Future;

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::request::{Body, Request};
use crate::token::Grant;
use crate::tries::Tries;

/// Whether a write may be sent again before anybody has looked what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// Doing it twice is doing it once.
    Harmless,
    /// Done twice it would be done twice, or refused.
    AfterALook,
}

impl Client {
    /// Sends a request that does no harm when it is sent twice, until it has an answer to rely on.
    pub(crate) async fn ask<T>(
        &self,
        request: &Request,
        read: impl Fn(&Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.ask_at(request.url(self.origin()), request, read).await
    }

    /// The same at another address of the same origin, such as that of a next page.
    pub(crate) async fn ask_at<T>(
        &self,
        url: Url,
        request: &Request,
        read: impl Fn(&Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut tries = Tries::of(self);
        loop {
            let answer = self.send(url.clone(), request).await;
            match answer.and_then(|answer| read(&answer)) {
                Ok(value) => return Ok(value),
                Err(failure) => tries.next(failure).await?,
            }
        }
    }

    /// Sends a write. Where an answer was lost, `look` says what there is of it, if what is there is what was asked for.
    ///
    /// A refusal at a later try may speak of what an earlier one did, so it is looked at too.
    pub(crate) async fn write<T, F: Future<Output = Result<Option<T>, Error>>>(
        &self,
        request: &Request,
        read: impl Fn(&Answer) -> Result<T, Error>,
        repetition: Repetition,
        look: impl Fn() -> F,
    ) -> Result<T, Error> {
        let mut tries = Tries::of(self);
        let mut is_open = false;
        loop {
            let answer = self.send(request.url(self.origin()), request).await;
            let failure = match answer.and_then(|answer| read(&answer)) {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            is_open |= failure.leaves_open();
            let needs_look = failure.leaves_open() && repetition == Repetition::AfterALook;
            if needs_look && !self.policy().recovers_lost_writes {
                return Err(failure);
            }
            if needs_look || (is_open && failure.may_be_of_an_earlier_try()) {
                match look().await {
                    Ok(Some(found)) => return Ok(found),
                    Ok(None) => {}
                    Err(_) if needs_look => return Err(failure), // nobody knows, so it is not sent again
                    Err(_) => {}
                }
            }
            tries.next(failure).await?;
        }
    }

    /// Removes something. What is not there at a later try was removed by an earlier one.
    pub(crate) async fn remove(&self, request: &Request) -> Result<(), Error> {
        let mut tries = Tries::of(self);
        let mut is_open = false;
        loop {
            let Err(failure) = self.send(request.url(self.origin()), request).await else { return Ok(()) };
            if is_open && failure.is_not_found() {
                return Ok(());
            }
            is_open |= failure.leaves_open();
            tries.next(failure).await?;
        }
    }

    /// One try; with an expired token two, because the service did nothing at the first.
    async fn send(&self, url: Url, request: &Request) -> Result<Answer, Error> {
        let token = self.token().access().await;
        let answer = self.send_as(&token, url.clone(), request).await?;
        if answer.status == 401
            && let Some(token) = self.renewed(&token).await?
        {
            return self.send_as(&token, url, request).await?.accepted();
        }
        answer.accepted()
    }

    async fn send_as(&self, token: &str, url: Url, request: &Request) -> Result<Answer, Error> {
        let sent = self.http().request(request.method.clone(), url).bearer_auth(token);
        let sent = match &request.body {
            Body::Nothing => sent,
            Body::Json(value) => sent.json(value),
            Body::Csv(file) => sent.header(CONTENT_TYPE, "text/csv").body(file.clone()),
        };
        receive(request.name(), sent).await
    }

    /// A new access token in the place of `old`; none where there is no way to one, or the service refuses it.
    async fn renewed(&self, old: &str) -> Result<Option<String>, Error> {
        let mut held = self.token().lock().await;
        if held.access != old {
            return Ok(Some(held.access.clone())); // somebody else was faster
        }
        let Some(refresh) = held.refresh.clone() else { return Ok(None) };
        let request = Request::post(&["v1", "access_token"]);
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &refresh.client_id),
            ("client_secret", &refresh.client_secret),
            ("refresh_token", &refresh.refresh_token),
        ];
        let sent = self.http().post(request.url(self.origin())).form(&form);
        let Ok(answer) = receive(request.name(), sent).await?.accepted() else { return Ok(None) };
        let grant: Grant = answer.json()?;
        held.take(grant);
        Ok(Some(held.access.clone()))
    }
}

async fn receive(request: String, sent: reqwest::RequestBuilder) -> Result<Answer, Error> {
    let lost = |error: reqwest::Error| Error::Transport {
        request: request.clone(),
        reason: reason(&error),
        is_timeout: error.is_timeout(),
        was_sent: !error.is_connect(),
    };
    let response = sent.send().await.map_err(lost)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.map_err(lost)?.to_vec();
    Ok(Answer { request, status, headers, body })
}

/// What went wrong, without the address, down to the cause that says something.
fn reason(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.last().map_or_else(|| error.to_string(), ToString::to_string)
}
