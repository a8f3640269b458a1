//! The world: every record of one hub, and the indexes over them.
//!
//! All tables are persistent, so a clone (a fork, a snapshot, a draft) takes constant time and shares what does
//! not change. Records enter and leave only through [`World::apply`], which keeps the indexes right;
//! [`World::check`] proves it by building everything anew.

mod check;
mod grouped;
mod index;
mod read;

use std::sync::Arc;

use self::grouped::Grouped;
use crate::record::{
    BillingReport, Customer, Device, DisableCallingJob, Extension, Group, ImportFile, ImportedRows, License,
    Location, Number, Organization, Partner, Person, Report, SubPartner, Subscriber, Task, Template,
};
use crate::{Change, Email, Id, Key, Package, PhoneNumber, Record, Timestamp};

/// A persistent, ordered table.
pub type Table<K, V> = imbl::OrdMap<K, V>;
/// A persistent, ordered set: an index that has nothing to say but that the pair is there.
type Set<K> = imbl::OrdSet<K>;

/// Every record of one hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct World {
    partners: Table<Id<Organization>, Arc<Partner>>,
    sub_partners: Table<Id<Organization>, Arc<SubPartner>>,
    templates: Table<Id<Template>, Arc<Template>>,
    organizations: Table<Id<Organization>, Arc<Organization>>,
    customers: Table<Id<Customer>, Arc<Customer>>,
    locations: Table<Id<Location>, Arc<Location>>,
    numbers: Table<PhoneNumber, Arc<Number>>,
    licenses: Table<Id<License>, Arc<License>>,
    people: Table<Id<Person>, Arc<Person>>,
    subscribers: Table<Id<Subscriber>, Arc<Subscriber>>,
    tasks: Table<Id<Task>, Arc<Task>>,
    import_files: Table<Id<Task>, Arc<ImportFile>>,
    imported_rows: Table<(Id<Task>, u64), Arc<ImportedRows>>,
    devices: Table<Id<Device>, Arc<Device>>,
    groups: Table<Id<Group>, Arc<Group>>,
    billing_reports: Table<Id<BillingReport>, Arc<BillingReport>>,
    reports: Table<Id<Report>, Arc<Report>>,
    disable_calling_jobs: Table<Id<DisableCallingJob>, Arc<DisableCallingJob>>,
    indexes: Indexes,
}

/// What can be found without looking through a table.
#[derive(Debug, Clone, Default, PartialEq)]
struct Indexes {
    customer_by_external_id: Table<(Id<Organization>, Box<str>), Id<Customer>>,
    customer_by_organization: Table<Id<Organization>, Id<Customer>>,
    customers_by_owner: Set<(Id<Organization>, Id<Customer>)>,
    /// Those that are being deleted, by the time from which they are not there any more.
    customers_by_end: Set<(Timestamp, Id<Customer>)>,
    locations_by_organization: Set<(Id<Organization>, Id<Location>)>,
    licenses_by_organization: Set<(Id<Organization>, Id<License>)>,
    person_by_email: Table<Email, Id<Person>>,
    people_by_organization: Grouped<Id<Organization>, Id<Person>, ()>,
    person_by_number: Table<PhoneNumber, Id<Person>>,
    person_by_extension: Grouped<Id<Location>, Extension, Id<Person>>,
    subscriber_by_person: Table<Id<Person>, Id<Subscriber>>,
    subscribers_by_customer: Grouped<Id<Customer>, Id<Subscriber>, ()>,
    package_holders: Table<(Id<Customer>, Package), u32>,
    tasks_by_organization: Set<(Id<Organization>, Id<Task>)>,
    /// The running tasks by the time at which their next row is due.
    tasks_by_due: Set<(Timestamp, Id<Task>)>,
    organizations_by_manager: Set<(Id<Organization>, Id<Organization>)>,
    numbers_by_location: Set<(Id<Location>, PhoneNumber)>,
    device_by_mac: Table<Box<str>, Id<Device>>,
    devices_by_organization: Set<(Id<Organization>, Id<Device>)>,
    devices_by_person: Set<(Id<Person>, Id<Device>)>,
    groups_by_organization: Set<(Id<Organization>, Id<Group>)>,
}

impl World {
    /// A world of these records; of two with the same key the later one.
    pub fn of(records: impl IntoIterator<Item = Record>) -> Self {
        let mut records: Vec<Record> = records.into_iter().collect();
        records.sort_by_key(Record::key);
        records.dedup_by(|later, kept| {
            let is_same = later.key() == kept.key();
            if is_same {
                std::mem::swap(later, kept);
            }
            is_same
        });
        // A full node of a table is parted in halves. Those that come in order would leave all nodes half full: so only
        // every other one does, and the rest fills up what was left.
        let mut world = World::default();
        let (first, second) = (records.iter().step_by(2), records.iter().skip(1).step_by(2));
        for record in first.chain(second) {
            world.apply(Change::Put(record.clone()));
        }
        world
    }

    /// Makes a change and gives the change that takes it back.
    ///
    /// Only [`Draft`](crate::Draft) and replay of a journal call this.
    pub fn apply(&mut self, change: Change) -> Change {
        let key = match &change {
            Change::Put(record) => record.key(),
            Change::Remove(key) => *key,
        };
        let old = match change {
            Change::Put(record) => {
                let old = self.insert(record.clone());
                match &old {
                    Some(old) => self.indexes.relink(old, &record),
                    None => self.indexes.link(&record),
                }
                old
            }
            Change::Remove(key) => {
                let old = self.take(key);
                if let Some(old) = &old {
                    self.indexes.unlink(old);
                }
                old
            }
        };
        old.map_or(Change::Remove(key), Change::Put)
    }

    fn insert(&mut self, record: Record) -> Option<Record> {
        match record {
            Record::Partner(r) => self.partners.insert(r.organization, r).map(Record::Partner),
            Record::SubPartner(r) => self.sub_partners.insert(r.organization, r).map(Record::SubPartner),
            Record::Template(r) => self.templates.insert(r.id, r).map(Record::Template),
            Record::Organization(r) => self.organizations.insert(r.id, r).map(Record::Organization),
            Record::Customer(r) => self.customers.insert(r.id, r).map(Record::Customer),
            Record::Location(r) => self.locations.insert(r.id, r).map(Record::Location),
            Record::Number(r) => self.numbers.insert(r.number, r).map(Record::Number),
            Record::License(r) => self.licenses.insert(r.id, r).map(Record::License),
            Record::Person(r) => self.people.insert(r.id, r).map(Record::Person),
            Record::Subscriber(r) => self.subscribers.insert(r.id, r).map(Record::Subscriber),
            Record::Task(r) => self.tasks.insert(r.id, r).map(Record::Task),
            Record::ImportFile(r) => self.import_files.insert(r.task, r).map(Record::ImportFile),
            Record::ImportedRows(r) => {
                self.imported_rows.insert((r.task, r.from), r).map(Record::ImportedRows)
            }
            Record::Device(r) => self.devices.insert(r.id, r).map(Record::Device),
            Record::Group(r) => self.groups.insert(r.id, r).map(Record::Group),
            Record::BillingReport(r) => self.billing_reports.insert(r.id, r).map(Record::BillingReport),
            Record::Report(r) => self.reports.insert(r.id, r).map(Record::Report),
            Record::DisableCallingJob(r) => {
                self.disable_calling_jobs.insert(r.id, r).map(Record::DisableCallingJob)
            }
        }
    }

    fn take(&mut self, key: Key) -> Option<Record> {
        match key {
            Key::Partner(id) => self.partners.remove(&id).map(Record::Partner),
            Key::SubPartner(id) => self.sub_partners.remove(&id).map(Record::SubPartner),
            Key::Template(id) => self.templates.remove(&id).map(Record::Template),
            Key::Organization(id) => self.organizations.remove(&id).map(Record::Organization),
            Key::Customer(id) => self.customers.remove(&id).map(Record::Customer),
            Key::Location(id) => self.locations.remove(&id).map(Record::Location),
            Key::Number(number) => self.numbers.remove(&number).map(Record::Number),
            Key::License(id) => self.licenses.remove(&id).map(Record::License),
            Key::Person(id) => self.people.remove(&id).map(Record::Person),
            Key::Subscriber(id) => self.subscribers.remove(&id).map(Record::Subscriber),
            Key::Task(id) => self.tasks.remove(&id).map(Record::Task),
            Key::ImportFile(id) => self.import_files.remove(&id).map(Record::ImportFile),
            Key::ImportedRows(id, from) => self.imported_rows.remove(&(id, from)).map(Record::ImportedRows),
            Key::Device(id) => self.devices.remove(&id).map(Record::Device),
            Key::Group(id) => self.groups.remove(&id).map(Record::Group),
            Key::BillingReport(id) => self.billing_reports.remove(&id).map(Record::BillingReport),
            Key::Report(id) => self.reports.remove(&id).map(Record::Report),
            Key::DisableCallingJob(id) => {
                self.disable_calling_jobs.remove(&id).map(Record::DisableCallingJob)
            }
        }
    }

    /// Every record, kind by kind, so that a record comes after those that it refers to.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let organizations = self.organizations.values().cloned().map(Record::Organization);
        let partners = self.partners.values().cloned().map(Record::Partner);
        let sub_partners = self.sub_partners.values().cloned().map(Record::SubPartner);
        let templates = self.templates.values().cloned().map(Record::Template);
        let licenses = self.licenses.values().cloned().map(Record::License);
        let customers = self.customers.values().cloned().map(Record::Customer);
        let locations = self.locations.values().cloned().map(Record::Location);
        let numbers = self.numbers.values().cloned().map(Record::Number);
        let people = self.people.values().cloned().map(Record::Person);
        let subscribers = self.subscribers.values().cloned().map(Record::Subscriber);
        let tasks = self.tasks.values().cloned().map(Record::Task);
        let import_files = self.import_files.values().cloned().map(Record::ImportFile);
        let imported_rows = self.imported_rows.values().cloned().map(Record::ImportedRows);
        let devices = self.devices.values().cloned().map(Record::Device);
        let groups = self.groups.values().cloned().map(Record::Group);
        let billing_reports = self.billing_reports.values().cloned().map(Record::BillingReport);
        let reports = self.reports.values().cloned().map(Record::Report);
        let jobs = self.disable_calling_jobs.values().cloned().map(Record::DisableCallingJob);
        organizations
            .chain(partners)
            .chain(sub_partners)
            .chain(templates)
            .chain(licenses)
            .chain(customers)
            .chain(locations)
            .chain(numbers)
            .chain(people)
            .chain(subscribers)
            .chain(tasks)
            .chain(import_files)
            .chain(imported_rows)
            .chain(devices)
            .chain(groups)
            .chain(billing_reports)
            .chain(reports)
            .chain(jobs)
    }

    /// How many records there are, without a look at any of them.
    pub fn record_count(&self) -> usize {
        let of_organizations = self.organizations.len() + self.partners.len() + self.sub_partners.len();
        let of_customers = self.templates.len() + self.licenses.len() + self.customers.len();
        let of_places = self.locations.len() + self.numbers.len() + self.devices.len();
        let of_people = self.people.len() + self.subscribers.len() + self.groups.len();
        let of_imports = self.tasks.len() + self.import_files.len() + self.imported_rows.len();
        let of_reports = self.billing_reports.len() + self.reports.len() + self.disable_calling_jobs.len();
        of_organizations + of_customers + of_places + of_people + of_imports + of_reports
    }

    /// What turns `self` into `other`: the records that differ.
    pub fn changes_to(&self, other: &World) -> Vec<Change> {
        self.diff(other)
    }
}
