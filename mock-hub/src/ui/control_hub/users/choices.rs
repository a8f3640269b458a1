//! What can be chosen for a user: packages on offer, locations, and numbers that nobody has.
//!
//! Only suggestions: whether somebody gets what was chosen is decided when he is to get it.

use std::sync::Arc;

use hub_core::operation::PlacementRequest;
use hub_core::operation::access::ControlHub;
use hub_core::operation::locations::{self, LocationFilter};
use hub_core::operation::numbers::inventory::{self, NumberFilter};
use hub_core::record::Location;
use hub_core::{Context, HubError, Id, Package, PageRequest, World};
use maud::{Markup, html};

use crate::http::wire_id;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

/// A value, and the words for it.
pub(super) type Choice = (String, String);

/// How many numbers are suggested.
const NUMBERS: usize = 200;

/// What can be chosen for the users of an organization.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) packages: Vec<Package>,
    locations: Vec<Choice>,
    /// Numbers that nobody has, with their locations.
    numbers: Vec<Choice>,
    /// The names of the attributes that a new user has to have.
    pub(super) required: Vec<&'static str>,
}

impl Choices {
    /// Refused when the visitor does not see the organization (CUS-015).
    pub(super) fn of(
        world: &World,
        context: &Context<'_>,
        org: &str,
        location: Option<Id<Location>>,
    ) -> Result<Self, HubError> {
        let ControlHub { organization, customer } = ControlHub::open(world, context, wire_id::read(org))?;
        let is_offered = |package: &Package| {
            package.is_for_subscribers() && customer.offer_at(*package, context.now).is_some()
        };
        let required = &organization.settings.required_attributes;
        Ok(Choices {
            packages: Package::all().filter(is_offered).collect(),
            locations: locations(world, context, org)?,
            numbers: free_numbers(world, context, org, location)?,
            required: required.iter().map(|attribute| attribute.name()).collect(),
        })
    }

    /// The packages as options; the first stands for none.
    pub(super) fn package_options(&self, none: String) -> Vec<Choice> {
        let option = |package: &Package| (package.id().to_owned(), package.title().to_owned());
        [(String::new(), none)].into_iter().chain(self.packages.iter().map(option)).collect()
    }

    /// The choice of a location.
    pub(super) fn location(&self, visitor: &Visitor, form: &Form) -> Markup {
        let none = (String::new(), visitor.text("user-location-none"));
        let options: Vec<_> = [none].into_iter().chain(self.locations.iter().cloned()).collect();
        fields::select(visitor, form, "locationId", "user-location", &options)
    }

    /// The fields for number and extension.
    pub(super) fn numbers(&self, visitor: &Visitor, form: &Form) -> Markup {
        let number = Text::of("phoneNumber", "user-phone-number").kind("tel").hint("user-phone-number-hint");
        html! {
            (number.suggests("free-numbers").show(visitor, form))
            (Text::of("extension", "user-extension").hint("user-extension-hint").show(visitor, form))
            datalist #free-numbers {
                @for (number, location) in &self.numbers { option value=(number) { (location) } }
            }
        }
    }
}

/// The calling number information that was typed.
pub(super) fn placement(form: &Form) -> PlacementRequest {
    PlacementRequest {
        location: form.given("locationId").map(wire_id::read),
        phone_number: form.given("phoneNumber").map(Into::into),
        extension: form.given("extension").map(Into::into),
    }
}

/// The locations of an organization.
pub(super) fn locations(world: &World, context: &Context<'_>, org: &str) -> Result<Vec<Choice>, HubError> {
    let filter = LocationFilter { organization: Some(wire_id::read(org)), ..LocationFilter::default() };
    let page = locations::list(world, context, &filter, PageRequest::ALL)?;
    let choice = |location: &Arc<Location>| (wire_id::of(location.id).to_string(), location.name.to_string());
    Ok(page.items.iter().map(choice).collect())
}

fn free_numbers(
    world: &World,
    context: &Context<'_>,
    org: &str,
    location: Option<Id<Location>>,
) -> Result<Vec<Choice>, HubError> {
    let filter = NumberFilter {
        organization: Some(wire_id::read(org)),
        location,
        available: Some(true),
        ..NumberFilter::default()
    };
    let page = inventory::list(world, context, &filter, PageRequest::of(0, NUMBERS))?;
    let choice = |entry: inventory::Entry| {
        let number = entry.number?.number;
        Some((number.to_string(), entry.location.name.to_string()))
    };
    Ok(page.items.into_iter().filter_map(choice).collect())
}
