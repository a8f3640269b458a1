//! Filters: `userName sw "ana" and not (active eq false)`, as RFC 7644 section 3.4.2.2 has them.
//!
//! A filter is a value that holds of a document or does not. Words are blind to case, and so are comparisons of text.
//! How one is written is `reader`'s.

mod comparison;
mod reader;

use serde_json::Value;

use self::comparison::{Comparison, is_something};
pub(super) use self::reader::Reader;
use super::document::Document;
use super::path::{Path, Target};
use super::schema::{Attribute, ResourceType};
use crate::HubError;

/// A condition on documents of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of these.
    All(Vec<Filter>),
    /// One of these.
    Any(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// There is a value.
    Present(Path),
    /// A value compares like this.
    Compare(Path, Comparison, Value),
}

/// What names in a filter are names of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope {
    Resource(&'static ResourceType),
    Parts(&'static Attribute),
}

impl Filter {
    /// Reads a filter (SCM-003, SCM-004).
    pub fn parse(text: &str, of: &'static ResourceType) -> Result<Self, HubError> {
        let mut reader = Reader::new(text, "filter");
        let filter = reader.any(Scope::Resource(of))?;
        reader.end()?;
        Ok(filter)
    }

    /// Whether a document, or the parts of a value, meet it.
    pub fn holds(&self, document: &Document) -> bool {
        match self {
            Filter::All(filters) => filters.iter().all(|filter| filter.holds(document)),
            Filter::Any(filters) => filters.iter().any(|filter| filter.holds(document)),
            Filter::Not(filter) => !filter.holds(document),
            Filter::Present(path) => path.values(document).into_iter().any(is_something),
            Filter::Compare(path, comparison, wanted) => comparison.holds(&path.values(document), wanted),
        }
    }

    /// Whether it looks at this attribute of the resource itself, or at a part of it.
    pub(crate) fn reads(&self, name: &str) -> bool {
        match self {
            Filter::All(filters) | Filter::Any(filters) => filters.iter().any(|filter| filter.reads(name)),
            Filter::Not(filter) => filter.reads(name),
            Filter::Present(path) | Filter::Compare(path, ..) => path.is_at(name),
        }
    }

    /// The text that an attribute of the resource itself must equal, so that an index can find it.
    pub fn demanded(&self, name: &str) -> Option<&str> {
        match self {
            Filter::Compare(path, Comparison::Equal, Value::String(text)) if path.is_core(name) => Some(text),
            Filter::All(filters) => filters.iter().find_map(|filter| filter.demanded(name)),
            _ => None,
        }
    }

    /// The parts that a value has when it meets the filter, as far as it says so by `eq`.
    pub(super) fn demands(&self) -> Vec<(&str, &Value)> {
        match self {
            Filter::Compare(Path { target: Some(Target { name, .. }), .. }, Comparison::Equal, value) => {
                vec![(name, value)]
            }
            Filter::All(filters) => filters.iter().flat_map(Filter::demands).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::schema::{GROUP, USER};
    use super::*;

    fn ana() -> Document {
        let document = json!({
            "id": "0190f6a0-0000-7000-8000-000000000001",
            "userName": "ana.ruiz@example.com",
            "active": true,
            "name": { "givenName": "Ana", "familyName": "Ruiz" },
            "emails": [
                { "value": "ana.ruiz@example.com", "type": "work", "primary": true },
                { "value": "ana@home.example", "type": "home" },
            ],
            "phoneNumbers": [{ "value": "14170120", "type": "mobile" }],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Sales" },
            "urn:scim:schemas:extension:cisco:webexidentity:2.0:User": {
                "accountStatus": ["active"],
                "meta": { "organizationId": "0ae87ade-8c8a-4952-af08-318798958d0c" },
            },
            "meta": { "lastModified": "2026-02-01T09:00:00.000Z" },
        });
        serde_json::from_value(document).unwrap()
    }

    #[track_caller]
    fn check(filter: &str, expected: bool) {
        assert_eq!(Filter::parse(filter, &USER).unwrap().holds(&ana()), expected, "{filter}");
    }

    #[test]
    fn each_operator_compares_as_rfc_7644_has_it() {
        check(r#"userName eq "Ana.Ruiz@Example.com""#, true);
        check(r#"userName Eq "bea@example.com" OR userName sw "ana""#, true);
        check(r#"userName ne "ana.ruiz@example.com""#, false);
        check(r#"name.familyName ew "iz" and name.givenName co "n""#, true);
        check(r#"nickName pr or title pr"#, false);
        check(r#"nickName eq null and userName ne null"#, true);
        check(r#"active eq true and not (active eq false)"#, true);
        check(r#"active eq "true""#, true);
        check(r#"meta.lastModified ge "2026-02-01T10:00:00+01:00""#, true);
        check(r#"meta.lastModified lt "2026-02-01T09:00:00Z""#, false);
        check(r#"userName gt "ana" and userName le "anb""#, true);
    }

    #[test]
    fn several_values_are_compared_one_by_one_and_may_be_selected() {
        check(r#"emails co "home.example""#, true);
        check(r#"emails.value eq "ana@home.example""#, true);
        check(r#"emails.type ne "home""#, false);
        check(r#"emails[type eq "work"].value eq "ana@home.example""#, false);
        check(r#"emails[type eq "home" and value ew ".example"]"#, true);
        check(r#"phoneNumbers [ type eq "mobile" and value eq "14170120"]"#, true);
        check(r#"phoneNumbers[type eq "fax"] or phoneNumbers[not (type eq "mobile")]"#, false);
    }

    #[test]
    fn attributes_of_extensions_are_named_with_and_without_their_urn() {
        check(r#"department eq "sales""#, true);
        check(r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department sw "Sa""#, true);
        check(
            r#"urn:scim:schemas:extension:cisco:webexidentity:2.0:User:meta.organizationId eq "0ae87ade-8c8a-4952-af08-318798958d0c""#,
            true,
        );
        check(r#"accountStatus eq "active""#, true);
        check(r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ana""#, true);
    }

    #[test]
    fn and_binds_closer_than_or() {
        check(r#"userName pr or active eq false and active eq false"#, true);
        check(r#"(userName pr or active eq false) and active eq false"#, false);
    }

    #[test]
    fn what_is_no_filter_is_refused_with_its_place_scm_003() {
        let told = |text: &str| Filter::parse(text, &USER).unwrap_err().to_string();
        insta::assert_snapshot!(told("userName"), @"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `userName`). Expected an operator such as `eq` at character 9.");
        insta::assert_snapshot!(told("userName eq ana"), @"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `userName eq ana`). Expected a text in double quotes, a number, `true`, `false` or `null` at character 13.");
        insta::assert_snapshot!(told(r#"userName eq "ana"#), @r#"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `userName eq "ana`). Expected a text in double quotes, a number, `true`, `false` or `null` at character 13."#);
        insta::assert_snapshot!(told(r#"userName eq "ana" userName"#), @r#"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `userName eq "ana" userName`). Expected nothing more at character 19."#);
        insta::assert_snapshot!(told(r#"not userName pr"#), @"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `not userName pr`). Expected `(` at character 5.");
        insta::assert_snapshot!(told(r#"(userName pr"#), @"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `(userName pr`). Expected `and`, `or` or `)` at character 13.");
        insta::assert_snapshot!(told(r#"emails[type eq "work""#), @r#"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `emails[type eq "work"`). Expected `and`, `or` or `]` at character 22."#);
        insta::assert_snapshot!(told(""), @"filter: A SCIM filter is written as RFC 7644 has it (SCM-003; saw ``). Expected the name of an attribute at character 1.");
        assert!(told(&"(".repeat(5000)).contains("SCM-003"));
    }

    #[test]
    fn a_demanded_name_is_found_only_where_nothing_else_could_hold() {
        let demanded = |text: &str| {
            let filter = Filter::parse(text, &USER).unwrap();
            filter.demanded("userName").map(str::to_owned)
        };
        assert_eq!(demanded(r#"userName eq "a@b.c""#).as_deref(), Some("a@b.c"));
        assert_eq!(demanded(r#"active eq true and userName eq "a@b.c""#).as_deref(), Some("a@b.c"));
        for text in [r#"userName sw "a""#, r#"userName eq "a" or active eq true"#, r#"not (userName eq "a")"#]
        {
            assert_eq!(demanded(text), None, "{text}");
        }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let pieces = [
            "userName",
            "emails",
            "name.familyName",
            "[",
            "]",
            "(",
            ")",
            " ",
            "and",
            "or",
            "not",
            "eq",
            "sw",
            "pr",
            "\"a\"",
            "\"",
            "\\",
            "true",
            "1e999",
            "urn:",
            ".value",
            "é",
            "\u{0}",
            "active",
            "members",
            "displayName",
        ];
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..24)
            .prop_map(|all| all.concat())
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_fail(text in prop_oneof![any::<String>(), pieces()]) {
            for of in [&USER, &GROUP] {
                if let Ok(filter) = Filter::parse(&text, of) {
                    filter.holds(&ana());
                }
                drop(Path::parse(&text, of, "path"));
            }
        }
    }

    #[test]
    fn a_long_chain_is_no_deep_one() {
        let text = vec!["active eq true"; 20_000].join(" and ");
        check(&text, true);
    }
}
