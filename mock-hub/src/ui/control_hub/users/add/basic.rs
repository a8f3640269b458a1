//! The first page of the wizard: Basic information, of one user.

use axum::response::Response;
use hub_core::operation::users;
use maud::html;

use super::{here, person, steps};
use crate::http::wire_id;
use crate::ui::control_hub::users::choices::Choices;
use crate::ui::control_hub::users::{back, banner, path, sheet};
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

/// The page, with what was typed.
pub(super) fn show(visitor: &Visitor, org: &str, form: &Form) -> Result<Response, Fault> {
    let choices = visitor.read(|world, context| Choices::of(world, context, org, None))?;
    let id = wire_id::read(org);
    let held_back = visitor.read(|world, context| users::permits_adding(world, context, id, 1)).err();
    let body = html! {
        (steps(visitor, "step-basic"))
        (fields::summary(visitor, form))
        @if form.fault().is_none() { (banner(visitor, held_back.as_ref())) }
        @if held_back.is_none() {
            (fields::form(visitor, &here(org), html! {
                (person::fields(visitor, &choices, form))
                div.actions {
                    button.primary #next name="do" value="begin" { (visitor.text("next")) }
                    (back(visitor, &path(org, "/manage"), "cancel-users"))
                }
            }))
        } @else {
            (back(visitor, &path(org, ""), "users-back"))
        }
    };
    Ok(sheet(visitor, &visitor.text("users-add"), body).show_form(visitor, form))
}
