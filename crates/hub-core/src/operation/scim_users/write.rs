//! A lawful SCIM document, written into a person's record.
//!
//! What the document does not say is emptied, except status, roles and calling data (SCM-012).

use hub_rules::people::ADDRESS_IS_FREE;
use hub_rules::scim::{
    MANAGER_IS_OF_THE_ORGANIZATION, PRIMARY_WORK_EMAIL_IS_THE_USER_NAME, ROLE_CAN_BE_ASSIGNED,
};
use serde_json::Value;
use uuid::Uuid;

use super::super::roles;
use super::show::{ADDRESS, EMPLOYMENT, ENTERPRISE, NAME, PERSON, TOP, WEBEX, calling_numbers};
use crate::record::{Attribute, Person, PersonStatus};
use crate::scim::{Document, objects, text};
use crate::{Context, Email, HubError, Id, Role, World};

/// The address that the document gives its user.
pub(super) fn user_name(document: &Document) -> Result<Email, HubError> {
    let name = text(document, "userName").unwrap_or_default();
    Email::parse(name).map_err(|refusal| refusal.at("userName"))
}

/// The person that the document makes of `before`.
pub(super) fn written(
    world: &World,
    context: &Context<'_>,
    before: &Person,
    document: &Document,
) -> Result<Person, HubError> {
    let mut person = before.clone();
    person.email = user_name(document)?;
    let owner = world.person_by_email(&person.email);
    if owner.is_some_and(|owner| owner.id != person.id) {
        return Err(HubError::broken(&ADDRESS_IS_FREE).at("userName").saw(&person.email));
    }
    let none = Document::new();
    let below = |name: &str| document.get(name).and_then(Value::as_object).unwrap_or(&none);
    write_names(&mut person, document, below("name"));
    put_all(&mut person, document, &TOP);
    put_all(&mut person, below(ENTERPRISE), &EMPLOYMENT);
    person.put_attribute(Attribute::UserType, text(document, "userType").filter(|kind| *kind != PERSON));
    write_manager(world, &mut person, below(ENTERPRISE))?;
    write_status(&mut person, document);
    write_roles(world, context, &mut person, document)?;
    write_directory(&mut person, before, document)?;
    Ok(person)
}

fn put_all(person: &mut Person, document: &Document, names: &[(&str, Attribute)]) {
    for (name, attribute) in names {
        person.put_attribute(*attribute, text(document, name));
    }
}

fn write_names(person: &mut Person, document: &Document, name: &Document) {
    person.first_name = text(name, "givenName").map(Box::from);
    person.last_name = text(name, "familyName").map(Box::from);
    put_all(person, name, &NAME);
    person.display_name = None;
    let shown = text(document, "displayName").filter(|shown| *shown != person.shown_name());
    person.display_name = shown.map(Box::from);
}

/// The manager, who is kept by his address as CSV files have him (SCM-009).
fn write_manager(world: &World, person: &mut Person, employment: &Document) -> Result<(), HubError> {
    let Some(manager) = employment.get("manager").and_then(Value::as_object) else {
        person.put_attribute(Attribute::Manager, None);
        return Ok(());
    };
    let id = text(manager, "value").unwrap_or_default();
    let found = Uuid::try_parse(id).ok().and_then(|uuid| world.person(Id::from_uuid(uuid)));
    let found = found.filter(|manager| manager.organization == person.organization);
    let Some(manager) = found else {
        let place = format!("{ENTERPRISE}.manager.value");
        return Err(HubError::broken(&MANAGER_IS_OF_THE_ORGANIZATION).at(place).saw(id));
    };
    person.put_attribute(Attribute::Manager, Some(manager.email.as_str()));
    Ok(())
}

/// Inactive is suspended; who was and is made active counts as signed in (SCM-011).
fn write_status(person: &mut Person, document: &Document) {
    person.status = match (document.get("active").and_then(Value::as_bool), person.status) {
        (Some(false), _) => PersonStatus::Suspended,
        (Some(true), PersonStatus::Suspended) => PersonStatus::Active,
        (_, status) => status,
    };
}

/// Roles that SCIM gives and takes; others stay. Refused when one is none of them (SCM-010), and as
/// [`roles::change`] does.
fn write_roles(
    world: &World,
    context: &Context<'_>,
    person: &mut Person,
    document: &Document,
) -> Result<(), HubError> {
    if !document.contains_key("roles") {
        return Ok(());
    }
    let organization = world.organization(person.organization).expect("a person has an organization");
    let given_by_scim = || roles::given_by_scim(organization.kind);
    let is_other = |role: &Role| given_by_scim().all(|entry| entry.role != *role);
    let mut wanted: Vec<Role> = person.roles.iter().filter(is_other).collect();
    for (index, role) in objects(document, "roles").enumerate() {
        let name = text(role, "value").unwrap_or_default();
        let is_named = |known: &str| known.eq_ignore_ascii_case(name);
        let role = given_by_scim().find(|entry| entry.scim.is_some_and(is_named));
        let unknown =
            || HubError::broken(&ROLE_CAN_BE_ASSIGNED).at(format!("roles[{index}].value")).saw(name);
        wanted.push(role.ok_or_else(unknown)?.role);
    }
    person.roles = roles::change(world, context, organization, person, &wanted)?;
    Ok(())
}

/// The lists that are kept as they are, without what the hub shows by itself.
fn write_directory(person: &mut Person, before: &Person, document: &Document) -> Result<(), HubError> {
    let mut directory = Document::new();
    let mut keep = |name: &str, values: Vec<Value>| {
        if !values.is_empty() {
            directory.insert(name.to_owned(), Value::Array(values));
        }
    };
    keep("emails", further_emails(person, before, document)?);
    keep("photos", listed(document, "photos").cloned().collect());
    let shown = calling_numbers(before);
    let is_shown = |number: &&Value| {
        shown.iter().any(|own| own["value"] == number["value"] && own["type"] == number["type"])
    };
    keep(
        "phoneNumbers",
        listed(document, "phoneNumbers").filter(|number| !is_shown(number)).cloned().collect(),
    );
    let mut addresses = listed(document, "addresses");
    let none = Document::new();
    put_all(person, addresses.next().and_then(Value::as_object).unwrap_or(&none), &ADDRESS);
    keep("addresses", addresses.cloned().collect());
    if let Some(webex) =
        document.get(WEBEX).filter(|webex| webex.as_object().is_some_and(|it| !it.is_empty()))
    {
        directory.insert(WEBEX.to_owned(), webex.clone());
    }
    person.directory = (!directory.is_empty()).then(|| Box::new(directory));
    Ok(())
}

fn listed<'d>(document: &'d Document, name: &str) -> impl Iterator<Item = &'d Value> {
    document.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The addresses besides the one that the user is known by (SCM-008).
fn further_emails(person: &Person, before: &Person, document: &Document) -> Result<Vec<Value>, HubError> {
    let mut further = Vec::new();
    for (index, email) in listed(document, "emails").enumerate() {
        let value = email["value"].as_str().unwrap_or_default().trim();
        let is_work = email["type"] == "work";
        let is_primary = email["primary"] == true;
        let is = |address: &Email| value.eq_ignore_ascii_case(address.as_str());
        let is_own = is(&person.email) && (is_work || email["type"].is_null());
        if is_own || (is_work && is_primary && is(&before.email)) {
            continue;
        }
        if is_work && is_primary {
            let refusal = HubError::broken(&PRIMARY_WORK_EMAIL_IS_THE_USER_NAME);
            return Err(refusal.at(format!("emails[{index}].value")).saw(value));
        }
        further.push(email.clone());
    }
    Ok(further)
}
