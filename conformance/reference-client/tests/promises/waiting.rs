//! Waiting for what takes its time.

use std::time::Duration;

use serde_json::json;
use wholesale_client::{Error, Kind, Policy};

use crate::service::{Reply, Service, says, says_with};

fn customer(status: &str) -> Reply {
    says(200, &json!({"id": "c1", "status": status}))
}

#[tokio::test]
async fn pauses_double_up_to_their_bound() {
    let mut script = vec![customer("provisioning"); 6];
    script.push(customer("provisioned_with_errors"));
    let service = Service::answering(script).await;
    let found = service.client().customers().wait("c1").await.unwrap();
    assert_eq!(found.status.as_deref(), Some("provisioned_with_errors"));
    assert_eq!(service.waits_ms(), [1000, 2000, 4000, 8000, 10_000, 10_000]);
}

#[tokio::test]
async fn a_retry_after_takes_the_place_of_a_pause() {
    let told = says_with(200, "Retry-After: 30", &json!({"id": "t1", "status": "STARTED"}));
    let done = says(200, &json!({"id": "t1", "status": "COMPLETED", "added": 2}));
    let service = Service::answering([told, done]).await;
    let task = service.client().tasks("o1").wait("t1").await.unwrap();
    assert_eq!((task.other["added"].as_u64(), service.waits_ms()), (Some(2), vec![30_000]));
}

#[tokio::test]
async fn patience_ends() {
    let service = Service::answering(vec![customer("updating"); 9]).await;
    let policy = Policy { patience: Duration::from_secs(8), ..Policy::default() };
    let failure = service.client_with(policy).customers().wait("c1").await.unwrap_err();
    assert!(matches!(failure, Error::GaveUp { .. }), "{failure}");
    assert_eq!((failure.kind(), service.waits_ms()), (Kind::Timeout, vec![1000, 2000, 4000]));
}

#[tokio::test]
async fn a_report_is_waited_for_until_it_is_complete_or_failed() {
    let failed = json!({"id": "r1", "status": "FAILED", "errors": [{"code": 2024, "description": "no"}]});
    let service =
        Service::answering([says(200, &json!({"id": "r1", "status": "IN_PROGRESS"})), says(200, &failed)])
            .await;
    let report = service.client().billing().wait_for_report("r1").await.unwrap();
    assert_eq!(report.errors[0].error_code, Some(2024));
}

#[tokio::test]
async fn a_paused_task_is_not_waited_for() {
    let service = Service::answering([says(200, &json!({"id": "t1", "status": "STOPPED"}))]).await;
    assert!(!service.client().tasks("o1").wait("t1").await.unwrap().is_pending());
}
