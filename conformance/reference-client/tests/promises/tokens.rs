//! The access token: where it is sent, and how it is renewed.

use serde_json::json;
use wholesale_client::{Client, Kind, Refresh};

use crate::service::{Service, says};

fn with_refresh(service: &Service) -> Client {
    let refresh = Refresh {
        client_id: "app".to_owned(),
        client_secret: "secret".to_owned(),
        refresh_token: "again".to_owned(),
    };
    service.builder().refresh(refresh).build().unwrap()
}

#[tokio::test]
async fn an_expired_token_is_renewed_once_and_kept() {
    let licenses = || says(200, &json!({"items": []}));
    let grant = says(200, &json!({"access_token": "second-token", "refresh_token": "again-2"}));
    let service = Service::answering([says(401, &json!({})), grant, licenses(), licenses()]).await;
    let client = with_refresh(&service);
    client.licenses().list("o1").await.unwrap();
    client.clone().licenses().list("o1").await.unwrap();
    assert_eq!(service.tokens(), ["Bearer first-token", "", "Bearer second-token", "Bearer second-token"]);
    assert_eq!(service.requests()[1], "POST /v1/access_token");
}

#[tokio::test]
async fn requests_that_find_the_token_expired_together_renew_it_once() {
    let (expired, licenses) = (|| says(401, &json!({})), || says(200, &json!({"items": []})));
    let grant = says(200, &json!({"access_token": "second-token"}));
    let service = Service::answering([expired(), expired(), grant, licenses(), licenses()]).await;
    let client = with_refresh(&service);
    let (licenses, others) = (client.licenses(), client.licenses());
    let (one, other) = tokio::join!(licenses.list("o1"), others.list("o2"));
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert_eq!(service.tokens()[3..], ["Bearer second-token"; 2]);
}

#[tokio::test]
async fn a_new_token_that_is_not_taken_either_ends_it() {
    let grant = says(200, &json!({"access_token": "second-token"}));
    let service = Service::answering([says(401, &json!({})), grant, says(401, &json!({}))]).await;
    let failure = with_refresh(&service).licenses().list("o1").await.unwrap_err();
    assert_eq!((failure.kind(), service.requests().len()), (Kind::Unauthorized, 3));
}

#[tokio::test]
async fn without_a_refresh_token_401_is_the_answer() {
    let service = Service::answering([says(401, &json!({"message": "no token"}))]).await;
    let failure = service.client().licenses().list("o1").await.unwrap_err();
    assert_eq!((failure.kind(), service.requests().len()), (Kind::Unauthorized, 1));
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_leaves_the_401_as_it_was() {
    let service =
        Service::answering([says(401, &json!({"message": "expired"})), says(400, &json!({}))]).await;
    let failure = with_refresh(&service).licenses().list("o1").await.unwrap_err();
    assert_eq!(failure.refusal().unwrap().message, "expired");
}

#[tokio::test]
async fn secrets_are_in_no_address_error_or_debug_output() {
    let service =
        Service::answering([says(401, &json!({})), says(400, &json!({"message": "bad grant"}))]).await;
    let client = with_refresh(&service);
    let failure = client.licenses().list("o1").await.unwrap_err();
    let builder = service.builder();
    let shown = format!("{failure} {failure:?} {client:?} {builder:?} {:?}", service.requests());
    assert!(["first-token", "secret", "again"].iter().all(|it| !shown.contains(it)), "{shown}");
}
