//! Locations of an organization, their calling and their connection to the public network.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const LOCATION_EXISTS: Rule = Rule {
    id: "LOC-001",
    says: "The location exists in an organization of the caller, and in the one that `orgId` names if it is given.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Locations: status 404, orgId",
    error_code: None,
};

pub const LOCATION_NAME_IS_SHORT: Rule = Rule {
    id: "LOC-002",
    says: "The name of a location has at most 256 characters, and at most 80 if it is enabled for calling.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, create a location: name",
    error_code: None,
};

pub const LOCATION_NAME_IS_UNIQUE: Rule = Rule {
    id: "LOC-003",
    says: "No two locations of an organization have the same name.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source; users of a CSV file are put at a location by its name",
    error_code: None,
};

pub const CALLING_LOCATION_STAYS: Rule = Rule {
    id: "LOC-004",
    says: "A location is deleted only after it was disabled for calling.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, delete a location: note; the status is assumed",
    error_code: None,
};

pub const LOCATION_IN_USE_STAYS: Rule = Rule {
    id: "LOC-005",
    says: "A location is deleted only when no person and no device is at it.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const LOCATION_HAS_CALLING: Rule = Rule {
    id: "LOC-006",
    says: "The location is enabled for calling.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Observed,
    source: "wxcadm takes 404 of the calling configuration as not enabled, and fails at 400",
    error_code: None,
};

pub const CALLING_IS_ENABLED_ONCE: Rule = Rule {
    id: "LOC-007",
    says: "A location is enabled for calling when it is not enabled yet.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const CALLING_USER_IS_AT_A_CALLING_LOCATION: Rule = Rule {
    id: "LOC-008",
    says: "A calling user is at a location that is enabled for calling.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; developer.webex.com, Locations says that calling is enabled for a location",
    error_code: None,
};

pub const MAIN_NUMBER_IS_OF_THE_LOCATION: Rule = Rule {
    id: "LOC-009",
    says: "The main number of a location, and its charge number, are in its inventory.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, remove phone numbers from a location speaks of the main number",
    error_code: None,
};

pub const DIAL_DIGITS_ARE_DIGITS: Rule = Rule {
    id: "LOC-010",
    says: "An outside dial digit is one digit, and a routing prefix has 2 to 7 digits.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const ROUTING_PREFIX_IS_UNIQUE: Rule = Rule {
    id: "LOC-011",
    says: "No two locations of an organization have the same routing prefix.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source; a routing prefix tells locations with the same extensions apart",
    error_code: None,
};

pub const PSTN_IS_CONFIGURED: Rule = Rule {
    id: "LOC-012",
    says: "The location has a PSTN connection.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Observed,
    source: "wxcadm takes an error with these words in errorMessage as no provider; the status is assumed",
    error_code: None,
};

pub const PSTN_CHOICE_IS_ONE: Rule = Rule {
    id: "LOC-013",
    says: "A PSTN connection is set by `id`, or by `premiseRouteType` and `premiseRouteId` together.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, set up a PSTN connection for a location: body",
    error_code: None,
};

pub const PSTN_OPTION_IS_KNOWN: Rule = Rule {
    id: "LOC-014",
    says: "A PSTN connection is one of the options that the location has.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, retrieve PSTN connection options for a location; that others are refused is assumed",
    error_code: None,
};

pub const PSTN_OPTION_IS_SET_BY_API: Rule = Rule {
    id: "LOC-015",
    says: "Only premises-based and non-integrated PSTN connections are set up through the API, premises-based ones by their route.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Observed,
    source: "wxc-sdk says that integrated and Cisco PSTN are not supported; the status is assumed",
    error_code: None,
};

pub const CALLING_IS_DISABLED_BY_A_JOB: Rule = Rule {
    id: "LOC-016",
    says: "Disabling a location for calling is a job that is accepted at once and done in the background; the location calls no more from the beginning, and the status of the job tells when it is done.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Cloud Calling, disable a location for Webex Calling: status 202; that it calls no more from the beginning is assumed",
    error_code: None,
};

pub const CALLING_LOCATION_IN_USE_STAYS: Rule = Rule {
    id: "LOC-017",
    says: "The job that disables a location for calling fails where people are at the location or it is the last one that calls, and its errors say so.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Cloud Calling, safe delete check and errors of the job: blocking, BATCH-1012004, BATCH-1012007",
    error_code: None,
};

pub const NUMBERS_GO_WITH_CALLING: Rule = Rule {
    id: "LOC-018",
    says: "Phone numbers of a location do not keep it from being disabled for calling, and leave its inventory with it.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Cloud Calling, safe delete check: nonBlocking; that the numbers go is assumed",
    error_code: None,
};

pub const DISABLING_JOB_EXISTS: Rule = Rule {
    id: "LOC-019",
    says: "The job that disables a location for calling exists in an organization of the caller.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Cloud Calling, get the status of a disable calling location job: status 404",
    error_code: None,
};

pub const LOCATION_STAYS_WHEN_ENABLED: Rule = Rule {
    id: "LOC-020",
    says: "A location that is enabled for calling stays the one that it was, and takes phone numbers and calling users from then on.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "developer.webex.com, Locations says that calling is enabled for a location; that the location stays the same is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &LOCATION_EXISTS,
    &LOCATION_NAME_IS_SHORT,
    &LOCATION_NAME_IS_UNIQUE,
    &CALLING_LOCATION_STAYS,
    &LOCATION_IN_USE_STAYS,
    &LOCATION_HAS_CALLING,
    &CALLING_IS_ENABLED_ONCE,
    &CALLING_USER_IS_AT_A_CALLING_LOCATION,
    &MAIN_NUMBER_IS_OF_THE_LOCATION,
    &DIAL_DIGITS_ARE_DIGITS,
    &ROUTING_PREFIX_IS_UNIQUE,
    &PSTN_IS_CONFIGURED,
    &PSTN_CHOICE_IS_ONE,
    &PSTN_OPTION_IS_KNOWN,
    &PSTN_OPTION_IS_SET_BY_API,
    &CALLING_IS_DISABLED_BY_A_JOB,
    &CALLING_LOCATION_IN_USE_STAYS,
    &NUMBERS_GO_WITH_CALLING,
    &DISABLING_JOB_EXISTS,
    &LOCATION_STAYS_WHEN_ENABLED,
];
