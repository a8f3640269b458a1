//! One request after another over a keep-alive connection: what a measure prepares, and what it looks at one by one.

use std::ops::Range;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request as HttpRequest;

use crate::process::Server;
use crate::request::Request;

/// How long one answer may take.
const LIMIT: Duration = Duration::from_secs(300);

/// A client of one server, with its token.
pub(crate) struct Client {
    agent: Agent,
    url: String,
    token: String,
}

impl Client {
    pub(crate) fn of(server: &Server) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(LIMIT));
        Client {
            agent: config.build().into(),
            url: format!("http://{}", server.address),
            token: server.token.clone(),
        }
    }

    /// The bytes of an answer; one that says no is an error.
    pub(crate) fn send(&self, request: &Request) -> Result<Vec<u8>> {
        self.send_as(request, "application/json", request.body.as_bytes())
    }

    /// The same, with a body of another type in the place of the request's own.
    pub(crate) fn send_as(&self, request: &Request, content_type: &str, body: &[u8]) -> Result<Vec<u8>> {
        let Request { method, path, .. } = request;
        let asked = HttpRequest::builder()
            .method(*method)
            .uri(format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", content_type);
        let answered = match body.is_empty() {
            true => self.agent.run(asked.body(())?),
            false => self.agent.run(asked.body(body)?),
        };
        let mut answer = answered.with_context(|| format!("no answer to {method} {path}"))?;
        let status = answer.status();
        let bytes = answer.body_mut().with_config().limit(u64::MAX).read_to_vec()?;
        let said = || String::from_utf8_lossy(&bytes[..bytes.len().min(500)]).into_owned();
        ensure!(status.is_success(), "{method} {path} is answered {status}: {}", said());
        Ok(bytes)
    }

    /// The answer as JSON.
    pub(crate) fn json(&self, request: &Request) -> Result<Value> {
        let bytes = self.send(request)?;
        serde_json::from_slice(&bytes).with_context(|| format!("{} is answered with no JSON", request.path))
    }

    /// How long one exchange takes.
    pub(crate) fn seconds(&self, request: &Request) -> Result<f64> {
        let start = Instant::now();
        self.send(request)?;
        Ok(start.elapsed().as_secs_f64())
    }

    /// The time of the quickest of several exchanges, which the rest of the machine disturbed least; each has a number of
    /// its own.
    pub(crate) fn least_seconds(&self, request: &Request, numbers: Range<u32>) -> Result<f64> {
        let mut least = f64::INFINITY;
        for number in numbers {
            least = least.min(self.seconds(&request.numbered(number))?);
        }
        Ok(least)
    }
}
