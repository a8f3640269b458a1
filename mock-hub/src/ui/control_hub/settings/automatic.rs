//! Automatic licences: none, those of the organization, or those of groups; one box for each licence.

use hub_core::operation::automatic_licenses::{self, AutomaticAssignment};
use hub_core::operation::licenses::{self, CountedLicense};
use hub_core::record::{License, Organization, OrganizationSettings};
use hub_core::{HubError, Id, World};
use maud::{Markup, html};

use super::Sight;
use crate::http::wire_id::{self, WireId};
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

const MODE: &str = "mode";
const LICENSES: &str = "licenses";
const GROUP: &str = "group";
const MODES: [(&str, &str); 3] =
    [("off", "automatic-off"), ("organization", "automatic-organization"), ("groups", "automatic-groups")];

/// The setting as it is.
pub(super) fn stored(world: &World, organization: Id<Organization>, settings: &OrganizationSettings) -> Form {
    let shown = |ids: &[Id<License>]| {
        let licenses = ids.iter().filter_map(|id| world.license(*id));
        licenses.map(|license| wire_id::of_license(world, license)).collect::<Vec<_>>()
    };
    let mut values: Vec<(String, WireId)> = Vec::new();
    let mode = match automatic_licenses::assignment_of(world, organization, settings) {
        AutomaticAssignment::Off => "off",
        AutomaticAssignment::Organization(ids) => {
            values.extend(shown(&ids).into_iter().map(|id| (LICENSES.to_owned(), id)));
            "organization"
        }
        AutomaticAssignment::Groups(groups) => {
            for (group, ids) in groups {
                let Some(group) = world.group(group).map(|group| wire_id::of_group(group)) else { continue };
                let name = of_group(group.as_str());
                values.extend(shown(&ids).into_iter().map(|id| (name.clone(), id)));
            }
            "groups"
        }
    };
    let values = values.iter().map(|(name, id)| (&**name, id.as_str()));
    Form::with([(MODE, mode)].into_iter().chain(values))
}

/// What a form asks for. A group without a licence is left out.
pub(super) fn asked(form: &Form) -> Result<AutomaticAssignment, HubError> {
    let words = MODES.map(|(word, _)| (word, word));
    let licenses = |name: &str| form.all(name).map(wire_id::read).collect::<Vec<Id<License>>>();
    Ok(match form.parameters().choice(MODE, &words)? {
        Some("organization") => AutomaticAssignment::Organization(licenses(LICENSES)),
        Some("groups") => {
            let groups =
                form.all(GROUP).map(|group| (wire_id::read_group(group), licenses(&of_group(group))));
            AutomaticAssignment::Groups(groups.filter(|(_, licenses)| !licenses.is_empty()).collect())
        }
        _ => AutomaticAssignment::Off,
    })
}

pub(super) fn fields(
    visitor: &Visitor,
    (world, context): Sight<'_>,
    organization: Id<Organization>,
    form: &Form,
) -> Result<Markup, HubError> {
    let offered = licenses::list(world, context, Some(organization))?;
    let boxes = |name: &str, legend: &str| boxes(world, form, &offered, name, legend);
    Ok(html! {
        div #automaticLicenseAssignment { (fields::radio(visitor, form, MODE, "automatic-mode", &MODES)) }
        (boxes(LICENSES, &visitor.text("automatic-licenses")))
        @for group in world.groups_of(organization) {
            @let id = wire_id::of_group(group);
            input type="hidden" name=(GROUP) value=(id.as_str());
            (boxes(&of_group(id.as_str()), &visitor.say("automatic-licenses-of", &[("name", (&*group.name).into())])))
        }
    })
}

/// The name of the boxes of a group.
fn of_group(group: &str) -> String {
    format!("{LICENSES}-{group}")
}

fn boxes(world: &World, form: &Form, offered: &[CountedLicense], name: &str, legend: &str) -> Markup {
    html! {
        fieldset {
            legend { bdi { (legend) } }
            div.columns {
                @for counted in offered {
                    @let license = wire_id::of_license(world, &counted.license);
                    @let id = format!("{name}-{license}");
                    div.field.choice {
                        input id=(id) name=(name) type="checkbox" value=(license.as_str())
                            checked[form.all(name).any(|checked| checked == license.as_str())];
                        label for=(id) { bdi { (title(&counted.license)) } }
                    }
                }
            }
        }
    }
}

/// The licence and the package that brings it, which tell it from others of its kind.
fn title(license: &License) -> String {
    let kind = license.kind.title();
    license.package.map_or_else(|| kind.to_owned(), |package| format!("{kind} ({})", package.title()))
}
