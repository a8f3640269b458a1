//! What the client promises, shown against a service that answers by a script.

#![cfg(test)]

mod lists;
mod lost_writes;
mod retries;
mod runs;
mod service;
mod tokens;
mod waiting;
