//! Sub-partners: set up by Cisco, so they are only listed.

use std::sync::Arc;

use super::access::{self, Errand};
use crate::record::{ProvisioningState, SubPartner};
use crate::{Context, HubError, Mark, Order, Page, PageRequest, Scope, World};

/// Lists the sub-partners of the calling partner, newest first.
///
/// Refused when the caller is not an administrator of a partner (API-006).
pub fn list(
    world: &World,
    context: &Context<'_>,
    provisioning_state: Option<ProvisioningState>,
    wanted: PageRequest,
) -> Result<Page<Arc<SubPartner>>, HubError> {
    let partner = access::owner(world, context, Errand::ListSubPartners, Scope::SubPartnersRead)?;
    let of_partner = world.sub_partners().rev().filter(|sub_partner| sub_partner.partner == partner);
    let in_state =
        of_partner.filter(|found| provisioning_state.is_none_or(|state| found.provisioning_state == state));
    Ok(Page::of(in_state, wanted, Order::NewestFirst, |found| Mark::of(found.organization)))
}
