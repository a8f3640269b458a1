//! What stands in a report: a table of text, as the world was when the report was asked for.

use super::super::Deed;
use super::super::audit::{self, AuditFilter};
use super::super::{billing, licenses};
use super::template::Subject;
use crate::record::{
    BillingReport, BillingReportCategory, BillingReportKind, NumberState, Organization, Report,
};
use crate::{Change, Id, Package, Record, Timestamp, World};

/// A table with the titles of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The titles.
    pub columns: &'static [&'static str],
    /// The lines, each with a cell for each column.
    pub lines: Vec<Vec<String>>,
}

/// What stands in the report; `deeds` are all since `start`, those after it was asked for do not count.
pub fn contents<'a>(start: World, deeds: impl Iterator<Item = Deed<'a>>, report: &Report) -> Table {
    let mut before: Vec<Deed<'a>> = Vec::new();
    for deed in deeds {
        before.push(deed);
        if deed.changes.iter().any(|change| asks_for(change, report)) {
            break;
        }
    }
    let Some(template) = report.template() else { return Table { columns: &[], lines: Vec::new() } };
    let then = || {
        let mut world = start.clone();
        before.iter().flat_map(|deed| deed.changes).for_each(|change| drop(world.apply(change.clone())));
        world
    };
    match template.subject {
        Subject::Users => users(&then(), report.organization),
        Subject::LicenseAssignments => license_assignments(&then(), report.organization),
        Subject::LicenseUsage => license_usage(&then(), report.organization),
        Subject::PhoneNumbers => phone_numbers(&then(), report.organization),
        Subject::AuditLog => audit_log(start, &before, report),
        Subject::Customers => customers(&then(), report),
        Subject::PackageUsage => package_usage(start, &before, report),
    }
}

fn asks_for(change: &Change, report: &Report) -> bool {
    matches!(change, Change::Put(Record::Report(put)) if put.id == report.id)
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn users(world: &World, organization: Id<Organization>) -> Table {
    let line = |person: &std::sync::Arc<crate::record::Person>| {
        let packages = world.subscriber_of(person.id).map(|subscriber| subscriber.packages);
        let packages: Vec<_> =
            packages.iter().flat_map(|packages| packages.iter()).map(Package::title).collect();
        vec![
            text(person.first_name.as_deref()),
            text(person.last_name.as_deref()),
            person.shown_name(),
            person.email.to_string(),
            person.status.title().to_owned(),
            packages.join("; "),
            text(person.location.and_then(|id| world.location(id)).map(|location| &*location.name)),
            text(person.phone_number),
            text(person.extension),
            person.created.to_string(),
        ]
    };
    Table {
        columns: &[
            "First Name",
            "Last Name",
            "Display Name",
            "Email",
            "Status",
            "Packages",
            "Location",
            "Phone Number",
            "Extension",
            "Created",
        ],
        lines: world.people_of(organization).map(line).collect(),
    }
}

fn license_assignments(world: &World, organization: Id<Organization>) -> Table {
    let of_person = |person: &std::sync::Arc<crate::record::Person>| {
        let lines = licenses::held(world, person).map(|license| {
            let package = license.package.map(Package::title);
            vec![license.kind.title().to_owned(), text(package), person.email.to_string()]
        });
        lines.collect::<Vec<_>>()
    };
    let lines = world.people_of(organization).flat_map(of_person).collect();
    Table { columns: &["License", "Package", "Email"], lines }
}

fn license_usage(world: &World, organization: Id<Organization>) -> Table {
    let consumed = licenses::consumption(world, organization);
    let lines = world.licenses_of(organization).map(|license| {
        let package = license.package.map(Package::title);
        let users = consumed.get(&license.id).copied().unwrap_or(0);
        vec![license.kind.title().to_owned(), text(package), users.to_string()]
    });
    Table { columns: &["License", "Package", "Users"], lines: lines.collect() }
}

fn phone_numbers(world: &World, organization: Id<Organization>) -> Table {
    let lines = world.locations_of(organization).flat_map(|location| {
        world.numbers_of(location.id).map(|number| {
            let state = if number.state == NumberState::Active { "Active" } else { "Inactive" };
            let owner = world.person_by_number(number.number).map(|person| &person.email);
            vec![number.number.to_string(), location.name.to_string(), state.to_owned(), text(owner)]
        })
    });
    Table { columns: &["Phone Number", "Location", "State", "Owner"], lines: lines.collect() }
}

fn audit_log(start: World, before: &[Deed<'_>], report: &Report) -> Table {
    let (from, to) = days(report);
    let filter =
        AuditFilter { organization: report.organization, from, to, actor: None, categories: Vec::new() };
    let events = audit::events(start, before.iter().copied(), &filter, None);
    let line = |event: audit::AuditEvent| {
        vec![
            event.at.to_string(),
            event.actor.email.to_string(),
            event.actor_organization.to_string(),
            event.category.name().to_owned(),
            event.operation.to_string(),
            event.target_name.to_string(),
        ]
    };
    Table {
        columns: &["Time", "Administrator", "Organization", "Category", "Action", "Target"],
        lines: events.into_iter().map(line).collect(),
    }
}

/// The first and the last moment that the report is about.
fn days(report: &Report) -> (Timestamp, Timestamp) {
    let last = report.last_day.unwrap_or(report.created);
    (report.first_day.unwrap_or(Timestamp::MIN), last + (Timestamp::DAY_MS - 1))
}

fn customers(world: &World, report: &Report) -> Table {
    let (_, end) = days(report);
    let now = report.created;
    let lines = world.customers_of(report.organization).filter(|customer| customer.exists_at(now));
    let lines = lines.filter_map(|customer| {
        let organization = world.organization(customer.organization).filter(|it| it.created <= end)?;
        let packages: Vec<_> = customer.packages_at(now).map(|(offer, _)| offer.package.title()).collect();
        Some(vec![
            organization.name.to_string(),
            customer.external_id.to_string(),
            customer.status_at(now).name().to_owned(),
            customer.subscription.to_string(),
            organization.created.to_string(),
            world.subscribers_of(customer.id).count().to_string(),
            packages.join("; "),
        ])
    });
    Table {
        columns: &["Customer", "External ID", "Status", "Subscription", "Created", "Subscribers", "Packages"],
        lines: lines.collect(),
    }
}

fn package_usage(start: World, before: &[Deed<'_>], report: &Report) -> Table {
    let count = BillingReport {
        id: Id::MIN,
        owner: report.organization,
        sub_partner: None,
        kind: BillingReportKind::Customer,
        category: BillingReportCategory::Reconciliation,
        first_day: report.first_day.unwrap_or(Timestamp::MIN),
        last_day: report.last_day.unwrap_or(report.created).start_of_day(),
        created_by: report.created_by.clone(),
        created: report.created,
        ready_at: report.ready_at,
    };
    let lines = billing::usage(start, before.iter().copied(), &count).into_iter().map(|line| {
        let (customer, organization) = line.customer.expect("a line about a customer names it");
        vec![
            line.seller.name.to_string(),
            organization.name.to_string(),
            customer.external_id.to_string(),
            line.package.title().to_owned(),
            line.users.to_string(),
            line.days.to_string(),
        ]
    });
    Table {
        columns: &["Partner", "Customer", "External ID", "Package", "Users", "Usage Days"],
        lines: lines.collect(),
    }
}
