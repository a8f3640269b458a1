//! The preview: what the import of a file would do, before anything happens; and its submission.
//!
//! It is planned anew each time that somebody looks, so that it is about the hub as it is then. Refused rows, changes and
//! what else to know stand below each other, the first of each; `?show=` lists all rows with one outcome, page by page.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::Response;
use hub_core::bulk::{self, Plan};
use hub_core::operation::access::{Errand, Place};
use hub_core::record::{RowOutcome, Task};
use hub_core::{Draft, HubError};
use maud::{Markup, html};
use tokio::runtime::Handle;

use super::rows::{self, OUTCOMES};
use super::{gone, kept, path, refused};
use crate::http::apart::apart;
use crate::http::path::Path;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::staged::StagedFile;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer};

/// What the import of a file would do now.
pub(super) async fn plan(visitor: &Arc<Visitor>, staged: &Arc<StagedFile>) -> Result<Plan, HubError> {
    let (visitor, staged) = (visitor.clone(), staged.clone());
    let work = move || {
        visitor.read(|world, context| {
            let StagedFile { organization, behavior, file, .. } = &*staged;
            bulk::plan(&mut Draft::of(world), context, *organization, *behavior, &file.content)
        })
    };
    apart(work).await
}

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let Some(staged) = kept(&visitor, &org, &file).await? else { return gone(&visitor, &org) };
    show(&visitor, &org, &staged, Form::default()).await
}

/// Imports the file.
pub(super) async fn submit(
    Seen(visitor): Seen,
    Path((org, file)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let Some(staged) = kept(&visitor, &org, &file).await? else { return gone(&visitor, &org) };
    match import(&visitor, &staged).await {
        Ok(task) => {
            visitor.app.staged.forget(visitor.session.text(), visitor.app.wall()).await;
            let path = format!("/organizations/{org}/tasks/{}", task.id);
            Ok(visitor.go_to(&with_notice(&path, "done-csv-submitted")))
        }
        Err(fault) => show(&visitor, &org, &staged, form.refused(fault)).await,
    }
}

async fn import(visitor: &Arc<Visitor>, staged: &Arc<StagedFile>) -> Result<Arc<Task>, Fault> {
    let (visitor, staged) = (visitor.clone(), staged.clone());
    let work = move || {
        let take_in = visitor.write("import users", |draft, context| {
            let StagedFile { organization, behavior, file, .. } = &*staged;
            bulk::import(draft, context, *organization, *behavior, file.name.as_deref(), &file.content)
        });
        Handle::current().block_on(take_in)
    };
    apart(work).await
}

/// The preview, with what was said against submitting it.
async fn show(
    visitor: &Arc<Visitor>,
    org: &str,
    staged: &Arc<StagedFile>,
    form: Form,
) -> Result<Response, Fault> {
    let plan = match plan(visitor, staged).await {
        Ok(plan) => plan,
        Err(refusal) => return refused(visitor, org, chosen(staged), refusal),
    };
    let title = visitor.text("csv-preview-title");
    let body = html! {
        (fields::summary(visitor, &form))
        (about(visitor, staged, &plan))
        (counts(visitor, &plan))
        (submission(visitor, org, staged))
        @match shown(visitor) {
            Some(outcome) => (rows::of_outcome(visitor, &plan, outcome)),
            None => {
                (notes(visitor, &plan))
                (rows::first_refused(visitor, &plan))
                (rows::first_changes(visitor, &plan))
            }
        }
    };
    Ok(Sheet { console: Console::of_path(visitor), title: &title, body }.show_form(visitor, &form))
}

fn chosen(staged: &StagedFile) -> Form {
    Form::with([("behavior", staged.behavior.name())])
}

/// The outcome whose rows the visitor wants to see.
fn shown(visitor: &Visitor) -> Option<RowOutcome> {
    let word = visitor.query().text("show")?;
    OUTCOMES.iter().find(|(known, _)| *known == word).map(|(_, outcome)| *outcome)
}

fn about(visitor: &Visitor, staged: &StagedFile, plan: &Plan) -> Markup {
    html! {
        p.lead { (visitor.text("csv-preview-lead")) }
        dl {
            @if let Some(name) = &staged.file.name {
                dt { (visitor.text("csv-file-name")) }
                dd { bdi { (name) } }
            }
            dt { (visitor.text("csv-behavior-chosen")) }
            dd { (visitor.word("behavior", staged.behavior.name())) }
            dt { (visitor.text("csv-rows")) }
            dd { (plan.rows.len()) }
        }
    }
}

/// Rows by what would become of them, each figure leading to its rows.
fn counts(visitor: &Visitor, plan: &Plan) -> Markup {
    let here = visitor.href(visitor.path());
    html! {
        ul.cards aria-label=(visitor.text("csv-counts")) {
            @for (word, outcome) in OUTCOMES {
                @let count = rows::count(plan, outcome);
                li.card id=(format!("count-{word}")) {
                    div.figure { (count) }
                    @if count == 0 {
                        (visitor.word("planned", word))
                    } @else {
                        a href=(format!("{here}?show={word}")) { (visitor.word("planned", word)) }
                    }
                }
            }
        }
    }
}

fn submission(visitor: &Visitor, org: &str, staged: &StagedFile) -> Markup {
    let place = Place::ControlHub(staged.organization);
    let held_back = visitor.held_back(Errand::ManageUsers, place);
    let again = format!("{}?behavior={}", path(org), staged.behavior.name());
    html! {
        div.actions {
            (fields::form(visitor, &format!("{}/{}", path(org), staged.id), html! {
                (offer::button(visitor, "primary", "csv-submit", held_back.as_ref()))
            }))
            a.button href=(visitor.href(&again)) { (visitor.text("csv-choose-another")) }
        }
    }
}

/// What happens without the file saying so, or is better not left so, counted.
fn notes(visitor: &Visitor, plan: &Plan) -> Markup {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for warning in plan.rows.iter().flat_map(|row| &row.warnings) {
        *counts.entry((warning.rule.id, warning.note.phrase.id)).or_default() += 1;
    }
    html! {
        @if !counts.is_empty() {
            section.warning aria-labelledby="notes" {
                h2 #notes { (visitor.text("notes-title")) }
                ul {
                    @for ((rule, note), count) in counts {
                        li {
                            (visitor.language.counted_note(rule, note, count)) " "
                            a href=(visitor.href(&format!("/behind-the-scenes/rules#{rule}"))) { (rule) }
                        }
                    }
                }
            }
        }
    }
}
