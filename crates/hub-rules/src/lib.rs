//! The documented rules of the hub, as data.
//!
//! A [`Rule`] is something a client can observe: one sentence, where it was read, and how sure we are.
//! Every refusal of the simulated hub cites exactly one rule; errors, tests, pages and conformance cases
//! name rules by their permanent [`Rule::id`]. Nothing here enforces anything: that happens in `hub-core`
//! (and, for what only HTTP knows, in `mock-hub/src/http`).
//!
//! Four types to know: [`Rule`], [`Refusal`] (how breaking a rule ends), [`Evidence`] (how sure we are)
//! and the areas, one module each, which hold the rules as constants that state the lawful condition.
//! What is said besides a rule's sentence is a [`Phrase`]: [`advice`], what was seen ([`sights`]), how values are
//! written ([`expected`]), and [`notes`] about rows that are not refused.

#![warn(missing_docs)]

pub mod advice;
pub mod audit;
pub mod billing;
pub mod bulk;
pub mod customers;
pub mod devices;
pub mod expected;
pub mod groups;
pub mod licenses;
pub mod locations;
pub mod notes;
pub mod numbers;
pub mod oauth;
pub mod organizations;
pub mod people;
pub mod platform;
pub mod reports;
mod said;
pub mod scim;
pub mod sights;
pub mod subscribers;
pub mod users;

pub use said::{Phrase, Said, Term};

/// One observable behaviour of the hub.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Permanent name, such as `CSV-007`; never reused for another meaning.
    pub id: &'static str,
    /// The rule in one sentence.
    pub says: &'static str,
    /// How breaking the rule ends.
    pub refusal: Refusal,
    /// How sure we are of it.
    pub evidence: Evidence,
    /// Where it was read.
    pub source: &'static str,
    /// The number that Webex gives this refusal in `errors[].errorCode`, where a source states one.
    pub error_code: Option<u32>,
}

/// How breaking a rule ends, in the hub's own terms; only `mock-hub` knows HTTP statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Nothing is refused: the rule describes what the hub does.
    Never,
    /// The request or row is wrong in itself.
    Invalid,
    /// Nobody knows who is asking.
    Unauthorized,
    /// The caller may not do this.
    Forbidden,
    /// What the request names does not exist for this caller.
    NotFound,
    /// The resource exists but does not understand the method.
    MethodNotAllowed,
    /// The request contradicts the present state.
    Conflict,
    /// The body is larger than the hub takes.
    TooLarge,
    /// The body is in a format that the hub does not read.
    UnsupportedFormat,
    /// Something holds what the request is about; later it may be free.
    Locked,
    /// The request has to be made another way.
    PreconditionRequired,
    /// More requests came than may come; later they may again.
    TooMany,
    /// The hub cannot do it now; later it may.
    Unavailable,
    /// The real service has it, the mock does not.
    NotSimulated,
}

impl Refusal {
    /// The word used in tables and machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Refusal::Never => "never",
            Refusal::Invalid => "invalid",
            Refusal::Unauthorized => "unauthorized",
            Refusal::Forbidden => "forbidden",
            Refusal::NotFound => "not_found",
            Refusal::MethodNotAllowed => "method_not_allowed",
            Refusal::Conflict => "conflict",
            Refusal::TooLarge => "too_large",
            Refusal::UnsupportedFormat => "unsupported_format",
            Refusal::Locked => "locked",
            Refusal::PreconditionRequired => "precondition_required",
            Refusal::TooMany => "too_many",
            Refusal::Unavailable => "unavailable",
            Refusal::NotSimulated => "not_simulated",
        }
    }
}

/// How sure we are that the real service behaves so, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A Cisco help or developer page says it.
    Documented,
    /// Cisco's OpenAPI description says it.
    OfficialSpec,
    /// Seen in Cisco's own client, in an SDK, or in a captured reply.
    Observed,
    /// No source says it; it is our reading.
    Assumed,
}

impl Evidence {
    /// The word used in response headers, tables and machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Documented => "documented",
            Evidence::OfficialSpec => "official-spec",
            Evidence::Observed => "observed",
            Evidence::Assumed => "assumed",
        }
    }
}

/// The title of each area and its rules, in the order of the documentation.
pub const AREAS: &[(&str, &[&Rule])] = &[
    ("Customers", customers::RULES),
    ("Subscribers", subscribers::RULES),
    ("Licences", licenses::RULES),
    ("Organizations", organizations::RULES),
    ("People", people::RULES),
    ("Users", users::RULES),
    ("Locations", locations::RULES),
    ("Numbers", numbers::RULES),
    ("Devices", devices::RULES),
    ("Bulk import", bulk::RULES),
    ("Billing reports", billing::RULES),
    ("Reports", reports::RULES),
    ("Audit events", audit::RULES),
    ("OAuth", oauth::RULES),
    ("Directories", scim::RULES),
    ("Groups", groups::RULES),
    ("Platform", platform::RULES),
];

/// Every rule, in catalogue order.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    AREAS.iter().flat_map(|(_, rules)| rules.iter().copied())
}

/// Finds a rule by its id, in any case.
pub fn find(id: &str) -> Option<&'static Rule> {
    catalogue().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Every phrase.
pub fn phrases() -> impl Iterator<Item = &'static Phrase> {
    [advice::PHRASES, expected::PHRASES, sights::PHRASES, notes::PHRASES].into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_of_phrases_are_unique_and_say_what_they_are_for() {
        let mut seen = HashSet::new();
        let kinds = [
            ("advice-", advice::PHRASES),
            ("expected-", expected::PHRASES),
            ("seen-", sights::PHRASES),
            ("note-", notes::PHRASES),
        ];
        for (prefix, phrases) in kinds {
            for phrase in phrases {
                assert!(seen.insert(phrase.id), "{} stands twice", phrase.id);
                assert!(phrase.id.starts_with(prefix), "{}", phrase.id);
            }
        }
    }

    #[test]
    fn a_phrase_says_what_stands_in_its_places() {
        let said = advice::expected(expected::FEWER_BRACKETS.with("depth", 32_usize));
        assert_eq!(said.to_string(), "Expected at most 32 brackets within one another.");
        assert_eq!(advice::ADD_ON_NEEDS.places().collect::<Vec<_>>(), ["addOn", "packages"]);
    }

    #[test]
    fn ids_are_unique_and_each_area_keeps_its_prefix() {
        let mut seen = HashSet::new();
        for (area, rules) in AREAS {
            let prefix = rules[0].id.split('-').next();
            for rule in *rules {
                assert!(seen.insert(rule.id), "{} stands twice", rule.id);
                assert_eq!(rule.id.split('-').next(), prefix, "{} is in area {area}", rule.id);
            }
        }
    }

    #[test]
    fn every_rule_is_one_sentence_with_a_source() {
        for rule in catalogue() {
            assert!(rule.says.ends_with('.') && rule.says.len() > 20, "{}: {}", rule.id, rule.says);
            assert!(!rule.source.is_empty(), "{} has no source", rule.id);
        }
    }

    #[test]
    fn a_rule_is_found_by_id_in_any_case() {
        assert_eq!(find("sub-003").map(|rule| rule.id), Some("SUB-003"));
        assert_eq!(find("SUB-999"), None);
    }
}
