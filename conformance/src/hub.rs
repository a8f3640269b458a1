//! The hub that clients are tried against, through its control API: sandboxes, clock, faults, log, differences.
//!
//! The suite starts a `mock-hub` of its own unless it is pointed at one. Everything here speaks HTTP and knows nothing
//! of the hub's insides.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::redirect::Policy;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::case::Send;
use crate::exchange::Exchange;
use crate::protocol::Options;

mod address;
mod pace;
pub mod process;

pub(crate) use address::next_of;
use pace::Pace;

/// What the application of [`Hub::refresh_token`] asks for: all that a client's operations need.
const SCOPES: &str = "spark-admin:wholesale_customers_read spark-admin:wholesale_customers_write \
    spark-admin:wholesale_subscribers_read spark-admin:wholesale_subscribers_write \
    spark-admin:wholesale_sub_partners_read \
    spark-admin:wholesale_billing_reports_read spark-admin:wholesale_billing_reports_write \
    spark-admin:people_read spark-admin:people_write spark-admin:licenses_read \
    spark-admin:locations_read spark-admin:locations_write \
    spark-admin:telephony_config_read spark-admin:telephony_config_write";

/// How the hub, or the way to it, failed; never the client's fault.
#[derive(Debug)]
pub struct HubFailed(pub String);

impl fmt::Display for HubFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HubFailed {}

/// A hub that can be reached.
#[derive(Debug, Clone)]
pub struct Hub {
    http: Client,
    pace: Option<Arc<Pace>>,
    /// The origin of its addresses, without a slash at the end.
    pub url: String,
    /// What customers are provisioned with.
    pub provisioning_id: String,
}

/// A sandbox of the hub.
#[derive(Debug, Clone, Deserialize)]
pub struct Sandbox {
    /// Its name.
    pub name: String,
    /// The origin under which its API lies.
    pub url: String,
    /// The number of its last journal entry when it was made.
    pub head: u64,
    /// Its tokens by their labels.
    pub tokens: Map<String, Value>,
}

/// What a new sandbox is to be.
#[derive(Debug, Clone, Default)]
pub struct NewSandbox {
    /// The world to begin with, or none where it is a fork.
    pub world: Option<Value>,
    /// The sandbox that it is a fork of.
    pub from: Option<String>,
    /// Its clock, as `serve --clock` takes it.
    pub clock: Option<String>,
    /// What its ids are made from.
    pub seed: Option<u16>,
    /// How long provisioning takes, in seconds.
    pub provisioning_delay_s: Option<f64>,
}

/// What was answered to a request that the suite made itself.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The headers by their names in lower case.
    pub headers: Map<String, Value>,
    /// The body: JSON where it is, else its text.
    pub body: Value,
}

impl Answered {
    /// A header, if it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(Value::as_str)
    }
}

impl Hub {
    /// A hub at this origin.
    pub fn at(url: &str, provisioning_id: &str) -> Result<Self, HubFailed> {
        // Another provider that is there already is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().timeout(Duration::from_secs(60)).redirect(Policy::none()).build();
        let http = http.map_err(|error| HubFailed(format!("no HTTP client can be made: {error}")))?;
        Ok(Hub {
            http,
            pace: None,
            url: url.trim_end_matches('/').to_owned(),
            provisioning_id: provisioning_id.to_owned(),
        })
    }

    /// The same hub, asked slowly: at most ten requests a second, and no sooner than it says.
    pub fn paced(self) -> Self {
        Hub { pace: Some(Arc::default()), ..self }
    }

    /// Whether it has the control API.
    pub fn is_controlled(&self) -> Result<bool, HubFailed> {
        let response = self.response(self.http.get(self.control_url("")))?;
        if response.status().is_client_error() {
            return Ok(false);
        }
        // There are servers that answer whatever they are asked with the same page.
        let body: Option<Value> = checked(response)?.json().ok();
        Ok(body.is_some_and(|body| body["items"].is_array()))
    }

    /// Makes a sandbox.
    pub fn create(&self, new: &NewSandbox) -> Result<Sandbox, HubFailed> {
        let mut body = Map::new();
        let mut set =
            |name: &str, value: Option<Value>| value.map(|value| body.insert(name.to_owned(), value));
        set("world", new.world.clone());
        set("from", new.from.clone().map(Value::from));
        set("clock", new.clock.clone().map(Value::from));
        set("seed", new.seed.map(Value::from));
        set("provisioningDelay", new.provisioning_delay_s.map(Value::from));
        self.control(self.http.post(self.control_url("")).json(&body))
    }

    /// Deletes a sandbox.
    pub fn delete(&self, name: &str) -> Result<(), HubFailed> {
        self.done(self.http.delete(self.control_url(name)))
    }

    /// The number of the last journal entry.
    pub fn head(&self, name: &str) -> Result<u64, HubFailed> {
        let sandbox: Sandbox = self.control(self.http.get(self.control_url(name)))?;
        Ok(sandbox.head)
    }

    /// Puts the clock of a sandbox forward.
    pub fn advance(&self, name: &str, seconds: f64) -> Result<(), HubFailed> {
        let url = self.control_url(&format!("{name}/clock/advance"));
        self.done(self.http.post(url).json(&json!({ "seconds": seconds })))
    }

    /// Replaces the script of faults.
    pub fn script_faults(&self, name: &str, script: &[Value]) -> Result<(), HubFailed> {
        self.done(self.http.put(self.control_url(&format!("{name}/faults"))).json(script))
    }

    /// What was requested after the entry with this number, oldest first.
    pub fn exchanges(&self, name: &str, after: u64) -> Result<Vec<Exchange>, HubFailed> {
        let url = self.control_url(&format!("{name}/requests?after={after}"));
        let list: Items<Exchange> = self.control(self.http.get(url))?;
        Ok(list.items)
    }

    /// How the records differ from those at a journal entry.
    pub fn changes(&self, name: &str, since: u64) -> Result<Vec<Value>, HubFailed> {
        let url = self.control_url(&format!("{name}/diff?from={since}"));
        let diff: Diff = self.control(self.http.get(url))?;
        Ok(diff.changes)
    }

    /// Grants a token: `wanted` is the body of `POST /sandboxes/{name}/tokens`.
    pub fn grant(&self, name: &str, wanted: &Value) -> Result<Value, HubFailed> {
        self.control(self.http.post(self.control_url(&format!("{name}/tokens"))).json(wanted))
    }

    /// Lets an application in by OAuth, as the administrator with this label, and gives what it gets besides the token; with
    /// the tracking ids of the requests that it took.
    pub fn refresh_token(&self, sandbox: &Sandbox, label: &str) -> Result<(Options, Vec<String>), HubFailed> {
        let url = format!("{}/v1/authorize", sandbox.url);
        let redirect = "http://localhost/redirect";
        let query = [
            ("client_id", "conformance"),
            ("response_type", "code"),
            ("redirect_uri", redirect),
            ("scope", SCOPES),
            ("state", "s"),
            ("login_hint", label),
        ];
        let sent = answered(self.response(self.http.get(url).query(&query))?)?;
        let failed = |answered: &Answered| {
            HubFailed(format!("OAuth was answered {}: {}", answered.status, answered.body))
        };
        let location = sent.header("location").unwrap_or_default();
        let (_, behind) = location.split_once("code=").ok_or_else(|| failed(&sent))?;
        let code = behind.split('&').next().unwrap_or_default();
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", "conformance"),
            ("client_secret", "conformance"),
            ("code", code),
            ("redirect_uri", redirect),
        ];
        let url = format!("{}/v1/access_token", sandbox.url);
        let granted = answered(self.response(self.http.post(url).form(&form))?)?;
        let refresh_token = granted.body["refresh_token"].as_str().ok_or_else(|| failed(&granted))?;
        let own = [&sent, &granted].into_iter().filter_map(|answered| answered.header("trackingid"));
        let own = own.map(str::to_owned).collect();
        let text = |text: &str| Some(text.to_owned());
        let options = Options {
            refresh_token: text(refresh_token),
            client_id: text("conformance"),
            client_secret: text("conformance"),
        };
        Ok((options, own))
    }

    /// Makes a request to the API below `origin`, as a case has it.
    pub fn send(&self, origin: &str, token: &str, send: &Send) -> Result<Answered, HubFailed> {
        // An address that the hub gave is asked for as it is.
        let is_whole = send.path.starts_with("http://") || send.path.starts_with("https://");
        let url = if is_whole { send.path.clone() } else { format!("{origin}{}", send.path) };
        let method = send.method.parse().map_err(|_| HubFailed(format!("`{}` is no method", send.method)))?;
        let has = |name: &str| send.headers.keys().any(|header| header.eq_ignore_ascii_case(name));
        let is_secret =
            |(name, value): (&String, &Value)| name.eq_ignore_ascii_case("authorization") && !value.is_null();
        if !has("authorization") || send.headers.iter().any(is_secret) {
            address::own(origin, &url, "")?;
        }
        let mut request = self.http.request(method, &url);
        if !has("authorization") {
            request = request.bearer_auth(token);
        }
        for (name, value) in send.headers.iter().filter_map(|(name, value)| Some((name, value.as_str()?))) {
            request = request.header(name, value);
        }
        request = match &send.body {
            None => request,
            Some(Value::String(text)) => request.body(text.clone()),
            Some(body) if has("content-type") => request.body(body.to_string()),
            Some(body) => request.json(body),
        };
        answered(self.response(request)?)
    }

    /// All entries of a list of the API, over all its pages.
    pub fn listed(&self, origin: &str, token: &str, path: &str) -> Result<Vec<Value>, HubFailed> {
        let first = format!("{origin}{path}");
        let (mut url, mut items) = (Some(address::own(origin, &first, "")?), Vec::new());
        // A hub whose pages lead in a circle must not hold the suite.
        for _page in 0..10_000 {
            let Some(page) = url.take() else { return Ok(items) };
            let response = checked(self.response(self.http.get(page.clone()).bearer_auth(token))?)?;
            let link = next_page(&response);
            let body: Value = decoded(response)?;
            let list = ["items", "phoneNumbers"].iter().find_map(|name| body[name].as_array());
            let list = list.ok_or_else(|| HubFailed(format!("{page} is no list: {body}")))?;
            let next = link.or_else(|| body["paging"]["next"].as_str().map(str::to_owned));
            url = next.map(|next| address::own(origin, page.as_str(), &next)).transpose()?;
            items.extend(list.iter().cloned());
        }
        Err(HubFailed(format!("{path} has more than 10,000 pages")))
    }

    fn control_url(&self, below: &str) -> String {
        let slash = if below.is_empty() { "" } else { "/" };
        format!("{}/_mock/v1/sandboxes{slash}{below}", self.url)
    }

    fn control<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, HubFailed> {
        decoded(checked(self.response(request)?)?)
    }

    fn done(&self, request: RequestBuilder) -> Result<(), HubFailed> {
        checked(self.response(request)?).map(drop)
    }

    fn response(&self, request: RequestBuilder) -> Result<Response, HubFailed> {
        match &self.pace {
            None => sent(request),
            Some(pace) => pace.send(request),
        }
    }
}

fn sent(request: RequestBuilder) -> Result<Response, HubFailed> {
    request.send().map_err(|error| HubFailed(format!("the hub cannot be reached: {error:#}")))
}

#[derive(Deserialize)]
struct Items<T> {
    items: Vec<T>,
}

#[derive(Deserialize)]
struct Diff {
    changes: Vec<Value>,
}

fn checked(response: Response) -> Result<Response, HubFailed> {
    let (status, url) = (response.status(), response.url().clone());
    if status.is_success() {
        return Ok(response);
    }
    let body = response.text().unwrap_or_default();
    Err(HubFailed(format!("{url} was answered {status}: {body}")))
}

fn decoded<T: DeserializeOwned>(response: Response) -> Result<T, HubFailed> {
    let url = response.url().clone();
    response.json().map_err(|error| HubFailed(format!("the answer of {url} cannot be read: {error:#}")))
}

fn next_page(response: &Response) -> Option<String> {
    response.headers().get_all("link").iter().find_map(|links| next_of(links.to_str().ok()?))
}

fn answered(response: Response) -> Result<Answered, HubFailed> {
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
    let headers = headers.collect();
    let text = response.text().map_err(|error| HubFailed(format!("an answer broke off: {error:#}")))?;
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Ok(Answered { status, headers, body })
}
