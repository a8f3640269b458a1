//! Phone numbers in the inventory of a location.

use serde::{Deserialize, Serialize};

use super::Location;
use crate::{Id, PhoneNumber};

/// A number that a location may give to users. Who has it is found by the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Key.
    pub number: PhoneNumber,
    /// Whose inventory it is in.
    pub location: Id<Location>,
    /// Whether it takes calls.
    pub state: NumberState,
}

/// Whether a number takes calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberState {
    /// It does.
    Active,
    /// It does not yet.
    Inactive,
}
