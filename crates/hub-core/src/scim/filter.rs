//! Filters: `userName sw "ana" and not (active eq false)`, as RFC 7644 section 3.4.2.2 has them.
//!
//! Written by hand, because it is small and resolves names against the registry while it reads. Words are blind to
//! case, and so are comparisons of text. Nesting has a limit; chains of `and` and `or` are lists, so that no length
//! of a filter makes anything deep.

use hub_rules::scim::FILTER_IS_WELL_FORMED;
use hub_rules::{Said, advice, expected};
use serde_json::Value;

use super::document::Document;
use super::path::{Path, Target};
use super::schema::{Attribute, ResourceType};
use crate::{HubError, Timestamp};

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

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// No value is the same.
    NotEqual,
    /// Within it.
    Contains,
    /// At its beginning.
    StartsWith,
    /// At its end.
    EndsWith,
    /// Behind it in order.
    Greater,
    /// Behind it or the same.
    GreaterOrEqual,
    /// In front of it in order.
    Less,
    /// In front of it or the same.
    LessOrEqual,
}

const COMPARISONS: [(&str, Comparison); 9] = [
    ("eq", Comparison::Equal),
    ("ne", Comparison::NotEqual),
    ("co", Comparison::Contains),
    ("sw", Comparison::StartsWith),
    ("ew", Comparison::EndsWith),
    ("gt", Comparison::Greater),
    ("ge", Comparison::GreaterOrEqual),
    ("lt", Comparison::Less),
    ("le", Comparison::LessOrEqual),
];

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

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

impl Comparison {
    fn holds(self, values: &[&Value], wanted: &Value) -> bool {
        if wanted.is_null() {
            let is_there = values.iter().any(|value| is_something(value));
            return match self {
                Comparison::Equal => !is_there,
                Comparison::NotEqual => is_there,
                _ => false,
            };
        }
        if self == Comparison::NotEqual {
            return !Comparison::Equal.holds(values, wanted);
        }
        let (Some(wanted), times) = (text_of(wanted), wanted.as_str().and_then(Timestamp::parse)) else {
            return false;
        };
        values.iter().filter_map(|value| text_of(value)).any(|seen| {
            match times.zip(Timestamp::parse(&seen)) {
                Some((wanted, seen)) => self.orders(seen.cmp(&wanted)),
                None => None,
            }
            .unwrap_or_else(|| self.holds_of_text(&seen, &wanted))
        })
    }

    fn orders(self, order: std::cmp::Ordering) -> Option<bool> {
        match self {
            Comparison::Equal => Some(order.is_eq()),
            Comparison::Greater => Some(order.is_gt()),
            Comparison::GreaterOrEqual => Some(order.is_ge()),
            Comparison::Less => Some(order.is_lt()),
            Comparison::LessOrEqual => Some(order.is_le()),
            _ => None,
        }
    }

    fn holds_of_text(self, seen: &str, wanted: &str) -> bool {
        match self {
            Comparison::Contains => seen.contains(wanted),
            Comparison::StartsWith => seen.starts_with(wanted),
            Comparison::EndsWith => seen.ends_with(wanted),
            _ => self.orders(seen.cmp(wanted)).unwrap_or(false),
        }
    }
}

/// A value as text in lower case; lists and objects have none.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_lowercase()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Reads filters and paths from the left to the right.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u8,
    field: &'t str,
}

const DEEPEST: u8 = 32;

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, field: &'t str) -> Self {
        Reader { text, at: 0, depth: 0, field }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn fault(&self, expected: impl Into<Said>) -> HubError {
        let place = self.text[..self.at].chars().count() + 1;
        let refusal = HubError::broken(&FILTER_IS_WELL_FORMED).at(self.field.to_owned()).saw(self.text);
        refusal.advise(advice::EXPECTED_AT_CHARACTER.with("what", expected.into()).with("character", place))
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a sign, if it is next.
    fn takes(&mut self, sign: char) -> bool {
        self.skip_spaces();
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len_utf8() } else { 0 };
        is_next
    }

    /// The word that is next, which may be a name with its URN.
    fn word(&self) -> &'t str {
        let rest = self.rest();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '$' | ':' | '.');
        &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
    }

    /// Takes a word of the grammar, if it is next.
    fn takes_word(&mut self, wanted: &str) -> bool {
        self.skip_spaces();
        let word = self.word();
        let is_next = word.eq_ignore_ascii_case(wanted);
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    pub(super) fn end(&mut self) -> Result<(), HubError> {
        self.skip_spaces();
        if self.rest().is_empty() { Ok(()) } else { Err(self.fault(&expected::NOTHING_MORE)) }
    }

    fn any(&mut self, scope: Scope) -> Result<Filter, HubError> {
        let mut filters = vec![self.all(scope)?];
        while self.takes_word("or") {
            filters.push(self.all(scope)?);
        }
        Ok(if filters.len() == 1 { filters.remove(0) } else { Filter::Any(filters) })
    }

    fn all(&mut self, scope: Scope) -> Result<Filter, HubError> {
        let mut filters = vec![self.one(scope)?];
        while self.takes_word("and") {
            filters.push(self.one(scope)?);
        }
        Ok(if filters.len() == 1 { filters.remove(0) } else { Filter::All(filters) })
    }

    fn one(&mut self, scope: Scope) -> Result<Filter, HubError> {
        if self.takes('(') {
            return self.closed_by(')', scope);
        }
        if self.takes_word("not") {
            return match self.takes('(') {
                true => Ok(Filter::Not(Box::new(self.closed_by(')', scope)?))),
                false => Err(self.fault(expected::SIGN.with("sign", "("))),
            };
        }
        let path = self.path(scope)?;
        self.skip_spaces();
        if self.takes_word("pr") {
            return Ok(Filter::Present(path));
        }
        let word = self.word();
        let comparison = COMPARISONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        if let Some((_, comparison)) = comparison {
            self.at += word.len();
            return Ok(Filter::Compare(path, *comparison, self.literal()?));
        }
        let is_condition =
            path.target.as_ref().is_some_and(|target| target.selection.is_some() && target.part.is_none());
        if is_condition { Ok(Filter::Present(path)) } else { Err(self.fault(&expected::FILTER_OPERATOR)) }
    }

    /// The condition up to a closing sign, whose opening one was taken.
    fn closed_by(&mut self, sign: char, scope: Scope) -> Result<Filter, HubError> {
        if self.depth == DEEPEST {
            return Err(self.fault(expected::FEWER_BRACKETS.with("depth", u64::from(DEEPEST))));
        }
        self.depth += 1;
        let filter = self.any(scope)?;
        self.depth -= 1;
        if self.takes(sign) {
            Ok(filter)
        } else {
            Err(self.fault(expected::AND_OR_SIGN.with("sign", sign.to_string())))
        }
    }

    pub(super) fn path(&mut self, scope: Scope) -> Result<Path, HubError> {
        self.skip_spaces();
        let word = self.word();
        if word.is_empty() {
            return Err(self.fault(&expected::ATTRIBUTE_NAME));
        }
        let mut path = Path::resolve(word, scope, self.field)?;
        self.at += word.len();
        let Some(target) = path.target.as_mut().filter(|target| target.part.is_none()) else {
            return Ok(path);
        };
        let can_select = target.attribute.is_many && !target.attribute.parts().is_empty();
        if can_select && self.takes('[') {
            target.selection = Some(Box::new(self.closed_by(']', Scope::Parts(target.attribute))?));
            if let Some(part) = self.word().strip_prefix('.') {
                let resolved = Path::resolve(part, Scope::Parts(target.attribute), self.field)?;
                target.part = resolved.target.map(|found| found.attribute);
                self.at += 1 + part.len();
            }
        }
        Ok(path)
    }

    fn literal(&mut self) -> Result<Value, HubError> {
        self.skip_spaces();
        if !self.rest().starts_with('"') {
            let word = self.word();
            let value = serde_json::from_str(word).map_err(|_| self.fault(&expected::LITERAL))?;
            self.at += word.len();
            return Ok(value);
        }
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            _ => Err(self.fault(&expected::LITERAL)),
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
