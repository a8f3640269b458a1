//! `/metrics`: that its text is what Prometheus reads, and that what is counted moves its numbers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::failures::Failing;
use crate::support::{CUSTOMERS, Hub, new_customer};

/// A text in the format of Prometheus, read strictly: the value of each series, as it is written.
struct Exposition(BTreeMap<String, f64>);

impl Exposition {
    async fn of(hub: &Hub) -> Self {
        let answer = hub.get("/metrics").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        Self::read(&answer.body)
    }

    fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line has its end");
        let (mut series, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for line in text.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                let (keyword, rest) = comment.split_once(' ').unwrap();
                let (name, said) = rest.split_once(' ').unwrap();
                match keyword {
                    "HELP" => assert!(!said.is_empty(), "{line}"),
                    "TYPE" => assert!(kinds.insert(name, said).is_none(), "one type each: {line}"),
                    _ => panic!("unknown comment: {line}"),
                }
                continue;
            }
            let (what, value) = line.rsplit_once(' ').unwrap();
            let (name, labels) = what.split_once('{').unwrap_or((what, "}"));
            check_labels(labels.strip_suffix('}').unwrap_or_else(|| panic!("{line}")));
            let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            let family = family.filter(|family| kinds.get(family) == Some(&"histogram")).unwrap_or(name);
            assert!(is_name(name) && kinds.contains_key(family), "its type comes first: {line}");
            let number = value.parse().unwrap_or_else(|_| panic!("{line}"));
            assert!(series.insert(what.to_owned(), number).is_none(), "one value each: {line}");
        }
        Exposition(series)
    }

    fn value(&self, series: &str) -> f64 {
        self.0.get(series).copied().unwrap_or_else(|| panic!("no {series} in {:#?}", self.0.keys()))
    }

    /// How many requests were answered so.
    fn answered(&self, route: &str, method: &str, status: &str) -> f64 {
        let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
        self.0
            .get(&format!("mock_hub_request_duration_seconds_count{{{labels}}}"))
            .copied()
            .unwrap_or_default()
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !text.as_bytes()[0].is_ascii_digit()
}

/// No value of ours has a quote or comma in it.
fn check_labels(labels: &str) {
    for label in labels.split(',').filter(|label| !label.is_empty()) {
        let (name, value) = label.split_once('=').unwrap_or_else(|| panic!("{labels}"));
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        assert!(is_name(name) && value.is_some_and(|value| !value.contains('"')), "{labels}");
    }
}

#[tokio::test]
#[expect(clippy::float_cmp, reason = "counts are whole numbers")]
async fn requests_are_counted_by_the_template_of_their_route_by_method_and_by_class_of_status() {
    let hub = Hub::demo().await;
    let before = Exposition::of(&hub).await;
    assert_eq!(before.answered(CUSTOMERS, "GET", "2xx"), 0.0);
    hub.get(CUSTOMERS).await;
    hub.get(&format!("/s/default{CUSTOMERS}")).await;
    hub.get(&format!("{CUSTOMERS}/nobody")).await;
    hub.get(&format!("{CUSTOMERS}/nobody-else")).await;
    hub.get("/v1/no-such-thing").await;
    let after = Exposition::of(&hub).await;
    assert_eq!(after.answered(CUSTOMERS, "GET", "2xx"), 2.0);
    assert_eq!(after.answered("/v1/wholesale/customers/{customerId}", "GET", "4xx"), 2.0);
    assert_eq!(after.answered("other", "GET", "4xx") + after.answered("other", "GET", "5xx"), 1.0);
    assert_eq!(after.answered("/metrics", "GET", "2xx"), 1.0, "the one before");
    assert_eq!(after.value("mock_hub_requests_in_flight"), 1.0, "the one that asks");
}

#[tokio::test]
#[expect(clippy::float_cmp, reason = "counts are whole numbers")]
async fn the_buckets_of_a_histogram_add_up_to_its_count() {
    let hub = Hub::demo().await;
    hub.get(CUSTOMERS).await;
    hub.get(CUSTOMERS).await;
    let shown = Exposition::of(&hub).await;
    let labels = format!("route=\"{CUSTOMERS}\",method=\"GET\",status=\"2xx\"");
    let bucket = |end: &str| {
        shown.0.iter().find(|(series, _)| {
            series.starts_with("mock_hub_request_duration_seconds_bucket{")
                && series.contains(&labels)
                && series.contains(&format!("le=\"{end}\""))
        })
    };
    assert_eq!(*bucket("+Inf").unwrap().1, 2.0);
    let ends = ["0.0001", "0.001", "0.01", "0.1", "1", "10", "+Inf"];
    let counts: Vec<f64> = ends.iter().map(|end| *bucket(end).unwrap_or_else(|| panic!("{end}")).1).collect();
    assert!(counts.is_sorted(), "{counts:?}");
    assert!(shown.value(&format!("mock_hub_request_duration_seconds_sum{{{labels}}}")) > 0.0);
}

#[tokio::test]
#[expect(clippy::float_cmp, reason = "counts are whole numbers")]
async fn refusals_are_counted_by_rule_and_faults_where_they_are_applied() {
    let hub = Hub::demo().await;
    let faults =
        json!([{ "match": { "path": CUSTOMERS }, "effect": { "refuse": { "status": 429 } }, "times": 1 }]);
    hub.call(Method::PUT, "/_mock/v1/sandboxes/default/faults", faults).await;
    hub.get(CUSTOMERS).await;
    hub.get(CUSTOMERS).await;
    hub.call_as("nobody", Method::GET, CUSTOMERS, Value::Null).await;
    let shown = Exposition::of(&hub).await;
    assert_eq!(shown.value("mock_hub_faults_applied_total"), 1.0);
    assert_eq!(shown.value("mock_hub_requests_refused_total{rule=\"API-005\"}"), 1.0);
}

#[tokio::test]
#[expect(clippy::float_cmp, reason = "counts are whole numbers")]
async fn a_journal_outside_of_the_process_is_timed_and_its_failures_are_counted() {
    let journal = Arc::new(Failing::default());
    let hub = Hub::over("mock-hub --journal sqlite:file", journal.clone()).await;
    let shown = Exposition::of(&hub).await;
    let build =
        format!("mock_hub_build_info{{version=\"{}\",journal=\"sqlite\"}}", env!("CARGO_PKG_VERSION"));
    assert_eq!(shown.value(&build), 1.0);
    let count = |shown: &Exposition, operation: &str| {
        shown.value(&format!("mock_hub_journal_duration_seconds_count{{operation=\"{operation}\"}}"))
    };
    let (appends, reads) = (count(&shown, "append"), count(&shown, "read"));
    journal.fails.store(true, Ordering::Relaxed);
    let refused = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    let shown = Exposition::of(&hub).await;
    assert!(count(&shown, "append") > appends && count(&shown, "read") > reads);
    let failures = |operation: &str| {
        shown.value(&format!("mock_hub_journal_failures_total{{operation=\"{operation}\"}}"))
    };
    assert!(failures("append") > 0.0);
    assert_eq!(failures("delete"), 0.0, "what has not happened is shown too");
}

#[tokio::test]
#[expect(clippy::float_cmp, reason = "counts are whole numbers")]
async fn what_the_hub_has_is_shown_as_numbers_without_names() {
    let hub = Hub::demo().await;
    let before = Exposition::of(&hub).await;
    hub.new_sandbox(json!({ "name": "zanzibar", "from": "default" })).await;
    let answer = hub.get("/metrics").await;
    let after = Exposition::read(&answer.body);
    let grown = |series: &str| after.value(series) - before.value(series);
    assert_eq!(grown("mock_hub_sandboxes"), 1.0);
    assert_eq!(grown("mock_hub_users"), before.value("mock_hub_users"), "a fork has as many");
    assert!(grown("mock_hub_entries") >= 1.0);
    assert_eq!(after.value("mock_hub_sandboxes_damaged"), 0.0);
    for secret in ["zanzibar", "default", "demo-", "@"] {
        assert!(!answer.body.contains(secret), "{secret}: {}", answer.body);
    }
    if cfg!(target_os = "linux") {
        assert!(after.value("process_resident_memory_bytes") > 1_000_000.0);
        assert!(after.value("process_open_fds") >= 3.0);
    }
}
