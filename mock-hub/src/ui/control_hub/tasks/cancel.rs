//! Cancelling a task: asked about first, because the rows that are left do not come any more.

use axum::response::Response;
use hub_core::operation::tasks;
use maud::html;

use super::{name, path, task};
use crate::control_hub::tasks::id_of;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::visitor::Seen;

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let task = visitor.read(|world, context| tasks::get(world, context, wire_id::read(&org), id_of(&id)))?;
    let left = task.total().saturating_sub(task.counts().processed as u64);
    let path = path(&org, &id);
    let body = html! {
        p { (visitor.say("task-cancel-lead", &[("name", name(&visitor, &task).into()), ("left", left.into())])) }
        div.actions {
            (fields::form(&visitor, &format!("{path}/cancel"), html! {
                button.danger { (visitor.text("task-cancel")) }
            }))
            a.button href=(visitor.href(&path)) { (visitor.text("task-keep")) }
        }
    };
    let title = visitor.text("task-cancel-title");
    Ok(Sheet { console: Console::of_path(&visitor), title: &title, body }.show(&visitor))
}

pub(super) async fn confirmed(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    task::manage(&visitor, (&org, &id), form, ("cancel task", tasks::cancel, "done-task-cancelled")).await
}
