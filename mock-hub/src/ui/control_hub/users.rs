//! Users of a customer: the list, the four ways to manage them, and the page of each.
//!
//! CSV add or edit is one of the four ways and stands apart, because it is about files.

mod add;
mod choices;
mod claim;
mod directory;
mod edit;
mod list;
mod manage;
mod package;
mod pasted;
mod question;
mod remove;
mod results;
mod typed;
mod unassign;
mod user;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use hub_core::HubError;
use hub_core::operation::access::{Errand, Place, permits};
use maud::{Markup, html};

use crate::app::App;
use crate::http::wire_id;
use crate::ui::fields;
use crate::ui::layout::{Console, Sheet};
use crate::ui::visitor::Visitor;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/users", get(list::page))
        .route("/organizations/{org}/users/manage", get(manage::page))
        .route("/organizations/{org}/users/add", get(add::page).post(add::step))
        .route("/organizations/{org}/users/claim", get(claim::page).post(claim::submit))
        .route("/organizations/{org}/users/directory", get(directory::page).post(directory::synchronize))
        .route("/organizations/{org}/users/directory/switch", post(directory::switch))
        .route("/organizations/{org}/users/{user}", get(user::page))
        .route("/organizations/{org}/users/{user}/edit", get(edit::page).post(edit::submit))
        .route("/organizations/{org}/users/{user}/package", get(package::page).post(package::submit))
        .route(
            "/organizations/{org}/users/{user}/package/unassign",
            get(unassign::page).post(unassign::submit),
        )
        .route("/organizations/{org}/users/{user}/remove", get(remove::page).post(remove::submit))
}

/// The path of the list, or of a page below it.
fn path(org: &str, below: &str) -> String {
    format!("/organizations/{org}/users{below}")
}

/// The path of a user's page, or of a page below it.
fn path_of(org: &str, user: &str, below: &str) -> String {
    path(org, &format!("/{user}{below}"))
}

/// A page of this console.
fn sheet<'a>(visitor: &Visitor, title: &'a str, body: Markup) -> Sheet<'a> {
    Sheet { console: Console::of_path(visitor), title, body }
}

fn show(visitor: &Visitor, title: &str, body: Markup) -> Response {
    sheet(visitor, title, body).show(visitor)
}

/// Refuses an organization that the visitor does not see (CUS-015).
fn require_sight(visitor: &Visitor, org: &str) -> Result<(), HubError> {
    let place = Place::ControlHub(wire_id::read(org));
    visitor.read(|world, context| permits(world, context, Errand::Look, place))
}

/// What holds the visitor back from managing users at present.
fn held_back(visitor: &Visitor, org: &str) -> Option<HubError> {
    visitor.held_back(Errand::ManageUsers, Place::ControlHub(wire_id::read(org)))
}

/// What holds the visitor back, in full.
fn banner(visitor: &Visitor, held_back: Option<&HubError>) -> Markup {
    html! {
        @if let Some(refusal) = held_back {
            div.warning role="status" { (fields::refusal(visitor, refusal)) }
        }
    }
}

/// A link back, for who does not want to go on.
fn back(visitor: &Visitor, path: &str, label: &str) -> Markup {
    html! { a href=(visitor.href(path)) { (visitor.text(label)) } }
}
