//! How the calls of a location reach the public network.
//!
//! Every location has the same options. What hangs on a connection in the real service (orders, trunks, emergency calls)
//! is not here; it is kept and shown.

use hub_rules::advice;
use hub_rules::locations::{
    PSTN_CHOICE_IS_ONE, PSTN_IS_CONFIGURED, PSTN_OPTION_IS_KNOWN, PSTN_OPTION_IS_SET_BY_API,
};
use uuid::Uuid;

use super::access::Errand;
use super::locations::calling_settings::enabled;
use crate::record::{Location, Organization, PremisesRoute, PstnConnection};
use crate::{Context, Draft, HubError, Id, Record, Scope, World};

/// A way to the public network.
#[derive(Debug, PartialEq, Eq)]
pub struct PstnOption {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: PstnKind,
    /// What it offers.
    pub services: &'static [&'static str],
}

/// What a way to the public network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PstnKind {
    /// A gateway on the premises.
    LocalGateway,
    /// A provider in the cloud that orders are made with elsewhere.
    NonIntegratedProvider,
    /// Cisco.
    CiscoPstn,
}

/// The options of every location.
pub const OPTIONS: [PstnOption; 3] = [
    PstnOption {
        id: uuid::uuid!("6f0a4f5e-4a52-4c27-9c11-5d1b7f0c3a01"),
        name: "Premises-based PSTN",
        kind: PstnKind::LocalGateway,
        services: &["GEOGRAPHIC_NUMBERS", "TOLLFREE_NUMBERS"],
    },
    PstnOption {
        id: uuid::uuid!("6f0a4f5e-4a52-4c27-9c11-5d1b7f0c3a02"),
        name: "Northwind Cloud PSTN",
        kind: PstnKind::NonIntegratedProvider,
        services: &["GEOGRAPHIC_NUMBERS", "TOLLFREE_NUMBERS"],
    },
    PstnOption {
        id: uuid::uuid!("6f0a4f5e-4a52-4c27-9c11-5d1b7f0c3a03"),
        name: "Cisco Calling Plans",
        kind: PstnKind::CiscoPstn,
        services: &["GEOGRAPHIC_NUMBERS", "TOLLFREE_NUMBERS", "MOBILE_NUMBERS"],
    },
];

/// Which connection a location is to have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PstnChoice {
    /// An option; an id that could not be read is given as the nil id.
    pub option: Option<Uuid>,
    /// What calls take on the premises.
    pub route: Option<PremisesRoute>,
    /// Which trunk or route group.
    pub route_id: Option<Box<str>>,
}

/// Lists the options of a location: those with one of these services, or without any all.
pub fn options(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
    services: &[Box<str>],
) -> Result<Vec<&'static PstnOption>, HubError> {
    enabled(world, context, organization, location, Errand::Look, Scope::PstnRead)?;
    let has_one = |option: &&PstnOption| services.iter().any(|wanted| option.services.contains(&&**wanted));
    Ok(OPTIONS.iter().filter(|option| services.is_empty() || has_one(option)).collect())
}

/// Gives the connection of a location (LOC-012).
pub fn get(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
) -> Result<&'static PstnOption, HubError> {
    let (_, calling) = enabled(world, context, organization, location, Errand::Look, Scope::PstnRead)?;
    let none = || {
        let refusal = HubError::broken(&PSTN_IS_CONFIGURED).at("locationId");
        refusal.advise(&advice::PSTN_IS_NOT_CONFIGURED)
    };
    let is_it = |option: &&PstnOption| match calling.pstn {
        Some(PstnConnection::Provider(id)) => option.id == id,
        Some(PstnConnection::Premises { .. }) => option.kind == PstnKind::LocalGateway,
        None => false,
    };
    OPTIONS.iter().find(is_it).ok_or_else(none)
}

/// Sets the connection of a location (LOC-013 to LOC-015).
pub fn set(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
    choice: &PstnChoice,
) -> Result<(), HubError> {
    let (found, calling) =
        enabled(draft, context, organization, location, Errand::Administer, Scope::PstnWrite)?;
    let mut calling = calling.clone();
    calling.pstn = Some(choice.connection()?);
    let location = Location { calling: Some(calling), ..Location::clone(found) };
    draft.put(Record::Location(location.into()));
    Ok(())
}

impl PstnChoice {
    fn connection(&self) -> Result<PstnConnection, HubError> {
        let route_id = self.route_id.as_ref().filter(|id| !id.trim().is_empty());
        match (self.option, self.route, route_id) {
            (None, Some(route), Some(id)) => Ok(PstnConnection::Premises { route, id: id.clone() }),
            (Some(id), None, None) => provider(id),
            (Some(id), Some(route), Some(route_id)) if is_premises(id) => {
                Ok(PstnConnection::Premises { route, id: route_id.clone() })
            }
            _ => Err(HubError::broken(&PSTN_CHOICE_IS_ONE).at("id")),
        }
    }
}

fn is_premises(id: Uuid) -> bool {
    OPTIONS.iter().any(|option| option.id == id && option.kind == PstnKind::LocalGateway)
}

fn provider(id: Uuid) -> Result<PstnConnection, HubError> {
    let option = OPTIONS.iter().find(|option| option.id == id);
    let option = option.ok_or_else(|| HubError::broken(&PSTN_OPTION_IS_KNOWN).at("id"))?;
    match option.kind {
        PstnKind::NonIntegratedProvider => Ok(PstnConnection::Provider(id)),
        PstnKind::LocalGateway | PstnKind::CiscoPstn => {
            Err(HubError::broken(&PSTN_OPTION_IS_SET_BY_API).at("id").saw(option.name))
        }
    }
}
