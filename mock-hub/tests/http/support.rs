//! A hub without a socket: its clock stands still, so that every answer is the same in each run.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use clap::Parser;
use flate2::read::GzDecoder;
use hub_core::{Timestamp, World};
use hub_store::{Journal, MemoryJournal};
use mock_hub::app::App;
use mock_hub::config::Cli;
use mock_hub::http::entry::Entry;
use mock_hub::starting_point;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::contract::{self, Asked};

pub(crate) const ADMIN: &str = "demo-partner-full-admin";
pub(crate) const NOON: &str = "2026-03-01T12:00:00Z";
pub(crate) const CUSTOMERS: &str = "/v1/wholesale/customers";
pub(crate) const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";

/// A hub under test.
pub(crate) struct Hub {
    pub(crate) app: Arc<App>,
    /// The replicas, which requests go to in turn; mostly there is one.
    services: Vec<Entry>,
    requests: AtomicUsize,
}

/// What the hub answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// The body without its packing; as a text it has substitutes for what is none.
    pub(crate) bytes: Bytes,
}

impl Hub {
    /// A hub with the demo world.
    pub(crate) async fn demo() -> Self {
        Self::with("mock-hub").await
    }

    /// A hub with the options of a command line.
    pub(crate) async fn with(line: &str) -> Self {
        Self::over(line, Arc::new(MemoryJournal::default())).await
    }

    pub(crate) async fn over(line: &str, journal: Arc<dyn Journal>) -> Self {
        let world = Cli::try_parse_from(line.split(' ')).unwrap().serve.world;
        Self::open(line, journal, starting_point::world(&world).unwrap()).await
    }

    /// A hub that starts from this world.
    pub(crate) async fn of(line: &str, world: World) -> Self {
        Self::open(line, Arc::new(MemoryJournal::default()), world).await
    }

    async fn open(line: &str, journal: Arc<dyn Journal>, world: World) -> Self {
        let options = Cli::try_parse_from(line.split(' ')).unwrap().serve;
        let clock = starting_point::clock(&format!("frozen:{NOON}"), wall()).unwrap();
        let app = App::open(options, journal, world, clock, wall).await.unwrap();
        Hub { services: vec![app.service()], app, requests: AtomicUsize::new(0) }
    }

    /// As many replicas over one journal; each request goes to the next one.
    pub(crate) async fn replicated(line: &str, replicas: usize, journal: &Arc<dyn Journal>) -> Self {
        let mut hub = Self::over(line, journal.clone()).await;
        for _ in 1..replicas {
            hub.services.extend(Self::over(line, journal.clone()).await.services);
        }
        hub
    }

    /// The same hub with further routes.
    pub(crate) fn and(self, further: Router<Arc<App>>) -> Self {
        Hub { services: vec![self.app.service_with(further)], ..self }
    }

    /// Sends a request as it is, and looks at nothing.
    pub(crate) async fn send_unseen(&self, request: Request<Body>) -> Response {
        let next = self.requests.fetch_add(1, Ordering::Relaxed) % self.services.len();
        self.services[next].clone().oneshot(request).await.unwrap()
    }

    /// Sends a request as it is; the answer has to keep the contract, whatever it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let (asked, answer) = self.exchange(request).await;
        contract::check(&asked, &answer);
        answer
    }

    /// Sends a request as it is and unpacks the answer. Says what that may depend on, too.
    pub(crate) async fn exchange(&self, request: Request<Body>) -> (Asked, Answer) {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let asked = Asked::new(&parts.method, parts.uri.path(), &body);
        let request = Request::from_parts(parts, Body::from(body));
        let response = self.send_unseen(request).await;
        let (parts, body) = response.into_parts();
        let mut body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        if parts.headers.get("content-encoding").is_some_and(|packing| packing == "gzip") {
            let mut plain = Vec::new();
            GzDecoder::new(&*body).read_to_end(&mut plain).unwrap();
            body = plain.into();
        }
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body,
        };
        (asked, answer)
    }

    /// Sends a request of the demo partner's full administrator, with a JSON body unless it is null.
    pub(crate) async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        self.call_as(ADMIN, method, path, body).await
    }

    /// The same for somebody else.
    pub(crate) async fn call_as(&self, token: &str, method: Method, path: &str, body: Value) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "hub.test")
            .header("authorization", format!("Bearer {token}"));
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header("content-type", "application/json");
            Body::from(body.to_string())
        };
        self.send(request.body(body).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    /// Sends a body as it is.
    pub(crate) async fn post_raw(&self, path: &str, content_type: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header("host", "hub.test")
            .header("authorization", format!("Bearer {ADMIN}"))
            .header("content-type", content_type);
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Makes a sandbox and gives its description.
    pub(crate) async fn new_sandbox(&self, body: Value) -> Value {
        let answer = self.post("/_mock/v1/sandboxes", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.json()
    }

    /// Puts the clock of the default sandbox forward.
    pub(crate) async fn advance(&self, seconds: f64) {
        let path = "/_mock/v1/sandboxes/default/clock/advance";
        let answer = self.post(path, json!({ "seconds": seconds })).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    /// The provisioning id of an active template of the first partner.
    pub(crate) fn provisioning_id(&self) -> String {
        let world = &self.app.known_sandbox("default").unwrap().head().world;
        let partner = world.partners().next().unwrap().organization;
        let active = hub_core::record::ProvisioningState::Active;
        let mut templates = world.templates();
        let template = templates.find(|it| it.owner == partner && it.provisioning_state == active).unwrap();
        mock_hub::http::wire_id::of(template.id).to_string()
    }
}

fn wall() -> Timestamp {
    Timestamp::parse(NOON).unwrap()
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status, rule, and body in full: what a client sees of a refusal.
    pub(crate) fn summary(&self) -> String {
        let rule = self.header("x-mock-hub-rule");
        let body = match serde_json::from_str::<Value>(&self.body) {
            Ok(body) => serde_json::to_string_pretty(&body).unwrap(),
            Err(_) => self.body.clone(),
        };
        format!("{} {rule}\n{body}", self.status.as_u16())
    }

    /// Status, rule and message in one line.
    pub(crate) fn line(&self) -> String {
        let message = self.json()["message"].as_str().unwrap_or_default().to_owned();
        format!("{} {} {message}", self.status.as_u16(), self.header("x-mock-hub-rule"))
    }
}

/// A customer that can be provisioned.
pub(crate) fn new_customer(hub: &Hub, external_id: &str) -> Value {
    json!({
        "provisioningId": hub.provisioning_id(),
        "packages": ["webex_calling", "webex_meetings"],
        "externalId": external_id,
        "address": {
            "addressLine1": "771 Alder Drive",
            "addressLine2": null,
            "city": "Milpitas",
            "stateOrProvince": "CA",
            "zipOrPostalCode": "95035",
            "country": "US"
        },
        "customerInfo": {
            "name": format!("Pizza {external_id}"),
            "primaryEmail": format!("owner@{external_id}.example.com")
        },
        "provisioningParameters": {
            "calling": {
                "location": {
                    "name": "Head Office",
                    "address": {
                        "addressLine1": "771 Alder Drive",
                        "city": "Milpitas",
                        "stateOrProvince": "CA",
                        "zipOrPostalCode": "95035",
                        "country": "US"
                    },
                    "timezone": "America/Los_Angeles",
                    "language": "en_us"
                }
            },
            "packages": { "limits": { "webex_meetings": 1 } }
        }
    })
}
