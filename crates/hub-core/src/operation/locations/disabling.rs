//! Disabling a location for calling: the check beforehand, the job, and what became of it.
//!
//! Whether the job fails is decided when it is asked for, by the same check (LOC-017); what a client sees of it follows
//! from the clock (LOC-016). Calling features and trunks, which would have to be forced, are not simulated.

use std::sync::Arc;

use hub_rules::locations::DISABLING_JOB_EXISTS;

use super::calling_settings::enabled;
use crate::operation::access::{self, Errand};
use crate::operation::people;
use crate::record::{CallingObstacle, DisableCallingJob, Location, Organization};
use crate::{
    Context, Draft, HubError, Id, Key, Limits, Mark, Order, Page, PageRequest, Record, Scope, World,
};

/// How many jobs a page has.
pub const PAGE: Limits = Limits { default: 20, largest: 100 };

/// What disabling a location would run into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisablingCheck {
    /// What it would fail of.
    pub obstacles: Vec<CallingObstacle>,
    /// Whether phone numbers would go with it (LOC-018).
    pub has_numbers: bool,
}

/// Says what disabling a location would run into. Refused for a location that does not call (LOC-006).
pub fn precheck(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
) -> Result<DisablingCheck, HubError> {
    let scope = Scope::CallingRead;
    let (location, _) = enabled(world, context, organization, id, Errand::Administer, scope)?;
    let has_numbers = world.numbers_of(id).next().is_some();
    Ok(DisablingCheck { obstacles: obstacles(world, context, location), has_numbers })
}

fn obstacles(world: &World, context: &Context<'_>, location: &Location) -> Vec<CallingObstacle> {
    let is_another = |other: &Arc<Location>| {
        other.id != location.id && other.calling.is_some() && other.created <= context.now
    };
    let is_last = !world.locations_of(location.organization).any(is_another);
    let people = world.people_of(location.organization).filter(|it| it.location == Some(location.id)).count();
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    let last = is_last.then_some(CallingObstacle::LastLocation);
    last.into_iter().chain((people > 0).then_some(CallingObstacle::People(people))).collect()
}

/// Begins to disable a location for calling. Refused for one that does not call (LOC-006).
pub fn disable(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
) -> Result<Arc<DisableCallingJob>, HubError> {
    let scope = Scope::CallingWrite;
    let (location, _) = enabled(draft, context, organization, id, Errand::Administer, scope)?;
    let location = location.clone();
    let job = Arc::new(DisableCallingJob {
        id: context.ids.next(),
        organization: location.organization,
        location: id,
        location_name: location.name.clone(),
        created_by: people::of_caller(draft, context.caller).id,
        home: context.caller.organization,
        created: context.now,
        ready_at: context.now + context.settings.provisioning_delay_ms,
        obstacles: obstacles(draft, context, &location).into(),
    });
    draft.put(Record::DisableCallingJob(job.clone()));
    if job.obstacles.is_empty() {
        let numbers: Vec<_> = draft.numbers_of(id).map(|number| number.number).collect();
        numbers.into_iter().for_each(|number| draft.remove(Key::Number(number)));
        draft.put(Record::Location(Location { calling: None, ..Location::clone(&location) }.into()));
    }
    Ok(job)
}

/// Lists the jobs of an organization, newest first.
pub fn jobs(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    wanted: PageRequest,
) -> Result<Page<Arc<DisableCallingJob>>, HubError> {
    let scope = Scope::CallingRead;
    let organization = access::organization(world, context, organization, Errand::Administer, scope)?.id;
    let ids = wanted.ids(Order::NewestFirst);
    let jobs = world.disable_calling_jobs().rev();
    let found = jobs.filter(|job| job.organization == organization && ids.contains(&job.id));
    Ok(Page::of(found, wanted, Order::NewestFirst, |job| Mark::of(job.id)))
}

/// The last job of a location. Refused for who may not administer.
pub fn last_job<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
) -> Result<Option<&'a Arc<DisableCallingJob>>, HubError> {
    let scope = Scope::CallingRead;
    let organization = access::organization(world, context, organization, Errand::Administer, scope)?.id;
    let is_of_it =
        |job: &&Arc<DisableCallingJob>| job.organization == organization && job.location == location;
    Ok(world.disable_calling_jobs().rev().find(is_of_it))
}

/// One job (LOC-019).
pub fn job<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<DisableCallingJob>,
) -> Result<&'a Arc<DisableCallingJob>, HubError> {
    let is_asked_for = |job: &&Arc<DisableCallingJob>| {
        organization.is_none_or(|organization| job.organization == organization)
    };
    let found = world.disable_calling_job(id).filter(is_asked_for).map(|job| (job, job.organization));
    let unknown = || HubError::broken(&DISABLING_JOB_EXISTS).at("jobId");
    access::record(world, context, Errand::Administer, Scope::CallingRead, found, unknown)
}
