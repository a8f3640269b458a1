//! The user of a row: as he was, what the row makes of him, and what is to be said about it.

use std::sync::Arc;

use hub_rules::bulk::READ_ONLY_CELL_IS_UNCHANGED;
use hub_rules::subscribers::EMAIL_IS_UNIQUE;
use hub_rules::{Rule, Said, notes};

use super::base_licenses::Occasion;
use super::columns::Column;
use super::export::cell_of;
use super::parse::Row;
use super::report::Warning;
use super::row::UserRow;
use crate::operation::license_changes::Goal;
use crate::operation::users;
use crate::record::{ImportBehavior, Organization, Person, Subscriber};
use crate::{Context, Draft, Email, HubError, Id, PackageSet};

/// A user as he was, and what the row makes of him.
pub(super) struct Candidate {
    pub(super) email: Email,
    pub(super) before: Option<Arc<Person>>,
    pub(super) subscriber: Option<Arc<Subscriber>>,
    pub(super) held: PackageSet,
    pub(super) wanted: PackageSet,
    pub(super) warnings: Vec<Warning>,
}

impl Candidate {
    /// The user of a row, or a new one (CSV-047). Refused when the address is somebody's in another organization.
    pub(super) fn find(
        draft: &Draft,
        context: &Context<'_>,
        organization: Id<Organization>,
        row: &Row<'_>,
        user: &UserRow<'_>,
    ) -> Result<Self, HubError> {
        let email = Email::of_well_formed(&user.email);
        let before = draft.person_by_email(&email).cloned();
        if let Some(elsewhere) = before.as_ref().filter(|person| person.organization != organization) {
            let refusal = row.broken(&EMAIL_IS_UNIQUE, Some(Column::Email)).saw(&email);
            return Err(users::or_claim(refusal, draft, context, elsewhere));
        }
        let subscriber = before.as_ref().and_then(|person| draft.subscriber_of(person.id)).cloned();
        let held = subscriber.as_ref().map_or_else(PackageSet::default, |subscriber| subscriber.packages);
        Ok(Candidate { email, before, subscriber, held, wanted: held, warnings: Vec::new() })
    }

    /// The person to change: the one there is, or a new one.
    pub(super) fn person(&self, context: &Context<'_>, organization: Id<Organization>) -> Person {
        match &self.before {
            Some(before) => Person::clone(before),
            None => Person::new(context.ids.next(), organization, self.email.clone(), context.now),
        }
    }

    /// A changed read-only cell is ignored with a warning, in strict mode refused (CSV-016).
    pub(super) fn check_read_only(
        &mut self,
        context: &Context<'_>,
        row: &Row<'_>,
        user: &UserRow<'_>,
    ) -> Result<(), HubError> {
        for (column, cell) in &user.read_only {
            let own = self.before.as_ref().map(|person| cell_of(person, *column)).unwrap_or_default();
            if own == *cell {
                continue;
            }
            if context.settings.is_strict {
                return Err(row.broken(&READ_ONLY_CELL_IS_UNCHANGED, Some(*column)).saw(cell));
            }
            let note = notes::READ_ONLY_CELL_IS_IGNORED.with("column", column.name()).with("cell", *cell);
            self.warn(&READ_ONLY_CELL_IS_UNCHANGED, note);
        }
        Ok(())
    }

    pub(super) fn occasion<'a>(&self, behavior: ImportBehavior, automatic: Option<&'a Goal>) -> Occasion<'a> {
        let gains_package = self.wanted.iter().any(|package| !self.held.contains(package));
        Occasion { behavior, gains_package, automatic }
    }

    pub(super) fn warn(&mut self, rule: &'static Rule, note: impl Into<Said>) {
        self.warnings.push(Warning { rule, note: note.into() });
    }
}
