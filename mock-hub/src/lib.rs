//! The server of the simulated hub: HTTP, wire names, commands.
//!
//! `http` knows what holds for every request, `api` the Webex REST resources, `control_hub` the operations of
//! Control Hub that have no public API, `oauth` how applications get tokens, `control` the sandboxes, clocks and
//! logs that tests steer with, and `ui` the web pages.
//! A handler translates, reads or writes one sandbox, and translates back; no rule of the hub is enforced here
//! but those that only HTTP knows.

pub mod api;
pub mod app;
pub mod config;
pub mod control;
pub mod control_hub;
pub mod csv_command;
pub mod health_command;
pub mod http;
#[cfg(feature = "databases")]
pub mod journal_command;
pub mod messages;
pub mod metrics;
pub mod oauth;
pub mod openapi;
pub mod openapi_command;
pub mod output;
#[cfg(feature = "databases")]
mod own_files;
pub mod plan_body;
pub mod rules_command;
#[cfg(feature = "databases")]
pub mod serve;
pub mod starting_point;
pub mod ui;
pub mod world_command;
pub mod world_file;
