//! Creating a customer.

use axum::http::StatusCode;

use super::{customer, page_of};
use crate::browser::{Browser, Typed};
use crate::support::Hub;

const NEW: &str = "/customers/new";
const LOCATION: &str = "provisioningParameters.calling.location";

/// What is typed for a lawful customer with meetings.
const LAWFUL: Typed<'static> = &[
    ("customerInfo.name", "Café «Норд» 50"),
    ("customerInfo.primaryEmail", "owner@nord.example.com"),
    ("externalId", "nord"),
    ("packages", "webex_meetings"),
    ("provisioningParameters.packages.limits.webex_meetings", "4"),
    ("address.addressLine1", "Pier 1"),
    ("address.city", "Oslo"),
    ("address.country", "NO"),
];

fn with<'t>(hub_id: &'t str, more: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
    let kept = LAWFUL.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.copied().chain(more.iter().copied()).chain([("provisioningId", hub_id)]).collect()
}

#[tokio::test]
async fn a_customer_is_created_and_goes_on_to_be_provisioned() {
    let hub = Hub::demo().await;
    let template = hub.provisioning_id();
    let browser = Browser::signed_in(&hub, "wholesale-admin", "en").await;
    let form = browser.get(NEW).await;
    let page = browser.submit(&form, NEW, &with(&template, &[])).await;
    assert!(page.path.starts_with("/customers/") && page.path.ends_with("?done=customer-provisioning"));
    assert!(page.main().contains("Café «Норд» 50 The customer was accepted"), "{}", page.main());
    hub.advance(2.0).await;
    let made = customer(&hub, "nord").await;
    assert_eq!(
        (made["status"].as_str(), made["address"]["city"].as_str()),
        (Some("provisioned"), Some("Oslo"))
    );
    assert!(browser.get(&page.path).await.main().contains("Webex Meetings Provisioned 4 0"));
}

/// CUS-028.
#[tokio::test]
async fn a_precheck_shows_what_would_come_and_creates_nothing_cus_028() {
    let hub = Hub::demo().await;
    let template = hub.provisioning_id();
    let browser = Browser::signed_in(&hub, "partner-full-admin", "es").await;
    let form = browser.get(NEW).await;
    let checked = browser.submit(&form, NEW, &with(&template, &[("precheck", "true")])).await;
    assert_eq!(checked.status(), StatusCode::OK);
    assert!(checked.main().contains("La comprobación no encontró nada en contra"), "{}", checked.main());
    assert_eq!(checked.form(NEW).value("customerInfo.name"), "Café «Норд» 50");
    assert!(customer(&hub, "nord").await.is_null());
    let typed = with(&template, &[("precheck", "true"), ("customerInfo.name", "50% Norte")]);
    let refused = browser.submit(&form, NEW, &typed).await;
    assert_eq!(refused.answer.header("x-mock-hub-rule"), "CUS-007");
}

/// API-002, CUS-001, CUS-003, CUS-007, CUS-008, CUS-010, CUS-013, CUS-014, CUS-015.
#[tokio::test]
async fn each_refusal_stands_beside_its_field_and_nothing_that_was_typed_is_lost() {
    let hub = Hub::demo().await;
    let template = hub.provisioning_id();
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let form = browser.get(NEW).await;
    let city = format!("{LOCATION}.address.city");
    let zone = format!("{LOCATION}.timezone");
    let name = format!("{LOCATION}.name");
    let cases: &[(Typed<'_>, &str, &str)] = &[
        (&[("customerInfo.name", "50% Nord")], "CUS-007", "customerInfo.name"),
        (&[("customerInfo.primaryEmail", "")], "CUS-014", "customerInfo.primaryEmail"),
        (&[("externalId", "acme-dental")], "CUS-003", "externalId"),
        (&[("address.country", "US")], "CUS-008", "address.stateOrProvince"),
        (&[("packages", "webex_calling")], "CUS-013", LOCATION),
        (&[(&name, "Pier")], "API-003", &zone),
        (&[("orgId", "nothing")], "CUS-015", "orgId"),
        (
            &[("provisioningParameters.packages.limits.webex_meetings", "-1")],
            "API-002",
            "provisioningParameters.packages.limits.webex_meetings",
        ),
    ];
    for (change, rule, field) in cases {
        let refused = browser.submit(&form, NEW, &with(&template, change)).await;
        assert_eq!(refused.answer.header("x-mock-hub-rule"), *rule, "{change:?}: {}", refused.main());
        assert!(refused.status().is_client_error());
        assert!(
            refused.answer.body.contains(&format!("id=\"{field}-error\"")),
            "{field}: {}",
            refused.main()
        );
        assert_eq!(refused.form(NEW).value("address.addressLine1"), "Pier 1");
        assert_eq!(refused.form(NEW).value(change[0].0), change[0].1);
    }
    let elsewhere: Vec<_> = with(&template, &[(&name, "Pier"), (&zone, "Europe/Oslo"), (&city, "Bergen")]);
    let kept = form.form(NEW).values();
    let key = &kept.iter().find(|(name, _)| name == "form-key").unwrap().1;
    let language = format!("{LOCATION}.language");
    let typed: Vec<_> = elsewhere.into_iter().chain([("form-key", &**key), (&*language, "en_us")]).collect();
    let refused = browser.post_unseen(NEW, &typed).await;
    assert!(
        refused.answer.body.contains(&format!("id=\"{LOCATION}.address.addressLine1-error\"")),
        "own address"
    );
    let none = browser.submit(&form, NEW, &[("provisioningId", &template), ("externalId", "x")]).await;
    assert_eq!(none.answer.header("x-mock-hub-rule"), "CUS-014", "{}", none.main());
}

#[tokio::test]
async fn an_organization_that_exists_becomes_a_customer_with_a_location_for_calling() {
    let hub = Hub::demo().await;
    let template = hub.provisioning_id();
    let browser = Browser::signed_in(&hub, "wholesale-admin", "en").await;
    let organizations = hub.get("/v1/organizations").await.json();
    let mill = organizations["items"].as_array().unwrap().iter();
    let mill = mill.clone().find(|it| it["displayName"] == "Old Mill Bakery").unwrap()["id"].clone();
    let (name, zone) = (format!("{LOCATION}.name"), format!("{LOCATION}.timezone"));
    let more = [
        ("orgId", mill.as_str().unwrap()),
        ("customerInfo.name", ""),
        ("customerInfo.primaryEmail", ""),
        ("packages", "webex_calling"),
        (&*name, "Mill"),
        (&*zone, "Europe/Oslo"),
    ];
    let form = browser.get(NEW).await;
    let page = browser.submit(&form, NEW, &with(&template, &more)).await;
    assert!(page.main().starts_with("Old Mill Bakery The customer was accepted"), "{}", page.main());
    hub.advance(2.0).await;
    assert_eq!(customer(&hub, "nord").await["orgId"], mill);
    let locations = hub.get(&format!("/v1/locations?orgId={}", mill.as_str().unwrap())).await.json();
    assert_eq!(locations["items"][0]["address"]["city"], "Oslo", "{locations}");
    assert!(browser.get(&page_of(&hub, "nord").await).await.has_link("Launch Control Hub"));
}
