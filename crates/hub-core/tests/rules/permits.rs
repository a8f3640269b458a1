//! What a page is told beforehand about an errand is what the operation on it says then.

use std::collections::BTreeSet;
use std::fmt::Write;

use hub_core::operation::access::{self, Errand, Place};
use hub_core::operation::billing::{self, BillingReportFilter};
use hub_core::operation::customers::{self, CustomerFilter, CustomerUpdate};
use hub_core::operation::devices::{self, NewDevice};
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::people::{self, PersonData};
use hub_core::operation::users::{self, UserFilter};
use hub_core::operation::{numbers, partner_admins, reports, sub_partners, subscribers};
use hub_core::record::{Customer, Organization, ProvisioningState, ReportSide, SubPartner};
use hub_core::{Caller, Context, Draft, HubError, Id, PageRequest, Record, Role};
use insta::assert_snapshot;

use crate::hub::Hub;

const ERRANDS: [Errand; 15] = [
    Errand::Look,
    Errand::Provision,
    Errand::Change,
    Errand::Remove,
    Errand::ListSubPartners,
    Errand::ReadBilling,
    Errand::OrderBilling,
    Errand::Report,
    Errand::ListAssignments,
    Errand::Appoint,
    Errand::ManageUsers,
    Errand::ManageDevices,
    Errand::Administer,
    Errand::SetUserSettings,
    Errand::SetPartnerSettings,
];
/// The rules about who asks, and about what holds him back.
const RULES: [&str; 9] =
    ["API-006", "API-007", "API-014", "CUS-004", "CUS-005", "CUS-015", "CUS-018", "CUS-027", "CUS-030"];

/// What an operation on this errand answers there; none if there is no operation for it.
fn operate(
    hub: &Hub,
    draft: &mut Draft,
    context: &Context<'_>,
    errand: Errand,
    place: Place,
) -> Option<Result<(), HubError>> {
    let all = PageRequest::ALL;
    let own = context.caller.organization;
    Some(match (errand, place) {
        (Errand::Look, Place::PartnerHub) => {
            customers::list(draft, context, &CustomerFilter::default(), all).map(drop)
        }
        (Errand::Look, Place::Customer(id)) => customers::get(draft, context, id).map(drop),
        (Errand::Look, Place::ControlHub(id)) => {
            users::list(draft, context, id, &UserFilter::default(), all).map(drop)
        }
        (Errand::Look, Place::Organization(id)) => organizations::get(draft, context, id).map(drop),
        (Errand::Provision, Place::PartnerHub) => {
            customers::provision(draft, context, &hub.new_customer()).map(drop)
        }
        (Errand::Change, Place::PartnerHub) => subscribers::precheck(draft, context, &Default::default()),
        (Errand::Change, Place::Customer(id)) => change(draft, context, id),
        (Errand::Remove, Place::PartnerHub) => subscribers::remove(draft, context, Id::MIN),
        (Errand::Remove, Place::Customer(id)) => customers::remove(draft, context, id).map(drop),
        (Errand::ListSubPartners, Place::PartnerHub) => {
            sub_partners::list(draft, context, None, all).map(drop)
        }
        (Errand::ReadBilling, Place::PartnerHub) => {
            billing::list(draft, context, &BillingReportFilter::default(), all).map(drop)
        }
        (Errand::OrderBilling, Place::PartnerHub) => billing::remove(draft, context, Id::MIN),
        (Errand::Report, Place::PartnerHub) => reports::remove(draft, context, Id::MIN, ReportSide::Partner),
        (Errand::Report, Place::Organization(id)) if id == own => {
            reports::remove(draft, context, Id::MIN, ReportSide::Organization)
        }
        (Errand::ListAssignments, Place::Staff) => {
            partner_admins::organizations(draft, context, Id::MIN).map(drop)
        }
        (Errand::Appoint, Place::Staff) => partner_admins::revoke(draft, context, Id::MIN),
        (Errand::ManageUsers, Place::ControlHub(id)) => users::remove(draft, context, id, Id::MIN),
        (Errand::ManageUsers, Place::Organization(id)) => {
            let nobody = PersonData { organization: Some(id), ..PersonData::default() };
            people::create(draft, context, &nobody).map(drop)
        }
        (Errand::ManageDevices, Place::Organization(id)) => {
            let new = NewDevice { organization: Some(id), ..NewDevice::default() };
            devices::add_by_mac(draft, context, &new, "").map(drop)
        }
        (Errand::Administer, Place::ControlHub(id)) => set(draft, context, id, SettingsChange::default()),
        (Errand::Administer, Place::Organization(id)) => {
            numbers::validate(draft, context, Some(id), &[]).map(drop)
        }
        (Errand::SetUserSettings, Place::ControlHub(id)) => {
            set(draft, context, id, SettingsChange { has_directory: Some(true), ..Default::default() })
        }
        (Errand::SetPartnerSettings, Place::ControlHub(id)) => {
            let change = SettingsChange { has_restricted_administrators: Some(true), ..Default::default() };
            set(draft, context, id, change)
        }
        _ => return None,
    })
}

fn change(draft: &mut Draft, context: &Context<'_>, id: Id<Customer>) -> Result<(), HubError> {
    let update = CustomerUpdate {
        packages: vec!["webex_calling".into()],
        external_id: None,
        address: None,
        location: None,
        quantities: Vec::new(),
    };
    customers::update(draft, context, id, &update).map(drop)
}

fn set(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Organization>,
    change: SettingsChange,
) -> Result<(), HubError> {
    organizations::change_settings(draft, context, id, &change).map(drop)
}

fn places(hub: &Hub) -> Vec<Place> {
    let organizations = hub.world.records().filter_map(|record| match record {
        Record::Organization(organization) => Some(organization.id),
        _ => None,
    });
    let organizations = organizations.flat_map(|id| [Place::ControlHub(id), Place::Organization(id)]);
    let names = ["acme-dental", "panaderia-sol", "blue-harbor", "lakeside-dental"];
    let customers = names.map(|name| Place::Customer(hub.customer(name).id));
    [Place::PartnerHub, Place::Staff].into_iter().chain(customers).chain(organizations).collect()
}

/// The administrators of the demo, and one of each role in each organization that has any.
fn callers(hub: &Hub) -> Vec<Caller> {
    let caller = |name: &str, organization, roles| Caller {
        name: name.into(),
        organization,
        roles,
        scopes: None,
        on_behalf_of: None,
        person: None,
    };
    let people = hub.world.people().filter(|person| !person.roles.is_empty());
    let mut callers: Vec<_> = people
        .map(|person| caller(person.email.as_str(), person.organization, person.roles.clone()))
        .collect();
    for role in Role::ALL {
        let homes = match role.is_of_a_partner() {
            true => [hub.partner(), hub.sub_partner("Faraway Voice")],
            false => ["acme-dental", "panaderia-sol"].map(|name| hub.customer(name).organization),
        };
        let of_role = |home| caller("partner-admin@example.com", home, hub_core::Roles::of(&[*role]));
        callers.extend(homes.map(of_role));
    }
    callers
}

/// Holds what is permitted against what operations answer, for every errand, place and caller; adds the rules seen.
fn compare(hub: &mut Hub, seen: &mut [BTreeSet<&'static str>]) {
    let rule = |answer: Result<(), HubError>| match answer {
        Err(refusal) if RULES.contains(&refusal.rule.id) => refusal.rule.id,
        _ => "yes",
    };
    for (errand, seen) in ERRANDS.into_iter().zip(seen) {
        for place in places(hub) {
            let operated = hub.peek(|draft, context| operate(hub, draft, context, errand, place));
            let Some(operated) = operated.map(rule) else { continue };
            let told = rule(hub.peek(|draft, context| access::permits(draft, context, errand, place)));
            assert_eq!(told, operated, "{errand:?} at {place:?} by {:?}", hub.caller);
            seen.insert(operated);
        }
    }
}

#[test]
fn a_page_is_told_beforehand_what_the_operation_says_then_api_006() {
    let mut hub = Hub::demo();
    let mut seen = ERRANDS.map(|_| BTreeSet::new());
    let mut changing = hub.clone();
    let now = changing.now;
    changing.adjust_customer("acme-dental", |customer| customer.ready_at = now + 1);
    changing.settings.partner_admins_may_import = false;
    let suspended = hub.sub_partner("Lakeside Telecom");
    let found = SubPartner::clone(hub.world.sub_partner(suspended).unwrap());
    let found = SubPartner { provisioning_state: ProvisioningState::Suspended, ..found };
    changing.put(Record::SubPartner(found.into()));

    for caller in callers(&hub) {
        let acme = hub.customer("acme-dental").organization;
        for on_behalf_of in [None, Some(suspended), Some(acme)] {
            for hub in [&mut hub, &mut changing] {
                hub.caller = Caller { on_behalf_of, ..caller.clone() };
                compare(hub, &mut seen);
            }
        }
        hub.caller = Caller { scopes: Some([].into()), ..caller };
        compare(&mut hub, &mut seen);
    }
    let mut text = String::new();
    for (errand, seen) in ERRANDS.iter().zip(&seen) {
        writeln!(text, "{errand:?}: {}", seen.iter().copied().collect::<Vec<_>>().join(" ")).unwrap();
    }
    assert_snapshot!(text, @"
    Look: API-006 API-007 API-014 CUS-004 CUS-015 yes
    Provision: API-006 API-007 API-014 CUS-018 yes
    Change: API-006 API-007 API-014 CUS-004 CUS-005 CUS-018 yes
    Remove: API-006 API-007 API-014 CUS-004 CUS-005 yes
    ListSubPartners: API-006 API-007 API-014 yes
    ReadBilling: API-006 API-007 API-014 yes
    OrderBilling: API-006 API-007 API-014 yes
    Report: API-006 API-007 API-014 yes
    ListAssignments: API-006 API-007 yes
    Appoint: API-006 API-007 yes
    ManageUsers: API-006 API-007 API-014 CUS-005 CUS-015 CUS-018 CUS-027 yes
    ManageDevices: API-006 API-007 CUS-015 CUS-018 yes
    Administer: API-006 API-007 API-014 CUS-015 CUS-018 yes
    SetUserSettings: API-006 API-007 API-014 CUS-015 CUS-018 CUS-027 yes
    SetPartnerSettings: API-006 API-007 API-014 CUS-015 CUS-018 yes
    ");
}

#[test]
fn a_partners_administrators_have_a_partner_hub_and_a_customers_do_not() {
    let mut hub = Hub::demo();
    for caller in callers(&hub) {
        hub.caller = caller;
        let sees_customers =
            hub.peek(|draft, context| access::permits(draft, context, Errand::Look, Place::PartnerHub));
        let has_partner_hub = hub.peek(|_, context| access::is_of_a_partner(context));
        assert_eq!(sees_customers.is_ok(), has_partner_hub, "{:?}", hub.caller);
    }
}
