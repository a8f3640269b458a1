//! What the forms of a customer have in common: packages with quantities, address, calling location.
//!
//! Fields have the names that refusals name, which are those of the API. A number that is none is refused here, as the API
//! refuses it; all else is for the operations to judge.

use hub_core::operation::customers::{CustomerInfo, CustomerUpdate, NewCustomer, NewLocation};
use hub_core::record::{Address, Customer, PackageStatus};
use hub_core::{Context, HubError, Package};
use hub_rules::platform::VALUE_HAS_ITS_TYPE;
use hub_rules::{advice, expected};
use maud::{Markup, html};

use crate::http::wire_id;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

const LOCATION: &str = "provisioningParameters.calling.location";
const LOCATION_ADDRESS: &str = "provisioningParameters.calling.location.address";
const SAME_ADDRESS: &str = "same-address";

/// A form for a new customer, as it is before anybody typed.
pub(super) fn blank() -> Form {
    Form::with([(SAME_ADDRESS, "true"), (&*format!("{LOCATION}.language"), "en_us")])
}

/// A form that says what a customer is.
pub(super) fn filled(customer: &Customer, context: &Context<'_>) -> Form {
    let address = &customer.address;
    let mut values = vec![("externalId".to_owned(), customer.external_id.to_string())];
    let mut put = |name: String, value: &str| values.push((name, value.to_owned()));
    for (name, value) in address_fields(address) {
        put(format!("address.{name}"), value);
    }
    put(SAME_ADDRESS.to_owned(), "true");
    put(format!("{LOCATION}.language"), "en_us");
    let staying = customer.packages_at(context.now).filter(|(_, status)| *status != PackageStatus::Deleting);
    for (offer, _) in staying {
        put("packages".to_owned(), offer.package.id());
        if let Some(quantity) = offer.quantity {
            put(limit_of(offer.package), &quantity.to_string());
        }
    }
    Form::with(values.iter().map(|(name, value)| (&**name, &**value)))
}

/// What a form for a new customer says. A precheck does not look at packages where none is chosen.
pub(super) fn new_customer(form: &Form, is_precheck: bool) -> Result<NewCustomer, HubError> {
    let packages = packages_of(form);
    let info = CustomerInfo {
        name: text(form, "customerInfo.name"),
        primary_email: text(form, "customerInfo.primaryEmail"),
    };
    Ok(NewCustomer {
        provisioning_id: form.given("provisioningId").map(wire_id::read),
        packages: (!is_precheck || !packages.is_empty()).then_some(packages),
        external_id: text(form, "externalId"),
        address: address_of(form, "address"),
        organization: form.given("orgId").map(wire_id::read),
        info: (info != CustomerInfo::default()).then_some(info),
        location: location_of(form),
        quantities: quantities_of(form)?,
    })
}

/// What a form for another state of a customer says.
pub(super) fn update(form: &Form) -> Result<CustomerUpdate, HubError> {
    Ok(CustomerUpdate {
        packages: packages_of(form),
        external_id: Some(form.value("externalId").trim().into()),
        address: Some(address_of(form, "address")),
        location: location_of(form),
        quantities: quantities_of(form)?,
    })
}

/// A box for each package, with how many users may have it.
pub(super) fn packages(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        @let error = form.fault_at("packages").map(|_| "packages-error");
        fieldset.packages #packages tabindex="-1" aria-describedby=[error] {
            legend { (visitor.text("customers-packages")) }
            p.hint { (visitor.text("package-quantity-hint")) }
            (fields::error_at(visitor, form, "packages"))
            div.columns { @for package in Package::all() { (package_field(visitor, form, package)) } }
        }
    }
}

fn package_field(visitor: &Visitor, form: &Form, package: Package) -> Markup {
    let (id, limit) = (format!("packages-{}", package.id()), limit_of(package));
    let error = form.fault_at(&limit).map(|_| format!("{limit}-error"));
    html! {
        div.field {
            div.choice.field {
                input id=(id) type="checkbox" name="packages" value=(package.id())
                    checked[form.all("packages").any(|chosen| chosen == package.id())];
                label for=(id) { (package.title()) }
            }
            label.quiet for=(limit) {
                (visitor.text("package-quantity")) " " span.unseen { (package.title()) }
            }
            input id=(limit) type="number" min="0" name=(limit) value=(form.value(&limit)) autocomplete="off"
                aria-invalid=[error.as_ref().map(|_| "true")] aria-describedby=[error];
            (fields::error_at(visitor, form, &limit))
        }
    }
}

/// Where the customer is billed.
pub(super) fn address(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        fieldset {
            legend { (visitor.text("customer-address")) }
            (address_inputs(visitor, form, "address", true))
        }
    }
}

/// Where its calling users will be, if it has any.
pub(super) fn location(visitor: &Visitor, form: &Form, hint: &str) -> Markup {
    let field = |name: &str, label, hint| {
        let name = format!("{LOCATION}.{name}");
        Text { hint, ..Text::of(&name, label) }.show(visitor, form)
    };
    html! {
        @let error = form.fault_at(LOCATION).map(|_| format!("{LOCATION}-error"));
        fieldset id=(LOCATION) tabindex="-1" aria-describedby=[error] {
            legend { (visitor.text("customer-location")) }
            p.hint { (visitor.text(hint)) }
            (fields::error_at(visitor, form, LOCATION))
            div.columns {
                (field("name", "customer-location-name", None))
                (field("timezone", "customer-location-time-zone", Some("customer-location-time-zone-hint")))
                (field("language", "customer-location-language", Some("customer-location-language-hint")))
                (field("emergencyLocationIdentifier", "customer-location-emergency-identifier", None))
            }
            (fields::check_box(visitor, form, SAME_ADDRESS, "customer-location-same-address"))
            details open[!form.has(SAME_ADDRESS)] {
                summary { (visitor.text("customer-location-other-address")) }
                (address_inputs(visitor, form, LOCATION_ADDRESS, false))
            }
        }
    }
}

fn address_inputs(visitor: &Visitor, form: &Form, prefix: &str, is_required: bool) -> Markup {
    let field = |name: &str, label, is_required| {
        let name = format!("{prefix}.{name}");
        let hint = (label == "customer-address-country").then_some("customer-address-country-hint");
        Text { hint, is_required, ..Text::of(&name, label) }.show(visitor, form)
    };
    html! {
        div.columns {
            (field("addressLine1", "customer-address-line1", is_required))
            (field("addressLine2", "customer-address-line2", false))
            (field("city", "customer-address-city", is_required))
            (field("stateOrProvince", "customer-address-state", false))
            (field("zipOrPostalCode", "customer-address-postal-code", false))
            (field("country", "customer-address-country", is_required))
        }
    }
}

fn address_fields(address: &Address) -> impl Iterator<Item = (&'static str, &str)> {
    let fields = [
        ("addressLine1", Some(&*address.line1)),
        ("addressLine2", address.line2.as_deref()),
        ("city", Some(&*address.city)),
        ("stateOrProvince", address.state.as_deref()),
        ("zipOrPostalCode", address.postal_code.as_deref()),
        ("country", Some(&*address.country)),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?)))
}

fn address_of(form: &Form, prefix: &str) -> Address {
    let given = |name: &str| text(form, &format!("{prefix}.{name}"));
    Address {
        line1: given("addressLine1").unwrap_or_default(),
        line2: given("addressLine2"),
        city: given("city").unwrap_or_default(),
        state: given("stateOrProvince"),
        postal_code: given("zipOrPostalCode"),
        country: given("country").unwrap_or_default(),
    }
}

/// A location is asked for where anything was typed that only a location has.
fn location_of(form: &Form) -> Option<NewLocation> {
    let given = |name: &str| text(form, &format!("{LOCATION}.{name}"));
    let is_elsewhere = !form.has(SAME_ADDRESS);
    let own = address_of(form, LOCATION_ADDRESS);
    let has_address = is_elsewhere && address_fields(&own).any(|(_, value)| !value.is_empty());
    let is_named =
        ["name", "timezone", "emergencyLocationIdentifier"].into_iter().any(|it| given(it).is_some());
    (is_named || has_address).then(|| NewLocation {
        name: given("name").unwrap_or_default(),
        address: if is_elsewhere { own } else { address_of(form, "address") },
        time_zone: given("timezone").unwrap_or_default(),
        language: given("language").unwrap_or_default(),
        emergency_identifier: given("emergencyLocationIdentifier"),
    })
}

fn packages_of(form: &Form) -> Vec<Box<str>> {
    form.all("packages").map(Box::from).collect()
}

fn quantities_of(form: &Form) -> Result<Vec<(Package, u32)>, HubError> {
    let given = Package::all().filter_map(|package| Some((package, form.given(&limit_of(package))?)));
    given.map(|(package, text)| Ok((package, quantity(package, text)?))).collect()
}

fn quantity(package: Package, text: &str) -> Result<u32, HubError> {
    let wrong = |_| HubError::broken(&VALUE_HAS_ITS_TYPE).at(limit_of(package)).saw(text);
    text.parse().map_err(wrong).map_err(|it| it.advise(advice::expected(&expected::WHOLE_NUMBER_FROM_0)))
}

fn limit_of(package: Package) -> String {
    format!("provisioningParameters.packages.limits.{package}")
}

fn text(form: &Form, name: &str) -> Option<Box<str>> {
    form.given(name).map(Box::from)
}
