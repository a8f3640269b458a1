//! Writes without a usable answer: the client looks before it does anything again.

use serde_json::{Value, json};
use wholesale_client::{Kind, NewCustomer, NewSubscriber, Policy};

use crate::service::{Reply, Service, says, says_with};

const POST: &str = "POST /v1/wholesale/subscribers";
const LOOK: &str = "GET /v1/wholesale/subscribers?customerId=c1&email=ana%40alder.example";

#[tokio::test]
async fn a_subscriber_who_is_there_after_a_lost_answer_is_the_answer() {
    let malformed = Reply::Says(200, String::new(), "<html>".to_owned());
    let timed_out = says(504, &json!({"message": "late"}));
    for lost in [Reply::Lost, malformed, timed_out, says(503, &json!({})), says(500, &json!({}))] {
        let service = Service::answering([lost, page(&[there("webex_meetings")])]).await;
        let found = service.client().subscribers().provision(&wanted()).await.unwrap();
        assert_eq!((found.id.as_str(), service.requests()), ("s1", vec![POST.to_owned(), LOOK.to_owned()]));
    }
}

#[tokio::test]
async fn a_subscriber_who_is_not_there_is_provisioned_once_more() {
    let service = Service::answering([Reply::Lost, page(&[]), says(200, &there("webex_meetings"))]).await;
    service.client().subscribers().provision(&wanted()).await.unwrap();
    assert_eq!(service.requests(), [POST, LOOK, POST]);
    assert_eq!(service.waits_ms().len(), 1, "after a back-off");
}

#[tokio::test]
async fn the_conflict_of_a_repeated_write_is_looked_at() {
    let taken = || says(409, &json!({"message": "email: taken"}));
    let service =
        Service::answering([Reply::Lost, page(&[]), taken(), page(&[there("webex_meetings")])]).await;
    service.client().subscribers().provision(&wanted()).await.unwrap();
    assert_eq!(service.requests(), [POST, LOOK, POST, LOOK]);
}

#[tokio::test]
async fn what_is_there_in_another_form_is_not_taken_for_what_was_asked() {
    let other = || page(&[there("webex_suite")]);
    let service = Service::answering([Reply::Lost, other(), says(409, &json!({})), other()]).await;
    let failure = service.client().subscribers().provision(&wanted()).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Conflict);
}

#[tokio::test]
async fn the_conflict_of_a_first_write_is_a_conflict() {
    let service = Service::answering([says(409, &json!({"errors": [{"errorCode": 10022}]}))]).await;
    let failure = service.client().subscribers().provision(&wanted()).await.unwrap_err();
    assert_eq!(failure.refusal().unwrap().codes, [10022]);
    assert_eq!(service.requests(), [POST]);
}

#[tokio::test]
async fn a_write_is_not_repeated_where_nobody_could_look() {
    let service = Service::answering([Reply::Lost, says(403, &json!({}))]).await;
    let failure = service.client().subscribers().provision(&wanted()).await.unwrap_err();
    assert_eq!(
        (failure.kind(), service.requests()),
        (Kind::Unavailable, vec![POST.to_owned(), LOOK.to_owned()])
    );

    let service = Service::answering([Reply::Lost]).await;
    let policy = Policy { recovers_lost_writes: false, ..Policy::default() };
    service.client_with(policy).subscribers().provision(&wanted()).await.unwrap_err();
    assert_eq!(service.requests(), [POST]);
}

#[tokio::test]
async fn a_package_that_is_used_up_is_a_quota_where_the_hub_names_its_rule() {
    let used_up = says_with(409, "X-Mock-Hub-Rule: SUB-011", &json!({"message": "no more"}));
    let service = Service::answering([used_up]).await;
    let failure = service.client().subscribers().provision(&wanted()).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Quota);
}

#[tokio::test]
async fn a_customer_is_known_by_the_address_of_its_acceptance_or_by_its_external_id() {
    let accepted = says(202, &json!({"url": "https://hub/v1/wholesale/customers/c1"}));
    let service = Service::answering([accepted]).await;
    assert_eq!(service.client().customers().provision(&customer()).await.unwrap().id, "c1");

    let found =
        json!({"id": "c1", "externalId": "crm", "packages": ["webex_meetings"], "status": "provisioning"});
    let without_address = says(202, &json!({}));
    let service = Service::answering([without_address, page(&[found])]).await;
    assert_eq!(service.client().customers().provision(&customer()).await.unwrap().id, "c1");
    assert_eq!(service.requests()[1], "GET /v1/wholesale/customers?externalId=crm");
}

#[tokio::test]
async fn an_update_that_goes_on_already_is_the_answer_to_its_repetition() {
    let change = serde_json::from_value(json!({"packages": ["webex_meetings"]})).unwrap();
    let updating = json!({"id": "c1", "packages": ["webex_meetings"], "status": "updating"});
    let service = Service::answering([Reply::Lost, says(409, &json!({})), says(200, &updating)]).await;
    assert_eq!(service.client().customers().update("c1", &change).await.unwrap().status.unwrap(), "updating");

    let deleting = json!({"id": "c1", "status": "deleting"});
    let service = Service::answering([Reply::Lost, says(409, &json!({})), says(200, &deleting)]).await;
    service.client().customers().remove("c1").await.unwrap();
    let service = Service::answering([Reply::Lost, says(404, &json!({})), says(404, &json!({}))]).await;
    service.client().customers().remove("c1").await.unwrap();
}

#[tokio::test]
async fn a_customer_with_other_packages_is_not_what_was_asked() {
    let found = json!({"id": "c1", "externalId": "crm", "packages": ["webex_suite"], "status": "updating"});
    let conflict = || says(409, &json!({}));
    let service =
        Service::answering([Reply::Lost, page(std::slice::from_ref(&found)), conflict(), page(&[])]).await;
    assert_eq!(service.client().customers().provision(&customer()).await.unwrap_err().kind(), Kind::Conflict);

    let change = serde_json::from_value(json!({"packages": ["webex_meetings"]})).unwrap();
    let service = Service::answering([Reply::Lost, conflict(), says(200, &found)]).await;
    assert_eq!(service.client().customers().update("c1", &change).await.unwrap_err().kind(), Kind::Conflict);
}

#[tokio::test]
async fn the_import_of_somebody_else_is_not_taken_for_ones_own() {
    let other = json!({"id": "t2", "status": "STARTED", "behavior": "add-and-remove-services"});
    let script =
        [page(&[]), Reply::Lost, page(std::slice::from_ref(&other)), says(409, &json!({})), page(&[other])];
    let service = Service::answering(script).await;
    let failure = service.client().tasks("o1").import("add-services-only", "a,b\n").await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Conflict);
}

#[tokio::test]
async fn a_person_of_another_name_and_some_of_the_numbers_are_not_what_was_asked() {
    let person = serde_json::from_value(json!({"emails": ["ana@x"], "displayName": "Ana"})).unwrap();
    let other = || page(&[json!({"id": "p1", "displayName": "Ana Alder"})]);
    let service = Service::answering([Reply::Lost, other(), says(409, &json!({})), other()]).await;
    assert_eq!(service.client().people().create(&person).await.unwrap_err().kind(), Kind::Conflict);

    let numbers = serde_json::from_value(json!({"phoneNumbers": ["+14085550100", "+14085550101"]})).unwrap();
    let some = says(200, &json!({"phoneNumbers": [{"phoneNumber": "+14085550100"}, {"extension": "12"}]}));
    let service =
        Service::answering([Reply::Lost, some, Reply::Says(200, String::new(), String::new())]).await;
    service.client().numbers().add("l1", &numbers).await.unwrap();
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn an_import_after_a_lost_answer_is_the_task_that_was_not_there_before() {
    let task = |id: &str| json!({"id": id, "status": "STARTED", "behavior": "add-services-only"});
    let service =
        Service::answering([page(&[task("old")]), Reply::Lost, page(&[task("new"), task("old")])]).await;
    assert_eq!(service.client().tasks("o1").import("add-services-only", "a,b\n").await.unwrap().id, "new");

    let service = Service::answering([page(&[]), Reply::Lost, page(&[]), says(202, &task("new"))]).await;
    service.client().tasks("o1").import("add-services-only", "a,b\n").await.unwrap();
    assert_eq!(service.requests().iter().filter(|line| line.starts_with("POST")).count(), 2);
}

#[tokio::test]
async fn a_task_tells_itself_whether_it_was_paused() {
    let task = |status: &str| says(200, &json!({"id": "t1", "status": status}));
    let service = Service::answering([Reply::Lost, task("STOPPED")]).await;
    assert_eq!(service.client().tasks("o1").pause("t1").await.unwrap().status, "STOPPED");
    let service = Service::answering([Reply::Lost, task("STARTED"), task("ABANDONED")]).await;
    assert_eq!(service.client().tasks("o1").cancel("t1").await.unwrap().status, "ABANDONED");
}

#[tokio::test]
async fn people_locations_numbers_and_reports_are_looked_for_by_what_names_them() {
    let person = serde_json::from_value(json!({"emails": ["ana@x"], "firstName": "Ana"})).unwrap();
    let service = Service::answering([Reply::Lost, page(&[json!({"id": "p1", "firstName": "Ana"})])]).await;
    assert_eq!(service.client().people().create(&person).await.unwrap().id, "p1");
    assert_eq!(service.requests()[1], "GET /v1/people?email=ana%40x");

    let address = json!({"address1": "Alder Drive", "city": "Milpitas", "country": "US"});
    let location = serde_json::from_value(json!({"orgId": "o1", "name": "Branch", "timeZone": "UTC", "preferredLanguage": "en_us", "address": address})).unwrap();
    let found = [
        json!({"id": "l0", "name": "Branch 2", "address": address}),
        json!({"id": "l1", "name": "Branch", "address": address}),
    ];
    let service = Service::answering([Reply::Lost, page(&found)]).await;
    assert_eq!(service.client().locations().create(&location).await.unwrap().id, "l1");

    let numbers = serde_json::from_value(json!({"phoneNumbers": ["+14085550100"]})).unwrap();
    let listed = says(200, &json!({"phoneNumbers": [{"phoneNumber": "+14085550100"}]}));
    let service = Service::answering([Reply::Lost, listed]).await;
    service.client().numbers().add("l1", &numbers).await.unwrap();

    let report =
        serde_json::from_value(json!({"billingStartDate": "2026-01-01", "billingEndDate": "2026-01-31"}))
            .unwrap();
    let service = Service::answering([
        page(&[json!({"id": "r0"})]),
        Reply::Lost,
        page(&[json!({"id": "r1"}), json!({"id": "r0"})]),
    ])
    .await;
    assert_eq!(service.client().billing().create_report(&report).await.unwrap().id, "r1");
}

fn page(items: &[Value]) -> Reply {
    says(200, &json!({"items": items}))
}

fn there(package: &str) -> Value {
    json!({"id": "s1", "email": "Ana@alder.example", "customerId": "c1", "status": "provisioned", "packages": [package]})
}

fn wanted() -> NewSubscriber {
    let wanted = json!({"customerId": "c1", "email": "ana@alder.example", "package": "webex_meetings"});
    serde_json::from_value(wanted).unwrap()
}

fn customer() -> NewCustomer {
    let address = json!({"addressLine1": "Alder Drive", "city": "Milpitas", "country": "US"});
    let new = json!({"provisioningId": "t1", "packages": ["webex_meetings"], "externalId": "crm", "address": address});
    serde_json::from_value(new).unwrap()
}
