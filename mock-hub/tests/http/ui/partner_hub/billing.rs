//! Billing reports.

use axum::http::{Method, StatusCode};

use crate::browser::Browser;
use crate::support::Hub;

const REPORTS: &str = "/v1/wholesale/billing/reports";

/// BIL-006.
#[tokio::test]
async fn a_report_is_asked_for_made_downloaded_and_deleted_bil_006() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let empty = browser.get("/billing").await;
    assert!(empty.main().contains("There are no billing reports. Ask for one below."), "{}", empty.main());
    assert_eq!(empty.form("/billing").value("billingEndDate"), "2026-02-28");
    let typed = [("type", "CUSTOMER"), ("category", "POINT_IN_TIME")];
    let made = browser.submit(&empty, "/billing", &typed).await;
    assert!(
        made.main().contains("2026-01-30 – 2026-02-28 Customer Point in time In progress"),
        "{}",
        made.main()
    );
    assert!(made.answer.body.contains("data-goes-on") && !made.has_link("Download"));
    hub.advance(2.0).await;
    let done = browser.get("/billing").await;
    assert!(
        !done.answer.body.contains("data-goes-on") && done.main().contains("Completed"),
        "{}",
        done.main()
    );
    let file = browser.send(Method::GET, &done.link("Download"), "text/plain", Vec::new()).await;
    assert!(file.body.starts_with("BILLING_START_DATE,"), "{}", file.body);
    let reports = hub.get(REPORTS).await.json();
    assert_eq!(reports["items"][0]["type"], "CUSTOMER", "{reports}");

    let path = done.link("Delete");
    let asks = browser.get(&path).await;
    assert!(asks.main().contains("The report of 2026-01-30 – 2026-02-28 goes"), "{}", asks.main());
    let gone = browser.submit(&asks, &path, &[]).await;
    assert!(gone.main().contains("The report is deleted."), "{}", gone.main());
    assert_eq!(hub.get(REPORTS).await.json()["items"].as_array().unwrap().len(), 0);
    assert_eq!(browser.get(&path).await.answer.header("x-mock-hub-rule"), "BIL-001");
}

/// BIL-002, BIL-005, API-002, API-003.
#[tokio::test]
async fn a_refused_report_comes_back_with_what_was_typed() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "wholesale-admin", "es").await;
    let page = browser.get("/billing").await;
    for (typed, rule, field) in [
        (("billingEndDate", "2026-03-01"), "BIL-002", "billingEndDate"),
        (("category", "POINT_IN_TIME"), "BIL-005", "type"),
        (("billingStartDate", "soon"), "API-002", "billingStartDate"),
        (("billingStartDate", ""), "API-003", "billingStartDate"),
    ] {
        let refused = browser.submit(&page, "/billing", &[typed]).await;
        assert_eq!(refused.answer.header("x-mock-hub-rule"), rule, "{}", refused.main());
        assert!(refused.answer.body.contains(&format!("id=\"{field}-error\"")), "{}", refused.main());
        assert_eq!(refused.form("/billing").value(typed.0), typed.1);
    }
}

#[tokio::test]
async fn readers_see_reports_and_ask_for_none_and_who_sees_some_customers_sees_none() {
    let hub = Hub::demo().await;
    let reader = Browser::signed_in(&hub, "partner-read-only", "en").await;
    let page = reader.get("/billing").await;
    assert!(
        page.main().contains("Ask for the report Not available. The rule: The administrator role"),
        "{}",
        page.main()
    );
    let refused = reader.submit(&page, "/billing", &[]).await;
    assert_eq!(
        (refused.status(), refused.answer.header("x-mock-hub-rule")),
        (StatusCode::FORBIDDEN, "API-006")
    );
    let some = Browser::signed_in(&hub, "partner-admin", "en").await.get("/billing").await;
    assert_eq!((some.status(), some.answer.header("x-mock-hub-rule")), (StatusCode::FORBIDDEN, "API-006"));
}
