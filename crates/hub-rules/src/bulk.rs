//! The user CSV of Control Hub and its import task.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const FILE_HAS_CONTENT: Rule = Rule {
    id: "CSV-001",
    says: "The file is not empty.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const FILE_IS_UTF8: Rule = Rule {
    id: "CSV-002",
    says: "The file is text in UTF-8; a byte-order mark in front is dropped.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const FILE_HAS_ROWS: Rule = Rule {
    id: "CSV-003",
    says: "The file has at least one row below its header.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const KEY_COLUMN_IS_PRESENT: Rule = Rule {
    id: "CSV-004",
    says: "The header has the column `User ID/Email (Required)`.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8",
    error_code: None,
};

pub const HEADER_STANDS_ONCE: Rule = Rule {
    id: "CSV-005",
    says: "No column stands twice in the header.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const HEADER_IS_KNOWN: Rule = Rule {
    id: "CSV-006",
    says: "Each header names a column that the organization has.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client, with subscriptions on",
    error_code: None,
};

pub const ROWS_ARE_AT_MOST_20000: Rule = Rule {
    id: "CSV-007",
    says: "A file has at most 20,000 users.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com nlkiw8e, ih07j",
    error_code: None,
};

pub const SUSPENDED_SERVICE_IS_NOT_ASSIGNED: Rule = Rule {
    id: "CSV-008",
    says: "No cell below the header of a suspended service is TRUE.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky, afv3q8",
    error_code: None,
};

pub const FILE_IS_CSV: Rule = Rule {
    id: "CSV-009",
    says: "The upload is a CSV file.",
    refusal: Refusal::UnsupportedFormat,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const ROW_HAS_A_CELL_PER_COLUMN: Rule = Rule {
    id: "CSV-010",
    says: "A row has as many cells as the header.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "RFC 4180; no source for the hub",
    error_code: None,
};

pub const EMAIL_CELL_IS_FILLED: Rule = Rule {
    id: "CSV-011",
    says: "Each row has an e-mail address.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const EMAIL_STANDS_ONCE: Rule = Rule {
    id: "CSV-012",
    says: "An e-mail address, in whatever case, stands in one row of the file; of several the later fail, and a failed row does not count.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client; the blindness to case is assumed",
    error_code: None,
};

pub const SERVICE_CELL_IS_TRUE_OR_FALSE: Rule = Rule {
    id: "CSV-013",
    says: "A cell of a service column is TRUE, FALSE, T, F (in any case) or blank.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const ROW_ASSIGNS_ONE_PACKAGE: Rule = Rule {
    id: "CSV-014",
    says: "At most one base package is TRUE in a row.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; help.webex.com ny0fr7x says one base package a user",
    error_code: None,
};

pub const MANDATORY_FIELD_IS_FILLED: Rule = Rule {
    id: "CSV-015",
    says: "The fields that are mandatory for the row's package are filled, in the row or already.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com nil4lpeb, Table 1; its rows are assumed",
    error_code: None,
};

pub const READ_ONLY_CELL_IS_UNCHANGED: Rule = Rule {
    id: "CSV-016",
    says: "A cell of a read-only column is blank or as exported; a changed one is ignored, and in strict mode refused.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "help.webex.com afv3q8 says that it can cause an error; that it is ignored, and refused in strict mode only, is assumed",
    error_code: None,
};

pub const ONE_IMPORT_AT_A_TIME: Rule = Rule {
    id: "CSV-017",
    says: "An organization runs one import at a time.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky, ih07j; the status is assumed",
    error_code: None,
};

pub const USER_TO_DELETE_EXISTS: Rule = Rule {
    id: "CSV-018",
    says: "A row that deletes a user names an existing one.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const ADD_ONLY_IGNORES_FALSE: Rule = Rule {
    id: "CSV-019",
    says: "Under *add services only* a FALSE changes nothing.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com n6jxw9e",
    error_code: None,
};

pub const ADD_ONLY_GIVES_BASE_LICENSES: Rule = Rule {
    id: "CSV-020",
    says: "Under *add services only* a user who is given a package also gets base licences.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com nil4lpeb",
    error_code: None,
};

pub const ALL_FALSE_DELETES: Rule = Rule {
    id: "CSV-021",
    says: "Under *add and remove services* a row in which every package column of the organization is present and FALSE deletes the user.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com nil4lpeb; that every column must be present, and that this is so in this mode only, are assumed",
    error_code: None,
};

pub const BLANK_CHANGES_NOTHING: Rule = Rule {
    id: "CSV-022",
    says: "A blank cell changes nothing.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const PREFERRED_SITE_IS_ADVISED: Rule = Rule {
    id: "CSV-023",
    says: "A user with a meetings package should have a Preferred Webex Site; without one the meeting site may cause trouble later.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com nil4lpeb",
    error_code: None,
};

pub const ROWS_COUNT_FROM_THE_HEADER: Rule = Rule {
    id: "CSV-024",
    says: "Row numbers in reports count the header as row 1.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const LOCATION_OF_A_CALLING_USER_STAYS: Rule = Rule {
    id: "CSV-025",
    says: "An import does not change the location of a calling user.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Documented,
    source: "help.webex.com ih07j; that the row is refused, and the status, are assumed",
    error_code: None,
};

pub const LOCATION_NAME_IS_KNOWN: Rule = Rule {
    id: "CSV-026",
    says: "A `Location` cell holds the name of a location of the organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky: the name of a location; that other names are refused is assumed",
    error_code: None,
};

pub const SITE_IS_OF_THE_ORGANIZATION: Rule = Rule {
    id: "CSV-027",
    says: "A `Preferred Webex Site` cell holds a Webex site of the organization.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "help.webex.com nil4lpeb names the column",
    error_code: None,
};

pub const TASK_IS_KNOWN: Rule = Rule {
    id: "CSV-028",
    says: "The import task exists and belongs to the organization.",
    refusal: Refusal::NotFound,
    evidence: Evidence::Assumed,
    source: "no source",
    error_code: None,
};

pub const REFUSED_ROWS_DO_NOT_STOP_OTHERS: Rule = Rule {
    id: "CSV-029",
    says: "A refused row changes nothing, and the rows after it are imported all the same.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Control Hub's web client",
    error_code: None,
};

pub const NEW_USER_GETS_AUTOMATIC_LICENSES: Rule = Rule {
    id: "CSV-030",
    says: "A new user without any service gets the organization's automatic licences, which are the base licences unless it chose others.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky, n3ijtao",
    error_code: None,
};

pub const PLACE_IS_FOR_CALLING_USERS: Rule = Rule {
    id: "CSV-031",
    says: "Location, phone number and extension of a user without a calling package are ignored.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale, update a subscriber, says so for the API",
    error_code: None,
};

pub const QUOTES_ARE_CLOSED: Rule = Rule {
    id: "CSV-032",
    says: "A quote that opens a cell is closed before the file ends.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "Control Hub's web client: a file that cannot be parsed is refused; RFC 4180",
    error_code: None,
};

pub const ROWS_COME_AT_A_SPEED: Rule = Rule {
    id: "CSV-033",
    says: "At an import speed of n rows a second, row k of a file takes effect k/n seconds after the upload or since the task was resumed; without a speed all rows take effect at once.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "help.webex.com e2okky: a task goes on in the background; the speed is a setting of the mock",
    error_code: None,
};

pub const IMPORT_SPEED_IS_POSITIVE: Rule = Rule {
    id: "CSV-034",
    says: "An import speed is at least one row a second.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; the speed is a setting of the mock",
    error_code: None,
};

pub const TASK_TO_PAUSE_IS_STARTED: Rule = Rule {
    id: "CSV-035",
    says: "A task that is to be paused is STARTED.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "Control Hub's web client pauses tasks; the refusal is assumed",
    error_code: None,
};

pub const TASK_TO_RESUME_IS_STOPPED: Rule = Rule {
    id: "CSV-036",
    says: "A task that is to be resumed is STOPPED.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "Control Hub's web client resumes tasks; the refusal is assumed",
    error_code: None,
};

pub const TASK_TO_CANCEL_HAS_NOT_ENDED: Rule = Rule {
    id: "CSV-037",
    says: "A task that is to be cancelled is STARTED or STOPPED.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Assumed,
    source: "Control Hub's web client cancels tasks; the refusal is assumed",
    error_code: None,
};

pub const ROW_COMES_BEFORE_ITS_TASK_ENDS: Rule = Rule {
    id: "CSV-038",
    says: "A row is imported when its turn comes before its task is cancelled; what was imported by then stays.",
    refusal: Refusal::Conflict,
    evidence: Evidence::Observed,
    source: "Control Hub's web client; that the other rows are among the errors is assumed",
    error_code: None,
};

pub const ERROR_COLUMNS_ARE_IGNORED: Rule = Rule {
    id: "CSV-039",
    says: "The columns `Error Row`, `Error Column`, `Error Rule` and `Error` of an error file are ignored, so that it can be corrected and uploaded as it is.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "Control Hub's web client offers the errors as a CSV file; its form is assumed",
    error_code: None,
};

pub const ROWS_APPLY_IN_ORDER: Rule = Rule {
    id: "CSV-040",
    says: "The rows of a file take effect one after the other: a row sees what the rows above it have done, and nothing of those below.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; Control Hub's web client sent 10 rows at a time",
    error_code: None,
};

pub const COLUMNS_MAY_BE_LEFT_OUT: Rule = Rule {
    id: "CSV-041",
    says: "The order of the columns is free, and columns may be left out, which is as if all their cells were blank.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "Control Hub's web client; an older community page advises to leave out what does not change",
    error_code: None,
};

pub const SERVICE_HEADERS_NAME_SITE_AND_SUBSCRIPTION: Rule = Rule {
    id: "CSV-042",
    says: "The header of a service may name the organization's subscription behind it, in brackets, and that of a package with meetings a Webex site of the organization before it, as in `host.webex.com - Webex Suite [Sub1]`; it is the same column without them.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "a public sample of an exported file has headers of this form; what they are for Wholesale is assumed",
    error_code: None,
};

pub const UNCHANGED_CELL_IS_NOT_CHECKED: Rule = Rule {
    id: "CSV-043",
    says: "A cell that says what the user has already, but for spaces around it, changes nothing, whether or not it could be given anew.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source; an export that is imported unchanged is not to fail",
    error_code: None,
};

pub const MANAGER_IS_AN_ADDRESS: Rule = Rule {
    id: "CSV-044",
    says: "A `Manager` cell holds an e-mail address; whether it is anybody's is not looked up.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8 calls it an e-mail; that others are refused and nobody is looked up is assumed",
    error_code: None,
};

pub const CALLER_ID_NAMES_ARE_OWN_IN_ASIA_PACIFIC: Rule = Rule {
    id: "CSV-045",
    says: "The caller ID names of a customer in Asia-Pacific are the user's own; those in a file are ignored.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8, nlkiw8e; which countries these are is assumed",
    error_code: None,
};

pub const REMOVED_NUMBER_IS_THE_USERS: Rule = Rule {
    id: "CSV-046",
    says: "`REMOVE|` stands before the phone number or extension that the user has, and takes it away.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8; that it holds for the extension and that any other number is refused is assumed",
    error_code: None,
};

pub const NEW_ADDRESS_IS_A_NEW_USER: Rule = Rule {
    id: "CSV-047",
    says: "A row with an address that nobody has makes a new user, who shares nothing with the one whose row it was before.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com afv3q8, ih07j",
    error_code: None,
};

pub const EXPORT_HAS_ATTRIBUTES_OR_LICENSES: Rule = Rule {
    id: "CSV-048",
    says: "An export has the attributes of users, their licences or both, and always the key column.",
    refusal: Refusal::Never,
    evidence: Evidence::Documented,
    source: "help.webex.com e2okky; that licences are the columns of packages and base licences is assumed",
    error_code: None,
};

pub const CALLING_USER_KEEPS_A_NUMBER: Rule = Rule {
    id: "CSV-049",
    says: "A calling user keeps a phone number or an extension.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "no source; OpenAPI, Wholesale wants one of them for a calling-enabled package",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &FILE_HAS_CONTENT,
    &FILE_IS_UTF8,
    &FILE_HAS_ROWS,
    &KEY_COLUMN_IS_PRESENT,
    &HEADER_STANDS_ONCE,
    &HEADER_IS_KNOWN,
    &ROWS_ARE_AT_MOST_20000,
    &SUSPENDED_SERVICE_IS_NOT_ASSIGNED,
    &FILE_IS_CSV,
    &ROW_HAS_A_CELL_PER_COLUMN,
    &EMAIL_CELL_IS_FILLED,
    &EMAIL_STANDS_ONCE,
    &SERVICE_CELL_IS_TRUE_OR_FALSE,
    &ROW_ASSIGNS_ONE_PACKAGE,
    &MANDATORY_FIELD_IS_FILLED,
    &READ_ONLY_CELL_IS_UNCHANGED,
    &ONE_IMPORT_AT_A_TIME,
    &USER_TO_DELETE_EXISTS,
    &ADD_ONLY_IGNORES_FALSE,
    &ADD_ONLY_GIVES_BASE_LICENSES,
    &ALL_FALSE_DELETES,
    &BLANK_CHANGES_NOTHING,
    &PREFERRED_SITE_IS_ADVISED,
    &ROWS_COUNT_FROM_THE_HEADER,
    &LOCATION_OF_A_CALLING_USER_STAYS,
    &LOCATION_NAME_IS_KNOWN,
    &SITE_IS_OF_THE_ORGANIZATION,
    &TASK_IS_KNOWN,
    &REFUSED_ROWS_DO_NOT_STOP_OTHERS,
    &NEW_USER_GETS_AUTOMATIC_LICENSES,
    &PLACE_IS_FOR_CALLING_USERS,
    &QUOTES_ARE_CLOSED,
    &ROWS_COME_AT_A_SPEED,
    &IMPORT_SPEED_IS_POSITIVE,
    &TASK_TO_PAUSE_IS_STARTED,
    &TASK_TO_RESUME_IS_STOPPED,
    &TASK_TO_CANCEL_HAS_NOT_ENDED,
    &ROW_COMES_BEFORE_ITS_TASK_ENDS,
    &ERROR_COLUMNS_ARE_IGNORED,
    &ROWS_APPLY_IN_ORDER,
    &COLUMNS_MAY_BE_LEFT_OUT,
    &SERVICE_HEADERS_NAME_SITE_AND_SUBSCRIPTION,
    &UNCHANGED_CELL_IS_NOT_CHECKED,
    &MANAGER_IS_AN_ADDRESS,
    &CALLER_ID_NAMES_ARE_OWN_IN_ASIA_PACIFIC,
    &REMOVED_NUMBER_IS_THE_USERS,
    &NEW_ADDRESS_IS_A_NEW_USER,
    &EXPORT_HAS_ATTRIBUTES_OR_LICENSES,
    &CALLING_USER_KEEPS_A_NUMBER,
];
