//! What a request says of a person.
//!
//! Clients send phone numbers as a list and, one of them, as a single object; only a work number counts, which hub-core
//! finds. Fields that the hub has no use for (avatar, nickname) are read and dropped.

use hub_core::HubError;
use hub_core::operation::people::{PersonData, Phone};
use hub_core::record::Attribute;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::object::JsonObject;
use crate::http::wire_id;

/// A person as he is to be. Which fields are required differs: see [`PersonBody::of_an_update`].
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PersonDataBody)]
pub(super) struct PersonBody {
    emails: Option<Vec<Box<str>>>,
    display_name: Option<Box<str>>,
    first_name: Option<Box<str>>,
    last_name: Option<Box<str>>,
    phone_numbers: Option<PhonesBody>,
    extension: Option<Box<str>>,
    location_id: Option<String>,
    org_id: Option<String>,
    roles: Option<Vec<String>>,
    licenses: Option<Vec<String>>,
    department: Option<Box<str>>,
    manager: Option<Box<str>>,
    manager_id: Option<String>,
    title: Option<Box<str>>,
    addresses: Option<Vec<JsonObject<PostalBody>>>,
    site_urls: Option<Vec<Box<str>>>,
    login_enabled: Option<bool>,
    #[serde(rename = "nickName")]
    _nick_name: Option<String>,
    #[serde(rename = "avatar")]
    _avatar: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = PersonPhonesBody)]
enum PhonesBody {
    List(Vec<JsonObject<PhoneBody>>),
    One(JsonObject<PhoneBody>),
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PersonPhoneBody)]
struct PhoneBody {
    r#type: Option<Box<str>>,
    value: Option<Box<str>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PersonAddressBody)]
struct PostalBody {
    r#type: Option<Box<str>>,
    country: Option<Box<str>>,
    locality: Option<Box<str>>,
    region: Option<Box<str>>,
    street_address: Option<Box<str>>,
    postal_code: Option<Box<str>>,
}

impl From<PhonesBody> for Vec<Phone> {
    fn from(body: PhonesBody) -> Self {
        let all = match body {
            PhonesBody::List(all) => all,
            PhonesBody::One(one) => vec![one],
        };
        all.into_iter().map(|JsonObject(phone)| Phone { kind: phone.r#type, value: phone.value }).collect()
    }
}

impl PersonBody {
    /// The same, if it has the name that an update needs (API-003).
    pub(super) fn of_an_update(self) -> Result<Self, HubError> {
        match self.display_name {
            Some(_) => Ok(self),
            None => Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("displayName")),
        }
    }

    fn attributes(&mut self) -> Vec<(Attribute, Box<str>)> {
        let address = self.addresses.take().and_then(|all| all.into_iter().next());
        let address = address.map(|JsonObject(address)| address);
        let of_address = address.into_iter().flat_map(|address| {
            [
                (Attribute::AddressType, address.r#type),
                (Attribute::AddressCountry, address.country),
                (Attribute::AddressCity, address.locality),
                (Attribute::AddressState, address.region),
                (Attribute::AddressStreet, address.street_address),
                (Attribute::AddressPostalCode, address.postal_code),
            ]
        });
        let of_work = [
            (Attribute::Title, self.title.take()),
            (Attribute::Department, self.department.take()),
            (Attribute::Manager, self.manager.take()),
        ];
        of_work.into_iter().chain(of_address).filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl From<PersonBody> for PersonData {
    fn from(mut body: PersonBody) -> Self {
        let attended = |sites: Vec<Box<str>>| {
            sites.iter().filter_map(|site| site.strip_suffix("#attendee")).map(Box::from).collect()
        };
        PersonData {
            attributes: body.attributes(),
            emails: body.emails.unwrap_or_default(),
            display_name: body.display_name,
            first_name: body.first_name,
            last_name: body.last_name,
            organization: body.org_id.as_deref().map(wire_id::read),
            manager: body.manager_id.as_deref().map(wire_id::read),
            roles: body.roles.map(|ids| ids.iter().map(|id| wire_id::read_word(id).into()).collect()),
            licenses: body.licenses.iter().flatten().map(|id| wire_id::read(id)).collect(),
            location: body.location_id.filter(|id| !id.is_empty()).as_deref().map(wire_id::read),
            phone_number: body.phone_numbers.map(|phones| Phone::of_work(phones.into())),
            extension: body.extension,
            is_sign_in_enabled: body.login_enabled,
            attended_sites: body.site_urls.map(attended),
        }
    }
}
