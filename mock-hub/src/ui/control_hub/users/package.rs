//! Change of a user's package: first the new package, then, where it has calling, the number information.

use axum::response::Response;
use hub_core::operation::users::{self, UserPackageChange};
use hub_core::record::Person;
use hub_core::{HubError, Package, PackageSet};
use maud::{Markup, html};

use super::choices::{self, Choices};
use super::{back, banner, held_back, list, path_of, sheet, user};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::offer;
use crate::ui::visitor::{Seen, Visitor};

/// What the pages show of a user.
struct Shown {
    name: String,
    held: PackageSet,
    errors: Markup,
    /// The location of a calling user, who stays there.
    location: Option<String>,
    choices: Choices,
    present: Form,
}

/// The first step, or the second one of a package that was chosen.
pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let shown = shown(&visitor, &org, &user)?;
    match visitor.query().text("package") {
        None => Ok(choice(&visitor, &org, &user, &shown)),
        Some(package) => {
            let mut form = shown.present.clone();
            form.set("package", &package);
            Ok(change(&visitor, &org, &user, &shown, &form))
        }
    }
}

pub(super) async fn submit(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let asked = UserPackageChange {
        package: Some(form.value("package").into()),
        placement: choices::placement(&form),
    };
    let (own, id) = (wire_id::read(&org), wire_id::read(&user));
    let written = visitor.write("change user package", |draft, context| {
        users::change_package(draft, context, own, id, &asked).map(drop)
    });
    match written.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&path_of(&org, &user, ""), "done-package-changed"))),
        Err(fault) => {
            let shown = shown(&visitor, &org, &user)?;
            Ok(change(&visitor, &org, &user, &shown, &form.refused(fault)))
        }
    }
}

fn shown(visitor: &Visitor, org: &str, user: &str) -> Result<Shown, HubError> {
    visitor.read(|world, context| {
        let person = users::get(world, context, wire_id::read(org), wire_id::read(user))?;
        let subscriber = world.subscriber_of(person.id);
        let location = person.location.filter(|_| person.is_calling_user());
        let in_error = subscriber.filter(|subscriber| !subscriber.errors.is_empty());
        Ok(Shown {
            name: person.shown_name(),
            held: subscriber.map(|subscriber| subscriber.packages).unwrap_or_default(),
            errors: html! { @if let Some(subscriber) = in_error { (user::errors(visitor, subscriber)) } },
            location: location.and_then(|id| world.location(id)).map(|location| location.name.to_string()),
            choices: Choices::of(world, context, org, location)?,
            present: present(person),
        })
    })
}

/// Where the user calls from now.
fn present(person: &Person) -> Form {
    let mut form = Form::default();
    let values = [
        ("locationId", person.location.map(|id| wire_id::of(id).to_string())),
        ("phoneNumber", person.phone_number.map(|number| number.to_string())),
        ("extension", person.extension.map(|extension| extension.to_string())),
    ];
    values.iter().for_each(|(name, value)| form.set(name, value.as_deref().unwrap_or_default()));
    form
}

fn choice(visitor: &Visitor, org: &str, user: &str, shown: &Shown) -> Response {
    let held_back = held_back(visitor, org);
    let body = html! {
        (banner(visitor, held_back.as_ref()))
        (present_package(visitor, shown))
        form method="get" action=(visitor.href(&path_of(org, user, "/package"))) {
            fieldset {
                legend { (visitor.text("user-package-new")) }
                @for package in &shown.choices.packages { (option(*package, shown.held)) }
            }
            div.actions {
                (offer::button(visitor, "primary", "next", held_back.as_ref()))
                (back(visitor, &path_of(org, user, ""), "cancel-user"))
            }
        }
    };
    sheet(visitor, &visitor.text("user-package-change-title"), body).show(visitor)
}

fn option(package: Package, held: PackageSet) -> Markup {
    let id = format!("package-{}", package.id());
    html! {
        div.field.choice {
            input id=(id) name="package" type="radio" value=(package.id()) required checked[held.base() == Some(package)];
            label for=(id) { bdi { (package.title()) } }
        }
    }
}

fn present_package(visitor: &Visitor, shown: &Shown) -> Markup {
    html! {
        dl {
            dt { (visitor.text("user-name")) }
            dd { bdi { (shown.name) } }
            dt { (visitor.text("user-package-present")) }
            dd { @if shown.held.is_empty() { (visitor.text("user-package-none")) } @else { bdi { (list::titles(shown.held)) } } }
        }
        (shown.errors)
    }
}

/// The second step, with what was typed.
fn change(visitor: &Visitor, org: &str, user: &str, shown: &Shown, form: &Form) -> Response {
    let held_back = held_back(visitor, org);
    let name = form.value("package");
    let package = Package::parse(name).ok();
    let body = html! {
        (fields::summary(visitor, form))
        @if form.fault().is_none() { (banner(visitor, held_back.as_ref())) }
        (present_package(visitor, shown))
        (fields::form(visitor, &path_of(org, user, "/package"), html! {
            input type="hidden" name="package" value=(name);
            p #package {
                (visitor.text("user-package-new")) ": "
                strong { bdi { (package.map_or(name, |package| package.title())) } }
                " " a href=(visitor.href(&path_of(org, user, "/package"))) { (visitor.text("user-package-choose-other")) }
            }
            @if package.is_some_and(Package::is_calling) { (numbers(visitor, shown, form)) }
            div.actions {
                (offer::button(visitor, "primary", "change", held_back.as_ref()))
                (back(visitor, &path_of(org, user, ""), "cancel-user"))
            }
        }))
    };
    sheet(visitor, &visitor.text("user-package-change-title"), body).show_form(visitor, form)
}

fn numbers(visitor: &Visitor, shown: &Shown, form: &Form) -> Markup {
    html! {
        fieldset {
            legend { (visitor.text("user-calling")) }
            div.columns {
                @match &shown.location {
                    Some(location) => {
                        input type="hidden" name="locationId" value=(form.value("locationId"));
                        dl #locationId { dt { (visitor.text("user-location")) } dd { bdi { (location) } } }
                    },
                    None => (shown.choices.location(visitor, form)),
                }
                (shown.choices.numbers(visitor, form))
            }
        }
    }
}
