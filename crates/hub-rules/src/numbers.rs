//! Phone numbers and extensions of a location.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const NUMBER_IS_E164: Rule = Rule {
    id: "NUM-001",
    says: "A phone number is written in E.164: a plus sign and 8 to 15 digits.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8; the number of digits is assumed",
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
    source: "developer.webex.com, audit events: WXC-4201",
    error_code: None,
};

pub const EXTENSION_IS_WELL_FORMED: Rule = Rule {
    id: "NUM-004",
    says: "An extension has 2 to 10 digits.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "developer.webex.com, audit events: WXC-4909, WXC-4910; the length is assumed",
    error_code: None,
};

pub const EXTENSION_IS_FREE: Rule = Rule {
    id: "NUM-005",
    says: "An extension belongs to one user of a location.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "developer.webex.com, audit events: WXC-4202",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &NUMBER_IS_E164,
    &NUMBER_IS_OF_THE_LOCATION,
    &NUMBER_IS_FREE,
    &EXTENSION_IS_WELL_FORMED,
    &EXTENSION_IS_FREE,
];
