//! The customers of the demo and the people around them.

use super::{Builder, PARTNER_ADMIN, User, address};
use crate::operation::customers::{CustomerInfo, NewCustomer, NewLocation};
use crate::record::{
    Address, Customer, Fault, Location, Organization, OrganizationKind, PersonStatus, Subscriber,
};
use crate::{Email, Id, Package, PackageSet, Record, Role};

/// What Webex says of a calling package whose provisioning could not start.
const CALLING_MAINTENANCE: (u32, &str) = (
    2560,
    "One or more Webex Calling services are unavailable due to maintenance, unable to start provisioning. \
     Consult status.webex.com and retry later.",
);

struct Plan<'a> {
    external_id: &'a str,
    name: &'a str,
    primary_email: &'a str,
    packages: &'a [Package],
    location: &'a str,
    address: Address,
    time_zone: &'a str,
    language: &'a str,
}

fn provision(builder: &mut Builder, plan: Plan<'_>, quantities: &[(Package, u32)]) -> Customer {
    let new = NewCustomer {
        provisioning_id: Some(builder.template),
        packages: Some(plan.packages.iter().map(|package| package.id().into()).collect()),
        external_id: Some(plan.external_id.into()),
        address: plan.address.clone(),
        organization: None,
        info: Some(CustomerInfo {
            name: Some(plan.name.into()),
            primary_email: Some(plan.primary_email.into()),
        }),
        location: Some(NewLocation {
            name: plan.location.into(),
            address: plan.address,
            time_zone: plan.time_zone.into(),
            language: plan.language.into(),
            emergency_identifier: None,
        }),
        quantities: quantities.to_vec(),
    };
    let mut customer = Customer::clone(&builder.customer(&new));
    customer.assigned_to = vec![Email::parse(PARTNER_ADMIN).expect("it is an address")];
    builder.draft.put(Record::Customer(customer.clone().into()));
    customer
}

/// Every package, two locations, a user for each; restricted administrator mode is off.
pub(super) fn acme(builder: &mut Builder) -> Id<Organization> {
    let packages: Vec<Package> = Package::all().collect();
    let plan = Plan {
        external_id: "acme-dental",
        name: "Acme Dental",
        primary_email: "admin@acme-dental.example.com",
        packages: &packages,
        location: "Head Office",
        address: address("771 Alder Drive", "Milpitas", Some("CA"), "95035", "US"),
        time_zone: "America/Los_Angeles",
        language: "en_us",
    };
    let customer = provision(builder, plan, &[(Package::WebexVoice, 2)]);
    builder.adjust(customer.organization, |organization| {
        organization.settings.has_restricted_administrators = false;
        organization.sites.push("acmedental-eu.webex.com".into());
    });
    let head_office = builder.main_location(&customer);
    builder.numbers(head_office, 14_085_550_100, 50);
    let branch = second_location(builder, &customer, head_office, "Branch");
    builder.numbers(branch, 14_085_550_200, 20);
    for user in ACME_USERS {
        builder.user(&customer, user);
    }
    let console = builder.user(&customer, &RECEPTION);
    add_attendant_console(builder, &customer, &console);
    let stuck = builder.user(&customer, &STUCK);
    let error =
        Fault { code: None, description: "Webex Calling settings of the user cannot be reached.".into() };
    let stuck = Subscriber { errors: [error].into(), ..Subscriber::clone(&stuck) };
    builder.draft.put(Record::Subscriber(stuck.into()));
    builder.person(customer.organization, "consultant@partnerfirm.example.net", |person| {
        person.display_name = Some("Erin Guest".into());
        person.is_external = true;
        person.status = PersonStatus::Active;
    });
    customer.organization
}

/// The people behind the standing tokens of the customer's side.
pub(super) fn administrators_of(builder: &mut Builder, organization: Id<Organization>) {
    builder.administrator(organization, "customer-full-admin@example.com", &[Role::CustomerFullAdmin]);
    builder.administrator(organization, "customer-user-admin@example.com", &[Role::CustomerUserAdmin]);
    builder.administrator(organization, "customer-read-only@example.com", &[Role::CustomerReadOnly]);
}

#[rustfmt::skip]
const ACME_USERS: &[User] = &[
    User { first_name: "Alice",   last_name: "Anderson", email: "alice@acme-dental.example.com",   package: "webex_suite",            extension: Some("1001"), phone_number: Some("+14085550101"), is_pending: false },
    User { first_name: "Bob",     last_name: "Brown",    email: "bob@acme-dental.example.com",     package: "webex_calling",          extension: Some("1002"), phone_number: Some("+14085550102"), is_pending: false },
    User { first_name: "Carla",   last_name: "Costa",    email: "carla@acme-dental.example.com",   package: "webex_calling_standard", extension: Some("1003"), phone_number: None,                 is_pending: false },
    User { first_name: "David",   last_name: "Diaz",     email: "david@acme-dental.example.com",   package: "webex_meetings",         extension: None,         phone_number: None,                 is_pending: false },
    User { first_name: "Eva",     last_name: "Engel",    email: "eva@acme-dental.example.com",     package: "webex_voice",            extension: Some("1005"), phone_number: None,                 is_pending: false },
    User { first_name: "Farid",   last_name: "Faris",    email: "farid@acme-dental.example.com",   package: "cx_essentials",          extension: Some("1006"), phone_number: Some("+14085550106"), is_pending: false },
    User { first_name: "Grace",   last_name: "Green",    email: "grace@acme-dental.example.com",   package: "cx_premium_agent",       extension: None,         phone_number: None,                 is_pending: false },
    User { first_name: "Hiro",    last_name: "Hayashi",  email: "hiro@acme-dental.example.com",    package: "cx_standard_agent",      extension: None,         phone_number: None,                 is_pending: false },
    User { first_name: "Ines",    last_name: "Ibáñez",   email: "ines@acme-dental.example.com",    package: "webex_suite",            extension: Some("1009"), phone_number: None,                 is_pending: true },
];

const RECEPTION: User = User {
    first_name: "Rosa",
    last_name: "Reyes",
    email: "reception@acme-dental.example.com",
    package: "webex_calling",
    extension: Some("1000"),
    phone_number: Some("+14085550100"),
    is_pending: false,
};

const STUCK: User = User {
    first_name: "Sam",
    last_name: "Stuck",
    email: "sam@acme-dental.example.com",
    package: "webex_calling",
    extension: Some("1099"),
    phone_number: None,
    is_pending: false,
};

/// A customer in Spain.
pub(super) fn panaderia(builder: &mut Builder) {
    let plan = Plan {
        external_id: "panaderia-sol",
        name: "Panadería Sol",
        primary_email: "direccion@panaderia-sol.example.com",
        packages: &[
            Package::WebexCalling,
            Package::WebexCallingStandard,
            Package::WebexSuite,
            Package::WebexMeetings,
            Package::CommonAreaCalling,
        ],
        location: "Madrid Centro",
        address: address("Calle Mayor 1", "Madrid", None, "28013", "ES"),
        time_zone: "Europe/Madrid",
        language: "es_es",
    };
    let customer = provision(builder, plan, &[(Package::WebexSuite, 50), (Package::WebexCalling, 50)]);
    let location = builder.main_location(&customer);
    builder.numbers(location, 34_910_000_100, 30);
    for user in PANADERIA_USERS {
        builder.user(&customer, user);
    }
}

#[rustfmt::skip]
const PANADERIA_USERS: &[User] = &[
    User { first_name: "Lucía",  last_name: "Gómez",  email: "lucia@panaderia-sol.example.com",  package: "webex_suite",    extension: Some("201"), phone_number: Some("+34910000101"), is_pending: false },
    User { first_name: "Mateo",  last_name: "Núñez",  email: "mateo@panaderia-sol.example.com",  package: "webex_calling",  extension: Some("202"), phone_number: Some("+34910000102"), is_pending: false },
    User { first_name: "Nerea",  last_name: "Ortiz",  email: "nerea@panaderia-sol.example.com",  package: "webex_meetings", extension: None,        phone_number: None,                 is_pending: true },
];

/// A customer one of whose packages failed to provision.
pub(super) fn blue_harbor(builder: &mut Builder) {
    let plan = Plan {
        external_id: "blue-harbor",
        name: "Blue Harbor Logistics",
        primary_email: "it@blue-harbor.example.com",
        packages: &[Package::WebexCalling, Package::WebexMeetings],
        location: "Harbor",
        address: address("12 Dock Street", "Seattle", Some("WA"), "98101", "US"),
        time_zone: "America/Los_Angeles",
        language: "en_us",
    };
    let mut customer = provision(builder, plan, &[]);
    let (code, description) = CALLING_MAINTENANCE;
    let fault = Fault { code: Some(code), description: description.into() };
    for offer in customer.packages.iter_mut().filter(|offer| offer.package == Package::WebexCalling) {
        offer.errors.push(fault.clone());
        offer.warnings.push(fault.clone());
    }
    builder.draft.put(Record::Customer(customer.clone().into()));
    let user = User {
        first_name: "Olga",
        last_name: "Olsen",
        email: "olga@blue-harbor.example.com",
        package: "webex_meetings",
        ..User::default()
    };
    builder.user(&customer, &user);
}

/// A customer of the active sub-partner.
pub(super) fn lakeside_dental(builder: &mut Builder, sub_partner: Id<Organization>) {
    builder.caller.on_behalf_of = Some(sub_partner);
    let plan = Plan {
        external_id: "lakeside-dental",
        name: "Lakeside Dental",
        primary_email: "office@lakeside-dental.example.com",
        packages: &[Package::WebexCalling, Package::WebexSuite],
        location: "Lakeside",
        address: address("5 Shore Road", "Madison", Some("WI"), "53703", "US"),
        time_zone: "America/Chicago",
        language: "en_us",
    };
    let customer = provision(builder, plan, &[]);
    let user = User {
        first_name: "Pia",
        last_name: "Pond",
        email: "pia@lakeside-dental.example.com",
        package: "webex_suite",
        extension: Some("300"),
        ..User::default()
    };
    builder.user(&customer, &user);
    builder.caller.on_behalf_of = None;
}

/// An organization that is not yet a customer, and somebody who signed up by himself.
pub(super) fn outsiders(builder: &mut Builder) {
    let partner = builder.partner;
    let mill = builder.organization("Old Mill Bakery", OrganizationKind::Customer, Some(partner));
    builder.person(mill, "owner@old-mill.example.com", |person| person.status = PersonStatus::Active);
    let consumers = builder.organization("Webex consumers", OrganizationKind::Consumer, None);
    builder.person(consumers, "free.user@example.net", |person| {
        person.first_name = Some("Frida".into());
        person.last_name = Some("Frei".into());
        person.status = PersonStatus::Active;
    });
}

fn second_location(
    builder: &mut Builder,
    customer: &Customer,
    like: Id<Location>,
    name: &str,
) -> Id<Location> {
    let mut location = Location::clone(builder.draft.location(like).expect("built before"));
    let organization = customer.organization;
    builder.step(|draft, context| {
        location.id = context.ids.next();
        location.name = name.into();
        location.organization = organization;
        let id = location.id;
        draft.put(Record::Location(location.into()));
        id
    })
}

fn add_attendant_console(builder: &mut Builder, customer: &Customer, subscriber: &Subscriber) {
    let offer = customer.packages.iter().find(|offer| offer.package == Package::AttendantConsole);
    let licenses = offer.expect("offered to Acme").licenses.clone();
    builder.adjust_person(subscriber.person, |person| {
        person.licenses = crate::operation::licenses::exchanged(&person.licenses, &[], &[licenses]);
    });
    let packages: PackageSet = subscriber.packages.with(Package::AttendantConsole);
    builder.draft.put(Record::Subscriber(Subscriber { packages, ..subscriber.clone() }.into()));
}
