//! What only the platform knows: HTTP, tokens, roles, paging.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const BODY_IS_JSON: Rule = Rule {
    id: "API-001",
    says: "The body of a request is one well-formed JSON document.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 400",
    error_code: None,
};

pub const VALUE_HAS_ITS_TYPE: Rule = Rule {
    id: "API-002",
    says: "Each body field and query parameter has the type, and where listed one of the values, that the API description gives it.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: schemas, status 400",
    error_code: None,
};

pub const REQUIRED_FIELD_IS_PRESENT: Rule = Rule {
    id: "API-003",
    says: "Each field that the API description marks as required is present and not null.",
    refusal: Refusal::Invalid,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: `required`; errorCode 1001 from the guide of the sister offer Webex for BroadWorks, for Wholesale assumed",
    error_code: Some(1001),
};

pub const FIELD_IS_KNOWN: Rule = Rule {
    id: "API-004",
    says: "A request has no body field that the API description does not know: in the control API always, elsewhere in strict mode, and then no such query parameter either.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "mock-hub option --strict; the real service ignores them",
    error_code: None,
};

pub const TOKEN_IS_VALID: Rule = Rule {
    id: "API-005",
    says: "A request carries a bearer token that is known and has not expired.",
    refusal: Refusal::Unauthorized,
    evidence: Evidence::Documented,
    source: "developer.webex.com, REST basics: status 401",
    error_code: None,
};

pub const ROLE_ALLOWS_IT: Rule = Rule {
    id: "API-006",
    says: "The administrator role behind the token allows the operation.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Documented,
    source: "help.webex.com ntip1k0, 2y8qmt, so6ust: roles; what a partner administrator may do where the pages disagree is assumed",
    error_code: None,
};

pub const SCOPE_ALLOWS_IT: Rule = Rule {
    id: "API-007",
    says: "The token carries the scope that the endpoint needs.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Documented,
    source: "developer.webex.com, Webex for Wholesale guide, and OpenAPI: scopes; those of licences, roles and audit events are assumed",
    error_code: None,
};

pub const PATH_EXISTS: Rule = Rule {
    id: "API-008",
    says: "The path of a request names a resource of the API.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 404",
    error_code: None,
};

pub const METHOD_IS_SUPPORTED: Rule = Rule {
    id: "API-009",
    says: "The resource supports the method of the request.",
    refusal: Refusal::MethodNotAllowed,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 405",
    error_code: None,
};

pub const BODY_FITS: Rule = Rule {
    id: "API-010",
    says: "The body of a request is no larger than the limit.",
    refusal: Refusal::TooLarge,
    evidence: Evidence::Assumed,
    source: "mock-hub option --max-body-bytes",
    error_code: None,
};

pub const BODY_FORMAT_IS_SUPPORTED: Rule = Rule {
    id: "API-011",
    says: "The body of a request is in a format that the resource reads.",
    refusal: Refusal::UnsupportedFormat,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 415",
    error_code: None,
};

pub const PAGE_HOLDS_AT_MOST_100: Rule = Rule {
    id: "API-012",
    says: "A page of a wholesale list holds 50 entries unless `max` asks otherwise, and never more than 100.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, list subscribers: max; assumed to hold for customers and sub-partners too",
    error_code: None,
};

pub const LINKS_LEAD_THROUGH_A_LIST: Rule = Rule {
    id: "API-013",
    says: "A list answers with an RFC 5988 Link header whose absolute next, prev and first addresses keep the filters of the request.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "developer.webex.com, REST basics: pagination",
    error_code: None,
};

pub const SUB_PARTNER_IS_OWN: Rule = Rule {
    id: "API-014",
    says: "`onBehalfOfSubPartnerOrgId` names a sub-partner of the calling partner.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "OpenAPI, Wholesale: onBehalfOfSubPartnerOrgId; the status is assumed",
    error_code: None,
};

pub const ANSWER_IS_IN_TIME: Rule = Rule {
    id: "API-015",
    says: "The hub answers a request within its time limit.",
    refusal: Refusal::Unavailable,
    evidence: Evidence::Assumed,
    source: "mock-hub option --request-timeout",
    error_code: None,
};

pub const ANSWERS_REST_ON_THE_JOURNAL: Rule = Rule {
    id: "API-016",
    says: "Answers rest on the journal: a write is acknowledged only after it was kept there, and over a shared journal a read shows every write that was acknowledged before it began.",
    refusal: Refusal::Unavailable,
    evidence: Evidence::Assumed,
    source: "mock-hub; status 503 as in OpenAPI, Wholesale",
    error_code: None,
};

pub const PATH_IS_SIMULATED: Rule = Rule {
    id: "API-017",
    says: "A documented path of the Webex API is simulated.",
    refusal: Refusal::NotSimulated,
    evidence: Evidence::Assumed,
    source: "mock-hub; nothing is forwarded anywhere",
    error_code: None,
};

pub const WALKS_ARE_STABLE: Rule = Rule {
    id: "API-018",
    says: "Who follows the next addresses of a list from its first page to its last sees each entry that keeps its place in the order once, whatever others write meanwhile.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "mock-hub; the address is opaque and complete as in developer.webex.com, REST basics: pagination",
    error_code: None,
};

pub const ANSWER_FORMAT_IS_SUPPORTED: Rule = Rule {
    id: "API-019",
    says: "A request that says which formats it takes for an answer takes JSON where that is the only one.",
    refusal: Refusal::NotFound,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 404",
    error_code: None,
};

pub const FORM_IS_OF_THIS_HUB: Rule = Rule {
    id: "API-020",
    says: "A web page takes only forms that this hub sent to the same browser session.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Assumed,
    source: "mock-hub; against cross-site request forgery",
    error_code: None,
};

pub const RATE_IS_KEPT: Rule = Rule {
    id: "API-040",
    says: "A client sends no more requests in a given time than its rate allows; a Retry-After header tells in how many seconds it may go on.",
    refusal: Refusal::TooMany,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 429; rates are not published, so it is enforced only where a script of faults says so",
    error_code: None,
};

pub const RESOURCE_IS_FREE: Rule = Rule {
    id: "API-041",
    says: "What a request is about is not locked; while it is, a Retry-After header may tell in how many seconds to try again.",
    refusal: Refusal::Locked,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 423; what locks is not published, so it is enforced only where a script of faults says so",
    error_code: None,
};

pub const FILES_ARE_SCANNED: Rule = Rule {
    id: "API-042",
    says: "A file that cannot be scanned for malware is asked for by a forced download.",
    refusal: Refusal::PreconditionRequired,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 428; it is enforced only where a script of faults says so",
    error_code: None,
};

pub const STATUS_TELLS_WHAT_HAPPENED: Rule = Rule {
    id: "API-043",
    says: "The status of an answer tells whether the hub refuses a request or cannot do it now, whatever stands in the body.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 400 to 504; that a body may be of any kind is assumed, because gateways answer too",
    error_code: None,
};

pub const REFUSED_CHANGES_NOTHING: Rule = Rule {
    id: "API-044",
    says: "A request that is refused with a status from 400 to 499 has changed nothing.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Admin, create a person warns that the service may answer 400 and have made the person",
    error_code: None,
};

pub const REFUSALS_STAND: Rule = Rule {
    id: "API-045",
    says: "A request that was refused with 400, 401, 403, 404 or 409 is refused again as long as nothing else changes.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 9110, 15.5, which says of 403 that clients should not repeat the request",
    error_code: None,
};

pub const TROUBLE_PASSES_OR_STAYS: Rule = Rule {
    id: "API-046",
    says: "A request that was answered with 500, 502, 503 or 504, with a body that is cut, or not at all, may be answered well the next time, or never.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale: status 502 and 503, which say to try again later, 500 and 504; that no answer counts as one of them is assumed, after RFC 9110, 9.2.2",
    error_code: None,
};

pub const UNANSWERED_WRITES_ARE_OPEN: Rule = Rule {
    id: "API-047",
    says: "A write that was answered with a status from 500 on, with a body that is cut, or not at all, may have been done; a read tells.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 9110, 9.2.2: a client cannot know whether such a request was applied",
    error_code: None,
};

pub const RETRY_AFTER_OF_UNAVAILABLE: Rule = Rule {
    id: "API-048",
    says: "A Retry-After header of an answer with status 503 tells in how many seconds to ask again.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 9110, 10.2.3; OpenAPI, Wholesale has the header with 429 and 423 only",
    error_code: None,
};

pub const SLOW_ANSWERS_ARE_GOOD: Rule = Rule {
    id: "API-049",
    says: "How long an answer takes says nothing about it: the request was done once.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; mock-hub option --request-timeout has the longest time",
    error_code: None,
};

pub const REFUSALS_SAY_WHY: Rule = Rule {
    id: "API-050",
    says: "A refusal of the hub has a message, which may be any text, and `errors`, each with a description, an errorCode or both; the codes are not a closed list.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Admin: LicenseError; OpenAPI, Wholesale: errorCode; that there are more codes than are listed is assumed",
    error_code: None,
};

pub const FILTERS_ARE_EXACT: Rule = Rule {
    id: "API-051",
    says: "A list has every entry that fits what was asked for and no other, and is empty where none fits.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, Admin and Cloud Calling: parameters of lists; that an empty list is no refusal is assumed",
    error_code: None,
};

pub const QUERIES_ARE_ENCODED: Rule = Rule {
    id: "API-052",
    says: "A value in a query is percent-encoded UTF-8, in which a plus sign stands for a space.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 3986, 2.1; the URL standard of the WHATWG, 5.1; that the service reads queries so is assumed",
    error_code: None,
};

pub const IDS_ARE_OF_ONE_RECORD: Rule = Rule {
    id: "API-053",
    says: "An id is that of one record, and the same in a list as where the record is shown alone.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, Admin: id, a unique identifier",
    error_code: None,
};

pub const WRITES_ARE_SEEN: Rule = Rule {
    id: "API-054",
    says: "What a request has made, changed or deleted is shown so from then on.",
    refusal: Refusal::Never,
    evidence: Evidence::OfficialSpec,
    source: "OpenAPI, Wholesale, Admin, Locations and Cloud Calling: requests and answers have the same fields; that it is shown at once is assumed",
    error_code: None,
};

pub const HUB_HAS_ROOM: Rule = Rule {
    id: "API-055",
    says: "The hub has room for what a request brings along or makes: a connection, a body, an answer, a sandbox, what a sandbox keeps.",
    refusal: Refusal::Unavailable,
    evidence: Evidence::Assumed,
    source: "mock-hub options --max-connections, --max-held-bytes, --max-unread-bytes, --max-sandboxes, --max-records, --max-snapshots, --max-tokens, --max-faults",
    error_code: None,
};

pub const REQUEST_IS_OF_THIS_MACHINE: Rule = Rule {
    id: "API-056",
    says: "A hub that only its own machine can reach is asked by a name that nobody else can own, and its control API by no web page from elsewhere.",
    refusal: Refusal::Forbidden,
    evidence: Evidence::Assumed,
    source: "mock-hub option --public-url; RFC 2606, 6761, 6762, 8375: reserved names",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &BODY_IS_JSON,
    &VALUE_HAS_ITS_TYPE,
    &REQUIRED_FIELD_IS_PRESENT,
    &FIELD_IS_KNOWN,
    &TOKEN_IS_VALID,
    &ROLE_ALLOWS_IT,
    &SCOPE_ALLOWS_IT,
    &PATH_EXISTS,
    &METHOD_IS_SUPPORTED,
    &BODY_FITS,
    &BODY_FORMAT_IS_SUPPORTED,
    &PAGE_HOLDS_AT_MOST_100,
    &LINKS_LEAD_THROUGH_A_LIST,
    &SUB_PARTNER_IS_OWN,
    &ANSWER_IS_IN_TIME,
    &ANSWERS_REST_ON_THE_JOURNAL,
    &PATH_IS_SIMULATED,
    &WALKS_ARE_STABLE,
    &ANSWER_FORMAT_IS_SUPPORTED,
    &FORM_IS_OF_THIS_HUB,
    &RATE_IS_KEPT,
    &RESOURCE_IS_FREE,
    &FILES_ARE_SCANNED,
    &STATUS_TELLS_WHAT_HAPPENED,
    &REFUSED_CHANGES_NOTHING,
    &REFUSALS_STAND,
    &TROUBLE_PASSES_OR_STAYS,
    &UNANSWERED_WRITES_ARE_OPEN,
    &RETRY_AFTER_OF_UNAVAILABLE,
    &SLOW_ANSWERS_ARE_GOOD,
    &REFUSALS_SAY_WHY,
    &FILTERS_ARE_EXACT,
    &QUERIES_ARE_ENCODED,
    &IDS_ARE_OF_ONE_RECORD,
    &WRITES_ARE_SEEN,
    &HUB_HAS_ROOM,
    &REQUEST_IS_OF_THIS_MACHINE,
];
