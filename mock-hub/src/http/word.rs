//! Words that stand for the values of a type, the same in bodies, parameters, answers and the OpenAPI document.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::{ArrayBuilder, ObjectBuilder};

use crate::openapi;

/// A type each of whose values has a word.
pub trait Worded: Copy + PartialEq + 'static {
    /// The words.
    const WORDS: &'static [(&'static str, Self)];
}

/// A value that is written as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl<T> Word<T> {
    /// The value.
    pub fn value(self) -> T {
        self.0
    }
}

impl<T: Worded> Word<T> {
    /// The word.
    pub fn text(self) -> &'static str {
        let known = T::WORDS.iter().find(|(_, known)| *known == self.0);
        known.map(|(word, _)| *word).expect("each value has a word")
    }
}

impl<T: Worded> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl<'de, T: Worded> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let found = T::WORDS.iter().find(|(word, _)| *word == text);
        found.map(|(_, value)| Word(*value)).ok_or_else(|| {
            let words: Vec<_> = T::WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
            let words = words.join(", ");
            serde::de::Error::custom(format!("unknown variant `{text}`, expected one of {words}"))
        })
    }
}

/// What the OpenAPI document says of a field with such a word.
pub fn one_of<T: Worded>() -> ObjectBuilder {
    openapi::one_of(T::WORDS.iter().map(|(word, _)| *word))
}

/// What it says of a list of such words.
pub fn some_of<T: Worded>() -> ArrayBuilder {
    ArrayBuilder::new().items(one_of::<T>())
}
