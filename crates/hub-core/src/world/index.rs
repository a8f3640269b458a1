//! Keeping the indexes: what a record is found by, linked when it enters and unlinked when it leaves.

use std::sync::Arc;

use super::{Indexes, Table};
use crate::Record;
use crate::record::{Customer, Device, Person, Subscriber};

impl Indexes {
    /// Links a record in the place of another; most changes leave alone what it is found by.
    pub(super) fn relink(&mut self, old: &Record, new: &Record) {
        if !are_found_alike(old, new) {
            self.unlink(old);
            self.link(new);
        }
    }

    pub(super) fn link(&mut self, record: &Record) {
        match record {
            Record::Partner(_)
            | Record::SubPartner(_)
            | Record::Template(_)
            | Record::ImportFile(_)
            | Record::ImportedRows(_)
            | Record::BillingReport(_)
            | Record::Report(_)
            | Record::DisableCallingJob(_) => {}
            Record::Organization(organization) => {
                if let Some(manager) = organization.managed_by {
                    self.organizations_by_manager.insert((manager, organization.id));
                }
            }
            Record::Number(number) => {
                self.numbers_by_location.insert((number.location, number.number));
            }
            Record::Device(device) => self.link_device(device),
            Record::Group(group) => {
                self.groups_by_organization.insert((group.organization, group.id));
            }
            Record::Customer(customer) => self.link_customer(customer),
            Record::Location(location) => {
                self.locations_by_organization.insert((location.organization, location.id));
            }
            Record::License(license) => {
                self.licenses_by_organization.insert((license.organization, license.id));
            }
            Record::Person(person) => self.link_person(person),
            Record::Subscriber(subscriber) => self.link_subscriber(subscriber),
            Record::Task(task) => {
                self.tasks_by_organization.insert((task.organization, task.id));
                if let Some(due) = task.due() {
                    self.tasks_by_due.insert((due, task.id));
                }
            }
        }
    }

    pub(super) fn unlink(&mut self, record: &Record) {
        match record {
            Record::Partner(_)
            | Record::SubPartner(_)
            | Record::Template(_)
            | Record::ImportFile(_)
            | Record::ImportedRows(_)
            | Record::BillingReport(_)
            | Record::Report(_)
            | Record::DisableCallingJob(_) => {}
            Record::Organization(organization) => {
                if let Some(manager) = organization.managed_by {
                    self.organizations_by_manager.remove(&(manager, organization.id));
                }
            }
            Record::Number(number) => {
                self.numbers_by_location.remove(&(number.location, number.number));
            }
            Record::Device(device) => self.unlink_device(device),
            Record::Group(group) => {
                self.groups_by_organization.remove(&(group.organization, group.id));
            }
            Record::Customer(customer) => self.unlink_customer(customer),
            Record::Location(location) => {
                self.locations_by_organization.remove(&(location.organization, location.id));
            }
            Record::License(license) => {
                self.licenses_by_organization.remove(&(license.organization, license.id));
            }
            Record::Person(person) => self.unlink_person(person),
            Record::Subscriber(subscriber) => self.unlink_subscriber(subscriber),
            Record::Task(task) => {
                self.tasks_by_organization.remove(&(task.organization, task.id));
                if let Some(due) = task.due() {
                    self.tasks_by_due.remove(&(due, task.id));
                }
            }
        }
    }

    fn link_customer(&mut self, customer: &Arc<Customer>) {
        let external_id = (customer.owner, customer.external_id.clone());
        self.customer_by_external_id.insert(external_id, customer.id);
        self.customer_by_organization.insert(customer.organization, customer.id);
        self.customers_by_owner.insert((customer.owner, customer.id));
        if let Some(end) = customer.end() {
            self.customers_by_end.insert((end, customer.id));
        }
    }

    fn unlink_customer(&mut self, customer: &Arc<Customer>) {
        let external_id = (customer.owner, customer.external_id.clone());
        forget(&mut self.customer_by_external_id, &external_id, customer.id);
        forget(&mut self.customer_by_organization, &customer.organization, customer.id);
        self.customers_by_owner.remove(&(customer.owner, customer.id));
        if let Some(end) = customer.end() {
            self.customers_by_end.remove(&(end, customer.id));
        }
    }

    fn link_person(&mut self, person: &Arc<Person>) {
        self.person_by_email.insert(person.email.clone(), person.id);
        self.people_by_organization.insert(person.organization, person.id, ());
        if let Some(number) = person.phone_number {
            self.person_by_number.insert(number, person.id);
        }
        if let (Some(location), Some(extension)) = (person.location, person.extension) {
            self.person_by_extension.insert(location, extension, person.id);
        }
    }

    fn unlink_person(&mut self, person: &Arc<Person>) {
        forget(&mut self.person_by_email, &person.email, person.id);
        self.people_by_organization.remove(person.organization, &person.id);
        if let Some(number) = person.phone_number {
            forget(&mut self.person_by_number, &number, person.id);
        }
        if let (Some(location), Some(extension)) = (person.location, person.extension)
            && self.person_by_extension.get(location, &extension) == Some(&person.id)
        {
            self.person_by_extension.remove(location, &extension);
        }
    }

    fn link_device(&mut self, device: &Arc<Device>) {
        self.devices_by_organization.insert((device.organization, device.id));
        self.devices_by_person.insert((device.person, device.id));
        if let Some(mac) = &device.mac {
            self.device_by_mac.insert(mac.clone(), device.id);
        }
    }

    fn unlink_device(&mut self, device: &Arc<Device>) {
        self.devices_by_organization.remove(&(device.organization, device.id));
        self.devices_by_person.remove(&(device.person, device.id));
        if let Some(mac) = &device.mac {
            forget(&mut self.device_by_mac, mac, device.id);
        }
    }

    fn link_subscriber(&mut self, subscriber: &Arc<Subscriber>) {
        self.subscriber_by_person.insert(subscriber.person, subscriber.id);
        self.subscribers_by_customer.insert(subscriber.customer, subscriber.id, ());
        for package in subscriber.packages.iter() {
            count_up(&mut self.package_holders, (subscriber.customer, package));
        }
    }

    fn unlink_subscriber(&mut self, subscriber: &Arc<Subscriber>) {
        forget(&mut self.subscriber_by_person, &subscriber.person, subscriber.id);
        self.subscribers_by_customer.remove(subscriber.customer, &subscriber.id);
        for package in subscriber.packages.iter() {
            count_down(&mut self.package_holders, (subscriber.customer, package));
        }
    }
}

/// Whether two records of one key are known to be found by the same. Only of what changes often; to link anew does no harm.
fn are_found_alike(old: &Record, new: &Record) -> bool {
    match (old, new) {
        (Record::Person(old), Record::Person(new)) => {
            let place = |person: &Person| (person.organization, person.phone_number, person.location);
            old.email == new.email && place(old) == place(new) && old.extension == new.extension
        }
        (Record::Subscriber(old), Record::Subscriber(new)) => {
            (old.person, old.customer, &old.packages) == (new.person, new.customer, &new.packages)
        }
        (Record::Organization(old), Record::Organization(new)) => old.managed_by == new.managed_by,
        _ => false,
    }
}

/// Forgets what a record was found by, unless another one has come to be found by it: of two records that exchange an
/// address, the first to be written has that of the other while the other still has it too.
fn forget<K: Ord + Clone, V: Clone + PartialEq>(index: &mut Table<K, V>, key: &K, id: V) {
    if index.get(key) == Some(&id) {
        index.remove(key);
    }
}

fn count_up<K: Ord + Clone>(counts: &mut Table<K, u32>, key: K) {
    match counts.get_mut(&key) {
        Some(count) => *count += 1,
        None => {
            counts.insert(key, 1);
        }
    }
}

/// A count that reaches zero goes, so that a world is equal to one that never counted it.
fn count_down<K: Ord + Clone>(counts: &mut Table<K, u32>, key: K) {
    match counts.get_mut(&key) {
        Some(count) if *count > 1 => *count -= 1,
        _ => {
            counts.remove(&key);
        }
    }
}
