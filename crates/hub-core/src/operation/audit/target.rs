//! What an operation was about: the organizations that it touches, and the most telling record in one of them.
//!
//! One operation writes several records, such as a person and his subscriber; an event names one of them. A record
//! that goes is looked up in the world before, any other in the world after.

use std::sync::Arc;

use uuid::Uuid;

use crate::record::{Customer, Organization, RowFailure};
use crate::{Change, Id, Key, Record, World};

/// What kind of thing an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// A customer of the partner.
    Customers,
    /// A device.
    Devices,
    /// A group.
    Groups,
    /// A licence.
    Licenses,
    /// A location.
    Locations,
    /// A phone number.
    Numbers,
    /// The organization and its settings.
    OrganizationSettings,
    /// A report.
    Reports,
    /// A user and what he holds.
    Users,
}

impl Category {
    /// Every category with its name; which names the service has is known of some only.
    pub const ALL: [(&str, Category); 9] = [
        ("CUSTOMERS", Category::Customers),
        ("DEVICES", Category::Devices),
        ("GROUPS", Category::Groups),
        ("LICENSES", Category::Licenses),
        ("LOCATIONS", Category::Locations),
        ("NUMBERS", Category::Numbers),
        ("ORGANIZATION_SETTINGS", Category::OrganizationSettings),
        ("REPORTS", Category::Reports),
        ("USERS", Category::Users),
    ];

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(_, category)| *category == self);
        known.map(|(name, _)| *name).expect("every category has a name")
    }
}

/// What an event is about.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) category: Category,
    pub(super) kind: &'static str,
    pub(super) id: Option<Uuid>,
    pub(super) name: Box<str>,
    /// The customer that it belongs to.
    pub(super) customer: Option<Arc<Customer>>,
    /// The first row that an import did not take.
    pub(super) failure: Option<RowFailure>,
}

/// The worlds around an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touched<'a> {
    pub(super) before: &'a World,
    pub(super) after: &'a World,
}

impl<'a> Touched<'a> {
    /// The most telling record that changed in an organization; none where the organization is not touched.
    pub(super) fn most_telling(self, changes: &[Change], organization: Id<Organization>) -> Option<Target> {
        let records = changes.iter().filter_map(|change| self.record(change));
        let of_it = records.filter(|(record, is_gone)| self.touches(record, *is_gone, organization));
        let telling = of_it.min_by_key(|(record, is_gone)| rank(record, *is_gone));
        telling.map(|(record, _)| self.target(&record))
    }

    pub(super) fn organization(self, id: Id<Organization>) -> Option<&'a Arc<Organization>> {
        self.after.organization(id).or_else(|| self.before.organization(id))
    }

    /// The record that came, or that went.
    fn record(self, change: &Change) -> Option<(Record, bool)> {
        match change {
            Change::Put(record) => Some((record.clone(), false)),
            Change::Remove(key) => self.before.record(*key).map(|record| (record, true)),
        }
    }

    fn touches(self, record: &Record, is_gone: bool, wanted: Id<Organization>) -> bool {
        match record {
            Record::Partner(it) => it.organization == wanted,
            Record::SubPartner(it) => it.organization == wanted || it.partner == wanted,
            Record::Template(it) => it.owner == wanted,
            Record::Organization(it) => it.id == wanted || is_gone && it.managed_by == Some(wanted),
            Record::Customer(it) => it.organization == wanted || it.owner == wanted,
            Record::Location(it) => it.organization == wanted,
            Record::Number(it) => {
                let location = self.after.location(it.location).or_else(|| self.before.location(it.location));
                location.is_some_and(|location| location.organization == wanted)
            }
            Record::License(it) => it.organization == wanted,
            Record::Person(it) => it.organization == wanted,
            Record::Subscriber(it) => {
                self.customer(it.customer).is_some_and(|customer| customer.organization == wanted)
            }
            Record::Task(it) => it.organization == wanted,
            // They come and go with their task.
            Record::ImportFile(_) | Record::ImportedRows(_) => false,
            Record::Device(it) => it.organization == wanted,
            Record::Group(it) => it.organization == wanted,
            Record::BillingReport(it) => it.owner == wanted,
            Record::Report(it) => it.organization == wanted,
            Record::DisableCallingJob(it) => it.organization == wanted,
        }
    }

    fn customer(self, id: Id<Customer>) -> Option<&'a Arc<Customer>> {
        self.after.customer(id).or_else(|| self.before.customer(id))
    }

    /// The customer whose record, or whose organization, it is.
    fn customer_behind(self, record: &Record) -> Option<Arc<Customer>> {
        match record {
            Record::Customer(it) => Some(it.clone()),
            Record::Organization(it) => {
                self.after.customer_of(it.id).or_else(|| self.before.customer_of(it.id)).cloned()
            }
            _ => None,
        }
    }

    fn name_of(self, organization: Id<Organization>) -> Box<str> {
        self.organization(organization).map_or_else(Box::default, |found| found.name.clone())
    }

    fn target(self, record: &Record) -> Target {
        use Category as C;
        let (category, kind, id, name) = match record {
            Record::Partner(it) => {
                (C::OrganizationSettings, "ORG", Some(it.organization.uuid()), self.name_of(it.organization))
            }
            Record::SubPartner(it) => {
                (C::OrganizationSettings, "ORG", Some(it.organization.uuid()), self.name_of(it.organization))
            }
            Record::Template(it) => (C::Customers, "TEMPLATE", Some(it.id.uuid()), it.name.clone()),
            Record::Organization(it) => (C::OrganizationSettings, "ORG", Some(it.id.uuid()), it.name.clone()),
            Record::Customer(it) => {
                (C::Customers, "CUSTOMER", Some(it.id.uuid()), self.name_of(it.organization))
            }
            Record::Location(it) => (C::Locations, "LOCATION", Some(it.id.uuid()), it.name.clone()),
            Record::Number(it) => (C::Numbers, "NUMBER", None, it.number.to_string().into()),
            Record::License(it) => (C::Licenses, "LICENSE", Some(it.id.uuid()), it.kind.title().into()),
            Record::Person(it) => (C::Users, "USER", Some(it.id.uuid()), it.email.as_str().into()),
            Record::Subscriber(it) => {
                let person = self.after.person(it.person).or_else(|| self.before.person(it.person));
                let name = person.map_or_else(Box::default, |person| person.email.as_str().into());
                (C::Users, "USER", Some(it.person.uuid()), name)
            }
            Record::Task(it) => {
                (C::Users, "TASK", Some(it.id.uuid()), it.file_name.clone().unwrap_or_else(|| "users".into()))
            }
            Record::ImportFile(_) | Record::ImportedRows(_) => (C::Users, "TASK", None, "users".into()),
            Record::Device(it) => (C::Devices, "DEVICE", Some(it.id.uuid()), it.model.clone()),
            Record::Group(it) => (C::Groups, "GROUP", Some(it.id.uuid()), it.name.clone()),
            Record::BillingReport(it) => {
                (C::Reports, "BILLING_REPORT", Some(it.id.uuid()), it.first_day.day().into())
            }
            Record::Report(it) => (C::Reports, "REPORT", Some(it.id.uuid()), it.template.to_string().into()),
            Record::DisableCallingJob(it) => {
                (C::Locations, "LOCATION", Some(it.location.uuid()), it.location_name.clone())
            }
        };
        let failure = match record {
            // The rows of one that takes time are not the doing of who pauses or cancels it.
            Record::Task(task) if task.progress.is_none() => {
                task.failures.first().map(|row| RowFailure::clone(row))
            }
            _ => None,
        };
        Target { category, kind, id, name, customer: self.customer_behind(record), failure }
    }
}

/// The most telling record has the lowest: one that stands for the others, such as the task of an import.
fn rank(record: &Record, is_gone: bool) -> u8 {
    match record {
        Record::Organization(_) if is_gone => 0,
        Record::Task(_) | Record::BillingReport(_) | Record::Report(_) | Record::DisableCallingJob(_) => 1,
        Record::Customer(_) | Record::Template(_) => 2,
        Record::Person(_) => 3,
        Record::Subscriber(_) => 4,
        Record::Device(_) => 5,
        Record::Group(_) => 6,
        Record::Location(_) => 7,
        Record::Number(_) => 8,
        Record::License(_) => 9,
        Record::Organization(_) | Record::Partner(_) | Record::SubPartner(_) => 10,
        Record::ImportFile(_) | Record::ImportedRows(_) => 11,
    }
}

impl World {
    /// The record that is kept under a key.
    fn record(&self, key: Key) -> Option<Record> {
        match key {
            Key::Partner(id) => self.partner(id).cloned().map(Record::Partner),
            Key::SubPartner(id) => self.sub_partner(id).cloned().map(Record::SubPartner),
            Key::Template(id) => self.template(id).cloned().map(Record::Template),
            Key::Organization(id) => self.organization(id).cloned().map(Record::Organization),
            Key::Customer(id) => self.customer(id).cloned().map(Record::Customer),
            Key::Location(id) => self.location(id).cloned().map(Record::Location),
            Key::Number(number) => self.number(number).cloned().map(Record::Number),
            Key::License(id) => self.license(id).cloned().map(Record::License),
            Key::Person(id) => self.person(id).cloned().map(Record::Person),
            Key::Subscriber(id) => self.subscriber(id).cloned().map(Record::Subscriber),
            Key::Task(id) => self.task(id).cloned().map(Record::Task),
            Key::ImportFile(id) => self.import_file(id).cloned().map(Record::ImportFile),
            Key::ImportedRows(id, from) => {
                let mut rows = self.imported_rows(id).filter(|rows| rows.from == from);
                rows.next().cloned().map(Record::ImportedRows)
            }
            Key::Device(id) => self.device(id).cloned().map(Record::Device),
            Key::Group(id) => self.group(id).cloned().map(Record::Group),
            Key::BillingReport(id) => self.billing_report(id).cloned().map(Record::BillingReport),
            Key::Report(id) => self.report(id).cloned().map(Record::Report),
            Key::DisableCallingJob(id) => {
                self.disable_calling_job(id).cloned().map(Record::DisableCallingJob)
            }
        }
    }
}
