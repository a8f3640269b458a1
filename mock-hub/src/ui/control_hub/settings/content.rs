//! The fields of each setting, and what stands in them to begin with.

use hub_core::record::{Attribute, Organization, OrganizationSettings};
use hub_core::{HubError, Id, World};
use maud::{Markup, html};

use super::{Setting, Sight, automatic};
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

/// The form of a setting as it is.
pub(super) fn stored(
    world: &World,
    organization: Id<Organization>,
    settings: &OrganizationSettings,
    setting: Setting,
) -> Form {
    let checked = |name, is_on: bool| Form::with(is_on.then_some((name, "true")));
    match setting {
        Setting::RestrictedMode => {
            checked("restrictedAdministratorMode", settings.has_restricted_administrators)
        }
        Setting::Directory => checked("directorySynchronization", settings.has_directory),
        Setting::AutomaticLicenses => automatic::stored(world, organization, settings),
        Setting::RequiredAttributes => {
            let names = settings.required_attributes.iter().map(|attribute| attribute.name());
            Form::with(names.map(|name| ("requiredAttributes", name)))
        }
        Setting::ImportSpeed => {
            let speed = settings.import_rows_per_second.map(|speed| speed.to_string());
            Form::with(speed.as_deref().map(|speed| ("importRowsPerSecond", speed)))
        }
    }
}

/// The fields of a setting.
pub(super) fn fields(
    visitor: &Visitor,
    sight: Sight<'_>,
    organization: Id<Organization>,
    setting: Setting,
    form: &Form,
) -> Result<Markup, HubError> {
    Ok(match setting {
        Setting::RestrictedMode => {
            fields::check_box(visitor, form, "restrictedAdministratorMode", "setting-is-on")
        }
        Setting::Directory => directory(visitor, form),
        Setting::AutomaticLicenses => automatic::fields(visitor, sight, organization, form)?,
        Setting::RequiredAttributes => attributes(visitor, form),
        Setting::ImportSpeed => Text::of("importRowsPerSecond", "setting-rows-per-second")
            .kind("number")
            .hint("setting-at-once")
            .show(visitor, form),
    })
}

fn directory(visitor: &Visitor, form: &Form) -> Markup {
    fields::check_box(visitor, form, "directorySynchronization", "setting-directory-is-on")
}

/// A box for each attribute.
fn attributes(visitor: &Visitor, form: &Form) -> Markup {
    let is_checked = |name: &str| form.all("requiredAttributes").any(|checked| checked == name);
    html! {
        div.columns #requiredAttributes {
            @for (name, _) in Attribute::ALL {
                @let id = format!("requiredAttributes-{name}");
                div.field.choice {
                    input id=(id) name="requiredAttributes" type="checkbox" value=(name) checked[is_checked(name)];
                    label for=(id) { (visitor.word("attribute", name)) }
                }
            }
        }
    }
}
