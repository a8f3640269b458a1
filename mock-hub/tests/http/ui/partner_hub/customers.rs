//! The list of customers and one of them.

use axum::http::StatusCode;

use super::{customer, page_of};
use crate::browser::Browser;
use crate::support::{CUSTOMERS, Hub, new_customer};

/// CUS-026.
#[tokio::test]
async fn the_list_shows_the_customers_that_the_administrator_sees_newest_first_cus_026() {
    let hub = Hub::demo().await;
    let full = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let list = full.get("/customers").await;
    let text = list.main();
    let (_, table) = text.split_once("Search Customers ").unwrap();
    insta::assert_snapshot!(table, @"Organization name External ID Status Packages Users Created Blue Harbor Logistics blue-harbor Provisioned with errors Webex Calling, Webex Meetings 1 2026-01-05 09:27:00 Panadería Sol panaderia-sol Provisioned Webex Calling, Webex Calling Standard, Webex Suite, Webex Meetings, Common Area Calling 3 2026-01-05 09:23:00 Acme Dental acme-dental Provisioned Common Area Calling, Webex Calling, Webex Calling Standard, Webex Suite, Webex Meetings, Webex Voice, Customer Assist, Attendant Console, Cisco Calling Plan, Contact Center Premium Agent, Contact Center Standard Agent, Contact Center Voice Ports, Contact Center AI Assistant, Webex AI Agent 11 2026-01-05 09:09:00");
    let spanish = Browser::signed_in(&hub, "partner-full-admin", "es").await;
    let list = spanish.get("/customers").await.main();
    assert!(
        list.starts_with("Clientes Crear cliente Nombre o correo electrónico Estado Cualquiera"),
        "{list}"
    );
    hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    let assigned = Browser::signed_in(&hub, "partner-admin", "en").await;
    let list = assigned.get("/customers").await;
    assert!(list.has_link("Acme Dental") && !list.has_link("Pizza pizza"), "{}", list.main());
    let customer_admin = Browser::signed_in(&hub, "customer-full-admin", "en").await;
    let refused = customer_admin.get("/customers").await;
    assert_eq!(
        (refused.status(), refused.answer.header("x-mock-hub-rule")),
        (StatusCode::FORBIDDEN, "API-006")
    );
}

/// CUS-031.
#[tokio::test]
async fn customers_are_searched_and_filtered_cus_031() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-read-only", "en").await;
    for (query, found) in [
        ("search=ADMIN%40acme", vec!["Acme Dental"]),
        ("search=sol", vec!["Panadería Sol"]),
        ("status=provisioned_with_errors", vec!["Blue Harbor Logistics"]),
        ("package=webex_ai_agent", vec!["Acme Dental"]),
        ("search=a&status=provisioned&package=webex_suite", vec!["Acme Dental", "Panadería Sol"]),
    ] {
        let list = browser.get(&format!("/customers?{query}")).await;
        let all = ["Acme Dental", "Panadería Sol", "Blue Harbor Logistics"];
        let shown: Vec<_> = all.into_iter().filter(|name| list.has_link(name)).collect();
        assert_eq!(shown, found, "{query}");
    }
    let none = browser.get("/customers?search=nobody%22%3E&status=").await;
    assert!(none.main().contains("No customer is like that."), "{}", none.main());
}

#[tokio::test]
async fn a_long_list_is_shown_page_by_page_and_filters_stay() {
    let hub = Hub::demo().await;
    for at in 0..55 {
        hub.post(CUSTOMERS, new_customer(&hub, &format!("shop-{at}"))).await;
    }
    let browser = Browser::signed_in(&hub, "wholesale-admin", "en").await;
    let first = browser.get("/customers?search=shop").await;
    assert!(first.has_link("Pizza shop-54") && !first.has_link("Pizza shop-4"), "{}", first.main());
    let next = first.link("Next");
    assert_eq!(next, "/customers?search=shop&offset=50");
    let second = browser.get(&next).await;
    assert!(second.has_link("Pizza shop-4") && !second.has_link("Pizza shop-5"), "{}", second.main());
    assert!(second.main().contains("Previous 51 to 55"), "{}", second.main());
}

#[tokio::test]
async fn creating_is_offered_to_who_may_and_the_rule_says_why_to_others() {
    let hub = Hub::demo().await;
    for (label, may) in [
        ("partner-full-admin", true),
        ("wholesale-admin", true),
        ("partner-admin", false),
        ("partner-read-only", false),
    ] {
        let browser = Browser::signed_in(&hub, label, "en").await;
        let list = browser.get("/customers").await;
        assert!(list.has_link("Create customer"), "{label}: it is there");
        let says_why = list.main().contains("The administrator role behind the token allows the operation");
        assert_eq!(says_why, !may, "{label}: {}", list.main());
        let form = browser.get("/customers/new").await;
        assert_eq!(form.status(), if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{label}");
    }
}

#[tokio::test]
async fn a_customer_is_shown_whole_in_both_languages() {
    let hub = Hub::demo().await;
    let path = page_of(&hub, "blue-harbor").await;
    let english = Browser::signed_in(&hub, "partner-read-only", "en").await.get(&path).await;
    let id = customer(&hub, "blue-harbor").await;
    let text = english.main().replace(id["id"].as_str().unwrap(), "ID");
    let text = text.replace(id["orgId"].as_str().unwrap(), "ORG");
    insta::assert_snapshot!(text, @"Blue Harbor Logistics All customers Launch Control Hub Edit customer Not available. The rule: The administrator role behind the token allows the operation (API-006) Delete customer Not available. The rule: The administrator role behind the token allows the operation (API-006) Set-up What the customer still lacks is added in Control Hub. Add phone numbers Details Status Provisioned with errors External ID blue-harbor E-mail address of the first administrator it@blue-harbor.example.com Billing address 12 Dock Street, Seattle, WA, 98101, US Users 1 Onboarding template Standard Subscription Sub100001 Customer ID ID Organization ID ORG Created 2026-01-05 09:27:00 Packages Packages Package Status Quantity Used Errors and warnings Webex Calling Error No limit 0 Error: 2560: One or more Webex Calling services are unavailable due to maintenance, unable to start provisioning. Consult status.webex.com and retry later. Warning: 2560: One or more Webex Calling services are unavailable due to maintenance, unable to start provisioning. Consult status.webex.com and retry later. Webex Meetings Provisioned No limit 1");
    let organization = id["orgId"].as_str().unwrap();
    assert_eq!(english.link("Launch Control Hub"), format!("/organizations/{organization}"));
    let spanish = Browser::signed_in(&hub, "partner-read-only", "es").await.get(&path).await;
    assert_eq!(spanish.link("Iniciar centro de control"), format!("/organizations/{organization}"));
    assert!(spanish.main().contains("Aprovisionado con errores"), "{}", spanish.main());
}

#[tokio::test]
async fn who_does_not_see_a_customer_is_told_that_there_is_none_cus_004() {
    let hub = Hub::demo().await;
    hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    let path = page_of(&hub, "pizza").await;
    let browser = Browser::signed_in(&hub, "partner-admin", "en").await;
    for path in [&*path, &format!("{path}/edit"), &format!("{path}/remove"), "/customers/nonsense"] {
        let refused = browser.get(path).await;
        assert_eq!(refused.answer.header("x-mock-hub-rule"), "CUS-004", "{path}");
        assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    }
}

/// CUS-032.
#[tokio::test]
async fn set_up_offers_what_is_missing_once_the_customer_is_provisioned_cus_032() {
    let hub = Hub::demo().await;
    hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    let path = page_of(&hub, "pizza").await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let page = browser.get(&path).await;
    assert!(page.answer.body.contains("id=\"customer\" data-goes-on"), "it goes on by itself");
    assert!(page.main().contains("Control Hub can be launched once"), "{}", page.main());
    assert!(!page.has_link("Add users") && page.main().contains("Provisioning"), "{}", page.main());
    hub.advance(2.0).await;
    let page = browser.get(&path).await;
    assert!(!page.answer.body.contains("data-goes-on"), "it does not go on any more");
    let organization = customer(&hub, "pizza").await["orgId"].as_str().unwrap().to_owned();
    assert_eq!(page.link("Add users"), format!("/organizations/{organization}/users"));
    assert_eq!(page.link("Add phone numbers"), format!("/organizations/{organization}/locations"));
    let acme = browser.get(&page_of(&hub, "acme-dental").await).await;
    assert!(!acme.has_link("Add users") && !acme.has_link("Add phone numbers"), "{}", acme.main());
}

#[tokio::test]
async fn a_change_is_prechecked_and_made_and_the_api_shows_it() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-admin", "en").await;
    let path = page_of(&hub, "panaderia-sol").await;
    let edit = format!("{path}/edit");
    let form = browser.get(&edit).await;
    assert_eq!(form.form(&edit).value("provisioningParameters.packages.limits.webex_suite"), "50");
    let limit = "provisioningParameters.packages.limits.webex_suite";
    let typed = [("externalId", "sol-2"), (limit, "7"), ("precheck", "true")];
    let checked = browser.submit(&form, &edit, &typed).await;
    assert!(checked.main().contains("The precheck found nothing against"), "{}", checked.main());
    assert_eq!(checked.form(&edit).value("externalId"), "sol-2");
    assert!(customer(&hub, "sol-2").await.is_null(), "nothing has changed");
    let done = browser.submit(&checked, &edit, &[]).await;
    assert!(done.main().contains("The changes were accepted"), "{}", done.main());
    hub.advance(2.0).await;
    let changed = customer(&hub, "sol-2").await;
    assert_eq!(changed["packages"].as_array().unwrap().len(), 5, "{changed}");
    let page = browser.get(&path).await;
    assert!(page.main().contains("Webex Suite Provisioned 7 1"), "{}", page.main());
}

/// CUS-019, CUS-020, API-002.
#[tokio::test]
async fn a_refused_change_comes_back_as_it_was_typed_with_the_rule_beside_the_field() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "es").await;
    let edit = format!("{}/edit", page_of(&hub, "panaderia-sol").await);
    let form = browser.get(&edit).await;
    let limit = "provisioningParameters.packages.limits.webex_suite";
    let typed = [("externalId", "otro"), (limit, "0")];
    let refused = browser.submit(&form, &edit, &typed).await;
    assert_eq!(
        (refused.status(), refused.answer.header("x-mock-hub-rule")),
        (StatusCode::CONFLICT, "CUS-020")
    );
    assert_eq!(refused.form(&edit).value("externalId"), "otro");
    assert_eq!(refused.form(&edit).value(limit), "0");
    assert!(refused.answer.body.contains(&format!("id=\"{limit}-error\"")), "{}", refused.main());
    let refused = browser.submit(&form, &edit, &[("packages", "webex_calling")]).await;
    assert_eq!(refused.answer.header("x-mock-hub-rule"), "CUS-019");
    assert!(refused.answer.body.contains("id=\"packages-error\""), "{}", refused.main());
    let refused = browser.submit(&form, &edit, &[(limit, "many")]).await;
    assert_eq!(refused.answer.header("x-mock-hub-rule"), "API-002");
    assert!(refused.main().contains("Se esperaba un número entero"), "{}", refused.main());
}

/// CUS-005.
#[tokio::test]
async fn a_customer_that_is_changing_is_left_alone_cus_005() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let path = page_of(&hub, "panaderia-sol").await;
    let edit = format!("{path}/edit");
    let form = browser.get(&edit).await;
    browser.submit(&form, &edit, &[]).await;
    let page = browser.get(&path).await;
    assert!(page.main().contains("Edit customer") && page.main().contains("CUS-005"), "{}", page.main());
    let again = browser.submit(&form, &edit, &[("externalId", "kept")]).await;
    assert_eq!((again.status(), again.answer.header("x-mock-hub-rule")), (StatusCode::CONFLICT, "CUS-005"));
    assert_eq!(again.form(&edit).value("externalId"), "kept");
}

#[tokio::test]
async fn deleting_asks_first_and_the_customer_goes() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let path = page_of(&hub, "panaderia-sol").await;
    let asks = browser.get(&path).await.link("Delete customer");
    let page = browser.get(&asks).await;
    assert!(
        page.main().contains("Delete Panadería Sol?") && page.main().contains("3 users lose"),
        "{}",
        page.main()
    );
    let list = browser.submit(&page, &asks, &[]).await;
    assert!(list.main().contains("The customer is being deleted.") && list.has_link("Panadería Sol"));
    assert!(list.answer.body.contains("data-goes-on"));
    hub.advance(2.0).await;
    assert!(!browser.get("/customers").await.has_link("Panadería Sol"));
    assert_eq!(browser.get(&path).await.status(), StatusCode::NOT_FOUND);
    assert!(customer(&hub, "panaderia-sol").await.is_null());
}
