//! The conformance suite for clients of the hub: black box, over HTTP and lines of JSON only.
//!
//! A client under test runs as a process of its own, behind a small *adapter* that speaks HCP/1: one JSON message
//! a line on stdin and stdout. Nothing of the hub is linked here, so that the suite judges the hub as it judges
//! any client: from outside.
//!
//! A [`case::Case`] is data. [`suite::Suite`] is the hub with a sandbox for each world, [`client::Client`] the client behind
//! its adapter, and `trial::run` tries a case with it: it gives a [`report::CaseReport`], whose checks tell of three
//! witnesses. [`run::run`] does so with all cases of a run.

#![warn(missing_docs)]

mod adapter;
pub mod baseline;
pub mod case;
pub mod cases;
pub mod client;
pub mod coverage;
pub mod doctor;
pub mod exchange;
pub mod exec;
pub mod group;
mod hello;
pub mod hub;
pub mod init;
mod matching;
pub mod operations;
pub mod passive;
mod places;
mod player;
pub mod property;
pub mod protocol;
pub mod reference;
pub mod report;
pub mod run;
pub mod schema;
pub mod select;
pub mod server;
pub mod snapshot;
pub mod suite;
mod trial;
mod worklist;

pub use adapter::{Adapter, Broken, Door, Limits};
pub use hello::{Clock, Flaw, Hello, SPEC, hello_line};
