//! Whose words are whose: what may be recognised in an answer as part of somebody's record.
//!
//! Names and addresses that a draw or the world to start from makes have a mark of their own; ids and phone numbers are
//! marks by themselves. A mark belongs to every organization that ever had a record with it, and can be told to whoever
//! may see one of those. Who may see which is stated here once more, and not asked of hub-core.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use hub_core::record::{Customer, Organization, OrganizationKind};
use hub_core::{Caller, Change, Id, Record, Role, World};
use uuid::Uuid;

/// What marks begin with.
pub(super) const MARK: &str = "qz";

/// Roles that see all customers of a partner.
const SEEING_ALL: [Role; 3] = [Role::PartnerFullAdmin, Role::PartnerReadOnly, Role::WholesaleAdmin];

/// The marks in a text: as it is, and in what of it is base64.
pub(super) fn marks(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(text, &mut found);
    for part in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| part.len() >= 40) {
        let plain = GeneralPurpose::new(&STANDARD, NO_PAD).decode(part);
        if let Some(plain) = plain.ok().and_then(|plain| String::from_utf8(plain).ok()) {
            collect(&plain, &mut found);
        }
    }
    found
}

fn collect(text: &str, found: &mut BTreeSet<String>) {
    let text = text.to_ascii_lowercase();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '+') {
        let digits = word.strip_prefix('+').unwrap_or_default();
        if digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit()) {
            found.insert(word.to_owned());
        }
        for part in word.split(['-', '+']).filter(|part| part.starts_with(MARK)) {
            found.insert(part.to_owned());
        }
        for window in
            word.as_bytes().windows(36).filter(|window| [8, 13, 18, 23].iter().all(|at| window[*at] == b'-'))
        {
            found.extend(Uuid::try_parse_ascii(window).map(|uuid| uuid.to_string()));
        }
    }
}

/// Whose marks there have been in one sandbox.
#[derive(Debug, Clone, Default)]
pub(super) struct Owners {
    of: HashMap<String, HashSet<Id<Organization>>>,
    /// Every customer as it ever was, because history tells of those who were.
    customers: Vec<Arc<Customer>>,
    kinds: HashMap<Id<Organization>, OrganizationKind>,
}

impl Owners {
    pub(super) fn of(world: &World) -> Self {
        let mut owners = Owners::default();
        owners.learn(&World::default(), world);
        owners
    }

    /// Learns what a world has and the one before it had not.
    pub(super) fn learn(&mut self, before: &World, after: &World) {
        for change in before.changes_to(after) {
            let Change::Put(record) = change else { continue };
            match &record {
                Record::Customer(customer) => self.customers.push(customer.clone()),
                Record::Organization(organization) => {
                    self.kinds.insert(organization.id, organization.kind);
                }
                _ => {}
            }
            let Some(owner) = owner(&record, after) else { continue };
            for mark in marks(&serde_json::to_string(&record).unwrap()) {
                self.of.entry(mark).or_default().insert(owner);
            }
        }
    }

    pub(super) fn knows(&self, mark: &str) -> bool {
        self.of.contains_key(mark)
    }

    /// Whether a mark belongs to customers only of whom the caller may know nothing; nobody is told of any.
    pub(super) fn hides(&self, mark: &str, caller: Option<&Caller>) -> bool {
        let owners = self.of.get(mark);
        owners.is_some_and(|owners| !owners.iter().any(|owner| self.may_see(*owner, caller)))
    }

    fn may_see(&self, organization: Id<Organization>, caller: Option<&Caller>) -> bool {
        let Some(caller) = caller else { return false };
        let home = self.kinds.get(&caller.organization);
        let is_partner = home == Some(&OrganizationKind::Partner);
        if organization == caller.organization {
            return true;
        }
        if !is_partner {
            // Who looked after the organization stands in its history.
            return self.owners_of(caller.organization).any(|owner| owner == organization);
        }
        if self.kinds.get(&organization) == Some(&OrganizationKind::Partner) {
            return true;
        }
        let sees_all = caller.roles.has_any(&SEEING_ALL);
        let mut ever = self.customers.iter().filter(|customer| customer.organization == organization);
        match ever.clone().next() {
            None => sees_all,
            Some(_) => ever.any(|customer| {
                // Whose behalf it is does not matter here: sub-partners have other customers than the partner.
                let acts_for_owner = customer.owner == caller.organization || caller.on_behalf_of.is_some();
                acts_for_owner && (sees_all || customer.is_assigned_to(&caller.name))
            }),
        }
    }

    fn owners_of(&self, organization: Id<Organization>) -> impl Iterator<Item = Id<Organization>> {
        let versions = self.customers.iter().filter(move |customer| customer.organization == organization);
        versions.map(|customer| customer.owner)
    }
}

/// The organization whose record it is.
fn owner(record: &Record, world: &World) -> Option<Id<Organization>> {
    let owner = match record {
        Record::Partner(it) => it.organization,
        Record::SubPartner(it) => it.organization,
        Record::Template(it) => it.owner,
        Record::Organization(it) => it.id,
        Record::Customer(it) => it.organization,
        Record::Location(it) => it.organization,
        Record::Number(it) => world.location(it.location)?.organization,
        Record::License(it) => it.organization,
        Record::Person(it) => it.organization,
        Record::Subscriber(it) => world.person(it.person)?.organization,
        Record::Task(it) => it.organization,
        Record::Device(it) => it.organization,
        Record::Group(it) => it.organization,
        Record::BillingReport(it) => it.owner,
        Record::Report(it) => it.organization,
        Record::DisableCallingJob(it) => it.organization,
        Record::ImportFile(it) => world.task(it.task)?.organization,
        Record::ImportedRows(it) => world.task(it.task)?.organization,
    };
    Some(owner)
}

#[test]
fn marks_are_found_in_plain_texts_and_in_ids() {
    let uuid = "019b8d6a-b7e0-7000-8000-240000000000";
    let id = "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA";
    let text = format!(
        "<http://hub.test/v1/organizations/{id}?x=1>, \"QZa7.b@x.example\" +34910000101 x-{uuid}-y qz"
    );
    let found: Vec<String> = marks(&text).into_iter().collect();
    assert_eq!(found, ["+34910000101", uuid, "qz", "qza7"]);
    let twice = marks(&format!("{uuid}:{id}"));
    assert_eq!(twice.into_iter().collect::<Vec<_>>(), [uuid]);
}
