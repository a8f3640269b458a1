//! Onboards a customer of a wholesale partner, from the precheck to the removal.
//!
//! ```sh
//! mock-hub --listen 127.0.0.1:0 --ready-file ready.json &
//! cargo run -p wholesale-client --example onboard -- ready.json
//! ```
//!
//! The ready file of a mock-hub says where the hub is, the token and the id of an onboarding template.

use std::error::Error;

use serde_json::{Value, json};
use wholesale_client::{
    ADD_AND_REMOVE_SERVICES, Address, CallingLocation, Client, Customer, CustomerCheck, CustomerInfo,
    LocationAddress, LocationFilter, NewCustomer, NewLocation, NewNumbers, NewReport, NewSubscriber, NewUser,
    NumberFilter, PackageChange, Parameters, PersonFilter, SettingsChange, Subscriber, SubscriberFilter,
    UserFilter,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let file = std::env::args().nth(1).ok_or("give the ready file of a mock-hub")?;
    let ready: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let said = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
    let client = Client::new(said("url").trim_end_matches('/'), &said("token"))?;

    let customer = customer(&client, said("provisioning_id")).await?;
    let org_id = customer.org_id.clone().ok_or("a provisioned customer has an organization")?;
    let location = place(&client, &org_id).await?;
    let subscriber = subscriber(&client, &customer.id, &location).await?;
    by_hand(&client, &org_id).await?;
    by_csv(&client, &org_id).await?;
    what_is_there(&client, &org_id, &customer.id).await?;
    report(&client).await?;
    leave(&client, &org_id, &customer, &subscriber).await
}

async fn customer(client: &Client, provisioning_id: String) -> Outcome<Customer> {
    let address = Address {
        address_line1: "771 Alder Drive".to_owned(),
        city: "Milpitas".to_owned(),
        state_or_province: Some("CA".to_owned()),
        zip_or_postal_code: Some("95035".to_owned()),
        country: "US".to_owned(),
        ..Address::default()
    };
    let calling = json!({
        "calling": {"location": {
            "name": "Head Office", "address": address, "timezone": "America/Los_Angeles", "language": "en_us",
        }},
    });
    let new = NewCustomer {
        provisioning_id,
        packages: vec!["webex_calling".to_owned(), "webex_meetings".to_owned()],
        external_id: "alder-dental".to_owned(),
        address: address.clone(),
        customer_info: Some(CustomerInfo {
            name: Some("Alder Dental".to_owned()),
            primary_email: "office@alder.example".to_owned(),
            ..CustomerInfo::default()
        }),
        provisioning_parameters: Some(calling),
        ..NewCustomer::default()
    };
    let check =
        CustomerCheck { external_id: Some("alder-dental".to_owned()), address, ..CustomerCheck::default() };
    println!("precheck: {}", client.customers().precheck(&check).await?.message);

    let accepted = client.customers().provision(&new).await?;
    let customer = client.customers().wait(&accepted.id).await?;
    println!("customer: {}", customer.status.as_deref().unwrap_or_default());
    Ok(customer)
}

/// A second location, enabled for calling and with numbers.
async fn place(client: &Client, org_id: &str) -> Outcome<String> {
    let address = LocationAddress {
        address1: "150 West Tasman Drive".to_owned(),
        city: "San Jose".to_owned(),
        state: Some("CA".to_owned()),
        postal_code: Some("95134".to_owned()),
        country: "US".to_owned(),
        ..LocationAddress::default()
    };
    let new = NewLocation {
        org_id: Some(org_id.to_owned()),
        name: "Branch".to_owned(),
        time_zone: "America/Los_Angeles".to_owned(),
        preferred_language: "en_us".to_owned(),
        announcement_language: Some("en_us".to_owned()),
        address: address.clone(),
    };
    let location = client.locations().create(&new).await?;
    let calling = CallingLocation {
        org_id: new.org_id.clone(),
        id: location.id.clone(),
        name: new.name,
        time_zone: new.time_zone,
        preferred_language: new.preferred_language,
        announcement_language: "en_us".to_owned(),
        address,
    };
    client.locations().enable_calling(&calling).await?;
    let numbers = NewNumbers {
        org_id: new.org_id,
        phone_numbers: vec!["+14085557100".to_owned(), "+14085557101".to_owned()],
        state: Some("ACTIVE".to_owned()),
    };
    client.numbers().add(&location.id, &numbers).await?;
    println!("location: with {} numbers", numbers.phone_numbers.len());
    Ok(location.id)
}

async fn subscriber(client: &Client, customer_id: &str, location: &str) -> Outcome<Subscriber> {
    let new = NewSubscriber {
        customer_id: customer_id.to_owned(),
        email: "ana@alder.example".to_owned(),
        package: Some("webex_meetings".to_owned()),
        provisioning_parameters: Parameters {
            first_name: Some("Ana".to_owned()),
            last_name: Some("Alder".to_owned()),
            ..Parameters::default()
        },
        ..NewSubscriber::default()
    };
    let subscriber = client.subscribers().provision(&new).await?;
    let change = PackageChange {
        package: Some("webex_calling".to_owned()),
        provisioning_parameters: Some(Parameters {
            primary_phone_number: Some("+14085557100".to_owned()),
            location_id: Some(location.to_owned()),
            ..Parameters::default()
        }),
        ..PackageChange::default()
    };
    let changed = client.subscribers().change_package(&subscriber.id, &change).await?;
    println!("subscriber: {} has {:?}", changed.email, changed.packages);

    let again = client.subscribers().provision(&new).await;
    let refusal = again.err().ok_or("a second subscriber with the same address is refused")?;
    println!("refused: {:?}, {refusal}", refusal.kind());
    Ok(changed)
}

/// Thirty users: more than one request takes.
async fn by_hand(client: &Client, org_id: &str) -> Outcome<()> {
    let user = |number: u32| NewUser {
        email: format!("user{number}@alder.example"),
        first_name: Some("User".to_owned()),
        last_name: Some(number.to_string()),
        package: Some("webex_meetings".to_owned()),
        ..NewUser::default()
    };
    let users: Vec<_> = (1..=30).map(user).collect();
    let results = client.users(org_id).add(&users).await?.results;
    println!("by hand: {} added", results.iter().filter(|result| result.status == "added").count());
    Ok(())
}

/// The export of all users, imported again: nothing changes.
async fn by_csv(client: &Client, org_id: &str) -> Outcome<()> {
    let change = SettingsChange { import_rows_per_second: Some(Some(50)), ..SettingsChange::default() };
    client.change_settings(org_id, &change).await?;
    let file = client.users(org_id).export().await?;
    let plan = client.tasks(org_id).plan(ADD_AND_REMOVE_SERVICES, &file).await?;
    println!("plan: {}", Value::Object(plan.summary));
    let task = client.tasks(org_id).import(ADD_AND_REMOVE_SERVICES, &file).await?;
    let task = client.tasks(org_id).wait(&task.id).await?;
    let errors = client.tasks(org_id).errors(&task.id, None).await?;
    println!("import: {} of {} rows, {}, {} errors", task.processed, task.total, task.status, errors.len());
    Ok(())
}

async fn what_is_there(client: &Client, org_id: &str, customer_id: &str) -> Outcome<()> {
    let org = Some(org_id.to_owned());
    let mine = SubscriberFilter {
        customer_id: Some(customer_id.to_owned()),
        max: Some(10),
        ..SubscriberFilter::default()
    };
    println!("subscribers: {}", client.subscribers().list(&mine).await?.len());
    let everybody = UserFilter { max: Some(10), ..UserFilter::default() };
    println!("users: {}", client.users(org_id).list(&everybody).await?.len());
    let people = PersonFilter { org_id: org.clone(), max: Some(10), ..PersonFilter::default() };
    println!("people: {}", client.people().list(&people).await?.len());
    let locations = LocationFilter { org_id: org.clone(), ..LocationFilter::default() };
    println!("locations: {}", client.locations().list(&locations).await?.len());
    let numbers = NumberFilter { org_id: org, ..NumberFilter::default() };
    println!("numbers: {}", client.numbers().list(&numbers).await?.len());
    let licenses = client.licenses().list(org_id).await?;
    let used = licenses.iter().max_by_key(|license| license.consumed_units).ok_or("there are licences")?;
    let shown = client.licenses().get(&used.id, Some("user")).await?;
    println!("licences: {}, {} with {}", licenses.len(), shown.users.unwrap_or_default().len(), shown.name);
    Ok(())
}

async fn report(client: &Client) -> Outcome<()> {
    let new = NewReport {
        billing_start_date: "2026-01-01".to_owned(),
        billing_end_date: "2026-01-31".to_owned(),
        kind: Some("CUSTOMER".to_owned()),
        ..NewReport::default()
    };
    let report = client.billing().create_report(&new).await?;
    let report = client.billing().wait_for_report(&report.id).await?;
    println!("report: {}", report.status.as_deref().unwrap_or_default());
    Ok(client.billing().remove_report(&report.id).await?)
}

async fn leave(client: &Client, org_id: &str, customer: &Customer, subscriber: &Subscriber) -> Outcome<()> {
    client.subscribers().remove(&subscriber.id).await?;
    for user in client.users(org_id).list(&UserFilter::default()).await? {
        if user.email.starts_with("user") {
            client.users(org_id).remove(&user.id).await?;
        }
    }
    client.customers().remove(&customer.id).await?;
    println!("removed");
    Ok(())
}
