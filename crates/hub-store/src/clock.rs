//! Sandbox clocks: the wall clock moved, or stopped.
//!
//! A clock is a value in the journal. The wall clock comes in as a function, so that a test can be its own
//! time; the clock of a frozen sandbox moves only when somebody moves it.

use std::time::{SystemTime, UNIX_EPOCH};

use hub_core::Timestamp;
use serde::{Deserialize, Serialize};

/// Where the time outside of the sandboxes comes from.
pub type WallClock = fn() -> Timestamp;

/// The time of this machine.
pub fn system_time() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// The clock of a sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Goes with the wall clock.
    Real {
        /// How far it is ahead.
        offset_ms: i64,
    },
    /// Stands still.
    Frozen {
        /// The time that it shows.
        at: Timestamp,
    },
}

impl Clock {
    /// The wall clock itself.
    pub const REAL: Clock = Clock::Real { offset_ms: 0 };

    /// A clock that goes on from `at` when it is `wall` outside.
    pub fn real_from(at: Timestamp, wall: Timestamp) -> Self {
        Clock::Real { offset_ms: at.as_millis() - wall.as_millis() }
    }

    /// The time that the clock shows when it is `wall` outside.
    pub fn now(self, wall: Timestamp) -> Timestamp {
        match self {
            Clock::Real { offset_ms } => wall + offset_ms,
            Clock::Frozen { at } => at,
        }
    }

    /// The clock put forward (or back) by this much, exact to the millisecond.
    #[must_use]
    pub fn advance(self, seconds: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a cast that saturates is what is wanted")]
        let millis = (seconds * 1000.0).round() as i64;
        match self {
            Clock::Real { offset_ms } => Clock::Real { offset_ms: offset_ms.saturating_add(millis) },
            Clock::Frozen { at } => Clock::Frozen { at: at + millis },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_clock_can_be_put_forward() {
        let wall = Timestamp::from_millis(5_000);
        assert_eq!(Clock::REAL.advance(1.5).now(wall), Timestamp::from_millis(6_500));
        let frozen = Clock::Frozen { at: Timestamp::from_millis(100) };
        assert_eq!(frozen.now(wall), Timestamp::from_millis(100));
        assert_eq!(frozen.advance(0.0015).advance(-0.001).now(wall), Timestamp::from_millis(101));
    }

    #[test]
    fn a_clock_goes_on_from_the_time_that_it_was_set_to() {
        let (wall, at) = (Timestamp::from_millis(5_000), Timestamp::from_millis(100));
        let clock = Clock::real_from(at, wall);
        assert_eq!(clock.now(wall), at);
        assert_eq!(clock.now(wall + 250), at + 250);
    }

    #[test]
    fn no_number_of_seconds_overflows_a_clock() {
        for seconds in [f64::MAX, f64::MIN, f64::NAN, f64::INFINITY] {
            for clock in [Clock::REAL, Clock::Frozen { at: Timestamp::MAX }] {
                assert!(!clock.advance(seconds).advance(seconds).now(system_time()).to_string().is_empty());
            }
        }
    }
}
