//! Import tasks: looking at them, pausing, resuming and cancelling them. They are made by `bulk::import`, and go on by
//! `bulk::advance`.

use std::sync::Arc;

use hub_rules::bulk::{
    TASK_IS_KNOWN, TASK_TO_CANCEL_HAS_NOT_ENDED, TASK_TO_PAUSE_IS_STARTED, TASK_TO_RESUME_IS_STOPPED,
};

use super::access::{ControlHub, Errand};
use crate::bulk;
use crate::record::{Organization, Pace, Progress, Task};
use crate::{Context, Draft, HubError, Id, Mark, Order, Page, PageRequest, Record, World};

/// Lists the tasks of an organization, newest first.
pub fn list(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    wanted: PageRequest,
) -> Result<Page<Arc<Task>>, HubError> {
    ControlHub::open(world, context, organization)?;
    let page = Page::of(world.tasks_of(organization), wanted, Order::NewestFirst, |task| Mark::of(task.id));
    let items = page.items.iter().map(|task| bulk::so_far(world, task)).collect();
    Ok(Page { items, ..page })
}

/// The task of an organization that has rows to come, running or paused; there is one at a time (CSV-017).
pub fn unfinished(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<Option<Arc<Task>>, HubError> {
    ControlHub::open(world, context, organization)?;
    Ok(world.unfinished_task_of(organization).map(|task| bulk::so_far(world, task)))
}

/// Gives one task. Refused when the organization has no such task (CSV-028).
pub fn get(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Task>,
) -> Result<Arc<Task>, HubError> {
    ControlHub::open(world, context, organization)?;
    Ok(bulk::so_far(world, known(world, organization, id)?))
}

/// Pauses a task: no row has its turn until it is resumed. For who may import.
///
/// Refused when the organization has no such task (CSV-028) or it does not go on (CSV-035).
pub fn pause(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Task>,
) -> Result<Arc<Task>, HubError> {
    let task = to_manage(draft, context, organization, id)?;
    match task.progress {
        Some(Progress { pace: Pace::Running { .. }, .. }) => {}
        _ => return Err(HubError::broken(&TASK_TO_PAUSE_IS_STARTED).saw(task.status().name())),
    }
    Ok(set_pace(draft, &task, Pace::Paused { at: context.now }))
}

/// Resumes a paused task: its rows go on at its speed. For who may import.
///
/// Refused when the organization has no such task (CSV-028) or it is not paused (CSV-036).
pub fn resume(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Task>,
) -> Result<Arc<Task>, HubError> {
    let task = to_manage(draft, context, organization, id)?;
    match task.progress {
        Some(Progress { pace: Pace::Paused { .. }, done, .. }) => {
            Ok(set_pace(draft, &task, Pace::Running { since: context.now, done }))
        }
        _ => Err(HubError::broken(&TASK_TO_RESUME_IS_STOPPED).saw(task.status().name())),
    }
}

/// Cancels a task: what was done stays, the other rows are among its errors (CSV-038). For who may import.
///
/// Refused when the organization has no such task (CSV-028) or it has ended (CSV-037).
pub fn cancel(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Task>,
) -> Result<Arc<Task>, HubError> {
    let task = to_manage(draft, context, organization, id)?;
    if !task.has_rows_to_come() {
        return Err(HubError::broken(&TASK_TO_CANCEL_HAS_NOT_ENDED).saw(task.status().name()));
    }
    Ok(bulk::abandon(draft, &task, context.now))
}

fn known(world: &World, organization: Id<Organization>, id: Id<Task>) -> Result<&Arc<Task>, HubError> {
    let task = world.task(id).filter(|task| task.organization == organization);
    task.ok_or_else(|| HubError::broken(&TASK_IS_KNOWN))
}

fn to_manage(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Task>,
) -> Result<Arc<Task>, HubError> {
    ControlHub::open_for(world, context, organization, Errand::ManageUsers)?;
    known(world, organization, id).cloned()
}

fn set_pace(draft: &mut Draft, task: &Arc<Task>, pace: Pace) -> Arc<Task> {
    let progress = task.progress.map(|progress| Progress { pace, ..progress });
    let changed = Arc::new(Task { progress, ..Task::clone(task) });
    draft.put(Record::Task(changed.clone()));
    bulk::so_far(draft, &changed)
}
