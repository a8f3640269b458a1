//! The licences of an organization: how many there are, how many users have each, and who.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use hub_core::operation::licenses::{self, CountedLicense};
use hub_core::record::{License, Person};
use hub_core::{HubError, World};
use maud::{Markup, html};

use crate::app::App;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::layout::{Console, Sheet};
use crate::ui::table;
use crate::ui::visitor::{Seen, Visitor};

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/licenses", get(page))
        .route("/organizations/{org}/licenses/{license}", get(one))
}

async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let rows = visitor.read(|world, context| {
        let licenses = licenses::list(world, context, Some(wire_id::read(&org)))?;
        Ok::<_, HubError>(licenses.iter().map(|it| row(&visitor, world, &org, it)).collect::<Vec<_>>())
    })?;
    let headings =
        ["heading-license", "heading-package", "heading-subscription", "heading-used", "heading-quantity"];
    let body = html! { (table::table(&visitor, "menu-licenses", &headings, &rows)) };
    let title = visitor.text("menu-licenses");
    Ok(Sheet { console: Console::of_path(&visitor), title: &title, body }.show(&visitor))
}

fn row(visitor: &Visitor, world: &World, org: &str, counted: &CountedLicense) -> Vec<Markup> {
    let license = &counted.license;
    let path = format!("/organizations/{org}/licenses/{}", wire_id::of_license(world, license));
    vec![
        html! { a href=(visitor.href(&path)) { bdi { (license.kind.title()) } } },
        html! { bdi { (package(visitor, license)) } },
        html! { bdi { (counted.subscription.as_deref().unwrap_or_default()) } },
        html! { (counted.consumed) },
        html! { (counted.total) },
    ]
}

/// The package that brings the licence, or that none does.
fn package(visitor: &Visitor, license: &License) -> String {
    license.package.map_or_else(|| visitor.text("license-of-no-package"), |it| it.title().to_owned())
}

/// One licence and its users.
async fn one(Seen(visitor): Seen, Path((org, license)): Path<(String, String)>) -> Result<Response, Fault> {
    let wanted = table::wanted(&visitor);
    let (counted, users) = visitor.read(|world, context| {
        let organization = Some(wire_id::read(&org));
        let counted = licenses::get(world, context, organization, wire_id::read(&license))?;
        let users = licenses::users_of(world, &counted.license, wanted);
        Ok::<_, HubError>((counted, users))
    })?;
    let used = [("used", counted.consumed.into()), ("total", counted.total.into())];
    let body = html! {
        p.lead { (visitor.say("license-used", &used)) }
        p { (visitor.text("heading-package")) ": " bdi { (package(&visitor, &counted.license)) } }
        @if users.items.is_empty() {
            (table::empty(&visitor, "license-unused", Some((&format!("/organizations/{org}/users"), "menu-users"))))
        } @else {
            (users_table(&visitor, &org, &users.items))
        }
        (table::pager(&visitor, wanted, users.items.len(), users.next.is_some()))
        p { a href=(visitor.href(&format!("/organizations/{org}/licenses"))) { (visitor.text("license-all")) } }
    };
    let title = counted.license.kind.title();
    Ok(Sheet { console: Console::of_path(&visitor), title, body }.show(&visitor))
}

fn users_table(visitor: &Visitor, org: &str, users: &[Arc<Person>]) -> Markup {
    let rows = users.iter().map(|person| {
        let path = format!("/organizations/{org}/users/{}", wire_id::of(person.id));
        vec![
            html! { a href=(visitor.href(&path)) { bdi { (person.shown_name()) } } },
            html! { bdi { (person.email) } },
            html! { (visitor.word("person-status", person.status.title())) },
        ]
    });
    let headings = ["heading-name", "heading-email", "heading-state"];
    table::table(visitor, "menu-users", &headings, &rows.collect::<Vec<_>>())
}
