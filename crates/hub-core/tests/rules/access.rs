//! Who may do what: roles, scopes, sub-partners, restricted administrators.

use hub_core::operation::access::ControlHub;
use hub_core::operation::automatic_licenses::AutomaticAssignment;
use hub_core::operation::customers::{self, CustomerFilter, CustomerUpdate};
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::users::{self, UserFilter};
use hub_core::operation::{sub_partners, subscribers, tasks};
use hub_core::record::{PersonStatus, ProvisioningState, SubPartner};
use hub_core::{Id, PageRequest, Record, Role, Scope};
use insta::assert_snapshot;

use crate::hub::{ADD, Hub, told};

const ONE_USER: &[u8] = b"User ID/Email (Required)\nana@panaderia-sol.example.com\n";

fn provision_customer(hub: &mut Hub) -> String {
    let mut new = hub.new_customer();
    new.packages = Some(vec!["webex_meetings".into()]);
    told(hub.run(|draft, context| customers::provision(draft, context, &new)))
}

fn list_customers(hub: &Hub) -> String {
    let filter = CustomerFilter::default();
    let page = hub.peek(|draft, context| customers::list(draft, context, &filter, PageRequest::ALL));
    let names = |items: &[std::sync::Arc<hub_core::record::Customer>]| {
        items.iter().map(|customer| &*customer.external_id).collect::<Vec<_>>().join(", ")
    };
    page.map_or_else(|refusal| refusal.to_string(), |page| names(&page.items))
}

fn suspend(hub: &mut Hub, organization: Id<hub_core::record::Organization>) {
    let found = SubPartner::clone(hub.world.sub_partner(organization).unwrap());
    let suspended = SubPartner { provisioning_state: ProvisioningState::Suspended, ..found };
    hub.put(Record::SubPartner(suspended.into()));
}

#[test]
fn the_role_allows_the_operation() {
    let mut hub = Hub::demo();
    let partner = hub.partner();
    hub.call_as("reader@example.com", partner, &[Role::PartnerReadOnly]);
    assert_snapshot!(list_customers(&hub), @"blue-harbor, panaderia-sol, acme-dental");
    let alice = hub.subscriber("alice@acme-dental.example.com").id;
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::remove(draft, context, alice))),
        @"The administrator role behind the token allows the operation (API-006)"
    );
    hub.call_as("full@example.com", partner, &[Role::PartnerFullAdmin]);
    assert_snapshot!(
        provision_customer(&mut hub),
        @"The administrator role behind the token allows the operation (API-006)"
    );
    let acme = hub.customer("acme-dental").organization;
    hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerFullAdmin]);
    assert_snapshot!(
        list_customers(&hub),
        @"The administrator role behind the token allows the operation (API-006)"
    );
}

/// CUS-030.
#[test]
fn an_organization_without_wholesale_is_refused() {
    let mut hub = Hub::demo();
    let mill = hub.person("owner@old-mill.example.com").organization;
    hub.call_as("owner@old-mill.example.com", mill, &[Role::PartnerFullAdmin]);
    assert_snapshot!(
        list_customers(&hub),
        @"A partner deals with wholesale customers, and prechecks them, when its organization is entitled to wholesale (CUS-030)"
    );
}

#[test]
fn the_token_carries_the_scope() {
    let mut hub = Hub::demo();
    hub.caller.scopes = Some([Scope::CustomersRead].into());
    assert_snapshot!(list_customers(&hub), @"blue-harbor, panaderia-sol, acme-dental");
    assert_snapshot!(
        provision_customer(&mut hub),
        @"The token carries the scope that the endpoint needs (API-007). It needs spark-admin:wholesale_customers_write."
    );
}

/// CUS-004, CUS-035.
#[test]
fn a_partner_administrator_sees_the_customers_assigned_to_him() {
    let mut hub = Hub::demo();
    let partner = hub.partner();
    let panaderia = hub.customer("panaderia-sol").id;
    hub.adjust_customer("acme-dental", |customer| customer.assigned_to.clear());
    hub.call_as("partner-admin@example.com", partner, &[Role::PartnerAdmin]);
    assert_snapshot!(list_customers(&hub), @"blue-harbor, panaderia-sol");
    let removed = hub.peek(|draft, context| customers::remove(draft, context, panaderia));
    assert_snapshot!(told(removed), @"accepted");
    let new = hub.new_subscriber();
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &new))),
        @"customerId: The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
    hub.call_as("partner-read-only@example.com", partner, &[Role::PartnerReadOnly]);
    assert_snapshot!(list_customers(&hub), @"blue-harbor, panaderia-sol, acme-dental");
}

/// CUS-034.
#[test]
fn a_partner_acts_for_its_own_sub_partners_only() {
    let mut hub = Hub::demo();
    assert_snapshot!(list_customers(&hub), @"blue-harbor, panaderia-sol, acme-dental");
    hub.caller.on_behalf_of = Some(hub.customer("acme-dental").organization);
    assert_snapshot!(
        list_customers(&hub),
        @"onBehalfOfSubPartnerOrgId: `onBehalfOfSubPartnerOrgId` names a sub-partner of the calling partner (API-014)"
    );
    hub.caller.on_behalf_of = Some(hub.sub_partner("Lakeside Telecom"));
    assert_snapshot!(list_customers(&hub), @"lakeside-dental");
    assert_snapshot!(provision_customer(&mut hub), @"accepted");
}

#[test]
fn a_suspended_sub_partner_does_not_create_or_update_but_may_delete() {
    let mut hub = Hub::demo();
    let lakeside = hub.sub_partner("Lakeside Telecom");
    suspend(&mut hub, lakeside);
    let customer = hub.customer("lakeside-dental").id;
    let pia = hub.subscriber("pia@lakeside-dental.example.com").id;
    hub.call_as("admin@lakeside.example.com", lakeside, &[Role::WholesaleAdmin]);
    assert_snapshot!(
        provision_customer(&mut hub),
        @"A suspended sub-partner neither creates nor updates customers and subscribers; it may delete them (CUS-018)"
    );
    let mut new = hub.new_subscriber();
    new.customer = customer;
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &new))),
        @"A suspended sub-partner neither creates nor updates customers and subscribers; it may delete them (CUS-018)"
    );
    assert_snapshot!(told(hub.run(|draft, context| subscribers::remove(draft, context, pia))), @"accepted");
    assert_snapshot!(
        told(hub.run(|draft, context| customers::remove(draft, context, customer))),
        @"accepted"
    );
}

#[test]
fn sub_partners_are_listed_for_the_partner_above() {
    let mut hub = Hub::demo();
    let list = |hub: &Hub, state| {
        let page = hub.peek(|draft, context| sub_partners::list(draft, context, state, PageRequest::ALL));
        page.map_or_else(|refusal| refusal.to_string(), |page| format!("{} found", page.items.len()))
    };
    assert_snapshot!(list(&hub, None), @"2 found");
    assert_snapshot!(list(&hub, Some(ProvisioningState::Suspended)), @"1 found");
    hub.caller.on_behalf_of = Some(hub.sub_partner("Lakeside Telecom"));
    assert_snapshot!(
        list(&hub, None),
        @"The administrator role behind the token allows the operation (API-006)"
    );
}

#[test]
fn control_hub_opens_for_organizations_of_the_caller() {
    let mut hub = Hub::demo();
    let open = |hub: &Hub, id| told(hub.peek(|draft, context| ControlHub::open(draft, context, id)));
    let [acme, panaderia] = ["acme-dental", "panaderia-sol"].map(|name| hub.customer(name).organization);
    assert_snapshot!(open(&hub, acme), @"accepted");
    assert_snapshot!(
        open(&hub, Id::MIN),
        @"`orgId` names an organization that the partner manages (CUS-015)"
    );
    hub.call_as("reader@acme-dental.example.com", acme, &[Role::CustomerReadOnly]);
    assert_snapshot!(open(&hub, acme), @"accepted");
    assert_snapshot!(
        open(&hub, panaderia),
        @"The administrator role behind the token allows the operation (API-006)"
    );
}

#[test]
fn restricted_mode_keeps_customer_administrators_from_importing() {
    let mut hub = Hub::demo();
    let panaderia = hub.customer("panaderia-sol").organization;
    hub.call_as("direccion@panaderia-sol.example.com", panaderia, &[Role::CustomerFullAdmin]);
    assert_snapshot!(
        told(hub.import(ADD, ONE_USER)),
        @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)"
    );
    hub.adjust_organization(panaderia, |found| found.settings.has_restricted_administrators = false);
    assert_snapshot!(told(hub.import(ADD, ONE_USER)), @"accepted");
    hub.call_as("reader@panaderia-sol.example.com", panaderia, &[Role::CustomerReadOnly]);
    assert_snapshot!(
        told(hub.import(ADD, ONE_USER)),
        @"The administrator role behind the token allows the operation (API-006)"
    );
}

#[test]
fn a_partner_administrator_imports_unless_the_hub_is_set_otherwise() {
    let mut hub = Hub::demo();
    let partner = hub.partner();
    hub.call_as("partner-admin@example.com", partner, &[Role::PartnerAdmin]);
    assert_snapshot!(told(hub.import(ADD, ONE_USER)), @"accepted");
    hub.settings.partner_admins_may_import = false;
    assert_snapshot!(
        told(hub.import(ADD, ONE_USER)),
        @"The administrator role behind the token allows the operation (API-006)"
    );
}

/// CUS-027, API-006, USR-012.
#[test]
fn some_settings_are_also_for_full_administrators_of_the_customer() {
    let mut hub = Hub::demo();
    let panaderia = hub.customer("panaderia-sol").organization;
    let set = |hub: &mut Hub, change: SettingsChange| {
        told(hub.run(|draft, context| organizations::change_settings(draft, context, panaderia, &change)))
    };
    let with_directory = || SettingsChange { has_directory: Some(true), ..SettingsChange::default() };
    let automatic = Some(AutomaticAssignment::Off);
    let without_licenses = SettingsChange { automatic_licenses: automatic, ..SettingsChange::default() };
    let required = |name: &str| {
        let names = Some(vec![name.into()]);
        SettingsChange { required_attributes: names, ..SettingsChange::default() }
    };
    hub.call_as("direccion@panaderia-sol.example.com", panaderia, &[Role::CustomerFullAdmin]);
    assert_snapshot!(set(&mut hub, with_directory()), @"directorySynchronization: While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    assert_snapshot!(set(&mut hub, without_licenses.clone()), @"automaticLicenseAssignment: While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    assert_snapshot!(set(&mut hub, required("title")), @"accepted");
    assert_snapshot!(set(&mut hub, required("shoeSize")), @"requiredAttributes[0]: A user attribute is one of those that the hub keeps (USR-012; saw `shoeSize`). These are kept: title, department, manager, callerIdNumber, callerIdFirstName, callerIdLastName, preferredLanguage, timeZone, addressType, addressCountry, addressStreet, addressCity, addressState, addressPostalCode, externalId, nickName, userType, profileUrl, locale, middleName, honorificPrefix, honorificSuffix, costCenter, organizationName, division, employeeNumber.");
    hub.adjust_organization(panaderia, |found| found.settings.has_restricted_administrators = false);
    assert_snapshot!(set(&mut hub, with_directory()), @"accepted");
    assert_snapshot!(set(&mut hub, without_licenses), @"accepted");
    let speed = SettingsChange { import_rows_per_second: Some(Some(1)), ..SettingsChange::default() };
    assert_snapshot!(set(&mut hub, speed), @"importRowsPerSecond: The administrator role behind the token allows the operation (API-006)");
    hub.call_as("direccion@panaderia-sol.example.com", panaderia, &[Role::CustomerUserAdmin]);
    assert_snapshot!(set(&mut hub, required("title")), @"The administrator role behind the token allows the operation (API-006)");
}

/// API-006, CUS-027.
#[test]
fn what_a_page_is_told_of_a_setting_beforehand_is_what_changing_it_says_then() {
    let changes = [
        SettingsChange { has_restricted_administrators: Some(true), ..SettingsChange::default() },
        SettingsChange { import_rows_per_second: Some(None), ..SettingsChange::default() },
        SettingsChange { has_directory: Some(false), ..SettingsChange::default() },
        SettingsChange { automatic_licenses: Some(AutomaticAssignment::Off), ..SettingsChange::default() },
        SettingsChange { required_attributes: Some(Vec::new()), ..SettingsChange::default() },
    ];
    let mut hub = Hub::demo();
    let panaderia = hub.customer("panaderia-sol").organization;
    let mut refused = Vec::new();
    for is_restricted in [true, false] {
        hub.adjust_organization(panaderia, |it| it.settings.has_restricted_administrators = is_restricted);
        for role in Role::ALL {
            hub.call_as("direccion@panaderia-sol.example.com", panaderia, &[*role]);
            for change in &changes {
                let permits = hub.peek(|world, context| {
                    organizations::permits_changing(world, context, panaderia, change)
                });
                let mut trial = hub.clone();
                let made = trial.run(|draft, context| {
                    organizations::change_settings(draft, context, panaderia, change).map(drop)
                });
                assert_eq!(told(permits.clone()), told(made), "{role:?} {change:?}");
                refused.extend(permits.err().map(|refusal| refusal.rule.id));
            }
        }
    }
    assert!(refused.contains(&"API-006") && refused.contains(&"CUS-027"), "{refused:?}");
}

#[test]
fn a_setting_that_is_as_it_was_leaves_nothing_behind() {
    let mut hub = Hub::demo();
    let panaderia = hub.customer("panaderia-sol").organization;
    let before = hub.world.clone();
    let change = SettingsChange { has_restricted_administrators: Some(true), ..SettingsChange::default() };
    hub.run(|draft, context| organizations::change_settings(draft, context, panaderia, &change)).unwrap();
    assert!(hub.world == before);
}

#[test]
fn settings_are_the_partners_to_change() {
    let mut hub = Hub::demo();
    let panaderia = hub.customer("panaderia-sol").organization;
    let change = SettingsChange { has_restricted_administrators: Some(false), ..SettingsChange::default() };
    let set = |hub: &mut Hub| {
        told(hub.run(|draft, context| organizations::change_settings(draft, context, panaderia, &change)))
    };
    assert_snapshot!(set(&mut hub), @"accepted");
    assert!(!hub.world.organization(panaderia).unwrap().settings.has_restricted_administrators);
    hub.call_as("direccion@panaderia-sol.example.com", panaderia, &[Role::CustomerFullAdmin]);
    assert_snapshot!(
        set(&mut hub),
        @"restrictedAdministratorMode: The administrator role behind the token allows the operation (API-006)"
    );
}

#[test]
fn a_task_of_another_organization_is_not_found() {
    let mut hub = Hub::demo();
    let task = hub.import(ADD, ONE_USER).unwrap();
    let get = |name: &str| {
        let organization = hub.customer(name).organization;
        told(hub.peek(|draft, context| tasks::get(draft, context, organization, task.id)))
    };
    assert_snapshot!(get("panaderia-sol"), @"accepted");
    assert_snapshot!(get("acme-dental"), @"The import task exists and belongs to the organization (CSV-028)");
}

/// USR-024, USR-025.
#[test]
fn users_are_found_by_name_package_and_status() {
    let hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let find = |filter: UserFilter| {
        let page = hub.peek(|draft, context| users::list(draft, context, acme, &filter, PageRequest::ALL));
        let emails = |items: &[std::sync::Arc<hub_core::record::Person>]| {
            items.iter().map(|person| person.email.to_string()).collect::<Vec<_>>().join(", ")
        };
        page.map_or_else(|refusal| refusal.to_string(), |page| emails(&page.items))
    };
    let all = UserFilter::default;
    assert_snapshot!(
        find(UserFilter { search: Some(" IBÁÑ".into()), ..all() }),
        @"ines@acme-dental.example.com"
    );
    assert_snapshot!(find(UserFilter { search: Some("NES@".into()), ..all() }), @"ines@acme-dental.example.com");
    let pending = UserFilter { status: Some(PersonStatus::Pending), ..all() };
    assert_snapshot!(find(pending), @"ines@acme-dental.example.com, admin@acme-dental.example.com");
    assert_snapshot!(
        find(UserFilter { package: Some("attendant_console".into()), ..all() }),
        @"reception@acme-dental.example.com"
    );
    assert_snapshot!(
        find(UserFilter { package: Some("deluxe".into()), ..all() }),
        @"package: A package is one of the identifiers of the wholesale offer (CUS-011; saw `deluxe`)"
    );
}

#[test]
fn a_token_for_reading_neither_plans_nor_sets() {
    let mut hub = Hub::demo();
    let panaderia = hub.customer("panaderia-sol").organization;
    hub.caller.scopes = Some([hub_core::Scope::CustomersRead].into());
    assert_snapshot!(
        told(hub.plan(ADD, ONE_USER)),
        @"The token carries the scope that the endpoint needs (API-007). It needs spark-admin:wholesale_subscribers_write."
    );
    let change = SettingsChange { has_restricted_administrators: Some(false), ..SettingsChange::default() };
    assert_snapshot!(
        told(hub.run(|draft, context| organizations::change_settings(draft, context, panaderia, &change))),
        @"The token carries the scope that the endpoint needs (API-007). It needs spark-admin:wholesale_customers_write."
    );
}

#[test]
fn a_customer_that_changes_takes_no_import() {
    let mut hub = Hub::demo();
    let id = hub.customer("panaderia-sol").id;
    let update = CustomerUpdate {
        packages: hub
            .customer("panaderia-sol")
            .packages
            .iter()
            .map(|offer| offer.package.id().into())
            .collect(),
        external_id: None,
        address: None,
        location: None,
        quantities: Vec::new(),
    };
    hub.run(|draft, context| customers::update(draft, context, id, &update)).unwrap();
    assert_snapshot!(
        told(hub.import(ADD, ONE_USER)),
        @"A customer that is still provisioning, updating or being deleted takes no further change (CUS-005; saw `updating`). It is done at 2026-02-01T09:00:01.000Z."
    );
    hub.wait_ms(1000);
    assert_snapshot!(told(hub.import(ADD, ONE_USER)), @"accepted");
}
