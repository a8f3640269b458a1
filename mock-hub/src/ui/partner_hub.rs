//! Partner Hub: customers, onboarding templates, sub-partners, administrators, analytics, billing reports.

mod administrators;
mod analytics;
mod billing;
mod create_customer;
mod customer;
mod customer_form;
mod customers;
mod edit_customer;
mod remove_customer;
mod sub_partners;
mod templates;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};

use super::layout::{Console, Sheet};
use super::visitor::Visitor;
use crate::app::App;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/customers", get(customers::page))
        .route("/customers/new", get(create_customer::page).post(create_customer::submit))
        .route("/customers/{id}", get(customer::page))
        .route("/customers/{id}/edit", get(edit_customer::page).post(edit_customer::submit))
        .route("/customers/{id}/remove", get(remove_customer::page).post(remove_customer::submit))
        .route("/templates", get(templates::page))
        .route("/templates/{id}", get(templates::one))
        .route("/sub-partners", get(sub_partners::page))
        .route("/sub-partners/leave", post(sub_partners::leave))
        .route("/sub-partners/{id}/act", post(sub_partners::act))
        .route("/administrators", get(administrators::page))
        .route("/administrators/{id}", get(administrators::one))
        .route("/administrators/{id}/assign", post(administrators::assign))
        .route("/administrators/{id}/unassign", post(administrators::unassign))
        .route("/analytics", get(analytics::page))
        .route("/analytics/packages.csv", get(analytics::packages_file))
        .route("/analytics/subscribers.csv", get(analytics::subscribers_file))
        .route("/billing", get(billing::page).post(billing::submit))
        .route("/billing/{id}/remove", get(billing::confirm).post(billing::remove))
}

/// A page of this console.
fn show(visitor: &Visitor, title: &str, body: Markup) -> Response {
    Sheet { console: Console::PartnerHub, title, body }.show(visitor)
}

/// A state in words, in a colour: `good`, `warn` or `bad`.
fn state(visitor: &Visitor, family: &str, word: &str, tone: &str) -> Markup {
    html! { span class=(format!("state {tone}")) { (visitor.word(family, word)) } }
}
