//! A person as a SCIM document.

use serde_json::{Map, Value, json};

use super::super::{people, roles};
use crate::World;
use crate::record::{Attribute, Person, PersonStatus};
use crate::scim::schema::USER;
use crate::scim::{Document, Filter};

/// Attributes of the record by their names in documents.
pub(super) const TOP: [(&str, Attribute); 7] = [
    ("nickName", Attribute::NickName),
    ("profileUrl", Attribute::ProfileUrl),
    ("title", Attribute::Title),
    ("preferredLanguage", Attribute::PreferredLanguage),
    ("locale", Attribute::Locale),
    ("externalId", Attribute::ExternalId),
    ("timezone", Attribute::TimeZone),
];
pub(super) const NAME: [(&str, Attribute); 3] = [
    ("middleName", Attribute::MiddleName),
    ("honorificPrefix", Attribute::HonorificPrefix),
    ("honorificSuffix", Attribute::HonorificSuffix),
];
pub(super) const EMPLOYMENT: [(&str, Attribute); 5] = [
    ("costCenter", Attribute::CostCenter),
    ("organization", Attribute::OrganizationName),
    ("division", Attribute::Division),
    ("department", Attribute::Department),
    ("employeeNumber", Attribute::EmployeeNumber),
];
pub(super) const ADDRESS: [(&str, Attribute); 6] = [
    ("type", Attribute::AddressType),
    ("streetAddress", Attribute::AddressStreet),
    ("locality", Attribute::AddressCity),
    ("region", Attribute::AddressState),
    ("postalCode", Attribute::AddressPostalCode),
    ("country", Attribute::AddressCountry),
];

/// The schemas that extend a user.
pub(super) const WEBEX: &str = USER.extensions[0].id;
pub(super) const ENTERPRISE: &str = USER.extensions[1].id;

/// What is not kept as such says so here.
pub(super) const PERSON: &str = "user";

/// A person's document, without the addresses of resources, which only a server knows.
pub(super) fn document(world: &World, person: &Person, has_groups: bool) -> Document {
    with(world, person, has_groups, true)
}

/// As much of a person's document as a filter looks at: what takes long to find is left out where it does not.
pub(super) fn looked_at(world: &World, person: &Person, filter: &Filter) -> Document {
    with(world, person, filter.reads("groups"), filter.reads("meta"))
}

fn with(world: &World, person: &Person, has_groups: bool, has_meta: bool) -> Document {
    let mut document = Document::new();
    let schemas: Vec<_> = USER.schemas().map(|schema| schema.id).collect();
    document.insert("schemas".into(), schemas.into());
    put(&mut document, "id", Some(&person.id.to_string()));
    put(&mut document, "userName", Some(person.email.as_str()));
    document.insert("active".into(), (person.status != PersonStatus::Suspended).into());
    put(&mut document, "displayName", Some(&person.shown_name()));
    put(&mut document, "userType", Some(person.attribute(Attribute::UserType).unwrap_or(PERSON)));
    put_all(&mut document, person, &TOP);
    let mut name = Document::new();
    put(&mut name, "givenName", person.first_name.as_deref());
    put(&mut name, "familyName", person.last_name.as_deref());
    put_all(&mut name, person, &NAME);
    put_object(&mut document, "name", name);
    for (list, values) in lists(world, person) {
        put_list(&mut document, list, values);
    }
    put_object(&mut document, ENTERPRISE, employment(world, person));
    document.insert(WEBEX.into(), Value::Object(webex(person)));
    if has_meta {
        let meta = meta(person, version(&document));
        document.insert("meta".into(), meta);
    }
    if has_groups {
        put_list(&mut document, "groups", groups(world, person));
    }
    document
}

fn meta(person: &Person, version: String) -> Value {
    json!({
        "resourceType": USER.name,
        "created": person.created.to_string(),
        "lastModified": person.last_modified().to_string(),
        "version": version,
    })
}

/// A weak entity tag that is another one as soon as anything is.
pub(crate) fn version(document: &Document) -> String {
    let text = serde_json::to_string(document).expect("a document has a JSON form");
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("W/\"{:x}\"", text.bytes().fold(0xcbf2_9ce4_8422_2325, fnv))
}

fn put(document: &mut Document, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        document.insert(name.to_owned(), value.into());
    }
}

fn put_all(document: &mut Document, person: &Person, names: &[(&str, Attribute)]) {
    for (name, attribute) in names {
        put(document, name, person.attribute(*attribute));
    }
}

fn put_object(document: &mut Document, name: &str, parts: Document) {
    if !parts.is_empty() {
        document.insert(name.to_owned(), Value::Object(parts));
    }
}

fn put_list(document: &mut Document, name: &str, values: Vec<Value>) {
    if !values.is_empty() {
        document.insert(name.to_owned(), Value::Array(values));
    }
}

/// The lists of a document: what the hub knows first, then what it only keeps.
fn lists(world: &World, person: &Person) -> [(&'static str, Vec<Value>); 5] {
    let kept = |name: &str| {
        let directory = person.directory.as_ref().and_then(|directory| directory.get(name));
        directory.and_then(Value::as_array).into_iter().flatten().cloned()
    };
    let email = json!({ "value": person.email.as_str(), "type": "work", "primary": true });
    let mut address = Document::new();
    put_all(&mut address, person, &ADDRESS);
    let address = (!address.is_empty()).then_some(Value::Object(address));
    [
        ("emails", std::iter::once(email).chain(kept("emails")).collect()),
        ("phoneNumbers", calling_numbers(person).into_iter().chain(kept("phoneNumbers")).collect()),
        ("addresses", address.into_iter().chain(kept("addresses")).collect()),
        ("photos", kept("photos").collect()),
        ("roles", held_roles(world, person)),
    ]
}

/// What a calling user is called by (SCM-013).
pub(super) fn calling_numbers(person: &Person) -> Vec<Value> {
    let number = person
        .phone_number
        .map(|number| json!({ "value": number.to_string(), "type": "work", "primary": true }));
    let extension =
        person.extension.map(|extension| json!({ "value": extension.to_string(), "type": "work_extension" }));
    number.into_iter().chain(extension).collect()
}

fn held_roles(world: &World, person: &Person) -> Vec<Value> {
    let Some(organization) = world.organization(person.organization) else { return Vec::new() };
    let held = roles::given_by_scim(organization.kind).filter(|entry| person.roles.has_any(&[entry.role]));
    held.map(|entry| json!({ "value": entry.scim, "type": "cirole", "display": entry.name })).collect()
}

fn employment(world: &World, person: &Person) -> Document {
    let mut employment = Document::new();
    put_all(&mut employment, person, &EMPLOYMENT);
    if let Some(manager) = people::manager(world, person) {
        let manager = json!({ "value": manager.id.to_string(), "displayName": manager.shown_name() });
        employment.insert("manager".into(), manager);
    }
    employment
}

fn webex(person: &Person) -> Document {
    let kept = person.directory.as_ref().and_then(|directory| directory.get(WEBEX));
    let mut webex = kept.and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    let status = match person.status {
        PersonStatus::Active => "active",
        PersonStatus::Pending => "pending",
        PersonStatus::Suspended => "disabled",
    };
    webex.insert("accountStatus".into(), json!([status]));
    webex.insert("meta".into(), json!({ "organizationId": person.organization.to_string() }));
    webex
}

fn groups(world: &World, person: &Person) -> Vec<Value> {
    let of_person = world.groups_of(person.organization).filter(|group| group.has(person.id));
    of_person.map(|group| json!({ "value": group.id.to_string(), "display": group.name })).collect()
}
