//! The page of a user: who he is, his package, what he has, and the ways to change it.

use axum::response::Response;
use hub_core::operation::people;
use hub_core::operation::{roles, users};
use hub_core::record::{Person, Subscriber};
use hub_core::{HubError, World};
use hub_rules::subscribers::PACKAGE_IN_ERROR_IS_REASSIGNED;
use maud::{Markup, html};

use super::{back, banner, held_back, list, path, path_of, show};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::layout::moment;
use crate::ui::offer;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let held_back = held_back(&visitor, &org);
    let (id, own) = (wire_id::read(&user), wire_id::read(&org));
    let (title, from_renaming, details) = visitor.read(|world, context| {
        let person = users::get(world, context, own, id)?;
        let from_changing = users::permits_changing_package(world, context, own, id).err();
        let held_back = [from_changing.as_ref(), held_back.as_ref()];
        let details = html! {
            (identity(&visitor, world, person))
            (package(&visitor, world, person, &path_of(&org, &user, ""), held_back))
            (licenses(&visitor, world, person))
        };
        let from_renaming = people::permits_renaming(world, context, id).err();
        Ok::<_, HubError>((person.shown_name(), from_renaming, details))
    })?;
    let body = html! {
        (banner(&visitor, held_back.as_ref()))
        (details)
        div.actions {
            (offer::link(&visitor, "", "user-edit", &path_of(&org, &user, "/edit"), from_renaming.as_ref()))
            (offer::link(&visitor, "danger", "user-remove", &path_of(&org, &user, "/remove"), held_back.as_ref()))
            (back(&visitor, &path(&org, ""), "users-back"))
        }
    };
    Ok(show(&visitor, &title, body))
}

fn identity(visitor: &Visitor, world: &World, person: &Person) -> Markup {
    let location = person.location.and_then(|id| world.location(id)).map(|location| &*location.name);
    let shown = [
        ("user-email", Some(person.email.to_string())),
        ("user-first-name", person.first_name.as_deref().map(str::to_owned)),
        ("user-last-name", person.last_name.as_deref().map(str::to_owned)),
        ("user-location", location.map(str::to_owned)),
        ("user-phone-number", person.phone_number.map(|number| number.to_string())),
        ("user-extension", person.extension.map(|extension| extension.to_string())),
        ("user-site", person.preferred_site.as_deref().map(str::to_owned)),
    ];
    let roles = person.roles.iter().map(|role| roles::of(role).name).collect::<Vec<_>>().join(", ");
    html! {
        div.card {
            dl {
                dt { (visitor.text("user-status")) }
                dd {
                    (list::state_of(visitor, person))
                    @if person.is_external { " " span class="state warn" { (visitor.text("user-is-external")) } }
                    @if person.is_of_directory { " " span.state { (visitor.text("user-is-of-directory")) } }
                }
                @for (label, value) in shown {
                    @if let Some(value) = value { dt { (visitor.text(label)) } dd { bdi { (value) } } }
                }
                @for (attribute, value) in &person.attributes {
                    dt { (visitor.word("attribute", attribute.name())) }
                    dd { bdi { (value) } }
                }
                @if !roles.is_empty() { dt { (visitor.text("user-roles")) } dd { bdi { (roles) } } }
                dt { (visitor.text("user-created")) }
                dd { (moment(person.created)) }
            }
        }
    }
}

/// The section Package, with the arrow that leads to changing it.
fn package(
    visitor: &Visitor,
    world: &World,
    person: &Person,
    path: &str,
    [from_changing, from_unassigning]: [Option<&HubError>; 2],
) -> Markup {
    let subscriber = world.subscriber_of(person.id);
    html! {
        section.card aria-labelledby="package" {
            h2 #package { (visitor.text("user-package")) }
            @match subscriber {
                Some(subscriber) => p #packages { bdi { (list::titles(subscriber.packages)) } },
                None => p #packages { (visitor.text("user-package-none")) },
            }
            @if let Some(subscriber) = subscriber.filter(|subscriber| !subscriber.errors.is_empty()) {
                (errors(visitor, subscriber))
            }
            div.actions {
                (offer::link(visitor, "", "user-package-change", &format!("{path}/package"), from_changing))
                @if subscriber.is_some() {
                    (offer::link(visitor, "danger", "user-unassign", &format!("{path}/package/unassign"), from_unassigning))
                }
            }
        }
    }
}

/// What went wrong with the package, and the remedy.
pub(super) fn errors(visitor: &Visitor, subscriber: &Subscriber) -> Markup {
    html! {
        div.refusal #package-error {
            p { strong { (visitor.text("user-package-in-error")) } }
            ul {
                @for fault in &subscriber.errors {
                    li lang="en" { bdi { (fault.description) } @if let Some(code) = fault.code { " (" (code) ")" } }
                }
            }
            p { (visitor.language.rule(&PACKAGE_IN_ERROR_IS_REASSIGNED)) }
        }
    }
}

fn licenses(visitor: &Visitor, world: &World, person: &Person) -> Markup {
    let held: Vec<_> = person.licenses.iter().filter_map(|id| world.license(*id)).collect();
    html! {
        section aria-labelledby="licenses" {
            h2 #licenses { (visitor.text("user-licenses")) }
            @if held.is_empty() {
                p { (visitor.text("user-licenses-none")) }
            } @else {
                ul { @for license in held { li { bdi { (license.kind.title()) } } } }
            }
        }
    }
}
