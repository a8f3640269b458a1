//! Onboarding templates: listed and shown, because each one's id is the provisioning id of new customers.
//!
//! Whose templates a customer may be made from is one question, asked here and when a customer is provisioned.

use std::sync::Arc;

use hub_rules::customers::PROVISIONING_ID_IS_KNOWN;

use super::access::{self, Errand};
use crate::record::{Organization, Template};
use crate::{Context, HubError, Id, Mark, Order, Page, PageRequest, Scope, World};

/// Lists the templates that the caller's customers may be made from, newest first; suspended ones are among them.
pub fn list(
    world: &World,
    context: &Context<'_>,
    wanted: PageRequest,
) -> Result<Page<Arc<Template>>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::CustomersRead)?;
    let usable = world.templates().rev().filter(|template| is_usable(world, owner, template));
    Ok(Page::of(usable, wanted, Order::NewestFirst, |template| Mark::of(template.id)))
}

/// Gives one of them. Refused when there is no such template (CUS-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Template>,
) -> Result<&'a Arc<Template>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::CustomersRead)?;
    of_owner(world, owner, id).ok_or_else(|| HubError::broken(&PROVISIONING_ID_IS_KNOWN))
}

/// The template with this id, where customers of `owner` may be made from it.
pub(super) fn of_owner(world: &World, owner: Id<Organization>, id: Id<Template>) -> Option<&Arc<Template>> {
    world.template(id).filter(|template| is_usable(world, owner, template))
}

/// A sub-partner uses those of its partner, too.
fn is_usable(world: &World, owner: Id<Organization>, template: &Template) -> bool {
    let partner = world.sub_partner(owner).map(|sub_partner| sub_partner.partner);
    template.owner == owner || Some(template.owner) == partner
}
