//! The last page of the wizard: what became of each user. Who was refused can be corrected and sent again.

use axum::response::Response;
use hub_core::operation::users::UserResult;
use maud::{Markup, html};

use super::{here, hidden, steps};
use crate::ui::control_hub::users::{path, results, show as show_page};
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;
use crate::ui::{fields, table};

pub(super) fn show(visitor: &Visitor, org: &str, users: &[Form], results: &[UserResult]) -> Response {
    let refused = users.iter().zip(results).filter(|(_, result)| result.outcome.is_err());
    let refused: Vec<&Form> = refused.map(|(user, _)| user).collect();
    let mut refused_before = 0;
    let rows: Vec<_> = results.iter().map(|result| row(visitor, result, &mut refused_before)).collect();
    let headings: Vec<_> = results::HEADINGS.into_iter().chain(["user-actions"]).collect();
    let body = html! {
        (steps(visitor, "step-results"))
        (results::counts(visitor, results))
        (fields::form(visitor, &here(org), html! {
            (hidden(refused.iter().copied()))
            (table::table(visitor, "step-results", &headings, &rows))
            div.actions {
                a.button.primary #close href=(visitor.href(&path(org, ""))) { (visitor.text("close")) }
                @if !refused.is_empty() {
                    button #correct name="do" value="again" { (visitor.text("users-correct")) }
                }
            }
        }))
    };
    show_page(visitor, &visitor.text("users-add"), body)
}

/// A result, and for who was refused the button that takes him back into the fields.
fn row(visitor: &Visitor, result: &UserResult, refused_before: &mut usize) -> Vec<Markup> {
    let mut row = results::row(visitor, result);
    row.push(html! {
        @if result.outcome.is_err() {
            button.link name="edit" value=(refused_before) {
                (visitor.text("user-correct")) span.unseen { " " bdi { (result.email) } }
            }
        }
    });
    *refused_before += usize::from(result.outcome.is_err());
    row
}
