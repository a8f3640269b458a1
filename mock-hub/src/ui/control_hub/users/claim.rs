//! Claim users: several addresses with one package, and what became of each.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::users::{self, ClaimedUser, UserResult};
use maud::{Markup, html};

use super::choices::{self, Choices};
use super::{back, banner, pasted, path, results, sheet};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer, table};

pub(super) async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    show(&visitor, &org, &Form::default(), &[])
}

pub(super) async fn submit(
    Seen(visitor): Seen,
    Path(org): Path<String>,
    mut form: Form,
) -> Result<Response, Fault> {
    let typed = pasted::claims(form.value("users"), &form);
    let claimed: Vec<_> = typed.iter().map(claimed_user).collect();
    let id = wire_id::read(&org);
    match visitor.write("claim users", |draft, context| users::claim(draft, context, id, &claimed)).await {
        Ok(results) => {
            let refused = typed.iter().zip(&results).filter(|(_, result)| result.outcome.is_err());
            let lines: Vec<_> = refused.map(|(user, _)| pasted::line_of(user)).collect();
            form.set("users", &lines.join("\n"));
            show(&visitor, &org, &form, &results)
        }
        Err(fault) => show(&visitor, &org, &form.refused(fault), &[]),
    }
}

fn claimed_user(typed: &Form) -> ClaimedUser {
    ClaimedUser {
        email: typed.value("email").into(),
        package: typed.value("package").into(),
        placement: choices::placement(typed),
    }
}

fn show(visitor: &Visitor, org: &str, form: &Form, results: &[UserResult]) -> Result<Response, Fault> {
    let (choices, held_back) = visitor.read(|world, context| {
        let choices = Choices::of(world, context, org, None)?;
        let held_back = users::permits_claiming(world, context, wire_id::read(org)).err();
        Ok::<_, HubError>((choices, held_back))
    })?;
    let body = html! {
        @if !results.is_empty() { (outcome(visitor, org, results)) }
        (fields::summary(visitor, form))
        @if form.fault().is_none() { (banner(visitor, held_back.as_ref())) }
        @if held_back.is_none() || form.fault().is_some() {
            (fields::form(visitor, &path(org, "/claim"), html! {
                (typed(visitor, &choices, form))
                div.actions {
                    (offer::button(visitor, "primary", "claim-submit", held_back.as_ref()))
                    (back(visitor, &path(org, "/manage"), "cancel-users"))
                }
            }))
        } @else {
            (back(visitor, &path(org, ""), "users-back"))
        }
    };
    Ok(sheet(visitor, &visitor.text("users-claim"), body).show_form(visitor, form))
}

fn typed(visitor: &Visitor, choices: &Choices, form: &Form) -> Markup {
    let packages = choices.package_options(visitor.text("user-package-choose"));
    html! {
        p.lead { (visitor.text("users-claim-lead")) }
        (fields::area(visitor, form, "users", "claim-users", Some("claim-users-hint")))
        (fields::select(visitor, form, "package", "user-package", &packages))
        (choices.location(visitor, form))
    }
}

fn outcome(visitor: &Visitor, org: &str, results: &[UserResult]) -> Markup {
    let rows: Vec<_> = results.iter().map(|result| results::row(visitor, result)).collect();
    html! {
        div {
            h2 #results { (visitor.text("step-results")) }
            (results::counts(visitor, results))
            (table::table(visitor, "step-results", &results::HEADINGS, &rows))
            div.actions {
                a.button.primary #close href=(visitor.href(&path(org, ""))) { (visitor.text("close")) }
            }
        }
        @if results.iter().any(|result| result.outcome.is_err()) {
            h2 { (visitor.text("claim-again")) }
        } @else {
            h2 { (visitor.text("claim-more")) }
        }
    }
}
