//! The figures of Partner Hub's analytics: packages in use, and how the number of subscribers went.
//!
//! They are about the customers that the caller sees. What is in use is counted now; the past follows from what was done
//! to the world, as in billing. A subscriber counts from when its package is provisioned (CUS-033).

use super::Deed;
use super::access::{self, Errand};
use super::billing;
use crate::record::Organization;
use crate::{Context, HubError, Id, Package, Scope, Timestamp, World};

/// How many users have each package, as far as one has it, in the order of packages.
pub fn packages_in_use(world: &World, context: &Context<'_>) -> Result<Vec<(Package, u32)>, HubError> {
    let owner = owner(world, context)?;
    let mut counts: Vec<_> = Package::all().map(|package| (package, 0)).collect();
    for customer in world.customers_of(owner).filter(|it| access::sees(context, owner, it)) {
        for (package, users) in &mut counts {
            *users += world.holders_of_package(customer.id, *package);
        }
    }
    counts.retain(|(_, users)| *users > 0);
    Ok(counts)
}

/// How many subscribers there were at each of these moments.
///
/// Customers that are gone count for as long as they had some. `deeds` are all since `start`.
pub fn subscribers_at<'a>(
    start: World,
    deeds: impl Iterator<Item = Deed<'a>>,
    context: &Context<'_>,
    owner: Id<Organization>,
    moments: &[Timestamp],
) -> Vec<usize> {
    let sees_all = access::sees_all(context);
    let is_seen = |span: &billing::Span| {
        let customer = &span.held.customer;
        customer.owner == owner && (sees_all || customer.is_assigned_to(&context.caller.name))
    };
    let spans = billing::spans(start, deeds, context.now);
    let spans: Vec<_> = spans.iter().filter(|span| span.held.package.is_base() && is_seen(span)).collect();
    let at =
        |moment: &Timestamp| spans.iter().filter(|span| span.from <= *moment && *moment < span.until).count();
    moments.iter().map(at).collect()
}

/// The partner or sub-partner whose figures these are.
pub fn owner(world: &World, context: &Context<'_>) -> Result<Id<Organization>, HubError> {
    access::owner(world, context, Errand::Look, Scope::SubscribersRead)
}
