//! Wholesale customers: provisioning, update, removal, precheck, reading.
//!
//! Everything is accepted at once and done after the provisioning delay (CUS-023): the records are written
//! with the time from which they count, so nothing has to happen later.

pub(super) mod examine;
mod read;

use std::sync::Arc;

use hub_rules::customers::{PACKAGE_IN_USE_STAYS, QUANTITY_COVERS_USE};
use hub_rules::sights;

use self::examine::{Examined, Home};
use super::access::{self, Errand};
use super::{licenses, subscribers};
use crate::outcome::befall_customer;
use crate::record::{
    Address, Customer, Location, OfferedPackage, Organization, OrganizationKind, OrganizationSettings,
    Person, Step, Template,
};
use crate::{
    Context, Draft, Email, HubError, Id, Key, Package, Record, Role, Roles, Scope, Timestamp, World,
};

pub use read::{CustomerFilter, Lacks, get, list, users_of};

/// What a request to provision, or precheck, a customer says. What it does not say is `None`; an id that
/// could not be read is the nil id, which nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustomer {
    /// The provisioning id, which is the id of an onboarding template.
    pub provisioning_id: Option<Id<Template>>,
    /// Identifiers of the packages to offer.
    pub packages: Option<Vec<Box<str>>>,
    /// The partner's own name for the customer.
    pub external_id: Option<Box<str>>,
    /// Billing address.
    pub address: Address,
    /// The existing organization to link.
    pub organization: Option<Id<Organization>>,
    /// The new organization to create.
    pub info: Option<CustomerInfo>,
    /// Where calling users will be.
    pub location: Option<NewLocation>,
    /// Quantities by package.
    pub quantities: Vec<(Package, u32)>,
}

/// Name and first administrator of a new organization.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerInfo {
    /// Display name.
    pub name: Option<Box<str>>,
    /// Address of the first full administrator.
    pub primary_email: Option<Box<str>>,
}

/// A location to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLocation {
    /// Its name.
    pub name: Box<str>,
    /// Where it is.
    pub address: Address,
    /// IANA name of its time zone.
    pub time_zone: Box<str>,
    /// Such as `en_us`.
    pub language: Box<str>,
    /// What emergency calls are sent with.
    pub emergency_identifier: Option<Box<str>>,
}

/// What a request to update a customer says; `packages` is the complete list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerUpdate {
    /// Identifiers of all packages to offer; one that is left out goes.
    pub packages: Vec<Box<str>>,
    /// A new external id.
    pub external_id: Option<Box<str>>,
    /// A new billing address.
    pub address: Option<Address>,
    /// Where calling users will be, if there is no location yet.
    pub location: Option<NewLocation>,
    /// Quantities by package.
    pub quantities: Vec<(Package, u32)>,
}

/// Provisions a customer, in a new organization or for an existing one.
///
/// The customer is there at once, in status `provisioning`, and provisioned after the delay. Refused as
/// [`precheck`] would, and when a required field lacks (API-003).
pub fn provision(
    draft: &mut Draft,
    context: &Context<'_>,
    new: &NewCustomer,
) -> Result<Arc<Customer>, HubError> {
    let owner = access::owner(draft, context, Errand::Provision, Scope::CustomersWrite)?;
    examine::require_fields(new)?;
    let examined = Examined::of(draft, context, owner, new)?;
    let template = examined.template.expect("required above");
    let packages = examined.packages.expect("required above");
    let ready_at = context.now + context.settings.provisioning_delay_ms;
    let external_id = new.external_id.clone().expect("required above");

    let namesake = draft.customer_by_external_id(owner, &external_id).cloned();
    forget_gone(draft, context.now, namesake);
    let organization = match examined.home.expect("required above") {
        Home::Existing(organization) => link_organization(draft, context, organization),
        Home::New { name, primary_email } => {
            create_organization(draft, context, owner, &name, primary_email, ready_at)
        }
    };
    let offer_of = |package: &Package| {
        offer(draft, context, organization, *package, quantity_of(&new.quantities, *package), ready_at)
    };
    let offers = packages.iter().map(offer_of).collect();
    create_site(draft, organization, &packages);
    create_location(draft, context, organization, new.location.as_ref(), ready_at);
    let mut customer = Customer {
        id: context.ids.next(),
        owner,
        organization,
        template: template.id,
        external_id,
        address: new.address.clone(),
        subscription: template.subscription.clone(),
        packages: offers,
        step: Step::Provisioning,
        accepted_at: context.now,
        ready_at,
        errors: Vec::new(),
        is_in_review: false,
        assigned_to: Vec::new(),
    };
    befall_customer(draft, context, &mut customer, &[]);
    let customer = Arc::new(customer);
    draft.put(Record::Customer(customer.clone()));
    licenses::ensure_implicit(draft, context, organization);
    Ok(customer)
}

/// Says whether [`provision`] would refuse what the request says; what it does not say is not checked.
pub fn precheck(world: &World, context: &Context<'_>, new: &NewCustomer) -> Result<(), HubError> {
    let owner = access::owner(world, context, Errand::Provision, Scope::CustomersWrite)?;
    Examined::of(world, context, owner, new).map(drop)
}

/// Updates a customer: packages, quantities, external id, address.
///
/// Refused while another change is under way (CUS-005), when a package that goes is in use (CUS-019) or a
/// quantity is below use (CUS-020), and for the faults of a new customer.
pub fn update(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Customer>,
    update: &CustomerUpdate,
) -> Result<Arc<Customer>, HubError> {
    let owner = access::owner(draft, context, Errand::Change, Scope::CustomersWrite)?;
    let old = access::settled_customer(draft, context, owner, id)?.clone();
    let wanted = examine::update(draft, context, &old, update)?;
    check_use(draft, &old, &wanted, &update.quantities)?;

    let ready_at = context.now + context.settings.provisioning_delay_ms;
    let mut changed = Customer::clone(&old);
    changed.packages.retain(|offer| offer.status_at(context.now).is_some());
    for offer in &mut changed.packages {
        offer.quantity = quantity_of(&update.quantities, offer.package).or(offer.quantity);
        offer.errors.clear();
        offer.warnings.clear();
        offer.from = offer.from.min(ready_at);
        offer.until = (!wanted.contains(&offer.package)).then_some(ready_at);
    }
    create_site(draft, old.organization, &wanted);
    for package in wanted {
        if !changed.packages.iter().any(|offer| offer.package == package) {
            let quantity = quantity_of(&update.quantities, package);
            changed.packages.push(offer(draft, context, old.organization, package, quantity, ready_at));
        }
    }
    if let Some(external_id) = &update.external_id {
        let namesake = draft.customer_by_external_id(owner, external_id).cloned();
        forget_gone(draft, context.now, namesake);
        changed.external_id = external_id.clone();
    }
    changed.address = update.address.clone().unwrap_or(changed.address);
    changed.errors.clear();
    changed.is_in_review = false;
    create_location(draft, context, old.organization, update.location.as_ref(), ready_at);
    changed.ready_at = ready_at;
    befall_customer(draft, context, &mut changed, &old.packages);
    let ready_at = changed.ready_at;
    Ok(start(draft, context, changed, Step::Updating, ready_at))
}

/// Says whether [`update`] would refuse what the request says; nothing changes.
pub fn precheck_update(
    world: &World,
    context: &Context<'_>,
    id: Id<Customer>,
    wanted: &CustomerUpdate,
) -> Result<(), HubError> {
    update(&mut Draft::of(world), context, id, wanted).map(drop)
}

/// Removes a customer: the link to its organization, and its subscribers' packages (CUS-025).
///
/// Refused while another change is under way (CUS-005).
pub fn remove(draft: &mut Draft, context: &Context<'_>, id: Id<Customer>) -> Result<Arc<Customer>, HubError> {
    let owner = access::owner(draft, context, Errand::Remove, Scope::CustomersWrite)?;
    let mut customer = Customer::clone(access::settled_customer(draft, context, owner, id)?);
    let subscribers: Vec<_> = draft.subscribers_of(id).cloned().collect();
    for subscriber in subscribers {
        subscribers::unassign(draft, context, &customer, &subscriber);
    }
    let ready_at = context.now + context.settings.provisioning_delay_ms;
    customer.packages.retain(|offer| offer.status_at(context.now).is_some());
    customer.packages.iter_mut().for_each(|offer| offer.until = Some(ready_at));
    Ok(start(draft, context, customer, Step::Deleting, ready_at))
}

fn start(
    draft: &mut Draft,
    context: &Context<'_>,
    mut customer: Customer,
    step: Step,
    ready_at: Timestamp,
) -> Arc<Customer> {
    customer.step = step;
    customer.accepted_at = context.now;
    customer.ready_at = ready_at;
    let customer = Arc::new(customer);
    draft.put(Record::Customer(customer.clone()));
    customer
}

fn check_use(
    draft: &Draft,
    customer: &Customer,
    wanted: &[Package],
    quantities: &[(Package, u32)],
) -> Result<(), HubError> {
    for offer in &customer.packages {
        let package = offer.package;
        let held = draft.holders_of_package(customer.id, package);
        if held > 0 && !wanted.contains(&package) {
            let seen = format!("{held} subscribers with {package}");
            return Err(HubError::broken(&PACKAGE_IN_USE_STAYS).at("packages").saw(seen));
        }
        if quantity_of(quantities, package).is_some_and(|quantity| quantity < held) {
            let field = format!("provisioningParameters.packages.limits.{package}");
            return Err(HubError::broken(&QUANTITY_COVERS_USE)
                .at(field)
                .saw_that(sights::SUBSCRIBERS.with("subscribers", held)));
        }
    }
    Ok(())
}

/// The quantity given for a package; one for a package that is not offered has no effect (CUS-021).
fn quantity_of(quantities: &[(Package, u32)], package: Package) -> Option<u32> {
    quantities.iter().find(|(of, _)| *of == package).map(|(_, quantity)| *quantity)
}

fn offer(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    package: Package,
    quantity: Option<u32>,
    from: Timestamp,
) -> OfferedPackage {
    OfferedPackage {
        package,
        quantity,
        licenses: licenses::ensure(draft, context, organization, package),
        from,
        until: None,
        is_suspended: false,
        errors: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A customer that is deleted and gone makes room for a new one with its external id or its organization.
fn forget_gone(draft: &mut Draft, now: Timestamp, found: Option<Arc<Customer>>) {
    if let Some(gone) = found.filter(|customer| !customer.exists_at(now)) {
        draft.remove(Key::Customer(gone.id));
    }
}

/// Makes an existing organization ready for a customer: no former one, and base licences (LIC-004).
fn link_organization(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Id<Organization> {
    let former = draft.customer_of(organization).cloned();
    forget_gone(draft, context.now, former);
    licenses::ensure_base(draft, context, organization);
    organization
}

fn create_organization(
    draft: &mut Draft,
    context: &Context<'_>,
    owner: Id<Organization>,
    name: &str,
    primary_email: Email,
    created: Timestamp,
) -> Id<Organization> {
    let organization = Organization {
        id: context.ids.next(),
        name: name.into(),
        kind: OrganizationKind::Customer,
        managed_by: Some(owner),
        created,
        primary_admin: Some(primary_email.clone()),
        sites: Vec::new(),
        settings: OrganizationSettings::default(),
        preferred_language: None,
        modified: Timestamp::MIN,
    };
    let id = organization.id;
    draft.put(Record::Organization(organization.into()));
    let licenses = licenses::ensure_base(draft, context, id);
    let administrator = Person::new(context.ids.next(), id, primary_email, created);
    let roles = Roles::of(&[Role::CustomerFullAdmin]);
    draft.put(Record::Person(Person { licenses, roles, ..administrator }.into()));
    id
}

/// Gives an organization that has meetings and no Webex site one.
fn create_site(draft: &mut Draft, id: Id<Organization>, packages: &[Package]) {
    let organization = draft.organization(id).expect("a customer has an organization");
    if !organization.sites.is_empty() || !packages.iter().any(|package| package.has_meetings()) {
        return;
    }
    let mut organization = Organization::clone(organization);
    organization.sites.push(site_of(&organization.name));
    draft.put(Record::Organization(organization.into()));
}

/// The host of an organization's meeting site, from its name.
fn site_of(name: &str) -> Arc<str> {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = if letters.is_empty() { "site".to_owned() } else { letters.to_ascii_lowercase() };
    format!("{letters}.webex.com").into()
}

/// Creates the calling location; one of that name that the organization has already is enabled for calling.
fn create_location(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    new: Option<&NewLocation>,
    created: Timestamp,
) {
    let Some(new) = new else { return };
    let name = new.name.trim();
    let known = draft.locations_of(organization).find(|location| *location.name == *name).cloned();
    if let Some(known) = known {
        if known.calling.is_none() {
            draft.put(Record::Location(Location::clone(&known).with_calling().into()));
        }
        return;
    }
    let id = context.ids.next();
    let location = Location {
        time_zone: new.time_zone.clone(),
        language: new.language.clone(),
        emergency_identifier: new.emergency_identifier.clone(),
        ..Location::new(id, organization, name, new.address.clone(), created).with_calling()
    };
    draft.put(Record::Location(location.into()));
}
