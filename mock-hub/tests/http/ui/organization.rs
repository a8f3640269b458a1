//! Overview, locations and numbers, licences and settings of an organization.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::csv::home;
use crate::browser::{Browser, Page};
use crate::support::Hub;

/// The organization's own settings, as the API shows them.
async fn settings(hub: &Hub, home: &str) -> Value {
    hub.get(&format!("/hub/v1{home}/settings")).await.json()
}

async fn restrict(hub: &Hub, home: &str, is_on: bool) {
    let change = json!({ "restrictedAdministratorMode": is_on });
    let answer = hub.call(Method::PATCH, &format!("/hub/v1{home}/settings"), change).await;
    assert_eq!(answer.status, StatusCode::OK);
}

/// The path of the Control Hub of another customer.
async fn other_home(hub: &Hub, home: &str) -> String {
    let customers = hub.get(crate::support::CUSTOMERS).await.json();
    let mut ids = customers["items"].as_array().unwrap().iter().map(|it| it["orgId"].as_str().unwrap());
    format!("/organizations/{}", ids.find(|id| !home.ends_with(id)).unwrap())
}

fn rule(page: &Page) -> (u16, &str) {
    (page.status().as_u16(), page.answer.header("x-mock-hub-rule"))
}

#[tokio::test]
async fn the_overview_shows_what_an_organization_has_and_what_is_left_to_set_up() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let page = Browser::signed_in(&hub, "customer-full-admin", "en").await.get(&home).await;
    assert_snapshot!(page.main(), @"Acme Dental Customer status: Provisioned Users 14 Active 2 Pending 0 Suspended Packages Packages Package State Used Quantity Common Area Calling Provisioned 0 any number Webex Calling Provisioned 3 any number Webex Calling Standard Provisioned 1 any number Webex Suite Provisioned 2 any number Webex Meetings Provisioned 1 any number Webex Voice Provisioned 1 2 Customer Assist Provisioned 1 any number Attendant Console Provisioned 1 any number Cisco Calling Plan Provisioned 0 any number Contact Center Premium Agent Provisioned 1 any number Contact Center Standard Agent Provisioned 1 any number Contact Center Voice Ports Provisioned 0 any number Contact Center AI Assistant Provisioned 0 any number Webex AI Agent Provisioned 0 any number");
    let spanish = Browser::signed_in(&hub, "partner-full-admin", "es").await.get(&home).await;
    assert_snapshot!(spanish.main(), @"Acme Dental Estado del cliente: Aprovisionado Usuarios 14 Activo 2 Pendiente 0 Suspendido Paquetes Paquetes Paquete Estado En uso Cantidad Common Area Calling Aprovisionado 0 sin límite Webex Calling Aprovisionado 3 sin límite Webex Calling Standard Aprovisionado 1 sin límite Webex Suite Aprovisionado 2 sin límite Webex Meetings Aprovisionado 1 sin límite Webex Voice Aprovisionado 1 2 Customer Assist Aprovisionado 1 sin límite Attendant Console Aprovisionado 1 sin límite Cisco Calling Plan Aprovisionado 0 sin límite Contact Center Premium Agent Aprovisionado 1 sin límite Contact Center Standard Agent Aprovisionado 1 sin límite Contact Center Voice Ports Aprovisionado 0 sin límite Contact Center AI Assistant Aprovisionado 0 sin límite Webex AI Agent Aprovisionado 0 sin límite");
}

/// CUS-032.
#[tokio::test]
async fn the_overview_offers_what_an_organization_lacks_cus_032() {
    let hub = Hub::demo().await;
    hub.post(crate::support::CUSTOMERS, crate::support::new_customer(&hub, "pizza")).await;
    hub.advance(2.0).await;
    let customers = hub.get(&format!("{}?externalId=pizza", crate::support::CUSTOMERS)).await.json();
    let home = format!("/organizations/{}", customers["items"][0]["orgId"].as_str().unwrap());
    let page = Browser::signed_in(&hub, "partner-full-admin", "en").await.get(&home).await;
    assert_eq!(page.link("Add users"), format!("{home}/users/manage"));
    assert_eq!(page.link("Add phone numbers"), format!("{home}/locations"));
}

/// CUS-027.
#[tokio::test]
async fn a_banner_tells_the_customers_administrators_of_restricted_mode_cus_027() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    for (label, is_on, has_banner) in [
        ("customer-full-admin", true, true),
        ("customer-full-admin", false, false),
        ("partner-full-admin", true, false),
        ("customer-read-only", true, false),
    ] {
        restrict(&hub, &home, is_on).await;
        let page = Browser::signed_in(&hub, label, "en").await.get(&home).await;
        assert_eq!(page.answer.body.contains("id=\"restricted-mode\""), has_banner, "{label} {is_on}");
    }
}

#[tokio::test]
async fn an_organization_that_is_not_seen_has_no_pages_api_006_cus_015() {
    let hub = Hub::demo().await;
    let own = home(&hub).await;
    let customers = hub.get(crate::support::CUSTOMERS).await.json();
    let ids = customers["items"].as_array().unwrap().iter().map(|it| it["orgId"].as_str().unwrap());
    let foreign: Vec<_> =
        ids.filter(|id| !own.ends_with(id)).map(|id| format!("/organizations/{id}")).collect();
    let browser = Browser::signed_in(&hub, "customer-full-admin", "en").await;
    for below in ["", "/users/csv", "/users/csv/export.csv", "/tasks", "/locations", "/licenses", "/settings"]
    {
        let page = browser.get(&format!("{}{below}", foreign[0])).await;
        let expected =
            if ["/locations", "/licenses"].contains(&below) { (404, "CUS-015") } else { (403, "API-006") };
        assert_eq!(rule(&page), expected, "{below}");
    }
}

#[tokio::test]
async fn a_location_is_created_changed_enabled_and_deleted() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let list = browser.get(&format!("{home}/locations")).await;
    let form = browser.get(&list.link("Create location")).await;
    let typed = [
        ("name", "Pier 7"),
        ("timeZone", "America/Chicago"),
        ("preferredLanguage", "en_us"),
        ("address.address1", "7 Pier Road"),
        ("address.city", "Duluth"),
        ("address.country", "US"),
    ];
    let refused = browser.submit(&form, &form.path, &typed).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(refused.form(&form.path).value("name"), "Pier 7", "nothing that was typed is lost");
    assert!(refused.answer.body.contains("id=\"address.state-error\""), "{}", refused.main());
    let rest = [("address.state", "MN"), ("address.postalCode", "55802")];
    let location = browser.submit(&refused, &form.path, &rest).await;
    assert_snapshot!(location.main(), @"Pier 7 The location is created. Not enabled for calling Address 7 Pier Road, Duluth, MN, 55802, US Time zone America/Chicago Language en_us Language of announcements en_us Change location Enable calling Delete location All locations");
    let path = location.path.split('?').next().unwrap().to_owned();
    let calling = browser.submit(&location, &format!("{path}/calling"), &[]).await;
    assert!(calling.main().contains("The location is enabled for calling."), "{}", calling.main());
    let edit = browser.get(&calling.link("Change location")).await;
    let changed = browser.submit(&edit, &edit.path, &[("name", "Pier 8"), ("address.country", "us")]).await;
    assert!(changed.main().starts_with("Pier 8"), "{}", changed.main());
    assert!(changed.main().contains("55802, us"), "as it was typed: {}", changed.main());
    let asked = browser.get(&changed.link("Delete location")).await;
    assert!(asked.main().contains("Nothing stands in the way."), "{}", asked.main());
    let stays = browser.submit(&asked, &asked.path, &[]).await;
    assert_eq!(rule(&stays), (409, "LOC-004"));
    let disabling = browser.get(&stays.link("Disable calling")).await;
    let disabled = browser.submit(&disabling, &disabling.path, &[]).await;
    assert!(disabled.main().contains("Not enabled for calling"), "{}", disabled.main());
    let asked = browser.get(&disabled.link("Delete location")).await;
    let gone = browser.submit(&asked, &asked.path, &[]).await;
    assert!(gone.main().contains("The location is deleted.") && !gone.main().contains("Pier 8"));
}

#[tokio::test]
async fn what_keeps_a_location_from_being_disabled_is_said_beforehand_and_by_the_job() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "es").await;
    let list = browser.get(&format!("{home}/locations")).await;
    let id = hub.get(&format!("/v1/locations?orgId={}", &home["/organizations/".len()..])).await.json();
    let name = id["items"][0]["name"].as_str().unwrap().to_owned();
    let location = browser.get(&list.link(&name)).await;
    let asked = browser.get(&location.link("Deshabilitar llamadas")).await;
    assert_snapshot!(asked.main(), @"¿Deshabilitar las llamadas en esta ubicación? Ya nadie llamará desde Head Office. Sus números de teléfono se van con ella. El trabajo fallaría: Hay 8 usuarios en ella. Deshabilitar llamadas Conservar");
    let job = browser.submit(&asked, &asked.path, &[]).await;
    assert!(job.answer.body.contains("<div id=\"job\" data-goes-on"), "{}", job.main());
    hub.advance(5.0).await;
    let failed = browser.get(job.path.split('?').next().unwrap()).await;
    assert!(!failed.answer.body.contains("data-goes-on"));
    assert!(failed.main().contains("No se pudieron deshabilitar las llamadas"), "{}", failed.main());
    let reader = Browser::signed_in(&hub, "partner-read-only", "es").await.get(&failed.path).await;
    assert_eq!(reader.status(), StatusCode::OK);
    assert!(!reader.answer.body.contains("id=\"job\""), "jobs are for who administers");
}

#[tokio::test]
async fn numbers_are_added_deactivated_and_removed_and_show_who_has_them() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let locations =
        hub.get(&format!("/v1/locations?orgId={}", &home["/organizations/".len()..])).await.json();
    let id = locations["items"][0]["id"].as_str().unwrap();
    let path = format!("{home}/locations/{id}/numbers");
    let page = browser.get(&path).await;
    let first = "Used by Action +14085550100 1000 Active Rosa Reyes Deactivate +14085550100 Remove";
    assert!(page.main().contains(first) && page.has_link("Next"), "{}", page.main());
    let refused = browser.submit(&page, &path, &[("phoneNumbers", "+12145550190\nnonsense")]).await;
    assert_eq!(rule(&refused), (400, "NUM-001"));
    assert_eq!(refused.form(&path).value("phoneNumbers"), "+12145550190\nnonsense");
    assert!(refused.answer.body.contains("id=\"phoneNumbers-error\""), "the reason stands beside the field");
    let added = browser.submit(&refused, &path, &[("phoneNumbers", "+12145550190\n\n+12145550191")]).await;
    assert!(added.main().contains("The numbers are added."), "{}", added.main());
    let partly = browser.submit(&added, &path, &[("phoneNumbers", "+12145550190\n+12145550192")]).await;
    assert!(partly.main().contains("These were not: phoneNumbers: "), "{}", partly.main());
    let number = format!("{path}/+12145550191");
    let off = browser.submit(&partly, &format!("{number}/state"), &[("state", "inactive")]).await;
    assert!(off.main().contains("+12145550191 Inactive nobody Activate"), "{}", off.main());
    let shrug = browser.submit(&off, &format!("{number}/state"), &[("state", "asleep")]).await;
    assert_eq!(rule(&shrug), (400, "API-002"));
    assert!(shrug.main().contains("+12145550191 Inactive nobody Activate"), "{}", shrug.main());
    let silence = browser.submit(&off, &format!("{number}/state"), &[]).await;
    assert_eq!(rule(&silence), (400, "API-003"));
    let on = browser.submit(&off, &format!("{number}/state"), &[("state", "active")]).await;
    assert!(on.main().contains("+12145550191 Active nobody Deactivate"), "{}", on.main());
    let asked = browser.get(&format!("{number}/remove")).await;
    let gone = browser.submit(&asked, &format!("{number}/remove"), &[]).await;
    assert!(gone.main().contains("The number is removed.") && !gone.main().contains("+12145550191"));
}

#[tokio::test]
async fn who_only_looks_finds_what_changes_out_of_use_api_006() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "customer-read-only", "en").await;
    let list = browser.get(&format!("{home}/locations")).await;
    assert!(list.main().contains("(API-006)"), "{}", list.main());
    let form = browser.get(&format!("{home}/locations/new")).await;
    let refused = browser.submit(&form, &form.path, &[("name", "Pier")]).await;
    assert_eq!(rule(&refused), (403, "API-006"));
    let settings = browser.get(&format!("{home}/settings")).await;
    assert_eq!(settings.answer.body.matches("<fieldset class=\"bare\" disabled").count(), 5);
}

#[tokio::test]
async fn licences_lead_to_their_users() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "customer-read-only", "en").await;
    let list = browser.get(&format!("{home}/licenses")).await;
    assert_snapshot!(list.main(), @"Licenses Licenses License Package Subscription Used Quantity Basic Messaging none 1 1 Basic Space Meetings none 1 1 Call on Webex (1:1 call, non-PSTN) none 1 1 Webex Calling - Workspaces Common Area Calling Sub100001 0 1000000 Webex Calling - Professional Webex Calling Sub100001 3 1000000 Advanced Messaging Webex Calling Sub100001 3 1000000 Basic Meetings Webex Calling Sub100001 3 1000000 Webex Calling - Standard Webex Calling Standard Sub100001 1 1000000 Advanced Messaging Webex Calling Standard Sub100001 1 1000000 Basic Meetings Webex Calling Standard Sub100001 1 1000000 Webex Calling - Professional Webex Suite Sub100001 2 1000000 Advanced Messaging Webex Suite Sub100001 2 1000000 Webex Meetings Suite Webex Suite Sub100001 2 1000000 Advanced Messaging Webex Meetings Sub100001 1 1000000 Webex Meetings Webex Meetings Sub100001 1 1000000 Webex Calling - Professional Webex Voice Sub100001 1 2 Webex Calling - Professional Customer Assist Sub100001 1 1000000 Customer Assist Customer Assist Sub100001 1 1000000 Attendant Console Attendant Console Sub100001 1 1000000 Cisco Calling Plan Cisco Calling Plan Sub100001 0 1000000 Contact Center Contact Center Premium Agent Sub100001 1 1000000 Contact Center Contact Center Standard Agent Sub100001 1 1000000 Contact Center Contact Center Voice Ports Sub100001 0 1000000 Contact Center Contact Center AI Assistant Sub100001 0 1000000 Contact Center Webex AI Agent Sub100001 0 1000000 Free screen share none 0 0 Hybrid - Message none 0 0");
    let users = browser.get(&list.link("Webex Meetings")).await;
    assert_snapshot!(users.main(), @"Webex Meetings 1 of 1000000 used Package: Webex Meetings Users Name Email State David Diaz david@acme-dental.example.com Active All licenses");
    let unknown = browser.get(&format!("{home}/licenses/nonsense")).await;
    assert_eq!(rule(&unknown), (404, "LIC-025"));
    let partner = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let (license, other) = (list.link("Webex Meetings"), other_home(&hub, &home).await);
    assert_eq!(partner.get(&license).await.status(), StatusCode::OK);
    let of_another = partner.get(&license.replace(&home, &other)).await;
    assert_eq!(rule(&of_another), (404, "LIC-025"), "a licence is shown where it is");
}

#[tokio::test]
async fn each_setting_is_changed_by_itself() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let path = format!("{home}/settings");
    let mut page = browser.get(&path).await;
    for (word, typed) in [
        ("import-speed", vec![("importRowsPerSecond", "50")]),
        ("directory", vec![("directorySynchronization", "true")]),
        ("required-attributes", vec![("requiredAttributes", "title"), ("requiredAttributes", "department")]),
        ("automatic-licenses", vec![("mode", "off")]),
    ] {
        page = browser.submit(&page, &format!("{path}/{word}"), &typed).await;
        assert!(page.main().contains("The setting is saved."), "{word}: {}", page.main());
    }
    let off = [("form-key", &*page.form(&format!("{path}/restricted-mode")).value("form-key"))];
    browser.post_unseen(&format!("{path}/restricted-mode"), &off).await;
    assert_snapshot!(serde_json::to_string_pretty(&settings(&hub, &home).await).unwrap(), @r#"{
  "automaticLicenseAssignment": null,
  "directorySynchronization": true,
  "importRowsPerSecond": 50,
  "requiredAttributes": [
    "title",
    "department"
  ],
  "restrictedAdministratorMode": false
}"#);
    let refused =
        browser.submit(&page, &format!("{path}/import-speed"), &[("importRowsPerSecond", "0")]).await;
    assert_eq!(rule(&refused), (400, "CSV-034"));
    assert_eq!(refused.form(&format!("{path}/import-speed")).value("importRowsPerSecond"), "0");
    assert!(refused.answer.body.contains("id=\"importRowsPerSecond-error\""));
    let at_once =
        browser.submit(&refused, &format!("{path}/import-speed"), &[("importRowsPerSecond", "")]).await;
    assert!(at_once.main().contains("The setting is saved."));
    let off = [("form-key", &*page.form(&format!("{path}/directory")).value("form-key"))];
    let unknown = browser.post_unseen(&format!("{path}/weather"), &off).await;
    assert_eq!(rule(&unknown), (404, "API-008"), "a setting that there is not");
    assert!(settings(&hub, &home).await.get("importRowsPerSecond").is_none());
}

#[tokio::test]
async fn automatic_licences_are_those_that_are_checked() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let path = format!("{home}/settings");
    let page = browser.get(&path).await;
    let action = format!("{path}/automatic-licenses");
    let before = settings(&hub, &home).await["automaticLicenseAssignment"].clone();
    assert_eq!(page.form(&action).value("mode"), "organization");
    browser.submit(&page, &action, &[]).await;
    assert_eq!(
        settings(&hub, &home).await["automaticLicenseAssignment"],
        before,
        "what stands there is what is so"
    );
    let one = before["licenses"][0].as_str().unwrap();
    browser.submit(&page, &action, &[("licenses", one)]).await;
    let after = settings(&hub, &home).await["automaticLicenseAssignment"].clone();
    assert_eq!(after, json!({ "mode": "organization", "licenses": [one] }));
}

/// API-006, CUS-027.
#[tokio::test]
async fn a_setting_that_is_not_the_visitors_to_change_says_why_cus_027() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let path = format!("{home}/settings");
    for (is_on, rules) in [
        (true, ["API-006", "CUS-027", "CUS-027", "", "API-006"]),
        (false, ["API-006", "", "", "", "API-006"]),
    ] {
        restrict(&hub, &home, is_on).await;
        let page = Browser::signed_in(&hub, "customer-full-admin", "en").await.get(&path).await;
        let words =
            ["restricted-mode", "directory", "automatic-licenses", "required-attributes", "import-speed"];
        let reasons = words.map(|word| {
            let reason =
                page.answer.body.split(&format!("id=\"{word}-held-back\"")).nth(1).unwrap_or_default();
            let cited = reason.split("</small>").next().unwrap_or_default();
            cited.rsplit_once('(').map_or("", |(_, rest)| rest.split(')').next().unwrap()).to_owned()
        });
        assert_eq!(reasons, rules, "{is_on}");
    }
}
