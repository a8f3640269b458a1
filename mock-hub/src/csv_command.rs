//! `mock-hub csv`: a user CSV checked, planned and corrected before it is uploaded anywhere.
//!
//! `check` looks at the file alone, or at a world too if one is named; `plan` says row by row what an import
//! into an organization would do. Nothing is changed anywhere, but for the corrected copy that `--fix` writes beside
//! the file.

mod fix;
mod input;
mod options;
mod print;
mod source;

use std::io;
use std::process::ExitCode;
use std::thread;

use fluent_bundle::FluentValue;
use hub_core::HubError;
use hub_core::bulk::{self, Layout, Plan, Told};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::config::Format;
use crate::messages::Language;
use crate::output;
use crate::plan_body::{FileRefusal, PlanBody};

use fix::Corrected;
use input::Input;
pub use options::{CsvCommand, FileOptions, Target};
use print::{Detail, Report};
use source::{OrganizationBody, Source};

const ROWS_REFUSED: u8 = 1;
const FILE_REFUSED: u8 = 2;
/// Exit code of wrong usage, among it files and hubs that cannot be reached.
pub const USAGE: u8 = 3;

/// Why there is no plan.
enum Fault {
    /// The whole file is refused, by a rule.
    File(Box<HubError>),
    /// The same by a running hub, as it says it.
    FileElsewhere { rule: String, message: String },
    /// The command cannot be carried out, for a reason of ours.
    Usage(&'static str, Vec<(&'static str, FluentValue<'static>)>),
    /// The same, as somebody else says it.
    Outside(String),
}

impl From<HubError> for Fault {
    fn from(refusal: HubError) -> Self {
        Fault::File(refusal.into())
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Outside(error.to_string())
    }
}

/// Runs the command; exit 0 clean, 1 rows refused, 2 file refused, 3 usage.
pub fn run(command: &CsvCommand) -> ExitCode {
    let (language, done) = match command {
        CsvCommand::Template { target, language } => (language.language(), template(target)),
        CsvCommand::Check(options) => {
            (options.language.language(), Job { options, detail: Detail::Problems }.run())
        }
        CsvCommand::Plan(options) => {
            (options.language.language(), Job { options, detail: Detail::Everything }.run())
        }
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(fault) => {
            let (code, text) = said(fault, language);
            anstream::eprintln!("{text}");
            ExitCode::from(code)
        }
    }
}

/// Exit code and text of a fault.
fn said(fault: Fault, language: Language) -> (u8, String) {
    let error = print::bad(&language.text("csv-error"));
    match fault {
        Fault::Usage(id, arguments) => (USAGE, format!("{error} {}", language.say(id, &arguments))),
        Fault::Outside(why) => (USAGE, format!("{error} {why}")),
        file => {
            let refused = print::bad(&language.text("csv-file-refused"));
            let message = file.refusal(language).map(|refusal| refusal.message).unwrap_or_default();
            (FILE_REFUSED, format!("{refused} {message}"))
        }
    }
}

impl Fault {
    /// The refusal of a file.
    fn refusal(&self, language: Language) -> Option<FileRefusal> {
        match self {
            Fault::File(refusal) => Some(FileRefusal::of(refusal, language)),
            Fault::FileElsewhere { rule, message } => Some(FileRefusal::of_answer(rule, message, language)),
            Fault::Usage(..) | Fault::Outside(_) => None,
        }
    }
}

fn template(target: &Target) -> Result<u8, Fault> {
    let bytes = match Source::of(target, false)? {
        Source::Nothing => headers(&Layout::of_any_organization()),
        Source::World(place) => place.template()?,
        Source::Hub(hub) => hub.template()?,
    };
    output::print(bytes)?;
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

/// A file and what is wanted of it.
struct Job<'o> {
    options: &'o FileOptions,
    detail: Detail,
}

/// What is printed as JSON: a plan or the refusal of the file, whose it is, and what was corrected.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    plan: Option<&'a PlanBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<FileRefusal>,
    #[serde(flatten)]
    about: &'a About,
}

/// What is told beside a plan.
#[derive(Serialize)]
struct About {
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<OrganizationBody>,
    #[serde(rename = "fixed", skip_serializing_if = "Option::is_none")]
    corrected: Option<Corrected>,
}

impl Job<'_> {
    fn run(&self) -> Result<u8, Fault> {
        let language = self.options.language.language();
        let out = self.options.output()?;
        let source = Source::of(&self.options.target, self.detail == Detail::Everything)?;
        let mut input = Input::read(&self.options.file, self.options.max_rows, out.is_some())?;
        let corrected = match out {
            Some(out) => Some(Corrected::write(&mut input, out, self.options.force, language)?),
            None => None,
        };
        let plan = self.examine(&source, &input).map(|plan| plan.in_language(language));
        let about = About { organization: source.organization(), corrected };
        match self.options.format {
            Format::Json => print_as_json(plan, &about, language),
            Format::Text => self.print(plan, &input, &about),
        }
    }

    /// Prints for a person.
    fn print(&self, plan: Result<PlanBody, Fault>, input: &Input, about: &About) -> Result<u8, Fault> {
        let language = self.options.language.language();
        let corrected = about.corrected.as_ref();
        if let Some(corrected) = corrected {
            anstream::print!("{}", corrected.report(language));
        }
        // Looking for what could be corrected takes longer than the check, so it waits until somebody is to read of it.
        let hint = || match corrected {
            None => fix::hint(input, language),
            Some(_) => String::new(),
        };
        let plan = match plan {
            Err(fault) if fault.refusal(language).is_some() => {
                let (code, text) = said(fault, language);
                anstream::eprintln!("{text}");
                anstream::eprint!("{}", hint());
                return Ok(code);
            }
            plan => plan?,
        };
        let file = corrected.and_then(Corrected::file).unwrap_or(&self.options.file);
        let organization = about.organization.as_ref();
        anstream::print!("{}", Report { file, organization, plan: &plan, detail: self.detail, language });
        let code = code_of(&plan);
        if code != 0 {
            anstream::eprint!("{}", hint());
        }
        Ok(code)
    }

    fn examine(&self, source: &Source, input: &Input) -> Result<PlanBody, Fault> {
        let bar = progress_bar(input.bytes.len());
        let progress = |byte| bar.set_position(byte);
        let plan = match source {
            // A hub elsewhere would get a part of the file for the whole.
            Source::Hub(_) if input.is_cut => self.check(input, progress),
            Source::Nothing => self.check(input, progress),
            Source::World(place) => Ok((&place.plan(self.options, &input.bytes, progress)?).into()),
            Source::Hub(hub) => hub.plan(self.options, &input.bytes),
        };
        bar.finish_and_clear();
        plan
    }

    /// Looks at the file alone. A person reads of the rows that are refused only.
    fn check(&self, input: &Input, progress: impl FnMut(u64)) -> Result<PlanBody, Fault> {
        let (max_rows, file) = (self.options.max_rows, &input.bytes[..]);
        let told = match (self.options.format, self.detail) {
            (Format::Text, Detail::Problems) => Told::Refused,
            _ => Told::Every,
        };
        let plan = match check_halves(file, max_rows, told) {
            Some(plan) => plan,
            None => bulk::check_with_progress(file, max_rows, told, progress)?,
        };
        Ok((&plan).into())
    }
}

/// The plan of a long file whose halves can be checked at the same time.
fn check_halves(file: &[u8], max_rows: u64, told: Told) -> Option<Plan> {
    const LONG: usize = 256 * 1024;
    if file.len() < LONG {
        return None;
    }
    let [first, second] = bulk::halves(file)?;
    let (first, second) = thread::scope(|scope| {
        let second = scope.spawn(|| second.check(told));
        (first.check(told), second.join().expect("a check does not panic"))
    });
    first?.followed_by(second?, max_rows)
}

fn print_as_json(plan: Result<PlanBody, Fault>, about: &About, language: Language) -> Result<u8, Fault> {
    match plan {
        Ok(plan) => {
            output::print_json(&Answer { plan: Some(&plan), refusal: None, about })?;
            Ok(code_of(&plan))
        }
        Err(fault) => {
            let Some(refusal) = fault.refusal(language) else { return Err(fault) };
            output::print_json(&Answer { plan: None, refusal: Some(refusal), about })?;
            Ok(FILE_REFUSED)
        }
    }
}

fn code_of(plan: &PlanBody) -> u8 {
    if plan.summary.failed > 0 { ROWS_REFUSED } else { 0 }
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
