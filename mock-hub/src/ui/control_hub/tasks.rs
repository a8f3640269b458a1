//! Tasks: the imports of an organization, newest first. One of them is in `task`, its refused rows in `errors`.

mod cancel;
mod errors;
mod task;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use hub_core::operation::tasks;
use hub_core::record::{Task, TaskStatus};
use maud::{Markup, html};

use crate::app::App;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::table;
use crate::ui::visitor::{Seen, Visitor};

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/tasks", get(page))
        .route("/organizations/{org}/tasks/{task}", get(task::page))
        .route("/organizations/{org}/tasks/{task}/errors.csv", get(errors::file))
        .route("/organizations/{org}/tasks/{task}/pause", post(task::pause))
        .route("/organizations/{org}/tasks/{task}/resume", post(task::resume))
        .route("/organizations/{org}/tasks/{task}/cancel", get(cancel::page).post(cancel::confirmed))
}

fn path(org: &str, task: &str) -> String {
    format!("/organizations/{org}/tasks/{task}")
}

async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let wanted = table::wanted(&visitor);
    let page = visitor.read(|world, context| tasks::list(world, context, wire_id::read(&org), wanted))?;
    let body = html! {
        @if page.items.is_empty() && wanted.offset == 0 {
            (table::empty(&visitor, "tasks-none", Some((&format!("/organizations/{org}/users/csv"), "csv-title"))))
        } @else {
            (list(&visitor, &org, &page.items))
            (table::pager(&visitor, wanted, page.items.len(), page.next.is_some()))
        }
    };
    let title = visitor.text("menu-tasks");
    Ok(Sheet { console: Console::of_path(&visitor), title: &title, body }.show(&visitor))
}

/// A table of tasks, which goes on as long as one of them does.
pub(super) fn list(visitor: &Visitor, org: &str, tasks: &[Arc<Task>]) -> Markup {
    let rows: Vec<_> = tasks.iter().map(|task| row(visitor, org, task)).collect();
    let headings = ["heading-task", "heading-state", "heading-rows", "heading-created-by", "heading-created"];
    let goes_on = tasks.iter().any(|task| task.status() == TaskStatus::Started);
    html! {
        div #tasks data-goes-on[goes_on] { (table::table(visitor, "menu-tasks", &headings, &rows)) }
    }
}

fn row(visitor: &Visitor, org: &str, task: &Task) -> Vec<Markup> {
    let counts = task.counts();
    let done = [("done", counts.processed.into()), ("total", task.total().into())];
    vec![
        html! {
            a href=(visitor.href(&path(org, &task.id.to_string()))) { bdi { (name(visitor, task)) } }
        },
        state(visitor, task),
        html! { (visitor.say("task-rows", &done)) },
        html! { bdi { (task.created_by) } },
        moment(task.created),
    ]
}

/// The name of the file, or what else to call an import.
fn name(visitor: &Visitor, task: &Task) -> String {
    task.file_name.as_deref().map_or_else(|| visitor.text("task-without-name"), str::to_owned)
}

/// How far it is, in a word; one that has ended says whether rows were refused.
fn state(visitor: &Visitor, task: &Task) -> Markup {
    let status = task.status();
    let has_errors = status == TaskStatus::Completed && !task.failures.is_empty();
    let kind = match status {
        TaskStatus::Completed if !has_errors => "good",
        TaskStatus::Abandoned => "bad",
        TaskStatus::Started => "",
        TaskStatus::Completed | TaskStatus::Stopped => "warn",
    };
    let words = match has_errors {
        true => visitor.text("task-completed-with-errors"),
        false => visitor.word("task-status", status.name()),
    };
    html! { span class=(format!("state {kind}").trim_end()) { (words) } }
}
