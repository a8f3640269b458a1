//! Two worlds to start from: an empty partner, and the demo.
//!
//! Both are built by the same operations that clients use, at fixed times, so their ids never change.
//! Only what no operation makes (partners, templates, number inventory, things gone wrong) is put directly.

mod customers;

use crate::operation::customers::NewCustomer;
use crate::operation::subscribers::NewSubscriber;
use crate::operation::{PackageChoice, PlacementRequest, customers as operations, subscribers};
use crate::record::{
    Address, Customer, Location, Number, Organization, OrganizationKind, OrganizationSettings, Partner,
    Person, PersonStatus, ProvisioningState, SubPartner, Subscriber, Template,
};
use crate::{
    Caller, Context, Draft, Email, HubError, Id, Ids, PhoneNumber, Record, Role, Roles, Settings, Timestamp,
    World,
};

/// When the demo begins: 2026-01-05T09:00:00Z.
const BEGIN: Timestamp = Timestamp::from_millis_const(1_767_603_600_000);
const MINUTE_MS: i64 = 60_000;
/// The wholesale subscription of the demo partner.
pub const SUBSCRIPTION: &str = "Sub100001";
/// The partner administrator (not a full one) to whom demo customers are assigned.
pub const PARTNER_ADMIN: &str = "partner-admin@example.com";

/// A wholesale-enabled partner with one onboarding template, and nothing else.
pub fn empty() -> World {
    let mut builder = Builder::new();
    builder.administrators_of_the_partner();
    builder.draft.finish().0
}

/// The demo: sub-partners, templates, customers with locations, numbers, sites and users of every package; an
/// external user, pending users, one whose package is stuck in error, and one of a consumer organization.
pub fn demo() -> World {
    let mut builder = Builder::new();
    builder.template("Europe", "ES", ProvisioningState::Active);
    builder.template("Retired", "US", ProvisioningState::Suspended);
    let active = builder.sub_partner("Lakeside Telecom", ProvisioningState::Active);
    builder.sub_partner("Faraway Voice", ProvisioningState::Suspended);
    let acme = customers::acme(&mut builder);
    customers::panaderia(&mut builder);
    customers::blue_harbor(&mut builder);
    customers::lakeside_dental(&mut builder, active);
    customers::outsiders(&mut builder);
    builder.administrators_of_the_partner();
    customers::administrators_of(&mut builder, acme);
    builder.draft.finish().0
}

/// A world in the making; each step is a minute later than the one before.
struct Builder {
    draft: Draft,
    steps: u64,
    partner: Id<Organization>,
    template: Id<Template>,
    caller: Caller,
    settings: Settings,
}

impl Builder {
    fn new() -> Self {
        let caller = Caller::partner_full_admin("partner-full-admin@example.com", Id::MIN);
        let settings = Settings::default();
        let draft = Draft::of(&World::default());
        let mut builder = Builder { draft, steps: 0, partner: Id::MIN, template: Id::MIN, caller, settings };
        builder.partner = builder.organization("Northwind Communications", OrganizationKind::Partner, None);
        builder.caller.organization = builder.partner;
        builder.draft.put(Record::Partner(
            Partner {
                organization: builder.partner,
                is_wholesale_enabled: true,
                subscription: SUBSCRIPTION.into(),
            }
            .into(),
        ));
        builder.template = builder.template("Standard", "US", ProvisioningState::Active);
        builder
    }

    /// Runs a step with the inputs of its minute.
    fn step<T>(&mut self, step: impl FnOnce(&mut Draft, &Context<'_>) -> T) -> T {
        self.steps += 1;
        let now = BEGIN + MINUTE_MS * i64::try_from(self.steps).expect("a demo has few steps");
        let ids = Ids::new(now, self.steps, 0);
        step(
            &mut self.draft,
            &Context { now, caller: &self.caller, ids, settings: &self.settings, outcomes: &[] },
        )
    }

    fn organization(
        &mut self,
        name: &str,
        kind: OrganizationKind,
        managed_by: Option<Id<Organization>>,
    ) -> Id<Organization> {
        self.step(|draft, context| {
            let organization = Organization {
                id: context.ids.next(),
                name: name.into(),
                kind,
                managed_by,
                created: context.now,
                primary_admin: None,
                sites: Vec::new(),
                settings: OrganizationSettings::default(),
                preferred_language: None,
                modified: Timestamp::MIN,
            };
            let id = organization.id;
            draft.put(Record::Organization(organization.into()));
            id
        })
    }

    fn template(&mut self, name: &str, country: &str, provisioning_state: ProvisioningState) -> Id<Template> {
        let owner = self.partner;
        self.step(|draft, context| {
            let template = Template {
                id: context.ids.next(),
                owner,
                name: name.into(),
                country: country.into(),
                subscription: SUBSCRIPTION.into(),
                provisioning_state,
            };
            let id = template.id;
            draft.put(Record::Template(template.into()));
            id
        })
    }

    fn sub_partner(&mut self, name: &str, provisioning_state: ProvisioningState) -> Id<Organization> {
        let partner = self.partner;
        let organization = self.organization(name, OrganizationKind::Partner, Some(partner));
        self.step(|draft, context| {
            let sub_partner = SubPartner {
                organization,
                partner,
                subscription: "Sub200002".into(),
                provisioning_state,
                created: context.now,
                billing_start: context.now,
            };
            draft.put(Record::SubPartner(sub_partner.into()));
        });
        organization
    }

    fn customer(&mut self, new: &NewCustomer) -> std::sync::Arc<Customer> {
        lawful(self.step(|draft, context| operations::provision(draft, context, new)))
    }

    /// The people behind the standing tokens of the partner's side.
    fn administrators_of_the_partner(&mut self) {
        let partner = self.partner;
        let full = [Role::PartnerFullAdmin, Role::WholesaleAdmin, Role::CustomerFullAdmin];
        self.administrator(partner, "partner-full-admin@example.com", &full);
        self.administrator(partner, PARTNER_ADMIN, &[Role::PartnerAdmin]);
        self.administrator(partner, "partner-read-only@example.com", &[Role::PartnerReadOnly]);
        self.administrator(partner, "wholesale-admin@example.com", &[Role::WholesaleAdmin]);
    }

    fn administrator(&mut self, organization: Id<Organization>, email: &str, roles: &[Role]) {
        self.person(organization, email, |person| {
            person.roles = Roles::of(roles);
            person.status = PersonStatus::Active;
        });
    }

    /// Changes a customer's organization.
    fn adjust(&mut self, id: Id<Organization>, change: impl FnOnce(&mut Organization)) {
        let mut organization = Organization::clone(self.draft.organization(id).expect("built before"));
        change(&mut organization);
        self.draft.put(Record::Organization(organization.into()));
    }

    fn main_location(&self, customer: &Customer) -> Id<Location> {
        self.draft.locations_of(customer.organization).next().expect("provisioned with a location").id
    }

    /// Puts `count` numbers in a location's inventory, from `first` on.
    fn numbers(&mut self, location: Id<Location>, first: u64, count: u64) {
        for number in first..first + count {
            let number = lawful(PhoneNumber::parse(&format!("+{number}")));
            self.draft.put(Record::Number(Number::new(number, location).into()));
        }
    }

    /// Provisions a user: first and last name, package, and for calling the extension and perhaps a number.
    fn user(&mut self, customer: &Customer, user: &User) -> std::sync::Arc<Subscriber> {
        let new = NewSubscriber {
            customer: customer.id,
            email: user.email.into(),
            package: PackageChoice { package: None, packages: Some(vec![user.package.into()]) },
            first_name: Some(user.first_name.into()),
            last_name: Some(user.last_name.into()),
            placement: PlacementRequest {
                location: Some(self.main_location(customer)),
                phone_number: user.phone_number.map(Box::from),
                extension: user.extension.map(Box::from),
            },
        };
        let subscriber = lawful(self.step(|draft, context| subscribers::provision(draft, context, &new)));
        if !user.is_pending {
            self.adjust_person(subscriber.person, |person| person.status = PersonStatus::Active);
        }
        subscriber
    }

    fn adjust_person(&mut self, id: Id<Person>, change: impl FnOnce(&mut Person)) {
        let mut person = Person::clone(self.draft.person(id).expect("built before"));
        change(&mut person);
        self.draft.put(Record::Person(person.into()));
    }

    /// A person without a package.
    fn person(&mut self, organization: Id<Organization>, email: &str, change: impl FnOnce(&mut Person)) {
        let email = lawful(Email::parse(email));
        self.step(|draft, context| {
            let mut person = Person::new(context.ids.next(), organization, email, context.now);
            change(&mut person);
            draft.put(Record::Person(person.into()));
        });
    }
}

/// A user of the demo.
#[derive(Default)]
struct User {
    first_name: &'static str,
    last_name: &'static str,
    email: &'static str,
    package: &'static str,
    extension: Option<&'static str>,
    phone_number: Option<&'static str>,
    is_pending: bool,
}

/// What the demo does is lawful, or the demo is wrong.
fn lawful<T>(result: Result<T, HubError>) -> T {
    result.unwrap_or_else(|refusal| panic!("the demo breaks a rule: {refusal}"))
}

fn address(line1: &str, city: &str, state: Option<&str>, postal_code: &str, country: &str) -> Address {
    Address {
        line1: line1.into(),
        line2: None,
        city: city.into(),
        state: state.map(Box::from),
        postal_code: Some(postal_code.into()),
        country: country.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Package;

    #[test]
    fn both_worlds_are_sound_and_the_same_in_every_start() {
        assert_eq!(empty().check(), Ok(()));
        assert_eq!(demo().check(), Ok(()));
        assert_eq!(demo(), demo());
    }

    #[test]
    fn every_subscriber_package_is_in_use() {
        let world = demo();
        let is_used = |package| world.subscribers().any(|subscriber| subscriber.packages.contains(package));
        let unused: Vec<_> =
            Package::all().filter(|package| package.is_base() && !is_used(*package)).collect();
        assert!(unused.is_empty(), "{unused:?}");
        assert!(world.subscribers().any(|subscriber| !subscriber.errors.is_empty()));
    }
}
