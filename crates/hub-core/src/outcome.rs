//! Outcomes: what becomes of a customer that is provisioned, or of a package that somebody is given, where a script wants
//! it to go wrong.
//!
//! They are an input of an operation, as time and ids are. The operation writes their effect into the records that it
//! makes anyway, so that replay needs no script. A draft remembers which outcomes it met, for whoever counts them; one
//! that is passed over is met without any effect. Who scripts them, and for which requests, is not known here.

use std::sync::Arc;

use crate::record::{Customer, Fault, OfferedPackage, Person, Subscriber};
use crate::{Context, Draft, Email, Package, Record, Timestamp};

/// One thing that a script wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The number by which a draft remembers it.
    pub number: usize,
    /// Whether all goes well this time.
    pub is_passed_over: bool,
    /// What happens, and to whom.
    pub ending: Ending,
    /// What is said of it.
    pub fault: Fault,
}

/// What happens, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The provisioning ends so of a customer or subscriber who asks for this package, if one is named.
    Provisioning(ProvisioningEnd, Option<Package>),
    /// The package that the user with this address is given is in error (SUB-012).
    PackageStuck(Email),
}

/// How the provisioning ends that a client waits for. A subscriber has no end but the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvisioningEnd {
    /// A customer is in error, and so are its new packages; or the package of a subscriber is (SUB-012).
    Error,
    /// One of a customer's packages is in error.
    ProvisionedWithErrors,
    /// A customer waits for a check of denied parties.
    PendingReview,
    /// It does not end.
    Stuck,
}

/// Lets happen to a customer who is provisioned or updated what the script wants; `before` are the packages that he had.
pub(crate) fn befall_customer(
    draft: &mut Draft,
    context: &Context<'_>,
    customer: &mut Customer,
    before: &[OfferedPackage],
) {
    let asked = customer.packages.iter().filter(|offer| offer.until.is_none());
    let asked: Vec<Package> = asked.map(|offer| offer.package).collect();
    let met = meet(draft, context, |ending| match ending {
        Ending::Provisioning(end, package) if package.is_none_or(|package| asked.contains(&package)) => {
            Some((*end, *package))
        }
        _ => None,
    });
    let Some(((end, package), fault)) = met else { return };
    let is_new = |offer: &OfferedPackage| !before.iter().any(|old| old.package == offer.package);
    let offers = customer.packages.iter_mut();
    match end {
        ProvisioningEnd::Error => {
            offers.filter(|offer| is_new(offer)).for_each(|offer| offer.errors.push(fault.clone()));
            customer.errors.push(fault.clone());
        }
        ProvisioningEnd::ProvisionedWithErrors => {
            let package = package.or(asked.first().copied());
            let found = offers.filter(|offer| Some(offer.package) == package);
            found.for_each(|offer| offer.errors.push(fault.clone()));
        }
        ProvisioningEnd::PendingReview => {
            offers.filter(|offer| is_new(offer)).for_each(|offer| offer.from = Timestamp::MAX);
            customer.is_in_review = true;
        }
        ProvisioningEnd::Stuck => {
            for offer in offers {
                offer.from = if is_new(offer) { Timestamp::MAX } else { offer.from };
                offer.until = offer.until.map(|_| Timestamp::MAX);
            }
            customer.ready_at = Timestamp::MAX;
        }
    }
}

/// Lets happen to a subscriber who was just provisioned what the script wants.
pub(crate) fn befall_subscriber(
    draft: &mut Draft,
    context: &Context<'_>,
    subscriber: Arc<Subscriber>,
) -> Arc<Subscriber> {
    let held = subscriber.packages;
    let met = meet(draft, context, |ending| match ending {
        Ending::Provisioning(ProvisioningEnd::Error, package) => {
            package.is_none_or(|package| held.contains(package)).then_some(())
        }
        _ => None,
    });
    let Some(((), fault)) = met else { return subscriber };
    let failed = Arc::new(Subscriber { errors: [fault.clone()].into(), ..Subscriber::clone(&subscriber) });
    draft.put(Record::Subscriber(failed.clone()));
    failed
}

/// What is wrong with the package that a person is just given.
pub(crate) fn faults_of_package(draft: &mut Draft, context: &Context<'_>, person: &Person) -> Box<[Fault]> {
    let met = meet(draft, context, |ending| match ending {
        Ending::PackageStuck(email) => (*email == person.email).then_some(()),
        Ending::Provisioning(..) => None,
    });
    met.map(|((), fault)| fault.clone()).into_iter().collect()
}

/// The first outcome that `look` finds something in; only one that is met, and not passed over, happens.
fn meet<'a, T>(
    draft: &mut Draft,
    context: &Context<'a>,
    look: impl Fn(&Ending) -> Option<T>,
) -> Option<(T, &'a Fault)> {
    context.outcomes.iter().find_map(|outcome| {
        let found = look(&outcome.ending)?;
        draft.meet(outcome.number);
        (!outcome.is_passed_over).then_some((found, &outcome.fault))
    })
}
