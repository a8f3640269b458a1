//! Whether a caller may go on an errand, asked beforehand: for a page that greys out a button or leaves out a menu.
//!
//! It opens what the operation would open, so page and operation cannot disagree. What is refused for another reason than
//! who asks (a field, a package in use) is not known beforehand.

use super::{ControlHub, Errand, customer, organization, owner, settled_customer, staff};
use crate::record::{Customer, Organization};
use crate::{Context, HubError, Id, World};

/// Where somebody goes on an errand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The Partner Hub of the partner or sub-partner for whom the caller acts.
    PartnerHub,
    /// One of its customers, as Partner Hub shows it.
    Customer(Id<Customer>),
    /// The administrators of the caller's own partner.
    Staff,
    /// The Control Hub of a customer.
    ControlHub(Id<Organization>),
    /// Any organization that the caller sees, whether or not it is a customer's.
    Organization(Id<Organization>),
}

/// Refuses what the operation on this errand would refuse because of who asks, or of what holds him back at present.
///
/// The scope asked for is that of the consoles' own operations; the token of a page has them all.
pub fn permits(world: &World, context: &Context<'_>, errand: Errand, place: Place) -> Result<(), HubError> {
    let scope = errand.scope();
    match place {
        Place::PartnerHub => owner(world, context, errand, scope).map(drop),
        Place::Customer(id) => {
            let owner = owner(world, context, errand, scope)?;
            let open = if errand.waits_for_changes() { settled_customer } else { customer };
            open(world, context, owner, id).map(drop)
        }
        Place::Staff => staff(context, errand, scope),
        Place::ControlHub(id) => ControlHub::open_for(world, context, id, errand).map(drop),
        Place::Organization(id) => organization(world, context, Some(id), errand, scope).map(drop),
    }
}
