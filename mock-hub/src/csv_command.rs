//! `mock-hub csv`: a user CSV checked and planned before it is uploaded anywhere.
//!
//! `check` looks at the file alone, or at a world too if one is named; `plan` says row by row what an import
//! into an organization would do. Nothing is changed anywhere.

mod options;
mod print;
mod source;

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use hub_core::HubError;
use hub_core::bulk::{self, Layout};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::config::Format;
use crate::plan_body::{FileRefusal, PlanBody};

pub use options::{CsvCommand, FileOptions, Target};
use print::Detail;
use source::{Place, Source};

const ROWS_REFUSED: u8 = 1;
const FILE_REFUSED: u8 = 2;
/// Exit code of wrong usage, among it files and hubs that cannot be reached.
pub const USAGE: u8 = 3;

/// Why there is no plan.
enum Fault {
    /// The whole file is refused, by a rule.
    File(FileRefusal),
    /// The command cannot be carried out.
    Usage(String),
}

/// Runs the command; exit 0 clean, 1 rows refused, 2 file refused, 3 usage.
pub fn run(command: &CsvCommand) -> ExitCode {
    let done = match command {
        CsvCommand::Template { target } => template(target),
        CsvCommand::Check(options) => report(options, Detail::Problems),
        CsvCommand::Plan(options) => report(options, Detail::Everything),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(Fault::File(refusal)) => {
            anstream::eprintln!("{}{refusal}", print::bad("the file is refused: "));
            ExitCode::from(FILE_REFUSED)
        }
        Err(Fault::Usage(why)) => {
            anstream::eprintln!("{}{why}", print::bad("error: "));
            ExitCode::from(USAGE)
        }
    }
}

fn template(target: &Target) -> Result<u8, Fault> {
    let bytes = match Source::of(target, false)? {
        Source::Nothing => headers(&Layout::of_any_organization()),
        Source::World(place) => place.template()?,
        Source::Hub(hub) => hub.template()?,
    };
    io::Write::write_all(&mut io::stdout(), &bytes).map_err(|error| Fault::Usage(error.to_string()))?;
    Ok(0)
}

fn headers(layout: &Layout) -> Vec<u8> {
    let quoted = |header: String| match header.contains([',', '"']) {
        true => format!("\"{}\"", header.replace('"', "\"\"")),
        false => header,
    };
    let line: Vec<String> = layout.headers().map(|(_, header)| quoted(header)).collect();
    (line.join(",") + "\n").into_bytes()
}

/// Prints what becomes of a file.
fn report(options: &FileOptions, detail: Detail) -> Result<u8, Fault> {
    let examined = examine(options, detail);
    if let (Format::Json, Err(Fault::File(refusal))) = (options.format, &examined) {
        print_json(&serde_json::json!({ "refusal": refusal }));
        return Ok(FILE_REFUSED);
    }
    let body = examined?;
    match options.format {
        Format::Json => print_json(&body),
        Format::Text => print::plan(&options.file, &body, detail),
    }
    Ok(if body.summary.failed > 0 { ROWS_REFUSED } else { 0 })
}

fn examine(options: &FileOptions, detail: Detail) -> Result<PlanBody, Fault> {
    let bytes = read(&options.file)?;
    match Source::of(&options.target, detail == Detail::Everything)? {
        Source::Nothing => {
            let bar = progress_bar(bytes.len());
            let checked = bulk::check_with_progress(&bytes, options.max_rows, |byte| bar.set_position(byte));
            bar.finish_and_clear();
            Ok(PlanBody::from(&checked.map_err(refused)?))
        }
        Source::World(place) => plan(&place, options, &bytes),
        Source::Hub(hub) => hub.plan(options, &bytes),
    }
}

fn print_json(body: &impl Serialize) {
    println!("{}", serde_json::to_string_pretty(body).expect("plans and refusals have a JSON form"));
}

fn plan(place: &Place, options: &FileOptions, bytes: &[u8]) -> Result<PlanBody, Fault> {
    let bar = progress_bar(bytes.len());
    let plan = place.plan(options, bytes, |byte| bar.set_position(byte));
    bar.finish_and_clear();
    Ok(PlanBody::from(&plan.map_err(refused)?))
}

fn read(file: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(file).map_err(|error| Fault::Usage(format!("{}: {error}", file.display())))
}

fn refused(refusal: HubError) -> Fault {
    Fault::File(FileRefusal::of(&refusal))
}

/// Drawn only where somebody can see it, and only for work that takes a while.
fn progress_bar(bytes: usize) -> ProgressBar {
    const FREQUENCY_HZ: u8 = 10;
    let target = ProgressDrawTarget::stderr_with_hz(FREQUENCY_HZ);
    let bar = ProgressBar::with_draw_target(Some(bytes as u64), target);
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {elapsed}");
    bar.set_style(style.expect("the template is well-formed"));
    bar
}
