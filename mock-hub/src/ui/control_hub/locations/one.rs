//! A location: where it is, whether and how it calls, and what can be done about it.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::locations::{self, LocationChange, calling_settings, disabling};
use hub_core::operation::pstn::{self, PstnChoice};
use hub_core::record::{DisableCallingJob, JobStatus, Location, LocationCalling};
use maud::{Markup, html};
use uuid::Uuid;

use super::{calling, held_back, home, path};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::control_hub::locations::removal::obstacles;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer, table};

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &org, &id, &Form::default())
}

/// Enables the location for calling as it is.
pub(super) async fn enable(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location, change) =
        (Some(wire_id::read(&org)), wire_id::read(&id), LocationChange::default());
    let write = visitor.write("enable location for calling", |draft, context| {
        calling_settings::enable(draft, context, organization, location, &change)
    });
    match write.await {
        Ok(_) => Ok(visitor.go_to(&with_notice(&path(&org, &id), "done-location-calls"))),
        Err(fault) => show(&visitor, &org, &id, &form.refused(fault)),
    }
}

/// Sets the connection to the public network.
pub(super) async fn set_pstn(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    let option = form.given("id").map(|id| Uuid::try_parse(id).unwrap_or_default());
    let choice = PstnChoice { option, ..PstnChoice::default() };
    let write = visitor.write("set PSTN connection", |draft, context| {
        pstn::set(draft, context, organization, location, &choice)
    });
    match write.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&path(&org, &id), "done-pstn-set"))),
        Err(fault) => show(&visitor, &org, &id, &form.refused(fault)),
    }
}

fn show(visitor: &Visitor, org: &str, id: &str, form: &Form) -> Result<Response, Fault> {
    let organization = wire_id::read(org);
    let location = visitor.read(|world, context| {
        locations::get(world, context, Some(organization), wire_id::read(id)).cloned()
    })?;
    let held_back = held_back(visitor, organization);
    let last_job = match held_back {
        Some(_) => None,
        None => visitor.read(|world, context| {
            disabling::last_job(world, context, Some(organization), location.id).map(Option::<&_>::cloned)
        })?,
    };
    let body = html! {
        (fields::summary(visitor, form))
        p { (calling(visitor, &location)) }
        @if let Some(last_job) = last_job { (job(visitor, &last_job)) }
        (about(visitor, &location))
        (actions(visitor, &path(org, id), &location, held_back.as_ref()))
        @if let Some(how) = &location.calling {
            (calling_section(visitor, how))
            (pstn_section(visitor, &path(org, id), &location, form, held_back.as_ref()))
        }
        p { a href=(visitor.href(&home(org))) { (visitor.text("location-all")) } }
    };
    Ok(Sheet { console: Console::of_path(visitor), title: &location.name, body }.show_form(visitor, form))
}

/// What became of the last job that was to disable the location for calling.
fn job(visitor: &Visitor, job: &DisableCallingJob) -> Markup {
    let status = job.status_at(visitor.sandbox.now());
    let words = match status {
        JobStatus::Starting => "job-starting",
        JobStatus::Completed => "job-completed",
        JobStatus::Failed => "job-failed",
    };
    html! {
        div #job data-goes-on[status == JobStatus::Starting] aria-live="polite" {
            div class=(if status == JobStatus::Failed { "refusal" } else { "notice" }) {
                p { (visitor.text(words)) " " (moment(job.ready_at)) }
                @if status == JobStatus::Failed { (obstacles(visitor, &job.obstacles)) }
            }
        }
    }
}

fn about(visitor: &Visitor, location: &Location) -> Markup {
    let address = location.address.in_one_line();
    let facts = [
        ("heading-address", address.as_str()),
        ("location-time-zone", &location.time_zone),
        ("location-language", &location.language),
        ("location-announcements", location.announcements()),
        ("location-notes", location.notes.as_deref().unwrap_or_default()),
    ];
    facts_of(visitor, &facts)
}

/// Names and values of what there is.
fn facts_of(visitor: &Visitor, facts: &[(&str, &str)]) -> Markup {
    html! {
        dl {
            @for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                dt { (visitor.text(label)) }
                dd { bdi { (value) } }
            }
        }
    }
}

fn actions(visitor: &Visitor, path: &str, location: &Location, held_back: Option<&HubError>) -> Markup {
    html! {
        div.actions {
            (offer::link(visitor, "", "location-change", &format!("{path}/edit"), held_back))
            @if location.calling.is_some() {
                a.button href=(visitor.href(&format!("{path}/numbers"))) { (visitor.text("heading-numbers")) }
                (offer::link(visitor, "danger", "location-disable", &format!("{path}/disable-calling"), held_back))
            } @else {
                (fields::form(visitor, &format!("{path}/calling"), html! {
                    (offer::button(visitor, "primary", "location-enable", held_back))
                }))
            }
            (offer::link(visitor, "danger", "location-remove", &format!("{path}/remove"), held_back))
        }
    }
}

fn calling_section(visitor: &Visitor, calling: &LocationCalling) -> Markup {
    let main_number = calling.main_number.map(|number| number.to_string()).unwrap_or_default();
    let facts = [
        ("location-main-number", main_number.as_str()),
        ("location-routing-prefix", calling.routing_prefix.as_deref().unwrap_or_default()),
        ("location-outside-digit", calling.outside_dial_digit.as_deref().unwrap_or_default()),
    ];
    html! {
        section aria-labelledby="calling" {
            h2 #calling { (visitor.text("heading-calling")) }
            @if facts.iter().all(|(_, value)| value.is_empty()) {
                p { (visitor.text("location-calling-plain")) }
            }
            (facts_of(visitor, &facts))
        }
    }
}

fn pstn_section(
    visitor: &Visitor,
    path: &str,
    location: &Location,
    form: &Form,
    held_back: Option<&HubError>,
) -> Markup {
    let of = (Some(location.organization), location.id);
    let (options, chosen) = visitor.read(|world, context| {
        let options = pstn::options(world, context, of.0, of.1, &[]).unwrap_or_default();
        (options, pstn::get(world, context, of.0, of.1).ok())
    });
    let none = chosen.is_none().then(|| (String::new(), visitor.text("pstn-none")));
    let options = options.into_iter().map(|option| (option.id.to_string(), option.name.to_owned()));
    let options: Vec<_> = none.into_iter().chain(options).collect();
    let chosen = chosen.map(|option| option.id.to_string()).unwrap_or_default();
    let stored = Form::with([("id", &*chosen)]);
    let form = if form.fault().is_some() { form } else { &stored };
    html! {
        section aria-labelledby="pstn" {
            h2 #pstn { (visitor.text("pstn-title")) }
            (fields::form(visitor, &format!("{path}/pstn"), html! {
                fieldset.bare disabled[held_back.is_some()] aria-labelledby="pstn" {
                    (fields::select(visitor, form, "id", "pstn-connection", &options))
                }
                (offer::button(visitor, "", "pstn-set", held_back))
            }))
        }
    }
}

/// The link back to the location, for the pages below it.
pub(super) fn back(visitor: &Visitor, org: &str, id: &str) -> Markup {
    html! { a.button href=(visitor.href(&path(org, id))) { (visitor.text("location-keep")) } }
}

/// What stands in the place of an empty list of numbers.
pub(super) fn no_numbers(visitor: &Visitor) -> Markup {
    table::empty(visitor, "numbers-none", None)
}
