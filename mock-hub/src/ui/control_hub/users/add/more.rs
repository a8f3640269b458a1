//! The second page of the wizard: the users so far, and more of them, one by one or pasted as lines.

use axum::response::Response;
use hub_core::operation::users::{self, UserResult};
use hub_core::{HubError, Package};
use maud::{Markup, html};

use super::{Wizard, here, hidden, person, steps, tried};
use crate::http::wire_id;
use crate::ui::control_hub::users::choices::Choices;
use crate::ui::control_hub::users::{back, banner, path, results, sheet, typed};
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;
use crate::ui::{fields, table};

const HEADINGS: [&str; 6] =
    ["user-name", "user-email", "user-package", "user-number", "user-check", "user-actions"];

/// The page.
pub(super) fn show(visitor: &Visitor, wizard: &Wizard) -> Result<Response, Fault> {
    Ok(sheet(visitor, &visitor.text("users-add"), body(visitor, wizard)?).show(visitor))
}

/// The page after something was refused.
pub(super) fn refused(visitor: &Visitor, wizard: &Wizard) -> Result<Response, Fault> {
    let body = body(visitor, wizard)?;
    Ok(sheet(visitor, &visitor.text("users-add"), body).show_form(visitor, &wizard.form))
}

fn body(visitor: &Visitor, wizard: &Wizard) -> Result<Markup, Fault> {
    let (org, form) = (&*wizard.org, &wizard.form);
    let choices = visitor.read(|world, context| Choices::of(world, context, org, None))?;
    let full = no_more(visitor, wizard);
    let is_typed = !typed::is_blank(&typed::of(form)) || form.given("pasted").is_some();
    Ok(html! {
        (steps(visitor, "step-more"))
        (fields::summary(visitor, form))
        @if form.fault().is_none() { (banner(visitor, full.as_ref())) }
        (fields::form(visitor, &here(org), html! {
            (hidden(&wizard.users))
            @if full.is_none() || is_typed { (another(visitor, &choices, form)) }
            (so_far(visitor, wizard))
            div.actions {
                button.primary #next name="do" value="finish" { (visitor.text("next")) }
                (back(visitor, &path(org, "/manage"), "cancel-users"))
            }
        }))
    })
}

/// Why not one more user can be added. Nobody has tried to, so nothing was seen.
fn no_more(visitor: &Visitor, wizard: &Wizard) -> Option<HubError> {
    let (org, users) = (wire_id::read(&wizard.org), wizard.users.len() + 1);
    let held_back = visitor.read(|world, context| users::permits_adding(world, context, org, users)).err();
    held_back.map(|refusal| HubError { seen: None, ..refusal })
}

fn another(visitor: &Visitor, choices: &Choices, form: &Form) -> Markup {
    html! {
        section aria-labelledby="another" {
            h2 #another { (visitor.text("users-another")) }
            (person::fields(visitor, choices, form))
            details open[form.given("pasted").is_some()] {
                summary { (visitor.text("users-paste")) }
                (fields::area(visitor, form, "pasted", "users-pasted", Some("users-pasted-hint")))
            }
            div.actions { button #add-another name="do" value="more" { (visitor.text("users-add-another")) } }
        }
    }
}

fn so_far(visitor: &Visitor, wizard: &Wizard) -> Markup {
    let results = tried(visitor, &wizard.org, &wizard.users).unwrap_or_default();
    let count = [("count", wizard.users.len().into()), ("most", users::AT_MOST.into())];
    let row = |(at, user): (usize, &Form)| row(visitor, at, user, results.get(at));
    let rows: Vec<_> = wizard.users.iter().enumerate().map(row).collect();
    html! {
        div {
            h2 #users { (visitor.text("users-so-far")) }
            p #count { (visitor.say("users-count", &count)) }
            @if !rows.is_empty() { (table::table(visitor, "users-so-far", &HEADINGS, &rows)) }
        }
    }
}

fn row(visitor: &Visitor, at: usize, user: &Form, result: Option<&UserResult>) -> Vec<Markup> {
    let name = [user.value("firstName"), user.value("lastName")].join(" ");
    let package = user.value("package");
    let title = Package::parse(package).map_or(package, |package| package.title());
    let number = [user.given("phoneNumber"), user.given("extension")];
    vec![
        html! { bdi { (name.trim()) } },
        html! { bdi { (user.value("email")) } },
        html! { bdi { (title) } },
        html! { bdi { (number.into_iter().flatten().collect::<Vec<_>>().join(" / ")) } },
        check(visitor, result),
        html! {
            (button(visitor, "edit", "user-edit-typed", at, user))
            " "
            (button(visitor, "remove", "user-remove-typed", at, user))
        },
    ]
}

/// What would become of a user at present.
fn check(visitor: &Visitor, result: Option<&UserResult>) -> Markup {
    html! {
        @match result {
            Some(result) if result.outcome.is_err() => (results::reason(visitor, result)),
            Some(_) => span class="state good" { (visitor.text("user-fits")) },
            None => {}
        }
    }
}

fn button(visitor: &Visitor, name: &str, label: &str, at: usize, user: &Form) -> Markup {
    html! {
        button.link name=(name) value=(at) {
            (visitor.text(label)) span.unseen { " " bdi { (user.value("email")) } }
        }
    }
}
