//! The kinds of reports, and where one is written to.

use std::fs;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::str::FromStr;

use super::{Report, html, junit, markdown, sarif};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The report as data.
    Json,
    /// What CI servers show as test results.
    Junit,
    /// What code hosts show as findings.
    Sarif,
    /// A summary for a CI job or a comment.
    Markdown,
    /// A page for a person.
    Html,
}

const KINDS: [(&str, Kind); 5] = [
    ("json", Kind::Json),
    ("junit", Kind::Junit),
    ("sarif", Kind::Sarif),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
];

/// A report that somebody asked for, as `KIND=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// How it is written.
    pub kind: Kind,
    /// The file, or `-` for standard output.
    pub file: PathBuf,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || KINDS.map(|(name, _)| name).join(", ");
        let (name, file) = text.split_once('=').ok_or("write KIND=FILE, such as html=report.html")?;
        let kind = KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        let kind = kind.ok_or_else(|| format!("there is no kind {name}; there are {}", names()))?;
        if file.is_empty() {
            return Err(format!("say where: {name}=FILE, or {name}=- for standard output"));
        }
        Ok(Wanted { kind, file: file.into() })
    }
}

impl Wanted {
    /// Writes the report.
    pub fn write(&self, report: &Report) -> Result<(), String> {
        let text = self.kind.text(report)?;
        let written = if self.is_stdout() {
            stdout().lock().write_all(text.as_bytes())
        } else {
            fs::write(&self.file, text)
        };
        written.map_err(|error| format!("cannot write {}: {error}", self.file.display()))
    }

    /// Whether it goes where else the summary would.
    pub fn is_stdout(&self) -> bool {
        self.file.as_os_str() == "-"
    }
}

impl Kind {
    /// The report in this kind.
    pub fn text(self, report: &Report) -> Result<String, String> {
        match self {
            Kind::Json => pretty(report),
            Kind::Junit => junit::text(report),
            Kind::Sarif => pretty(&sarif::log(report)),
            Kind::Markdown => Ok(markdown::text(report)),
            Kind::Html => Ok(html::page(report)),
        }
    }
}

fn pretty(value: &impl serde::Serialize) -> Result<String, String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    Ok(text + "\n")
}
