//! The operations of HCP/1: what a client can be asked to do, in the hub's own words.
//!
//! An operation is a thing that an administrator wants, not an HTTP call. Its arguments have the names of Webex's fields;
//! those that stand in a path have the name of their place (`customerId`). An adapter declares the operations that its
//! client can do, and may leave arguments alone that it does not know only by answering `unsupported`.
//!
//! `requests` are those by which a client can do it at this hub: faults of a case and counts of requests are about them.

mod table;

pub use table::OPERATIONS;

/// One operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its name, such as `subscriber.provision`.
    pub name: &'static str,
    /// What the client does.
    pub does: &'static str,
    /// The arguments that are always given.
    pub takes: &'static [&'static str],
    /// The arguments that may be given.
    pub may_take: &'static [&'static str],
    /// What the value of `ok` is.
    pub gives: &'static str,
    /// Method and path of the requests that do it, the one that matters first.
    pub requests: &'static [(&'static str, &'static str)],
}

impl Operation {
    /// The operation of this name.
    pub fn named(name: &str) -> Option<&'static Operation> {
        OPERATIONS.iter().find(|operation| operation.name == name)
    }

    /// Whether it changes records.
    pub fn is_write(&self) -> bool {
        self.requests[0].0 != "GET" && !self.name.ends_with(".precheck") && !self.name.ends_with(".plan_csv")
    }
}

/// What a client can do besides, and what is then asked of it.
pub const FEATURES: [(&str, &str); 6] = [
    ("retries-limited", "Waits as `Retry-After` says and asks again where it is refused with 429."),
    (
        "retries-unavailable",
        "Asks again, after a while, where the hub answers 502, 503 or 504, or not at all, and asking again does no harm.",
    ),
    ("recovers-lost-writes", "Looks whether a write without an answer took effect, and says what is so."),
    (
        "refreshes-token",
        "Gets itself a new access token with its refresh token where the old one has expired.",
    ),
    ("splits-users", "Adds more than 25 users by hand in several requests."),
    ("reports-fields", "Says which field was refused."),
];
