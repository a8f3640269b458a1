//! Wholesale customers, their packages and organizations.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const PROVISIONING_ID_IS_KNOWN: Rule = Rule {
    id: "CUS-001",
    says: "`provisioningId` names an onboarding template of the partner.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: provisioningId; the status is assumed",
    error_code: None,
};

pub const TEMPLATE_IS_ACTIVE: Rule = Rule {
    id: "CUS-002",
    says: "The onboarding template of a new customer is not suspended.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; templates are described in help.webex.com nf9ghpq",
    error_code: None,
};

pub const EXTERNAL_ID_IS_UNIQUE: Rule = Rule {
    id: "CUS-003",
    says: "No two customers of a partner have the same externalId.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale calls it the external id of the customer",
    error_code: None,
};

pub const CUSTOMER_IS_KNOWN: Rule = Rule {
    id: "CUS-004",
    says: "The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 404",
    error_code: None,
};

pub const CUSTOMER_IS_SETTLED: Rule = Rule {
    id: "CUS-005",
    says: "A customer that is still provisioning, updating or being deleted takes no further change.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale lists the states and status 409",
    error_code: None,
};

pub const ADDRESS_LINE_IS_SHORT: Rule = Rule {
    id: "CUS-006",
    says: "Each address line has at most 50 characters.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: address; errorCode 1002 from the guide of Webex for BroadWorks, for Wholesale assumed",
    error_code: Some(1002),
};

pub const CUSTOMER_NAME_HAS_NO_PERCENT: Rule = Rule {
    id: "CUS-007",
    says: "The name of a customer contains no percent sign.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: customerInfo.name",
    error_code: None,
};

pub const STATE_AND_POSTAL_CODE_WHERE_REQUIRED: Rule = Rule {
    id: "CUS-008",
    says: "In countries that need them, an address has a state or province and a postal code.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: address; the list of countries (US, CA, AU, BR, MX, IN) is assumed",
    error_code: None,
};

pub const COUNTRY_IS_ISO_3166: Rule = Rule {
    id: "CUS-009",
    says: "The country of an address is an ISO 3166 code of two letters.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: address.country",
    error_code: None,
};

pub const CUSTOMER_HAS_A_PACKAGE: Rule = Rule {
    id: "CUS-010",
    says: "A customer is offered at least one package.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale marks packages as required",
    error_code: None,
};

pub const PACKAGE_IS_KNOWN: Rule = Rule {
    id: "CUS-011",
    says: "A package is one of the identifiers of the wholesale offer.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: WholesalePackagesCustomer, WholesalePackagesSubscriber",
    error_code: None,
};

pub const CUSTOMER_ADD_ON_HAS_ITS_BASE: Rule = Rule {
    id: "CUS-012",
    says: "An add-on is offered to a customer only together with one of the packages that it depends on.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: packages note; that one of them suffices is assumed",
    error_code: None,
};

pub const CALLING_LOCATION_IS_GIVEN: Rule = Rule {
    id: "CUS-013",
    says: "A customer with a calling package is provisioned with a calling location.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: provisioningParameters.calling.location",
    error_code: None,
};

pub const CUSTOMER_INFO_IS_GIVEN: Rule = Rule {
    id: "CUS-014",
    says: "A customer in a new organization comes with customerInfo, its name and primaryEmail.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: customerInfo",
    error_code: None,
};

pub const ORGANIZATION_IS_KNOWN: Rule = Rule {
    id: "CUS-015",
    says: "`orgId` names an organization that the partner manages.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Wholesale, provision a customer: orgId; the status is assumed",
    error_code: None,
};

pub const ORGANIZATION_HAS_ONE_CUSTOMER: Rule = Rule {
    id: "CUS-016",
    says: "An organization belongs to at most one wholesale customer.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const ORG_ID_NAMES_AN_EXISTING_ORGANIZATION: Rule = Rule {
    id: "CUS-017",
    says: "`orgId` is given when the primary e-mail address already belongs to an organization.",
    refusal: Refusal::Conflict,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: orgId is mandatory for an existing organization; the status is assumed",
    error_code: None,
};

pub const SUB_PARTNER_IS_ACTIVE: Rule = Rule {
    id: "CUS-018",
    says: "A suspended sub-partner neither creates nor updates customers and subscribers; it may delete them.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: SubPartner.provisioningState; the status is assumed",
    error_code: None,
};

pub const PACKAGE_IN_USE_STAYS: Rule = Rule {
    id: "CUS-019",
    says: "A package is not taken from a customer while a subscriber has it.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale says only that a package left out of PUT is removed",
    error_code: None,
};

pub const QUANTITY_COVERS_USE: Rule = Rule {
    id: "CUS-020",
    says: "The quantity of a package is not set below the number of subscribers who have it.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "no source; help.webex.com ny0fr7x says that quantities cap what may be assigned",
    error_code: None,
};

pub const QUANTITY_COUNTS_FOR_AN_OFFERED_PACKAGE: Rule = Rule {
    id: "CUS-021",
    says: "A quantity for a package that the customer is not offered has no effect.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: the example gives quantities of packages that it does not ask for",
    error_code: None,
};

pub const TIME_ZONE_IS_KNOWN: Rule = Rule {
    id: "CUS-022",
    says: "A time zone is a name of the IANA time zone database.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: timezone; that others are refused is assumed",
    error_code: None,
};

pub const PROVISIONING_IS_ASYNCHRONOUS: Rule = Rule {
    id: "CUS-023",
    says: "Provisioning, update and deletion of a customer are accepted at once and done in the background; the customer's status tells.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, provision a customer: status 202",
    error_code: None,
};

pub const ORG_ID_APPEARS_WHEN_PROVISIONED: Rule = Rule {
    id: "CUS-024",
    says: "A customer shows its orgId only once it is provisioned.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: Customer.orgId",
    error_code: None,
};

pub const REMOVAL_KEEPS_THE_ORGANIZATION: Rule = Rule {
    id: "CUS-025",
    says: "Deleting a customer ends the link to its organization and the packages of its subscribers; organization and people stay.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, remove a customer: the link goes; what becomes of subscribers, organization and people is assumed",
    error_code: None,
};

pub const NEWEST_CUSTOMER_FIRST: Rule = Rule {
    id: "CUS-026",
    says: "The list of customers begins with the newest.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Cisco PartnerAdministrationRefApp reads the first item as the most recent",
    error_code: None,
};

pub const RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS: Rule = Rule {
    id: "CUS-027",
    says: "While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Documented,
    source: "help.webex.com 2y8qmt",
    error_code: None,
};

pub const PRECHECK_ANSWERS_100: Rule = Rule {
    id: "CUS-028",
    says: "A precheck that finds nothing wrong answers message success with infoCode 100, and changes nothing.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, precheck",
    error_code: None,
};

pub const NAMES_STAY_EDITABLE: Rule = Rule {
    id: "CUS-029",
    says: "In restricted administrator mode administrators of the customer still change first, last and display names.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com 2y8qmt",
    error_code: None,
};

pub const PARTNER_SELLS_WHOLESALE: Rule = Rule {
    id: "CUS-030",
    says: "A partner deals with wholesale customers, and prechecks them, when its organization is entitled to wholesale.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, precheck: wxc-wholesale or webex-wholesale-partner-testing; that it holds for everything, and the status, are assumed",
    error_code: None,
};

pub const SUB_PARTNERS_KEEP_THEIR_CUSTOMERS: Rule = Rule {
    id: "CUS-034",
    says: "Customers and subscribers of a sub-partner are listed on its behalf, and not among those of the partner.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "field notes in a public repository, of the plain list of customers; OpenAPI, Wholesale: onBehalfOfSubPartnerOrgId",
    error_code: None,
};

pub const ADMINISTRATORS_HAVE_THEIR_CUSTOMERS: Rule = Rule {
    id: "CUS-035",
    says: "Full and read-only administrators of a partner see all of its customers; a partner administrator sees and manages those that are assigned to him or that he made.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com 2y8qmt, ntip1k0: roles; that he manages users where the pages disagree is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub const CUSTOMERS_ARE_SEARCHED: Rule = Rule {
    id: "CUS-031",
    says: "Partner Hub finds a customer by a part of its name, of its external id or of the e-mail address of its first administrator; capitals do not matter.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com naxx10: by name, and since 2025-09 by e-mail; the external id and parts are assumed",
    error_code: None,
};

pub const SETUP_OFFERS_WHAT_IS_MISSING: Rule = Rule {
    id: "CUS-032",
    says: "Partner Hub offers to add phone numbers as long as a customer has none, and to add users as long as it has none.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com x4fhd8",
    error_code: None,
};

pub const ANALYTICS_COUNT_SUBSCRIBERS: Rule = Rule {
    id: "CUS-033",
    says: "Partner Hub's course of subscribers counts one from when the package is provisioned until it goes, among the customers that the administrator sees; packages in use count who has one or waits for it.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; billing counts so (BIL-007)",
    error_code: None,
};

pub(crate) const RULES: &[&Rule] = &[
    &PROVISIONING_ID_IS_KNOWN,
    &TEMPLATE_IS_ACTIVE,
    &EXTERNAL_ID_IS_UNIQUE,
    &CUSTOMER_IS_KNOWN,
    &CUSTOMER_IS_SETTLED,
    &ADDRESS_LINE_IS_SHORT,
    &CUSTOMER_NAME_HAS_NO_PERCENT,
    &STATE_AND_POSTAL_CODE_WHERE_REQUIRED,
    &COUNTRY_IS_ISO_3166,
    &CUSTOMER_HAS_A_PACKAGE,
    &PACKAGE_IS_KNOWN,
    &CUSTOMER_ADD_ON_HAS_ITS_BASE,
    &CALLING_LOCATION_IS_GIVEN,
    &CUSTOMER_INFO_IS_GIVEN,
    &ORGANIZATION_IS_KNOWN,
    &ORGANIZATION_HAS_ONE_CUSTOMER,
    &ORG_ID_NAMES_AN_EXISTING_ORGANIZATION,
    &SUB_PARTNER_IS_ACTIVE,
    &PACKAGE_IN_USE_STAYS,
    &QUANTITY_COVERS_USE,
    &QUANTITY_COUNTS_FOR_AN_OFFERED_PACKAGE,
    &TIME_ZONE_IS_KNOWN,
    &PROVISIONING_IS_ASYNCHRONOUS,
    &ORG_ID_APPEARS_WHEN_PROVISIONED,
    &REMOVAL_KEEPS_THE_ORGANIZATION,
    &NEWEST_CUSTOMER_FIRST,
    &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS,
    &PRECHECK_ANSWERS_100,
    &NAMES_STAY_EDITABLE,
    &PARTNER_SELLS_WHOLESALE,
    &CUSTOMERS_ARE_SEARCHED,
    &SETUP_OFFERS_WHAT_IS_MISSING,
    &ANALYTICS_COUNT_SUBSCRIBERS,
    &SUB_PARTNERS_KEEP_THEIR_CUSTOMERS,
    &ADMINISTRATORS_HAVE_THEIR_CUSTOMERS,
];
