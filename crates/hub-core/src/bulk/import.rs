//! Importing a file: its plan, kept, and a task that reports it.

use std::sync::Arc;

use hub_rules::advice;
use hub_rules::bulk::ONE_IMPORT_AT_A_TIME;

use super::plan::for_each_row;
use crate::operation::access::ControlHub;
use crate::record::{ImportBehavior, Organization, Task, TaskStatus};
use crate::{Context, Draft, HubError, Id, Record};

/// Imports a file into an organization.
///
/// All changes are made now; at the organization's import speed the task shows them row by row. Refused while
/// another import runs (CSV-017), and as [`plan`](super::plan()) refuses a file.
pub fn import(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    behavior: ImportBehavior,
    file_name: Option<&str>,
    file: &[u8],
) -> Result<Arc<Task>, HubError> {
    let control_hub = ControlHub::open_to_manage_users(draft, context, organization)?;
    let running =
        draft.tasks_of(organization).next().filter(|task| task.status_at(context.now) == TaskStatus::Started);
    if let Some(task) = running {
        let advice = advice::IMPORT_DONE_AT.with("time", task.ends_at().to_string());
        return Err(HubError::broken(&ONE_IMPORT_AT_A_TIME).advise(advice));
    }
    let (mut outcomes, mut failures) = (Vec::new(), Vec::new());
    for_each_row(draft, context, &control_hub, behavior, file, |planned, _| {
        outcomes.push(planned.outcome);
        failures.extend(planned.failure());
    })?;
    let task = Arc::new(Task {
        id: context.ids.next(),
        organization,
        behavior,
        file_name: file_name.map(Box::from),
        created_by: context.caller.name.clone(),
        created: context.now,
        rows_per_second: control_hub.organization.settings.import_rows_per_second,
        outcomes: outcomes.into(),
        failures,
    });
    draft.put(Record::Task(task.clone()));
    Ok(task)
}
