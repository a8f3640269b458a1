//! A point in time, in milliseconds, as the sandbox clock gives it.

use std::fmt;
use std::ops::Add;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z; shown as RFC 3339 with milliseconds and `Z`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Timestamp(i64);

impl Timestamp {
    /// The latest time of a sandbox clock, 9999-12-30T21:59:59.999Z.
    pub const MAX: Timestamp = Timestamp(253_402_207_199_999);
    /// The earliest time of a sandbox clock, 1970-01-01T00:00:00Z.
    pub const MIN: Timestamp = Timestamp(0);

    /// The time this many milliseconds after the epoch, kept within [`MIN`](Self::MIN) and [`MAX`](Self::MAX).
    pub fn from_millis(millis: i64) -> Self {
        Timestamp(millis.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// The same for a constant, which is known to be within [`MIN`](Self::MIN) and [`MAX`](Self::MAX).
    pub(crate) const fn from_millis_const(millis: i64) -> Self {
        Timestamp(millis)
    }

    /// Whether it is the beginning of time, which stands for "never" where a record says so.
    pub(crate) fn is_min(&self) -> bool {
        *self == Self::MIN
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// How long a day is; days are those of UTC.
    pub const DAY_MS: i64 = 86_400_000;

    /// Midnight at the beginning of a day that is written as `2026-03-01`.
    pub fn parse_day(text: &str) -> Option<Self> {
        let is_in_form = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
        Self::parse(&format!("{text}T00:00:00Z")).filter(|_| is_in_form)
    }

    /// Midnight at the beginning of its day.
    #[must_use]
    pub fn start_of_day(self) -> Self {
        Timestamp(self.0 - self.0.rem_euclid(Self::DAY_MS))
    }

    /// Its day, written as `2026-03-01`.
    pub fn day(self) -> String {
        let mut text = self.to_string();
        text.truncate(10);
        text
    }

    /// The same time of the same date so many years earlier; of 29 February, 28 February.
    #[must_use]
    pub fn years_before(self, years: i64) -> Self {
        let at = jiff::Timestamp::from_millisecond(self.0).expect("kept within jiff's range by from_millis");
        let at = at.to_zoned(jiff::tz::TimeZone::UTC);
        let before = at.checked_sub(jiff::Span::new().years(years));
        before.map_or(Self::MIN, |before| Self::from_millis(before.timestamp().as_millisecond()))
    }

    /// Reads RFC 3339 (with any offset), between [`MIN`](Self::MIN) and [`MAX`](Self::MAX).
    pub fn parse(text: &str) -> Option<Self> {
        let at = Timestamp(text.parse::<jiff::Timestamp>().ok()?.as_millisecond());
        (Self::MIN..=Self::MAX).contains(&at).then_some(at)
    }
}

impl From<i64> for Timestamp {
    fn from(millis: i64) -> Self {
        Self::from_millis(millis)
    }
}

impl From<Timestamp> for i64 {
    fn from(at: Timestamp) -> i64 {
        at.0
    }
}

impl Add<i64> for Timestamp {
    type Output = Timestamp;
    /// Moves by milliseconds.
    fn add(self, millis: i64) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_add(millis))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = jiff::Timestamp::from_millisecond(self.0).expect("kept within jiff's range by from_millis");
        write!(f, "{at:.3}")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_with_milliseconds_and_read_back() {
        let at = Timestamp::from_millis(1_767_225_600_000);
        assert_eq!(at.to_string(), "2026-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::parse("2026-01-01T02:00:00.000+02:00"), Some(at));
        for text in ["yesterday", "1969-12-31T23:59:59.999Z", "9999-12-30T22:00:00Z"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_and_shown_and_years_are_counted_by_the_calendar() {
        let day = Timestamp::parse_day("2028-02-29").unwrap();
        assert_eq!((day + 5_000).start_of_day(), day);
        assert_eq!((day + (Timestamp::DAY_MS - 1)).day(), "2028-02-29");
        assert_eq!(day.years_before(5).to_string(), "2023-02-28T00:00:00.000Z");
        assert_eq!(day.years_before(100), Timestamp::MIN);
        for text in ["2026-3-1", "20260301", "2026-02-30", "2026-03-01T00", "soon", "", "1969-12-31"] {
            assert_eq!(Timestamp::parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn the_ends_of_time_can_be_shown() {
        for millis in [i64::MIN, i64::MAX] {
            assert!(!Timestamp::from_millis(millis).to_string().is_empty());
            let read: Timestamp = serde_json::from_str(&millis.to_string()).unwrap();
            assert_eq!(read, Timestamp::from_millis(millis), "what a file says is kept within them too");
        }
    }
}
