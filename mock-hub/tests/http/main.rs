//! The hub over HTTP, without a socket.

#![cfg(test)]

mod control;
mod control_hub;
mod customers;
mod failures;
mod platform;
mod subscribers;
mod support;
