//! Packages, add-ons and the licences they bring.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const ONE_BASE_PACKAGE: Rule = Rule {
    id: "LIC-001",
    says: "A user has one and only one base package.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "help.webex.com ny0fr7x; the status is assumed",
    error_code: None,
};

pub const ADD_ON_NEEDS_ITS_BASE: Rule = Rule {
    id: "LIC-002",
    says: "An add-on is given to a user only together with one of the packages that it depends on.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a subscriber: packages note",
    error_code: None,
};

pub const PACKAGE_BRINGS_ITS_LICENSES: Rule = Rule {
    id: "LIC-003",
    says: "A package gives its user a set of calling, messaging and meetings licences, and takes them away again.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com ny0fr7x; which licences a package brings is assumed",
    error_code: None,
};

pub const BASE_LICENSES_ARE_THREE: Rule = Rule {
    id: "LIC-004",
    says: "The default base licences are Basic Messaging, Basic Space Meetings and Call on Webex (1:1 call, non-PSTN).",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com n3ijtao; the names as seen in a captured reply",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] =
    &[&ONE_BASE_PACKAGE, &ADD_ON_NEEDS_ITS_BASE, &PACKAGE_BRINGS_ITS_LICENSES, &BASE_LICENSES_ARE_THREE];
