//! Ids on the wire of what is in the hub, was in it, or never was: what stands in paths and in fields that name records.

use hub_core::record::Organization;
use hub_core::{Change, Id, Record, World};
use mock_hub::http::wire_id;
use uuid::Uuid;

use super::choices::Choices;

/// The kinds of records that a parameter or a field may name.
const KINDS: [(&str, &[Kind]); 23] = [
    ("org", &[Kind::Organization]),
    ("organization", &[Kind::Organization]),
    ("managedBy", &[Kind::Organization]),
    ("onBehalfOfSubPartnerOrg", &[Kind::SubPartner]),
    ("subPartnerOrg", &[Kind::SubPartner]),
    ("customer", &[Kind::Customer]),
    ("subscriber", &[Kind::Subscriber]),
    ("person", &[Kind::Person]),
    ("user", &[Kind::Person]),
    ("actor", &[Kind::Person]),
    ("owner", &[Kind::Person]),
    ("value", &[Kind::Person, Kind::Group]),
    ("location", &[Kind::Location]),
    ("workspaceLocation", &[Kind::Location]),
    ("license", &[Kind::License]),
    ("licenses", &[Kind::License]),
    ("group", &[Kind::Group]),
    ("device", &[Kind::Device]),
    ("report", &[Kind::Report]),
    ("task", &[Kind::Task]),
    ("job", &[Kind::Job]),
    ("provisioning", &[Kind::Template]),
    ("id", &[Kind::BillingReport, Kind::Person, Kind::License, Kind::Location]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Organization,
    SubPartner,
    Template,
    Customer,
    Location,
    License,
    Person,
    Subscriber,
    Task,
    Device,
    Group,
    BillingReport,
    Report,
    Job,
}

/// A record as a request may name it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    kind: Kind,
    organization: Option<Id<Organization>>,
    text: String,
    uuid: Uuid,
}

/// All ids of one sandbox.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    present: Vec<Named>,
    gone: Vec<Named>,
}

impl Ids {
    pub(super) fn of(world: &World) -> Self {
        let mut ids = Ids::default();
        ids.learn(&World::default(), world);
        ids
    }

    /// Learns what has changed between two worlds.
    pub(super) fn learn(&mut self, before: &World, after: &World) {
        for change in before.changes_to(after) {
            match change {
                Change::Put(record) => {
                    let Some(named) = Named::of(&record, after) else { continue };
                    self.present.retain(|known| known.uuid != named.uuid || known.kind != named.kind);
                    self.present.push(named);
                }
                Change::Remove(_) => self.sort_out(after),
            }
        }
    }

    /// Finds those that are not there any more.
    fn sort_out(&mut self, world: &World) {
        let live: Vec<Uuid> =
            world.records().filter_map(|it| Named::of(&it, world)).map(|it| it.uuid).collect();
        let gone = self.present.extract_if(.., |named| !live.contains(&named.uuid));
        self.gone.extend(gone);
    }

    /// Those of a kind, if it is known, and of an organization, if it is given.
    fn among(&self, kinds: &[Kind], organization: Option<Id<Organization>>) -> Vec<&Named> {
        let is_of_kind = |named: &&Named| kinds.is_empty() || kinds.contains(&named.kind);
        let is_of_organization =
            |named: &&Named| organization.is_none() || named.organization == organization;
        self.present.iter().filter(is_of_kind).filter(is_of_organization).collect()
    }

    /// The id of something of this kind, and of an organization if it is given.
    pub(super) fn first(&self, kind: Kind, organization: Option<Id<Organization>>) -> Option<&str> {
        self.among(&[kind], organization).first().map(|named| &*named.text)
    }

    /// An id for what has this name: mostly of a record that fits it and that belongs to `home`.
    pub(super) fn draw(
        &self,
        choices: &mut Choices<'_>,
        name: &str,
        home: Id<Organization>,
        elsewhere: &Ids,
    ) -> String {
        #[derive(Clone, Copy)]
        enum From {
            Home,
            Anywhere,
            OtherKind,
            OtherSandbox,
            Gone,
            Nowhere,
        }
        let kinds = kinds(name);
        let places = [
            (24, From::Home),
            (4, From::Anywhere),
            (1, From::OtherKind),
            (1, From::OtherSandbox),
            (1, From::Gone),
            (1, From::Nowhere),
        ];
        let mut found = match choices.weighed(&places) {
            From::Home => self.among(kinds, Some(home)),
            From::Anywhere => self.among(kinds, None),
            From::OtherKind => self.among(&[], None),
            From::OtherSandbox => elsewhere.among(kinds, None),
            From::Gone => self.gone.iter().collect(),
            From::Nowhere => Vec::new(),
        };
        if found.is_empty() {
            found = self.among(kinds, None);
        }
        let Some(named) = choices.of_any(&found) else { return odd(choices, "none") };
        match choices.weighed(&[(30, 0), (1, 1), (1, 2)]) {
            // SCIM has no other form.
            0 if name == "value" => named.uuid.to_string(),
            0 => named.text.clone(),
            1 => named.uuid.to_string(),
            _ => odd(choices, &named.text),
        }
    }
}

/// Something that is no id, or one that is written oddly.
pub(super) fn odd(choices: &mut Choices<'_>, id: &str) -> String {
    match choices.below(10) {
        0 => id[..id.len() / 2].to_owned(),
        1 => format!("{id}=="),
        2 => id.to_lowercase(),
        3 => id.repeat(60),
        4 => id.replacen(|c: char| c.is_ascii_alphanumeric(), "%", 1),
        5 => Uuid::nil().to_string(),
        6 => "../customers".to_owned(),
        7 => "ÿ\u{0}\u{202e}💥 /?#&=".to_owned(),
        8 => "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8".to_owned(),
        _ => "-1".to_owned(),
    }
}

fn kinds(name: &str) -> &'static [Kind] {
    let stem = name.strip_suffix("Id").or_else(|| name.strip_suffix("Ids")).unwrap_or(name);
    KINDS.iter().find(|(known, _)| *known == stem).map_or(&[], |(_, kinds)| *kinds)
}

/// The kind of record that what has this name names first of all.
pub(super) fn kind(name: &str) -> Option<Kind> {
    kinds(name).first().copied()
}

/// Whether what has this name names a record.
pub(super) fn names_a_record(name: &str) -> bool {
    !kinds(name).is_empty()
}

impl Named {
    fn of(record: &Record, world: &World) -> Option<Self> {
        let (kind, organization, text, uuid) = match record {
            Record::Organization(it) => (Kind::Organization, it.id, wire_id::of(it.id), it.id.uuid()),
            Record::SubPartner(it) => {
                (Kind::SubPartner, it.organization, wire_id::of(it.organization), it.organization.uuid())
            }
            Record::Template(it) => (Kind::Template, it.owner, wire_id::of(it.id), it.id.uuid()),
            Record::Customer(it) => (Kind::Customer, it.organization, wire_id::of(it.id), it.id.uuid()),
            Record::Location(it) => (Kind::Location, it.organization, wire_id::of(it.id), it.id.uuid()),
            Record::License(it) => {
                (Kind::License, it.organization, wire_id::of_license(world, it), it.id.uuid())
            }
            Record::Person(it) => (Kind::Person, it.organization, wire_id::of(it.id), it.id.uuid()),
            Record::Subscriber(it) => {
                let organization = world.person(it.person)?.organization;
                (Kind::Subscriber, organization, wire_id::of(it.id), it.id.uuid())
            }
            // Tasks are no resource of Webex, so their ids have no other form.
            Record::Task(it) => {
                let (uuid, organization) = (it.id.uuid(), Some(it.organization));
                return Some(Named { kind: Kind::Task, organization, text: uuid.to_string(), uuid });
            }
            Record::Device(it) => (Kind::Device, it.organization, wire_id::of(it.id), it.id.uuid()),
            Record::Group(it) => (Kind::Group, it.organization, wire_id::of_group(it), it.id.uuid()),
            Record::BillingReport(it) => (Kind::BillingReport, it.owner, wire_id::of(it.id), it.id.uuid()),
            Record::Report(it) => (Kind::Report, it.organization, wire_id::of(it.id), it.id.uuid()),
            Record::DisableCallingJob(it) => (Kind::Job, it.organization, wire_id::of(it.id), it.id.uuid()),
            Record::Partner(_) | Record::Number(_) | Record::ImportFile(_) | Record::ImportedRows(_) => {
                return None;
            }
        };
        Some(Named { kind, organization: Some(organization), text: text.to_string(), uuid })
    }
}
