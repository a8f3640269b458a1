//! The form of a location: a new one, or one that changes.

use axum::response::Response;
use hub_core::operation::locations::{self, AddressChange, LocationChange, NewLocation};
use hub_core::record::{Address, Location};
use maud::{Markup, html};

use super::{held_back, home, path};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::offer;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn new(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let form = Form::with([("preferredLanguage", "en_us")]);
    Ok(show(&visitor, &org, &format!("{}/new", home(&org)), "location-create", &form))
}

pub(super) async fn create(
    Seen(visitor): Seen,
    Path(org): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, new) = (Some(wire_id::read(&org)), new_location(&form));
    let write = visitor
        .write("create location", |draft, context| locations::create(draft, context, organization, &new));
    match write.await {
        Ok(location) => {
            let path = path(&org, wire_id::of(location.id).as_str());
            Ok(visitor.go_to(&with_notice(&path, "done-location-created")))
        }
        Err(fault) => {
            let action = format!("{}/new", home(&org));
            Ok(show(&visitor, &org, &action, "location-create", &form.refused(fault)))
        }
    }
}

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let location = visitor.read(|world, context| {
        locations::get(world, context, Some(wire_id::read(&org)), wire_id::read(&id)).cloned()
    })?;
    let action = format!("{}/edit", path(&org, &id));
    Ok(show(&visitor, &org, &action, "location-change", &stored(&location)))
}

pub(super) async fn change(
    Seen(visitor): Seen,
    Path((org, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (organization, location) = (Some(wire_id::read(&org)), wire_id::read(&id));
    let change = location_change(&form);
    let write = visitor.write("update location", |draft, context| {
        locations::update(draft, context, organization, location, &change)
    });
    match write.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&path(&org, &id), "done-location-changed"))),
        Err(fault) => {
            let action = format!("{}/edit", path(&org, &id));
            Ok(show(&visitor, &org, &action, "location-change", &form.refused(fault)))
        }
    }
}

fn new_location(form: &Form) -> NewLocation {
    let given = |name| form.given(name).map(Into::into);
    NewLocation {
        name: form.value("name").into(),
        address: Address {
            line1: form.value("address.address1").into(),
            line2: given("address.address2"),
            city: form.value("address.city").into(),
            state: given("address.state"),
            postal_code: given("address.postalCode"),
            country: form.value("address.country").into(),
        },
        time_zone: form.value("timeZone").trim().into(),
        language: form.value("preferredLanguage").trim().into(),
        announcement_language: given("announcementLanguage"),
        latitude: None,
        longitude: None,
        notes: None,
    }
}

fn location_change(form: &Form) -> LocationChange {
    let NewLocation { name, address, time_zone, language, announcement_language, .. } = new_location(form);
    LocationChange {
        name: Some(name),
        time_zone: Some(time_zone),
        language: Some(language),
        announcement_language,
        address: Some(AddressChange {
            line1: Some(address.line1),
            line2: Some(address.line2.unwrap_or_default()),
            city: Some(address.city),
            state: Some(address.state.unwrap_or_default()),
            postal_code: Some(address.postal_code.unwrap_or_default()),
            country: Some(address.country),
        }),
    }
}

fn stored(location: &Location) -> Form {
    let address = &location.address;
    let optional = |value: &'static str, text: &Option<Box<str>>| (value, text.clone().unwrap_or_default());
    let values = [
        ("name", location.name.clone()),
        ("timeZone", location.time_zone.clone()),
        ("preferredLanguage", location.language.clone()),
        ("announcementLanguage", location.announcements().into()),
        ("address.address1", address.line1.clone()),
        optional("address.address2", &address.line2),
        ("address.city", address.city.clone()),
        optional("address.state", &address.state),
        optional("address.postalCode", &address.postal_code),
        ("address.country", address.country.clone()),
    ];
    Form::with(values.iter().map(|(name, value)| (*name, &**value)))
}

fn show(visitor: &Visitor, org: &str, action: &str, title: &str, form: &Form) -> Response {
    let held_back = held_back(visitor, wire_id::read(org));
    let body = html! {
        (fields::summary(visitor, form))
        (fields::form(visitor, action, html! {
            (about(visitor, form))
            (address(visitor, form))
            div.actions {
                (offer::button(visitor, "primary", "location-save", held_back.as_ref()))
                a.button href=(visitor.href(&home(org))) { (visitor.text("location-all")) }
            }
        }))
    };
    let title = visitor.text(title);
    Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, form)
}

fn about(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        div.columns {
            (Text::of("name", "heading-name").required().show(visitor, form))
            (Text::of("timeZone", "location-time-zone").required().hint("location-time-zone-hint").show(visitor, form))
            (Text::of("preferredLanguage", "location-language").required().hint("location-language-hint").show(visitor, form))
            (Text::of("announcementLanguage", "location-announcements").show(visitor, form))
        }
    }
}

fn address(visitor: &Visitor, form: &Form) -> Markup {
    let text = |name, label| Text::of(name, label);
    html! {
        fieldset {
            legend { (visitor.text("heading-address")) }
            div.columns {
                (text("address.address1", "address-line1").required().show(visitor, form))
                (text("address.address2", "address-line2").show(visitor, form))
                (text("address.city", "address-city").required().show(visitor, form))
                (text("address.state", "address-state").show(visitor, form))
                (text("address.postalCode", "address-postal-code").show(visitor, form))
                (text("address.country", "address-country").required().hint("address-country-hint").show(visitor, form))
            }
        }
    }
}
