//! One task: how far it is while it goes on, what became of its rows, and what can be done about it.
//!
//! The part that goes on is fetched again by the script. Only the line that says how far it is is read aloud each time.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::access::{Errand, Place};
use hub_core::operation::tasks;
use hub_core::record::{Task, TaskStatus};
use maud::{Markup, html};

use super::{errors, name, path, state};
use crate::control_hub::tasks::{Operation, id_of};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer};

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, task)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &org, &task, &Form::default())
}

pub(super) async fn pause(
    Seen(visitor): Seen,
    Path((org, task)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    manage(&visitor, (&org, &task), form, ("pause task", tasks::pause, "done-task-paused")).await
}

pub(super) async fn resume(
    Seen(visitor): Seen,
    Path((org, task)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    manage(&visitor, (&org, &task), form, ("resume task", tasks::resume, "done-task-resumed")).await
}

/// Does something about a task: the name of the operation, the operation, and what to say once it is done.
pub(super) async fn manage(
    visitor: &Visitor,
    (org, task): (&str, &str),
    form: Form,
    (operation, work, done): (&'static str, Operation, &'static str),
) -> Result<Response, Fault> {
    let (organization, id) = (wire_id::read(org), id_of(task));
    match visitor.write(operation, |draft, context| work(draft, context, organization, id)).await {
        Ok(_) => Ok(visitor.go_to(&with_notice(&path(org, task), done))),
        Err(fault) => show(visitor, org, task, &form.refused(fault)),
    }
}

fn show(visitor: &Visitor, org: &str, task: &str, form: &Form) -> Result<Response, Fault> {
    let organization = wire_id::read(org);
    let task = visitor.read(|world, context| tasks::get(world, context, organization, id_of(task)))?;
    let held_back = visitor.held_back(Errand::ManageUsers, Place::ControlHub(organization));
    let goes_on = task.status() == TaskStatus::Started;
    let body = html! {
        (fields::summary(visitor, form))
        div aria-live="polite" {
            div #task data-goes-on[goes_on] {
                (progress(visitor, &task))
                div aria-live="off" {
                    (actions(visitor, org, &task, held_back.as_ref()))
                    (counts(visitor, &task))
                    (errors::section(visitor, org, &task))
                }
            }
        }
        (about(visitor, &task))
        p { a href=(visitor.href(&format!("/organizations/{org}/tasks"))) { (visitor.text("task-all")) } }
    };
    let title = name(visitor, &task);
    Ok(Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, form))
}

fn progress(visitor: &Visitor, task: &Task) -> Markup {
    let (done, total) = (task.counts().processed, task.total());
    html! {
        p {
            (state(visitor, task)) " "
            (visitor.say("task-rows", &[("done", done.into()), ("total", total.into())]))
        }
        progress max=(total) value=(done) aria-label=(visitor.text("task-progress")) {}
    }
}

fn actions(visitor: &Visitor, org: &str, task: &Task, held_back: Option<&HubError>) -> Markup {
    let path = path(org, &task.id.to_string());
    let step = |verb: &str, label: &str| {
        fields::form(visitor, &format!("{path}/{verb}"), offer::button(visitor, "", label, held_back))
    };
    html! {
        @if task.has_rows_to_come() {
            div.actions {
                @if task.status() == TaskStatus::Stopped {
                    (step("resume", "task-resume"))
                } @else {
                    (step("pause", "task-pause"))
                }
                (offer::link(visitor, "danger", "task-cancel", &format!("{path}/cancel"), held_back))
            }
        }
    }
}

fn counts(visitor: &Visitor, task: &Task) -> Markup {
    let counts = task.counts();
    let figures = [
        ("added", counts.added),
        ("updated", counts.updated),
        ("removed", counts.removed),
        ("unchanged", counts.unchanged),
        ("refused", counts.failed),
    ];
    html! {
        ul.cards aria-label=(visitor.text("task-counts")) {
            @for (word, count) in figures {
                li.card id=(format!("count-{word}")) {
                    div.figure { (count) }
                    (visitor.word("outcome", word))
                }
            }
        }
    }
}

fn about(visitor: &Visitor, task: &Task) -> Markup {
    html! {
        section aria-labelledby="about" {
            h2 #about { (visitor.text("task-about")) }
            dl {
                dt { (visitor.text("csv-behavior-chosen")) }
                dd { (visitor.word("behavior", task.behavior.name())) }
                dt { (visitor.text("heading-created-by")) }
                dd { bdi { (task.created_by) } }
                dt { (visitor.text("heading-created")) }
                dd { (moment(task.created)) }
                @if let Some(speed) = task.rows_per_second {
                    dt { (visitor.text("task-speed")) }
                    dd { (visitor.say("task-rows-per-second", &[("count", speed.into())])) }
                }
            }
        }
    }
}
