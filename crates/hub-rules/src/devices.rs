//! Phones and room devices.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const DEVICE_EXISTS: Rule = Rule {
    id: "DEV-001",
    says: "The device exists in an organization of the caller, and in the one that `orgId` names if it is given.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Devices: status 404, orgId",
    error_code: None,
};

pub const DEVICE_HAS_ONE_OWNER: Rule = Rule {
    id: "DEV-002",
    says: "A device is added either for `personId` or for `workspaceId`, never for both and never for neither.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, create a device by MAC address",
    error_code: None,
};

pub const DEVICE_OWNER_IS_KNOWN: Rule = Rule {
    id: "DEV-003",
    says: "The person or workspace of a device is one of the organization.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "OpenAPI, create a device by MAC address: personId, workspaceId; the status is assumed, and the hub has no workspaces",
    error_code: None,
};

pub const PHONE_IS_FOR_CALLING_USERS: Rule = Rule {
    id: "DEV-004",
    says: "A phone is added only for a person who is a calling user.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, create a device by MAC address speaks of calling licences",
    error_code: None,
};

pub const MODEL_IS_SUPPORTED: Rule = Rule {
    id: "DEV-005",
    says: "The model of a device is the name or the display name of a supported one.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, create a device by MAC address: model; that capitals and `DMS` may differ is assumed",
    error_code: None,
};

pub const MODEL_TAKES_THE_METHOD: Rule = Rule {
    id: "DEV-006",
    says: "A device is added in a way that its model has among its onboarding methods.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, read the list of supported devices: onboardingMethod; that others are refused is assumed",
    error_code: None,
};

pub const MAC_IS_WELL_FORMED: Rule = Rule {
    id: "DEV-007",
    says: "A MAC address has twelve hexadecimal digits, with or without separators.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, validate a list of MAC addresses: INVALID; Cisco PartnerAdministrationRefApp sends colons",
    error_code: None,
};

pub const MAC_IS_UNIQUE: Rule = Rule {
    id: "DEV-008",
    says: "A MAC address is that of one device of the whole hub.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, validate a list of MAC addresses: Error 5675; the status is assumed",
    error_code: Some(5675),
};

pub const STANDARD_CALLING_HAS_ONE_DEVICE: Rule = Rule {
    id: "DEV-009",
    says: "A person with Webex Calling Standard has at most one device.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, get the device count of a person; that a second device is refused, and the status, are assumed",
    error_code: None,
};

pub const STANDARD_CALLING_IS_DEVICE_OR_APP: Rule = Rule {
    id: "DEV-010",
    says: "Adding a device to a person with Webex Calling Standard turns calling off in the apps; deleting it turns it on again.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, create a device by MAC address; help.webex.com naxx10; that it comes back is assumed",
    error_code: None,
};

pub const ONLY_TAGS_ARE_PATCHED: Rule = Rule {
    id: "DEV-011",
    says: "Only the path `tags` of a device is patched.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, modify device tags: path",
    error_code: None,
};

pub const CODE_LASTS_SEVEN_DAYS: Rule = Rule {
    id: "DEV-012",
    says: "An activation code can be used for seven days; then its device is shown as expired.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, create a device activation code has an expiryTime; how long it lasts is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &DEVICE_EXISTS,
    &DEVICE_HAS_ONE_OWNER,
    &DEVICE_OWNER_IS_KNOWN,
    &PHONE_IS_FOR_CALLING_USERS,
    &MODEL_IS_SUPPORTED,
    &MODEL_TAKES_THE_METHOD,
    &MAC_IS_WELL_FORMED,
    &MAC_IS_UNIQUE,
    &STANDARD_CALLING_HAS_ONE_DEVICE,
    &STANDARD_CALLING_IS_DEVICE_OR_APP,
    &ONLY_TAGS_ARE_PATCHED,
    &CODE_LASTS_SEVEN_DAYS,
];
