//! Many clients at once: nothing is lost, nothing is there twice, and who walks a list meanwhile sees it whole.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;

use axum::http::StatusCode;
use hub_store::{Journal, MemoryJournal, SqliteJournal};
use mock_hub::app::App;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Answer, CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

const CLIENTS: usize = 64;
const SUBSCRIBERS_EACH: usize = 4;
/// No walk of these tests is longer.
const MOST_PAGES: usize = 1000;

/// Lets all clients loose at once.
async fn race<T, F>(ask: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(ask(client));
    }
    clients.join_all().await
}

/// Follows a list from its first page to its last, and gives one field of each entry.
async fn walk(hub: &Hub, first: &str, field: &str) -> Vec<String> {
    let (mut seen, mut next) = (Vec::new(), first.to_owned());
    for _ in 0..MOST_PAGES {
        let page = hub.get(&next).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let body = page.json();
        let items = body["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item[field].as_str().unwrap().to_owned()));
        let Some(link) = page.header("link").split(", ").find(|link| link.ends_with("rel=\"next\"")) else {
            return seen;
        };
        let url = link.trim_start_matches('<').split('>').next().unwrap();
        next = url.strip_prefix("http://hub.test").unwrap().to_owned();
        tokio::task::yield_now().await;
    }
    panic!("the walk does not end: {next}")
}

/// The same as a set; nothing may be in it twice.
async fn once_each(hub: &Hub, first: &str, field: &str) -> BTreeSet<String> {
    let seen = walk(hub, first, field).await;
    let once: BTreeSet<String> = seen.iter().cloned().collect();
    assert_eq!(seen.len(), once.len(), "an entry was seen twice: {seen:?}");
    once
}

fn count(answers: &[Answer], status: StatusCode, rule: &str) -> usize {
    let is_so = |answer: &&Answer| answer.status == status && answer.header("x-mock-hub-rule") == rule;
    answers.iter().filter(is_so).count()
}

fn roomy_customer(hub: &Hub, external_id: &str, client: usize) -> Value {
    let mut body = new_customer(hub, external_id);
    body["provisioningParameters"]["packages"] = json!({ "limits": { "webex_meetings": 1000 } });
    body["customerInfo"]["primaryEmail"] = json!(format!("owner{client}@{external_id}.example.com"));
    body
}

fn subscriber(customer: &str, email: &str) -> Value {
    json!({
        "customerId": customer,
        "email": email,
        "package": "webex_meetings",
        "provisioningParameters": { "firstName": "Ana", "lastName": "Ruiz" },
    })
}

/// Each client provisions a customer of its own and one that all want; gives the customers that there are then.
async fn provision_customers(hub: &Arc<Hub>) -> Vec<String> {
    let own = race(|client| {
        let hub = hub.clone();
        async move { hub.post(CUSTOMERS, roomy_customer(&hub, &format!("own{client}"), client)).await }
    });
    let shared = race(|client| {
        let hub = hub.clone();
        async move { hub.post(CUSTOMERS, roomy_customer(&hub, "shared", client)).await }
    });
    let (own, shared) = tokio::join!(own, shared);
    assert_eq!(count(&own, StatusCode::ACCEPTED, ""), CLIENTS, "nobody is refused");
    let told = (count(&shared, StatusCode::ACCEPTED, ""), count(&shared, StatusCode::CONFLICT, "CUS-003"));
    assert_eq!(told, (1, CLIENTS - 1), "exactly one gets it");
    let id = |answer: &Answer| answer.header("location").rsplit('/').next().unwrap().to_owned();
    own.iter().chain(&shared).filter(|answer| answer.status == StatusCode::ACCEPTED).map(id).collect()
}

/// Each client provisions subscribers of its own and one that all want, while others walk the list.
async fn provision_subscribers(hub: &Arc<Hub>, customers: &[String]) {
    let before = once_each(hub, &format!("{SUBSCRIBERS}?max=100"), "email").await;
    let writers = race(|client| {
        let (hub, customer) = (hub.clone(), customers[client].clone());
        async move {
            for n in 0..SUBSCRIBERS_EACH {
                let made =
                    hub.post(SUBSCRIBERS, subscriber(&customer, &format!("s{n}@own{client}.example.com")));
                let made = made.await;
                assert_eq!(made.status, StatusCode::OK, "{}", made.body);
            }
            hub.post(SUBSCRIBERS, subscriber(&customer, "Everybody@wanted.example.com")).await
        }
    });
    let walks = async {
        for max in [7, 100] {
            for order in ["ASC", "DESC"] {
                let seen =
                    once_each(hub, &format!("{SUBSCRIBERS}?max={max}&sortOrder={order}"), "email").await;
                assert!(seen.is_superset(&before), "whoever was there before is seen");
            }
        }
    };
    let (answers, ()) = tokio::join!(writers, walks);
    let told = (count(&answers, StatusCode::OK, ""), count(&answers, StatusCode::CONFLICT, "SUB-003"));
    assert_eq!(told, (1, CLIENTS - 1), "exactly one gets the address");

    let after = once_each(hub, &format!("{SUBSCRIBERS}?max=9"), "email").await;
    let new: BTreeSet<String> = after.difference(&before).cloned().collect();
    let own = |client| (0..SUBSCRIBERS_EACH).map(move |n| format!("s{n}@own{client}.example.com"));
    let wanted: BTreeSet<String> =
        (0..CLIENTS).flat_map(own).chain(["everybody@wanted.example.com".to_owned()]).collect();
    assert_eq!(new, wanted, "nothing is lost and nothing is there twice");
}

async fn many_clients(journal: Arc<dyn Journal>) {
    let hub = Arc::new(Hub::over("mock-hub", journal.clone()).await);
    let customers = provision_customers(&hub).await;
    hub.advance(1.0).await;
    let listed = once_each(&hub, &format!("{CUSTOMERS}?status=provisioned&max=10"), "id").await;
    assert!(customers.iter().all(|id| listed.contains(id)), "every customer is listed");
    assert_eq!(customers.len(), CLIENTS + 1);
    provision_subscribers(&hub, &customers).await;

    let head = hub.app.known_sandbox(App::DEFAULT).unwrap().head();
    assert_eq!(head.world.check(), Ok(()));
    let again = Hub::over("mock-hub", journal).await;
    let replayed = again.app.known_sandbox(App::DEFAULT).unwrap().head();
    assert!(replayed.world == head.world && replayed.seq == head.seq, "the journal has all of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn sixty_four_clients_at_once_lose_and_duplicate_nothing_api_018() {
    many_clients(Arc::new(MemoryJournal::default())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn sixty_four_clients_at_once_over_a_journal_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("hub.sqlite")).await.unwrap();
    many_clients(Arc::new(journal)).await;
}
