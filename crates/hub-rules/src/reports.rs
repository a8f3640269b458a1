//! Reports of an organization, and of what a partner manages.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const REPORT_IS_KNOWN: Rule = Rule {
    id: "REP-001",
    says: "The report exists and belongs to the caller's organization.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, reports: status 404",
    error_code: None,
};

pub const REPORT_TEMPLATE_IS_KNOWN: Rule = Rule {
    id: "REP-002",
    says: "`templateId` is the number of a report template that the caller is offered.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, create a report: templateId",
    error_code: None,
};

pub const TEMPLATE_FIELDS_ARE_GIVEN: Rule = Rule {
    id: "REP-003",
    says: "A report has every field that the validations of its template require.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, report templates: validations",
    error_code: None,
};

pub const REPORT_DAYS_ARE_IN_ORDER: Rule = Rule {
    id: "REP-004",
    says: "The days of a report are in order and have begun.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Admin, create a report has both dates and does not say so",
    error_code: None,
};

pub const REPORT_HAS_AT_MOST_MAX_DAYS: Rule = Rule {
    id: "REP-005",
    says: "A report has no more days than maxDays of its template.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, report templates: maxDays",
    error_code: None,
};

pub const REPORT_TAKES_TIME: Rule = Rule {
    id: "REP-006",
    says: "A report is made in the background; once it is done its status says so and there is a downloadURL.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin, reports: status, downloadURL; mock-hub option --report-delay; the status before is assumed",
    error_code: None,
};

pub const REPORT_IS_A_ZIP: Rule = Rule {
    id: "REP-007",
    says: "A report is downloaded with the token as a zip file, whose first entry is a CSV file that begins with a byte order mark.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "OpenAPI, Admin, reports: notes; wxc_sdk and wxcadm read the file so",
    error_code: None,
};

pub const TEMPLATES_ARE_OUR_OWN: Rule = Rule {
    id: "REP-008",
    says: "The report templates are those of this hub, which tell what it knows; those of the service are not known.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "mock-hub",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &REPORT_IS_KNOWN,
    &REPORT_TEMPLATE_IS_KNOWN,
    &TEMPLATE_FIELDS_ARE_GIVEN,
    &REPORT_DAYS_ARE_IN_ORDER,
    &REPORT_HAS_AT_MOST_MAX_DAYS,
    &REPORT_TAKES_TIME,
    &REPORT_IS_A_ZIP,
    &TEMPLATES_ARE_OUR_OWN,
];
