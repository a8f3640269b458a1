//! How values are written, for [`advice::expected`](crate::advice::expected).

use crate::{Phrase, Said};

/// Any whole number.
pub const WHOLE_NUMBER: Phrase = Phrase::new("expected-whole-number", "a whole number");
/// A whole number that may be 0.
pub const WHOLE_NUMBER_FROM_0: Phrase = Phrase::new("expected-whole-number-from-0", "a whole number from 0");
/// A whole number that may not be 0.
pub const WHOLE_NUMBER_FROM_1: Phrase = Phrase::new("expected-whole-number-from-1", "a whole number from 1");
/// A number that may not be 0.
pub const AT_LEAST_1: Phrase = Phrase::new("expected-at-least-1", "at least 1");
/// A calendar day.
pub const DAY: Phrase = Phrase::new("expected-day", "a day such as 2026-03-01");
/// A point in time.
pub const TIME: Phrase = Phrase::new("expected-time", "epoch milliseconds or ISO 8601");
/// A point in time as audit events have it.
pub const MILLISECOND: Phrase =
    Phrase::new("expected-millisecond", "a time such as 2026-03-01T12:00:00.000Z");
/// The status of an answer.
pub const HTTP_STATUS: Phrase = Phrase::new("expected-http-status", "an HTTP status");
/// The number of a logged request.
pub const REQUEST_ID: Phrase = Phrase::new("expected-request-id", "the id of a request");
/// A place in a list.
pub const LINK_CURSOR: Phrase = Phrase::new("expected-link-cursor", "one that a Link header has");
/// The id of a user.
pub const USER_UUID: Phrase = Phrase::new("expected-user-uuid", "the UUID of a user");
/// One of a few words.
pub const ONE_OF: Phrase = Phrase::new("expected-one-of", "one of {words}");
/// A name of a list.
pub const AMONG_THEM: Phrase = Phrase::new("expected-among-them", "{name} among them");
/// A value in JSON.
pub const LIST: Phrase = Phrase::new("expected-list", "a list");
/// A value in JSON.
pub const TEXT: Phrase = Phrase::new("expected-text", "a text");
/// A value in JSON.
pub const OBJECT: Phrase = Phrase::new("expected-object", "an object");
/// A value in JSON.
pub const OBJECT_OR_ITS_TEXT: Phrase =
    Phrase::new("expected-object-or-its-text", "an object or its JSON text");
/// A value in JSON.
pub const TRUE_OR_FALSE: Phrase = Phrase::new("expected-true-or-false", "true or false");
/// The end of a filter.
pub const NOTHING_MORE: Phrase = Phrase::new("expected-nothing-more", "nothing more");
/// A sign of a filter.
pub const SIGN: Phrase = Phrase::new("expected-sign", "`{sign}`");
/// A sign of a filter, or that it goes on.
pub const AND_OR_SIGN: Phrase = Phrase::new("expected-and-or-sign", "`and`, `or` or `{sign}`");
/// An operator of a filter.
pub const FILTER_OPERATOR: Phrase = Phrase::new("expected-filter-operator", "an operator such as `eq`");
/// A filter that is not too deep.
pub const FEWER_BRACKETS: Phrase =
    Phrase::new("expected-fewer-brackets", "at most {depth} brackets within one another");
/// A value of a filter.
pub const LITERAL: Phrase =
    Phrase::new("expected-literal", "a text in double quotes, a number, `true`, `false` or `null`");
/// The name of an attribute.
pub const ATTRIBUTE_NAME: Phrase = Phrase::new("expected-attribute-name", "the name of an attribute");

/// Says that one of a few words is expected.
pub fn one_of(words: &[&str]) -> Said {
    ONE_OF.with("words", words.join(", "))
}

/// All of them.
pub const PHRASES: &[&Phrase] = &[
    &WHOLE_NUMBER,
    &WHOLE_NUMBER_FROM_0,
    &WHOLE_NUMBER_FROM_1,
    &AT_LEAST_1,
    &DAY,
    &TIME,
    &MILLISECOND,
    &HTTP_STATUS,
    &REQUEST_ID,
    &LINK_CURSOR,
    &USER_UUID,
    &ONE_OF,
    &AMONG_THEM,
    &LIST,
    &TEXT,
    &OBJECT,
    &OBJECT_OR_ITS_TEXT,
    &TRUE_OR_FALSE,
    &NOTHING_MORE,
    &SIGN,
    &AND_OR_SIGN,
    &FILTER_OPERATOR,
    &FEWER_BRACKETS,
    &LITERAL,
    &ATTRIBUTE_NAME,
];
