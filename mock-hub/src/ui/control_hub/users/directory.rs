//! Directory Synchronization: whether a directory is in charge of users, and one run with the users whom it lists.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::users::{self, UserOutcome, UserResult};
use hub_core::{Context, Draft, HubError};
use maud::{Markup, html};

use super::{back, banner, path, results, sheet};
use crate::control_hub::users::listed;
use crate::http::apart::waiting_apart;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer, table};

/// How many users of a run are shown; all are counted.
const SHOWN: usize = 200;

/// How the organization is set up, and what holds the visitor back from what.
struct State {
    is_on: bool,
    from_switching: Option<HubError>,
    from_running: Option<HubError>,
}

pub(super) async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    show(&visitor, &org, &Form::default(), &[])
}

/// Turns directory synchronization on or off.
pub(super) async fn switch(
    Seen(visitor): Seen,
    Path(org): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    match keep(&visitor, &org, &form).await {
        Ok(true) => Ok(visitor.go_to(&with_notice(&here(&org), "done-directory-on"))),
        Ok(false) => Ok(visitor.go_to(&with_notice(&here(&org), "done-directory-off"))),
        Err(fault) => show(&visitor, &org, &form.refused(fault), &[]),
    }
}

/// Turns it as the form says; returns whether it is on then.
async fn keep(visitor: &Visitor, org: &str, form: &Form) -> Result<bool, Fault> {
    let is_on = form.chosen("directorySynchronization", &[("on", true), ("off", false)])?;
    let (id, change) = (wire_id::read(org), switched(is_on));
    let change = visitor.write("change settings", |draft, context| {
        organizations::change_settings(draft, context, id, &change).map(drop)
    });
    change.await.map(|()| is_on)
}

fn switched(is_on: bool) -> SettingsChange {
    SettingsChange { has_directory: Some(is_on), ..SettingsChange::default() }
}

/// One run.
pub(super) async fn synchronize(
    Seen(visitor): Seen,
    Path(org): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    match run(&visitor, &org, &form).await {
        Ok(results) => show(&visitor, &org, &form, &results),
        Err(fault) => show(&visitor, &org, &form.refused(fault), &[]),
    }
}

async fn run(visitor: &Arc<Visitor>, org: &str, form: &Form) -> Result<Vec<UserResult>, Fault> {
    let (visitor, id, users) = (visitor.clone(), wire_id::read(org), form.value("users").to_owned());
    let work = async move {
        let listed = listed(&users, visitor.app.options.strict)?;
        let run = |draft: &mut Draft, context: &Context<'_>| users::synchronize(draft, context, id, &listed);
        visitor.write("synchronize directory", run).await
    };
    waiting_apart(work).await
}

fn state(visitor: &Visitor, org: &str) -> Result<State, HubError> {
    let id = wire_id::read(org);
    visitor.read(|world, context| {
        let is_on = organizations::settings(world, context, id)?.has_directory;
        Ok(State {
            is_on,
            from_switching: organizations::permits_changing(world, context, id, &switched(!is_on)).err(),
            from_running: users::permits_synchronizing(world, context, id).err(),
        })
    })
}

fn here(org: &str) -> String {
    path(org, "/directory")
}

fn show(visitor: &Visitor, org: &str, form: &Form, results: &[UserResult]) -> Result<Response, Fault> {
    let state = state(visitor, org)?;
    let body = html! {
        @if !results.is_empty() { (outcome(visitor, results)) }
        (fields::summary(visitor, form))
        (setting(visitor, org, &state))
        (listing(visitor, org, form, &state))
        (back(visitor, &path(org, "/manage"), "cancel-users"))
    };
    Ok(sheet(visitor, &visitor.text("users-directory"), body).show_form(visitor, form))
}

fn setting(visitor: &Visitor, org: &str, state: &State) -> Markup {
    let (says, tone, wanted, label) = match state.is_on {
        true => ("directory-is-on", "state good", "off", "directory-turn-off"),
        false => ("directory-is-off", "state warn", "on", "directory-turn-on"),
    };
    html! {
        section aria-labelledby="directorySynchronization" {
            h2 #directorySynchronization { (visitor.text("directory-setting")) }
            p { span class=(tone) { (visitor.text(says)) } }
            p { (visitor.text("directory-setting-lead")) }
            (fields::form(visitor, &path(org, "/directory/switch"), html! {
                input type="hidden" name="directorySynchronization" value=(wanted);
                div.actions { (offer::button(visitor, "", label, state.from_switching.as_ref())) }
            }))
        }
    }
}

fn listing(visitor: &Visitor, org: &str, form: &Form, state: &State) -> Markup {
    let held_back = state.from_running.as_ref();
    html! {
        section aria-labelledby="run" {
            h2 #run { (visitor.text("directory-run")) }
            @if form.fault().is_none() { (banner(visitor, held_back)) }
            @if held_back.is_none() || form.given("users").is_some() {
                (fields::form(visitor, &here(org), html! {
                    (fields::area(visitor, form, "users", "directory-users", Some("directory-users-hint")))
                    pre.mono { (EXAMPLE) }
                    div.field hidden {
                        label for="directory-file" { (visitor.text("directory-file")) }
                        input #directory-file type="file" accept=".json,application/json" data-fills="users";
                    }
                    div.actions { (offer::button(visitor, "primary", "directory-synchronize", held_back)) }
                }))
            }
        }
    }
}

const EXAMPLE: &str = r#"{"users": [
  {"email": "ana@example.com", "firstName": "Ana", "lastName": "Alba",
   "attributes": {"title": "Dentist"}}
]}"#;

/// What became of whom, the refused first.
fn outcome(visitor: &Visitor, results: &[UserResult]) -> Markup {
    let mut ordered: Vec<_> = results.iter().collect();
    ordered.sort_by_key(|result| match &result.outcome {
        Err(_) => 0,
        Ok((UserOutcome::Unchanged, _)) => 2,
        Ok(_) => 1,
    });
    let rows: Vec<_> = ordered.iter().take(SHOWN).map(|result| results::row(visitor, result)).collect();
    html! {
        div {
            h2 #results { (visitor.text("step-results")) }
            (results::counts(visitor, results))
            (table::table(visitor, "step-results", &results::HEADINGS, &rows))
            @if results.len() > SHOWN {
                p { (visitor.say("directory-first", &[("shown", SHOWN.into()), ("all", results.len().into())])) }
            }
        }
    }
}
