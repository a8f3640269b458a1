//! What is said besides a rule's own sentence: phrases with named places, and what stands in the places.
//!
//! A phrase has an id, so that it can be said in other languages; its English stands here and nowhere else.

use std::fmt;

/// A text with named places, such as `The nearest is {name}.`.
#[derive(Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Name in the files of other languages, such as `advice-nearest`.
    pub id: &'static str,
    /// The text in English; a place is a name in braces.
    pub says: &'static str,
}

/// A phrase and what stands in its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The phrase.
    pub phrase: &'static Phrase,
    /// Name of a place and what stands there.
    pub terms: Vec<(&'static str, Term)>,
}

/// What stands in a place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A text that stays as it is in every language.
    Text(Box<str>),
    /// A number, which other words may depend on.
    Number(i64),
    /// Another phrase.
    Said(Box<Said>),
}

impl Phrase {
    /// The phrase of this id and English text.
    pub const fn new(id: &'static str, says: &'static str) -> Self {
        Phrase { id, says }
    }

    /// Fills a place.
    #[must_use]
    pub fn with(&'static self, place: &'static str, term: impl Into<Term>) -> Said {
        Said::from(self).with(place, term)
    }

    /// The names of the places, in the order of the English text.
    pub fn places(&self) -> impl Iterator<Item = &'static str> {
        self.says.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(place, _)| place)
    }
}

impl Said {
    /// Fills a place.
    #[must_use]
    pub fn with(mut self, place: &'static str, term: impl Into<Term>) -> Self {
        debug_assert!(self.phrase.places().any(|known| known == place), "{}: {place}", self.phrase.id);
        self.terms.push((place, term.into()));
        self
    }

    fn term(&self, place: &str) -> Option<&Term> {
        self.terms.iter().find(|(known, _)| *known == place).map(|(_, term)| term)
    }
}

/// The phrase in English.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.phrase.says;
        while let Some((before, place, after)) = next_place(rest) {
            f.write_str(before)?;
            match self.term(place) {
                Some(term) => term.fmt(f)?,
                None => write!(f, "{{{place}}}")?,
            }
            rest = after;
        }
        f.write_str(rest)
    }
}

fn next_place(text: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, rest) = text.split_once('{')?;
    let (place, after) = rest.split_once('}')?;
    Some((before, place, after))
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Text(text) => f.write_str(text),
            Term::Number(number) => number.fmt(f),
            Term::Said(said) => said.fmt(f),
        }
    }
}

impl From<&'static Phrase> for Said {
    fn from(phrase: &'static Phrase) -> Self {
        Said { phrase, terms: Vec::new() }
    }
}

impl From<&'static Phrase> for Term {
    fn from(phrase: &'static Phrase) -> Self {
        Said::from(phrase).into()
    }
}

impl From<Said> for Term {
    fn from(said: Said) -> Self {
        Term::Said(said.into())
    }
}

impl From<&str> for Term {
    fn from(text: &str) -> Self {
        Term::Text(text.into())
    }
}

impl From<String> for Term {
    fn from(text: String) -> Self {
        Term::Text(text.into())
    }
}

impl From<i64> for Term {
    fn from(number: i64) -> Self {
        Term::Number(number)
    }
}

impl From<u32> for Term {
    fn from(number: u32) -> Self {
        Term::Number(number.into())
    }
}

impl From<u64> for Term {
    fn from(number: u64) -> Self {
        Term::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Term {
    fn from(number: usize) -> Self {
        Term::from(number as u64)
    }
}
