//! Signing in: a pending user becomes active (USR-007).

use std::sync::Arc;

use hub_rules::users::{SUSPENDED_USERS_DO_NOT_SIGN_IN, WHO_SIGNS_IN_IS_KNOWN};

use crate::record::{Person, PersonStatus};
use crate::{Context, Draft, Email, HubError, Record};

/// Signs somebody in by his address, as if he did it himself.
///
/// Refused when nobody has the address (USR-021) or the user is suspended (USR-022).
pub fn sign_in(draft: &mut Draft, context: &Context<'_>, email: &str) -> Result<Arc<Person>, HubError> {
    let email = Email::parse(email).map_err(|refusal| refusal.at("email"))?;
    let person = draft.person_by_email(&email).cloned();
    let person = person.ok_or_else(|| HubError::broken(&WHO_SIGNS_IN_IS_KNOWN).at("email").saw(&email))?;
    arrive(draft, context, person)
}

/// Signs the caller in, where he is a user of his organization and not a stand-in.
pub fn sign_in_caller(draft: &mut Draft, context: &Context<'_>) -> Result<(), HubError> {
    let organization = context.caller.organization;
    let person = draft.person_by_email(&context.caller.email());
    match person.filter(|person| person.organization == organization).cloned() {
        Some(person) => arrive(draft, context, person).map(drop),
        None => Ok(()),
    }
}

fn arrive(draft: &mut Draft, context: &Context<'_>, person: Arc<Person>) -> Result<Arc<Person>, HubError> {
    match person.status {
        PersonStatus::Active => Ok(person),
        PersonStatus::Suspended => {
            Err(HubError::broken(&SUSPENDED_USERS_DO_NOT_SIGN_IN).at("email").saw(&person.email))
        }
        PersonStatus::Pending => {
            let mut person = Person::clone(&person);
            person.status = PersonStatus::Active;
            person.modified = context.now;
            let person = Arc::new(person);
            draft.put(Record::Person(person.clone()));
            Ok(person)
        }
    }
}
