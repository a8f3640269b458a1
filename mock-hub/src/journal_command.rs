//! `mock-hub journal`: says what of a journal is whole, and writes that to a new one.
//!
//! The journal that is looked at is never written to. What a journal is called is what `serve --journal` calls it, and the
//! plain name of a file is one of SQLite.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use hub_store::{
    Damage, Flaw, Journal, PostgresJournal, PostgresOptions, Salvage, SqliteJournal, StoreError, Surveyed,
    survey,
};
use serde::{Serialize, Serializer};

use crate::config::{Format, JournalCommand, JournalOptions};
use crate::messages::Language;
use crate::{output, own_files};

const DAMAGED: u8 = 1;
const UNREADABLE: u8 = 2;
/// How a database is asked.
const USE: PostgresOptions = PostgresOptions { connections: 1, timeout: Duration::from_secs(60) };

/// Why nothing can be said, or nothing was written.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl Failure {
    fn sentence(&self, language: Language) -> String {
        match self {
            Failure::Store(error) => language.store_error(error),
            other => other.to_string(),
        }
    }
}

/// Runs the command; exit 1 where something is damaged, 2 where the journal cannot be read or written at all.
pub fn run(command: &JournalCommand) -> ExitCode {
    own_files::are_private();
    let (options, out) = match command {
        JournalCommand::Check(options) => (options, None),
        JournalCommand::Recover { options, out } => (options, Some(&**out)),
    };
    match look(options, out) {
        Ok(report) if report.is_sound() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(DAMAGED),
        Err(failure) => {
            let language = options.language.language();
            eprintln!("{} {}", language.text("csv-error"), failure.sentence(language));
            ExitCode::from(UNREADABLE)
        }
    }
}

fn look(options: &JournalOptions, out: Option<&str>) -> Result<Report, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let language = options.language.language();
    let report = runtime.block_on(surveyed(&options.journal, out, language))?;
    match options.format {
        Format::Json => output::print_json(&report)?,
        Format::Text => output::print(report.text(language))?,
    }
    Ok(report)
}

async fn surveyed(name: &str, out: Option<&str>, language: Language) -> Result<Report, Failure> {
    let (journal, salvage) = opened(name).await?;
    let copy = match out {
        Some(out) => Some(made(out, language).await?),
        None => None,
    };
    let found = survey(&*journal, copy.as_deref()).await?;
    journal.close().await?;
    if let Some(copy) = copy {
        copy.close().await?;
    }
    let out = out.map(shown).transpose()?;
    Ok(Report::of(&found, salvage, out))
}

/// A journal to look at.
async fn opened(name: &str) -> Result<(Arc<dyn Journal>, Option<Salvage>), Failure> {
    if is_database(name) {
        return Ok((Arc::new(PostgresJournal::inspect(name, USE).await?), None));
    }
    let (journal, salvage) = SqliteJournal::inspect(file_of(name)).await?;
    Ok((Arc::new(journal), salvage))
}

/// A new journal, in a file that is not there, or a database that has none.
async fn made(name: &str, language: Language) -> Result<Arc<dyn Journal>, Failure> {
    let shown = shown(name)?;
    let is_there = || Failure::Usage(language.say("journal-is-there", &[("journal", shown.into())]));
    if is_database(name) {
        let journal: Arc<dyn Journal> = Arc::new(PostgresJournal::open(name, USE).await?);
        return if journal.sandboxes().await?.is_empty() { Ok(journal) } else { Err(is_there()) };
    }
    let file = file_of(name);
    if file.exists() { Err(is_there()) } else { Ok(Arc::new(SqliteJournal::open(file).await?)) }
}

/// What a journal is called where anybody may see it.
fn shown(name: &str) -> Result<String, StoreError> {
    if is_database(name) { PostgresJournal::shown(name) } else { Ok(name.to_owned()) }
}

fn is_database(name: &str) -> bool {
    name.starts_with("postgres:") || name.starts_with("postgresql:")
}

fn file_of(name: &str) -> &Path {
    Path::new(name.strip_prefix("sqlite:").unwrap_or(name))
}

/// What was found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<FileReport>,
    sandboxes: Vec<SandboxReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_to: Option<String>,
}

/// A file that is damaged below what entries are.
#[derive(Debug, Serialize)]
struct FileReport {
    complaint: String,
    rows: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SandboxReport {
    sandbox: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    forked_from: Option<String>,
    whole: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    damage: Option<DamageReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misfit: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_misled: bool,
}

#[derive(Debug, Serialize)]
struct DamageReport {
    seq: u64,
    #[serde(rename = "why", serialize_with = "in_english")]
    flaw: Flaw,
    lost: u64,
}

impl Report {
    fn of(found: &[Surveyed], salvage: Option<Salvage>, written_to: Option<String>) -> Self {
        Report {
            file: salvage.map(|Salvage { complaint, rows }| FileReport { complaint, rows }),
            sandboxes: found.iter().map(SandboxReport::of).collect(),
            written_to,
        }
    }

    fn is_sound(&self) -> bool {
        self.file.is_none() && self.sandboxes.iter().all(SandboxReport::is_sound)
    }

    fn text(&self, language: Language) -> String {
        let mut lines = Vec::new();
        if let Some(FileReport { complaint, rows }) = &self.file {
            let arguments = [("complaint", complaint.into()), ("rows", (*rows).into())];
            lines.push(language.say("journal-file-is-damaged", &arguments));
        }
        lines.extend(self.sandboxes.iter().map(|sandbox| sandbox.line(language)));
        let count = |is: fn(&SandboxReport) -> bool| self.sandboxes.iter().filter(|it| is(it)).count();
        let whole = count(SandboxReport::is_sound);
        let lost = count(|sandbox| sandbox.whole == 0);
        let damaged = self.sandboxes.len() - whole - lost;
        let sum = [("whole", whole.into()), ("damaged", damaged.into()), ("lost", lost.into())];
        lines.push(language.say("journal-sum", &sum));
        if let Some(out) = &self.written_to {
            lines.push(language.say("journal-is-written", &[("journal", out.into())]));
        }
        lines.join("\n") + "\n"
    }
}

impl SandboxReport {
    fn of(found: &Surveyed) -> Self {
        let Surveyed { sandbox, forked_from, whole, damage, misfit, is_misled } = found.clone();
        let damage = damage.map(|Damage { seq, flaw, lost }| DamageReport { seq, flaw, lost });
        let forked_from = forked_from.map(|base| base.sandbox.to_string());
        SandboxReport { sandbox: sandbox.to_string(), forked_from, whole, damage, misfit, is_misled }
    }

    fn is_sound(&self) -> bool {
        self.damage.is_none() && self.misfit.is_none() && !self.is_misled
    }

    fn line(&self, language: Language) -> String {
        let mut arguments = vec![("sandbox", (&self.sandbox).into()), ("whole", self.whole.into())];
        if let Some(why) = &self.misfit {
            arguments.push(("why", why.into()));
            return language.say("journal-sandbox-does-not-fit", &arguments);
        }
        let Some(damage) = &self.damage else {
            let id = if self.is_misled { "journal-sandbox-is-misled" } else { "journal-sandbox-is-whole" };
            return language.say(id, &arguments);
        };
        arguments.extend([
            ("seq", damage.seq.into()),
            ("why", language.flaw(&damage.flaw).into()),
            ("lost", damage.lost.into()),
        ]);
        let id = if self.whole == 0 { "journal-sandbox-is-lost" } else { "journal-sandbox-is-cut" };
        language.say(id, &arguments)
    }
}

/// Programs are told in English.
fn in_english<S: Serializer>(flaw: &Flaw, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(flaw)
}
