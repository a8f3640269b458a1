//! Imports that take time: rows have their turn when they are due on the sandbox clock (CSV-033).
//!
//! Nothing ticks. Whoever next looks calls [`advance`], which gives every row that is due by then its turn, as of the
//! time at which it was due, so that it does not matter how often anybody looks. An import keeps no place in its file:
//! it is read from its beginning each time, and the rows that were done keep only their addresses.

use std::sync::Arc;

use hub_rules::bulk::ROW_COMES_BEFORE_ITS_TASK_ENDS;

use super::columns::Layout;
use super::parse::Sheet;
use super::plan::Planner;
use super::report::PlannedRow;
use super::row::address;
use crate::operation::access::{ControlHub, Errand};
use crate::record::{ImportFile, ImportedRows, Pace, Progress, RowFailure, RowOutcome, Task};
use crate::{Context, Draft, HubError, Ids, Key, Record, Settings, Timestamp, World};

/// To when [`advance`] goes next, if rows are due at `now`; not beyond the end of the day on which the first of them
/// is due, because some figures are those of a day.
pub fn next_step(world: &World, now: Timestamp) -> Option<Timestamp> {
    let due = world.first_due().filter(|due| *due <= now)?;
    let end_of_day = due.start_of_day() + (Timestamp::DAY_MS - 1);
    Some(now.min(end_of_day))
}

/// Gives each row that is due at `now` its turn, in the order in which they are due.
pub fn advance(draft: &mut Draft, now: Timestamp, ids: &Ids, settings: &Settings) {
    let outside = Outside { ids, settings };
    let due = draft.due_tasks().take_while(|(due, _)| *due <= now);
    let files: Vec<_> =
        due.filter_map(|(due, task)| Some((due, draft.import_file(task.id)?.clone()))).collect();
    let open = |draft: &Draft, file, at| Running::open(draft, file, outside, at);
    let mut all: Vec<_> = files.iter().filter_map(|(due, file)| open(draft, file, *due)).collect();
    while let Some((due, next)) = first_due(&mut all, now) {
        if due >= next.valid_until {
            next.save(draft);
            match open(draft, next.file, due) {
                Some(anew) => *next = anew,
                None => break,
            }
        }
        next.turn(draft, due);
    }
    all.iter_mut().for_each(|running| running.save(draft));
}

fn first_due<'a, 'f>(all: &'a mut [Running<'f>], now: Timestamp) -> Option<(Timestamp, &'a mut Running<'f>)> {
    let due = all.iter_mut().filter_map(|running| Some((running.task.due()?, running)));
    due.filter(|(due, _)| *due <= now).min_by_key(|(due, running)| (*due, running.task.id))
}

/// A task with what became of its rows so far, as it will be when it has ended.
pub(crate) fn so_far(world: &World, task: &Arc<Task>) -> Arc<Task> {
    if !task.has_rows_to_come() {
        return task.clone();
    }
    let mut whole = Task::clone(task);
    take_over(world, &mut whole);
    Arc::new(whole)
}

/// What the rows get from outside besides the world and their time.
#[derive(Clone, Copy)]
struct Outside<'a> {
    ids: &'a Ids,
    settings: &'a Settings,
}

impl<'a> Outside<'a> {
    /// The context of the rows of a file that are due at this time.
    fn context(self, file: &'a ImportFile, now: Timestamp) -> Context<'a> {
        Context { now, caller: &file.caller, ids: self.ids.at(now), settings: self.settings, outcomes: &[] }
    }
}

/// A running import whose file is open at the next row.
struct Running<'f> {
    task: Task,
    progress: Progress,
    file: &'f ImportFile,
    outside: Outside<'f>,
    sheet: Option<Sheet<'f>>,
    /// What applies rows, or why none is applied at present.
    planner: Result<Planner<'f>, HubError>,
    /// Until when the planner sees the customer and its locations as they are, if nobody changes them.
    valid_until: Timestamp,
    /// What became of rows since it was opened.
    outcomes: Vec<RowOutcome>,
    failures: Vec<Arc<RowFailure>>,
}

impl<'f> Running<'f> {
    /// Opens the file of a running import as the hub is at `at`, and passes over the rows that were done.
    ///
    /// What would refuse the file if it were uploaded now refuses each row.
    fn open(draft: &Draft, file: &'f ImportFile, outside: Outside<'f>, at: Timestamp) -> Option<Self> {
        let task = Task::clone(draft.task(file.task)?);
        let context = outside.context(file, at);
        let opened = ControlHub::open_for(draft, &context, task.organization, Errand::ManageUsers);
        let opened = opened.and_then(|control_hub| {
            let layout = Layout::of(&control_hub, at);
            let sheet = Sheet::open(file.content.as_bytes(), &layout)?;
            let planner = Planner::new(draft, &context, &control_hub, task.behavior, &layout, &sheet);
            Ok((sheet, planner))
        });
        let (sheet, planner) = match opened {
            Ok((sheet, planner)) => (Some(sheet), Ok(planner)),
            Err(refusal) => (unchecked(&file.content), Err(refusal)),
        };
        let customer = draft.customer_of(task.organization).and_then(|customer| customer.changes_after(at));
        let locations = draft.locations_of(task.organization).map(|location| location.created);
        let valid_until = locations.filter(|created| *created > at).chain(customer).min();
        let valid_until = valid_until.unwrap_or(Timestamp::MAX);
        let (outcomes, failures) = (Vec::new(), Vec::new());
        let progress = task.progress?;
        let mut running =
            Running { task, progress, file, outside, sheet, planner, valid_until, outcomes, failures };
        running.pass_over(draft);
        Some(running)
    }

    /// Passes over the rows that were done; the addresses of those that were not refused stay taken (CSV-012).
    fn pass_over(&mut self, draft: &Draft) {
        let Some(sheet) = &mut self.sheet else { return };
        for outcome in draft.imported_rows(self.task.id).flat_map(|rows| rows.outcomes.iter()) {
            let Some(row) = sheet.next_row() else { return };
            if let (Ok(planner), true) = (&mut self.planner, *outcome != RowOutcome::Failed)
                && let Ok(email) = address(&row)
            {
                drop(planner.addresses.reserve(&row, email));
            }
        }
    }

    /// Gives the next row its turn, as of the time at which it is due.
    fn turn(&mut self, draft: &mut Draft, due: Timestamp) {
        let row = self.sheet.as_mut().and_then(Sheet::next_row);
        match row {
            Some(_) => self.progress.done += 1,
            None => self.progress.total = self.progress.done,
        }
        if self.progress.done >= self.progress.total {
            self.progress.pace = Pace::Completed { at: due };
        }
        self.task.progress = Some(self.progress);
        let Some(row) = row else { return };
        let planned = match &mut self.planner {
            Ok(planner) => {
                planner.context = self.outside.context(self.file, due);
                planner.row(draft, &row)
            }
            Err(refusal) => Err(refusal.clone()),
        };
        let planned = planned.unwrap_or_else(|refusal| PlannedRow::refused(&row, refusal));
        self.outcomes.push(planned.outcome);
        self.failures.extend(planned.failure(&row));
    }

    /// Writes what became of the rows that had their turn.
    fn save(&mut self, draft: &mut Draft) {
        if !self.outcomes.is_empty() {
            let rows = ImportedRows {
                task: self.task.id,
                from: self.progress.done - self.outcomes.len() as u64,
                outcomes: std::mem::take(&mut self.outcomes).into(),
                failures: std::mem::take(&mut self.failures),
            };
            draft.put(Record::ImportedRows(Arc::new(rows)));
            draft.put(Record::Task(Arc::new(self.task.clone())));
        }
        if !self.task.has_rows_to_come() {
            let mut whole = self.task.clone();
            take_over(draft, &mut whole);
            close(draft, whole);
        }
    }
}

/// Ends a task before its time: the rows that are left are among the errors (CSV-038).
pub(crate) fn abandon(draft: &mut Draft, task: &Task, at: Timestamp) -> Arc<Task> {
    let mut ended = Task::clone(task);
    take_over(draft, &mut ended);
    if let Some(mut sheet) = draft.import_file(task.id).and_then(|file| unchecked(&file.content)) {
        ended.header = sheet.header();
        let mut left = 0;
        while let Some(row) = sheet.next_row() {
            left += 1;
            if left > ended.outcomes.len() {
                let refusal = HubError::broken(&ROW_COMES_BEFORE_ITS_TASK_ENDS);
                ended.failures.extend(PlannedRow::refused(&row, refusal).failure(&row));
            }
        }
    }
    if let Some(progress) = &mut ended.progress {
        progress.pace = Pace::Cancelled { at };
    }
    close(draft, ended)
}

/// How many rows a file has that an organization took.
pub(crate) fn rows_of(file: &str) -> u64 {
    let mut sheet = unchecked(file);
    let mut rows = 0;
    while sheet.as_mut().and_then(Sheet::next_row).is_some() {
        rows += 1;
    }
    rows
}

/// A file that was accepted, though its columns may be no longer those of the organization.
fn unchecked(file: &str) -> Option<Sheet<'_>> {
    Sheet::open(file.as_bytes(), &Layout::of_any_organization()).ok()
}

/// Makes the rows that were done the task's own.
fn take_over(world: &World, task: &mut Task) {
    let done: Vec<_> = world.imported_rows(task.id).cloned().collect();
    task.outcomes = done.iter().flat_map(|rows| rows.outcomes.iter().copied()).collect();
    task.failures = done.iter().flat_map(|rows| rows.failures.iter().cloned()).collect();
    let file = world.import_file(task.id).filter(|_| !task.failures.is_empty());
    if let Some(sheet) = file.and_then(|file| unchecked(&file.content)) {
        task.header = sheet.header();
    }
}

/// Puts a task that has ended in the place of all that it kept.
fn close(draft: &mut Draft, mut task: Task) -> Arc<Task> {
    if task.failures.is_empty() {
        task.header = Box::default();
    }
    let task = Arc::new(task);
    let parts: Vec<_> =
        draft.imported_rows(task.id).map(|rows| Key::ImportedRows(task.id, rows.from)).collect();
    parts.into_iter().chain([Key::ImportFile(task.id)]).for_each(|key| draft.remove(key));
    draft.put(Record::Task(task.clone()));
    task
}
