//! Organizations: reading, deleting, and the Control Hub settings of a customer's.

mod settings;

use std::sync::Arc;

use hub_rules::organizations::{
    ORGANIZATION_HAS_AT_MOST_ONE_USER, ORGANIZATION_HAS_NO_SUBSCRIPTION, ORGANIZATION_IS_NOT_SYNCHRONIZED,
    ORGANIZATION_MANAGES_NO_OTHER,
};
use hub_rules::sights;

use super::access::{self, Errand};
use super::people;
use crate::record::Organization;
use crate::{Context, Draft, HubError, Id, Key, Scope, World};

pub use settings::{SettingsChange, change_settings, permits_changing, settings};

/// Lists the organizations that the caller sees (ORG-004). Refused without the scope (API-007).
pub fn list(world: &World, context: &Context<'_>) -> Result<Vec<Arc<Organization>>, HubError> {
    Ok(access::organizations(world, context, Scope::OrganizationsRead)?.cloned().collect())
}

/// The organization with this id. Refused without the scope (API-007) or when the caller does not see it (CUS-015).
pub fn get(
    world: &World,
    context: &Context<'_>,
    id: Id<Organization>,
) -> Result<Arc<Organization>, HubError> {
    access::organization(world, context, Some(id), Errand::Look, Scope::OrganizationsRead).cloned()
}

/// Deletes an organization with all that is in it, at once (ORG-008).
///
/// Refused while it has a subscription (ORG-001), directory synchronization (ORG-007), more than one user (ORG-002) or
/// manages others (ORG-003). Linked sites and a second manager, which would hinder it too, cannot come about: sites are
/// managed in Control Hub, and an organization has one manager.
pub fn delete(draft: &mut Draft, context: &Context<'_>, id: Id<Organization>) -> Result<(), HubError> {
    let organization =
        access::organization(draft, context, Some(id), Errand::Administer, Scope::OrganizationsWrite)?;
    let has_directory = organization.settings.has_directory;
    let sells = draft.partner(id).is_some() || draft.sub_partner(id).is_some();
    let buys = draft.customer_of(id).filter(|customer| customer.exists_at(context.now));
    if sells || buys.is_some() {
        let refusal = HubError::broken(&ORGANIZATION_HAS_NO_SUBSCRIPTION).at("orgId");
        return Err(match buys {
            Some(customer) => refusal.saw(&customer.subscription),
            None => refusal,
        });
    }
    if has_directory {
        return Err(HubError::broken(&ORGANIZATION_IS_NOT_SYNCHRONIZED).at("orgId"));
    }
    let users = draft.people_of(id).count();
    if users > 1 {
        let refusal = HubError::broken(&ORGANIZATION_HAS_AT_MOST_ONE_USER).at("orgId");
        return Err(refusal.saw_that(sights::USERS.with("users", users)));
    }
    let managed = draft.organizations_managed_by(id).count();
    if managed > 0 {
        let refusal = HubError::broken(&ORGANIZATION_MANAGES_NO_OTHER).at("orgId");
        return Err(refusal.saw_that(sights::ORGANIZATIONS.with("organizations", managed)));
    }
    clear_out(draft, context, id);
    draft.remove(Key::Organization(id));
    Ok(())
}

/// Takes away all that belongs to an organization.
fn clear_out(draft: &mut Draft, context: &Context<'_>, id: Id<Organization>) {
    let people: Vec<_> = draft.people_of(id).cloned().collect();
    for person in people {
        people::take_away(draft, context, &person);
    }
    let mut keys: Vec<Key> = Vec::new();
    for location in draft.locations_of(id) {
        keys.extend(draft.numbers_of(location.id).map(|number| Key::Number(number.number)));
        keys.push(Key::Location(location.id));
    }
    if let Some(gone) = draft.customer_of(id) {
        keys.extend(draft.subscribers_of(gone.id).map(|subscriber| Key::Subscriber(subscriber.id)));
        keys.push(Key::Customer(gone.id));
    }
    keys.extend(draft.licenses_of(id).map(|license| Key::License(license.id)));
    keys.extend(draft.devices_of(id).map(|device| Key::Device(device.id)));
    keys.extend(draft.groups_of(id).map(|group| Key::Group(group.id)));
    for task in draft.tasks_of(id) {
        keys.extend(draft.imported_rows(task.id).map(|rows| Key::ImportedRows(task.id, rows.from)));
        keys.extend(draft.import_file(task.id).map(|_| Key::ImportFile(task.id)));
        keys.push(Key::Task(task.id));
    }
    let reports = draft.reports().filter(|report| report.organization == id);
    keys.extend(reports.map(|report| Key::Report(report.id)));
    let jobs = draft.disable_calling_jobs().filter(|job| job.organization == id);
    keys.extend(jobs.map(|job| Key::DisableCallingJob(job.id)));
    keys.into_iter().for_each(|key| draft.remove(key));
}
