//! The parameter `orgId`, by which an administrator names an organization that he manages.
//!
//! Separate from the handlers, because most resources take it alike. Which organization is meant without it, and who may
//! name which, is decided in hub-core.

use hub_core::Id;
use hub_core::record::Organization;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::parameters::Parameters;
use super::wire_id::{self, WireId};
use crate::openapi;

const NAME: &str = "orgId";

/// Takes the organization.
pub fn named(parameters: &mut Parameters) -> Option<Id<Organization>> {
    parameters.text(NAME).as_deref().map(wire_id::read)
}

/// The parameter, as the OpenAPI document has it.
#[derive(Debug)]
pub enum OrgId {}

impl IntoParams for OrgId {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![openapi::query::<WireId>(NAME, "The organization; the caller's own if it is not given.")]
    }
}
