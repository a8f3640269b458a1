//! Admin audit events: what administrators did in an organization, out of what was done to the world.
//!
//! Nothing is kept for them: an operation leaves one event in each organization that it touches (AUD-003), told
//! with the names of that time. What nobody asked for by a token, such as a moved clock, is none.

mod gathering;
mod target;

use std::sync::Arc;

use hub_rules::audit::{AUDIT_IS_OF_ONE_YEAR, AUDIT_TIMES_ARE_IN_ORDER};
use uuid::Uuid;

use self::target::{Target, Touched};
use super::access::{self, Errand};
use super::{Deed, people};
use crate::record::{Organization, Person, RowFailure};
use crate::{Context, HubError, Id, Limits, Mark, Roles, Scope, Timestamp, World};

pub use gathering::Gathering;
pub use target::Category;

/// How many events a page has (AUD-004).
pub const PAGE: Limits = Limits { default: 100, largest: 200 };

/// Which events are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFilter {
    /// In this organization.
    pub organization: Id<Organization>,
    /// Not before this.
    pub from: Timestamp,
    /// Not after this.
    pub to: Timestamp,
    /// By this person, if given.
    pub actor: Option<Id<Person>>,
    /// Of one of these categories; empty = any.
    pub categories: Vec<Category>,
}

/// Something that an administrator did in an organization.
#[derive(Debug, Clone)]
pub struct AuditEvent {
    /// Its own id.
    pub id: Uuid,
    /// The place of the operation among all, which parts events of one time.
    pub place: u128,
    /// When.
    pub at: Timestamp,
    /// Who did it; somebody who is no user of the hub has a stand-in.
    pub actor: Arc<Person>,
    /// The roles that he did it with.
    pub roles: Roles,
    /// The name of his organization.
    pub actor_organization: Box<str>,
    /// What was asked for, such as `provision subscriber`.
    pub operation: Box<str>,
    /// What kind of thing changed.
    pub category: Category,
    /// The word for the kind of the resource.
    pub target_kind: &'static str,
    /// The resource; of a phone number, none.
    pub target: Option<Uuid>,
    /// Its name.
    pub target_name: Box<str>,
    /// The name of the organization in which it was done.
    pub organization_name: Box<str>,
    /// What did not succeed of it, with the service's number for that where known.
    pub failure: Option<(Option<&'static str>, Box<str>)>,
}

impl AuditEvent {
    fn mark(&self) -> Mark {
        Mark { time: Some(self.at), id: Uuid::from_u128(self.place) }
    }
}

/// A request for events that its caller may make: only [`permit`] gives it, and a [`Gathering`] takes no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permitted {
    filter: AuditFilter,
    /// Who is told only of the customers assigned to him.
    assigned_to: Option<Box<str>>,
}

/// Says whether the caller may ask for these events.
///
/// Refused when he does not see the organization, and when the times are in the wrong order (AUD-001) or more
/// than a year apart (AUD-002).
pub fn permit(world: &World, context: &Context<'_>, filter: AuditFilter) -> Result<Permitted, HubError> {
    access::organization(world, context, Some(filter.organization), Errand::Look, Scope::AuditRead)?;
    if filter.from > filter.to {
        return Err(HubError::broken(&AUDIT_TIMES_ARE_IN_ORDER).at("from").saw(filter.from));
    }
    if filter.from < filter.to.years_before(1) {
        return Err(HubError::broken(&AUDIT_IS_OF_ONE_YEAR).at("from").saw(filter.from));
    }
    let assigned_to = (!access::sees_all(context)).then(|| context.caller.name.clone());
    Ok(Permitted { filter, assigned_to })
}

/// Says whether the caller may know of audit events at all. Refused without the scope (API-007).
pub fn permit_at_all(context: &Context<'_>) -> Result<(), HubError> {
    access::require_scope(context, Scope::AuditRead)
}

/// The events that are wanted and of which who is told only of the customers assigned to him may know (AUD-005), in the order in
/// which they happened; `deeds` are all since `start`.
///
/// A clock may be put back, so deeds are not in the order of time: none is passed over but those behind the last wanted.
pub(super) fn events<'a>(
    start: World,
    deeds: impl Iterator<Item = Deed<'a>>,
    filter: &AuditFilter,
    assigned_to: Option<&str>,
) -> Vec<AuditEvent> {
    let is_of_the_time = |deed: &Deed<'_>| (filter.from..=filter.to).contains(&deed.at);
    let deeds: Vec<_> = deeds.collect();
    let last = deeds.iter().rposition(is_of_the_time).map_or(0, |last| last + 1);
    let mut world = start;
    let mut events = Vec::new();
    for deed in &deeds[..last] {
        let before = is_of_the_time(deed).then(|| world.clone());
        for change in deed.changes {
            world.apply(change.clone());
        }
        events.extend(before.and_then(|before| event_of(&before, &world, deed, filter, assigned_to)));
    }
    events
}

fn event_of(
    before: &World,
    after: &World,
    deed: &Deed<'_>,
    filter: &AuditFilter,
    assigned_to: Option<&str>,
) -> Option<AuditEvent> {
    let caller = deed.caller?;
    let touched = Touched { before, after };
    let target: Target = touched.most_telling(deed.changes, filter.organization)?;
    let is_of_category = filter.categories.is_empty() || filter.categories.contains(&target.category);
    let is_for_others = assigned_to.is_some_and(|name| {
        let customer =
            target.customer.as_ref().filter(|customer| customer.organization != filter.organization);
        let is_own = caller.name.eq_ignore_ascii_case(name);
        // AUD-005
        customer.is_some_and(|customer| !is_own && !customer.is_assigned_to(name))
    });
    if is_for_others {
        return None;
    }
    let actor = people::of_caller(before, caller);
    if !is_of_category || filter.actor.is_some_and(|wanted| wanted != actor.id) {
        return None;
    }
    let name_of = |id| touched.organization(id).map_or_else(Box::default, |found| found.name.clone());
    Some(AuditEvent {
        id: Uuid::new_v5(&deed.id, filter.organization.uuid().as_bytes()),
        place: deed.place,
        at: deed.at,
        actor,
        roles: caller.roles.clone(),
        actor_organization: name_of(caller.organization),
        operation: deed.operation.into(),
        category: target.category,
        target_kind: target.kind,
        target: target.id,
        target_name: target.name,
        organization_name: name_of(filter.organization),
        failure: target.failure.map(|row| (number_of(&row), row.message)),
    })
}

/// The number that the service gives to what was wrong with a row, as far as it is known.
fn number_of(row: &RowFailure) -> Option<&'static str> {
    use hub_rules::numbers::{EXTENSION_IS_FREE, EXTENSION_IS_WELL_FORMED, NUMBER_IS_E164, NUMBER_IS_FREE};
    let known = [
        (NUMBER_IS_FREE, "WXC-4201"),
        (EXTENSION_IS_FREE, "WXC-4202"),
        (NUMBER_IS_E164, "WXC-4410"),
        (EXTENSION_IS_WELL_FORMED, "WXC-4909"),
    ];
    known.iter().find(|(rule, _)| *row.rule == *rule.id).map(|(_, number)| *number)
}
