//! A person as clients see him.
//!
//! Separate from the routes for its length. `phoneNumbers` is always there, because Cisco's own Java client needs it;
//! what is in it, and the place, is shown when calling data are asked for (PPL-012).

use hub_core::operation::{licenses, people};
use hub_core::record::{Attribute, Person, PersonStatus};
use hub_core::{Timestamp, World};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::wire::Time;
use crate::http::wire_id::{self, WireId};

/// What of a person is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) has_calling_data: bool,
    pub(super) has_presence: bool,
    pub(super) is_for_administrators: bool,
    /// Who was added until then has SIP addresses.
    pub(super) has_sip_if_added_until: Timestamp,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonView<'a> {
    id: WireId,
    emails: [&'a str; 1],
    phone_numbers: Vec<PhoneView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location_id: Option<WireId>,
    display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nick_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    org_id: WireId,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<WireId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licenses: Option<Vec<WireId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager_id: Option<WireId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    addresses: Option<[PostalView<'a>; 1]>,
    created: Time,
    last_modified: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    site_urls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sip_addresses: Option<[SipView; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invite_pending: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    login_enabled: Option<&'static str>,
    r#type: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonPhone)]
struct PhoneView {
    r#type: &'static str,
    value: String,
    primary: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonSipAddress)]
struct SipView {
    r#type: &'static str,
    value: String,
    primary: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PersonAddress)]
struct PostalView<'a> {
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locality: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street_address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<&'a str>,
}

impl<'a> PersonView<'a> {
    pub(super) fn of(world: &World, person: &'a Person, shown: Shown) -> Self {
        let is_for_administrators = shown.is_for_administrators;
        let word = |is_so: bool| is_for_administrators.then_some(if is_so { "true" } else { "false" });
        PersonView {
            id: wire_id::of(person.id),
            emails: [person.email.as_str()],
            phone_numbers: if shown.has_calling_data { phones(person) } else { Vec::new() },
            extension: person.extension.filter(|_| shown.has_calling_data).map(|it| it.to_string()),
            location_id: person.location.filter(|_| shown.has_calling_data).map(wire_id::of),
            display_name: person.shown_name(),
            nick_name: person.first_name.as_deref(),
            first_name: person.first_name.as_deref(),
            last_name: person.last_name.as_deref(),
            org_id: wire_id::of(person.organization),
            roles: is_for_administrators.then(|| person.roles.iter().map(wire_id::of_role).collect()),
            licenses: is_for_administrators.then(|| license_ids(world, person)),
            department: person.attribute(Attribute::Department),
            manager: person.attribute(Attribute::Manager),
            manager_id: people::manager(world, person).map(|manager| wire_id::of(manager.id)),
            title: person.attribute(Attribute::Title),
            addresses: address(person).map(|address| [address]),
            created: Time(person.created),
            last_modified: Time(person.last_modified()),
            timezone: person.attribute(Attribute::TimeZone),
            site_urls: sites(world, person),
            sip_addresses: sip(world, person).filter(|_| person.created <= shown.has_sip_if_added_until),
            status: shown.has_presence.then_some(presence(person.status)),
            invite_pending: word(person.status == PersonStatus::Pending),
            login_enabled: word(person.status != PersonStatus::Suspended),
            r#type: "person",
        }
    }
}

fn phones(person: &Person) -> Vec<PhoneView> {
    let number = person.phone_number.map(|number| PhoneView {
        r#type: "work",
        value: number.to_string(),
        primary: true,
    });
    let extension = person.extension.map(|extension| PhoneView {
        r#type: "work_extension",
        value: extension.to_string(),
        primary: person.phone_number.is_none(),
    });
    number.into_iter().chain(extension).collect()
}

/// The licences of a person by their ids.
pub(in crate::api) fn license_ids(world: &World, person: &Person) -> Vec<WireId> {
    licenses::held(world, person).map(|license| wire_id::of_license(world, license)).collect()
}

fn address(person: &Person) -> Option<PostalView<'_>> {
    let address = PostalView {
        r#type: person.address_type(),
        country: person.attribute(Attribute::AddressCountry),
        locality: person.attribute(Attribute::AddressCity),
        region: person.attribute(Attribute::AddressState),
        street_address: person.attribute(Attribute::AddressStreet),
        postal_code: person.attribute(Attribute::AddressPostalCode),
    };
    let parts =
        [address.country, address.locality, address.region, address.street_address, address.postal_code];
    parts.iter().any(Option::is_some).then_some(address)
}

/// The sites where a person is host, and those where he only attends.
fn sites(world: &World, person: &Person) -> Vec<String> {
    let hosted = people::host_site(world, person).map(str::to_owned);
    let attended = person.attended_sites.iter().map(|site| format!("{site}#attendee"));
    hosted.into_iter().chain(attended).collect()
}

/// The address of a person's room at the site where he hosts meetings (PPL-015).
fn sip(world: &World, person: &Person) -> Option<[SipView; 1]> {
    let (name, _) = person.email.as_str().split_once('@')?;
    let value = format!("{name}@{}", people::host_site(world, person)?);
    Some([SipView { r#type: "personal-room", value, primary: false }])
}

/// The hub knows nothing of presence, but who has not signed in yet.
fn presence(status: PersonStatus) -> &'static str {
    match status {
        PersonStatus::Pending => "pending",
        PersonStatus::Active | PersonStatus::Suspended => "unknown",
    }
}
