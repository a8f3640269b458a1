//! Groups of people, for whoever asks: the group API below `/v1` and SCIM.

use std::collections::BTreeSet;
use std::sync::Arc;

use hub_rules::groups::{
    GROUP_HAS_A_NAME, GROUP_IS_KNOWN, GROUP_NAME_IS_UNIQUE, MEMBERS_ARE_OF_THE_ORGANIZATION,
};

use super::access::{self, Errand};
use super::automatic_licenses;
use crate::record::{Group, Organization, Person};
use crate::scim::Filter;
use crate::{Context, Draft, HubError, Id, Key, Limits, Record, Scope, World};

/// How many groups a page has (SCM-014).
pub const PAGE: Limits = Limits { default: 100, largest: 500 };
/// How many members a page of members has (SCM-014), and how many a group shows (GRP-005).
pub const MEMBERS_PAGE: Limits = Limits::at_most(500);

/// Which groups are wanted, in which order, and which part of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupSearch {
    /// A condition on what SCIM shows of a group.
    pub filter: Option<Filter>,
    /// What they are sorted by.
    pub sort: GroupSort,
    /// Whether the last comes first.
    pub is_descending: bool,
    /// The first of the page, counted from 0.
    pub start: usize,
    /// How many the page has at most.
    pub count: usize,
}

/// What groups are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GroupSort {
    /// The id, which sorts by creation.
    #[default]
    Id,
    /// The name.
    Name,
    /// The time of the last change.
    LastModified,
}

/// A page of groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundGroups {
    /// How many there are on all pages together.
    pub total: usize,
    /// Those of the page.
    pub groups: Vec<Arc<Group>>,
}

/// A new group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// Whose it is; without one, the caller's organization's.
    pub organization: Option<Id<Organization>>,
    /// Its name.
    pub name: Box<str>,
    /// What it is for.
    pub description: Option<Box<str>>,
    /// Who is in it.
    pub members: Vec<Id<Person>>,
}

/// A change of a group; what is not given stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupChange {
    /// The new name.
    pub name: Option<Box<str>>,
    /// What it is for.
    pub description: Option<Box<str>>,
    /// Who comes.
    pub added: Vec<Id<Person>>,
    /// Who goes.
    pub removed: Vec<Id<Person>>,
}

fn scope(context: &Context<'_>, errand: Errand) -> Scope {
    match errand {
        Errand::Look => access::any_of(context, &[Scope::GroupsRead, Scope::GroupsWrite]),
        _ => Scope::GroupsWrite,
    }
}

fn open<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    errand: Errand,
) -> Result<&'a Arc<Organization>, HubError> {
    access::organization(world, context, organization, errand, scope(context, errand))
}

/// The group, if the caller may go on this errand in its organization (GRP-001).
fn known<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Group>,
    errand: Errand,
) -> Result<&'a Arc<Group>, HubError> {
    let found = world.group(id).map(|group| (group, group.organization));
    let unknown = || HubError::broken(&GROUP_IS_KNOWN).at("groupId");
    access::record(world, context, errand, scope(context, errand), found, unknown)
}

/// Lists groups of an organization, or of the caller's own. Refused when he does not see it (CUS-015).
pub fn list(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    search: &GroupSearch,
) -> Result<FoundGroups, HubError> {
    let organization = open(world, context, organization, Errand::Look)?;
    Ok(found(world, organization.id, search))
}

/// The groups of an organization that a search finds.
pub(super) fn found(world: &World, organization: Id<Organization>, search: &GroupSearch) -> FoundGroups {
    let is_wanted = |group: &&Arc<Group>| {
        let shown = || super::scim_groups::document(world, group, true);
        search.filter.as_ref().is_none_or(|filter| filter.holds(&shown()))
    };
    let mut groups: Vec<_> = world.groups_of(organization).filter(is_wanted).collect();
    match search.sort {
        GroupSort::Id => {}
        GroupSort::Name => groups.sort_by_key(|group| (group.name.to_lowercase(), group.id)),
        GroupSort::LastModified => groups.sort_by_key(|group| (group.modified, group.id)),
    }
    if search.is_descending {
        groups.reverse();
    }
    let page = groups.iter().skip(search.start).take(search.count).copied().cloned();
    FoundGroups { total: groups.len(), groups: page.collect() }
}

/// Shows a group. Refused when the caller sees none of this id (GRP-001).
pub fn get<'a>(world: &'a World, context: &Context<'_>, id: Id<Group>) -> Result<&'a Arc<Group>, HubError> {
    known(world, context, id, Errand::Look)
}

/// Makes a group. Refused for who does not administer the organization (API-006), without a name (GRP-002), with that
/// of another group (GRP-003), and with members from elsewhere (GRP-004).
pub fn create(draft: &mut Draft, context: &Context<'_>, new: &NewGroup) -> Result<Arc<Group>, HubError> {
    let organization = open(draft, context, new.organization, Errand::Administer)?.id;
    let mut group = blank(context, organization);
    group.name = new.name.clone();
    group.description.clone_from(&new.description);
    group.members.clone_from(&new.members);
    keep(draft, context, group)
}

/// Changes a group. Refused as a new one would be.
pub fn change(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Group>,
    change: &GroupChange,
) -> Result<Arc<Group>, HubError> {
    let mut group = Group::clone(known(draft, context, id, Errand::Administer)?);
    if let Some(name) = &change.name {
        group.name = name.clone();
    }
    if change.description.is_some() {
        group.description.clone_from(&change.description);
    }
    group.members.extend(&change.added);
    group.members.retain(|member| !change.removed.contains(member));
    keep(draft, context, group)
}

/// Removes a group; its members stay.
pub fn remove(draft: &mut Draft, context: &Context<'_>, id: Id<Group>) -> Result<(), HubError> {
    let organization = known(draft, context, id, Errand::Administer)?.organization;
    take_away(draft, organization, id);
    Ok(())
}

/// Takes a group away, and with it what it gives its members.
pub(super) fn take_away(draft: &mut Draft, organization: Id<Organization>, id: Id<Group>) {
    automatic_licenses::forget_group(draft, organization, id);
    draft.remove(Key::Group(id));
}

/// A new group that has nothing yet.
pub(super) fn blank(context: &Context<'_>, organization: Id<Organization>) -> Group {
    Group {
        id: context.ids.next(),
        organization,
        name: Box::default(),
        description: None,
        external_id: None,
        directory: None,
        members: Vec::new(),
        created: context.now,
        modified: context.now,
    }
}

/// Writes a group whose name and members may be new; one that is as it was is left alone.
pub(super) fn keep(
    draft: &mut Draft,
    context: &Context<'_>,
    mut group: Group,
) -> Result<Arc<Group>, HubError> {
    group.name = group.name.trim().into();
    if group.name.is_empty() {
        return Err(HubError::broken(&GROUP_HAS_A_NAME).at("displayName"));
    }
    let name = group.name.to_lowercase();
    let is_taken = |other: &Arc<Group>| other.id != group.id && other.name.to_lowercase() == name;
    if draft.groups_of(group.organization).any(is_taken) {
        return Err(HubError::broken(&GROUP_NAME_IS_UNIQUE).at("displayName").saw(&group.name));
    }
    group.members = group.members.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let is_own = |id: Id<Person>| draft.person(id).is_some_and(|it| it.organization == group.organization);
    if let Some(foreign) = group.members.iter().find(|id| !is_own(**id)) {
        return Err(HubError::broken(&MEMBERS_ARE_OF_THE_ORGANIZATION).at("members").saw(foreign));
    }
    let before = draft.group(group.id).cloned();
    if before.as_ref().is_some_and(|before| **before == group) {
        return Ok(group.into());
    }
    group.modified = context.now;
    let group = Arc::new(group);
    draft.put(Record::Group(group.clone()));
    automatic_licenses::give_to_joiners(draft, context, before.as_deref(), &group);
    Ok(group)
}
