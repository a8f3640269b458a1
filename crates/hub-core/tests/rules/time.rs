//! What the clock makes of records: provisioning, updating, deleting, import progress.

use hub_core::operation::access::ControlHub;
use hub_core::operation::customers::{self, CustomerUpdate};
use hub_core::operation::organizations::{self, SettingsChange};
use insta::assert_snapshot;

use crate::hub::{ADD, Hub, told};

/// What a client sees now, half way through the delay, just before its end and at its end.
fn watch(hub: &mut Hub, show: impl Fn(&Hub) -> String) -> String {
    let mut seen = vec![format!("    0 ms: {}", show(hub))];
    for (step, at) in [(500, 500), (499, 999), (1, 1000)] {
        hub.wait_ms(step);
        seen.push(format!("{at:>5} ms: {}", show(hub)));
    }
    seen.join("\n")
}

/// CUS-023, CUS-024.
#[test]
fn a_new_customer_is_provisioning_until_the_delay_is_over() {
    let mut hub = Hub::demo();
    let new = hub.new_customer();
    hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(watch(&mut hub, |hub| hub.show_customer("harbor-cafe")), @"
       0 ms: provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
     500 ms: provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
     999 ms: provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
    1000 ms: provisioned, orgId shown: webex_calling provisioned, webex_meetings provisioned
    ");
}

/// CUS-024.
#[test]
fn control_hub_opens_once_the_customer_is_provisioned() {
    let mut hub = Hub::demo();
    let new = hub.new_customer();
    let customer = hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    let open =
        |hub: &Hub| told(hub.peek(|draft, context| ControlHub::open(draft, context, customer.organization)));
    assert_snapshot!(open(&hub), @"`orgId` names an organization that the partner manages (CUS-015)");
    hub.wait_ms(1000);
    assert_snapshot!(open(&hub), @"accepted");
}

/// CUS-023.
#[test]
fn packages_of_an_update_come_and_go_with_the_clock() {
    let mut hub = Hub::demo();
    let blue_harbor = hub.customer("blue-harbor");
    let update = CustomerUpdate {
        packages: vec!["webex_meetings".into(), "webex_suite".into()],
        external_id: None,
        address: None,
        location: None,
        quantities: Vec::new(),
    };
    hub.run(|draft, context| customers::update(draft, context, blue_harbor.id, &update)).unwrap();
    assert_snapshot!(watch(&mut hub, |hub| hub.show_customer("blue-harbor")), @"
       0 ms: updating, orgId shown: webex_calling deleting, webex_meetings provisioned, webex_suite provisioning
     500 ms: updating, orgId shown: webex_calling deleting, webex_meetings provisioned, webex_suite provisioning
     999 ms: updating, orgId shown: webex_calling deleting, webex_meetings provisioned, webex_suite provisioning
    1000 ms: provisioned, orgId shown: webex_meetings provisioned, webex_suite provisioned
    ");
}

#[test]
fn a_package_that_failed_shows_on_the_customer() {
    assert_snapshot!(
        Hub::demo().show_customer("blue-harbor"),
        @"provisioned_with_errors, orgId shown: webex_calling error, webex_meetings provisioned"
    );
}

/// CUS-023.
#[test]
fn a_deleted_customer_is_gone_when_the_delay_is_over() {
    let mut hub = Hub::demo();
    let id = hub.customer("panaderia-sol").id;
    hub.run(|draft, context| customers::remove(draft, context, id)).unwrap();
    assert_snapshot!(watch(&mut hub, |hub| hub.show_customer("panaderia-sol")), @"
       0 ms: deleting, orgId hidden: webex_calling x50 deleting, webex_calling_standard deleting, webex_suite x50 deleting, webex_meetings deleting, common_area_calling deleting
     500 ms: deleting, orgId hidden: webex_calling x50 deleting, webex_calling_standard deleting, webex_suite x50 deleting, webex_meetings deleting, common_area_calling deleting
     999 ms: deleting, orgId hidden: webex_calling x50 deleting, webex_calling_standard deleting, webex_suite x50 deleting, webex_meetings deleting, common_area_calling deleting
    1000 ms: gone
    ");
}

#[test]
fn an_external_id_is_free_again_when_its_customer_is_gone() {
    let mut hub = Hub::demo();
    let id = hub.customer("panaderia-sol").id;
    hub.run(|draft, context| customers::remove(draft, context, id)).unwrap();
    let mut new = hub.new_customer();
    new.external_id = Some("panaderia-sol".into());
    assert_snapshot!(
        told(hub.run(|draft, context| customers::provision(draft, context, &new))),
        @"externalId: No two customers of a partner have the same externalId (CUS-003; saw `panaderia-sol`)"
    );
    hub.wait_ms(1000);
    assert_snapshot!(told(hub.run(|draft, context| customers::provision(draft, context, &new))), @"accepted");
}

#[test]
fn an_update_takes_a_free_external_id_from_one_who_is_gone() {
    let mut hub = Hub::demo();
    let [old, other] = ["panaderia-sol", "blue-harbor"].map(|name| hub.customer(name).id);
    hub.run(|draft, context| customers::remove(draft, context, old)).unwrap();
    hub.wait_ms(1000);
    let update = CustomerUpdate {
        packages: vec!["webex_meetings".into()],
        external_id: Some("panaderia-sol".into()),
        address: None,
        location: None,
        quantities: Vec::new(),
    };
    assert_snapshot!(
        told(hub.run(|draft, context| customers::update(draft, context, other, &update))),
        @"accepted"
    );
}

/// Seven rows, of which the third and the last fail, imported two a second.
fn slow_import(hub: &mut Hub) -> std::sync::Arc<hub_core::record::Task> {
    let panaderia = hub.customer("panaderia-sol").organization;
    let change = SettingsChange { import_rows_per_second: Some(Some(2)), ..SettingsChange::default() };
    hub.run(|draft, context| organizations::change_settings(draft, context, panaderia, &change)).unwrap();
    let emails = ["a@x.example", "b@x.example", "bad", "c@x.example", "d@x.example", "e@x.example", "worse"];
    let file = format!("User ID/Email (Required)\n{}\n", emails.join("\n"));
    hub.import(ADD, file.as_bytes()).unwrap()
}

#[test]
fn a_task_goes_on_at_the_speed_of_the_organization() {
    let mut hub = Hub::demo();
    let task = slow_import(&mut hub);
    let start = hub.now;
    let seen = [0, 499, 500, 1500, 3499, 3500].map(|millis| {
        hub.wait_ms(start.as_millis() + millis - hub.now.as_millis());
        let task = hub.task(task.id);
        let counts = task.counts();
        let failures: Vec<_> = task.failures.iter().map(|failure| failure.row).collect();
        format!(
            "{millis:>4} ms: {} {} of 7, {} added, {} failed: rows {failures:?}",
            task.status().name(),
            counts.processed,
            counts.added,
            counts.failed
        )
    });
    assert_snapshot!(seen.join("\n"), @"
       0 ms: STARTED 0 of 7, 0 added, 0 failed: rows []
     499 ms: STARTED 0 of 7, 0 added, 0 failed: rows []
     500 ms: STARTED 1 of 7, 1 added, 0 failed: rows []
    1500 ms: STARTED 3 of 7, 2 added, 1 failed: rows [4]
    3499 ms: STARTED 6 of 7, 5 added, 1 failed: rows [4]
    3500 ms: COMPLETED 7 of 7, 5 added, 2 failed: rows [4, 8]
    ");
}
