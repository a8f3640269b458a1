//! The hub over HTTP, without a socket.

#![cfg(test)]

mod accept;
mod browser;
mod commons;
mod concurrency;
mod contract;
mod control;
mod control_hub;
mod csv_article;
mod customers;
mod devices;
mod failures;
mod faults;
mod fuzz_seeds;
mod fuzzing;
mod journal;
mod lasting;
mod locations;
mod long_files;
mod metrics;
mod numbers;
mod oauth;
mod openapi;
mod organizations;
mod pages;
mod people;
mod platform;
mod readme;
mod replicas;
mod reports;
mod scim;
mod security;
mod subscribers;
mod support;
mod tasks;
mod ui;
mod users;
