//! Phone numbers and extensions of a location.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const NUMBER_IS_E164: Rule = Rule {
    id: "NUM-001",
    says: "A phone number is written in E.164: a plus sign and 8 to 15 digits.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8; OpenAPI, add phone numbers to a location (only validating takes the national form of the United States too); the number of digits is assumed",
    error_code: None,
};

pub const NUMBER_IS_OF_THE_LOCATION: Rule = Rule {
    id: "NUM-002",
    says: "A user's phone number is in the inventory of the user's location.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; audit error WXC-4410 and following speak of numbers",
    error_code: None,
};

pub const NUMBER_IS_FREE: Rule = Rule {
    id: "NUM-003",
    says: "A phone number belongs to one user.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "developer.webex.com, audit events: WXC-4201, found after the request; that the request itself is refused, and the status, are assumed",
    error_code: None,
};

pub const EXTENSION_IS_WELL_FORMED: Rule = Rule {
    id: "NUM-004",
    says: "An extension has 2 to 10 digits.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "developer.webex.com, audit events: WXC-4909, WXC-4910, found after the request; that the request itself is refused, and the length, are assumed",
    error_code: None,
};

pub const EXTENSION_IS_FREE: Rule = Rule {
    id: "NUM-005",
    says: "An extension belongs to one user of a location.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "developer.webex.com, audit events: WXC-4202, found after the request; that the request itself is refused, and the status, are assumed",
    error_code: None,
};

pub const NUMBER_IS_IN_ONE_INVENTORY: Rule = Rule {
    id: "NUM-006",
    says: "A phone number is in the inventory of one location of the whole hub.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, validate phone numbers: Error 8361; that it holds for adding is assumed",
    error_code: Some(8361),
};

pub const NUMBER_IS_IN_THE_INVENTORY: Rule = Rule {
    id: "NUM-007",
    says: "A number that is activated, deactivated or removed is in the inventory of the location.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const MAIN_NUMBER_STAYS: Rule = Rule {
    id: "NUM-008",
    says: "The main number of a location, and its charge number, are not removed.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, remove phone numbers from a location; the status and the charge number are assumed",
    error_code: None,
};

pub const NUMBER_IN_USE_STAYS: Rule = Rule {
    id: "NUM-009",
    says: "A phone number that a user has is not removed.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const AT_MOST_FIVE_NUMBERS_ARE_REMOVED: Rule = Rule {
    id: "NUM-010",
    says: "One request removes at most 5 phone numbers.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, remove phone numbers from a location: phoneNumbers",
    error_code: None,
};

pub const AT_MOST_20_MOBILE_NUMBERS_ARE_ADDED: Rule = Rule {
    id: "NUM-011",
    says: "One request adds at most 20 mobile numbers.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, add phone numbers to a location: note",
    error_code: None,
};

pub const NUMBER_FILTERS_FIT_TOGETHER: Rule = Rule {
    id: "NUM-012",
    says: "A list of numbers is not asked for `numberType` together with `available` or `state`, nor for `ownerType` among available ones.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, get phone numbers for an organization: numberType, available",
    error_code: None,
};

pub const MOBILE_NUMBER_FOLLOWS_ITS_USER: Rule = Rule {
    id: "NUM-013",
    says: "A mobile number is active while a user has it, whatever a request says.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, activate phone numbers in a location; add phone numbers to a location: state",
    error_code: None,
};

pub const INACTIVE_NUMBER_CAN_BE_GIVEN: Rule = Rule {
    id: "NUM-014",
    says: "An inactive number can be given to a user, and takes no calls until it is activated.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, get person primary available phone numbers: an example has an inactive one; the calls are assumed",
    error_code: None,
};

pub const MOBILE_NUMBERS_NEED_A_PSTN_CONNECTION: Rule = Rule {
    id: "NUM-015",
    says: "Mobile numbers are added to a location that has a PSTN connection.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, add phone numbers to a location: note; the status is assumed",
    error_code: None,
};

pub const TAKEN_NUMBERS_ARE_LEFT_OUT: Rule = Rule {
    id: "NUM-016",
    says: "Of several phone numbers those that are in an inventory already are not added and told one by one; the others are added.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, validate phone numbers tells of each number",
    error_code: None,
};

pub const EXTENSIONS_ARE_OF_LOCATIONS: Rule = Rule {
    id: "NUM-017",
    says: "Users of different locations may have the same extension.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; a routing prefix tells locations with the same extensions apart",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &NUMBER_IS_E164,
    &NUMBER_IS_OF_THE_LOCATION,
    &NUMBER_IS_FREE,
    &EXTENSION_IS_WELL_FORMED,
    &EXTENSION_IS_FREE,
    &NUMBER_IS_IN_ONE_INVENTORY,
    &NUMBER_IS_IN_THE_INVENTORY,
    &MAIN_NUMBER_STAYS,
    &NUMBER_IN_USE_STAYS,
    &AT_MOST_FIVE_NUMBERS_ARE_REMOVED,
    &AT_MOST_20_MOBILE_NUMBERS_ARE_ADDED,
    &NUMBER_FILTERS_FIT_TOGETHER,
    &MOBILE_NUMBER_FOLLOWS_ITS_USER,
    &INACTIVE_NUMBER_CAN_BE_GIVEN,
    &MOBILE_NUMBERS_NEED_A_PSTN_CONNECTION,
    &TAKEN_NUMBERS_ARE_LEFT_OUT,
    &EXTENSIONS_ARE_OF_LOCATIONS,
];
