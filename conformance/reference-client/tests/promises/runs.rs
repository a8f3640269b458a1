//! Users by hand, and changes that are done in part.

use serde_json::{Value, json};
use wholesale_client::{Kind, LicenseChange, NewNumbers, NewUser, SettingsChange, UserPackage};

use crate::service::{Reply, Service, says};

fn users(range: std::ops::RangeInclusive<u32>) -> Vec<NewUser> {
    let user = |number| NewUser {
        email: format!("u{number}@x"),
        package: Some("webex_meetings".to_owned()),
        ..NewUser::default()
    };
    range.map(user).collect()
}

fn added(range: std::ops::RangeInclusive<u32>) -> Reply {
    let result =
        |number| json!({"email": format!("u{number}@x"), "status": "added", "userId": format!("p{number}")});
    says(200, &json!({"results": range.map(result).collect::<Vec<_>>(), "added": 0, "failed": 0}))
}

fn found(number: Option<u32>) -> Reply {
    let user = |number| json!({"id": format!("p{number}"), "email": format!("u{number}@x"), "packages": ["webex_meetings"]});
    says(200, &json!({"items": number.map(user).into_iter().collect::<Vec<Value>>()}))
}

#[tokio::test]
async fn more_than_25_users_are_added_by_several_requests_and_their_results_joined() {
    let service = Service::answering([added(1..=25), added(26..=50), added(51..=60)]).await;
    let results = service.client().users("o1").add(&users(1..=60)).await.unwrap().results;
    let ids: Vec<_> = results.iter().map(|result| result.user_id.clone().unwrap()).collect();
    assert_eq!(ids, (1..=60).map(|number| format!("p{number}")).collect::<Vec<_>>());
    let sizes: Vec<_> = (0..3).map(|at| service.body(at)["users"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [25, 25, 10]);
}

#[tokio::test]
async fn a_run_without_users_is_left_to_the_service() {
    let service = Service::answering([says(400, &json!({"message": "users: 1 to 25"}))]).await;
    let failure = service.client().users("o1").add(&[]).await.unwrap_err();
    assert_eq!(failure.refusal().unwrap().fields, ["users"]);
}

#[tokio::test]
async fn who_is_there_after_a_lost_answer_was_added_and_only_the_others_are_sent_again() {
    let service =
        Service::answering([Reply::Lost, found(Some(1)), found(None), found(Some(3)), added(2..=2)]).await;
    let results = service.client().users("o1").add(&users(1..=3)).await.unwrap().results;
    assert_eq!(
        results.iter().map(|result| result.email.as_str()).collect::<Vec<_>>(),
        ["u1@x", "u2@x", "u3@x"]
    );
    assert_eq!(service.body(4)["users"], json!([{"email": "u2@x", "package": "webex_meetings"}]));

    let service = Service::answering([Reply::Lost, found(None), added(1..=1)]).await;
    service.client().users("o1").add(&users(1..=1)).await.unwrap();
}

#[tokio::test]
async fn a_request_that_is_refused_after_others_took_effect_tells_what_was_done() {
    let service = Service::answering([added(1..=25), says(403, &json!({"message": "no"}))]).await;
    let failure = service.client().users("o1").add(&users(1..=30)).await.unwrap_err();
    let refusal = failure.refusal().unwrap();
    assert_eq!((refusal.kind, refusal.status), (Kind::Partial, 403));
    assert_eq!(refusal.partial.as_ref().unwrap()["results"].as_array().unwrap().len(), 25);
}

#[tokio::test]
async fn licences_and_numbers_that_were_left_out_make_it_partial() {
    let has = json!({"personId": "p1", "licenses": ["l1"]});
    let service = Service::answering([says(206, &has)]).await;
    let failure = service.client().licenses().assign(&LicenseChange::default()).await.unwrap_err();
    assert_eq!((failure.kind(), failure.refusal().unwrap().partial.clone()), (Kind::Partial, Some(has)));

    let left_out = says(200, &json!([{"errors": [{"code": 8361, "message": "in use"}]}]));
    let service = Service::answering([left_out, Reply::Says(200, String::new(), String::new())]).await;
    let failure = service.client().numbers().add("l1", &NewNumbers::default()).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Partial);
    service.client().numbers().add("l1", &NewNumbers::default()).await.unwrap();
}

#[tokio::test]
async fn a_null_is_sent_where_it_means_something() {
    let change: SettingsChange = serde_json::from_value(json!({"importRowsPerSecond": null})).unwrap();
    let settings = json!({"directorySynchronization": false, "restrictedAdministratorMode": true, "automaticLicenseAssignment": null, "requiredAttributes": []});
    let user = json!({"id": "p1", "email": "x", "packages": []});
    let service = Service::answering([says(200, &settings), says(200, &user)]).await;
    let seen = service.client().change_settings("o1", &change).await.unwrap();
    assert_eq!(serde_json::to_value(&seen).unwrap(), settings);
    service.client().users("o1").change_package("p1", &UserPackage::default()).await.unwrap();
    assert_eq!(service.body(0), json!({"importRowsPerSecond": null}));
    assert_eq!(service.body(1), json!({"package": null}));
}
