//! Wholesale subscribers and the people behind them.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const SUBSCRIBER_IS_KNOWN: Rule = Rule {
    id: "SUB-001",
    says: "The subscriber exists and belongs to a customer of the caller.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 404",
    error_code: None,
};

pub const EMAIL_IS_WELL_FORMED: Rule = Rule {
    id: "SUB-002",
    says: "A user's e-mail address has one @ with something on both sides, and no spaces.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "Control Hub's web client checks it; the exact grammar is not stated",
    error_code: None,
};

pub const EMAIL_IS_UNIQUE: Rule = Rule {
    id: "SUB-003",
    says: "A subscriber's e-mail address is not used by any other person, in whatever case it is written.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: errorCode 10022; the status and the blindness to case are assumed",
    error_code: Some(10022),
};

pub const ONE_OF_PACKAGE_AND_PACKAGES: Rule = Rule {
    id: "SUB-004",
    says: "A request names its package either in `package` or in `packages`, never in both and never in neither.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a subscriber: note",
    error_code: None,
};

pub const PACKAGES_TAKES_ONE_ENTRY: Rule = Rule {
    id: "SUB-005",
    says: "`packages` of a subscriber holds exactly one entry.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a subscriber: packages",
    error_code: None,
};

pub const PACKAGE_IS_FOR_SUBSCRIBERS: Rule = Rule {
    id: "SUB-006",
    says: "A subscriber's package is one that is given to persons.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: WholesalePackagesSubscriber",
    error_code: None,
};

pub const PACKAGE_IS_ON_OFFER: Rule = Rule {
    id: "SUB-007",
    says: "A subscriber's package is one that the customer is offered and that is provisioned.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale lists the packages of the customer",
    error_code: None,
};

pub const CALLING_NEEDS_NUMBER_OR_EXTENSION: Rule = Rule {
    id: "SUB-008",
    says: "A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a subscriber: primaryPhoneNumber, extension; which packages are calling-enabled is assumed",
    error_code: None,
};

pub const CALLING_NEEDS_LOCATION: Rule = Rule {
    id: "SUB-009",
    says: "A calling-enabled package comes with a location, unless the person already is a calling user.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "help.webex.com ih07j, e2okky for CSV; OpenAPI, Wholesale has locationId",
    error_code: None,
};

pub const LOCATION_IS_KNOWN: Rule = Rule {
    id: "SUB-010",
    says: "A location belongs to the user's organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Wholesale, provision a subscriber: locationId; that others are refused is assumed",
    error_code: None,
};

pub const PACKAGE_QUANTITY_IS_LEFT: Rule = Rule {
    id: "SUB-011",
    says: "No more subscribers have a package than its quantity allows.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "help.webex.com ny0fr7x; the status is assumed",
    error_code: None,
};

pub const PACKAGE_IN_ERROR_IS_REASSIGNED: Rule = Rule {
    id: "SUB-012",
    says: "A user whose package is in error takes no package change until the package is unassigned and assigned again.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "help.webex.com nil4lpeb has the remedy; which errors it is for, that other changes are refused meanwhile, and the status are assumed",
    error_code: None,
};

pub const EXTERNAL_USERS_HAVE_NO_PACKAGE: Rule = Rule {
    id: "SUB-013",
    says: "A wholesale package is not given to an external user.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com nil4lpeb",
    error_code: None,
};

pub const LOCAL_PART_IS_SHORT: Rule = Rule {
    id: "SUB-014",
    says: "The part of an e-mail address before the @ has at most 64 characters.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8",
    error_code: None,
};

pub const REMOVAL_KEEPS_THE_PERSON: Rule = Rule {
    id: "SUB-015",
    says: "Deleting a subscriber takes the package and its licences away; the person stays in the organization.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Wholesale says only that the link is removed",
    error_code: None,
};

pub const CALLING_USER_KEEPS_NUMBERS: Rule = Rule {
    id: "SUB-016",
    says: "For a person who already is a calling user, the location, number and extension of a request are ignored.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, update a subscriber: note",
    error_code: None,
};

pub const OUTSIDE_USER_WAITS_FOR_CONSENT: Rule = Rule {
    id: "SUB-017",
    says: "A user of a consumer organization becomes a subscriber in state pending_user_migration, answered with 202, without personId.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: Subscriber.status, Subscriber.personId; who becomes pending, and that 202 goes with that state, is assumed",
    error_code: None,
};

pub const NEWEST_SUBSCRIBER_FIRST: Rule = Rule {
    id: "SUB-018",
    says: "The list of subscribers is sorted by created unless sortBy asks otherwise, and begins with the newest unless sortOrder is ASC.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Cisco PartnerAdministrationRefApp reads the first item as the most recent; OpenAPI, Wholesale has the default sortBy",
    error_code: None,
};

pub const CONSENT_IS_ASKED_OF_WHO_WAITS: Rule = Rule {
    id: "SUB-019",
    says: "The consent e-mail is sent to a subscriber in state pending_user_migration and to no other.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, send consent user move email; that others are refused, and the status, are assumed",
    error_code: None,
};

pub const FIRST_ADMINISTRATOR_KEEPS_THE_LEVEL: Rule = Rule {
    id: "SUB-020",
    says: "The package of the customer's first full administrator is not changed to one below it that is also below the level of the customer's packages.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "help.webex.com ny0fr7x: downgrading him is not supported; the order (suite, then calling and meetings, then standard and voice), and the status are assumed, and that a package after none is no downgrade",
    error_code: None,
};

pub const PACKAGE_CHANGE_KEEPS_THE_REST: Rule = Rule {
    id: "SUB-021",
    says: "With a new package a user keeps base licences and preferred site; location, number and extension stay from calling to calling and go with it.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const SIGNING_IN_IS_CONSENT: Rule = Rule {
    id: "SUB-022",
    says: "Who has yet to consent does so by signing in: he moves to the customer's organization and gets the package and the place that were asked for; what is not to be had any more leaves him waiting, with an error, until he signs in again.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source says how he consents; OpenAPI, Wholesale has the e-mail that asks him",
    error_code: None,
};

pub const SUBSCRIBER_IS_SHOWN_WITH_HIS_PACKAGE: Rule = Rule {
    id: "SUB-023",
    says: "A subscriber is shown with his customer, his person and his package: with its add-ons in `packages`, and alone in `package`, which knows fewer.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: Subscriber; that add-ons stand in packages, and which of them `package` knows, is assumed",
    error_code: None,
};

pub const PACKAGE_ERRORS_ARE_SHOWN: Rule = Rule {
    id: "SUB-024",
    says: "What went wrong with the package of a subscriber stands in his `errors`, whatever his status.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: Subscriber.errors; that he may be provisioned meanwhile is assumed",
    error_code: None,
};

pub const PRESENT_PACKAGE_CHANGES_NOTHING: Rule = Rule {
    id: "SUB-025",
    says: "A subscriber who is given the package that he has already stays as he is, so that a change may be made twice.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 9110, 9.2.2: PUT is idempotent; that the service does the same is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &SUBSCRIBER_IS_KNOWN,
    &EMAIL_IS_WELL_FORMED,
    &EMAIL_IS_UNIQUE,
    &ONE_OF_PACKAGE_AND_PACKAGES,
    &PACKAGES_TAKES_ONE_ENTRY,
    &PACKAGE_IS_FOR_SUBSCRIBERS,
    &PACKAGE_IS_ON_OFFER,
    &CALLING_NEEDS_NUMBER_OR_EXTENSION,
    &CALLING_NEEDS_LOCATION,
    &LOCATION_IS_KNOWN,
    &PACKAGE_QUANTITY_IS_LEFT,
    &PACKAGE_IN_ERROR_IS_REASSIGNED,
    &EXTERNAL_USERS_HAVE_NO_PACKAGE,
    &LOCAL_PART_IS_SHORT,
    &REMOVAL_KEEPS_THE_PERSON,
    &CALLING_USER_KEEPS_NUMBERS,
    &OUTSIDE_USER_WAITS_FOR_CONSENT,
    &NEWEST_SUBSCRIBER_FIRST,
    &CONSENT_IS_ASKED_OF_WHO_WAITS,
    &FIRST_ADMINISTRATOR_KEEPS_THE_LEVEL,
    &PACKAGE_CHANGE_KEEPS_THE_REST,
    &SIGNING_IN_IS_CONSENT,
    &SUBSCRIBER_IS_SHOWN_WITH_HIS_PACKAGE,
    &PACKAGE_ERRORS_ARE_SHOWN,
    &PRESENT_PACKAGE_CHANGES_NOTHING,
];
