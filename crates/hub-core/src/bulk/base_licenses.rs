//! Base licences: what a row says of them, and when a user gets them without the row saying so.

use std::sync::Arc;

use hub_rules::Rule;
use hub_rules::bulk::{ADD_ONLY_GIVES_BASE_LICENSES, EMPTY_ADD_GIVES_BASE_LICENSES};

use super::row::UserRow;
use crate::operation::licenses;
use crate::record::{ImportBehavior, License, LicenseKind, Organization, Person};
use crate::{Id, World};

/// The base licences of an organization.
pub(super) struct BaseLicenses(Vec<(LicenseKind, Id<License>)>);

/// What a row does to its user, as far as base licences depend on it.
#[derive(Clone, Copy)]
pub(super) struct Occasion {
    pub(super) behavior: ImportBehavior,
    /// Whether the user gets a package that he did not have.
    pub(super) gains_package: bool,
    /// Whether the user is new and gets no package.
    pub(super) is_empty_add: bool,
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
        occasion: Occasion,
        person: &mut Person,
    ) -> Option<&'static Rule> {
        let mut come = self.chosen(user, true);
        let mut gone = self.chosen(user, false);
        if occasion.behavior == ImportBehavior::AddServicesOnly {
            gone.clear();
        }
        let mut silent = silently(user, occasion);
        if silent.is_some() {
            let is_new = |id: &Id<License>| !come.contains(id) && !person.licenses.contains(id);
            let unasked: Vec<Id<License>> = self.0.iter().map(|(_, id)| *id).filter(is_new).collect();
            silent = silent.filter(|_| !unasked.is_empty());
            come.extend(unasked);
        }
        if !come.is_empty() || !gone.is_empty() {
            person.licenses = licenses::exchanged(&person.licenses, &gone, &[Arc::from(come)]);
        }
        silent
    }

    fn chosen(&self, user: &UserRow<'_>, wanted: bool) -> Vec<Id<License>> {
        let is_chosen = |kind| user.base_licenses.contains(&(kind, wanted));
        self.0.iter().filter(|(kind, _)| is_chosen(*kind)).map(|(_, id)| *id).collect()
    }
}

/// The rule by which the user gets all base licences (CSV-020, CSV-030).
fn silently(user: &UserRow<'_>, occasion: Occasion) -> Option<&'static Rule> {
    if occasion.behavior == ImportBehavior::AddServicesOnly && occasion.gains_package {
        return Some(&ADD_ONLY_GIVES_BASE_LICENSES);
    }
    (occasion.is_empty_add && user.base_licenses.is_empty()).then_some(&EMPTY_ADD_GIVES_BASE_LICENSES)
}
