//! Choosing packages: what a request asks for, and whether a customer may be offered or give it.

use hub_rules::customers::{CUSTOMER_ADD_ON_HAS_ITS_BASE, CUSTOMER_HAS_A_PACKAGE};
use hub_rules::licenses::{ADD_ON_NEEDS_ITS_BASE, ONE_BASE_PACKAGE};
use hub_rules::platform::VALUE_HAS_ITS_TYPE;
use hub_rules::subscribers::{
    ONE_OF_PACKAGE_AND_PACKAGES, PACKAGE_IS_FOR_SUBSCRIBERS, PACKAGE_IS_ON_OFFER, PACKAGE_QUANTITY_IS_LEFT,
    PACKAGES_TAKES_ONE_ENTRY,
};
use hub_rules::{Said, advice};

use crate::record::{Customer, OfferedPackage};
use crate::{Context, HubError, Package, PackageSet, World};

/// The package of a subscriber as a request names it: in the older or in the newer field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageChoice {
    /// The field `package`.
    pub package: Option<Box<str>>,
    /// The field `packages`.
    pub packages: Option<Vec<Box<str>>>,
}

impl PackageChoice {
    /// Whether neither field is given.
    pub fn is_absent(&self) -> bool {
        self.package.is_none() && self.packages.is_none()
    }

    /// The package that is asked for.
    ///
    /// Refused unless it is in exactly one field (SUB-004), known (CUS-011), one that the field can name (API-002),
    /// a single one (LIC-001, SUB-005),
    /// for persons (SUB-006) and not an add-on alone (LIC-002).
    pub(super) fn resolve(&self) -> Result<Package, HubError> {
        let (field, names) = match (&self.package, &self.packages) {
            (Some(name), None) => ("package", std::slice::from_ref(name)),
            (None, Some(names)) => ("packages", names.as_slice()),
            _ => return Err(HubError::broken(&ONE_OF_PACKAGE_AND_PACKAGES).at("packages")),
        };
        let packages = parse_all(names, field)?;
        if packages.iter().filter(|package| package.is_base()).count() > 1 {
            return Err(HubError::broken(&ONE_BASE_PACKAGE).at(field).saw(names.join(", ")));
        }
        let [package] = packages[..] else {
            return Err(HubError::broken(&PACKAGES_TAKES_ONE_ENTRY).at(field).saw(names.join(", ")));
        };
        if !package.is_for_subscribers() {
            return Err(HubError::broken(&PACKAGE_IS_FOR_SUBSCRIBERS).at(field).saw(package));
        }
        check_add_ons([package].into_iter().collect()).map_err(|refusal| refusal.at(field))?;
        if field == "package" && !package.fits_older_field() {
            return Err(HubError::broken(&VALUE_HAS_ITS_TYPE).at(field).saw(package));
        }
        Ok(package)
    }
}

/// Reads package identifiers; a repeated one counts once.
pub(super) fn parse_all(names: &[Box<str>], field: &'static str) -> Result<Vec<Package>, HubError> {
    let mut packages = Vec::with_capacity(names.len());
    for name in names {
        let package = Package::parse(name).map_err(|refusal| refusal.at(field))?;
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    Ok(packages)
}

/// Refuses a person's add-on without one of the packages that it needs (LIC-002).
pub(crate) fn check_add_ons(packages: PackageSet) -> Result<(), HubError> {
    lonely_add_on(packages).map_or(Ok(()), |add_on| Err(lonely(add_on)))
}

/// The refusal of an add-on that has none of the packages that it needs (LIC-002).
pub(super) fn lonely(add_on: Package) -> HubError {
    HubError::broken(&ADD_ON_NEEDS_ITS_BASE).saw(add_on).advise(needs(add_on))
}

/// Refuses an offer to a customer that is empty (CUS-010) or has an add-on without its base (CUS-012).
pub(super) fn check_offer(packages: &[Package]) -> Result<(), HubError> {
    if packages.is_empty() {
        return Err(HubError::broken(&CUSTOMER_HAS_A_PACKAGE).at("packages"));
    }
    match lonely_add_on(packages.iter().copied().collect()) {
        Some(add_on) => {
            let refusal = HubError::broken(&CUSTOMER_ADD_ON_HAS_ITS_BASE).at("packages");
            Err(refusal.saw(add_on).advise(needs(add_on)))
        }
        None => Ok(()),
    }
}

/// What a user has whose base package becomes this one: also the add-ons that it carries (LIC-026).
pub(crate) fn with_base(held: PackageSet, base: Package) -> PackageSet {
    let is_carried = |add_on: &Package| add_on.needs_one_of().contains(&base);
    held.iter().filter(|package| !package.is_base()).filter(is_carried).collect::<PackageSet>().with(base)
}

/// The package that Control Hub names, base package or add-on.
///
/// Refused when it is unknown (CUS-011) or not for persons (SUB-006).
pub(crate) fn named(name: &str) -> Result<Package, HubError> {
    let package = Package::parse(name).map_err(|refusal| refusal.at("package"))?;
    match package.is_for_subscribers() {
        true => Ok(package),
        false => Err(HubError::broken(&PACKAGE_IS_FOR_SUBSCRIBERS).at("package").saw(package)),
    }
}

fn lonely_add_on(packages: PackageSet) -> Option<Package> {
    packages.iter().find(|package| !package.fits_among(packages))
}

fn needs(add_on: Package) -> Said {
    let needed: Vec<&str> = add_on.needs_one_of().iter().map(|package| package.id()).collect();
    advice::ADD_ON_NEEDS.with("addOn", add_on.to_string()).with("packages", needed.join(", "))
}

/// The customer's offer of a package, with room for one more user.
///
/// Refused when it is not on offer (SUB-007) or its quantity is used up (SUB-011).
pub(super) fn offer_with_room<'a>(
    world: &World,
    context: &Context<'_>,
    customer: &'a Customer,
    package: Package,
) -> Result<&'a OfferedPackage, HubError> {
    let offer = customer
        .offer_at(package, context.now)
        .filter(|offer| !offer.is_suspended)
        .ok_or_else(|| HubError::broken(&PACKAGE_IS_ON_OFFER).at("package").saw(package))?;
    let held = world.holders_of_package(customer.id, package);
    match offer.quantity {
        Some(quantity) if held >= quantity => {
            let seen = format!("{held} of {quantity} {package}");
            Err(HubError::broken(&PACKAGE_QUANTITY_IS_LEFT).at("package").saw(seen))
        }
        _ => Ok(offer),
    }
}
