//! The rules of the hub as a reader would try them: data in, text out, one file an area.
//!
//! Every test runs on the demo world through `Hub`, which checks after each operation that the world is sound,
//! that its changes replay, and that a refusal has left nothing behind.

#![expect(clippy::unwrap_used, reason = "what is unwrapped here is part of what a test shows")]

mod access;
mod analytics;
mod audit;
mod automatic_licenses;
mod billing;
mod by_hand;
mod calling_steps;
mod csv_behavior;
mod csv_columns;
mod csv_file;
mod csv_fix;
mod csv_order;
mod csv_outcomes;
mod csv_plan;
mod csv_promises;
mod csv_rows;
mod csv_steps;
mod customer_changes;
mod customer_list;
mod customers;
mod devices;
mod directory_sync;
mod errands;
mod groups;
mod history;
mod hub;
mod inventory;
mod license_changes;
mod licenses;
mod locations;
mod numbers;
mod organizations;
mod outcomes;
mod paging;
mod past;
mod people;
mod people_changes;
mod permits;
mod properties;
mod pstn;
mod reports;
mod scim;
mod subscriber_changes;
mod subscribers;
mod tasks;
mod templates;
mod time;
mod user_packages;
