//! A plan for a person to read: a line a row that something happens to, why rows are refused, what else to know, and
//! a summary.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anstyle::{AnsiColor, Color, Effects, Style};
use hub_core::HubError;
use hub_rules::{Rule, notes};

use super::source::OrganizationBody;
use crate::messages::Language;
use crate::plan_body::{Action, ChangeBody, PlanBody, RefusalBody, RowBody, WarningBody};

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The summary and what is wrong.
    Problems,
    /// Besides, what would happen to each user.
    Everything,
}

/// What is printed of a plan.
pub(super) struct Report<'a> {
    pub(super) file: &'a Path,
    pub(super) organization: Option<&'a OrganizationBody>,
    pub(super) plan: &'a PlanBody,
    pub(super) detail: Detail,
    pub(super) language: Language,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.organization(f)?;
        self.rows(f)?;
        self.reasons(f)?;
        self.notes(f)?;
        self.summary(f)
    }
}

/// Sides of a column, filled up with spaces.
struct Widths {
    action: usize,
    row: usize,
    email: usize,
}

impl Report<'_> {
    /// Whose users the file was held against.
    fn organization(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(organization) = self.organization else { return Ok(()) };
        let text = self.language.say("plan-organization", &[("name", organization.title().into())]);
        writeln!(f, "{}\n", title(&text))
    }

    fn shows(&self, row: &RowBody) -> bool {
        row.action == Action::Refuse
            || self.detail == Detail::Everything
                && (row.action != Action::Unchanged || !row.warnings.is_empty())
    }

    fn rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const EMAIL_MAX: usize = 40;
        let shown: Vec<&RowBody> = self.plan.rows.iter().filter(|row| self.shows(row)).collect();
        let longest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or_default();
        let widths = Widths {
            action: longest(&mut shown.iter().map(|row| self.action(row.action).chars().count())),
            row: longest(&mut shown.iter().map(|row| self.language.row(row.row).chars().count())),
            email: longest(&mut shown.iter().map(|row| row.email.chars().count())).min(EMAIL_MAX),
        };
        for row in &shown {
            self.row(f, row, &widths)?;
        }
        if shown.is_empty() { Ok(()) } else { writeln!(f) }
    }

    fn row(&self, f: &mut fmt::Formatter<'_>, row: &RowBody, widths: &Widths) -> fmt::Result {
        let colour = match row.action {
            Action::Add => AnsiColor::Green,
            Action::Update => AnsiColor::Yellow,
            Action::Remove => AnsiColor::Magenta,
            Action::Refuse => AnsiColor::Red,
            Action::Unchanged => AnsiColor::White,
        };
        let Widths { action, row: number, email } = *widths;
        let word = paint(&format!("{:<action$}", self.action(row.action)), colour);
        let line =
            format!("{:<number$}  {:<email$}  {}", self.language.row(row.row), row.email, self.details(row));
        writeln!(f, "{word}  {}", line.trim_end())
    }

    fn action(&self, action: Action) -> String {
        self.language.planned(action.into())
    }

    fn details(&self, row: &RowBody) -> String {
        if let Some(refusal) = &row.refusal {
            return self.refused(row, refusal);
        }
        let mut details: Vec<String> = row.changes.iter().map(|change| self.change(change)).collect();
        if row.action == Action::Remove {
            details.push(self.language.text("detail-deleted"));
        }
        details.extend(row.warnings.iter().map(|it| format!("{} ({})", it.message, it.rule)));
        details.join("; ")
    }

    /// Where, what was seen, and advice: the sentence of the rule stands below, once for all its rows.
    fn refused(&self, row: &RowBody, refusal: &RefusalBody) -> String {
        let language = self.language;
        let Some(HubError { seen, advice, .. }) = refusal.refusal(row.row, row.line) else {
            return refusal.message.clone();
        };
        let column = refusal.column.as_ref().map(|column| language.column(column));
        let seen = seen.as_ref().map(|seen| language.seen(&language.term(seen)));
        let what = [column, seen].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let advice = advice.as_ref().map(|advice| format!(". {}", language.said(advice))).unwrap_or_default();
        format!("{what} ({}){advice}", refusal.rule).trim_start().to_owned()
    }

    fn change(&self, change: &ChangeBody) -> String {
        self.language.change(&change.column, change.from.as_deref(), change.to.as_deref())
    }

    /// Each rule that refused rows, once: sentence, rows, evidence and source.
    fn reasons(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for row in &self.plan.rows {
            if let Some(refusal) = &row.refusal {
                reasons.entry(&refusal.rule).or_default().push(row.row);
            }
        }
        if reasons.is_empty() {
            return Ok(());
        }
        writeln!(f, "{}", title(&self.language.text("why-title")))?;
        for (id, rows) in &reasons {
            self.reason(f, id, rows)?;
        }
        writeln!(f)
    }

    fn reason(&self, f: &mut fmt::Formatter<'_>, id: &str, rows: &[u64]) -> fmt::Result {
        let language = self.language;
        let rule = hub_rules::find(id);
        let sentence = rule.map(|rule| language.rule(rule)).unwrap_or_default();
        writeln!(f, "  {}  {sentence}", paint(id, AnsiColor::Red))?;
        let arguments = [("count", rows.len().into()), ("rows", self.first_of(rows).into())];
        writeln!(f, "    {}", language.say("why-rows", &arguments))?;
        match rule {
            Some(rule) => writeln!(f, "    {}", source_of(rule, language)),
            None => Ok(()),
        }
    }

    fn first_of(&self, rows: &[u64]) -> String {
        const SHOWN: usize = 10;
        let shown = rows.iter().take(SHOWN).map(u64::to_string).collect::<Vec<_>>().join(", ");
        match rows.len().saturating_sub(SHOWN) {
            0 => shown,
            more => self.language.say("why-more-rows", &[("rows", shown.into()), ("more", more.into())]),
        }
    }

    /// What happens without the file saying so, or is better not left so, counted.
    fn notes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for warning in self.plan.rows.iter().flat_map(|row| &row.warnings) {
            *counts.entry((&warning.rule, note_of(warning))).or_default() += 1;
        }
        if counts.is_empty() {
            return Ok(());
        }
        writeln!(f, "{}", title(&self.language.text("notes-title")))?;
        for ((rule, note), count) in counts {
            let text = self.language.counted_note(rule, note, count);
            writeln!(f, "  {}  {text}", paint(rule, AnsiColor::Yellow))?;
        }
        writeln!(f)
    }

    fn summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let summary = &self.plan.summary;
        let counted = |id, count: usize| self.language.say(id, &[("count", count.into())]);
        let part = |id, count: usize| (count > 0).then(|| counted(id, count));
        let mut parts = Vec::new();
        if self.detail == Detail::Everything {
            let package = self.count(|row| row.action == Action::Update && changes_package(row));
            let updated = match package {
                0 => "summary-updated",
                _ => "summary-otherwise-updated",
            };
            let base =
                self.count(|row| row.warnings.iter().any(|it| note_of(it) == notes::GETS_BASE_LICENSES.id));
            parts.extend(
                [
                    part("summary-added", summary.added),
                    part("summary-package", package),
                    part(updated, summary.updated - package),
                    part("summary-removed", summary.removed),
                    part("summary-unchanged", summary.unchanged),
                    part("summary-base-licences", base),
                ]
                .into_iter()
                .flatten(),
            );
        }
        parts.push(match summary.failed {
            0 => paint(&self.language.text("summary-none-refused"), AnsiColor::Green),
            failed => bad(&counted("summary-refused", failed)),
        });
        let users = counted("summary-users", summary.total);
        writeln!(f, "{}: {users}: {}", self.file.display(), parts.join(", "))
    }

    fn count(&self, is_counted: impl Fn(&RowBody) -> bool) -> usize {
        self.plan.rows.iter().filter(|row| is_counted(row)).count()
    }
}

fn changes_package(row: &RowBody) -> bool {
    row.changes.iter().any(|change| change.column == "Package")
}

fn note_of(warning: &WarningBody) -> &str {
    warning.note.as_ref().map_or("", |note| &note.id)
}

/// How sure the rule is, and where it was read; sources stand as they are in the catalogue.
fn source_of(rule: &Rule, language: Language) -> String {
    let evidence = language.text(&format!("evidence-{}", rule.evidence.name()));
    language.say("why-source", &[("evidence", evidence.into()), ("source", rule.source.into())])
}

/// Red, where colours are shown.
pub(super) fn bad(text: &str) -> String {
    paint(text, AnsiColor::Red)
}

/// Bold, where that is shown.
pub(super) fn title(text: &str) -> String {
    let style = Style::new().effects(Effects::BOLD);
    format!("{style}{text}{style:#}")
}

fn paint(text: &str, colour: AnsiColor) -> String {
    let style = Style::new().fg_color(Some(Color::Ansi(colour)));
    format!("{style}{text}{style:#}")
}
