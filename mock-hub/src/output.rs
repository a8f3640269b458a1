//! What commands print.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;

/// Prints as it stands. A reader that has seen enough, such as `head`, is no fault.
pub fn print(text: impl AsRef<[u8]>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_ref()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Prints as JSON. Panics at what has no JSON form, such as a map whose keys are no texts.
pub fn print_json(body: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(body).expect("what commands print has a JSON form");
    print(text + "\n")
}

/// How a command ends that has printed, or could not.
pub fn ended(printed: io::Result<()>) -> ExitCode {
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot print: {error}");
            ExitCode::FAILURE
        }
    }
}
