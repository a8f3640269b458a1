//! Properties: what holds for any sequence of operations, tried with sequences that nobody wrote.
//!
//! A sequence is drawn from a seed (`generator.rs`) and done in a fork of its own by the client under test. Without
//! faults, the reference client does the same in a twin fork, and the two worlds must be equal afterwards (`twins.rs`).
//! With faults among the moves, what the two are told may differ, and the invariants alone decide (`invariants.rs`). A
//! sequence that fails is made as short as it can be (`shrinking.rs`) and kept as a regression, to be tried first the
//! next time.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::case::Variant;

pub mod generator;
pub mod invariants;
mod performance;
pub mod regressions;
mod shrinking;
pub mod trial;
mod twins;

/// A property, as a case has it instead of steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// How often each kind of move is drawn, by the operation that it begins with.
    pub ops: BTreeMap<String, u32>,
    /// How many moves a sequence has at most.
    pub length: usize,
    /// How many sequences are drawn, unless the command line says otherwise.
    pub sequences: u64,
    /// The invariants that hold, by their names.
    pub invariants: Vec<String>,
    /// The faults that moves may meet; where there are any, worlds are not compared with the reference client's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Variant>,
}

/// One move of a sequence. Arguments name records of the world as cases do, by places that are filled in when its turn comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Move {
    /// The operation.
    pub op: String,
    /// Its arguments.
    pub args: Map<String, Value>,
    /// What goes wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Variant>,
}

/// A sequence that failed once, to be tried again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Regression {
    /// The case.
    pub case: String,
    /// The seed that it was drawn from.
    pub seed: u64,
    /// As short as it could be made.
    pub moves: Vec<Move>,
}
