//! The refused rows of a task: a part of its page, page by page, and a file that can be corrected and uploaded as it is.

use axum::response::Response;
use hub_core::bulk;
use hub_core::operation::tasks;
use hub_core::record::{RowFailure, Task};
use maud::{Markup, html};

use super::path;
use crate::control_hub::tasks::id_of;
use crate::http::apart::apart;
use crate::http::path::Path;
use crate::http::{answer, wire_id};
use crate::plan_body::of_row;
use crate::ui::control_hub::csv::rows::without_place;
use crate::ui::fault::Fault;
use crate::ui::table;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn file(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let task = visitor.read(|world, context| tasks::get(world, context, wire_id::read(&org), id_of(&id)))?;
    Ok(answer::csv("errors.csv", apart(move || bulk::errors_csv(&task)).await))
}

pub(super) fn section(visitor: &Visitor, org: &str, task: &Task) -> Markup {
    let wanted = table::wanted(visitor);
    let page = task.failures.iter().skip(wanted.offset).take(wanted.max);
    let rows: Vec<_> = page.map(|failure| row(visitor, failure)).collect();
    let headings = ["heading-row", "heading-column", "heading-email", "heading-reason"];
    let has_more = task.failures.len() > wanted.offset + rows.len();
    html! {
        @if !task.failures.is_empty() {
            section {
                h2 #errors { (visitor.text("task-errors")) }
                p { (visitor.text("task-errors-lead")) }
                div.actions {
                    a.button download href=(visitor.href(&format!("{}/errors.csv", path(org, &task.id.to_string())))) {
                        (visitor.text("task-errors-file"))
                    }
                }
                (table::table(visitor, "task-errors", &headings, &rows))
                (table::pager(visitor, wanted, rows.len(), has_more))
            }
        }
    }
}

fn row(visitor: &Visitor, failure: &RowFailure) -> Vec<Markup> {
    let refusal = of_row(&failure.rule, &failure.message).map(|refusal| without_place(&refusal));
    let words = refusal.map_or_else(|| failure.message.to_string(), |it| visitor.language.refusal(&it));
    vec![
        html! { (failure.row) },
        html! { bdi { (failure.column.as_deref().unwrap_or_default()) } },
        html! { bdi { (failure.email) } },
        html! { bdi { (words) } },
    ]
}
