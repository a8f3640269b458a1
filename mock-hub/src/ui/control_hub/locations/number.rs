//! One phone number of a location: activated, deactivated, or removed, which asks first.

use axum::response::Response;
use hub_core::Id;
use hub_core::operation::numbers;
use hub_core::record::{Location, NumberState, Organization};
use maud::html;

use super::numbers::show;
use super::{held_back, path};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::http::word::Worded;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer};

type Named = Path<(String, String, String)>;

pub(super) async fn set_state(
    Seen(visitor): Seen,
    Path((org, id, number)): Named,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    match set(&visitor, (organization, location), number, &form).await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&list(&org, &id), "done-number-changed"))),
        Err(fault) => show(&visitor, &org, &id, &form.refused(fault), &[]),
    }
}

/// Sets the state that the form names.
async fn set(
    visitor: &Visitor,
    (organization, location): (Option<Id<Organization>>, Id<Location>),
    number: String,
    form: &Form,
) -> Result<(), Fault> {
    let state = form.chosen("state", NumberState::WORDS)?;
    let number = [number.into()];
    let write = visitor.write("activate phone numbers", |draft, context| {
        numbers::set_state(draft, context, organization, location, &number, state)
    });
    write.await
}

/// Asks whether the number is to be removed.
pub(super) async fn page(Seen(visitor): Seen, Path((org, id, number)): Named) -> Result<Response, Fault> {
    Ok(ask(&visitor, (&org, &id, &number), &Form::default()))
}

pub(super) async fn remove(
    Seen(visitor): Seen,
    Path((org, id, number)): Named,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    let removed = [number.as_str().into()];
    let write = visitor.write("remove phone numbers", |draft, context| {
        numbers::remove(draft, context, organization, location, &removed)
    });
    match write.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&list(&org, &id), "done-number-removed"))),
        Err(fault) => Ok(ask(&visitor, (&org, &id, &number), &form.refused(fault))),
    }
}

fn list(org: &str, id: &str) -> String {
    format!("{}/numbers", path(org, id))
}

fn ask(visitor: &Visitor, (org, id, number): (&str, &str, &str), form: &Form) -> Response {
    let held_back = held_back(visitor, wire_id::read(org));
    let list = list(org, id);
    let body = html! {
        (fields::summary(visitor, form))
        p { (visitor.say("number-remove-lead", &[("number", number.into())])) }
        div.actions {
            (fields::form(visitor, &format!("{list}/{number}/remove"), html! {
                (offer::button(visitor, "danger", "number-remove", held_back.as_ref()))
            }))
            a.button href=(visitor.href(&list)) { (visitor.text("number-keep")) }
        }
    };
    let title = visitor.text("number-remove-title");
    Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, form)
}
