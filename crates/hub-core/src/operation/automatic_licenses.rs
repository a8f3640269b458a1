//! Automatic licences: what new users get without being given it, and the setting that says so.
//!
//! A user who is added without licences of his own gets them at once; those of a group he gets when he joins. What
//! cannot be given is passed over, and nothing is taken: neither when the setting changes nor when somebody leaves a
//! group (USR-017).

use std::sync::Arc;

use hub_rules::licenses::LICENSE_IS_RECOGNIZED;
use hub_rules::users::GROUP_WITH_LICENSES_IS_KNOWN;

use super::license_changes::{self, Goal};
use super::{PlacementRequest, licenses};
use crate::record::{
    AutomaticLicenses, Group, GroupLicenses, License, Organization, OrganizationSettings, Person,
};
use crate::{Context, Draft, HubError, Id, Package, Record, World};

/// What an administrator asks new users to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AutomaticAssignment {
    /// Nothing.
    Off,
    /// These licences.
    Organization(Vec<Id<License>>),
    /// The licences of the groups that they are in.
    Groups(Vec<(Id<Group>, Vec<Id<License>>)>),
}

/// Keeps a new user, and gives him the automatic licences.
pub(super) fn keep_new(
    draft: &mut Draft,
    context: &Context<'_>,
    mut person: Person,
) -> Result<Arc<Person>, HubError> {
    person.has_automatic_licenses = true;
    let goal = goal(draft, context, &person);
    license_changes::reach(draft, context, person, &goal, || PlacementRequest::default().read())
}

/// Gives those who have come into a group what they get there, beside what other groups gave them (USR-018).
pub(super) fn give_to_joiners(
    draft: &mut Draft,
    context: &Context<'_>,
    before: Option<&Group>,
    group: &Group,
) {
    let organization = draft.organization(group.organization).expect("a group has one");
    if !matches!(organization.settings.automatic_licenses, AutomaticLicenses::Groups(_)) {
        return;
    }
    let is_new = |id: &&Id<Person>| before.is_none_or(|before| !before.members.contains(id));
    for id in group.members.iter().filter(is_new) {
        let person = Person::clone(draft.person(*id).expect("members are people"));
        let goal = goal(draft, context, &person);
        let has_more = goal.packages != license_changes::held_by(draft, *id)
            || goal.base.iter().any(|license| !person.licenses.contains(license));
        if person.has_automatic_licenses && has_more {
            let give = |draft: &mut Draft| {
                license_changes::reach(draft, context, person, &goal, || PlacementRequest::default().read())
            };
            draft.attempt(give).ok();
        }
    }
}

/// What a user is to have with the automatic licences beside what he has; calling is never among them (USR-019).
pub(crate) fn goal(world: &World, context: &Context<'_>, person: &Person) -> Goal {
    let automatic = match person.is_external {
        true => Vec::new(),
        false => of_person(world, person),
    };
    let is_calling = |id: &Id<License>| {
        let package = world.license(*id).and_then(|license| license.package);
        package.is_some_and(Package::is_calling)
    };
    let automatic = automatic.into_iter().filter(|id| !is_calling(id));
    let all: Vec<_> = person.licenses.iter().copied().chain(automatic).collect();
    license_changes::by_list(world, context, person, &all)
}

/// The licences that the setting names for this person.
fn of_person(world: &World, person: &Person) -> Vec<Id<License>> {
    let Some(organization) = world.organization(person.organization) else { return Vec::new() };
    match &organization.settings.automatic_licenses {
        AutomaticLicenses::Off => Vec::new(),
        AutomaticLicenses::Base => licenses::base(world, organization.id).map(|license| license.id).collect(),
        AutomaticLicenses::Organization(licenses) => licenses.clone(),
        AutomaticLicenses::Groups(groups) => {
            let is_in = |entry: &&GroupLicenses| {
                world.group(entry.group).is_some_and(|group| group.members.contains(&person.id))
            };
            groups.iter().filter(is_in).flat_map(|entry| entry.licenses.iter().copied()).collect()
        }
    }
}

/// The setting that is asked for.
///
/// Refused when a licence is not one of the organization (LIC-005), or a group is not or stands twice (USR-020).
pub(super) fn lawful(
    world: &World,
    organization: Id<Organization>,
    asked: &AutomaticAssignment,
) -> Result<AutomaticLicenses, HubError> {
    match asked {
        AutomaticAssignment::Off => Ok(AutomaticLicenses::Off),
        AutomaticAssignment::Organization(licenses) => {
            let licenses = own_licenses(world, organization, licenses, "automaticLicenseAssignment")?;
            Ok(AutomaticLicenses::Organization(licenses))
        }
        AutomaticAssignment::Groups(groups) => {
            let mut entries: Vec<GroupLicenses> = Vec::new();
            for (index, (group, licenses)) in groups.iter().enumerate() {
                let place = format!("automaticLicenseAssignment.groups[{index}]");
                let own = world.group(*group).is_some_and(|group| group.organization == organization);
                if !own || entries.iter().any(|entry| entry.group == *group) {
                    let refusal = HubError::broken(&GROUP_WITH_LICENSES_IS_KNOWN);
                    return Err(refusal.at(format!("{place}.groupId")));
                }
                let licenses = own_licenses(world, organization, licenses, &place)?;
                entries.push(GroupLicenses { group: *group, licenses });
            }
            Ok(AutomaticLicenses::Groups(entries))
        }
    }
}

fn own_licenses(
    world: &World,
    organization: Id<Organization>,
    asked: &[Id<License>],
    place: &str,
) -> Result<Vec<Id<License>>, HubError> {
    let is_own =
        |id: &Id<License>| world.license(*id).is_some_and(|license| license.organization == organization);
    if let Some(index) = asked.iter().position(|id| !is_own(id)) {
        return Err(HubError::broken(&LICENSE_IS_RECOGNIZED).at(format!("{place}.licenses[{index}]")));
    }
    let mut licenses = asked.to_vec();
    licenses.sort();
    licenses.dedup();
    Ok(licenses)
}

/// Takes a group that goes out of the setting of its organization.
pub(super) fn forget_group(draft: &mut Draft, organization: Id<Organization>, gone: Id<Group>) {
    let mut organization = Organization::clone(draft.organization(organization).expect("a group has one"));
    let AutomaticLicenses::Groups(groups) = &organization.settings.automatic_licenses else { return };
    let rest: Vec<_> = groups.iter().filter(|entry| entry.group != gone).cloned().collect();
    if rest.len() < groups.len() {
        organization.settings.automatic_licenses = AutomaticLicenses::Groups(rest);
        draft.put(Record::Organization(organization.into()));
    }
}

/// What the setting says, as it is asked for: the default in full.
pub fn assignment_of(
    world: &World,
    organization: Id<Organization>,
    settings: &OrganizationSettings,
) -> AutomaticAssignment {
    match &settings.automatic_licenses {
        AutomaticLicenses::Off => AutomaticAssignment::Off,
        AutomaticLicenses::Base => AutomaticAssignment::Organization(
            licenses::base(world, organization).map(|license| license.id).collect(),
        ),
        AutomaticLicenses::Organization(licenses) => AutomaticAssignment::Organization(licenses.clone()),
        AutomaticLicenses::Groups(groups) => AutomaticAssignment::Groups(
            groups.iter().map(|entry| (entry.group, entry.licenses.clone())).collect(),
        ),
    }
}
