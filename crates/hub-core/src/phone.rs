//! Phone numbers in E.164 (NUM-001).

use std::fmt;
use std::num::NonZeroU64;

use hub_rules::numbers::NUMBER_IS_E164;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::HubError;

/// A number with country code: 8 to 15 digits, shown with a leading plus sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(NonZeroU64);

impl PhoneNumber {
    /// The smallest number, where ranges begin.
    pub(crate) const MIN: Self = PhoneNumber(NonZeroU64::MIN);
    /// The largest number, where ranges end.
    pub(crate) const MAX: Self = PhoneNumber(NonZeroU64::MAX);

    /// Reads strict E.164: a plus sign and digits, nothing else.
    pub fn parse(text: &str) -> Result<Self, HubError> {
        let refused = || HubError::broken(&NUMBER_IS_E164).saw(text);
        let digits = text.strip_prefix('+').ok_or_else(refused)?;
        let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if !is_number || !(8..=15).contains(&digits.len()) {
            return Err(refused());
        }
        digits.parse().map(PhoneNumber).map_err(|_| refused())
    }

    /// The digits as a number, which sorts as they do.
    pub(crate) fn digits(self) -> u64 {
        self.0.get()
    }

    /// Whether it is a toll-free number of North America.
    pub fn is_toll_free(self) -> bool {
        const PREFIXES: [u64; 7] = [1800, 1833, 1844, 1855, 1866, 1877, 1888];
        let digits = self.0.get();
        (10_000_000_000..20_000_000_000).contains(&digits) && PREFIXES.contains(&(digits / 10_000_000))
    }

    /// Reads E.164, or the ten digits by which a number is dialled within the United States.
    pub fn parse_national(text: &str) -> Result<Self, HubError> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_national = digits.len() == 10 && !digits.starts_with(['0', '1']) && !text.contains('+');
        match is_national {
            true => Self::parse_lenient(&format!("+1{}", text.trim())),
            false => Self::parse_lenient(text),
        }
    }

    /// Reads E.164 with the hyphens, spaces, dots and brackets that people write between digits, as the
    /// examples of the API description do.
    pub fn parse_lenient(text: &str) -> Result<Self, HubError> {
        let bare: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '.' | '(' | ')')).collect();
        Self::parse(&bare).map_err(|_| HubError::broken(&NUMBER_IS_E164).saw(text))
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        PhoneNumber::parse(&text).map_err(|refusal| serde::de::Error::custom(refusal.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_reading_takes_a_plus_and_digits_only_num_001() {
        assert_eq!(PhoneNumber::parse("+12405551212").unwrap().to_string(), "+12405551212");
        for text in
            ["12405551212", "+1-240-555-1212", "+1240", "+0123456789", "+1234567890123456", "+١٢٣٤٥٦٧٨", ""]
        {
            assert_eq!(PhoneNumber::parse(text).unwrap_err().rule.id, "NUM-001", "{text:?}");
        }
    }

    #[test]
    fn lenient_reading_takes_the_example_of_the_api_description() {
        assert_eq!(PhoneNumber::parse_lenient("+1-240-555-1212"), PhoneNumber::parse("+12405551212"));
        assert_eq!(
            PhoneNumber::parse_lenient("240-555-1212").unwrap_err().to_string(),
            "A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `240-555-1212`)"
        );
    }
}
