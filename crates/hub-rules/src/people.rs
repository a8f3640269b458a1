//! The people of an organization: who sees them, what they are called, where they call from.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const PERSON_IS_KNOWN: Rule = Rule {
    id: "PPL-001",
    says: "The person exists and belongs to an organization that the caller sees.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, people: status 404",
    error_code: None,
};

pub const A_NAME_IS_GIVEN: Rule = Rule {
    id: "PPL-002",
    says: "A new person comes with at least one of displayName, firstName and lastName.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, create a person",
    error_code: None,
};

pub const AN_ADDRESS_IS_GIVEN: Rule = Rule {
    id: "PPL-003",
    says: "A new person comes with an e-mail address; of several the first one counts.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, create a person: emails; which one counts is assumed",
    error_code: None,
};

pub const SEARCH_SAYS_WHOM: Rule = Rule {
    id: "PPL-004",
    says: "Who is no administrator lists people only by e-mail address or display name.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, list people: email, displayName",
    error_code: None,
};

pub const LOCATION_OF_A_CALLING_USER_STAYS: Rule = Rule {
    id: "PPL-005",
    says: "The location of a person who already is a calling user does not change.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, update a person: note; the status is assumed",
    error_code: None,
};

pub const PERSON_STAYS_IN_THE_ORGANIZATION: Rule = Rule {
    id: "PPL-006",
    says: "The orgId of a person does not change.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Admin, update a person has the field",
    error_code: None,
};

pub const ROLES_FIT_THE_ORGANIZATION: Rule = Rule {
    id: "PPL-007",
    says: "The roles of a person are known, and partner roles are for people of partners.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, people: roles; what is refused is assumed",
    error_code: None,
};

pub const AT_MOST_85_IDS: Rule = Rule {
    id: "PPL-008",
    says: "A list of people by id names at most 85 of them.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, list people: id",
    error_code: None,
};

pub const VALID_LICENSES_ARE_GIVEN: Rule = Rule {
    id: "PPL-009",
    says: "Of the licences of a new or updated person those that can be given are given; the others are passed over in silence.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, create a person: note",
    error_code: None,
};

pub const UPDATE_REPLACES: Rule = Rule {
    id: "PPL-010",
    says: "An update of a person replaces names, attributes and licences, emptying what it leaves out; address, roles, sign-in and calling data stay unless it names them.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, update a person says that it replaces everything; what stays is assumed, after the least that wxcadm found it has to send",
    error_code: None,
};

pub const PAGE_HOLDS_AT_MOST_100_PEOPLE: Rule = Rule {
    id: "PPL-011",
    says: "A page of people holds 100, or 50 of a location, unless `max` asks for fewer.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, list people: max",
    error_code: None,
};

pub const CALLING_DATA_IS_ASKED_FOR: Rule = Rule {
    id: "PPL-012",
    says: "Location, extension and phone numbers of a person are shown with callingData=true only.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, people: callingData",
    error_code: None,
};

pub const A_TOKEN_OUTLIVES_ITS_PERSON: Rule = Rule {
    id: "PPL-013",
    says: "A token outlives its person: `/people/me` then shows a stand-in with the id of the person, and the address and roles of the token, whom no list shows.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const ADDRESS_IS_FREE: Rule = Rule {
    id: "PPL-014",
    says: "An e-mail address is that of one person of the whole hub, in whatever case it is written.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, people and SCIM 2 Users: status 409, without saying of what; SUB-003 says it of subscribers",
    error_code: None,
};

pub const SIP_ADDRESSES_COME_LATER: Rule = Rule {
    id: "PPL-015",
    says: "Who hosts meetings at a site is shown with the SIP address of his personal room there, once the provisioning delay is over since he was added.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, people: sipAddresses come later; from when, and that only those of personal rooms are shown, is assumed",
    error_code: None,
};

pub const PEOPLE_ARE_FOUND_BY_A_BEGINNING: Rule = Rule {
    id: "PPL-016",
    says: "A list of people by displayName has those whose display name begins so, in whatever case it is written.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, list people: displayName; the blindness to case is assumed",
    error_code: None,
};

pub const PERSON_GOES_WITH_ALL: Rule = Rule {
    id: "PPL-017",
    says: "Who is deleted as a person or user is gone with package and licences, and leaves the phone number to others.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, delete a person says only that the person is removed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &PERSON_IS_KNOWN,
    &A_NAME_IS_GIVEN,
    &AN_ADDRESS_IS_GIVEN,
    &SEARCH_SAYS_WHOM,
    &LOCATION_OF_A_CALLING_USER_STAYS,
    &PERSON_STAYS_IN_THE_ORGANIZATION,
    &ROLES_FIT_THE_ORGANIZATION,
    &AT_MOST_85_IDS,
    &VALID_LICENSES_ARE_GIVEN,
    &UPDATE_REPLACES,
    &PAGE_HOLDS_AT_MOST_100_PEOPLE,
    &CALLING_DATA_IS_ASKED_FOR,
    &A_TOKEN_OUTLIVES_ITS_PERSON,
    &ADDRESS_IS_FREE,
    &SIP_ADDRESSES_COME_LATER,
    &PEOPLE_ARE_FOUND_BY_A_BEGINNING,
    &PERSON_GOES_WITH_ALL,
];
