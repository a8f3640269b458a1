//! The invariants of a world, recomputed from its records alone.

use std::sync::Arc;

use super::World;
use crate::bulk;
use crate::record::{ImportedRows, Person, Progress, Subscriber, SubscriberStatus};

impl World {
    /// Whether the indexes are those of the records and the records fit together.
    ///
    /// Gives one sentence per fault; none is what every operation leaves behind.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let mut faults = Vec::new();
        if World::of(self.records()) != *self {
            faults.push("the indexes are not those of the records".to_owned());
        }
        if self.records().count() != self.record_count() {
            faults.push("the records are not as many as are counted".to_owned());
        }
        self.check_organizations(&mut faults);
        self.check_locations(&mut faults);
        self.check_customers(&mut faults);
        self.check_devices(&mut faults);
        self.check_groups(&mut faults);
        self.check_imports(&mut faults);
        for person in self.people.values() {
            self.check_person(person, &mut faults);
        }
        for subscriber in self.subscribers.values() {
            self.check_subscriber(subscriber, &mut faults);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn check_organizations(&self, faults: &mut Vec<String>) {
        let partners = self.partners.keys().map(|id| ("partner", id));
        let sub_partners = self.sub_partners.keys().map(|id| ("sub-partner", id));
        let locations = self.locations.values().map(|location| ("location", &location.organization));
        let licenses = self.licenses.values().map(|license| ("licence", &license.organization));
        let tasks = self.tasks.values().map(|task| ("task", &task.organization));
        let devices = self.devices.values().map(|device| ("device", &device.organization));
        let groups = self.groups.values().map(|group| ("group", &group.organization));
        let billing_reports = self.billing_reports.values().map(|report| ("billing report", &report.owner));
        let reports = self.reports.values().map(|report| ("report", &report.organization));
        let records = partners.chain(sub_partners).chain(locations).chain(licenses).chain(tasks);
        let jobs = self.disable_calling_jobs.values().map(|job| ("job", &job.organization));
        let records = records.chain(devices).chain(groups).chain(billing_reports).chain(reports);
        for (what, organization) in records.chain(jobs) {
            if !self.organizations.contains_key(organization) {
                faults.push(format!("a {what} names organization {organization}, which is not there"));
            }
        }
    }

    fn check_locations(&self, faults: &mut Vec<String>) {
        for number in self.numbers.values() {
            if self.location(number.location).is_none_or(|location| location.calling.is_none()) {
                faults.push(format!("number {} is at no calling location", number.number));
            }
        }
        for location in self.locations.values() {
            let Some(calling) = &location.calling else { continue };
            let is_own = |number| self.number(number).is_some_and(|entry| entry.location == location.id);
            if ![calling.main_number, calling.charge_number].into_iter().flatten().all(is_own) {
                faults.push(format!("location {} has a main number that is not its own", location.id));
            }
        }
    }

    fn check_customers(&self, faults: &mut Vec<String>) {
        let count = self.customers.len();
        if self.indexes.customer_by_external_id.len() != count {
            faults.push("two customers of one owner have the same external id".to_owned());
        }
        if self.indexes.customer_by_organization.len() != count {
            faults.push("two customers share an organization".to_owned());
        }
        for customer in self.customers.values() {
            if !self.organizations.contains_key(&customer.organization) {
                faults.push(format!("customer {} names an organization that is not there", customer.id));
            }
            for offer in &customer.packages {
                let held = self.holders_of_package(customer.id, offer.package);
                if offer.until.is_none() && offer.quantity.is_some_and(|quantity| held > quantity) {
                    faults.push(format!("{held} subscribers of {} have {}", customer.id, offer.package));
                }
            }
        }
        if self.people.len() != self.indexes.person_by_email.len() {
            faults.push("two people have the same address".to_owned());
        }
        let with_number = self.people.values().filter(|person| person.phone_number.is_some()).count();
        if with_number != self.indexes.person_by_number.len() {
            faults.push("two people have the same number".to_owned());
        }
    }

    fn check_devices(&self, faults: &mut Vec<String>) {
        for device in self.devices.values() {
            let is_own = |person: &Arc<Person>| person.organization == device.organization;
            if !self.person(device.person).is_some_and(is_own) {
                faults.push(format!("device {} belongs to nobody of its organization", device.id));
            }
            if device.location.is_some_and(|id| self.location(id).is_none()) {
                faults.push(format!("device {} is at a location that is not there", device.id));
            }
        }
        let with_mac = self.devices.values().filter(|device| device.mac.is_some()).count();
        if with_mac != self.indexes.device_by_mac.len() {
            faults.push("two devices have the same MAC address".to_owned());
        }
    }

    fn check_groups(&self, faults: &mut Vec<String>) {
        for group in self.groups.values() {
            let is_own = |person: &Arc<Person>| person.organization == group.organization;
            if !group.members.iter().all(|id| self.person(*id).is_some_and(is_own)) {
                faults.push(format!("group {} has a member who is not of its organization", group.id));
            }
            if !group.members.is_sorted() {
                faults.push(format!("group {} has its members out of order", group.id));
            }
        }
    }

    fn check_imports(&self, faults: &mut Vec<String>) {
        let has_rows_to_come = |id| self.task(id).is_some_and(|task| task.has_rows_to_come());
        let keepers = self.import_files.keys().chain(self.imported_rows.keys().map(|(id, _)| id));
        for id in keepers.filter(|id| !has_rows_to_come(**id)) {
            faults.push(format!("something is kept for task {id}, which is not there or has ended"));
        }
        for task in self.tasks.values() {
            let Some(Progress { total, done, .. }) = task.progress else { continue };
            if !task.has_rows_to_come() {
                if task.outcomes.len() as u64 != done {
                    faults
                        .push(format!("task {} has ended and does not say what became of its rows", task.id));
                }
                continue;
            }
            if self.import_file(task.id).is_none_or(|file| bulk::rows_of(&file.content) != total) {
                faults.push(format!("task {} has no file of {total} rows", task.id));
            }
            let end_of = |end, rows: &Arc<ImportedRows>| {
                (end == Some(rows.from)).then(|| rows.from + rows.outcomes.len() as u64)
            };
            if self.imported_rows(task.id).fold(Some(0), end_of) != Some(done) || done >= total {
                faults.push(format!("task {} does not say what became of its first {done} rows", task.id));
            }
        }
    }

    fn check_person(&self, person: &Person, faults: &mut Vec<String>) {
        let email = &person.email;
        if !self.organizations.contains_key(&person.organization) {
            faults.push(format!("{email} names an organization that is not there"));
        }
        let is_foreign =
            |id| self.license(id).is_none_or(|license| license.organization != person.organization);
        if person.licenses.iter().any(|id| is_foreign(*id)) {
            faults.push(format!("{email} holds a licence that the organization does not have"));
        }
        if let Some(pending) = &person.pending
            && (!person.is_external || pending.licenses.iter().any(|id| is_foreign(*id)))
        {
            faults.push(format!("{email} waits for licences that he cannot accept"));
        }
        if !person.licenses.is_sorted() {
            faults.push(format!("{email} holds licences out of order"));
        }
        let location = person.location.map(|id| self.location(id).map(|location| location.organization));
        if location.is_some_and(|organization| organization != Some(person.organization)) {
            faults.push(format!("{email} is at a location of another organization"));
        }
        let has_calling =
            person.location.and_then(|id| self.location(id)).is_some_and(|it| it.calling.is_some());
        if person.is_calling_user() && !has_calling {
            faults.push(format!("{email} calls from a location that is not enabled for calling"));
        }
        let number = person.phone_number.and_then(|number| self.number(number));
        if person.phone_number.is_some() && number.map(|number| number.location) != person.location {
            faults.push(format!("{email} has a number that the location does not have"));
        }
        if let (Some(location), Some(extension)) = (person.location, person.extension)
            && self.person_by_extension(location, extension).is_none_or(|owner| owner.id != person.id)
        {
            faults.push(format!("{email} shares an extension"));
        }
    }

    fn check_subscriber(&self, subscriber: &Subscriber, faults: &mut Vec<String>) {
        let id = subscriber.id;
        let (Some(person), Some(customer)) =
            (self.person(subscriber.person), self.customer(subscriber.customer))
        else {
            faults.push(format!("subscriber {id} names a person or customer that is not there"));
            return;
        };
        let email = &person.email;
        if self.subscriber_of(person.id).is_none_or(|other| other.id != id) {
            faults.push(format!("{email} is two subscribers"));
        }
        if subscriber.status == SubscriberStatus::PendingUserMigration {
            if person.organization == customer.organization {
                faults.push(format!("{email} waits to move where he is"));
            }
            return;
        }
        if subscriber.place.is_some() {
            faults.push(format!("{email} has moved and still waits for a place"));
        }
        if person.organization != customer.organization {
            faults.push(format!("{email} is a subscriber of another organization's customer"));
        }
        if subscriber.packages.iter().filter(|package| package.is_base()).count() != 1 {
            faults.push(format!("{email} has not exactly one base package"));
        }
        for package in subscriber.packages.iter() {
            let Some(offer) = customer.packages.iter().find(|offer| offer.package == package) else {
                faults.push(format!("{email} has {package}, which is not on offer"));
                continue;
            };
            if !offer.licenses.iter().all(|license| person.licenses.contains(license)) {
                faults.push(format!("{email} lacks a licence of {package}"));
            }
        }
        if subscriber.packages.iter().any(crate::Package::is_calling) && !person.is_calling_user() {
            faults.push(format!("{email} has calling without location and number or extension"));
        }
    }
}
