//! Rows of a plan as tables: those that are refused, with the reason, and those that something happens to.

use hub_core::HubError;
use hub_core::bulk::{Plan, PlannedRow};
use hub_core::record::RowOutcome;
use maud::{Markup, html};

use crate::ui::table::{self, ROWS};
use crate::ui::visitor::Visitor;

/// What may become of a row, with its word in addresses and messages.
pub(super) const OUTCOMES: [(&str, RowOutcome); 5] = [
    ("added", RowOutcome::Added),
    ("updated", RowOutcome::Updated),
    ("removed", RowOutcome::Removed),
    ("unchanged", RowOutcome::Unchanged),
    ("refused", RowOutcome::Failed),
];

/// How many rows have an outcome.
pub(super) fn count(plan: &Plan, outcome: RowOutcome) -> usize {
    plan.rows.iter().filter(|row| row.outcome == outcome).count()
}

/// All rows with an outcome, page by page.
pub(super) fn of_outcome(visitor: &Visitor, plan: &Plan, outcome: RowOutcome) -> Markup {
    let wanted = table::wanted(visitor);
    let all = plan.rows.iter().filter(|row| row.outcome == outcome);
    let rows: Vec<_> = all.skip(wanted.offset).take(wanted.max + 1).collect();
    let shown = rows.len().min(wanted.max);
    let word = OUTCOMES.iter().find(|(_, known)| *known == outcome).map_or("", |(word, _)| *word);
    html! {
        section {
            h2 #rows { (visitor.word("planned", word)) }
            p { a href=(visitor.href(visitor.path())) { (visitor.text("csv-whole-preview")) } }
            (of_kind(visitor, outcome, &rows[..shown]))
            (table::pager(visitor, wanted, shown, rows.len() > shown))
        }
    }
}

/// The first rows that are refused.
pub(super) fn first_refused(visitor: &Visitor, plan: &Plan) -> Markup {
    let rows: Vec<_> = plan.rows.iter().filter(|row| row.refusal.is_some()).collect();
    let shown = rows.len().min(ROWS);
    html! {
        @if !rows.is_empty() {
            section {
                h2 #refused { (visitor.text("csv-refused-title")) }
                p { (visitor.text("csv-refused-lead")) }
                (refused_rows(visitor, &rows[..shown]))
                @if rows.len() > shown {
                    p {
                        a href=(format!("{}?show=refused", visitor.href(visitor.path()))) {
                            (visitor.say("csv-all-refused", &[("count", rows.len().into())]))
                        }
                    }
                }
            }
        }
    }
}

/// The first rows that something happens to.
pub(super) fn first_changes(visitor: &Visitor, plan: &Plan) -> Markup {
    let is_change = |row: &&PlannedRow| !matches!(row.outcome, RowOutcome::Failed | RowOutcome::Unchanged);
    let rows: Vec<_> = plan.rows.iter().filter(is_change).collect();
    let shown = rows.len().min(ROWS);
    html! {
        section {
            h2 #changes { (visitor.text("csv-changes-title")) }
            @if rows.is_empty() {
                (table::empty(visitor, "csv-changes-none", None))
            } @else {
                (changed_rows(visitor, &rows[..shown]))
            }
            @if rows.len() > shown {
                p { (visitor.say("csv-more-changes", &[("shown", shown.into()), ("count", rows.len().into())])) }
            }
        }
    }
}

fn of_kind(visitor: &Visitor, outcome: RowOutcome, rows: &[&PlannedRow]) -> Markup {
    match outcome {
        RowOutcome::Failed => refused_rows(visitor, rows),
        _ => changed_rows(visitor, rows),
    }
}

fn refused_rows(visitor: &Visitor, rows: &[&PlannedRow]) -> Markup {
    let cells = rows.iter().filter_map(|row| {
        let refusal = row.refusal.as_ref()?;
        Some(vec![
            html! { (row.row) },
            html! { bdi { (refusal.field().unwrap_or_default()) } },
            html! { bdi { (row.email) } },
            html! { bdi { (visitor.language.refusal(&without_place(refusal))) } },
        ])
    });
    let headings = ["heading-row", "heading-column", "heading-email", "heading-reason"];
    table::table(visitor, "csv-refused-title", &headings, &cells.collect::<Vec<_>>())
}

/// The refusal alone: where it is stands beside it.
pub(in crate::ui::control_hub) fn without_place(refusal: &HubError) -> HubError {
    HubError { place: None, ..refusal.clone() }
}

fn changed_rows(visitor: &Visitor, rows: &[&PlannedRow]) -> Markup {
    let cells = rows.iter().map(|row| {
        vec![
            html! { (row.row) },
            html! { bdi { (row.email) } },
            html! { (visitor.language.planned(row.outcome)) },
            details(visitor, row),
        ]
    });
    let headings = ["heading-row", "heading-email", "heading-action", "heading-changes"];
    table::table(visitor, "csv-changes-title", &headings, &cells.collect::<Vec<_>>())
}

fn details(visitor: &Visitor, row: &PlannedRow) -> Markup {
    let language = visitor.language;
    html! {
        ul.plain {
            @for change in &row.changes {
                li { bdi { (language.change(change.column, change.from.as_deref(), change.to.as_deref())) } }
            }
            @if row.outcome == RowOutcome::Removed { li { (visitor.text("detail-deleted")) } }
            @for warning in &row.warnings { li { (visitor.said(&warning.note)) " (" (warning.rule.id) ")" } }
        }
    }
}
