//! How a client asks the hub, and how it learns that the hub is no more.

use std::fmt;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// The demo token, which is known in every sandbox.
const TOKEN: &str = "demo-partner-full-admin";

/// No answer, or only the beginning of one.
#[derive(Debug)]
pub(super) struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was lost")
    }
}

impl std::error::Error for Lost {}

#[derive(Debug)]
pub(super) struct Wire {
    agent: Agent,
    url: String,
}

impl Wire {
    pub(super) fn to(url: &str) -> Self {
        let timeout = Some(Duration::from_secs(30));
        let agent = Agent::config_builder().http_status_as_error(false).timeout_global(timeout).build();
        Wire { agent: agent.into(), url: url.to_owned() }
    }

    pub(super) fn get(&self, path: &str) -> Result<Value> {
        self.send("GET", path, "", "")
    }

    pub(super) fn write(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        self.send(method, path, "application/json", &body.to_string())
    }

    /// Asks, and has to be answered with success; [`Lost`] where there is no whole answer.
    pub(super) fn send(&self, method: &str, path: &str, media_type: &str, body: &str) -> Result<Value> {
        self.send_as(TOKEN, method, path, media_type, body)
    }

    pub(super) fn send_as(
        &self,
        token: &str,
        method: &str,
        path: &str,
        media_type: &str,
        body: &str,
    ) -> Result<Value> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = request.header("authorization", format!("Bearer {token}"));
        let request =
            if media_type.is_empty() { request } else { request.header("content-type", media_type) };
        let mut response = self.agent.run(request.body(body.to_owned())?).map_err(|_| Lost)?;
        let text = response.body_mut().read_to_string().map_err(|_| Lost)?;
        ensure!(response.status().is_success(), "{method} {path}: {} {text}", response.status());
        Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }
}
