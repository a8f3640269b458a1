//! How a location goes: it stops calling first, which a check beforehand looks into, and then it is deleted. Both ask.

use axum::response::Response;
use hub_core::operation::locations::disabling::{self, DisablingCheck};
use hub_core::operation::locations::{self};
use hub_core::record::{CallingObstacle, Location, Organization};
use hub_core::{HubError, Id};
use maud::{Markup, html};

use super::{held_back, home, one, path};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer};

/// Asks whether the location is to stop calling.
pub(super) async fn of_calling(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show_calling(&visitor, &org, &id, &Form::default())
}

pub(super) async fn disable(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    let write = visitor.write("disable location for calling", |draft, context| {
        disabling::disable(draft, context, organization, location)
    });
    match write.await {
        Ok(_) => Ok(visitor.go_to(&with_notice(&path(&org, &id), "done-disabling-asked"))),
        Err(fault) => show_calling(&visitor, &org, &id, &form.refused(fault)),
    }
}

fn show_calling(visitor: &Visitor, org: &str, id: &str, form: &Form) -> Result<Response, Fault> {
    let organization = wire_id::read(org);
    let (name, check) = visitor.read(|world, context| {
        let of = (Some(organization), wire_id::read::<Location>(id));
        let name = locations::get(world, context, of.0, of.1)?.name.clone();
        Ok::<_, HubError>((name, disabling::precheck(world, context, of.0, of.1)?))
    })?;
    let held_back = held_back(visitor, organization);
    let body = html! {
        (fields::summary(visitor, form))
        p { (visitor.say("location-disable-lead", &[("name", (&*name).into())])) }
        (findings(visitor, &check))
        div.actions {
            (fields::form(visitor, &format!("{}/disable-calling", path(org, id)), html! {
                (offer::button(visitor, "danger", "location-disable", held_back.as_ref()))
            }))
            (one::back(visitor, org, id))
        }
    };
    let title = visitor.text("location-disable-title");
    Ok(Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, form))
}

fn findings(visitor: &Visitor, check: &DisablingCheck) -> Markup {
    html! {
        @if check.has_numbers { p { (visitor.text("location-numbers-go")) } }
        @if check.obstacles.is_empty() {
            p.notice { (visitor.text("obstacles-none")) }
        } @else {
            div.warning {
                p { (visitor.text("obstacles-lead")) }
                (obstacles(visitor, &check.obstacles))
            }
        }
    }
}

/// What keeps a location from being disabled for calling.
pub(super) fn obstacles(visitor: &Visitor, obstacles: &[CallingObstacle]) -> Markup {
    html! {
        ul {
            @for obstacle in obstacles {
                li {
                    @match obstacle {
                        CallingObstacle::LastLocation => (visitor.text("obstacle-last-location")),
                        CallingObstacle::People(count) => (visitor.say("obstacle-people", &[("count", (*count).into())])),
                    }
                }
            }
        }
    }
}

/// Asks whether the location is to be deleted.
pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &org, &id, &Form::default())
}

pub(super) async fn remove(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    let write = visitor
        .write("delete location", |draft, context| locations::remove(draft, context, organization, location));
    match write.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&home(&org), "done-location-removed"))),
        Err(fault) => show(&visitor, &org, &id, &form.refused(fault)),
    }
}

fn show(visitor: &Visitor, org: &str, id: &str, form: &Form) -> Result<Response, Fault> {
    let organization: Id<Organization> = wire_id::read(org);
    let (location, check) = visitor.read(|world, context| {
        let of = (Some(organization), wire_id::read(id));
        let location = locations::get(world, context, of.0, of.1)?.clone();
        Ok::<_, HubError>((location, disabling::precheck(world, context, of.0, of.1).ok()))
    })?;
    let held_back = held_back(visitor, organization);
    let body = html! {
        (fields::summary(visitor, form))
        p { (visitor.say("location-remove-lead", &[("name", (&*location.name).into())])) }
        @if let Some(check) = check {
            p { (visitor.text("location-calls-still")) }
            (findings(visitor, &check))
            p {
                a href=(visitor.href(&format!("{}/disable-calling", path(org, id)))) { (visitor.text("location-disable")) }
            }
        }
        div.actions {
            (fields::form(visitor, &format!("{}/remove", path(org, id)), html! {
                (offer::button(visitor, "danger", "location-remove", held_back.as_ref()))
            }))
            (one::back(visitor, org, id))
        }
    };
    let title = visitor.text("location-remove-title");
    Ok(Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, form))
}
