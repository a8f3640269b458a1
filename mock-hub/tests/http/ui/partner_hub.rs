//! Partner Hub: what its pages show to whom, and that what they do is what the API shows.

mod billing;
mod customers;
mod elsewhere;
mod new_customer;

use serde_json::Value;

use crate::support::{CUSTOMERS, Hub};

/// The customer with this external id, as the API shows it.
async fn customer(hub: &Hub, external_id: &str) -> Value {
    let found = hub.get(&format!("{CUSTOMERS}?externalId={external_id}")).await.json();
    found["items"][0].clone()
}

/// The page of a customer.
async fn page_of(hub: &Hub, external_id: &str) -> String {
    format!("/customers/{}", customer(hub, external_id).await["id"].as_str().unwrap())
}
