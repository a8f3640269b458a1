//! `mock-hub world`: writes and checks world files.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::config::WorldCommand;
use crate::output;
use crate::starting_point;
use crate::world_file::WorldFile;

/// Runs the command; exit 1 when a file cannot be read, written or does not fit together.
pub fn run(command: &WorldCommand) -> ExitCode {
    let done = match command {
        WorldCommand::Export { world, out } => export(world, out.as_deref()),
        WorldCommand::Check { file } => check(file),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn export(world: &str, out: Option<&Path>) -> Result<(), String> {
    let world = starting_point::world(world).map_err(|fault| fault.to_string())?;
    let text = serde_json::to_string_pretty(&WorldFile::of(&world)).expect("records have a JSON form");
    match out {
        Some(file) => fs::write(file, text + "\n").map_err(|error| format!("{}: {error}", file.display())),
        None => printed(text + "\n"),
    }
}

fn check(file: &Path) -> Result<(), String> {
    let world = starting_point::world_of_file(file).map_err(|fault| fault.to_string())?;
    printed(format!("{}: {} records that fit together\n", file.display(), world.records().count()))
}

fn printed(text: String) -> Result<(), String> {
    output::print(text).map_err(|error| error.to_string())
}
