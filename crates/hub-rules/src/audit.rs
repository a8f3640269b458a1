//! Admin audit events.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const AUDIT_TIMES_ARE_IN_ORDER: Rule = Rule {
    id: "AUD-001",
    says: "The audit events that are asked for begin before they end: `from` is not after `to`.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, list admin audit events has both times and does not say so",
    error_code: None,
};

pub const AUDIT_IS_OF_ONE_YEAR: Rule = Rule {
    id: "AUD-002",
    says: "A request asks for the audit events of at most one year.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, list admin audit events: note; that more is refused and not cut is assumed",
    error_code: None,
};

pub const EACH_WRITE_LEAVES_AN_EVENT: Rule = Rule {
    id: "AUD-003",
    says: "Each change that an administrator makes leaves exactly one audit event in every organization that it touches.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, admin audit events",
    error_code: None,
};

pub const NEWEST_EVENT_FIRST: Rule = Rule {
    id: "AUD-004",
    says: "The list of audit events begins with the newest and has 100 to a page unless `max` asks otherwise, and never more than 200.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, list admin audit events: max; the order is assumed",
    error_code: None,
};

pub const EVENTS_OF_CUSTOMERS_ARE_FOR_WHO_SEES_THEM: Rule = Rule {
    id: "AUD-005",
    says: "A partner administrator who sees only the customers assigned to him is told of no other customer, but for what he did himself.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "help.webex.com 2y8qmt: a partner administrator has the customers assigned to or made by him; of audit events it says nothing",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &AUDIT_TIMES_ARE_IN_ORDER,
    &AUDIT_IS_OF_ONE_YEAR,
    &EACH_WRITE_LEAVES_AN_EVENT,
    &NEWEST_EVENT_FIRST,
    &EVENTS_OF_CUSTOMERS_ARE_FOR_WHO_SEES_THEM,
];
