//! Manually Add Users, step by step: the first user, more of them, what became of each.
//!
//! All pages send one form to one address; which button was pressed says what comes next. Users so far are in hidden
//! fields (`typed`). Before anybody is added, the operation itself is tried on a draft that is dropped, so that what it
//! would refuse is said where it can still be corrected.

mod basic;
mod more;
mod outcome;
mod person;

use axum::response::Response;
use hub_core::operation::users::{self, UserResult};
use hub_core::{Draft, HubError};
use maud::{Markup, html};

use super::typed;
use super::{pasted, path};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::visitor::{Seen, Visitor};

const STEPS: [&str; 3] = ["step-basic", "step-more", "step-results"];

/// What stands in the wizard.
struct Wizard {
    org: String,
    /// The users so far.
    users: Vec<Form>,
    /// The user who is being typed, and lines that were pasted.
    form: Form,
}

pub(super) async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    basic::show(&visitor, &org, &Form::default())
}

pub(super) async fn step(
    Seen(visitor): Seen,
    Path(org): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let mut wizard = Wizard { users: form.all("user").map(typed::read).collect(), org, form };
    if let Some(at) = wizard.pressed("edit") {
        wizard.edit(&visitor, at);
        return more::show(&visitor, &wizard);
    }
    if let Some(at) = wizard.pressed("remove") {
        wizard.users.remove(at);
        return more::show(&visitor, &wizard);
    }
    match wizard.form.value("do") {
        "begin" => begin(&visitor, wizard),
        "finish" => finish(&visitor, wizard).await,
        "again" => more::show(&visitor, &wizard),
        _ => another(&visitor, wizard),
    }
}

/// From the first page to the second.
fn begin(visitor: &Visitor, mut wizard: Wizard) -> Result<Response, Fault> {
    let typed = typed::of(&wizard.form);
    match wizard.take_in(visitor, vec![typed], true) {
        Ok(()) => more::show(visitor, &wizard),
        Err(refusal) => basic::show(visitor, &wizard.org, &wizard.form.refused(refusal)),
    }
}

/// One user more, or several; nothing that was typed is lost where that is refused.
fn another(visitor: &Visitor, mut wizard: Wizard) -> Result<Response, Fault> {
    let new = wizard.newcomers();
    let is_typed = !typed::is_blank(&typed::of(&wizard.form));
    if let Err(refusal) = wizard.take_in(visitor, new, is_typed) {
        wizard.form = wizard.form.refused(refusal);
        return more::refused(visitor, &wizard);
    }
    more::show(visitor, &wizard)
}

/// Adds all users; who is refused can be corrected.
async fn finish(visitor: &Visitor, mut wizard: Wizard) -> Result<Response, Fault> {
    let all: Vec<Form> = wizard.users.iter().cloned().chain(wizard.newcomers()).collect();
    let new: Vec<_> = all.iter().map(typed::new_user).collect();
    let org = wire_id::read(&wizard.org);
    match visitor.write("add users", |draft, context| users::add(draft, context, org, &new)).await {
        Ok(results) => Ok(outcome::show(visitor, &wizard.org, &all, &results)),
        Err(fault) => {
            wizard.form = wizard.form.refused(fault);
            more::refused(visitor, &wizard)
        }
    }
}

impl Wizard {
    /// The user whose button with this name was pressed.
    fn pressed(&self, name: &str) -> Option<usize> {
        let at = self.form.given(name)?.parse().ok();
        at.filter(|at| *at < self.users.len())
    }

    /// Who is typed, and who was pasted.
    fn newcomers(&self) -> Vec<Form> {
        let typed = Some(typed::of(&self.form)).filter(|typed| !typed::is_blank(typed));
        typed.into_iter().chain(pasted::new_users(self.form.value("pasted"), &self.form)).collect()
    }

    /// Puts new users to those so far. Refused when they are too many, or the one who stands in the fields could not be
    /// added; what is wrong with others is said in their rows.
    fn take_in(&mut self, visitor: &Visitor, new: Vec<Form>, is_first_typed: bool) -> Result<(), HubError> {
        if new.is_empty() {
            return Ok(());
        }
        let first = self.users.len();
        let all: Vec<Form> = self.users.iter().cloned().chain(new).collect();
        let mut results = tried(visitor, &self.org, &all)?;
        if is_first_typed {
            results.swap_remove(first).outcome?;
        }
        self.users = all;
        self.form = typed::next_to(&self.form);
        Ok(())
    }

    /// Takes a user back into the fields; who stands there takes his place.
    fn edit(&mut self, visitor: &Visitor, at: usize) {
        let mut chosen = self.users.remove(at);
        let typed = typed::of(&self.form);
        if !typed::is_blank(&typed) {
            self.users.insert(at, typed);
        }
        let all: Vec<Form> = self.users.iter().cloned().chain([chosen.clone()]).collect();
        let results = tried(visitor, &self.org, &all).unwrap_or_default();
        chosen.set("pasted", self.form.value("pasted"));
        self.form = match results.into_iter().next_back().map(|result| result.outcome) {
            Some(Err(refusal)) => chosen.refused(refusal),
            _ => chosen,
        };
    }
}

/// What would become of users if they were added now.
fn tried(visitor: &Visitor, org: &str, users: &[Form]) -> Result<Vec<UserResult>, HubError> {
    let new: Vec<_> = users.iter().map(typed::new_user).collect();
    visitor.read(|world, context| users::add(&mut Draft::of(world), context, wire_id::read(org), &new))
}

/// The path of all steps.
fn here(org: &str) -> String {
    path(org, "/add")
}

/// Where the visitor is in the wizard.
fn steps(visitor: &Visitor, present: &str) -> Markup {
    html! {
        ol.steps {
            @for step in STEPS {
                li aria-current=[(step == present).then_some("step")] { (visitor.text(step)) }
            }
        }
    }
}

/// Users as hidden fields.
fn hidden<'u>(users: impl IntoIterator<Item = &'u Form>) -> Markup {
    html! {
        @for user in users { input type="hidden" name="user" value=(typed::written(user)); }
    }
}
