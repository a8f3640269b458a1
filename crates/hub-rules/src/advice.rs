//! Advice: what to do about a refusal where the rule's own sentence does not say so.

use crate::{Phrase, Said, Term};

/// A document in JSON that could not be read; `error` is what its reader says.
pub const JSON_FAULT: Phrase = Phrase::new("advice-json-fault", "JSON: {error}.");
/// A form that could not be read; `error` is what its reader says.
pub const FORM_FAULT: Phrase = Phrase::new("advice-form-fault", "Form: {error}.");
/// A journal that could not be written.
pub const STORE_FAULT: Phrase = Phrase::new("advice-store-fault", "Store: {error}.");
/// A write whose outcome is unknown.
pub const STORE_IS_UNSURE: Phrase = Phrase::new(
    "advice-store-is-unsure",
    "Store: it is not known whether entry {entry} of sandbox `{sandbox}` was kept. It may still be done: look before you try again.",
);
/// A write that goes on without anybody who waits for it.
pub const LOOK_FIRST: Phrase =
    Phrase::new("advice-look-first", "It may still be done: look before you try again.");
/// A body that does not come to its end.
pub const BODY_IS_LATE: Phrase = Phrase::new(
    "advice-body-is-late",
    "The body of the request did not come to its end within it, and nothing was done: send it again.",
);
/// A body that is too large.
pub const LIMIT_IN_BYTES: Phrase = Phrase::new("advice-limit-in-bytes", "The limit is {bytes} bytes.");
/// Why a body finds no room.
pub const ROOM_FOR_BODIES: Phrase =
    Phrase::new("advice-room-for-bodies", "All bodies at a time may have {bytes} bytes: try again.");
/// Why an answer finds no room.
pub const ROOM_FOR_ANSWERS: Phrase = Phrase::new(
    "advice-room-for-answers",
    "Long answers that wait for their clients may have {bytes} bytes at a time: try again.",
);
/// Why a sandbox finds no room.
pub const ROOM_FOR_SANDBOXES: Phrase = Phrase::new(
    "advice-room-for-sandboxes",
    "There may be {count} sandboxes: delete one that is no longer needed.",
);
/// Why a record finds no room.
pub const ROOM_FOR_RECORDS: Phrase = Phrase::new(
    "advice-room-for-records",
    "A sandbox may have {count} records: delete some that are no longer needed.",
);
/// Why a snapshot finds no room.
pub const ROOM_FOR_SNAPSHOTS: Phrase =
    Phrase::new("advice-room-for-snapshots", "A sandbox may have {count} snapshots: make another sandbox.");
/// Why a token finds no room.
pub const ROOM_FOR_TOKENS: Phrase =
    Phrase::new("advice-room-for-tokens", "A sandbox may keep {count} tokens: make another sandbox.");
/// Why a script of faults finds no room.
pub const ROOM_FOR_FAULTS: Phrase =
    Phrase::new("advice-room-for-faults", "A sandbox may have {count} scripted faults.");
/// The media type to send.
pub const SEND_FORMAT: Phrase = Phrase::new("advice-send-format", "Send {format}.");
/// The media types to send.
pub const SEND_EITHER_FORMAT: Phrase = Phrase::new("advice-send-either-format", "Send {format} or {other}.");
/// How a file is uploaded.
pub const SEND_CSV: Phrase = Phrase::new("advice-send-csv", "Send text/csv, or a form with the part `file`.");
/// The words that a parameter takes.
pub const SAY_ONE_OF: Phrase = Phrase::new("advice-say-one-of", "Say {choices}.");
/// A path that the API does not have.
pub const NO_SUCH_PATH: Phrase = Phrase::new("advice-no-such-path", "There is no such path.");
/// A method that a path does not have.
pub const NO_SUCH_METHOD: Phrase = Phrase::new("advice-no-such-method", "It does not have this one.");
/// What the present version lacks.
pub const NOT_IN_THIS_VERSION: Phrase =
    Phrase::new("advice-not-in-this-version", "This version of mock-hub does not simulate it.");

/// A call without a token.
pub const SEND_TOKEN: Phrase =
    Phrase::new("advice-send-token", "Send the header `Authorization: Bearer TOKEN`.");
/// A name that a web page may have led to this machine.
pub const USE_NAME_OF_THIS_MACHINE: Phrase = Phrase::new(
    "advice-use-name-of-this-machine",
    "Use localhost or 127.0.0.1, or start the hub with --public-url and this name.",
);
/// A token that is over.
pub const TOKEN_HAS_EXPIRED: Phrase = Phrase::new("advice-token-has-expired", "The token has expired.");
/// A token that nobody gave.
pub const TOKEN_IS_NOT_KNOWN: Phrase = Phrase::new("advice-token-is-not-known", "The token is not known.");
/// A token of another sandbox than the path names.
pub const TOKEN_IS_OF_ANOTHER_SANDBOX: Phrase =
    Phrase::new("advice-token-is-of-another-sandbox", "The token belongs to another sandbox.");
/// A demo token in a hub whose default sandbox was deleted.
pub const DEFAULT_SANDBOX_IS_GONE: Phrase =
    Phrase::new("advice-default-sandbox-is-gone", "The default sandbox is gone.");
/// A demo token whose administrator is not there.
pub const NO_SUCH_ADMINISTRATOR: Phrase =
    Phrase::new("advice-no-such-administrator", "The sandbox has no such administrator.");
/// The scope that an operation needs.
pub const NEEDS_SCOPE: Phrase = Phrase::new("advice-needs-scope", "It needs {scope}.");

/// A redirect address with characters that stand for nothing.
pub const ADDRESS_IS_NOT_ESCAPED: Phrase =
    Phrase::new("advice-address-is-not-escaped", "It has characters that must be escaped.");
/// A redirect address with a fragment.
pub const ADDRESS_HAS_A_FRAGMENT: Phrase = Phrase::new("advice-address-has-a-fragment", "It has a fragment.");
/// A redirect address without a scheme.
pub const ADDRESS_IS_NOT_ABSOLUTE: Phrase =
    Phrase::new("advice-address-is-not-absolute", "It is not absolute.");
/// A redirect address that no application listens at.
pub const ADDRESS_HAS_A_FOREIGN_SCHEME: Phrase =
    Phrase::new("advice-address-has-a-foreign-scheme", "No application is behind this scheme.");
/// A redirect address of the web without a host.
pub const ADDRESS_NAMES_NO_HOST: Phrase = Phrase::new("advice-address-names-no-host", "It names no host.");
/// A redirect address that ends behind its scheme.
pub const ADDRESS_IS_A_SCHEME: Phrase =
    Phrase::new("advice-address-is-a-scheme", "It is a scheme and nothing else.");
/// Who can sign in.
pub const THESE_CAN_SIGN_IN: Phrase = Phrase::new("advice-these-can-sign-in", "These can sign in: {names}.");
/// A code that nobody gave.
pub const CODE_IS_NOT_KNOWN: Phrase =
    Phrase::new("advice-code-is-not-known", "The sandbox knows no such code.");
/// A code that was given for another redirect address.
pub const CODE_IS_FOR_ANOTHER_ADDRESS: Phrase =
    Phrase::new("advice-code-is-for-another-address", "The code was given for another one.");
/// A code that is used up.
pub const CODE_WAS_EXCHANGED: Phrase = Phrase::new("advice-code-was-exchanged", "It was exchanged before.");
/// A code or refresh token that is over.
pub const WAS_GOOD_UNTIL: Phrase = Phrase::new("advice-was-good-until", "It was good until {time}.");
/// A refresh token that nobody gave.
pub const REFRESH_TOKEN_IS_NOT_KNOWN: Phrase =
    Phrase::new("advice-refresh-token-is-not-known", "The sandbox knows no such refresh token.");
/// A code or refresh token of another application.
pub const GIVEN_TO_ANOTHER_CLIENT: Phrase =
    Phrase::new("advice-given-to-another-client", "It was given to another client.");
/// How the owner of a hub proves himself.
pub const TYPE_THE_TOKEN: Phrase = Phrase::new(
    "advice-type-the-token",
    "Type it into the page, or send the header `Authorization: Bearer TOKEN`.",
);
/// A client that says two names.
pub const HEADER_NAMES_ANOTHER_CLIENT: Phrase =
    Phrase::new("advice-header-names-another-client", "The header Authorization names another client.");
/// A client with a wrong secret.
pub const SECRET_IS_WRONG: Phrase = Phrase::new("advice-secret-is-wrong", "The secret is wrong.");
/// How a client sends its secret.
pub const BASIC_IS_BASE64: Phrase =
    Phrase::new("advice-basic-is-base64", "Basic is followed by the base64 of `client_id:client_secret`.");
/// A parameter that stands more than once.
pub const SENT_TIMES: Phrase = Phrase::new("advice-sent-times", "It was sent {times} times.");

/// A report that is still made.
pub const NOT_DONE_YET: Phrase = Phrase::new("advice-not-done-yet", "It is not done yet.");
/// When something is over that holds up the request.
pub const DONE_AT: Phrase = Phrase::new("advice-done-at", "It is done at {time}.");
/// When the import is over that holds up another.
pub const IMPORT_DONE_AT: Phrase =
    Phrase::new("advice-import-done-at", "The running import is done at {time}.");
/// The paused import that holds up another.
pub const RESUME_OR_CANCEL: Phrase =
    Phrase::new("advice-resume-or-cancel", "Resume or cancel the paused task {task}.");
/// The day, where only past days will do.
pub const TODAY_IS: Phrase = Phrase::new("advice-today-is", "Today is {day}.");
/// A location without connection to the public network.
pub const PSTN_IS_NOT_CONFIGURED: Phrase =
    Phrase::new("advice-pstn-is-not-configured", "PSTN for the location is not configured.");
/// An administrator who needs no assignment.
pub const HAS_ALL_CUSTOMERS: Phrase =
    Phrase::new("advice-has-all-customers", "The user already has access to all customers.");
/// The packages of which an add-on needs one.
pub const ADD_ON_NEEDS: Phrase = Phrase::new("advice-add-on-needs", "{addOn} needs one of {packages}.");
/// A group of groups or machines.
pub const MEMBERS_ARE_USERS: Phrase = Phrase::new("advice-members-are-users", "Members are users here.");
/// The word of the standard for a fault.
pub const NO_TARGET: Phrase = Phrase::new("advice-no-target", "RFC 7644 calls it noTarget.");

/// A user attribute that the hub does not have.
pub const THESE_ARE_KEPT: Phrase = Phrase::new("advice-these-are-kept", "These are kept: {names}.");
/// The attributes that an organization requires.
pub const THESE_ARE_REQUIRED: Phrase = Phrase::new("advice-these-are-required", "Required: {names}.");
/// A user who cannot be added, but claimed.
pub const CLAIM_THE_USER: Phrase = Phrase::new("advice-claim-the-user", "Claim the user.");
/// A user who cannot be claimed, because nobody knows him.
pub const ADD_THE_USER: Phrase = Phrase::new("advice-add-the-user", "Add the user instead.");

/// A package that *add services only* would have to take away.
pub const IMPORT_WITH_REMOVAL: Phrase =
    Phrase::new("advice-import-with-removal", "Import with add-and-remove-services to change the package.");
/// Where the quote is that swallows the rest of a file.
pub const QUOTE_IS_IN_THIS_ROW: Phrase =
    Phrase::new("advice-quote-is-in-this-row", "The quote that is never closed is in this row.");
/// A file in another encoding.
pub const SAVE_AS_UTF8: Phrase = Phrase::new("advice-save-as-utf8", "Save the file as UTF-8.");
/// What was probably meant.
pub const NEAREST: Phrase = Phrase::new("advice-nearest", "The nearest is `{name}`.");
/// A column that was given another name.
pub const COLUMN_IS_CALLED_NOW: Phrase =
    Phrase::new("advice-column-is-called-now", "It is called `{name}` now.");
/// A column that is of no use here.
pub const LEAVE_THE_COLUMN_OUT: Phrase =
    Phrase::new("advice-leave-the-column-out", "Webex Wholesale has no such column: leave it out.");
/// A package column that another organization may have.
pub const PACKAGE_IS_NOT_OFFERED: Phrase =
    Phrase::new("advice-package-is-not-offered", "The organization is not offered {package}.");
/// A package column that no organization has.
pub const PACKAGE_IS_NOT_FOR_USERS: Phrase =
    Phrase::new("advice-package-is-not-for-users", "{package} is not for users: leave the column out.");
/// How a file clears an error of a package.
pub const REASSIGN_BY_TWO_FILES: Phrase = Phrase::new(
    "advice-reassign-by-two-files",
    "Import FALSE for the present package, the others blank, with add-and-remove-services; then, in a second file, \
     TRUE for the one that is wanted.",
);
/// A row whose cells do not fit the header.
pub const QUOTE_CELLS: Phrase =
    Phrase::new("advice-quote-cells", "Put a cell that contains a comma, a quote or a line break in quotes.");
/// A mandatory cell that is blank, seen without any organization.
pub const UNLESS_HE_HAS_IT: Phrase =
    Phrase::new("advice-unless-he-has-it", "Only a user who has it already may do without.");
/// A file with too many rows.
pub const SPLIT_THE_FILE: Phrase =
    Phrase::new("advice-split-the-file", "Split the file: the limit in force is {users} users.");

/// `Expected ...`: how a value is written; see [`expected`](crate::expected) for what.
pub const EXPECTED: Phrase = Phrase::new("advice-expected", "Expected {what}.");
/// The same at a place of a text.
pub const EXPECTED_AT_CHARACTER: Phrase =
    Phrase::new("advice-expected-at-character", "Expected {what} at character {character}.");

/// Says how a value is written.
pub fn expected(what: impl Into<Said>) -> Said {
    EXPECTED.with("what", what.into())
}

/// Says what is wrong with a document in JSON.
pub fn json_fault(error: impl Into<Term>) -> Said {
    JSON_FAULT.with("error", error)
}

/// All of them.
pub const PHRASES: &[&Phrase] = &[
    &JSON_FAULT,
    &FORM_FAULT,
    &STORE_FAULT,
    &STORE_IS_UNSURE,
    &LOOK_FIRST,
    &BODY_IS_LATE,
    &LIMIT_IN_BYTES,
    &ROOM_FOR_BODIES,
    &ROOM_FOR_ANSWERS,
    &ROOM_FOR_SANDBOXES,
    &ROOM_FOR_RECORDS,
    &ROOM_FOR_SNAPSHOTS,
    &ROOM_FOR_TOKENS,
    &ROOM_FOR_FAULTS,
    &SEND_FORMAT,
    &SEND_EITHER_FORMAT,
    &SEND_CSV,
    &SAY_ONE_OF,
    &NO_SUCH_PATH,
    &NO_SUCH_METHOD,
    &NOT_IN_THIS_VERSION,
    &SEND_TOKEN,
    &USE_NAME_OF_THIS_MACHINE,
    &TOKEN_HAS_EXPIRED,
    &TOKEN_IS_NOT_KNOWN,
    &TOKEN_IS_OF_ANOTHER_SANDBOX,
    &DEFAULT_SANDBOX_IS_GONE,
    &NO_SUCH_ADMINISTRATOR,
    &NEEDS_SCOPE,
    &ADDRESS_IS_NOT_ESCAPED,
    &ADDRESS_HAS_A_FRAGMENT,
    &ADDRESS_IS_NOT_ABSOLUTE,
    &ADDRESS_HAS_A_FOREIGN_SCHEME,
    &ADDRESS_NAMES_NO_HOST,
    &ADDRESS_IS_A_SCHEME,
    &THESE_CAN_SIGN_IN,
    &CODE_IS_NOT_KNOWN,
    &CODE_IS_FOR_ANOTHER_ADDRESS,
    &CODE_WAS_EXCHANGED,
    &WAS_GOOD_UNTIL,
    &REFRESH_TOKEN_IS_NOT_KNOWN,
    &GIVEN_TO_ANOTHER_CLIENT,
    &TYPE_THE_TOKEN,
    &HEADER_NAMES_ANOTHER_CLIENT,
    &SECRET_IS_WRONG,
    &BASIC_IS_BASE64,
    &SENT_TIMES,
    &NOT_DONE_YET,
    &DONE_AT,
    &IMPORT_DONE_AT,
    &RESUME_OR_CANCEL,
    &TODAY_IS,
    &PSTN_IS_NOT_CONFIGURED,
    &HAS_ALL_CUSTOMERS,
    &ADD_ON_NEEDS,
    &MEMBERS_ARE_USERS,
    &NO_TARGET,
    &THESE_ARE_KEPT,
    &THESE_ARE_REQUIRED,
    &CLAIM_THE_USER,
    &ADD_THE_USER,
    &IMPORT_WITH_REMOVAL,
    &QUOTE_IS_IN_THIS_ROW,
    &SAVE_AS_UTF8,
    &NEAREST,
    &COLUMN_IS_CALLED_NOW,
    &LEAVE_THE_COLUMN_OUT,
    &PACKAGE_IS_NOT_OFFERED,
    &PACKAGE_IS_NOT_FOR_USERS,
    &REASSIGN_BY_TWO_FILES,
    &QUOTE_CELLS,
    &UNLESS_HE_HAS_IT,
    &SPLIT_THE_FILE,
    &EXPECTED,
    &EXPECTED_AT_CHARACTER,
];
