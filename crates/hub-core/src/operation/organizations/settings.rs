//! The Control Hub settings of a customer's organization, and who may change which.
//!
//! Restricted administrator mode and the speed of imports are the partner's; the others are also for full
//! administrators of the customer, those of restricted mode's list only while it is off (CUS-027).

use std::sync::Arc;

use hub_rules::bulk::IMPORT_SPEED_IS_POSITIVE;

use super::super::access::{self, ControlHub, Errand};
use super::super::automatic_licenses::{self, AutomaticAssignment};
use crate::record::{Attribute, Organization, OrganizationSettings};
use crate::{Context, Draft, HubError, Id, Record, World};

/// Reads the settings.
pub fn settings(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<OrganizationSettings, HubError> {
    Ok(ControlHub::open(world, context, organization)?.organization.settings.clone())
}

/// A change of settings; what is not given stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// Whether customer administrators are kept from managing users.
    pub has_restricted_administrators: Option<bool>,
    /// The speed of imports; `Some(None)` = at once.
    pub import_rows_per_second: Option<Option<u32>>,
    /// Whether a directory is in charge of users.
    pub has_directory: Option<bool>,
    /// What new users get.
    pub automatic_licenses: Option<AutomaticAssignment>,
    /// Names of attributes that a user who is added by hand has to have.
    pub required_attributes: Option<Vec<Box<str>>>,
}

impl SettingsChange {
    /// Which of the settings that it changes need more than administering, and on which errand each is changed.
    fn errands(&self) -> impl Iterator<Item = (&'static str, Errand)> {
        let restricted = self.has_restricted_administrators.is_some();
        let fields = [
            ("restrictedAdministratorMode", Errand::SetPartnerSettings, restricted),
            ("importRowsPerSecond", Errand::SetPartnerSettings, self.import_rows_per_second.is_some()),
            ("directorySynchronization", Errand::SetUserSettings, self.has_directory.is_some()),
            ("automaticLicenseAssignment", Errand::SetUserSettings, self.automatic_licenses.is_some()),
        ];
        fields.into_iter().filter(|(.., is_given)| *is_given).map(|(field, errand, _)| (field, errand))
    }

    /// Opens the organization for it. Refuses an administrator of the customer what is the partner's (API-006) and what
    /// restricted administrator mode keeps from him (CUS-027).
    fn open(
        &self,
        world: &World,
        context: &Context<'_>,
        organization: Id<Organization>,
    ) -> Result<ControlHub, HubError> {
        let control_hub = ControlHub::open_for(world, context, organization, Errand::Administer)?;
        self.errands().try_for_each(|(field, errand)| {
            let permission = access::check(world, context, &control_hub.organization, errand);
            permission.map_err(|refusal| refusal.at(field))
        })?;
        Ok(control_hub)
    }
}

/// Refuses a change that [`change_settings`] would refuse because of who asks, or of what holds him back at present;
/// the refusal names the setting.
pub fn permits_changing(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    change: &SettingsChange,
) -> Result<(), HubError> {
    change.open(world, context, organization).map(drop)
}

/// Changes the settings.
///
/// Refused for who may not (API-006, CUS-027), for a speed that is none (CSV-034), for licences (LIC-005) and groups
/// (USR-020) that the organization does not have, and for attributes that the hub does not keep (USR-012).
pub fn change_settings(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    change: &SettingsChange,
) -> Result<OrganizationSettings, HubError> {
    let control_hub = change.open(draft, context, organization)?;
    let mut changed = Organization::clone(&control_hub.organization);
    let settings = &mut changed.settings;
    if let Some(is_on) = change.has_restricted_administrators {
        settings.has_restricted_administrators = is_on;
    }
    if let Some(speed) = change.import_rows_per_second {
        if speed == Some(0) {
            return Err(HubError::broken(&IMPORT_SPEED_IS_POSITIVE).at("importRowsPerSecond").saw(0));
        }
        settings.import_rows_per_second = speed;
    }
    if let Some(is_on) = change.has_directory {
        settings.has_directory = is_on;
    }
    if let Some(asked) = &change.automatic_licenses {
        settings.automatic_licenses = automatic_licenses::lawful(draft, organization, asked)?;
    }
    if let Some(names) = &change.required_attributes {
        settings.required_attributes = attributes(names)?;
    }
    let settings = changed.settings.clone();
    if changed != *control_hub.organization {
        draft.put(Record::Organization(Arc::new(changed)));
    }
    Ok(settings)
}

fn attributes(names: &[Box<str>]) -> Result<Vec<Attribute>, HubError> {
    let mut attributes = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let attribute = Attribute::parse(name);
        attributes.push(attribute.map_err(|refusal| refusal.at(format!("requiredAttributes[{index}]")))?);
    }
    attributes.sort();
    attributes.dedup();
    Ok(attributes)
}
