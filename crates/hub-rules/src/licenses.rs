//! Packages, add-ons and the licences they bring.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const ONE_BASE_PACKAGE: Rule = Rule {
    id: "LIC-001",
    says: "A user has one and only one base package.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "help.webex.com ny0fr7x; that a second one is refused, and the status, are assumed",
    error_code: None,
};

pub const ADD_ON_NEEDS_ITS_BASE: Rule = Rule {
    id: "LIC-002",
    says: "An add-on is given to a user only together with one of the packages that it depends on.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a subscriber: packages note; that one of them suffices is assumed",
    error_code: None,
};

pub const PACKAGE_BRINGS_ITS_LICENSES: Rule = Rule {
    id: "LIC-003",
    says: "A package gives its user a set of calling, messaging and meetings licences, whether or not the user has the free ones, and takes them away again.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com ny0fr7x; which licences a package brings, and that they need no free ones, is assumed",
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

pub const LICENSE_IS_RECOGNIZED: Rule = Rule {
    id: "LIC-005",
    says: "A licence that is given or taken is one of the organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400000",
    error_code: Some(400_000),
};

pub const LICENSE_LOCATION_IS_FOUND: Rule = Rule {
    id: "LIC-006",
    says: "The location of a calling licence belongs to the organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400",
    error_code: Some(400),
};

pub const PROFESSIONAL_STAYS_ABOVE_STANDARD: Rule = Rule {
    id: "LIC-007",
    says: "A user's calling licence is not changed from Professional to Standard.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400112",
    error_code: Some(400_112),
};

pub const CUSTOMER_ASSIST_STAYS_ABOVE_STANDARD: Rule = Rule {
    id: "LIC-008",
    says: "A user's licence is not changed from Customer Assist to Webex Calling Standard.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400410",
    error_code: Some(400_410),
};

pub const PROFESSIONAL_AND_STANDARD_EXCLUDE_EACH_OTHER: Rule = Rule {
    id: "LIC-009",
    says: "A user does not have Webex Calling Professional and Standard together.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400404",
    error_code: Some(400_404),
};

pub const STANDARD_HAS_NO_ATTENDANT_CONSOLE: Rule = Rule {
    id: "LIC-010",
    says: "A user does not have Webex Calling Standard and Attendant Console together.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400406",
    error_code: Some(400_406),
};

pub const STANDARD_HAS_NO_CUSTOMER_ASSIST: Rule = Rule {
    id: "LIC-011",
    says: "A user does not have Webex Calling Standard and Customer Assist together.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400407",
    error_code: Some(400_407),
};

pub const ATTENDANT_CONSOLE_NEEDS_PROFESSIONAL: Rule = Rule {
    id: "LIC-012",
    says: "Attendant Console is given to a user who has Webex Calling Professional.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400408",
    error_code: Some(400_408),
};

pub const CALLING_LICENSE_HAS_PROPERTIES: Rule = Rule {
    id: "LIC-013",
    says: "A calling licence that makes a calling user comes with properties of its own.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400411",
    error_code: Some(400_411),
};

pub const ONE_LICENSE_OF_AN_EXCLUSIVE_SET: Rule = Rule {
    id: "LIC-014",
    says: "A user has one licence of those that exclude each other.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400413; that base packages exclude each other is in help.webex.com ny0fr7x",
    error_code: Some(400_413),
};

pub const ATTENDEE_SITE_IS_KNOWN: Rule = Rule {
    id: "LIC-015",
    says: "A site that a user attends is one of the organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400216",
    error_code: Some(400_216),
};

pub const PAID_MESSAGING_NEEDS_FREE_MESSAGING: Rule = Rule {
    id: "LIC-016",
    says: "Free messaging is not taken from a user who keeps paid messaging.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 700003",
    error_code: Some(700_003),
};

pub const PAID_MEETINGS_NEED_FREE_MEETINGS: Rule = Rule {
    id: "LIC-017",
    says: "Free meetings are not taken from a user who keeps paid meetings.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 700004",
    error_code: Some(700_004),
};

pub const MEETINGS_NEED_FREE_MESSAGING: Rule = Rule {
    id: "LIC-018",
    says: "Free messaging is not taken from a user who keeps meetings, and who does not have it is not given free meetings.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 700005",
    error_code: Some(700_005),
};

pub const REQUEST_NAMES_THE_USER: Rule = Rule {
    id: "LIC-019",
    says: "A request to change licences names the user by e-mail address or personId.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users",
    error_code: None,
};

pub const PACKAGE_GOES_WITH_ITS_LICENSES: Rule = Rule {
    id: "LIC-020",
    says: "A licence that a wholesale package brings is given and taken with the whole package.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "help.webex.com naxx10 says that packages are managed by the licence API; how is assumed",
    error_code: None,
};

pub const WHAT_CANNOT_BE_APPLIED_IS_LEFT_OUT: Rule = Rule {
    id: "LIC-021",
    says: "Licences that are not to be had are left out, with status 206, as long as something else of the request can be done.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: status 206; what counts as such is assumed",
    error_code: None,
};

pub const LICENSES_ARE_COUNTED: Rule = Rule {
    id: "LIC-022",
    says: "totalUnits of a licence is the quantity of its package, as many as are consumed of a free one, and 1,000,000 where a package has no quantity.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "a captured reply for the free ones; the others are assumed",
    error_code: None,
};

pub const USERS_OF_A_LICENSE_HAVE_PAGES: Rule = Rule {
    id: "LIC-023",
    says: "The users of a licence come in pages of 300 unless `limit` asks for fewer.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, get a licence: limit",
    error_code: None,
};

pub const SUBSCRIPTION_LICENSES_ARE_LISTED: Rule = Rule {
    id: "LIC-024",
    says: "The licences of a package are listed as long as the customer is offered it.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const LICENSE_IS_KNOWN: Rule = Rule {
    id: "LIC-025",
    says: "The licence exists and belongs to an organization that the caller sees.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, get a licence: status 404",
    error_code: None,
};

pub const ADD_ON_GOES_WITH_ITS_BASE: Rule = Rule {
    id: "LIC-026",
    says: "In Control Hub and its files an add-on stays with a user whose new package carries it, and goes with the old package otherwise.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale, update a subscriber, replaces the whole list",
    error_code: None,
};

pub const LICENSE_ID_NAMES_THE_SITE: Rule = Rule {
    id: "LIC-027",
    says: "The id of a licence names its organization and offer, and of meetings on a site the site too; it is read with or without the site.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "captured replies; that both are read is assumed",
    error_code: None,
};

pub const MESSENGER_IS_MANAGED_ELSEWHERE: Rule = Rule {
    id: "LIC-028",
    says: "The Messenger licence of an organization is neither given to users nor taken from them.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 400118; that it is the licence Hybrid - Message is assumed",
    error_code: Some(400118),
};

pub const SCREEN_SHARE_IS_IMPLICIT: Rule = Rule {
    id: "LIC-029",
    says: "Free screen share is implicit: giving it to a user changes nothing, and it is not taken away.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: errorCode 700006; that giving it changes nothing is assumed",
    error_code: Some(700006),
};

pub const ORGANIZATION_HAS_IMPLICIT_LICENSES: Rule = Rule {
    id: "LIC-030",
    says: "The organization of a wholesale customer also has the licences Free screen share and Hybrid - Message, which no user is shown to hold.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "captured replies have both, of organizations without wholesale; who holds them is assumed",
    error_code: None,
};

pub const REFUSAL_NAMES_THE_LICENSES: Rule = Rule {
    id: "LIC-031",
    says: "A refused change of licences has message and description as the API description words them, with the licences or sites that the request names.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: examples of status 400; how licences are named is assumed",
    error_code: None,
};

pub const EXTERNAL_USERS_ACCEPT_LICENSES: Rule = Rule {
    id: "LIC-032",
    says: "Licences and sites that are given to an external user wait in pendingLicenses and pendingSiteUrls until he signs in; what is taken away goes at once.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign licences to users: pendingLicenses, pendingSiteUrls; that signing in accepts them, that free licences wait too, and that PUT /people does not let them wait, are assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &ONE_BASE_PACKAGE,
    &ADD_ON_NEEDS_ITS_BASE,
    &PACKAGE_BRINGS_ITS_LICENSES,
    &BASE_LICENSES_ARE_THREE,
    &LICENSE_IS_RECOGNIZED,
    &LICENSE_LOCATION_IS_FOUND,
    &PROFESSIONAL_STAYS_ABOVE_STANDARD,
    &CUSTOMER_ASSIST_STAYS_ABOVE_STANDARD,
    &PROFESSIONAL_AND_STANDARD_EXCLUDE_EACH_OTHER,
    &STANDARD_HAS_NO_ATTENDANT_CONSOLE,
    &STANDARD_HAS_NO_CUSTOMER_ASSIST,
    &ATTENDANT_CONSOLE_NEEDS_PROFESSIONAL,
    &CALLING_LICENSE_HAS_PROPERTIES,
    &ONE_LICENSE_OF_AN_EXCLUSIVE_SET,
    &ATTENDEE_SITE_IS_KNOWN,
    &PAID_MESSAGING_NEEDS_FREE_MESSAGING,
    &PAID_MEETINGS_NEED_FREE_MEETINGS,
    &MEETINGS_NEED_FREE_MESSAGING,
    &REQUEST_NAMES_THE_USER,
    &PACKAGE_GOES_WITH_ITS_LICENSES,
    &WHAT_CANNOT_BE_APPLIED_IS_LEFT_OUT,
    &LICENSES_ARE_COUNTED,
    &USERS_OF_A_LICENSE_HAVE_PAGES,
    &SUBSCRIPTION_LICENSES_ARE_LISTED,
    &LICENSE_IS_KNOWN,
    &ADD_ON_GOES_WITH_ITS_BASE,
    &LICENSE_ID_NAMES_THE_SITE,
    &MESSENGER_IS_MANAGED_ELSEWHERE,
    &SCREEN_SHARE_IS_IMPLICIT,
    &ORGANIZATION_HAS_IMPLICIT_LICENSES,
    &REFUSAL_NAMES_THE_LICENSES,
    &EXTERNAL_USERS_ACCEPT_LICENSES,
];
