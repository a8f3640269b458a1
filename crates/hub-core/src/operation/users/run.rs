//! A run over users: each by himself, none stopped by another (USR-023).

use std::collections::HashSet;

use foldhash::fast::RandomState;
use hub_rules::sights;
use hub_rules::users::{ADDRESS_STANDS_ONCE_IN_A_RUN, NO_DIRECTORY_IS_IN_CHARGE, RUN_HAS_1_TO_25_USERS};

use crate::operation::access::{ControlHub, Errand};
use crate::record::{Attribute, Organization, Person};
use crate::{Context, Draft, Email, HubError, Id, World};

/// How many users one run by hand has at most.
pub const AT_MOST: usize = 25;

/// What became of one user of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserResult {
    /// The address, as written.
    pub email: Box<str>,
    /// What was done with whom, or why nothing was.
    pub outcome: Result<(UserOutcome, Id<Person>), HubError>,
}

/// What was done with a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserOutcome {
    /// A new user.
    Added,
    /// Of this organization now.
    Claimed,
    /// Asked to consent to move here (SUB-017).
    AwaitsConsent,
    /// Changed.
    Changed,
    /// Nothing to do.
    Unchanged,
    /// Suspended, because the directory lists him no longer.
    Deactivated,
}

impl UserOutcome {
    /// Every outcome.
    pub const ALL: [UserOutcome; 6] = [
        UserOutcome::Added,
        UserOutcome::Claimed,
        UserOutcome::AwaitsConsent,
        UserOutcome::Changed,
        UserOutcome::Unchanged,
        UserOutcome::Deactivated,
    ];

    /// The name on the wire and in pages.
    pub fn name(self) -> &'static str {
        match self {
            UserOutcome::Added => "added",
            UserOutcome::Claimed => "claimed",
            UserOutcome::AwaitsConsent => "pending_user_migration",
            UserOutcome::Changed => "changed",
            UserOutcome::Unchanged => "unchanged",
            UserOutcome::Deactivated => "deactivated",
        }
    }
}

/// Opens Control Hub for a run by hand of so many users. Refused when the caller may not manage users, while a directory is
/// in charge of them (USR-003), and for no user or too many (USR-001).
pub(super) fn open_by_hand(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    users: usize,
) -> Result<ControlHub, HubError> {
    let control_hub = ControlHub::open_for(world, context, organization, Errand::ManageUsers)?;
    if control_hub.organization.settings.has_directory {
        return Err(HubError::broken(&NO_DIRECTORY_IS_IN_CHARGE));
    }
    if !(1..=AT_MOST).contains(&users) {
        return Err(HubError::broken(&RUN_HAS_1_TO_25_USERS)
            .at("users")
            .saw_that(sights::USERS.with("users", users)));
    }
    Ok(control_hub)
}

/// A run that is under way.
#[derive(Debug, Default)]
pub(super) struct Run {
    addresses: HashSet<Email, RandomState>,
    pub(super) results: Vec<UserResult>,
}

impl Run {
    /// Tries one user; an address that was done before in this run is refused (USR-009).
    pub(super) fn user(
        &mut self,
        draft: &mut Draft,
        text: &str,
        step: impl FnOnce(&mut Draft, &Email) -> Result<(UserOutcome, Id<Person>), HubError>,
    ) {
        let outcome = Email::parse(text).and_then(|email| {
            if self.addresses.contains(&email) {
                return Err(HubError::broken(&ADDRESS_STANDS_ONCE_IN_A_RUN).saw(&email));
            }
            let done = draft.attempt(|draft| step(draft, &email))?;
            self.addresses.insert(email);
            Ok(done)
        });
        let outcome = outcome.map_err(|refusal| in_own_words(refusal.at("email")));
        self.results.push(UserResult { email: text.trim().into(), outcome });
    }
}

/// A refusal of a subscriber's place in the words of Control Hub.
pub(super) fn in_own_words(mut refusal: HubError) -> HubError {
    if refusal.field() != Some("primaryPhoneNumber") {
        return refusal;
    }
    refusal.place = None;
    refusal.at("phoneNumber")
}

/// Takes over attributes by their names; blank ones are none.
pub(super) fn describe(person: &mut Person, attributes: &[(Box<str>, Box<str>)]) -> Result<(), HubError> {
    for (name, value) in attributes {
        let attribute = Attribute::parse(name);
        let attribute = attribute.map_err(|refusal| refusal.at(format!("attributes.{name}")))?;
        person.put_attribute(attribute, Some(value.trim()).filter(|value| !value.is_empty()));
    }
    Ok(())
}
