//! Adding users by hand, up to 25 at once.

use hub_rules::subscribers::EXTERNAL_USERS_HAVE_NO_PACKAGE;
use hub_rules::users::{
    BOTH_NAMES_ARE_GIVEN, ONE_USER_WHERE_ATTRIBUTES_ARE_REQUIRED, REQUIRED_ATTRIBUTES_ARE_GIVEN,
    USER_HAS_NO_ACCOUNT_ELSEWHERE, USER_IS_NEW_TO_THE_ORGANIZATION,
};
use hub_rules::{advice, sights};

use super::run::{Run, UserOutcome, UserResult, describe, open_by_hand};
use crate::operation::access::ControlHub;
use crate::operation::subscribers::{self, filled};
use crate::operation::{PlacementRequest, automatic_licenses, packages};
use crate::record::{Organization, Person};
use crate::{Context, Draft, Email, HubError, Id, World};

/// What an administrator says of a new user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewUser {
    /// The address, as written.
    pub email: Box<str>,
    /// First name.
    pub first_name: Option<Box<str>>,
    /// Last name.
    pub last_name: Option<Box<str>>,
    /// Name shown to others, where it is not first and last name.
    pub display_name: Option<Box<str>>,
    /// The package; without one the user gets the automatic licences (USR-016).
    pub package: Option<Box<str>>,
    /// Location, number and extension.
    pub placement: PlacementRequest,
    /// Further attributes by their names.
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

/// Adds users, who are pending until they sign in (USR-007). Says what became of each.
///
/// The run is refused when the caller may not manage users, a directory is in charge of them (USR-003), there are not 1
/// to 25 (USR-001), or more than one while an attribute is required (USR-002). A user is refused whose address is taken
/// (USR-004, USR-005) or stands twice (USR-009), who lacks a name (USR-008) or a required attribute (USR-006), and as
/// [`subscribers::provision`] refuses.
pub fn add(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    users: &[NewUser],
) -> Result<Vec<UserResult>, HubError> {
    let control_hub = open(draft, context, organization, users.len())?;
    let mut run = Run::default();
    for user in users {
        run.user(draft, &user.email, |draft, email| {
            let id = add_one(draft, context, &control_hub, user, email)?;
            Ok((UserOutcome::Added, id))
        });
    }
    Ok(run.results)
}

/// Refuses what [`add`] would refuse of so many users, whoever they are.
pub fn permits_adding(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    users: usize,
) -> Result<(), HubError> {
    open(world, context, organization, users).map(drop)
}

fn open(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    users: usize,
) -> Result<ControlHub, HubError> {
    let control_hub = open_by_hand(world, context, organization, users)?;
    let required = &control_hub.organization.settings.required_attributes;
    if users > 1 && !required.is_empty() {
        let names: Vec<_> = required.iter().map(|attribute| attribute.name()).collect();
        let refusal = HubError::broken(&ONE_USER_WHERE_ATTRIBUTES_ARE_REQUIRED).at("users");
        return Err(refusal
            .saw_that(sights::USERS.with("users", users))
            .advise(advice::THESE_ARE_REQUIRED.with("names", names.join(", "))));
    }
    Ok(control_hub)
}

fn add_one(
    draft: &mut Draft,
    context: &Context<'_>,
    control_hub: &ControlHub,
    new: &NewUser,
    email: &Email,
) -> Result<Id<Person>, HubError> {
    let organization = &control_hub.organization;
    check_is_new(draft, context, organization.id, email, new.package.is_some())?;
    let mut person = Person::new(context.ids.next(), organization.id, email.clone(), context.now);
    person.first_name = filled(new.first_name.as_deref());
    person.last_name = filled(new.last_name.as_deref());
    person.display_name = filled(new.display_name.as_deref());
    for (field, name) in [("firstName", &person.first_name), ("lastName", &person.last_name)] {
        if name.is_none() {
            return Err(HubError::broken(&BOTH_NAMES_ARE_GIVEN).at(field));
        }
    }
    describe(&mut person, &new.attributes)?;
    let required = &organization.settings.required_attributes;
    if let Some(lacking) = required.iter().find(|attribute| person.attribute(**attribute).is_none()) {
        let refusal = HubError::broken(&REQUIRED_ATTRIBUTES_ARE_GIVEN);
        return Err(refusal.at(format!("attributes.{}", lacking.name())));
    }
    let id = person.id;
    match &new.package {
        None => drop(automatic_licenses::keep_new(draft, context, person)?),
        Some(name) => {
            let packages = [packages::named(name)?].into_iter().collect();
            let place = || new.placement.read();
            subscribers::assign(draft, context, &control_hub.customer, person, packages, place)?;
        }
    }
    Ok(id)
}

/// Refuses an address that is somebody's, here (USR-004, for a guest who is to have a package SUB-013) or elsewhere
/// (USR-005).
fn check_is_new(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    email: &Email,
    has_package: bool,
) -> Result<(), HubError> {
    let Some(owner) = world.person_by_email(email) else { return Ok(()) };
    if owner.organization == organization {
        let is_guest = owner.is_external && has_package;
        let rule = if is_guest { &EXTERNAL_USERS_HAVE_NO_PACKAGE } else { &USER_IS_NEW_TO_THE_ORGANIZATION };
        return Err(HubError::broken(rule).saw(email));
    }
    Err(or_claim(HubError::broken(&USER_HAS_NO_ACCOUNT_ELSEWHERE).saw(email), world, context, owner))
}

/// The refusal to add somebody of another organization, with the advice to claim him where that can be done.
pub(crate) fn or_claim(refusal: HubError, world: &World, context: &Context<'_>, owner: &Person) -> HubError {
    match super::claim::check(world, context, owner) {
        Ok(_) => refusal.advise(&advice::CLAIM_THE_USER),
        Err(_) => refusal,
    }
}
