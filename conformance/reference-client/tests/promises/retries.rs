//! What is asked again, how often, and after which waits.

use std::time::Duration;

use serde_json::json;
use wholesale_client::{Client, Error, Kind, Policy};

use crate::service::{Reply, Service, says, says_with};

#[tokio::test]
async fn a_limited_request_waits_exactly_as_long_as_it_is_told() {
    let limited = says_with(429, "Retry-After: 7", &json!({"message": "slow down"}));
    let at_once = says_with(429, "Retry-After: 0", &json!({"message": "slow down"}));
    let service = Service::answering([limited, at_once, says(200, &subscriber())]).await;
    assert_eq!(service.client().subscribers().get("s1").await.unwrap().email, "ana@alder.example");
    assert_eq!(service.waits_ms(), [7000, 1000]);
}

#[tokio::test]
async fn a_write_that_is_limited_is_sent_again_without_a_look() {
    let limited = says_with(429, "Retry-After: 2", &json!({}));
    let service = Service::answering([limited, says(200, &subscriber())]).await;
    let new = serde_json::from_value(json!({"customerId": "c1", "email": "ana@alder.example"})).unwrap();
    service.client().subscribers().provision(&new).await.unwrap();
    assert_eq!(service.requests(), ["POST /v1/wholesale/subscribers"; 2]);
}

#[tokio::test]
async fn tries_are_bounded_and_the_last_refusal_is_what_the_caller_gets() {
    let limited = says_with(429, "Retry-After: 1", &json!({"message": "slow down"}));
    let service = Service::answering(vec![limited; 9]).await;
    let failure = service.client().subscribers().get("s1").await.unwrap_err();
    let refusal = failure.refusal().unwrap();
    assert_eq!((refusal.kind, refusal.retry_after), (Kind::Limited, Some(Duration::from_secs(1))));
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn a_longer_wait_than_the_policy_allows_is_not_cut_short() {
    let service = Service::answering([says_with(429, "Retry-After: 301", &json!({}))]).await;
    let failure = service.client().subscribers().get("s1").await.unwrap_err();
    assert_eq!((failure.kind(), service.waits_ms().len()), (Kind::Limited, 0));
}

#[tokio::test]
async fn an_unavailable_service_is_asked_again_after_waits_that_are_drawn_below_a_doubling_bound() {
    let script = || {
        [
            says(503, &json!({})),
            says(502, &json!({})),
            says(504, &json!({})),
            Reply::Lost,
            says(200, &subscriber()),
        ]
    };
    let service = Service::answering(script()).await;
    service.client().subscribers().get("s1").await.unwrap();
    let waits = service.waits_ms();
    assert_eq!(waits.len(), 4);
    assert!(waits.iter().zip([500, 1000, 2000, 4000]).all(|(wait, bound)| *wait <= bound), "{waits:?}");

    let again = Service::answering(script()).await;
    again.client().subscribers().get("s1").await.unwrap();
    assert_eq!(again.waits_ms(), waits, "the same seed waits the same");
    let other = Service::answering(script()).await;
    other.client_with(Policy { seed: 1, ..Policy::default() }).subscribers().get("s1").await.unwrap();
    assert_ne!(other.waits_ms(), waits);
}

#[tokio::test]
async fn the_bound_of_a_back_off_stops_to_double() {
    let service = Service::answering(vec![Reply::Lost; 9]).await;
    let policy = Policy { longest_backoff: Duration::from_millis(600), max_attempts: 9, ..Policy::default() };
    service.client_with(policy).subscribers().get("s1").await.unwrap_err();
    assert!(service.waits_ms().iter().all(|wait| *wait <= 600), "{:?}", service.waits_ms());
    assert_eq!(service.requests().len(), 9);
}

#[tokio::test]
async fn a_write_that_reached_nobody_is_sent_again_without_a_look() {
    let service = Service::absent().await;
    let new = serde_json::from_value(json!({"customerId": "c1", "email": "ana@alder.example"})).unwrap();
    let policy = Policy { recovers_lost_writes: false, ..Policy::default() };
    let failure = service.client_with(policy).subscribers().provision(&new).await.unwrap_err();
    assert!(matches!(failure, Error::Transport { was_sent: false, .. }), "{failure}");
    assert_eq!(service.waits_ms().len(), 4);
}

#[tokio::test]
async fn a_fault_of_the_service_or_of_the_request_is_not_asked_again() {
    for (status, kind) in [
        (400, Kind::Invalid),
        (403, Kind::Forbidden),
        (404, Kind::NotFound),
        (409, Kind::Conflict),
        (500, Kind::Unavailable),
        (501, Kind::Unavailable),
    ] {
        let service = Service::answering([says(status, &json!({"message": "no"}))]).await;
        let failure = service.client().subscribers().get("s1").await.unwrap_err();
        assert_eq!((failure.kind(), service.requests().len()), (kind, 1));
    }
}

#[tokio::test]
async fn a_locked_resource_is_asked_again_only_where_it_is_told_when() {
    let told = says_with(423, "Retry-After: 3", &json!({}));
    let service = Service::answering([told, says(423, &json!({}))]).await;
    let failure = service.client().subscribers().get("s1").await.unwrap_err();
    assert_eq!((failure.kind(), service.waits_ms()), (Kind::Unavailable, vec![3000]));
}

#[tokio::test]
async fn a_body_that_cannot_be_read_or_lacks_the_id_is_no_answer() {
    let broken = Reply::Says(200, String::new(), "{\"id\":".to_owned());
    let service =
        Service::answering([broken, says(200, &json!({"email": "x"})), says(200, &subscriber())]).await;
    assert_eq!(service.client().subscribers().get("s1").await.unwrap().id, "s1");

    let service = Service::answering(vec![says(200, &json!({})); 5]).await;
    let failure = service.client().subscribers().get("s1").await.unwrap_err();
    assert!(matches!(failure, Error::Malformed { .. }), "{failure}");
}

#[tokio::test]
async fn silence_is_a_timeout_and_asked_again() {
    let policy = Policy { request_timeout: Duration::from_millis(100), max_attempts: 2, ..Policy::default() };
    let service = Service::answering([Reply::Silence, Reply::Silence]).await;
    let failure = service.client_with(policy).subscribers().get("s1").await.unwrap_err();
    assert_eq!((failure.kind(), service.requests().len()), (Kind::Timeout, 2));
}

#[tokio::test]
async fn a_repeated_removal_that_finds_nothing_is_done_but_a_first_one_is_refused() {
    let service = Service::answering([Reply::Lost, says(404, &json!({}))]).await;
    service.client().subscribers().remove("s1").await.unwrap();

    let service = Service::answering([says(404, &json!({}))]).await;
    assert_eq!(service.client().subscribers().remove("s1").await.unwrap_err().kind(), Kind::NotFound);
}

#[tokio::test]
async fn operations_can_be_spawned() {
    let service =
        Service::answering([Reply::Lost, says(200, &json!({"items": []})), says(200, &subscriber())]).await;
    let client = service.client();
    let new = serde_json::from_value(json!({"customerId": "c1", "email": "ana@alder.example"})).unwrap();
    let provisioned = tokio::spawn(async move { client.subscribers().provision(&new).await });
    assert_eq!(provisioned.await.unwrap().unwrap().id, "s1");
}

#[test]
fn a_client_needs_an_address_of_http() {
    for origin in ["nonsense", "ftp://127.0.0.1", ""] {
        assert!(matches!(Client::new(origin, "t"), Err(Error::Setup { .. })), "{origin}");
    }
}

fn subscriber() -> serde_json::Value {
    json!({"id": "s1", "email": "ana@alder.example", "customerId": "c1", "status": "provisioned"})
}
