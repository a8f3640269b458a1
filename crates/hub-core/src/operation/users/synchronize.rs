//! One run of directory synchronization, with the users whom the customer's directory lists.

use std::collections::HashSet;
use std::sync::Arc;

use hub_rules::users::{DIRECTORY_IS_SYNCHRONIZED, USER_HAS_NO_ACCOUNT_ELSEWHERE};

use super::run::{Run, UserOutcome, UserResult, describe};
use crate::operation::access::{ControlHub, Errand};
use crate::operation::automatic_licenses;
use crate::operation::subscribers::filled;
use crate::record::{Organization, Person, PersonStatus};
use crate::{Context, Draft, Email, HubError, Id, Record, World};

/// A user as the directory lists him; what it does not say stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirectoryUser {
    /// The address, as written.
    pub email: Box<str>,
    /// First name.
    pub first_name: Option<Box<str>>,
    /// Last name.
    pub last_name: Option<Box<str>>,
    /// Name shown to others.
    pub display_name: Option<Box<str>>,
    /// Further attributes by their names.
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

/// Adds, changes and deactivates users, so that they are those of the directory (USR-014). Says what became of each.
///
/// New users get the automatic licences (USR-016); who is listed again is active again. Only who was listed before is
/// deactivated. The run is refused when the caller may not manage users or no directory is in charge (USR-013); a user
/// is refused whose address is of another organization or of a guest (USR-005) or stands twice (USR-009).
pub fn synchronize(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    listed: &[DirectoryUser],
) -> Result<Vec<UserResult>, HubError> {
    permits_synchronizing(draft, context, organization)?;
    let mut run = Run::default();
    for user in listed {
        run.user(draft, &user.email, |draft, email| take_over(draft, context, organization, user, email));
    }
    let addresses: HashSet<Email> = listed.iter().filter_map(|user| Email::parse(&user.email).ok()).collect();
    let is_dropped = |person: &&Arc<Person>| {
        person.is_of_directory
            && person.status != PersonStatus::Suspended
            && !addresses.contains(&person.email)
    };
    let dropped: Vec<_> = draft.people_of(organization).filter(is_dropped).cloned().collect();
    for person in dropped {
        let outcome = Ok((UserOutcome::Deactivated, person.id));
        run.results.push(UserResult { email: person.email.as_str().into(), outcome });
        let mut person = Person::clone(&person);
        person.status = PersonStatus::Suspended;
        person.modified = context.now;
        draft.put(Record::Person(person.into()));
    }
    Ok(run.results)
}

/// Refuses what [`synchronize`] would refuse of any user.
pub fn permits_synchronizing(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<(), HubError> {
    let control_hub = ControlHub::open_for(world, context, organization, Errand::ManageUsers)?;
    match control_hub.organization.settings.has_directory {
        true => Ok(()),
        false => Err(HubError::broken(&DIRECTORY_IS_SYNCHRONIZED)),
    }
}

fn take_over(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    user: &DirectoryUser,
    email: &Email,
) -> Result<(UserOutcome, Id<Person>), HubError> {
    let present = draft.person_by_email(email).cloned();
    let is_foreign = |person: &Arc<Person>| person.organization != organization || person.is_external;
    if present.as_ref().is_some_and(is_foreign) {
        return Err(HubError::broken(&USER_HAS_NO_ACCOUNT_ELSEWHERE).saw(email));
    }
    let mut person = match &present {
        Some(present) => Person::clone(present),
        None => Person::new(context.ids.next(), organization, email.clone(), context.now),
    };
    let names = [
        (&mut person.first_name, &user.first_name),
        (&mut person.last_name, &user.last_name),
        (&mut person.display_name, &user.display_name),
    ];
    for (name, listed) in names {
        *name = filled(listed.as_deref()).or_else(|| name.take());
    }
    describe(&mut person, &user.attributes)?;
    if person.is_of_directory && person.status == PersonStatus::Suspended {
        person.status = PersonStatus::Active;
    }
    person.is_of_directory = true;
    let id = person.id;
    let Some(present) = present else {
        automatic_licenses::keep_new(draft, context, person)?;
        return Ok((UserOutcome::Added, id));
    };
    if person == *present {
        return Ok((UserOutcome::Unchanged, id));
    }
    person.modified = context.now;
    draft.put(Record::Person(person.into()));
    Ok((UserOutcome::Changed, id))
}
