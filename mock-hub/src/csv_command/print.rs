//! A plan for a person to read.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anstyle::{AnsiColor, Color, Style};
use hub_rules::bulk::{
    ADD_ONLY_GIVES_BASE_LICENSES, EMPTY_ADD_GIVES_BASE_LICENSES, PLACE_IS_FOR_CALLING_USERS,
    PREFERRED_SITE_IS_ADVISED,
};

use crate::plan_body::{Action, ChangeBody, PlanBody, RowBody, Summary};

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The summary and what is wrong.
    Problems,
    /// Besides, what would happen to each user.
    Everything,
}

pub(super) fn plan(file: &Path, body: &PlanBody, detail: Detail) {
    anstream::print!("{}", Report { file, body, detail });
}

struct Report<'a> {
    file: &'a Path,
    body: &'a PlanBody,
    detail: Detail,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.body.rows {
            self.row(f, row)?;
        }
        write!(f, "{}: ", self.file.display())?;
        summary(f, &self.body.summary, self.detail)?;
        warnings(f, &self.body.rows)
    }
}

impl Report<'_> {
    fn row(&self, f: &mut fmt::Formatter<'_>, row: &RowBody) -> fmt::Result {
        if let Some(refusal) = &row.refusal {
            return writeln!(f, "{} {}: {}", bad("refused"), row.email, refusal.message);
        }
        if self.detail == Detail::Problems {
            return Ok(());
        }
        let (word, colour) = match row.action {
            Action::Add => ("add", AnsiColor::Green),
            Action::Update => ("update", AnsiColor::Yellow),
            Action::Remove => ("remove", AnsiColor::Magenta),
            Action::Unchanged | Action::Refuse => return Ok(()),
        };
        write!(f, "{} {}: row {}", paint(word, colour), row.email, row.row)?;
        for change in &row.changes {
            write!(f, "; {}", Change(change))?;
        }
        for warning in &row.warnings {
            write!(f, "; {} ({})", warning.message, warning.rule)?;
        }
        writeln!(f)
    }
}

struct Change<'a>(&'a ChangeBody);

impl fmt::Display for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ChangeBody { column, from, to } = self.0;
        match (from, to) {
            (Some(from), Some(to)) => write!(f, "{column} `{from}` -> `{to}`"),
            (None, Some(to)) => write!(f, "{column} `{to}`"),
            (Some(from), None) => write!(f, "{column} no longer `{from}`"),
            (None, None) => write!(f, "{column}"),
        }
    }
}

fn summary(f: &mut fmt::Formatter<'_>, summary: &Summary, detail: Detail) -> fmt::Result {
    let Summary { total, added, updated, removed, unchanged, failed } = summary;
    let word = if *total == 1 { "user" } else { "users" };
    write!(f, "{total} {word}: ")?;
    if detail == Detail::Everything {
        write!(f, "{added} added, {updated} updated, {removed} removed, {unchanged} unchanged, ")?;
    }
    match failed {
        0 => writeln!(f, "{}", paint("none refused", AnsiColor::Green)),
        _ => writeln!(f, "{}", bad(&format!("{failed} refused"))),
    }
}

/// What happens without the file saying so, counted.
fn warnings(f: &mut fmt::Formatter<'_>, rows: &[RowBody]) -> fmt::Result {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for warning in rows.iter().flat_map(|row| &row.warnings) {
        *counts.entry(&warning.rule).or_default() += 1;
    }
    for (rule, count) in counts {
        let what = match rule {
            _ if rule == ADD_ONLY_GIVES_BASE_LICENSES.id || rule == EMPTY_ADD_GIVES_BASE_LICENSES.id => {
                "would also get the default base licences"
            }
            _ if rule == PREFERRED_SITE_IS_ADVISED.id => "have meetings but no Preferred Webex Site",
            _ if rule == PLACE_IS_FOR_CALLING_USERS.id => "have no calling, so that their place is ignored",
            _ => "have a read-only cell that is ignored",
        };
        writeln!(f, "{} {count} {what} ({rule})", paint("note:", AnsiColor::Yellow))?;
    }
    Ok(())
}

/// Red, where colours are shown.
pub(super) fn bad(text: &str) -> String {
    paint(text, AnsiColor::Red)
}

fn paint(text: &str, colour: AnsiColor) -> String {
    let style = Style::new().fg_color(Some(Color::Ansi(colour)));
    format!("{style}{text}{style:#}")
}
