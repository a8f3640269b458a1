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
    /// What kind of number it is.
    #[serde(default, skip_serializing_if = "NumberKind::is_direct")]
    pub kind: NumberKind,
    /// Whether it is for a service that takes many calls.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_service: bool,
}

impl Number {
    /// An ordinary number in a location's inventory.
    pub fn new(number: PhoneNumber, location: Id<Location>) -> Self {
        Number { number, location, state: NumberState::Active, kind: NumberKind::Direct, is_service: false }
    }
}

/// What kind of number it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// One that is dialled directly.
    #[default]
    Direct,
    /// One that costs the caller nothing.
    TollFree,
    /// One of a mobile phone.
    Mobile,
}

impl NumberKind {
    fn is_direct(&self) -> bool {
        *self == NumberKind::Direct
    }
}

/// Whether a number takes calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberState {
    /// It does; so it is unless somebody asks for the other.
    #[default]
    Active,
    /// It does not yet.
    Inactive,
}
