//! What must hold before a customer is provisioned or updated; the same for doing it and for the precheck.

use std::sync::Arc;

use hub_rules::Rule;
use hub_rules::customers::{
    CALLING_LOCATION_IS_GIVEN, CUSTOMER_INFO_IS_GIVEN, CUSTOMER_NAME_HAS_NO_PERCENT, EXTERNAL_ID_IS_UNIQUE,
    ORG_ID_NAMES_AN_EXISTING_ORGANIZATION, ORGANIZATION_HAS_ONE_CUSTOMER, ORGANIZATION_IS_KNOWN,
    PROVISIONING_ID_IS_KNOWN, TEMPLATE_IS_ACTIVE,
};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;

use super::{CustomerInfo, CustomerUpdate, NewCustomer, NewLocation};
use crate::operation::addresses::{self, OF_WHOLESALE};
use crate::operation::{locations, packages, templates};
use crate::record::{Customer, Organization, ProvisioningState, Template};
use crate::{Context, Email, HubError, Id, Package, World};

/// What a request turned out to say.
pub(super) struct Examined {
    pub(super) template: Option<Arc<Template>>,
    pub(super) packages: Option<Vec<Package>>,
    pub(super) home: Option<Home>,
}

/// The organization of a customer.
pub(super) enum Home {
    Existing(Id<Organization>),
    New { name: Box<str>, primary_email: Email },
}

/// Refuses a request to provision that leaves out what is required (API-003, CUS-014).
pub(super) fn require_fields(new: &NewCustomer) -> Result<(), HubError> {
    let required = |is_there: bool, field: &'static str| require(is_there, &REQUIRED_FIELD_IS_PRESENT, field);
    required(new.provisioning_id.is_some(), "provisioningId")?;
    required(new.packages.is_some(), "packages")?;
    required(new.external_id.as_ref().is_some_and(|id| !id.trim().is_empty()), "externalId")?;
    if new.organization.is_some() {
        return Ok(());
    }
    let info = new.info.as_ref();
    let has_name = info.and_then(|info| info.name.as_ref()).is_some_and(|name| !name.trim().is_empty());
    require(has_name, &CUSTOMER_INFO_IS_GIVEN, "customerInfo.name")?;
    require(
        info.is_some_and(|info| info.primary_email.is_some()),
        &CUSTOMER_INFO_IS_GIVEN,
        "customerInfo.primaryEmail",
    )
}

fn require(is_there: bool, rule: &'static Rule, field: &'static str) -> Result<(), HubError> {
    if is_there { Ok(()) } else { Err(HubError::broken(rule).at(field)) }
}

impl Examined {
    /// Checks all that the request says, in the order of its fields.
    pub(super) fn of(
        world: &World,
        context: &Context<'_>,
        owner: Id<Organization>,
        new: &NewCustomer,
    ) -> Result<Self, HubError> {
        let template = new.provisioning_id.map(|id| template(world, owner, id)).transpose()?;
        let packages = new.packages.as_deref().map(offered).transpose()?;
        if let Some(external_id) = &new.external_id {
            check_external_id(world, context, owner, external_id, None)?;
        }
        addresses::check(&new.address, "address", &OF_WHOLESALE)?;
        let home = home(world, context, owner, new)?;
        let organization = match &home {
            Some(Home::Existing(organization)) => Some(*organization),
            _ => None,
        };
        let wanted = packages.as_deref().unwrap_or_default();
        check_location(world, organization, wanted, new.location.as_ref())?;
        Ok(Examined { template, packages, home })
    }
}

/// Checks all that a request to update says; gives the packages.
pub(super) fn update(
    world: &World,
    context: &Context<'_>,
    old: &Customer,
    update: &CustomerUpdate,
) -> Result<Vec<Package>, HubError> {
    let wanted = offered(&update.packages)?;
    if let Some(external_id) = &update.external_id {
        require(!external_id.trim().is_empty(), &REQUIRED_FIELD_IS_PRESENT, "externalId")?;
        check_external_id(world, context, old.owner, external_id, Some(old.id))?;
    }
    if let Some(address) = &update.address {
        addresses::check(address, "address", &OF_WHOLESALE)?;
    }
    check_location(world, Some(old.organization), &wanted, update.location.as_ref())?;
    Ok(wanted)
}

fn offered(names: &[Box<str>]) -> Result<Vec<Package>, HubError> {
    let packages = packages::parse_all(names, "packages")?;
    packages::check_offer(&packages)?;
    Ok(packages)
}

/// The template with this provisioning id: the owner's, or for a sub-partner its partner's (CUS-001, CUS-002).
pub(in crate::operation) fn template(
    world: &World,
    owner: Id<Organization>,
    id: Id<Template>,
) -> Result<Arc<Template>, HubError> {
    let found = templates::of_owner(world, owner, id);
    let template = found.ok_or_else(|| HubError::broken(&PROVISIONING_ID_IS_KNOWN).at("provisioningId"))?;
    if template.provisioning_state == ProvisioningState::Suspended {
        return Err(HubError::broken(&TEMPLATE_IS_ACTIVE).at("provisioningId").saw(&template.name));
    }
    Ok(template.clone())
}

fn check_external_id(
    world: &World,
    context: &Context<'_>,
    owner: Id<Organization>,
    external_id: &str,
    except: Option<Id<Customer>>,
) -> Result<(), HubError> {
    let holder = world.customer_by_external_id(owner, external_id);
    let is_taken = holder.is_some_and(|holder| holder.exists_at(context.now) && Some(holder.id) != except);
    if is_taken {
        return Err(HubError::broken(&EXTERNAL_ID_IS_UNIQUE).at("externalId").saw(external_id));
    }
    Ok(())
}

fn home(
    world: &World,
    context: &Context<'_>,
    owner: Id<Organization>,
    new: &NewCustomer,
) -> Result<Option<Home>, HubError> {
    let info =
        new.info.as_ref().map(|info| check_info(world, info, new.organization.is_some())).transpose()?;
    if let Some(organization) = new.organization {
        check_organization(world, context, owner, organization)?;
        return Ok(Some(Home::Existing(organization)));
    }
    let Some((Some(name), Some(primary_email))) = info else { return Ok(None) };
    Ok(Some(Home::New { name, primary_email }))
}

fn check_info(
    world: &World,
    info: &CustomerInfo,
    has_organization: bool,
) -> Result<(Option<Box<str>>, Option<Email>), HubError> {
    if let Some(name) = info.name.as_ref().filter(|name| name.contains('%')) {
        return Err(HubError::broken(&CUSTOMER_NAME_HAS_NO_PERCENT).at("customerInfo.name").saw(name));
    }
    let email = info.primary_email.as_deref().map(Email::parse).transpose();
    let email = email.map_err(|refusal| refusal.at("customerInfo.primaryEmail"))?;
    if let Some(email) = email.as_ref().filter(|_| !has_organization)
        && world.person_by_email(email).is_some()
    {
        let refusal = HubError::broken(&ORG_ID_NAMES_AN_EXISTING_ORGANIZATION);
        return Err(refusal.at("customerInfo.primaryEmail").saw(email));
    }
    Ok((info.name.clone(), email))
}

fn check_organization(
    world: &World,
    context: &Context<'_>,
    owner: Id<Organization>,
    id: Id<Organization>,
) -> Result<(), HubError> {
    let is_managed = |organization: &&Arc<Organization>| {
        organization.managed_by == Some(owner) && organization.created <= context.now
    };
    let found = world.organization(id).filter(is_managed);
    found.ok_or_else(|| HubError::broken(&ORGANIZATION_IS_KNOWN).at("orgId"))?;
    if world.customer_of(id).is_some_and(|customer| customer.exists_at(context.now)) {
        return Err(HubError::broken(&ORGANIZATION_HAS_ONE_CUSTOMER).at("orgId"));
    }
    Ok(())
}

/// A calling package needs a location (CUS-013), unless the organization has one already.
fn check_location(
    world: &World,
    organization: Option<Id<Organization>>,
    packages: &[Package],
    location: Option<&NewLocation>,
) -> Result<(), HubError> {
    const FIELD: &str = "provisioningParameters.calling.location";
    let Some(location) = location else {
        let calls = |id| world.locations_of(id).any(|location| location.calling.is_some());
        let has_location = organization.is_some_and(calls);
        let calling = packages.iter().find(|package| package.is_calling());
        return match calling {
            Some(package) if !has_location => {
                Err(HubError::broken(&CALLING_LOCATION_IS_GIVEN).at(FIELD).saw(package))
            }
            _ => Ok(()),
        };
    };
    locations::check_filled([
        ("provisioningParameters.calling.location.name", &location.name),
        ("provisioningParameters.calling.location.timezone", &location.time_zone),
        ("provisioningParameters.calling.location.language", &location.language),
    ])?;
    locations::check_name(location.name.trim(), true)
        .map_err(|refusal| refusal.at(format!("{FIELD}.name")))?;
    addresses::check(&location.address, &format!("{FIELD}.address"), &OF_WHOLESALE)?;
    locations::check_time_zone(&location.time_zone).map_err(|refusal| refusal.at(format!("{FIELD}.timezone")))
}
