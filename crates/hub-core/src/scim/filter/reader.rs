//! Reads filters and paths from the left to the right.
//!
//! Written by hand, because it is small and resolves names against the registry while it reads. Nesting has a limit;
//! chains of `and` and `or` are lists, so that no length of a filter makes anything deep.

use hub_rules::scim::FILTER_IS_WELL_FORMED;
use hub_rules::{Said, advice, expected};
use serde_json::Value;

use super::comparison::COMPARISONS;
use super::{Filter, Scope};
use crate::HubError;
use crate::scim::path::Path;

/// A text, and how far it was read.
#[derive(Debug)]
pub(in crate::scim) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u8,
    field: &'t str,
}

const DEEPEST: u8 = 32;

impl<'t> Reader<'t> {
    pub(in crate::scim) fn new(text: &'t str, field: &'t str) -> Self {
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

    pub(in crate::scim) fn end(&mut self) -> Result<(), HubError> {
        self.skip_spaces();
        if self.rest().is_empty() { Ok(()) } else { Err(self.fault(&expected::NOTHING_MORE)) }
    }

    pub(super) fn any(&mut self, scope: Scope) -> Result<Filter, HubError> {
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

    pub(in crate::scim) fn path(&mut self, scope: Scope) -> Result<Path, HubError> {
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
