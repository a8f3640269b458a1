//! Who a user is: names, address, attributes, and whether he may sign in. What he has is left as it is.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::people::{self, PersonData};
use hub_core::operation::users;
use hub_core::record::{Attribute, Person, PersonStatus};
use maud::{Markup, html};

use super::{back, banner, held_back, path_of, sheet};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::offer;
use crate::ui::visitor::{Seen, Visitor};

const NAMES: [(&str, &str); 3] =
    [("firstName", "user-first-name"), ("lastName", "user-last-name"), ("displayName", "user-display-name")];
const MAY_SIGN_IN: &str = "loginEnabled";

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let form = visitor.read(|world, context| {
        users::get(world, context, wire_id::read(&org), wire_id::read(&user)).map(|person| filled(person))
    })?;
    show(&visitor, &org, &user, &form)
}

pub(super) async fn submit(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (own, id, data) = (wire_id::read(&org), wire_id::read(&user), data(&form));
    let update = visitor
        .write("update person", |draft, context| users::describe(draft, context, own, id, &data).map(drop));
    match update.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&path_of(&org, &user, ""), "done-user-changed"))),
        Err(fault) => show(&visitor, &org, &user, &form.refused(fault)),
    }
}

/// The form as the user is.
fn filled(person: &Person) -> Form {
    let mut form = Form::with([
        ("emails", person.email.as_str()),
        ("firstName", person.first_name.as_deref().unwrap_or_default()),
        ("lastName", person.last_name.as_deref().unwrap_or_default()),
        ("displayName", person.display_name.as_deref().unwrap_or_default()),
    ]);
    for attribute in PersonData::DESCRIBING {
        form.set(attribute.name(), person.attribute(attribute).unwrap_or_default());
    }
    if person.status != PersonStatus::Suspended {
        form.set(MAY_SIGN_IN, "true");
    }
    form
}

fn data(form: &Form) -> PersonData {
    let text = |name| form.given(name).map(Into::into);
    let attributes = PersonData::DESCRIBING.map(|attribute| (attribute, form.value(attribute.name()).into()));
    PersonData {
        emails: vec![form.value("emails").into()],
        first_name: text("firstName"),
        last_name: text("lastName"),
        display_name: text("displayName"),
        attributes: attributes.into(),
        is_sign_in_enabled: Some(form.has(MAY_SIGN_IN)),
        ..PersonData::default()
    }
}

fn show(visitor: &Visitor, org: &str, user: &str, form: &Form) -> Result<Response, Fault> {
    let held_back = held_back(visitor, org);
    let from_renaming = visitor.read(|world, context| {
        users::get(world, context, wire_id::read(org), wire_id::read(user))?;
        Ok::<_, HubError>(people::permits_renaming(world, context, wire_id::read(user)).err())
    })?;
    let body = html! {
        (fields::summary(visitor, form))
        @if form.fault().is_none() { (banner(visitor, held_back.as_ref())) }
        @if held_back.is_some() && from_renaming.is_none() { p { (visitor.text("user-names-only")) } }
        (fields::form(visitor, &path_of(org, user, "/edit"), html! {
            (names(visitor, form))
            (attributes(visitor, form))
            div.actions {
                (offer::button(visitor, "primary", "user-save", from_renaming.as_ref()))
                (back(visitor, &path_of(org, user, ""), "cancel-user"))
            }
        }))
    };
    Ok(sheet(visitor, &visitor.text("user-edit"), body).show_form(visitor, form))
}

fn names(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        fieldset {
            legend { (visitor.text("user-names")) }
            div.columns {
                @for (name, label) in NAMES { (Text::of(name, label).show(visitor, form)) }
            }
        }
    }
}

fn attributes(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        fieldset {
            legend { (visitor.text("user-attributes")) }
            div.columns {
                (Text::of("emails", "user-email").kind("email").required().show(visitor, form))
                @for name in PersonData::DESCRIBING.map(Attribute::name) {
                    (Text::of(name, &format!("attribute-{name}")).show(visitor, form))
                }
            }
            (fields::check_box(visitor, form, MAY_SIGN_IN, "user-may-sign-in"))
        }
    }
}
