//! Organizations as the identity service has them: name, language, and when they changed.

use std::sync::Arc;

use hub_rules::scim::ORGANIZATION_HAS_A_NAME;

use super::access::{self, Errand};
use crate::record::Organization;
use crate::{Context, Draft, HubError, Id, Record, Scope, World};

/// Shows an organization. Refused when the caller does not see it (CUS-015).
pub fn organization<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Organization>,
) -> Result<&'a Arc<Organization>, HubError> {
    let (read, write) = (Scope::IdentityOrganizationsRead, Scope::IdentityOrganizationsWrite);
    access::organization(world, context, Some(id), Errand::Look, access::any_of(context, &[read, write]))
}

/// A change of an organization; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityChange {
    /// The new name.
    pub name: Box<str>,
    /// The language of new users.
    pub preferred_language: Option<Box<str>>,
}

/// Renames an organization. Refused for who does not administer it (API-006) and when the name is blank (SCM-018).
pub fn change_organization(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Organization>,
    change: &IdentityChange,
) -> Result<Arc<Organization>, HubError> {
    let scope = Scope::IdentityOrganizationsWrite;
    let before = access::organization(draft, context, Some(id), Errand::Administer, scope)?;
    let name = change.name.trim();
    if name.is_empty() {
        return Err(HubError::broken(&ORGANIZATION_HAS_A_NAME).at("displayName"));
    }
    let mut changed = Organization::clone(before);
    changed.name = name.into();
    if change.preferred_language.is_some() {
        changed.preferred_language.clone_from(&change.preferred_language);
    }
    if changed == **before {
        return Ok(before.clone());
    }
    changed.modified = context.now;
    let changed = Arc::new(changed);
    draft.put(Record::Organization(changed.clone()));
    Ok(changed)
}

/// Whether the caller may read the schemas of users and groups (API-007).
pub fn open_schemas(context: &Context<'_>) -> Result<(), HubError> {
    let (people, organizations) = (Scope::IdentityPeopleWrite, Scope::IdentityOrganizationsWrite);
    access::require_scope(context, access::any_of(context, &[people, organizations]))
}
