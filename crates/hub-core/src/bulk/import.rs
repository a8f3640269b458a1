//! Importing a file: its plan, kept, and a task that reports it. Without a speed all of it happens now; with one,
//! [`running`](super::running) goes on from here.

use std::sync::Arc;

use hub_rules::advice;
use hub_rules::bulk::ONE_IMPORT_AT_A_TIME;

use super::check::check_whole;
use super::columns::Layout;
use super::plan::{Additions, for_each_row};
use crate::operation::access::{ControlHub, Errand};
use crate::record::{ImportBehavior, ImportFile, Organization, Pace, Progress, Task};
use crate::{Context, Draft, HubError, Id, Record, World};

/// Imports a file into an organization.
///
/// Without an import speed all changes are made now; with one each row has its turn later (CSV-033). Refused while
/// another import runs or is paused (CSV-017), and as [`plan`](super::plan()) refuses a file.
pub fn import(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    behavior: ImportBehavior,
    file_name: Option<&str>,
    file: &[u8],
) -> Result<Arc<Task>, HubError> {
    let control_hub = ControlHub::open_for(draft, context, organization, Errand::ManageUsers)?;
    check_nothing_runs(draft, organization)?;
    let speed = control_hub.organization.settings.import_rows_per_second;
    let progress = match speed {
        None => None,
        Some(_) => Some(begun(context, &control_hub, file)?),
    };
    let (mut outcomes, mut failures, mut header) = (Vec::new(), Vec::new(), Box::default());
    if progress.is_none() {
        header =
            for_each_row(draft, context, &control_hub, behavior, file, Additions::Hidden, |planned, row| {
                outcomes.push(planned.outcome);
                failures.extend(planned.failure(row));
            })?;
    }
    let task = Arc::new(Task {
        id: context.ids.next(),
        organization,
        behavior,
        file_name: file_name.map(Box::from),
        created_by: context.caller.name.clone(),
        created: context.now,
        rows_per_second: speed,
        outcomes: outcomes.into(),
        header: if failures.is_empty() { Box::default() } else { header },
        failures,
        progress,
    });
    draft.put(Record::Task(task.clone()));
    if progress.is_some() {
        let content = String::from_utf8_lossy(file).into();
        let file = ImportFile { task: task.id, caller: context.caller.clone(), content };
        draft.put(Record::ImportFile(Arc::new(file)));
    }
    Ok(task)
}

/// Refuses a second import in an organization (CSV-017).
fn check_nothing_runs(world: &World, organization: Id<Organization>) -> Result<(), HubError> {
    let Some(task) = world.unfinished_task_of(organization) else { return Ok(()) };
    let advice = match task.ends_at() {
        Some(end) => advice::IMPORT_DONE_AT.with("time", end.to_string()),
        None => advice::RESUME_OR_CANCEL.with("task", task.id.to_string()),
    };
    Err(HubError::broken(&ONE_IMPORT_AT_A_TIME).advise(advice))
}

/// The beginning of an import that takes time. Refused as a whole file is, before there is a task.
fn begun(context: &Context<'_>, control_hub: &ControlHub, file: &[u8]) -> Result<Progress, HubError> {
    let layout = Layout::of(control_hub, context.now);
    let total = check_whole(file, &layout, context.settings.max_rows)?;
    Ok(Progress { total, done: 0, pace: Pace::Running { since: context.now, done: 0 } })
}
