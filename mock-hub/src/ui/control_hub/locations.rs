//! Locations of an organization. One of them is in `one`, its form in `edit`, how it goes in `removal`, its phone numbers
//! in `numbers` and `number`.

mod edit;
mod number;
mod numbers;
mod one;
mod removal;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use hub_core::operation::access::{Errand, Place};
use hub_core::operation::locations::{self, LocationFilter};
use hub_core::record::{Address, Location, Organization};
use hub_core::{HubError, Id, World};
use maud::{Markup, html};

use crate::app::App;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::layout::{Console, Sheet};
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{offer, table};

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/locations", get(page))
        .route("/organizations/{org}/locations/new", get(edit::new).post(edit::create))
        .route("/organizations/{org}/locations/{location}", get(one::page))
        .route("/organizations/{org}/locations/{location}/edit", get(edit::page).post(edit::change))
        .route("/organizations/{org}/locations/{location}/calling", post(one::enable))
        .route("/organizations/{org}/locations/{location}/pstn", post(one::set_pstn))
        .route(
            "/organizations/{org}/locations/{location}/disable-calling",
            get(removal::of_calling).post(removal::disable),
        )
        .route("/organizations/{org}/locations/{location}/remove", get(removal::page).post(removal::remove))
        .route("/organizations/{org}/locations/{location}/numbers", get(numbers::page).post(numbers::add))
        .route("/organizations/{org}/locations/{location}/numbers/{number}/state", post(number::set_state))
        .route(
            "/organizations/{org}/locations/{location}/numbers/{number}/remove",
            get(number::page).post(number::remove),
        )
}

fn home(org: &str) -> String {
    format!("/organizations/{org}/locations")
}

fn path(org: &str, location: &str) -> String {
    format!("/organizations/{org}/locations/{location}")
}

/// What keeps the visitor from changing locations, if something does.
fn held_back(visitor: &Visitor, organization: Id<Organization>) -> Option<HubError> {
    visitor.held_back(Errand::Administer, Place::Organization(organization))
}

async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let wanted = table::wanted(&visitor);
    let organization = wire_id::read(&org);
    let filter = LocationFilter { organization: Some(organization), ..LocationFilter::default() };
    let (rows, has_more) = visitor.read(|world, context| {
        let page = locations::list(world, context, &filter, wanted)?;
        let rows = page.items.iter().map(|location| row(&visitor, world, &org, location));
        Ok::<_, HubError>((rows.collect::<Vec<_>>(), page.next.is_some()))
    })?;
    let headings = ["heading-location", "heading-address", "heading-calling", "heading-numbers"];
    let held_back = held_back(&visitor, organization);
    let body = html! {
        div.actions {
            (offer::link(&visitor, "primary", "location-create", &format!("{}/new", home(&org)), held_back.as_ref()))
        }
        @if rows.is_empty() {
            (table::empty(&visitor, "locations-none", None))
        } @else {
            (table::table(&visitor, "menu-locations", &headings, &rows))
        }
        (table::pager(&visitor, wanted, rows.len(), has_more))
    };
    let title = visitor.text("menu-locations");
    Ok(Sheet { console: Console::of_path(&visitor), title: &title, body }.show(&visitor))
}

fn row(visitor: &Visitor, world: &World, org: &str, location: &Location) -> Vec<Markup> {
    let path = path(org, wire_id::of(location.id).as_str());
    let numbers = world.numbers_of(location.id).count();
    vec![
        html! { a href=(visitor.href(&path)) { bdi { (location.name) } } },
        html! { bdi { (place(&location.address)) } },
        calling(visitor, location),
        html! {
            @if location.calling.is_some() {
                a href=(visitor.href(&format!("{path}/numbers"))) {
                    (visitor.say("location-numbers", &[("count", numbers.into())]))
                }
            }
        },
    ]
}

fn place(address: &Address) -> String {
    format!("{}, {}", address.city, address.country)
}

/// Whether a location calls.
fn calling(visitor: &Visitor, location: &Location) -> Markup {
    html! {
        @if location.calling.is_some() {
            span.state.good { (visitor.text("location-calls")) }
        } @else {
            span.state { (visitor.text("location-does-not-call")) }
        }
    }
}
