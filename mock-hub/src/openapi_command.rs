//! `mock-hub openapi`: prints the OpenAPI document, for those who generate code or check it without a running hub.

use std::io::{Write, stdout};
use std::process::ExitCode;

use crate::openapi;

/// Prints the document; it names no server, because none is running.
pub fn run() -> ExitCode {
    let mut text = serde_json::to_string_pretty(&openapi::document()).expect("JSON has a text");
    text.push('\n');
    match stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot print: {error}");
            ExitCode::FAILURE
        }
    }
}
