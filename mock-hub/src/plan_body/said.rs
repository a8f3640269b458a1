//! What a refusal says besides its rule, in JSON: the id of a phrase and what stands in its places, so that whoever
//! reads a plan can say it in another language.

use std::collections::BTreeMap;

use hub_rules::{Phrase, Said, Term};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A phrase with what stands in its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Phrase)]
pub struct SaidBody {
    pub id: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    pub arguments: BTreeMap<String, TermBody>,
}

/// What stands in a place, or was seen: a number, a text, a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TermBody {
    Number(i64),
    Text(String),
    Said(SaidBody),
}

impl From<&Said> for SaidBody {
    fn from(said: &Said) -> Self {
        let arguments = said.terms.iter().map(|(place, term)| ((*place).to_owned(), term.into()));
        SaidBody { id: said.phrase.id.to_owned(), arguments: arguments.collect() }
    }
}

impl From<&Term> for TermBody {
    fn from(term: &Term) -> Self {
        match term {
            Term::Number(number) => TermBody::Number(*number),
            Term::Text(text) => TermBody::Text(text.to_string()),
            Term::Said(said) => TermBody::Said((&**said).into()),
        }
    }
}

impl SaidBody {
    /// The phrase, if this version knows it.
    pub fn said(&self) -> Option<Said> {
        let phrase = hub_rules::phrases().find(|phrase| phrase.id == self.id)?;
        let terms = phrase.places().map(|place| Some((place, self.arguments.get(place)?.term()?)));
        Some(Said { phrase, terms: terms.collect::<Option<_>>()? })
    }
}

impl TermBody {
    /// The term, if this version knows the phrases in it.
    pub fn term(&self) -> Option<Term> {
        Some(match self {
            TermBody::Number(number) => Term::Number(*number),
            TermBody::Text(text) => Term::from(&**text),
            TermBody::Said(said) => said.said()?.into(),
        })
    }
}

/// The phrase of some that an English text says, where only the text is known.
pub(super) fn recognize(text: &str, phrases: &'static [&'static Phrase]) -> Option<Said> {
    phrases.iter().find_map(|phrase| read(text, phrase))
}

fn read(text: &str, phrase: &'static Phrase) -> Option<Said> {
    let mut parts = phrase.says.split('{');
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut terms = Vec::new();
    for part in parts {
        let (place, between) = part.split_once('}')?;
        let end = if between.is_empty() { rest.len() } else { rest.find(between)? };
        let found = &rest[..end];
        terms.push((place, found.parse().map_or_else(|_| Term::from(found), Term::Number)));
        rest = &rest[end + between.len()..];
    }
    rest.is_empty().then_some(Said { phrase, terms })
}

#[cfg(test)]
mod tests {
    use hub_rules::{advice, sights};

    use super::*;

    #[test]
    fn a_phrase_comes_back_from_json_and_from_its_english() {
        let said = sights::PACKAGE_WITHOUT
            .with("package", "Webex Calling")
            .with("columns", sights::EITHER.with("one", "Extension").with("other", "Phone Number"));
        assert_eq!(SaidBody::from(&said).said(), Some(said));
        let nearest = advice::NEAREST.with("name", "First Name");
        assert_eq!(recognize("The nearest is `First Name`.", advice::PHRASES), Some(nearest));
        let many = sights::MORE_USERS_THAN.with("users", 20_000_u64);
        assert_eq!(recognize("more than 20000 users", sights::PHRASES), Some(many));
        assert_eq!(recognize("something else", advice::PHRASES), None);
        let newer = SaidBody { id: "advice-of-a-later-version".to_owned(), arguments: BTreeMap::new() };
        assert_eq!(newer.said(), None);
    }
}
