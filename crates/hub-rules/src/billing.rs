//! Billing reports of partners.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const BILLING_REPORT_IS_KNOWN: Rule = Rule {
    id: "BIL-001",
    says: "The billing report exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, billing reports: status 404; errorCode 2024 from the example of a report's errors",
    error_code: Some(2024),
};

pub const BILLING_DAYS_ARE_PAST: Rule = Rule {
    id: "BIL-002",
    says: "The days of a billing report are over: neither date is today or later, by UTC.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com lbew7o: billing reports; that days are those of UTC is assumed",
    error_code: None,
};

pub const BILLING_DAYS_ARE_OF_FIVE_YEARS: Rule = Rule {
    id: "BIL-003",
    says: "The days of a billing report lie at most five years back.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com lbew7o: billing reports",
    error_code: None,
};

pub const BILLING_DAYS_ARE_IN_ORDER: Rule = Rule {
    id: "BIL-004",
    says: "The first day of a billing report is not after its last day.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Wholesale has both dates and does not say so",
    error_code: None,
};

pub const POINT_IN_TIME_IS_NOT_PER_PARTNER: Rule = Rule {
    id: "BIL-005",
    says: "A point-in-time report is about customers or users, not about the partner as a whole.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com lbew7o, naxx10: point-in-time reports; how a request chooses the category, and that others are refused, are assumed",
    error_code: None,
};

pub const BILLING_REPORT_TAKES_TIME: Rule = Rule {
    id: "BIL-006",
    says: "A billing report is IN_PROGRESS until the report delay is over, then COMPLETED with tempDownloadURL.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, billing reports: status, tempDownloadURL; mock-hub option --report-delay",
    error_code: None,
};

pub const USAGE_IS_GATHERED_DAILY: Rule = Rule {
    id: "BIL-007",
    says: "Usage is gathered once a day: a user counts for the packages that he has, provisioned, at the end of the day.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com lbew7o says daily; who counts, and the time of day, are assumed",
    error_code: None,
};

pub const BILLING_LINES_NAME_LICENSES: Rule = Rule {
    id: "BIL-008",
    says: "A line of a billing report about a customer or user names the licences of the package.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com naxx10, August 2025, says that reports have them; which lines do is assumed",
    error_code: None,
};

pub const BILLING_COLUMNS_ARE_PROVISIONAL: Rule = Rule {
    id: "BIL-009",
    says: "The columns of a billing report are provisional: those of the service are not known, so no client should rest on them.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "mock-hub; help.webex.com lbew7o lists the columns, which could not be read",
    error_code: None,
};

pub const BILLING_COVERS_SUB_PARTNERS: Rule = Rule {
    id: "BIL-010",
    says: "A partner's billing report covers his own customers and those of his sub-partners, or with subPartnerOrgId only those of that one.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Wholesale, billing reports: subPartnerOrgId",
    error_code: None,
};

pub const DOWNLOAD_IS_SIGNED: Rule = Rule {
    id: "BIL-011",
    says: "A billing report is downloaded without a token, at the address that tempDownloadURL gave, as long as the report exists.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, billing reports: tempDownloadURL, a signed address; how long it is good, and the status, are assumed",
    error_code: None,
};

pub const BILLING_REPORTS_ARE_SORTED: Rule = Rule {
    id: "BIL-012",
    says: "The list of billing reports is sorted by billingStartDate unless sortBy asks otherwise, the latest first, 100 to a page at most.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, list billing reports: sortBy, max; the direction is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &BILLING_REPORT_IS_KNOWN,
    &BILLING_DAYS_ARE_PAST,
    &BILLING_DAYS_ARE_OF_FIVE_YEARS,
    &BILLING_DAYS_ARE_IN_ORDER,
    &POINT_IN_TIME_IS_NOT_PER_PARTNER,
    &BILLING_REPORT_TAKES_TIME,
    &USAGE_IS_GATHERED_DAILY,
    &BILLING_LINES_NAME_LICENSES,
    &BILLING_COLUMNS_ARE_PROVISIONAL,
    &BILLING_COVERS_SUB_PARTNERS,
    &DOWNLOAD_IS_SIGNED,
    &BILLING_REPORTS_ARE_SORTED,
];
