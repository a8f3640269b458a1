//! Files that are too long: they are refused before they are read to the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use bytes::Bytes;
use futures_util::stream;
use insta::assert_snapshot;

use crate::control_hub::organization;
use crate::support::{ADMIN, Hub};

const HEADER: &str = "User ID/Email (Required)\n";
const BOUNDARY: &str = "mock-hub-test";

/// A body that never ends, one row a piece, behind this; and how many pieces were taken of it.
fn endless(beginning: &str) -> (Body, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    let beginning = Bytes::from(beginning.to_owned());
    let pieces = stream::iter((0_usize..).map(move |number| {
        count.fetch_add(1, Ordering::Relaxed);
        let row = || Bytes::from(format!("user{number}@new.example.com\n"));
        Ok::<_, std::io::Error>(if number == 0 { beginning.clone() } else { row() })
    }));
    (Body::from_stream(pieces), taken)
}

/// The beginning of a form whose part `file` begins so.
fn form(beginning: &str) -> String {
    let disposition = "Content-Disposition: form-data; name=\"file\"; filename=\"users.csv\"";
    format!("--{BOUNDARY}\r\n{disposition}\r\n\r\n{beginning}")
}

/// Sends an endless file; status, rule and message, and how many rows were taken.
async fn send_endless(hub: &Hub, path: &str, content_type: &str, beginning: &str) -> (String, usize) {
    let (body, taken) = endless(beginning);
    let request = Request::post(format!("{path}?behavior=add-and-remove-services"))
        .header("host", "hub.test")
        .header("authorization", format!("Bearer {ADMIN}"))
        .header("content-type", content_type);
    let response = hub.send_unseen(request.body(body).unwrap()).await;
    let status = response.status();
    let rule = response.headers()["x-mock-hub-rule"].to_str().unwrap().to_owned();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let line = format!("{} {rule} {}", status.as_u16(), body["message"].as_str().unwrap());
    (line, taken.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_file_that_never_ends_is_refused_at_the_first_row_beyond_the_limit_csv_007() {
    let hub = Hub::demo().await;
    let path = format!("{}/user-imports/plan", organization(&hub).await);
    let (line, taken) = send_endless(&hub, &path, "text/csv", HEADER).await;
    assert_snapshot!(line, @"400 CSV-007 row 20002: A file has at most 20,000 users (saw `more than 20000 users`). Split the file: the limit in force is 20000 users.");
    assert!((20_001..20_010).contains(&taken), "{taken} pieces");
}

#[tokio::test]
async fn an_option_of_the_hub_sets_the_limit_for_bodies_and_forms() {
    let hub = Hub::with("mock-hub --max-rows 300").await;
    let organization = organization(&hub).await;
    let form_type = format!("multipart/form-data; boundary={BOUNDARY}");
    for path in [format!("{organization}/user-imports"), format!("{organization}/user-imports/plan")] {
        for (content_type, beginning) in [("text/csv", HEADER.to_owned()), (&form_type, form(HEADER))] {
            let (line, taken) = send_endless(&hub, &path, content_type, &beginning).await;
            let refused = "400 CSV-007 row 302: A file has at most 20,000 users (saw `more than 300 users`). \
                           Split the file: the limit in force is 300 users.";
            assert_eq!(line, refused, "{content_type}");
            assert!((301..310).contains(&taken), "{taken} pieces of {content_type}");
        }
    }
}

#[tokio::test]
async fn a_row_that_never_ends_is_refused_at_the_limit_for_bodies_api_010() {
    let hub = Hub::with("mock-hub --max-body-bytes 5000").await;
    let organization = organization(&hub).await;
    let path = format!("{organization}/user-imports");
    let (line, _) = send_endless(&hub, &path, "text/csv", &format!("{HEADER}\"")).await;
    assert_snapshot!(line, @"413 API-010 The body of a request is no larger than the limit. The limit is 5000 bytes.");
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let in_form = send_endless(&hub, &path, &content_type, &form(&format!("{HEADER}\""))).await;
    assert_eq!(in_form.0, line);
}

#[tokio::test]
async fn the_log_has_the_beginning_of_what_was_read() {
    let hub = Hub::with("mock-hub --max-rows 900").await;
    let organization = organization(&hub).await;
    let path = format!("{organization}/user-imports");
    send_endless(&hub, &path, "text/csv", HEADER).await;
    let answer = hub.get("/_mock/v1/sandboxes/default/requests?path=user-imports").await;
    assert_eq!(answer.status, StatusCode::OK);
    let logged = answer.json()["items"][0]["requestBody"].as_str().unwrap().to_owned();
    assert!(logged.starts_with(&format!("{HEADER}user1@new.example.com\n")), "{logged}");
    assert_eq!(logged.len(), 16 * 1024);
}

#[tokio::test]
async fn a_form_may_come_in_pieces_of_any_size() {
    let hub = Hub::demo().await;
    let path = format!("{}/user-imports/plan?behavior=add-services-only", organization(&hub).await);
    let whole = form(&format!("{HEADER}ana@new.example.com\n\r\n--{BOUNDARY}--\r\n"));
    for size in [1, 2, 7, 50, 5000] {
        let pieces: Vec<_> =
            whole.as_bytes().chunks(size).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        let request = Request::post(&path)
            .header("host", "hub.test")
            .header("authorization", format!("Bearer {ADMIN}"))
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        let response = hub.send_unseen(request.body(Body::from_stream(stream::iter(pieces))).unwrap()).await;
        assert_eq!(response.status(), StatusCode::OK, "pieces of {size}");
    }
}
