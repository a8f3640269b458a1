//! Ids as Webex writes them, the same wherever a record is shown (API-053): base64 of `ciscospark://us/<KIND>/<uuid>`,
//! without padding.
//!
//! Reading is lenient, because clients pass on what they find: with or without padding, either alphabet, any
//! kind, a bare UUID or the base64 of one. What cannot be read becomes an id that no record has, so that the
//! hub answers it as any other unknown id. Writing needs no heap.

use std::fmt;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD_NO_PAD};
use hub_core::operation::pstn::PstnOption;
use hub_core::operation::roles;
use hub_core::record::{
    BillingReport, Customer, Device, DisableCallingJob, Group, License, Location, Organization, Person,
    Report, Subscriber, Template,
};
use hub_core::{Id, Role, World};
use serde::{Serialize, Serializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

/// Readers of either alphabet, which are mostly tables: made once.
static STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, ANY_PADDING);
static URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, ANY_PADDING);
const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

const PREFIX: &str = "ciscospark://us/";
const GROUP: &str = "SCIM_GROUP/";
const LICENSE: &str = "LICENSE/";
/// The longest host of a site that the id of a licence names; a longer one is left out.
const SITE_MAX: usize = 80;
/// The longest text: a licence's, with its organization's UUID, offer code, own UUID and site.
const PLAIN_MAX: usize = 112 + 1 + SITE_MAX;
const ENCODED_MAX: usize = PLAIN_MAX.div_ceil(3) * 4;

/// A record that has ids on the wire.
pub trait OnTheWire {
    /// The kind in the id; none = the bare UUID is encoded.
    const KIND: Option<&'static str>;
}

impl OnTheWire for Organization {
    const KIND: Option<&'static str> = Some("ORGANIZATION");
}
impl OnTheWire for Customer {
    const KIND: Option<&'static str> = Some("ENTERPRISE");
}
impl OnTheWire for Subscriber {
    const KIND: Option<&'static str> = Some("SUBSCRIBER");
}
impl OnTheWire for Person {
    const KIND: Option<&'static str> = Some("PEOPLE");
}
impl OnTheWire for Location {
    const KIND: Option<&'static str> = Some("LOCATION");
}
impl OnTheWire for BillingReport {
    const KIND: Option<&'static str> = Some("BILLING_REPORT");
}
impl OnTheWire for Report {
    const KIND: Option<&'static str> = Some("REPORT");
}
impl OnTheWire for Device {
    const KIND: Option<&'static str> = Some("DEVICE");
}
impl OnTheWire for DisableCallingJob {
    const KIND: Option<&'static str> = Some("JOB_ID");
}
impl OnTheWire for PstnOption {
    const KIND: Option<&'static str> = Some("PSTN_CONNECTION");
}
impl OnTheWire for Template {
    const KIND: Option<&'static str> = None;
}

/// An id in the form of the wire: `Display` and `Serialize` give the base64 text.
#[derive(Clone, Copy)]
pub struct WireId {
    text: [u8; ENCODED_MAX],
    len: usize,
}

/// The id of a record.
pub fn of<T: OnTheWire>(id: Id<T>) -> WireId {
    let mut plain = Plain::new();
    if let Some(kind) = T::KIND {
        plain.push(PREFIX);
        plain.push(kind);
        plain.push("/");
    }
    plain.push_uuid(id.uuid());
    plain.encode()
}

/// The id of something that has no kind on the wire, such as an audit event.
pub fn of_uuid(uuid: Uuid) -> WireId {
    let mut plain = Plain::new();
    plain.push_uuid(uuid);
    plain.encode()
}

/// The id by which the calling configuration knows a device.
pub fn of_calling_device(id: Id<Device>) -> WireId {
    let mut plain = Plain::new();
    plain.push(PREFIX);
    plain.push("CALLING_DEVICE/");
    plain.push_uuid(id.uuid());
    plain.encode()
}

/// The id of a licence of a world.
pub fn of_license(world: &World, license: &License) -> WireId {
    let home = world.organization(license.organization);
    of_license_at(license, home.and_then(|home| home.site_of(license.kind)).map(|site| &**site))
}

/// The id of a licence, which names the organization, the offer and the site that it is for too (LIC-027).
pub fn of_license_at(license: &License, site: Option<&str>) -> WireId {
    let mut plain = Plain::new();
    plain.push(PREFIX);
    plain.push(LICENSE);
    plain.push_uuid(license.organization.uuid());
    plain.push(":");
    plain.push(license.kind.offer_code());
    plain.push("_");
    plain.push_uuid(license.id.uuid());
    if let Some(site) = site.filter(|site| site.len() <= SITE_MAX) {
        plain.push("_");
        plain.push(site);
    }
    plain.encode()
}

/// The id of a role, which is a word.
pub fn of_role(role: Role) -> WireId {
    let mut plain = Plain::new();
    plain.push(PREFIX);
    plain.push("ROLE/");
    plain.push(roles::of(role).id);
    plain.encode()
}

/// Reads an id that is a word, in base64 or bare; what cannot be decoded counts as bare.
pub fn read_word(text: &str) -> String {
    let text = text.trim();
    let mut plain = [0; PLAIN_MAX + 2];
    let word = decoded(text, &mut plain).and_then(|plain| plain.strip_prefix(PREFIX)?.split_once('/'));
    word.map_or(text, |(_, word)| word).to_owned()
}

/// The id of a group, which names the organization too.
pub fn of_group(group: &Group) -> WireId {
    let mut plain = Plain::new();
    plain.push(PREFIX);
    plain.push(GROUP);
    plain.push_uuid(group.id.uuid());
    plain.push(":");
    plain.push_uuid(group.organization.uuid());
    plain.encode()
}

/// Reads an id; what cannot be read becomes the nil id, which no record has.
pub fn read<T>(text: &str) -> Id<T> {
    Id::from_uuid(uuid_in(text.trim()).unwrap_or_default())
}

/// Reads the id of a group, in which the organization's UUID stands last.
pub fn read_group(text: &str) -> Id<Group> {
    let text = text.trim();
    let named = decoded(text, &mut [0; PLAIN_MAX + 2]).and_then(|plain| {
        let (_, names) = plain.split_once(GROUP)?;
        Uuid::try_parse(names.split(':').next()?).ok()
    });
    named.map_or_else(|| read(text), Id::from_uuid)
}

fn uuid_in(text: &str) -> Option<Uuid> {
    if let Ok(uuid) = Uuid::try_parse(text) {
        return Some(uuid);
    }
    let mut plain = [0; PLAIN_MAX + 2];
    let plain = decoded(text, &mut plain)?;
    let of_license = plain.split_once(LICENSE).and_then(|(_, license)| license.split('_').nth(1));
    let name = of_license.or_else(|| plain.rsplit(['/', ':', '_']).next()).unwrap_or(plain);
    Uuid::try_parse(name).ok()
}

/// The text behind a base64 text, in either alphabet and with any padding.
fn decoded<'a>(text: &str, plain: &'a mut [u8]) -> Option<&'a str> {
    let reader = if text.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let read = reader.decode_slice(text, plain).ok()?;
    std::str::from_utf8(&plain[..read]).ok()
}

struct Plain {
    text: [u8; PLAIN_MAX],
    len: usize,
}

impl Plain {
    fn new() -> Self {
        Plain { text: [0; PLAIN_MAX], len: 0 }
    }

    fn push(&mut self, part: &str) {
        let end = self.len + part.len();
        self.text[self.len..end].copy_from_slice(part.as_bytes());
        self.len = end;
    }

    fn push_uuid(&mut self, uuid: Uuid) {
        self.push(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }

    fn encode(&self) -> WireId {
        let mut text = [0; ENCODED_MAX];
        let len = STANDARD_NO_PAD
            .encode_slice(&self.text[..self.len], &mut text)
            .expect("the buffer holds the base64 of the longest text");
        WireId { text, len }
    }
}

impl WireId {
    /// The base64 text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.len]).expect("base64 is ASCII")
    }
}

impl fmt::Display for WireId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for WireId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for WireId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialSchema for WireId {
    fn schema() -> RefOr<Schema> {
        let id = ObjectBuilder::new().schema_type(Type::String);
        id.description(Some("Base64 of `ciscospark://us/KIND/UUID`; in requests a bare UUID will do.")).into()
    }
}

impl ToSchema for WireId {
    fn name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
}

#[cfg(test)]
mod tests {
    use hub_core::record::LicenseKind;

    use super::*;

    const UUID: Uuid = uuid::uuid!("52cf576d-60a8-407a-b22c-467c51591908");

    #[test]
    fn ids_are_those_of_the_examples_in_the_api_description() {
        assert_eq!(
            of(Id::<Customer>::from_uuid(UUID)).as_str(),
            "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvNTJjZjU3NmQtNjBhOC00MDdhLWIyMmMtNDY3YzUxNTkxOTA4"
        );
        let template = Id::<Template>::from_uuid(uuid::uuid!("f5b36187-c8dd-4727-8b2f-f9c447f29046"));
        assert_eq!(of(template).as_str(), "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2");
        let license = License {
            id: Id::from_uuid(uuid::uuid!("7fa0df8c-9f51-4a5f-9c68-5584e5c67a4b")),
            organization: Id::from_uuid(uuid::uuid!("b7c4dee8-86f6-4c01-bdb3-137236ef74df")),
            kind: LicenseKind::CallingProfessional,
            package: None,
        };
        assert_eq!(
            of_license_at(&license, None).as_str(),
            "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvYjdjNGRlZTgtODZmNi00YzAxLWJkYjMtMTM3MjM2ZWY3NGRmOlNMV0NBXzdmYTBkZjhjLTlmNTEtNGE1Zi05YzY4LTU1ODRlNWM2N2E0Yg"
        );
    }

    /// The example of a captured reply has this form. LIC-027.
    #[test]
    fn a_licence_of_a_site_is_read_with_it_and_without_it_lic_027() {
        let license = License {
            id: Id::from_uuid(UUID),
            organization: Id::from_uuid(uuid::uuid!("b7c4dee8-86f6-4c01-bdb3-137236ef74df")),
            kind: LicenseKind::WebexMeetings,
            package: None,
        };
        let long = "x".repeat(SITE_MAX + 1);
        for (site, ending) in
            [(None, ""), (Some("acme_dental.webex.com"), "_acme_dental.webex.com"), (Some(&*long), "")]
        {
            let id = of_license_at(&license, site);
            let plain = STANDARD_NO_PAD.decode(id.as_str()).unwrap();
            let own =
                format!("ciscospark://us/LICENSE/b7c4dee8-86f6-4c01-bdb3-137236ef74df:EE_{UUID}{ending}");
            assert_eq!(String::from_utf8(plain).unwrap(), own);
            assert_eq!(read::<License>(id.as_str()), license.id);
        }
    }

    #[test]
    fn padding_alphabet_and_kind_do_not_matter() {
        let location = "Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzAxMjM0NTY3LTg5YWItY2RlZi0wMTIzLTQ1Njc4OWFiY2RlZg==";
        let uuid = uuid::uuid!("01234567-89ab-cdef-0123-456789abcdef");
        assert_eq!(read::<Location>(location).uuid(), uuid);
        assert_eq!(read::<Location>(location.trim_end_matches('=')).uuid(), uuid);
        assert_eq!(read::<Location>("01234567-89AB-cdef-0123-456789abcdef").uuid(), uuid);
        let customer = "Y2lzY29zcGFyazovL3VzL0NVU1RPTUVSL2Y1YjM2MTg3LWM4ZGQtNDcyNy04YjJmLWY5YzQ0N2YyOTA0Ng";
        assert_eq!(read::<Customer>(customer).to_string(), "f5b36187-c8dd-4727-8b2f-f9c447f29046");
    }

    #[test]
    fn a_group_is_read_by_its_own_uuid_and_not_by_that_of_its_organization() {
        let example = "Y2lzY29zcGFyazovL3VzL1NDSU1fR1JPVVAvMjUxMDRiZTAtZjg3NC00MzQzLTk2MDctZGYwMmRmMzdiNWMxOjM0OGFkYjgxLTI4ZjktNGFiNS1iMmQ2LWU5YjQ5NGU3MmEwNg";
        let uuid = "25104be0-f874-4343-9607-df02df37b5c1";
        assert_eq!(read_group(example).to_string(), uuid);
        assert_eq!(read_group(uuid).to_string(), uuid);
        assert_eq!(read_group("nonsense"), Id::MIN);
    }

    #[test]
    fn what_cannot_be_read_is_an_id_that_no_record_has() {
        for text in ["", "nonsense", "%%%", &"A".repeat(5000), "Y2lzY29zcGFyaw"] {
            assert_eq!(read::<Customer>(text), Id::MIN, "{text:?}");
        }
    }
}
