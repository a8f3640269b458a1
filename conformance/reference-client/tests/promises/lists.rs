//! Lists over their pages, and the addresses that lead through them.

use serde_json::{Value, json};
use wholesale_client::{Error, Policy, SubPartnerFilter, SubscriberFilter};

use crate::service::{Reply, Service, says, says_with};

fn page(id: &str, next: &str) -> Reply {
    let entry = json!({"id": id, "email": "x", "customerId": "c1", "status": "provisioned"});
    says_with(200, &format!("Link: <{next}>; rel=\"next\""), &json!({"items": [entry]}))
}

fn last() -> Reply {
    says(200, &json!({"items": []}))
}

async fn list(service: &Service, policy: Policy) -> Result<usize, Error> {
    let filter = SubscriberFilter { status: Some("provisioned".to_owned()), ..SubscriberFilter::default() };
    Ok(service.client_with(policy).subscribers().list(&filter).await?.len())
}

#[tokio::test]
async fn a_list_is_followed_to_its_end_by_the_addresses_that_it_gives() {
    let service = Service::answering([page("1", "/v1/x?cursor=a-1"), page("2", "?cursor=b"), last()]).await;
    let policy = Policy { page_size: Some(2), ..Policy::default() };
    assert_eq!(list(&service, policy).await.unwrap(), 2);
    let seen = [
        "GET /v1/wholesale/subscribers?status=provisioned&max=2",
        "GET /v1/x?cursor=a-1",
        "GET /v1/x?cursor=b",
    ];
    assert_eq!(service.requests(), seen);
}

#[tokio::test]
async fn the_token_does_not_go_to_another_origin() {
    let service = Service::answering([page("1", "https://elsewhere.example/v1/x")]).await;
    let failure = list(&service, Policy::default()).await.unwrap_err();
    assert!(failure.to_string().contains("another origin"), "{failure}");
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_list_that_leads_in_a_circle_ends() {
    let service = Service::answering([page("1", "/v1/a"), page("2", "/v1/b"), page("3", "/v1/a")]).await;
    let failure = list(&service, Policy::default()).await.unwrap_err();
    assert!(matches!(failure, Error::Malformed { .. }), "{failure}");
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn a_list_has_as_many_pages_as_the_policy_allows() {
    let service = Service::answering([page("1", "/v1/a"), page("2", "/v1/b"), last()]).await;
    let failure = list(&service, Policy { max_pages: 2, ..Policy::default() }).await.unwrap_err();
    assert!(matches!(failure, Error::GaveUp { .. }), "{failure}");
    let service = Service::answering([page("1", "/v1/a"), last()]).await;
    assert_eq!(list(&service, Policy { max_pages: 2, ..Policy::default() }).await.unwrap(), 1);
}

#[tokio::test]
async fn a_page_that_fails_is_asked_for_again_alone() {
    let service = Service::answering([page("1", "/v1/a"), Reply::Lost, last()]).await;
    assert_eq!(list(&service, Policy::default()).await.unwrap(), 1);
    assert_eq!(service.requests()[1..], ["GET /v1/a", "GET /v1/a"]);
}

#[tokio::test]
async fn a_list_of_control_hub_has_the_next_address_in_its_body() {
    let error = |row: u64| json!({"row": row, "email": "x", "rule": "CSV-001", "message": "no"});
    let first = says(200, &json!({"items": [error(2)], "paging": {"next": "/hub/v1/more"}}));
    let service = Service::answering([first, says(200, &json!({"items": [error(3)], "paging": {}}))]).await;
    let errors = service.client().tasks("o1").errors("t1", Some(1)).await.unwrap();
    assert_eq!(errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(serde_json::to_value(&errors[0]).unwrap(), error(2), "what has no name is kept");
}

#[tokio::test]
async fn sub_partners_and_who_has_a_licence_have_their_own_names_of_lists() {
    let service = Service::answering([says(200, &json!({"subPartners": [{"orgId": "o1"}]}))]).await;
    assert_eq!(service.client().sub_partners().list(&SubPartnerFilter::default()).await.unwrap().len(), 1);

    let license = |user: &str| json!({"id": "l1", "name": "Basic Messaging", "users": [{"id": user}]});
    let first = says_with(200, "Link: </v1/licenses/l1?next=2>; rel=\"next\"", &license("p1"));
    let service = Service::answering([first, says(200, &license("p2"))]).await;
    let found = service.client().licenses().get("l1", Some("user")).await.unwrap();
    assert_eq!(found.users, Some(vec![json!({"id": "p1"}), json!({"id": "p2"})]));
}

#[tokio::test]
async fn a_list_without_entries_is_no_list() {
    let service = Service::answering(vec![says(200, &Value::Null); 5]).await;
    assert!(matches!(list(&service, Policy::default()).await, Err(Error::Malformed { .. })));
}
