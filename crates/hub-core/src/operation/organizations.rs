//! Control Hub settings of a customer's organization.

use std::sync::Arc;

use super::access::ControlHub;
use crate::record::{Organization, OrganizationSettings};
use crate::{Context, Draft, HubError, Id, Record, World};

/// Reads the settings.
pub fn settings(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<OrganizationSettings, HubError> {
    Ok(ControlHub::open(world, context, organization)?.organization.settings)
}

/// A change of settings; what is not given stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// Whether customer administrators are kept from managing users.
    pub has_restricted_administrators: Option<bool>,
    /// The speed of imports; `Some(None)` = at once.
    pub import_rows_per_second: Option<Option<u32>>,
}

/// Changes the settings; for administrators of the partner (API-006).
pub fn change_settings(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    change: SettingsChange,
) -> Result<OrganizationSettings, HubError> {
    let control_hub = ControlHub::open_to_change_settings(draft, context, organization)?;
    let mut changed = Organization::clone(&control_hub.organization);
    let settings = &mut changed.settings;
    if let Some(is_on) = change.has_restricted_administrators {
        settings.has_restricted_administrators = is_on;
    }
    if let Some(speed) = change.import_rows_per_second {
        settings.import_rows_per_second = speed;
    }
    let settings = changed.settings;
    draft.put(Record::Organization(Arc::new(changed)));
    Ok(settings)
}
