//! Templates, sub-partners, administrators, analytics.

use axum::http::{Method, StatusCode};

use super::page_of;
use crate::browser::Browser;
use crate::support::{CUSTOMERS, Hub, new_customer};

#[tokio::test]
async fn templates_show_their_provisioning_ids() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-read-only", "en").await;
    let list = browser.get("/templates").await;
    let id = hub.provisioning_id();
    assert!(list.main().contains(&format!("Standard Active US {id}")), "{}", list.main());
    assert!(list.main().contains("Retired Suspended"), "{}", list.main());
    let template = browser.get(&list.link("Standard")).await;
    assert!(template.main().contains(&format!("Provisioning ID {id} Copy")), "{}", template.main());
    let spanish = Browser::signed_in(&hub, "partner-read-only", "es").await.get("/templates").await;
    assert!(spanish.main().starts_with("Plantillas de incorporación"), "{}", spanish.main());
    let unknown = browser.get("/templates/nothing").await;
    assert_eq!(unknown.answer.header("x-mock-hub-rule"), "CUS-001");
}

/// CUS-018.
#[tokio::test]
async fn acting_for_a_sub_partner_shows_its_customers_until_it_ends_cus_018() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let list = browser.get("/sub-partners").await;
    assert!(list.main().contains("Faraway Voice Suspended Sub200002"), "{}", list.main());
    let act = |name: &str| {
        let forms = list.answer.body.split("<form ").filter(|form| form.contains(&format!("Act for {name}")));
        let form = forms.last().unwrap().split("action=\"").nth(1).unwrap();
        form.split('"').next().unwrap().to_owned()
    };
    let acting = browser.submit(&list, &act("Lakeside Telecom"), &[]).await;
    assert!(acting.has_link("Lakeside Dental") && !acting.has_link("Acme Dental"), "{}", acting.main());
    assert!(acting.main().contains("You act for the sub-partner Lakeside Telecom."), "{}", acting.main());
    let refused = browser.get("/sub-partners").await;
    assert_eq!(refused.answer.header("x-mock-hub-rule"), "API-006", "a sub-partner has none");
    let ended = browser.submit(&refused, "/sub-partners/leave", &[]).await;
    assert!(ended.has_link("Acme Dental") && ended.main().contains("You act for yourself again."));

    let acting = browser.submit(&list, &act("Faraway Voice"), &[]).await;
    assert!(acting.main().contains("CUS-018"), "a suspended one creates nothing: {}", acting.main());
    let form_of_nobody = browser.submit(&list, &act("Lakeside Telecom"), &[]).await;
    assert!(form_of_nobody.has_link("Lakeside Dental"));
}

/// API-014.
#[tokio::test]
async fn nobody_acts_for_an_organization_that_is_not_his_sub_partner_api_014() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let list = browser.get("/sub-partners").await;
    let key = list.form("/sign-out").value("form-key");
    let refused = browser.post_unseen("/sub-partners/nothing/act", &[("form-key", &key)]).await;
    assert_eq!(refused.answer.header("x-mock-hub-rule"), "API-014", "{}", refused.main());
    assert!(browser.get("/customers").await.has_link("Acme Dental"), "he acts for himself");
}

/// ORG-006, API-006.
#[tokio::test]
async fn a_customer_is_assigned_to_an_administrator_and_taken_from_him_org_006() {
    let hub = Hub::demo().await;
    hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let list = browser.get("/administrators").await;
    assert!(
        list.main().contains("partner-read-only@example.com Partner read-only administrator All customers"),
        "{}",
        list.main()
    );
    assert!(list.main().contains("partner-admin@example.com Partner administrator 3"), "{}", list.main());
    let page = browser.get(&list.link("partner-admin@example.com")).await;
    assert_eq!(page.main().matches("Unassign ").count(), 3, "{}", page.main());
    let rest = browser.get(&format!("{}?offset=2", page.path)).await;
    assert_eq!(rest.main().matches("Unassign ").count(), 1, "the third alone: {}", rest.main());
    let found = browser.get(&format!("{}?search=PIZZA", page.path)).await;
    assert!(found.main().contains("Assign Pizza pizza"), "{}", found.main());
    let other = Browser::signed_in(&hub, "partner-admin", "en").await;
    assert_eq!(other.get(&page_of(&hub, "pizza").await).await.status(), StatusCode::NOT_FOUND);
    let assigned = browser.submit(&found, &format!("{}/assign", page.path), &[]).await;
    assert!(assigned.main().contains("The customer is assigned. "), "{}", assigned.main());
    assert!(assigned.main().contains("Unassign Pizza pizza"), "{}", assigned.main());
    assert_eq!(other.get(&page_of(&hub, "pizza").await).await.status(), StatusCode::OK);
    let gone = browser.submit(&assigned, &format!("{}/unassign", page.path), &[]).await;
    assert!(!gone.main().contains("Unassign Pizza pizza"), "{}", gone.main());
    assert_eq!(other.get(&page_of(&hub, "pizza").await).await.status(), StatusCode::NOT_FOUND);

    let reader = Browser::signed_in(&hub, "partner-read-only", "en").await;
    let seen = reader.get(&format!("{}?search=pizza", page.path)).await;
    assert!(seen.main().contains("API-006") && !seen.main().contains("Assign Pizza"), "{}", seen.main());
    assert_eq!(other.get("/administrators").await.answer.header("x-mock-hub-rule"), "API-006");
}

/// CUS-033.
#[tokio::test]
async fn analytics_show_packages_and_subscribers_as_charts_tables_and_files_cus_033() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let page = browser.get("/analytics").await;
    assert!(page.answer.body.contains("<title id=\"packages-chart-title\">Users by package</title>"));
    assert!(page.main().contains("2026-03-01 15 2026-02-28 15"), "{}", page.main());
    let file = async |path: &str| browser.send(Method::GET, path, "text/plain", Vec::new()).await;
    let packages = file(&page.link("Download CSV of packages")).await;
    assert_eq!(packages.header("content-type").split(';').next(), Some("text/csv"));
    assert!(packages.body.contains("webex_meetings,Webex Meetings,3\n"), "{}", packages.body);
    let subscribers = file(&page.link("Download CSV of subscribers")).await;
    assert!(subscribers.body.starts_with("DAY,SUBSCRIBERS\n2026-01-30,15\n"), "{}", subscribers.body);
    assert_eq!(subscribers.body.lines().count(), 32);
    let year = browser.get(&page.link("12 months")).await;
    assert!(year.main().contains("2025-12-31 0"), "the demo began in January: {}", year.main());
    let spanish = Browser::signed_in(&hub, "partner-admin", "es").await.get("/analytics").await;
    assert!(spanish.main().contains("Suscriptores a lo largo del tiempo"), "{}", spanish.main());
}
