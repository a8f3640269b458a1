//! What a script lets go wrong in the background.

use hub_core::bulk;
use hub_core::operation::customers::{self, CustomerUpdate};
use hub_core::operation::subscribers::{self, PackageChange};
use hub_core::record::{Fault, ImportBehavior};
use hub_core::{Email, Ending, Outcome, Package, ProvisioningEnd};
use insta::assert_snapshot;

use crate::hub::{Hub, package, row_file, told};

const DAY_MS: i64 = 86_400_000;
const ZOE: &str = "zoe@acme-dental.example.com";

fn outcome(ending: Ending) -> Outcome {
    let fault = Fault { code: Some(2560), description: "Down for maintenance.".into() };
    Outcome { number: 4, is_passed_over: false, ending, fault }
}

fn provisioning(end: ProvisioningEnd, package: Option<Package>) -> Outcome {
    outcome(Ending::Provisioning(end, package))
}

fn stuck(email: &str) -> Outcome {
    outcome(Ending::PackageStuck(Email::parse(email).unwrap()))
}

/// Provisions a customer under an outcome.
fn provisioned(outcome: Outcome) -> Hub {
    let mut hub = Hub::demo();
    let (new, outcomes) = (hub.new_customer(), [outcome]);
    let provision = hub.run(|draft, context| {
        customers::provision(draft, &context.with_outcomes(&outcomes), &new)?;
        Ok(draft.met().to_vec())
    });
    assert!(provision.unwrap().iter().all(|met| *met == 4));
    hub
}

/// Updates it to the packages that are named, a day later.
fn updated(hub: &mut Hub, packages: &[&str], outcomes: &[Outcome]) -> String {
    hub.wait_ms(DAY_MS);
    let id = hub.customer("harbor-cafe").id;
    let update = CustomerUpdate {
        packages: packages.iter().map(|name| Box::from(*name)).collect(),
        external_id: None,
        address: None,
        location: None,
        quantities: Vec::new(),
    };
    let update =
        hub.run(|draft, context| customers::update(draft, &context.with_outcomes(outcomes), id, &update));
    hub.wait_ms(DAY_MS);
    update.map_or_else(|refusal| refusal.to_string(), |_| hub.show_customer("harbor-cafe"))
}

/// A customer at once and a day later, then after an update under which all goes well.
fn check(outcome: Outcome) -> String {
    let mut hub = provisioned(outcome);
    let at_once = hub.show_customer("harbor-cafe");
    hub.wait_ms(DAY_MS);
    let later = hub.show_customer("harbor-cafe");
    let errors = hub.customer("harbor-cafe").errors.len();
    let mended = updated(&mut hub, &["webex_calling", "webex_meetings"], &[]);
    format!("{at_once}\n{later}, errors: {errors}\n{mended}")
}

#[test]
fn a_customer_whose_provisioning_fails_is_in_error_until_it_is_updated() {
    assert_snapshot!(check(provisioning(ProvisioningEnd::Error, None)), @r"
    provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
    error, orgId hidden: webex_calling error, webex_meetings error, errors: 1
    provisioned, orgId shown: webex_calling provisioned, webex_meetings provisioned
    ");
}

#[test]
fn a_customer_is_provisioned_with_errors_where_one_package_fails() {
    assert_snapshot!(check(provisioning(ProvisioningEnd::ProvisionedWithErrors, None)), @r"
    provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
    provisioned_with_errors, orgId shown: webex_calling error, webex_meetings provisioned, errors: 0
    provisioned, orgId shown: webex_calling provisioned, webex_meetings provisioned
    ");
    let named = provisioning(ProvisioningEnd::ProvisionedWithErrors, Some(Package::WebexMeetings));
    assert_snapshot!(check(named), @r"
    provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
    provisioned_with_errors, orgId shown: webex_calling provisioned, webex_meetings error, errors: 0
    provisioned, orgId shown: webex_calling provisioned, webex_meetings provisioned
    ");
}

#[test]
fn a_customer_in_review_is_neither_provisioned_nor_in_error_until_it_is_updated() {
    assert_snapshot!(check(provisioning(ProvisioningEnd::PendingReview, None)), @r"
    provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
    pending_rpl_review, orgId hidden: webex_calling provisioning, webex_meetings provisioning, errors: 0
    provisioned, orgId shown: webex_calling provisioned, webex_meetings provisioned
    ");
}

#[test]
fn a_stuck_customer_is_never_done_and_takes_no_change_cus_005() {
    assert_snapshot!(check(provisioning(ProvisioningEnd::Stuck, None)), @r"
    provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning
    provisioning, orgId hidden: webex_calling provisioning, webex_meetings provisioning, errors: 0
    A customer that is still provisioning, updating or being deleted takes no further change (CUS-005; saw `provisioning`)
    ");
}

#[test]
fn an_outcome_is_for_who_asks_for_its_package_and_nobody_else() {
    let elsewhere = provisioning(ProvisioningEnd::Error, Some(Package::WebexSuite));
    let hub = provisioned(elsewhere.clone());
    assert!(hub.customer("harbor-cafe").errors.is_empty());
    let hub = provisioned(stuck(ZOE));
    assert!(hub.customer("harbor-cafe").errors.is_empty());
    let mut hub = provisioned(Outcome { is_passed_over: true, ..provisioning(ProvisioningEnd::Error, None) });
    assert!(hub.customer("harbor-cafe").errors.is_empty(), "it is met, but passed over");

    let grown = updated(&mut hub, &["webex_calling", "webex_meetings", "webex_suite"], &[elsewhere]);
    assert_snapshot!(grown, @"error, orgId hidden: webex_calling provisioned, webex_meetings provisioned, webex_suite error");
    let stuck = provisioning(ProvisioningEnd::Stuck, None);
    assert_snapshot!(updated(&mut hub, &["webex_suite", "webex_voice"], &[stuck]), @"updating, orgId shown: webex_calling deleting, webex_meetings deleting, webex_suite provisioned, webex_voice provisioning");
}

#[test]
fn a_stuck_package_is_cleared_only_by_unassigning_and_assigning_again_sub_012() {
    let mut hub = Hub::demo();
    let (new, outcomes) = (hub.new_subscriber(), [stuck("somebody@example.com"), stuck(ZOE)]);
    let zoe = hub.run(|draft, context| {
        let subscriber = subscribers::provision(draft, &context.with_outcomes(&outcomes), &new)?;
        assert_eq!(draft.met(), [4], "what is about somebody else is not met");
        Ok(subscriber)
    });
    let zoe = zoe.unwrap();
    let change = PackageChange { package: package("webex_suite"), ..PackageChange::default() };
    let changed = hub.run(|draft, context| subscribers::change_package(draft, context, zoe.id, &change));
    assert_snapshot!(told(changed), @"package: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Down for maintenance.`)");
    hub.run(|draft, context| subscribers::remove(draft, context, zoe.id)).unwrap();
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    assert!(hub.subscriber(ZOE).errors.is_empty());
}

#[test]
fn a_subscriber_whose_provisioning_fails_has_a_package_in_error_and_knows_no_other_end() {
    for end in [ProvisioningEnd::Error, ProvisioningEnd::Stuck, ProvisioningEnd::PendingReview] {
        let mut hub = Hub::demo();
        let (new, outcomes) = (hub.new_subscriber(), [provisioning(end, Some(Package::WebexCalling))]);
        hub.run(|draft, context| subscribers::provision(draft, &context.with_outcomes(&outcomes), &new))
            .unwrap();
        assert_eq!(hub.subscriber(ZOE).errors.len(), usize::from(end == ProvisioningEnd::Error), "{end:?}");
    }
}

#[test]
fn a_row_of_a_file_meets_an_outcome_and_a_refused_one_does_not() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let outcomes = [stuck("new@panaderia-sol.example.com")];
    let mut import = |package: &str| {
        let file = row_file(
            "new@panaderia-sol.example.com",
            &[("First Name", "Ana"), ("Last Name", "Ruiz"), (package, "TRUE")],
        );
        let met = hub.run(|draft, context| {
            let context = context.with_outcomes(&outcomes);
            let add = ImportBehavior::AddServicesOnly;
            bulk::import(draft, &context, organization, add, None, &file)?;
            Ok(draft.met().len())
        });
        met.unwrap()
    };
    assert_eq!(import("Webex Calling"), 0, "a calling user needs a place");
    assert_eq!(import("Webex Meetings"), 1);
    assert_eq!(hub.subscriber("new@panaderia-sol.example.com").errors.len(), 1);
}
