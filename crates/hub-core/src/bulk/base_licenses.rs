//! Base licences: what a row says of them, and when a user gets them without the row saying so.
//!
//! Two rules give what a row is silent about: under *add services only* the default base licences come with a package
//! (CSV-020), whatever the organization's automatic licences are; a new user without any service gets those (CSV-030).

use std::sync::Arc;

use hub_rules::Rule;
use hub_rules::bulk::{ADD_ONLY_GIVES_BASE_LICENSES, NEW_USER_GETS_AUTOMATIC_LICENSES};

use super::row::UserRow;
use crate::operation::license_changes::Goal;
use crate::operation::licenses;
use crate::record::{ImportBehavior, License, LicenseKind, Organization, Person};
use crate::{Id, World};

/// The base licences of an organization.
pub(super) struct BaseLicenses(Vec<(LicenseKind, Id<License>)>);

/// What a row does to its user, as far as base licences depend on it.
#[derive(Clone, Copy)]
pub(super) struct Occasion<'a> {
    pub(super) behavior: ImportBehavior,
    /// Whether the user gets a package that he did not have.
    pub(super) gains_package: bool,
    /// The automatic licences, of a new user who gets no service by the row.
    pub(super) automatic: Option<&'a Goal>,
}

impl BaseLicenses {
    pub(super) fn of(world: &World, organization: Id<Organization>) -> Self {
        let base = licenses::base(world, organization);
        BaseLicenses(base.map(|license| (license.kind, license.id)).collect())
    }

    /// Gives and takes; says by which rule the user gets what the row did not ask for.
    pub(super) fn choose(
        &self,
        user: &UserRow<'_>,
        occasion: Occasion<'_>,
        person: &mut Person,
    ) -> Option<&'static Rule> {
        let mut come = self.chosen(user, true);
        let mut gone = self.chosen(user, false);
        if occasion.behavior == ImportBehavior::AddServicesOnly {
            gone.clear();
        }
        let silent = self.silently(occasion).and_then(|(rule, given)| {
            let is_new = |id: &Id<License>| !come.contains(id) && !person.licenses.contains(id);
            let unasked: Vec<Id<License>> = given.into_iter().filter(is_new).collect();
            let is_more = !unasked.is_empty();
            come.extend(unasked);
            is_more.then_some(rule)
        });
        if !come.is_empty() || !gone.is_empty() {
            person.licenses = licenses::exchanged(&person.licenses, &gone, &[Arc::from(come)]);
        }
        silent
    }

    /// What the user gets without the row saying so, and by which rule (CSV-020, CSV-030).
    fn silently(&self, occasion: Occasion<'_>) -> Option<(&'static Rule, Vec<Id<License>>)> {
        if let Some(automatic) = occasion.automatic {
            return Some((&NEW_USER_GETS_AUTOMATIC_LICENSES, automatic.base.clone()));
        }
        let gains = occasion.behavior == ImportBehavior::AddServicesOnly && occasion.gains_package;
        gains.then(|| (&ADD_ONLY_GIVES_BASE_LICENSES, self.0.iter().map(|(_, id)| *id).collect()))
    }

    fn chosen(&self, user: &UserRow<'_>, wanted: bool) -> Vec<Id<License>> {
        let is_chosen = |kind| user.base_licenses.contains(&(kind, wanted));
        self.0.iter().filter(|(kind, _)| is_chosen(*kind)).map(|(_, id)| *id).collect()
    }
}
