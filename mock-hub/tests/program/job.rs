//! What the hub is for, from end to end: a customer is provisioned, its 20,000 users are imported, and everything is
//! read back.

use std::collections::HashSet;
use std::fmt::Write;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::process::{CUSTOMERS, Hub};

const USERS: usize = 20_000;

/// Provisions a customer and gives its resource once it is provisioned.
fn provisioned(hub: &Hub) -> Value {
    let accepted = hub.post(CUSTOMERS, &hub.new_customer("large"));
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    let url = accepted.header("location").to_owned();
    for _ in 0..20 {
        let customer = hub.get(&url).json();
        if customer["status"] == "provisioned" {
            return customer;
        }
        assert_eq!(customer["status"], "provisioning");
        hub.post("/_mock/v1/sandboxes/default/clock/advance", &json!({ "seconds": 0.25 }));
    }
    panic!("the customer is still not provisioned");
}

/// A file of users with the package columns of the template; half call and half meet, and three rows are at fault.
fn users(template: &str) -> String {
    let package = |name: &str| template.split(',').find(|column| column.starts_with(name)).unwrap();
    let mut file = format!(
        "First Name,Last Name,User ID/Email (Required),Extension,Location,{},{}\n",
        package("Webex Calling"),
        package("Webex Meetings")
    );
    for number in 0..USERS {
        let email =
            if number == 7 { "nonsense".to_owned() } else { format!("user{number}@large.example.com") };
        let location = if number == 10 { "Nowhere" } else { "Head Office" };
        let extension = 10_000 + if number == 12 { 2 } else { number };
        let written = match number % 2 {
            0 => writeln!(file, "User,{number},{email},{extension},{location},TRUE,FALSE"),
            _ => writeln!(file, "User,{number},{email},,,FALSE,TRUE"),
        };
        written.unwrap();
    }
    file
}

/// Follows the Link header to its end and gives the ids on the way.
fn walk(hub: &Hub, first: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(target) = next {
        let page = hub.get(&target);
        let list = page.json();
        let items = list["items"].as_array().unwrap_or_else(|| panic!("{}", page.text()));
        ids.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let mut links = page.header("link").split(", ");
        let link = links.find(|link| link.ends_with("rel=\"next\""));
        next = link.map(|link| link.trim_start_matches('<').split('>').next().unwrap().to_owned());
    }
    ids
}

#[test]
fn a_customer_is_provisioned_and_20_000_users_are_imported_into_it() {
    let hub = Hub::frozen(&[]);
    let customer = provisioned(&hub);
    let organization = format!("/hub/v1/organizations/{}", customer["orgId"].as_str().unwrap());
    let template = hub.get(&format!("{organization}/users/template.csv"));
    let file = users(template.text());

    let imports = format!("{organization}/user-imports?behavior=add-and-remove-services");
    let accepted = hub.send("POST", &imports, "text/csv", file.as_bytes());
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    let task = accepted.header("location").to_owned();
    let counts = hub.get(&task).json();
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(counts["status"], "COMPLETED");
    assert_eq!((count("total"), count("added"), count("failed")), (20_000, 19_997, 3));
    let errors = hub.get(&format!("{task}/errors")).json();
    let error = |error: &Value| format!("{} {} {}", error["row"], error["column"], error["rule"]);
    let errors: Vec<_> = errors["items"].as_array().unwrap().iter().map(error).collect();
    assert_snapshot!(errors.join("\n"), @r#"
    9 "User ID/Email (Required)" "SUB-002"
    12 "Location" "CSV-026"
    14 "Extension" "NUM-005"
    "#);

    let id = customer["id"].as_str().unwrap();
    let subscribers = walk(&hub, &format!("/v1/wholesale/subscribers?customerId={id}&max=100"));
    assert_eq!(subscribers.len(), 19_997);
    assert_eq!(subscribers.iter().collect::<HashSet<_>>().len(), 19_997, "nobody is listed twice");

    let export = hub.get(&format!("{organization}/users/export.csv"));
    assert!(export.text().lines().count() > 19_997);
    let plan = format!("{organization}/user-imports/plan?behavior=add-and-remove-services");
    let plan = hub.send("POST", &plan, "text/csv", &export.body).json();
    assert_eq!(plan["summary"]["unchanged"], plan["summary"]["total"], "{}", plan["summary"]);
}
