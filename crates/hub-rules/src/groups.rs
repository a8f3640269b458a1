//! Groups of people.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const GROUP_IS_KNOWN: Rule = Rule {
    id: "GRP-001",
    says: "The group exists and belongs to an organization that the caller sees.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Groups: status 404",
    error_code: None,
};

pub const GROUP_HAS_A_NAME: Rule = Rule {
    id: "GRP-002",
    says: "The display name of a group is not blank.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, Create a Group: displayName is required",
    error_code: None,
};

pub const GROUP_NAME_IS_UNIQUE: Rule = Rule {
    id: "GRP-003",
    says: "The display name of a group is not that of another group of the organization, in whatever case it is written.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, Groups: status 409, without saying of what",
    error_code: None,
};

pub const MEMBERS_ARE_OF_THE_ORGANIZATION: Rule = Rule {
    id: "GRP-004",
    says: "Each member of a group is a person of its organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, Groups: a group is one of an organization",
    error_code: None,
};

pub const MEMBERS_ARE_SHOWN_WHEN_ASKED: Rule = Rule {
    id: "GRP-005",
    says: "A list of groups shows members only when `includeMembers` asks for them, and no group shows more than 500.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, List and Search Groups: includeMembers",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &GROUP_IS_KNOWN,
    &GROUP_HAS_A_NAME,
    &GROUP_NAME_IS_UNIQUE,
    &MEMBERS_ARE_OF_THE_ORGANIZATION,
    &MEMBERS_ARE_SHOWN_WHEN_ASKED,
];
