//! Who sees which people, and how they are found.

use std::sync::Arc;

use hub_rules::people::{AT_MOST_85_IDS, PERSON_IS_KNOWN, ROLES_FIT_THE_ORGANIZATION, SEARCH_SAYS_WHOM};
use hub_rules::sights;

use crate::operation::access::{self, Errand};
use crate::operation::{people, roles};
use crate::record::{Location, Organization, Person};
use crate::{
    Context, Email, HubError, Id, Limits, Mark, Order, Page, PageRequest, Role, Scope, Timestamp, World,
};

const READING: &[Scope] = &[Scope::OwnPersonRead, Scope::PeopleRead];
const MOST_IDS: usize = 85;

/// How many people a page has (PPL-011).
pub const PAGE: Limits = Limits::at_most(100);
/// The same, of the people of one location.
pub const PAGE_OF_A_LOCATION: Limits = Limits::at_most(50);

/// Which people are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Their address, in any case.
    pub email: Option<Box<str>>,
    /// What the shown name begins with, in any case.
    pub display_name: Option<Box<str>>,
    /// Exactly these.
    pub ids: Vec<Id<Person>>,
    /// Their organization; the caller's own if neither address nor ids are given.
    pub organization: Option<Id<Organization>>,
    /// Ids of roles of which they have one.
    pub roles: Vec<Box<str>>,
    /// Where they call from.
    pub location: Option<Id<Location>>,
}

/// What a search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPeople {
    /// The people, oldest first (API-018), or in the order of the ids.
    pub page: Page<Arc<Person>>,
    /// The positions of the ids that are nobody's.
    pub missing: Vec<usize>,
}

/// The caller himself. Refused without a scope for people (API-007).
pub fn me(world: &World, context: &Context<'_>) -> Result<Arc<Person>, HubError> {
    access::require_scope(context, access::any_of(context, READING))?;
    Ok(people::of_caller(world, context.caller))
}

/// Who was added until then has SIP addresses by now (PPL-015).
pub fn has_sip_if_added_until(context: &Context<'_>) -> Timestamp {
    context.now + -context.settings.provisioning_delay_ms
}

/// The person with this id. Refused when the caller does not see him (PPL-001).
pub fn get(world: &World, context: &Context<'_>, id: Id<Person>) -> Result<Arc<Person>, HubError> {
    access::require_scope(context, access::any_of(context, READING))?;
    let caller = people::of_caller(world, context.caller);
    if caller.id == id {
        return Ok(caller);
    }
    let found = world.person(id).filter(|person| sees(world, context, person));
    found.cloned().ok_or_else(|| HubError::broken(&PERSON_IS_KNOWN))
}

/// Whether the caller may know of the person: an administrator sees those of the organizations that he sees,
/// anybody else those of his own.
pub(super) fn sees(world: &World, context: &Context<'_>, person: &Person) -> bool {
    if !access::is_administrator(context) {
        return person.organization == context.caller.organization;
    }
    let organization = world.organization(person.organization);
    organization.is_some_and(|organization| access::sees_organization(world, context, organization))
}

impl PersonFilter {
    /// How many people a page of those wanted has.
    pub fn limits(&self) -> Limits {
        if self.location.is_some() { PAGE_OF_A_LOCATION } else { PAGE }
    }
}

/// Finds people.
///
/// Refused for who is no administrator and does not say whom (PPL-004), with too many ids (PPL-008), with a role
/// that is none (PPL-007), and for an organization that the caller does not see (CUS-015).
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &PersonFilter,
    wanted: PageRequest,
) -> Result<FoundPeople, HubError> {
    access::require_scope(context, access::any_of(context, READING))?;
    if !access::is_administrator(context) && filter.email.is_none() && filter.display_name.is_none() {
        return Err(HubError::broken(&SEARCH_SAYS_WHOM).at("email"));
    }
    if filter.ids.len() > MOST_IDS {
        let refusal = HubError::broken(&AT_MOST_85_IDS).at("id");
        return Err(refusal.saw_that(sights::IDS.with("ids", filter.ids.len())));
    }
    let is_wanted = Wanted::of(filter)?;
    let organization = match filter.organization {
        Some(id) => Some(organization(world, context, id)?),
        None => None,
    };
    let is_found = |person: &&Arc<Person>| {
        organization.is_none_or(|id| person.organization == id)
            && sees(world, context, person)
            && is_wanted.has(person)
    };
    if !filter.ids.is_empty() {
        let found = |id: &Id<Person>| world.person(*id).filter(is_found).cloned();
        let found: Vec<_> = filter.ids.iter().map(found).collect();
        let missing = (0..found.len()).filter(|at| found[*at].is_none()).collect();
        let items = found.into_iter().flatten().collect();
        return Ok(FoundPeople { page: Page { items, next: None }, missing });
    }
    if let Some(email) = &is_wanted.email {
        let items = world.person_by_email(email).filter(is_found).cloned().into_iter().collect();
        return Ok(FoundPeople { page: Page { items, next: None }, missing: Vec::new() });
    }
    let organization = organization.unwrap_or(context.caller.organization);
    let people = world.people_among(organization, wanted.ids(Order::OldestFirst));
    let found = people.filter(|person| is_wanted.has(person));
    let page = Page::of(found, wanted, Order::OldestFirst, |person| Mark::of(person.id));
    Ok(FoundPeople { page, missing: Vec::new() })
}

/// The organization to look in, which for anybody but administrators is his own.
fn organization(
    world: &World,
    context: &Context<'_>,
    id: Id<Organization>,
) -> Result<Id<Organization>, HubError> {
    if id == context.caller.organization && !access::is_administrator(context) {
        return Ok(id);
    }
    let scope = access::any_of(context, READING);
    access::organization(world, context, Some(id), Errand::Look, scope).map(|organization| organization.id)
}

/// A filter, read.
struct Wanted {
    email: Option<Email>,
    /// In lower case.
    name: Option<String>,
    roles: Vec<Role>,
    location: Option<Id<Location>>,
}

impl Wanted {
    fn of(filter: &PersonFilter) -> Result<Self, HubError> {
        let email = filter.email.as_deref().map(Email::parse).transpose();
        let role = |id: &str| {
            let refused = || HubError::broken(&ROLES_FIT_THE_ORGANIZATION).at("roles").saw(id);
            roles::by_id(id).map(|entry| entry.role).ok_or_else(refused)
        };
        Ok(Wanted {
            email: email.map_err(|refusal| refusal.at("email"))?,
            name: filter.display_name.as_ref().map(|name| name.trim().to_lowercase()),
            roles: filter.roles.iter().map(|id| role(id)).collect::<Result<_, _>>()?,
            location: filter.location,
        })
    }

    fn has(&self, person: &Person) -> bool {
        self.email.as_ref().is_none_or(|email| person.email == *email)
            // PPL-016.
            && self.name.as_ref().is_none_or(|name| person.shown_name().to_lowercase().starts_with(name))
            && (self.roles.is_empty() || person.roles.has_any(&self.roles))
            && self.location.is_none_or(|location| person.location == Some(location))
    }
}
