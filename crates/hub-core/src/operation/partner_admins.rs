//! Which partner administrators look after which customers.
//!
//! Full and read-only administrators of a partner have all its customers; a partner administrator has those that he
//! is assigned to. Who a person is, is known by the address, as tokens have it.

use std::collections::HashMap;
use std::sync::Arc;

use hub_rules::advice;
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::organizations::ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED;
use hub_rules::people::PERSON_IS_KNOWN;

use super::access::{self, Errand};
use crate::record::{Customer, Organization, Person};
use crate::{
    Context, Draft, Email, HubError, Id, Mark, Order, Page, PageRequest, Record, Role, Roles, Scope, World,
};

/// The roles that come with all customers.
const HAVING_ALL: &[Role] = &[Role::PartnerFullAdmin, Role::PartnerReadOnly];

/// The administrators of the caller's partner, oldest first. For full and read-only administrators of it (API-006).
pub fn all(world: &World, context: &Context<'_>, wanted: PageRequest) -> Result<Page<Arc<Person>>, HubError> {
    access::staff(context, Errand::ListAssignments, Scope::OrganizationsRead)?;
    let people = world.people_of(context.caller.organization);
    let administrators = people.filter(|person| person.roles.has_any(Role::OF_A_PARTNER));
    Ok(Page::of(administrators, wanted, Order::OldestFirst, |person| Mark::of(person.id)))
}

/// One of the people of the caller's partner (PPL-001). For full and read-only administrators of it (API-006).
pub fn one(world: &World, context: &Context<'_>, person: Id<Person>) -> Result<Arc<Person>, HubError> {
    access::staff(context, Errand::ListAssignments, Scope::OrganizationsRead)?;
    colleague(world, context, person)
}

/// Whether an administrator has all customers of the partner; others have those that they are assigned to.
pub fn has_all_customers(person: &Person) -> bool {
    person.roles.has_any(HAVING_ALL)
}

/// The organizations of the customers that a partner administrator is assigned to, newest first.
///
/// Refused for anybody but full and read-only administrators of the partner (API-006), for somebody who is not of the
/// partner (PPL-001), and for an administrator who has them all (ORG-006).
pub fn organizations(
    world: &World,
    context: &Context<'_>,
    person: Id<Person>,
) -> Result<Vec<Id<Organization>>, HubError> {
    access::staff(context, Errand::ListAssignments, Scope::OrganizationsRead)?;
    let person = colleague(world, context, person).map_err(|refusal| refusal.at("managedBy"))?;
    if has_all_customers(&person) {
        let refusal = HubError::broken(&ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED).at("managedBy");
        return Err(refusal.advise(&advice::HAS_ALL_CUSTOMERS));
    }
    let customers = world.customers_of(context.caller.organization);
    let assigned = customers
        .filter(|customer| customer.exists_at(context.now) && customer.is_assigned_to(person.email.as_str()));
    Ok(assigned.map(|customer| customer.organization).collect())
}

/// How many customers each partner administrator is assigned to, by address: of all in one look at the customers. Who has
/// none is left out. For full and read-only administrators of the partner (API-006).
pub fn counts(world: &World, context: &Context<'_>) -> Result<HashMap<Email, usize>, HubError> {
    access::staff(context, Errand::ListAssignments, Scope::OrganizationsRead)?;
    let customers = world.customers_of(context.caller.organization);
    let mut counts = HashMap::new();
    for customer in customers.filter(|customer| customer.exists_at(context.now)) {
        for address in &customer.assigned_to {
            *counts.entry(address.clone()).or_default() += 1;
        }
    }
    Ok(counts)
}

/// The partner administrators who are assigned to a customer. For full administrators of the partner (API-006).
pub fn of_customer(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<Vec<Arc<Person>>, HubError> {
    access::staff(context, Errand::Appoint, Scope::OrganizationsRead)?;
    let customer = customer(world, context, organization)?;
    let colleagues = world.people_of(context.caller.organization);
    Ok(colleagues.filter(|person| customer.is_assigned_to(person.email.as_str())).cloned().collect())
}

/// Assigns a partner administrator to a customer. Refused for who is none (ORG-006).
pub fn assign(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    person: Id<Person>,
) -> Result<(), HubError> {
    let (customer, person) = both(draft, context, organization, person)?;
    if !person.roles.has_any(&[Role::PartnerAdmin]) || has_all_customers(&person) {
        return Err(HubError::broken(&ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED).at("personId"));
    }
    if !customer.is_assigned_to(person.email.as_str()) {
        let mut customer = Customer::clone(&customer);
        customer.assigned_to.push(person.email.clone());
        draft.put(Record::Customer(customer.into()));
    }
    Ok(())
}

/// Ends that; the person keeps the role.
pub fn unassign(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    person: Id<Person>,
) -> Result<(), HubError> {
    let (customer, person) = both(draft, context, organization, person)?;
    take(draft, &customer, &person);
    Ok(())
}

/// Takes all partner roles from a person, and all customers; roles of the own organization stay.
pub fn revoke(draft: &mut Draft, context: &Context<'_>, person: Id<Person>) -> Result<(), HubError> {
    access::staff(context, Errand::Appoint, Scope::OrganizationsWrite)?;
    let person = colleague(draft, context, person)?;
    let mut person = Person::clone(&person);
    let customers: Vec<_> = draft.customers_of(person.organization).cloned().collect();
    for customer in customers {
        take(draft, &customer, &person);
    }
    let kept: Vec<Role> = person.roles.iter().filter(|role| !role.is_of_a_partner()).collect();
    person.roles = Roles::of(&kept);
    person.modified = context.now;
    draft.put(Record::Person(person.into()));
    Ok(())
}

/// A person of the caller's own organization.
fn colleague(world: &World, context: &Context<'_>, id: Id<Person>) -> Result<Arc<Person>, HubError> {
    let own = context.caller.organization;
    let found = world.person(id).filter(|person| person.organization == own);
    found.cloned().ok_or_else(|| HubError::broken(&PERSON_IS_KNOWN))
}

fn customer<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<&'a Arc<Customer>, HubError> {
    let found = world.customer_of(organization);
    let own = found.filter(|customer| access::sees(context, context.caller.organization, customer));
    own.ok_or_else(|| HubError::broken(&ORGANIZATION_IS_KNOWN).at("orgId"))
}

fn both(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    person: Id<Person>,
) -> Result<(Arc<Customer>, Arc<Person>), HubError> {
    access::staff(context, Errand::Appoint, Scope::OrganizationsWrite)?;
    let customer = customer(world, context, organization)?.clone();
    let person = colleague(world, context, person).map_err(|refusal| refusal.at("personId"))?;
    Ok((customer, person))
}

fn take(draft: &mut Draft, customer: &Customer, person: &Person) {
    if customer.is_assigned_to(person.email.as_str()) {
        let mut customer = customer.clone();
        customer.assigned_to.retain(|address| *address != person.email);
        draft.put(Record::Customer(customer.into()));
    }
}
