//! What the hub counts of itself, in the text format of Prometheus at `/metrics`.
//!
//! Counted where it happens, each in one place: requests in [`entry`](crate::http::entry), the journal in `journal`; what
//! can be looked up is looked up when somebody asks. Every label has a bound: the template of a route stands for its paths,
//! and no sandbox, token or address is ever one. Numbers are of this process alone; nothing here is kept or shared.

mod journal;
mod process;
mod templates;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use hub_rules::Rule;
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

pub use self::journal::JournalMetrics;
pub use self::templates::Templates;
use crate::app::App;
use crate::http::answer;
use crate::openapi::family::{self, routes};

/// The upper ends of the buckets of durations, in seconds.
const BUCKETS: [f64; 15] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// All that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    refused: Family<Refused, Counter>,
    faults: Counter,
    /// Of the journal that the sandboxes are kept in.
    pub journal: JournalMetrics,
    contents: Contents,
    process: process::ProcessMetrics,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: Arc<str>,
    method: &'static str,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    rule: &'static str,
}

/// What the hub has, looked up when somebody asks.
#[derive(Debug, Default)]
struct Contents {
    sandboxes: Gauge,
    damaged: Gauge,
    entries: Gauge,
    users: Gauge,
}

/// A request that has not been answered yet.
#[derive(Debug)]
pub struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Counts nothing yet; `journal` is the kind of the journal, such as `sqlite`.
    pub fn new(journal: &str) -> Self {
        let mut registry = Registry::default();
        let build = [("version", env!("CARGO_PKG_VERSION").to_owned()), ("journal", journal.to_owned())];
        registry.register("mock_hub_build", "What runs here", Info::new(build.to_vec()));
        let metrics = Metrics {
            requests: Family::new_with_constructor(durations),
            in_flight: Gauge::default(),
            refused: Family::default(),
            faults: Counter::default(),
            journal: JournalMetrics::registered(&mut registry),
            contents: Contents::default(),
            process: process::ProcessMetrics::registered(&mut registry),
            registry,
        };
        metrics.register()
    }

    fn register(mut self) -> Self {
        let registry = &mut self.registry;
        let help = "How long requests took until the answer was ready to go out";
        registry.register_with_unit("mock_hub_request_duration", help, Unit::Seconds, self.requests.clone());
        let help = "Requests that are being answered";
        registry.register("mock_hub_requests_in_flight", help, self.in_flight.clone());
        let help = "Requests that were refused, by the rule that was broken";
        registry.register("mock_hub_requests_refused", help, self.refused.clone());
        let help = "Requests that a scripted fault was applied to";
        registry.register("mock_hub_faults_applied", help, self.faults.clone());
        let Contents { sandboxes, damaged, entries, users } = &self.contents;
        registry.register("mock_hub_sandboxes", "Sandboxes", sandboxes.clone());
        registry.register("mock_hub_sandboxes_damaged", "Sandboxes that cannot be read", damaged.clone());
        registry.register("mock_hub_entries", "Journal entries of all sandboxes", entries.clone());
        registry.register("mock_hub_users", "Users of all sandboxes", users.clone());
        self
    }

    /// Counts a request as long as what this gives is kept.
    pub fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// Counts an answer.
    pub fn answered(&self, route: &Arc<str>, method: &Method, status: StatusCode, after: Duration) {
        let labels = Answered { route: route.clone(), method: name_of(method), status: class_of(status) };
        self.requests.get_or_create(&labels).observe(after.as_secs_f64());
    }

    /// Counts a request that broke a rule.
    pub fn refused(&self, rule: &Rule) {
        self.refused.get_or_create(&Refused { rule: rule.id }).inc();
    }

    /// Counts a request that a scripted fault was applied to.
    pub fn fault_applied(&self) {
        self.faults.inc();
    }

    fn look_at(&self, app: &App) {
        let sandboxes = app.sandboxes.list();
        let heads = || sandboxes.iter().map(|sandbox| sandbox.head());
        self.contents.sandboxes.set(gauged(sandboxes.len()));
        self.contents.damaged.set(gauged(app.sandboxes.damaged().len()));
        self.contents.entries.set(heads().map(|head| head.seq.cast_signed()).sum());
        self.contents.users.set(heads().map(|head| gauged(head.world.number_of_people())).sum());
        self.process.look();
    }
}

fn gauged(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn durations() -> Histogram {
    Histogram::new(BUCKETS)
}

/// A method that clients have a use for; others are one.
fn name_of(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    KNOWN.into_iter().find(|known| method.as_str() == *known).unwrap_or("other")
}

fn class_of(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

pub(crate) fn routes() -> family::Family {
    family::Family::default().routes(routes!(expose))
}

/// Shows what the hub counts of itself, in the text format of Prometheus.
///
/// Anybody may ask: there are numbers in it, and names of routes and rules, but nothing of any sandbox.
#[utoipa::path(
    get, path = "/metrics", tag = "Health", operation_id = "getMetrics",
    responses((status = 200, description = "The metrics.", body = String, content_type = "text/plain")),
)]
async fn expose(State(app): State<Arc<App>>) -> Response {
    app.metrics.look_at(&app);
    let mut text = String::new();
    prometheus_text::encode(&mut text, &app.metrics.registry)
        .expect("a text takes whatever is written to it");
    answer::text(prometheus_text::CONTENT_TYPE, text)
}
