//! Directories: SCIM users, bulk requests and the identity of organizations.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const USER_IS_KNOWN: Rule = Rule {
    id: "SCM-001",
    says: "The user of a SCIM request belongs to the organization in its path.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, SCIM 2 Users: status 404",
    error_code: None,
};

pub const SCHEMAS_NAME_THE_BODY: Rule = Rule {
    id: "SCM-002",
    says: "The `schemas` of a SCIM request name the schema that its body is written in.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, SCIM 2 Users and Groups: usage",
    error_code: None,
};

pub const FILTER_IS_WELL_FORMED: Rule = Rule {
    id: "SCM-003",
    says: "A SCIM filter is written as RFC 7644 has it.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Search users: filter, by reference to RFC 7644; the limits of nesting are assumed",
    error_code: None,
};

pub const PATH_NAMES_AN_ATTRIBUTE: Rule = Rule {
    id: "SCM-004",
    says: "A path in a SCIM filter or patch names an attribute that the resource has.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, SCIM 2 Users: path, by reference to RFC 7644, which calls it invalidPath",
    error_code: None,
};

pub const REPLACED_VALUE_IS_THERE: Rule = Rule {
    id: "SCM-005",
    says: "A replacement that selects values by a filter finds at least one of them.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Update a user with PATCH: noTarget",
    error_code: None,
};

pub const REMOVAL_HAS_A_PATH: Rule = Rule {
    id: "SCM-006",
    says: "A remove operation of a patch has a path.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Update a user with PATCH: noTarget",
    error_code: None,
};

pub const PATCHED_ATTRIBUTE_IS_WRITABLE: Rule = Rule {
    id: "SCM-007",
    says: "The path of a patch operation leads to no read-only attribute; elsewhere in a body those are passed over.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Update a user with PATCH: mutability",
    error_code: None,
};

pub const PRIMARY_WORK_EMAIL_IS_THE_USER_NAME: Rule = Rule {
    id: "SCM-008",
    says: "The primary work address among the `emails` of a user is its `userName`.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, SCIM 2 Users: emails",
    error_code: None,
};

pub const MANAGER_IS_OF_THE_ORGANIZATION: Rule = Rule {
    id: "SCM-009",
    says: "The manager of a user is a user of the same organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, SCIM 2 Users: manager",
    error_code: None,
};

pub const ROLE_CAN_BE_ASSIGNED: Rule = Rule {
    id: "SCM-010",
    says: "A role that SCIM gives a user is one of those that the service lets it give, which location and site administrators are not.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Create a user: roles that cannot be assigned; the list of the others is assumed",
    error_code: None,
};

pub const INACTIVE_IS_SUSPENDED: Rule = Rule {
    id: "SCM-011",
    says: "A user who is made inactive is suspended and keeps what he has; made active again he counts as signed in.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, SCIM 2 Users: active says only that the user may not sign in",
    error_code: None,
};

pub const REPLACEMENT_KEEPS_ROLES_AND_STATUS: Rule = Rule {
    id: "SCM-012",
    says: "A PUT of a user empties what it leaves out, but `active`, `roles` and calling data stay unless it names them.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, Update a user with PUT: the contents are replaced; the exceptions are assumed",
    error_code: None,
};

pub const CALLING_NUMBERS_ARE_SHOWN: Rule = Rule {
    id: "SCM-013",
    says: "The calling number and extension of a user stand first among its `phoneNumbers` and are not changed there.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, SCIM 2 Users: phoneNumbers of type work and work_extension",
    error_code: None,
};

pub const PAGE_BEGINS_AT_START_INDEX: Rule = Rule {
    id: "SCM-014",
    says: "A page of users or groups begins at `startIndex`, counted from 1, and holds 100, or 500 members of a group, unless `count` asks for fewer or none, and never more than 500.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, Search users, Get Group Members: startIndex, count; the most is said of members, and assumed of users and groups",
    error_code: None,
};

pub const BULK_HAS_AT_MOST_100_OPERATIONS: Rule = Rule {
    id: "SCM-015",
    says: "A bulk request has from 1 to 100 operations, and a `failOnErrors` from 1 to 100 if it has one.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, User bulk API: usage",
    error_code: None,
};

pub const BULK_OPERATION_IS_COMPLETE: Rule = Rule {
    id: "SCM-016",
    says: "A bulk operation posts to `/Users` or `/Groups` with `data` and a `bulkId` of its own, or patches with `data` or deletes one of them.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, User bulk API: operations",
    error_code: None,
};

pub const BULK_REFERENCE_IS_MADE: Rule = Rule {
    id: "SCM-017",
    says: "A reference by `bulkId` names a resource that an earlier operation of the same request has made.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, User bulk API: bulkId; the order is assumed",
    error_code: None,
};

pub const ORGANIZATION_HAS_A_NAME: Rule = Rule {
    id: "SCM-018",
    says: "The display name of an organization is not blank.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, Update an organization: displayName is required",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &USER_IS_KNOWN,
    &SCHEMAS_NAME_THE_BODY,
    &FILTER_IS_WELL_FORMED,
    &PATH_NAMES_AN_ATTRIBUTE,
    &REPLACED_VALUE_IS_THERE,
    &REMOVAL_HAS_A_PATH,
    &PATCHED_ATTRIBUTE_IS_WRITABLE,
    &PRIMARY_WORK_EMAIL_IS_THE_USER_NAME,
    &MANAGER_IS_OF_THE_ORGANIZATION,
    &ROLE_CAN_BE_ASSIGNED,
    &INACTIVE_IS_SUSPENDED,
    &REPLACEMENT_KEEPS_ROLES_AND_STATUS,
    &CALLING_NUMBERS_ARE_SHOWN,
    &PAGE_BEGINS_AT_START_INDEX,
    &BULK_HAS_AT_MOST_100_OPERATIONS,
    &BULK_OPERATION_IS_COMPLETE,
    &BULK_REFERENCE_IS_MADE,
    &ORGANIZATION_HAS_A_NAME,
];
