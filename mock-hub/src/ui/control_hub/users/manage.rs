//! Manage users: the four ways, each offered or, with the reason, not.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::users;
use maud::{Markup, html};

use super::{banner, held_back, path, require_sight, show};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::offer;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    require_sight(&visitor, &org)?;
    let organization = wire_id::read(&org);
    let held_back = held_back(&visitor, &org);
    let (adding, claiming) = visitor.read(|world, context| {
        let adding = users::permits_adding(world, context, organization, 1);
        (adding.err(), users::permits_claiming(world, context, organization).err())
    });
    let card = |label, lead, below, held_back| card(&visitor, label, lead, &path(&org, below), held_back);
    let body = html! {
        (banner(&visitor, held_back.as_ref()))
        div.cards {
            (card("users-add", "users-add-lead", "/add", adding.as_ref()))
            (card("users-csv", "users-csv-lead", "/csv", held_back.as_ref()))
            (card("users-claim", "users-claim-lead", "/claim", claiming.as_ref()))
            (card("users-directory", "users-directory-lead", "/directory", held_back.as_ref()))
        }
        (super::back(&visitor, &path(&org, ""), "users-back"))
    };
    Ok(show(&visitor, &visitor.text("manage-users"), body))
}

fn card(visitor: &Visitor, label: &str, lead: &str, path: &str, held_back: Option<&HubError>) -> Markup {
    html! {
        div.card #(label) {
            p { (visitor.text(lead)) }
            (offer::link(visitor, "primary", label, path, held_back))
        }
    }
}
