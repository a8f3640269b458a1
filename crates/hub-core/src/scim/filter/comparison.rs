//! How a value compares with what a filter wants, by RFC 7644's operators.

use serde_json::Value;

use crate::Timestamp;

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

pub(super) const COMPARISONS: [(&str, Comparison); 9] = [
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

impl Comparison {
    pub(super) fn holds(self, values: &[&Value], wanted: &Value) -> bool {
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

/// Whether a value is there at all: neither `null` nor an empty text.
pub(super) fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}
