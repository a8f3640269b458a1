//! Webex organizations, the roles of their administrators, and who of a partner looks after them.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const ORGANIZATION_HAS_NO_SUBSCRIPTION: Rule = Rule {
    id: "ORG-001",
    says: "An organization is deleted only when it has no active subscription.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, delete an organization; that a wholesale customer counts as one is assumed",
    error_code: None,
};

pub const ORGANIZATION_HAS_AT_MOST_ONE_USER: Rule = Rule {
    id: "ORG-002",
    says: "An organization is deleted only when it has no more than one user.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, delete an organization",
    error_code: None,
};

pub const ORGANIZATION_MANAGES_NO_OTHER: Rule = Rule {
    id: "ORG-003",
    says: "An organization is deleted only when it manages no other organization.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, delete an organization",
    error_code: None,
};

pub const OWN_ORGANIZATION_FIRST: Rule = Rule {
    id: "ORG-004",
    says: "The list of organizations begins with the caller's own, goes on with those that it manages, newest first, and has no pages.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "wxcadm takes the first item for its own; OpenAPI, Admin says that the list has no pages",
    error_code: None,
};

pub const ROLE_IS_KNOWN: Rule = Rule {
    id: "ORG-005",
    says: "A role is one of those that the list of roles names.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, get a role: status 404",
    error_code: None,
};

pub const ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED: Rule = Rule {
    id: "ORG-006",
    says: "Only a person of the partner whose role is Partner Administrator is assigned to customers; full and read-only administrators have them all.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, assign a partner administrator; the status is assumed",
    error_code: None,
};

pub const ORGANIZATION_IS_NOT_SYNCHRONIZED: Rule = Rule {
    id: "ORG-007",
    says: "An organization is deleted only when its directory synchronization is off.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, delete an organization",
    error_code: None,
};

pub const ORGANIZATION_IS_DELETED_AT_ONCE: Rule = Rule {
    id: "ORG-008",
    says: "A deleted organization is gone at once, although the service may take up to ten minutes for it.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, delete an organization: within 10 minutes",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &ORGANIZATION_HAS_NO_SUBSCRIPTION,
    &ORGANIZATION_HAS_AT_MOST_ONE_USER,
    &ORGANIZATION_MANAGES_NO_OTHER,
    &OWN_ORGANIZATION_FIRST,
    &ROLE_IS_KNOWN,
    &ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED,
    &ORGANIZATION_IS_NOT_SYNCHRONIZED,
    &ORGANIZATION_IS_DELETED_AT_ONCE,
];
