//! Users of an organization as directories see them: SCIM documents.
//!
//! Separate from `people`, whose requests have fields of their own. A document is made from the person's record and
//! written back into it; between the two, filters and patches work on documents alone. What the hub does not act upon
//! it keeps and shows again.

mod show;
mod write;

use std::sync::Arc;

use hub_rules::customers::RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS;
use hub_rules::scim::USER_IS_KNOWN;
use serde_json::Value;

use super::access::{self, Errand};
use super::{automatic_licenses, people};
use crate::record::{Organization, Person};
use crate::scim::schema::USER;
use crate::scim::{Document, Filter, PatchOperation, lawful, patch as patched};
use crate::{Context, Draft, Email, HubError, Id, Limits, Record, Scope, World};

pub(super) use show::version;

/// How many users a page has (SCM-014).
pub const PAGE: Limits = Limits { default: 100, largest: 500 };

/// Which users are wanted, in which order, and which part of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserSearch {
    /// A condition on the users' documents.
    pub filter: Option<Filter>,
    /// What they are sorted by.
    pub sort: UserSort,
    /// Whether the last comes first.
    pub is_descending: bool,
    /// The first of the page, counted from 0.
    pub start: usize,
    /// How many the page has at most.
    pub count: usize,
    /// Whether documents name the groups that users are in.
    pub has_groups: bool,
}

/// What users are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserSort {
    /// The id, which sorts by creation.
    Id,
    /// The address.
    UserName,
    /// The time of the last change.
    LastModified,
}

/// A page of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDocuments {
    /// How many there are on all pages together.
    pub total: usize,
    /// Those of the page.
    pub documents: Vec<Document>,
}

fn open<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
    errand: Errand,
) -> Result<&'a Arc<Organization>, HubError> {
    let scope = match errand {
        Errand::Look => access::any_of(context, &[Scope::IdentityPeopleRead, Scope::IdentityPeopleWrite]),
        _ => Scope::IdentityPeopleWrite,
    };
    access::organization(world, context, Some(organization), errand, scope)
}

/// Finds users (SCM-014). Refused when the caller does not see the organization (CUS-015).
pub fn search(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    search: &UserSearch,
) -> Result<FoundDocuments, HubError> {
    open(world, context, organization, Errand::Look)?;
    let demanded = search.filter.as_ref().and_then(|filter| filter.demanded("userName"));
    let candidates: Vec<&Arc<Person>> = match demanded {
        Some(name) => {
            let named = Email::parse(name).ok().and_then(|email| world.person_by_email(&email));
            named.into_iter().filter(|person| person.organization == organization).collect()
        }
        None => world.people_of(organization).collect(),
    };
    let is_wanted = |person: &&Arc<Person>| match &search.filter {
        None => true,
        Some(filter) => filter.holds(&show::looked_at(world, person, filter)),
    };
    let mut found: Vec<_> = candidates.into_iter().filter(is_wanted).collect();
    match search.sort {
        UserSort::Id => {}
        UserSort::UserName => found.sort_by(|a, b| a.email.cmp(&b.email)),
        UserSort::LastModified => found.sort_by_key(|person| (person.last_modified(), person.id)),
    }
    if search.is_descending {
        found.reverse();
    }
    let page = found.iter().skip(search.start).take(search.count);
    let documents = page.map(|person| show::document(world, person, search.has_groups)).collect();
    Ok(FoundDocuments { total: found.len(), documents })
}

/// Shows a user. Refused when the organization has none of this id (SCM-001).
pub fn get(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
) -> Result<Document, HubError> {
    open(world, context, organization, Errand::Look)?;
    Ok(show::document(world, user(world, organization, id)?, false))
}

/// Shows the caller, whoever he is, with the organization that he belongs to.
pub fn me(world: &World, context: &Context<'_>) -> Result<(Id<Organization>, Document), HubError> {
    let scope = access::any_of(context, &[Scope::IdentityPeopleRead, Scope::IdentityPeopleWrite]);
    access::require_scope(context, scope)?;
    let person = people::of_caller(world, context.caller);
    Ok((person.organization, show::document(world, &person, false)))
}

fn user(world: &World, organization: Id<Organization>, id: Id<Person>) -> Result<&Arc<Person>, HubError> {
    let found = world.person(id).filter(|person| person.organization == organization);
    found.ok_or_else(|| HubError::broken(&USER_IS_KNOWN).at("userId"))
}

/// Adds a user, who has not signed in yet and gets the automatic licences (USR-016).
///
/// Refused when the document is not lawful, the address is taken (PPL-014), the primary work address is another one
/// (SCM-008), the manager is not of the organization (SCM-009), or a role cannot be given (SCM-010).
pub fn create(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    document: &Document,
) -> Result<Document, HubError> {
    open(draft, context, organization, Errand::ManageUsers)?;
    let document = lawful(document, &USER, context.settings.is_strict)?;
    let email = write::user_name(&document)?;
    let person = Person::new(context.ids.next(), organization, email, context.now);
    let person = write::written(draft, context, &person, &document)?;
    let person = automatic_licenses::keep_new(draft, context, person)?;
    Ok(show::document(draft, &person, false))
}

/// Writes a document in the place of a user's (SCM-012). Refused as a new one would be.
pub fn replace(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
    document: &Document,
) -> Result<Document, HubError> {
    let held_back = held_back(draft, context, organization)?;
    let before = user(draft, organization, id)?.clone();
    let document = lawful(document, &USER, context.settings.is_strict)?;
    keep(draft, context, &before, &document, held_back)
}

/// Changes a user's document by operations. Refused besides when one of them cannot be done (SCM-003 to SCM-007).
pub fn patch(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
    body: &Document,
) -> Result<Document, HubError> {
    let held_back = held_back(draft, context, organization)?;
    let before = user(draft, organization, id)?.clone();
    let operations = PatchOperation::list(body)?;
    let mut document = patched(&show::document(draft, &before, false), &USER, &operations)?;
    document.entry("roles").or_insert_with(|| Value::Array(Vec::new())); // removed by the patch, not left out
    let document = lawful(&document, &USER, context.settings.is_strict)?;
    keep(draft, context, &before, &document, held_back)
}

/// What holds the caller back from changing more of users than their names (CUS-029), if he may do that at least.
fn held_back(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<Option<HubError>, HubError> {
    match open(world, context, organization, Errand::ManageUsers) {
        Ok(_) => Ok(None),
        Err(refusal) if refusal.rule == &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS => Ok(Some(refusal)),
        Err(refusal) => Err(refusal),
    }
}

fn keep(
    draft: &mut Draft,
    context: &Context<'_>,
    before: &Person,
    document: &Document,
    held_back: Option<HubError>,
) -> Result<Document, HubError> {
    let mut person = write::written(draft, context, before, document)?;
    if let Some(refusal) = held_back.filter(|refusal| !people::allows_renaming(refusal, before, &person)) {
        return Err(refusal);
    }
    if person != *before {
        person.modified = context.now;
        draft.put(Record::Person(person.clone().into()));
        people::readdress(draft, before, &person.email);
    }
    Ok(show::document(draft, &person, false))
}

/// Removes a user with all that he has.
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
) -> Result<(), HubError> {
    open(draft, context, organization, Errand::ManageUsers)?;
    let person = user(draft, organization, id)?.clone();
    people::take_away(draft, context, &person);
    Ok(())
}
