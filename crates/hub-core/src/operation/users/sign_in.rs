//! Signing in: a pending user becomes active (USR-007), and who was asked consents to move (SUB-022)
//! or accepts licences (LIC-032).

use std::sync::Arc;

use hub_rules::users::{SUSPENDED_USERS_DO_NOT_SIGN_IN, WHO_SIGNS_IN_IS_KNOWN};

use super::claim;
use crate::operation::{access, people, subscribers};
use crate::record::{Fault, Person, PersonStatus, Subscriber, SubscriberStatus};
use crate::{Context, Draft, Email, HubError, PackageSet, Record};

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
    let person = match person.status {
        PersonStatus::Active if person.pending.is_none() => person,
        PersonStatus::Suspended => {
            return Err(HubError::broken(&SUSPENDED_USERS_DO_NOT_SIGN_IN).at("email").saw(&person.email));
        }
        PersonStatus::Active | PersonStatus::Pending => activated(draft, context, &person),
    };
    let waiting = draft.subscriber_of(person.id).cloned();
    match waiting.filter(|waiting| waiting.status == SubscriberStatus::PendingUserMigration) {
        Some(waiting) => Ok(consent(draft, context, person, &waiting)),
        None => Ok(person),
    }
}

/// The person as active, with what waited for him (LIC-032).
fn activated(draft: &mut Draft, context: &Context<'_>, person: &Person) -> Arc<Person> {
    let mut person = person.accepted();
    person.status = PersonStatus::Active;
    person.modified = context.now;
    let person = Arc::new(person);
    draft.put(Record::Person(person.clone()));
    person
}

/// Takes a sign-in as the consent that was asked for (SUB-022). What is not to be had any more does not hinder it:
/// the person stays where he is, and the subscriber says why.
fn consent(
    draft: &mut Draft,
    context: &Context<'_>,
    person: Arc<Person>,
    waiting: &Subscriber,
) -> Arc<Person> {
    let Err(refusal) = draft.attempt(|draft| move_here(draft, context, &person, waiting)) else {
        return draft.person(person.id).cloned().unwrap_or(person);
    };
    let errors = Box::new([Fault { code: refusal.rule.error_code, description: refusal.rule.says.into() }]);
    if *errors != *waiting.errors {
        draft.put(Record::Subscriber(Subscriber { errors, ..waiting.clone() }.into()));
    }
    person
}

/// Moves somebody to the organization of the customer who asked, with the packages and the place of then.
fn move_here(
    draft: &mut Draft,
    context: &Context<'_>,
    person: &Person,
    waiting: &Subscriber,
) -> Result<Arc<Subscriber>, HubError> {
    let customer = draft.customer(waiting.customer).expect("a subscriber has a customer").clone();
    access::check_settled(context, &customer)?;
    people::take_away(draft, context, person);
    let person = Person { status: person.status, ..claim::moved(person, customer.organization) };
    // As one who has no package yet he keeps id and date, and does not count twice towards the quantity.
    let arrived = Subscriber {
        packages: PackageSet::default(),
        status: SubscriberStatus::Provisioned,
        errors: Box::new([]),
        last_status_change: context.now,
        ..waiting.clone()
    };
    draft.put(Record::Person(person.clone().into()));
    draft.put(Record::Subscriber(arrived.into()));
    subscribers::assign(draft, context, &customer, person, waiting.packages, || Ok(waiting.awaited_place()))
}
