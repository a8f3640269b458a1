//! Reading a world: by key, by what is known of a record, and in ranges.
//!
//! These answer what is stored. What a caller may see, and whether it is there yet, is decided in `operation`.

use std::ops::{Bound, RangeInclusive};
use std::sync::Arc;

use super::World;
use crate::record::{
    BillingReport, Customer, Device, DisableCallingJob, Extension, Group, ImportFile, ImportedRows, License,
    Location, Number, Organization, Partner, Person, Report, SubPartner, Subscriber, Task, Template,
};
use crate::{Change, Email, Id, Key, Package, PhoneNumber, Record, Table, Timestamp};

impl World {
    /// The partner whose organization this is.
    pub fn partner(&self, organization: Id<Organization>) -> Option<&Arc<Partner>> {
        self.partners.get(&organization)
    }

    /// Every partner.
    pub fn partners(&self) -> impl Iterator<Item = &Arc<Partner>> {
        self.partners.values()
    }

    /// The sub-partner whose organization this is.
    pub fn sub_partner(&self, organization: Id<Organization>) -> Option<&Arc<SubPartner>> {
        self.sub_partners.get(&organization)
    }

    /// Every sub-partner.
    pub fn sub_partners(&self) -> impl DoubleEndedIterator<Item = &Arc<SubPartner>> {
        self.sub_partners.values()
    }

    /// The template with this id.
    pub fn template(&self, id: Id<Template>) -> Option<&Arc<Template>> {
        self.templates.get(&id)
    }

    /// Every template.
    pub fn templates(&self) -> impl DoubleEndedIterator<Item = &Arc<Template>> {
        self.templates.values()
    }

    /// The organization with this id.
    pub fn organization(&self, id: Id<Organization>) -> Option<&Arc<Organization>> {
        self.organizations.get(&id)
    }

    /// The organizations that this one manages, newest first.
    pub fn organizations_managed_by(
        &self,
        manager: Id<Organization>,
    ) -> impl Iterator<Item = &Arc<Organization>> {
        let range = (manager, Id::MIN)..=(manager, Id::MAX);
        let ids = self.indexes.organizations_by_manager.range(range).rev();
        ids.filter_map(|(_, id)| self.organizations.get(id))
    }

    /// The customer with this id.
    pub fn customer(&self, id: Id<Customer>) -> Option<&Arc<Customer>> {
        self.customers.get(&id)
    }

    /// The customer that this organization belongs to.
    pub fn customer_of(&self, organization: Id<Organization>) -> Option<&Arc<Customer>> {
        self.customers.get(self.indexes.customer_by_organization.get(&organization)?)
    }

    /// The customer with this external id.
    pub fn customer_by_external_id(
        &self,
        owner: Id<Organization>,
        external_id: &str,
    ) -> Option<&Arc<Customer>> {
        let key = (owner, Box::from(external_id));
        self.customers.get(self.indexes.customer_by_external_id.get(&key)?)
    }

    /// The customers of a partner or sub-partner, newest first.
    pub fn customers_of(&self, owner: Id<Organization>) -> impl Iterator<Item = &Arc<Customer>> {
        self.customers_among(owner, Id::MIN..=Id::MAX)
    }

    /// Those of them with these ids, newest first.
    pub(crate) fn customers_among(
        &self,
        owner: Id<Organization>,
        ids: RangeInclusive<Id<Customer>>,
    ) -> impl Iterator<Item = &Arc<Customer>> {
        let found = self.indexes.customers_by_owner.range(below(owner, ids));
        found.rev().filter_map(|(_, id)| self.customers.get(id))
    }

    /// When the next customer goes that is there at `now` and is being deleted; takes next to no time. Until then nothing
    /// changes by itself in who exists.
    pub fn next_end_of_customer(&self, now: Timestamp) -> Option<Timestamp> {
        let later = (Bound::Excluded((now, Id::MAX)), Bound::Unbounded);
        self.indexes.customers_by_end.range(later).next().map(|(end, _)| *end)
    }

    /// The location with this id.
    pub fn location(&self, id: Id<Location>) -> Option<&Arc<Location>> {
        self.locations.get(&id)
    }

    /// The locations of an organization, oldest first.
    pub fn locations_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Location>> {
        self.locations_among(organization, Id::MIN..=Id::MAX)
    }

    /// Those of them with these ids, oldest first.
    pub(crate) fn locations_among(
        &self,
        organization: Id<Organization>,
        ids: RangeInclusive<Id<Location>>,
    ) -> impl Iterator<Item = &Arc<Location>> {
        let found = self.indexes.locations_by_organization.range(below(organization, ids));
        found.filter_map(|(_, id)| self.locations.get(id))
    }

    /// The inventory entry of a phone number.
    pub fn number(&self, number: PhoneNumber) -> Option<&Arc<Number>> {
        self.numbers.get(&number)
    }

    /// The inventory of a location, in ascending order.
    pub fn numbers_of(&self, location: Id<Location>) -> impl Iterator<Item = &Arc<Number>> {
        let range = (location, PhoneNumber::MIN)..=(location, PhoneNumber::MAX);
        self.indexes.numbers_by_location.range(range).filter_map(|(_, number)| self.numbers.get(number))
    }

    /// The licence with this id.
    pub fn license(&self, id: Id<License>) -> Option<&Arc<License>> {
        self.licenses.get(&id)
    }

    /// The licences of an organization, oldest first.
    pub fn licenses_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<License>> {
        let range = (organization, Id::MIN)..=(organization, Id::MAX);
        self.indexes.licenses_by_organization.range(range).filter_map(|(_, id)| self.licenses.get(id))
    }

    /// The person with this id.
    pub fn person(&self, id: Id<Person>) -> Option<&Arc<Person>> {
        self.people.get(&id)
    }

    /// Every person of the hub, oldest first.
    pub fn people(&self) -> impl DoubleEndedIterator<Item = &Arc<Person>> {
        self.people.values()
    }

    /// How many people the hub has, in constant time.
    pub fn number_of_people(&self) -> usize {
        self.people.len()
    }

    /// The person with this address.
    pub fn person_by_email(&self, email: &Email) -> Option<&Arc<Person>> {
        self.people.get(self.indexes.person_by_email.get(email)?)
    }

    /// The person who has this phone number.
    pub fn person_by_number(&self, number: PhoneNumber) -> Option<&Arc<Person>> {
        self.people.get(self.indexes.person_by_number.get(&number)?)
    }

    /// The person who has this extension at a location.
    pub fn person_by_extension(&self, location: Id<Location>, extension: Extension) -> Option<&Arc<Person>> {
        self.people.get(self.indexes.person_by_extension.get(location, &extension)?)
    }

    /// The people of an organization, oldest first.
    pub fn people_of(&self, organization: Id<Organization>) -> impl DoubleEndedIterator<Item = &Arc<Person>> {
        self.people_among(organization, Id::MIN..=Id::MAX)
    }

    /// Those of them with these ids, oldest first.
    pub(crate) fn people_among(
        &self,
        organization: Id<Organization>,
        ids: RangeInclusive<Id<Person>>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Person>> {
        let found = self.indexes.people_by_organization.range(organization, ids);
        found.filter_map(|(id, ())| self.people.get(id))
    }

    /// The subscriber with this id.
    pub fn subscriber(&self, id: Id<Subscriber>) -> Option<&Arc<Subscriber>> {
        self.subscribers.get(&id)
    }

    /// The subscriber that this person is.
    pub fn subscriber_of(&self, person: Id<Person>) -> Option<&Arc<Subscriber>> {
        self.subscribers.get(self.indexes.subscriber_by_person.get(&person)?)
    }

    /// Every subscriber of the hub, oldest first.
    pub fn subscribers(&self) -> impl DoubleEndedIterator<Item = &Arc<Subscriber>> {
        self.subscribers.values()
    }

    /// Those of them with these ids, oldest first.
    pub(crate) fn all_subscribers_among(
        &self,
        ids: RangeInclusive<Id<Subscriber>>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Subscriber>> {
        self.subscribers.range(ids).map(|(_, subscriber)| subscriber)
    }

    /// The subscribers of a customer, oldest first.
    pub fn subscribers_of(
        &self,
        customer: Id<Customer>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Subscriber>> {
        self.subscribers_among(customer, Id::MIN..=Id::MAX)
    }

    /// Those of them with these ids, oldest first.
    pub(crate) fn subscribers_among(
        &self,
        customer: Id<Customer>,
        ids: RangeInclusive<Id<Subscriber>>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Subscriber>> {
        let found = self.indexes.subscribers_by_customer.range(customer, ids);
        found.filter_map(|(id, ())| self.subscribers.get(id))
    }

    /// How many subscribers of a customer have a package.
    pub fn holders_of_package(&self, customer: Id<Customer>, package: Package) -> u32 {
        self.indexes.package_holders.get(&(customer, package)).copied().unwrap_or(0)
    }

    /// The task with this id.
    pub fn task(&self, id: Id<Task>) -> Option<&Arc<Task>> {
        self.tasks.get(&id)
    }

    /// The tasks of an organization, newest first.
    pub fn tasks_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Task>> {
        let range = (organization, Id::MIN)..=(organization, Id::MAX);
        self.indexes.tasks_by_organization.range(range).rev().filter_map(|(_, id)| self.tasks.get(id))
    }

    /// The task of an organization that has rows to come, running or paused; there is one at a time (CSV-017).
    pub(crate) fn unfinished_task_of(&self, organization: Id<Organization>) -> Option<&Arc<Task>> {
        self.tasks_of(organization).find(|task| task.has_rows_to_come())
    }

    /// Whether any task is running.
    pub fn has_rows_to_come(&self) -> bool {
        !self.indexes.tasks_by_due.is_empty()
    }

    /// When the first row of the running tasks is due; takes next to no time.
    pub(crate) fn first_due(&self) -> Option<Timestamp> {
        self.indexes.tasks_by_due.get_min().map(|(due, _)| *due)
    }

    /// The running tasks, each with the time at which its next row is due, the first one first.
    pub(crate) fn due_tasks(&self) -> impl Iterator<Item = (Timestamp, &Arc<Task>)> {
        self.indexes.tasks_by_due.iter().filter_map(|(due, id)| Some((*due, self.tasks.get(id)?)))
    }

    /// The file of a task that has rows to come.
    pub fn import_file(&self, task: Id<Task>) -> Option<&Arc<ImportFile>> {
        self.import_files.get(&task)
    }

    /// What became of the rows of a task that has rows to come, in the order of the file.
    pub fn imported_rows(&self, task: Id<Task>) -> impl Iterator<Item = &Arc<ImportedRows>> {
        self.imported_rows.range((task, 0)..=(task, u64::MAX)).map(|(_, rows)| rows)
    }

    /// The device with this id.
    pub fn device(&self, id: Id<Device>) -> Option<&Arc<Device>> {
        self.devices.get(&id)
    }

    /// The device with this MAC address, written as in [`Device::mac`].
    pub fn device_by_mac(&self, mac: &str) -> Option<&Arc<Device>> {
        self.devices.get(self.indexes.device_by_mac.get(mac)?)
    }

    /// The devices of an organization, oldest first.
    pub fn devices_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Device>> {
        self.devices_among(organization, Id::MIN..=Id::MAX)
    }

    /// The devices of a person, oldest first.
    pub fn devices_of_person(&self, person: Id<Person>) -> impl Iterator<Item = &Arc<Device>> {
        let range = below(person, Id::MIN..=Id::MAX);
        self.indexes.devices_by_person.range(range).filter_map(|(_, id)| self.devices.get(id))
    }

    /// Those of them with these ids, oldest first.
    pub(crate) fn devices_among(
        &self,
        organization: Id<Organization>,
        ids: RangeInclusive<Id<Device>>,
    ) -> impl Iterator<Item = &Arc<Device>> {
        let found = self.indexes.devices_by_organization.range(below(organization, ids));
        found.filter_map(|(_, id)| self.devices.get(id))
    }

    /// The group with this id.
    pub fn group(&self, id: Id<Group>) -> Option<&Arc<Group>> {
        self.groups.get(&id)
    }

    /// The groups of an organization, oldest first.
    pub fn groups_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Group>> {
        let range = (organization, Id::MIN)..=(organization, Id::MAX);
        self.indexes.groups_by_organization.range(range).filter_map(|(_, id)| self.groups.get(id))
    }

    /// The billing report with this id.
    pub fn billing_report(&self, id: Id<BillingReport>) -> Option<&Arc<BillingReport>> {
        self.billing_reports.get(&id)
    }

    /// Every billing report, oldest first.
    pub fn billing_reports(&self) -> impl DoubleEndedIterator<Item = &Arc<BillingReport>> {
        self.billing_reports.values()
    }

    /// The report with this id.
    pub fn report(&self, id: Id<Report>) -> Option<&Arc<Report>> {
        self.reports.get(&id)
    }

    /// Every report, oldest first.
    pub fn reports(&self) -> impl DoubleEndedIterator<Item = &Arc<Report>> {
        self.reports.values()
    }

    /// The job with this id that disables a location for calling.
    pub fn disable_calling_job(&self, id: Id<DisableCallingJob>) -> Option<&Arc<DisableCallingJob>> {
        self.disable_calling_jobs.get(&id)
    }

    /// Every job that disables a location for calling, oldest first.
    pub fn disable_calling_jobs(&self) -> impl DoubleEndedIterator<Item = &Arc<DisableCallingJob>> {
        self.disable_calling_jobs.values()
    }

    pub(super) fn diff(&self, other: &World) -> Vec<Change> {
        let mut changes = Vec::new();
        diff_table(
            &self.organizations,
            &other.organizations,
            Record::Organization,
            Key::Organization,
            &mut changes,
        );
        diff_table(&self.partners, &other.partners, Record::Partner, Key::Partner, &mut changes);
        diff_table(
            &self.sub_partners,
            &other.sub_partners,
            Record::SubPartner,
            Key::SubPartner,
            &mut changes,
        );
        diff_table(&self.templates, &other.templates, Record::Template, Key::Template, &mut changes);
        diff_table(&self.licenses, &other.licenses, Record::License, Key::License, &mut changes);
        diff_table(&self.customers, &other.customers, Record::Customer, Key::Customer, &mut changes);
        diff_table(&self.locations, &other.locations, Record::Location, Key::Location, &mut changes);
        diff_table(&self.numbers, &other.numbers, Record::Number, Key::Number, &mut changes);
        diff_table(&self.people, &other.people, Record::Person, Key::Person, &mut changes);
        diff_table(&self.subscribers, &other.subscribers, Record::Subscriber, Key::Subscriber, &mut changes);
        diff_table(&self.tasks, &other.tasks, Record::Task, Key::Task, &mut changes);
        diff_table(
            &self.import_files,
            &other.import_files,
            Record::ImportFile,
            Key::ImportFile,
            &mut changes,
        );
        let of_rows = |(task, from)| Key::ImportedRows(task, from);
        diff_table(&self.imported_rows, &other.imported_rows, Record::ImportedRows, of_rows, &mut changes);
        diff_table(&self.devices, &other.devices, Record::Device, Key::Device, &mut changes);
        diff_table(&self.groups, &other.groups, Record::Group, Key::Group, &mut changes);
        diff_table(
            &self.billing_reports,
            &other.billing_reports,
            Record::BillingReport,
            Key::BillingReport,
            &mut changes,
        );
        diff_table(&self.reports, &other.reports, Record::Report, Key::Report, &mut changes);
        diff_table(
            &self.disable_calling_jobs,
            &other.disable_calling_jobs,
            Record::DisableCallingJob,
            Key::DisableCallingJob,
            &mut changes,
        );
        changes
    }
}

/// The pairs of an index with this owner and these ids.
fn below<K: Copy, T>(owner: K, ids: RangeInclusive<Id<T>>) -> RangeInclusive<(K, Id<T>)> {
    (owner, *ids.start())..=(owner, *ids.end())
}

/// What turns one table into another; parts that both share are passed over.
fn diff_table<K: Ord + Copy, V: PartialEq>(
    from: &Table<K, Arc<V>>,
    to: &Table<K, Arc<V>>,
    record: fn(Arc<V>) -> Record,
    key: fn(K) -> Key,
    changes: &mut Vec<Change>,
) {
    use imbl::ordmap::DiffItem;
    changes.extend(from.diff(to).map(|item| match item {
        DiffItem::Add(_, new) | DiffItem::Update { new: (_, new), .. } => Change::Put(record(new.clone())),
        DiffItem::Remove(gone, _) => Change::Remove(key(*gone)),
    }));
}
