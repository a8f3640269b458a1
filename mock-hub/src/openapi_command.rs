//! `mock-hub openapi`: prints the OpenAPI document, for those who generate code or check it without a running hub.

use std::process::ExitCode;

use crate::{openapi, output};

/// Prints the document; it names no server, because none is running.
pub fn run() -> ExitCode {
    output::ended(output::print_json(&openapi::document()))
}
