//! The phone numbers of a location: who has which, and more of them to add.

use axum::response::Response;
use hub_core::operation::locations::calling_settings;
use hub_core::operation::numbers::inventory::{self, Entry, NumberFilter};
use hub_core::operation::numbers::{self, NewNumbers};
use hub_core::record::{Location, NumberState};
use hub_core::{HubError, PhoneNumber};
use maud::{Markup, html};

use super::{held_back, one, path};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer, table};

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &org, &id, &Form::default(), &[])
}

/// Adds the numbers of a list; those that are taken already are named.
pub(super) async fn add(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    let lines = form.value("phoneNumbers").lines().map(str::trim).filter(|line| !line.is_empty());
    let new = NewNumbers {
        numbers: lines.map(Into::into).collect(),
        kind: None,
        state: if form.has("inactive") { NumberState::Inactive } else { NumberState::Active },
        is_service: false,
    };
    let write = visitor.write("add phone numbers", |draft, context| {
        numbers::add(draft, context, organization, location, &new)
    });
    match write.await {
        Ok(taken) if taken.is_empty() => {
            let path = format!("{}/numbers", path(&org, &id));
            Ok(visitor.go_to(&with_notice(&path, "done-numbers-added")))
        }
        Ok(taken) => show(&visitor, &org, &id, &Form::default(), &taken),
        Err(fault) => show(&visitor, &org, &id, &form.refused(fault), &[]),
    }
}

/// The page of the numbers, with those that could not be added because they are taken.
pub(super) fn show(
    visitor: &Visitor,
    org: &str,
    id: &str,
    form: &Form,
    taken: &[(PhoneNumber, HubError)],
) -> Result<Response, Fault> {
    let wanted = table::wanted(visitor);
    let (organization, location) = (wire_id::read(org), wire_id::read::<Location>(id));
    let filter = NumberFilter {
        organization: Some(organization),
        location: Some(location),
        ..NumberFilter::default()
    };
    let (name, page) = visitor.read(|world, context| {
        let (found, _) = calling_settings::get(world, context, Some(organization), location)?;
        Ok::<_, HubError>((found.name.clone(), inventory::list(world, context, &filter, wanted)?))
    })?;
    let held_back = held_back(visitor, organization);
    let list = Listed { visitor, path: path(org, id), org, is_held_back: held_back.is_some() };
    let rows: Vec<_> = page.items.iter().map(|entry| list.row(entry)).collect();
    let body = html! {
        (fields::summary(visitor, form))
        (taken_already(visitor, taken))
        p { a href=(visitor.href(&path(org, id))) { bdi { (name) } } }
        @if rows.is_empty() {
            (one::no_numbers(visitor))
        } @else {
            (table::table(visitor, "heading-numbers", &list.headings(), &rows))
        }
        (table::pager(visitor, wanted, rows.len(), page.next.is_some()))
        (adding(visitor, &path(org, id), form, held_back.as_ref()))
    };
    let title = visitor.say("numbers-of", &[("name", (&*name).into())]);
    Ok(Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, form))
}

fn taken_already(visitor: &Visitor, taken: &[(PhoneNumber, HubError)]) -> Markup {
    html! {
        @if !taken.is_empty() {
            div.warning role="alert" tabindex="-1" {
                p { (visitor.text("numbers-taken")) }
                ul { @for (_, refusal) in taken { li { bdi { (visitor.language.refusal(refusal)) } } } }
            }
        }
    }
}

/// The table of numbers for one visitor, who may change them or not.
struct Listed<'a> {
    visitor: &'a Visitor,
    path: String,
    org: &'a str,
    is_held_back: bool,
}

impl Listed<'_> {
    fn headings(&self) -> Vec<&'static str> {
        let plain = ["heading-number", "heading-extension", "heading-state", "heading-owner"];
        plain.into_iter().chain((!self.is_held_back).then_some("heading-action")).collect()
    }

    fn row(&self, entry: &Entry) -> Vec<Markup> {
        let number = entry.number.as_ref().map(|number| number.number.to_string());
        let extension = entry.extension().map(|extension| extension.to_string()).unwrap_or_default();
        let plain = [
            html! { (number.as_deref().unwrap_or("–")) },
            html! { (extension) },
            self.state(entry),
            self.owner(entry),
        ];
        plain.into_iter().chain((!self.is_held_back).then(|| self.actions(entry))).collect()
    }

    fn state(&self, entry: &Entry) -> Markup {
        let words = match entry.state() {
            NumberState::Active => "number-active",
            NumberState::Inactive => "number-inactive",
        };
        html! {
            (self.visitor.text(words))
            @if entry.is_main() { " · " (self.visitor.text("location-main-number")) }
        }
    }

    fn owner(&self, entry: &Entry) -> Markup {
        let Some(owner) = &entry.owner else { return html! { (self.visitor.text("number-free")) } };
        let path = format!("/organizations/{}/users/{}", self.org, wire_id::of(owner.id));
        html! { a href=(self.visitor.href(&path)) { bdi { (owner.shown_name()) } } }
    }

    fn actions(&self, entry: &Entry) -> Markup {
        let Some(number) = &entry.number else { return html! {} };
        let path = format!("{}/numbers/{}", self.path, number.number);
        let (value, label) = match number.state {
            NumberState::Active => ("inactive", "number-deactivate"),
            NumberState::Inactive => ("active", "number-activate"),
        };
        html! {
            div.actions {
                (fields::form(self.visitor, &format!("{path}/state"), html! {
                    button name="state" value=(value) {
                        (self.visitor.text(label)) span.unseen { " " (number.number) }
                    }
                }))
                a href=(self.visitor.href(&format!("{path}/remove"))) {
                    (self.visitor.text("number-remove")) span.unseen { " " (number.number) }
                }
            }
        }
    }
}

fn adding(visitor: &Visitor, path: &str, form: &Form, held_back: Option<&HubError>) -> Markup {
    html! {
        section aria-labelledby="add" {
            h2 #add { (visitor.text("numbers-add")) }
            (fields::form(visitor, &format!("{path}/numbers"), html! {
                fieldset.bare disabled[held_back.is_some()] aria-labelledby="add" {
                    (fields::area(visitor, form, "phoneNumbers", "heading-numbers", Some("numbers-hint")))
                    (fields::check_box(visitor, form, "inactive", "numbers-inactive"))
                }
                (offer::button(visitor, "primary", "numbers-add", held_back))
            }))
        }
    }
}
