//! Claiming users who have an account elsewhere: of consumers, or pending where nobody is in charge of them.

use hub_rules::advice;
use hub_rules::users::{USER_CAN_BE_CLAIMED, USER_IS_NEW_TO_THE_ORGANIZATION, USER_TO_CLAIM_IS_KNOWN};

use super::run::{Run, UserOutcome, UserResult, open_by_hand};
use crate::operation::access::ControlHub;
use crate::operation::{PlacementRequest, license_changes, packages, people, subscribers};
use crate::record::{Organization, OrganizationKind, Person, PersonStatus};
use crate::{Context, Draft, Email, HubError, Id, World};

/// What an administrator says of a user whom he claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimedUser {
    /// The address, as written.
    pub email: Box<str>,
    /// The package that the user gets.
    pub package: Box<str>,
    /// Location, number and extension.
    pub placement: PlacementRequest,
}

/// How a user comes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// He is asked first (SUB-017).
    Consent,
    /// He has never signed in, so that there is nobody to ask.
    AtOnce,
}

/// Claims users. Says what became of each.
///
/// The run is refused as one that adds users is. A user is refused who is here already (USR-004), has no account
/// (USR-011) or cannot be claimed (USR-010), and when the package is not to be had.
pub fn claim(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    users: &[ClaimedUser],
) -> Result<Vec<UserResult>, HubError> {
    let control_hub = open_by_hand(draft, context, organization, users.len())?;
    let mut run = Run::default();
    for user in users {
        run.user(draft, &user.email, |draft, email| claim_one(draft, context, &control_hub, user, email));
    }
    Ok(run.results)
}

/// Refuses what [`claim`] would refuse of any user.
pub fn permits_claiming(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<(), HubError> {
    open_by_hand(world, context, organization, 1).map(drop)
}

fn claim_one(
    draft: &mut Draft,
    context: &Context<'_>,
    control_hub: &ControlHub,
    asked: &ClaimedUser,
    email: &Email,
) -> Result<(UserOutcome, Id<Person>), HubError> {
    let customer = &control_hub.customer;
    let person = draft.person_by_email(email).cloned();
    let person = person
        .ok_or_else(|| HubError::broken(&USER_TO_CLAIM_IS_KNOWN).saw(email).advise(&advice::ADD_THE_USER))?;
    if person.organization == control_hub.organization.id {
        return Err(HubError::broken(&USER_IS_NEW_TO_THE_ORGANIZATION).saw(email));
    }
    let way = check(draft, context, &person)?;
    let package = packages::named(&asked.package)?;
    packages::check_add_ons([package].into_iter().collect()).map_err(|refusal| refusal.at("package"))?;
    if way == Way::Consent {
        subscribers::await_consent(draft, context, customer, &person, package, &asked.placement)?;
        return Ok((UserOutcome::AwaitsConsent, person.id));
    }
    people::take_away(draft, context, &person);
    let person = moved(&person, control_hub.organization.id);
    let (id, packages) = (person.id, [package].into_iter().collect());
    subscribers::assign(draft, context, customer, person, packages, || asked.placement.read())?;
    Ok((UserOutcome::Claimed, id))
}

/// How this person can be claimed. Refused when he cannot be (USR-010).
pub(super) fn check(world: &World, context: &Context<'_>, person: &Person) -> Result<Way, HubError> {
    if subscribers::may_migrate(world, person) {
        return Ok(Way::Consent);
    }
    let organization = world.organization(person.organization);
    let is_in_charge = organization.is_none_or(|organization| organization.kind == OrganizationKind::Partner)
        || license_changes::customer_of(world, context, person.organization).is_some();
    let is_unclaimed = person.status == PersonStatus::Pending && !person.is_external && !is_in_charge;
    match is_unclaimed && world.subscriber_of(person.id).is_none() {
        true => Ok(Way::AtOnce),
        false => Err(HubError::broken(&USER_CAN_BE_CLAIMED).saw(&person.email)),
    }
}

/// The person without what he had by his old organization.
pub(super) fn moved(person: &Person, organization: Id<Organization>) -> Person {
    Person {
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        display_name: person.display_name.clone(),
        attributes: person.attributes.clone(),
        ..Person::new(person.id, organization, person.email.clone(), person.created)
    }
}
