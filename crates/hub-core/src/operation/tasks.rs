//! Import tasks: looking at them. They are made by `bulk::import`.

use std::sync::Arc;

use hub_rules::bulk::TASK_IS_KNOWN;

use super::access::ControlHub;
use crate::record::{Organization, Task};
use crate::{Context, HubError, Id, Mark, Order, Page, PageRequest, World};

/// Lists the tasks of an organization, newest first.
pub fn list(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    wanted: PageRequest,
) -> Result<Page<Arc<Task>>, HubError> {
    ControlHub::open(world, context, organization)?;
    Ok(Page::of(world.tasks_of(organization), wanted, Order::NewestFirst, |task| Mark::of(task.id)))
}

/// Gives one task. Refused when the organization has no such task (CSV-028).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Task>,
) -> Result<&'a Arc<Task>, HubError> {
    ControlHub::open(world, context, organization)?;
    let task = world.task(id).filter(|task| task.organization == organization);
    task.ok_or_else(|| HubError::broken(&TASK_IS_KNOWN))
}
