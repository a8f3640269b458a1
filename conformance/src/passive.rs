//! What holds for any client, whatever it is asked for, judged from the hub's request log alone.

use crate::case::Level;
use crate::exchange::Exchange;

/// What one passive check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its permanent name.
    pub name: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong, if anything is.
    pub what: Option<String>,
}

/// The verdicts on the requests of one client, in the order in which the hub logged them.
pub fn judge(_exchanges: &[Exchange]) -> Vec<Verdict> {
    Vec::new()
}
