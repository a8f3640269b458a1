//! The hub over HTTP, without a socket.

#![cfg(test)]

mod control;
mod control_hub;
mod customers;
mod platform;
mod subscribers;
mod support;
