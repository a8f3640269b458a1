//! Random histories: steps that any caller could take, drawn from few enough names that they collide.

mod by_hand;
mod directory;

use std::sync::Arc;

use hub_core::operation::customers::{self, CustomerUpdate, NewCustomer};
use hub_core::operation::license_changes::{self, LicensePatch, LicenseRequest};
use hub_core::operation::people::{self, PersonData};
use hub_core::operation::subscribers::{self, NewSubscriber, PackageChange};
use hub_core::operation::{PlacementRequest, organizations, tasks};
use hub_core::record::{Customer, ImportBehavior};
use hub_core::{HubError, Id, Package, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use self::by_hand::ByHandStep;
use self::directory::DirectoryStep;
use crate::calling_steps::{self, CallingStep};
use crate::hub::{ADD, ADD_AND_REMOVE, Hub, package};

/// A step of a random history; an index picks among the records that are there.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    ProvisionCustomer(CustomerDraw),
    UpdateCustomer(Index, Vec<&'static str>, Option<&'static str>),
    RemoveCustomer(Index),
    ProvisionSubscriber(SubscriberDraw),
    ChangePackage(Index, SubscriberDraw),
    RemoveSubscriber(Index),
    Import(ImportBehavior, Vec<RowDraw>),
    SetImportSpeed(Option<u32>),
    ManageTask(Errand),
    CreatePerson(SubscriberDraw, Vec<Index>),
    UpdatePerson(Index, SubscriberDraw, Vec<Index>),
    RemovePerson(Index),
    ChangeLicenses(Index, SubscriberDraw, Vec<(Index, bool)>),
    DeleteOrganization(Index),
    Calling(CallingStep),
    Directory(DirectoryStep),
    ByHand(ByHandStep),
    Wait(i64),
}

/// What is done to the newest task.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Errand {
    Pause,
    Resume,
    Cancel,
}

#[derive(Debug, Clone)]
pub(crate) struct CustomerDraw {
    template: &'static str,
    external_id: &'static str,
    packages: Vec<&'static str>,
    name: &'static str,
    email: &'static str,
    has_location: bool,
    country: &'static str,
    links: Option<Index>,
}

#[derive(Debug, Clone)]
pub(crate) struct SubscriberDraw {
    customer: Index,
    email: &'static str,
    package: &'static str,
    first_name: Option<&'static str>,
    location: Option<Index>,
    number: Option<&'static str>,
    extension: Option<&'static str>,
}

/// The cells of a row: address, first name, extension, location, and one of four packages each.
#[derive(Debug, Clone)]
pub(crate) struct RowDraw {
    pub(crate) cells: [&'static str; 4],
    pub(crate) packages: [&'static str; 4],
}

pub(crate) const EMAILS: [&str; 13] = [
    "dora@x.example",
    "eli@x.example",
    "fay@x.example",
    "ana@x.example",
    "Ana@X.example",
    "bea@x.example",
    "cleo@x.example",
    "lucia@panaderia-sol.example.com",
    "mateo@panaderia-sol.example.com",
    "nerea@panaderia-sol.example.com",
    "alice@acme-dental.example.com",
    "free.user@example.net",
    "not an address",
];
pub(crate) const PACKAGES: [&str; 9] = [
    "webex_calling",
    "webex_calling_standard",
    "webex_suite",
    "webex_meetings",
    "webex_voice",
    "attendant_console",
    "cx_premium_agent",
    "common_area_calling",
    "softphone",
];
const COUNTRIES: [&str; 6] = ["NO", "NO", "NO", "NO", "US", "Norway"];
pub(crate) const EXTENSIONS: [&str; 6] = ["201", "202", "203", "0203", "1001", "7"];
const NUMBERS: [&str; 5] = ["+34910000101", "+34910000110", "+34-910-000-111", "+14085550130", "911"];
const CELLS: [&str; 4] = ["TRUE", "FALSE", "", "maybe"];
const COLUMNS: &str = "User ID/Email (Required),First Name,Extension,Location,Last Name,\
                       Webex Calling,Webex Calling Standard,Webex Suite,Webex Meetings";

/// What a customer is offered: mostly lawful, and often enough all that is in use.
fn offer() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        4 => vec(select(&PACKAGES[..5]), 1..5),
        3 => Just(Package::all().map(Package::id).collect()),
        1 => vec(select(&PACKAGES[..]), 0..4),
    ]
}

pub(crate) fn customer_draw() -> impl Strategy<Value = CustomerDraw> {
    let templates = ["Standard", "Standard", "Standard", "Europe", "Retired"];
    let who = (select(templates.to_vec()), select(&["one", "two", "three", "panaderia-sol"][..]));
    let emails = [
        "owner@one.example",
        "owner@two.example",
        "owner@three.example",
        "alice@acme-dental.example.com",
        "owner",
    ];
    let names = ["Bakery", "Bakery", "Bakery", "50% Bakery"];
    let named = (select(names.to_vec()), select(emails.to_vec()));
    let place = (proptest::bool::weighted(0.8), select(&COUNTRIES[..]));
    let links = proptest::option::weighted(0.5, any::<Index>());
    (who, offer(), named, place, links).prop_map(
        |((template, external_id), packages, (name, email), (has_location, country), links)| CustomerDraw {
            template,
            external_id,
            packages,
            name,
            email,
            has_location,
            country,
            links,
        },
    )
}

pub(crate) fn subscriber_draw() -> impl Strategy<Value = SubscriberDraw> {
    let named = (select(&EMAILS[..]), proptest::option::of(select(&[" Ana ", "Bea", " "][..])));
    let place = (
        proptest::option::weighted(0.9, any::<Index>()),
        proptest::option::weighted(0.3, select(&NUMBERS[..])),
        proptest::option::weighted(0.9, select(&EXTENSIONS[..])),
    );
    let package = prop_oneof![5 => select(&PACKAGES[..4]), 2 => select(&PACKAGES[..])];
    (any::<Index>(), named, package, place).prop_map(
        |(customer, (email, first_name), package, (location, number, extension))| SubscriberDraw {
            customer,
            email,
            package,
            first_name,
            location,
            number,
            extension,
        },
    )
}

pub(crate) fn row_draw() -> impl Strategy<Value = RowDraw> {
    let locations = ["Madrid Centro", "", "Barcelona"];
    let extensions = ["203", "204", "0205", "206", "207", "201", ""];
    let cells = (select(&EMAILS[..]), select(&["Ana", "Ana", "Ana", ""][..]), select(extensions.to_vec()), {
        prop_oneof![6 => Just(locations[0]), 2 => Just(locations[1]), 1 => Just(locations[2])]
    });
    let one = (0..4_usize, select(&["FALSE", ""][..])).prop_map(|(wanted, other)| {
        let mut packages = [other; 4];
        packages[wanted] = "TRUE";
        packages
    });
    let any_cells = [(); 4].map(|()| select(&CELLS[..]));
    let packages = prop_oneof![6 => one, 2 => Just(["FALSE"; 4]), 2 => any_cells];
    (cells, packages).prop_map(|((email, first_name, extension, location), packages)| RowDraw {
        cells: [email, first_name, extension, location],
        packages,
    })
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let behavior = select(&[ADD, ADD_AND_REMOVE][..]);
    let renames = proptest::option::of(select(&["one", "three"][..]));
    prop_oneof![
        4 => customer_draw().prop_map(Step::ProvisionCustomer),
        2 => (any::<Index>(), offer(), renames).prop_map(|(of, packages, to)| Step::UpdateCustomer(of, packages, to)),
        1 => any::<Index>().prop_map(Step::RemoveCustomer),
        6 => subscriber_draw().prop_map(Step::ProvisionSubscriber),
        4 => (any::<Index>(), subscriber_draw()).prop_map(|(of, draw)| Step::ChangePackage(of, draw)),
        2 => any::<Index>().prop_map(Step::RemoveSubscriber),
        4 => (behavior, vec(row_draw(), 0..5)).prop_map(|(behavior, rows)| Step::Import(behavior, rows)),
        2 => select(&[None, None, Some(1), Some(3)][..]).prop_map(Step::SetImportSpeed),
        2 => select(&[Errand::Pause, Errand::Resume, Errand::Cancel][..]).prop_map(Step::ManageTask),
        3 => (subscriber_draw(), vec(any::<Index>(), 0..5)).prop_map(|(draw, of)| Step::CreatePerson(draw, of)),
        3 => (any::<Index>(), subscriber_draw(), vec(any::<Index>(), 0..5))
            .prop_map(|(who, draw, of)| Step::UpdatePerson(who, draw, of)),
        1 => any::<Index>().prop_map(Step::RemovePerson),
        4 => (any::<Index>(), subscriber_draw(), vec(any::<(Index, bool)>(), 0..4))
            .prop_map(|(who, draw, of)| Step::ChangeLicenses(who, draw, of)),
        1 => any::<Index>().prop_map(Step::DeleteOrganization),
        6 => calling_steps::step().prop_map(Step::Calling),
        3 => directory::directory_step().prop_map(Step::Directory),
        8 => by_hand::by_hand_step().prop_map(Step::ByHand),
        4 => select(&[1, 400, 1000, 60_000][..]).prop_map(Step::Wait),
    ]
}

fn boxed(names: &[&'static str]) -> Vec<Box<str>> {
    names.iter().map(|name| (*name).into()).collect()
}

impl CustomerDraw {
    pub(crate) fn request(&self, hub: &Hub) -> NewCustomer {
        let mut new = hub.new_customer();
        new.provisioning_id = Some(hub.template(self.template));
        new.external_id = Some(self.external_id.into());
        new.packages = Some(boxed(&self.packages));
        new.address.country = self.country.into();
        let info = new.info.as_mut().unwrap();
        (info.name, info.primary_email) = (Some(self.name.into()), Some(self.email.into()));
        new.location = new.location.filter(|_| self.has_location);
        let mill = hub.person("owner@old-mill.example.com").organization;
        let known = hub.world.customers_of(hub.partner()).map(|customer| customer.organization);
        let organizations: Vec<_> = known.chain([mill]).collect();
        new.organization = self.links.map(|index| *index.get(&organizations));
        new
    }
}

impl SubscriberDraw {
    fn placement(&self, hub: &Hub) -> PlacementRequest {
        let own = self.customer_of(hub).organization;
        let all = hub.world.customers_of(hub.partner()).map(|customer| customer.organization);
        let of = |organization| hub.world.locations_of(organization).map(|location| location.id);
        let mut choices: Vec<_> = [own, own, own].into_iter().chain(all).flat_map(of).collect();
        choices.push(Id::MIN);
        PlacementRequest {
            location: self.location.map(|index| *index.get(&choices)),
            phone_number: self.number.map(Box::from),
            extension: self.extension.map(Box::from),
        }
    }

    fn customer_of(&self, hub: &Hub) -> Arc<Customer> {
        let customers: Vec<_> = hub.world.customers_of(hub.partner()).cloned().collect();
        self.customer.get(&customers).clone()
    }

    /// The same draw as what `/people` would be told, with licences among those of the customer.
    fn person(&self, hub: &Hub, licenses: &[Index]) -> PersonData {
        let customer = self.customer_of(hub);
        let placement = self.placement(hub);
        let all: Vec<_> = hub.world.licenses_of(customer.organization).map(|license| license.id).collect();
        PersonData {
            emails: vec![self.email.into()],
            organization: Some(customer.organization),
            display_name: Some("Ana".into()),
            licenses: licenses.iter().map(|index| *index.get(&all)).collect(),
            location: placement.location,
            phone_number: placement.phone_number,
            extension: placement.extension,
            ..PersonData::default()
        }
    }

    pub(crate) fn request(&self, hub: &Hub) -> NewSubscriber {
        NewSubscriber {
            customer: self.customer_of(hub).id,
            email: self.email.into(),
            package: package(self.package),
            first_name: self.first_name.map(Box::from),
            last_name: None,
            placement: self.placement(hub),
        }
    }
}

pub(crate) fn file_of(rows: &[RowDraw]) -> String {
    let line = |row: &RowDraw| format!("{},Ruiz,{}\n", row.cells.join(","), row.packages.join(","));
    format!("{COLUMNS}\n{}", rows.iter().map(line).collect::<String>())
}

/// Takes a step; whether it is refused does not matter, `Hub::run` checks what must hold either way.
pub(crate) fn take(hub: &mut Hub, step: &Step) {
    let customers: Vec<_> = hub.world.customers_of(hub.partner()).map(|found| found.id).collect();
    let subscribers: Vec<_> = hub.world.subscribers().map(|found| found.id).collect();
    let outcome = match step {
        Step::ProvisionCustomer(draw) => {
            let new = draw.request(hub);
            hub.run(|draft, context| customers::provision(draft, context, &new)).map(drop)
        }
        Step::UpdateCustomer(of, packages, external_id) => {
            let update = CustomerUpdate {
                packages: boxed(packages),
                external_id: external_id.map(Box::from),
                address: None,
                location: None,
                quantities: vec![(Package::WebexMeetings, 2)],
            };
            let id = *of.get(&customers);
            hub.run(|draft, context| customers::update(draft, context, id, &update)).map(drop)
        }
        Step::RemoveCustomer(of) => {
            let id = *of.get(&customers);
            hub.run(|draft, context| customers::remove(draft, context, id)).map(drop)
        }
        Step::ProvisionSubscriber(draw) => {
            let new = draw.request(hub);
            hub.run(|draft, context| subscribers::provision(draft, context, &new)).map(drop)
        }
        Step::ChangePackage(of, draw) if !subscribers.is_empty() => {
            let change = PackageChange { package: package(draw.package), placement: draw.placement(hub) };
            let id = *of.get(&subscribers);
            hub.run(|draft, context| subscribers::change_package(draft, context, id, &change)).map(drop)
        }
        Step::RemoveSubscriber(of) if !subscribers.is_empty() => {
            let id = *of.get(&subscribers);
            hub.run(|draft, context| subscribers::remove(draft, context, id))
        }
        Step::Import(behavior, rows) if hub.is_there("panaderia-sol") => {
            hub.import(*behavior, file_of(rows).as_bytes()).map(drop)
        }
        Step::SetImportSpeed(speed) if hub.is_there("panaderia-sol") => {
            hub.set_import_speed(*speed);
            Ok(())
        }
        Step::ManageTask(errand) => manage_task(hub, *errand),
        Step::CreatePerson(..)
        | Step::UpdatePerson(..)
        | Step::RemovePerson(_)
        | Step::ChangeLicenses(..) => take_with_people(hub, step),
        Step::DeleteOrganization(of) => {
            let all: Vec<_> =
                hub.world.organizations_managed_by(hub.partner()).map(|found| found.id).collect();
            let id = *of.get(&all);
            match id == hub.person("owner@old-mill.example.com").organization {
                true => Ok(()), // other steps link it
                false => hub.run(|draft, context| organizations::delete(draft, context, id)),
            }
        }
        Step::Calling(step) => calling_steps::take(hub, step),
        Step::Directory(step) => directory::take(hub, step),
        Step::ByHand(step) => by_hand::take(hub, step),
        Step::Wait(millis) => {
            hub.wait_ms(*millis);
            Ok(())
        }
        _ => Ok(()),
    };
    drop::<Result<(), HubError>>(outcome);
}

pub(crate) fn manage_task(hub: &mut Hub, errand: Errand) -> Result<(), HubError> {
    let newest = hub.world.records().filter_map(|record| match record {
        Record::Task(task) => Some(task),
        _ => None,
    });
    let Some(task) = newest.last() else { return Ok(()) };
    let operation = match errand {
        Errand::Pause => tasks::pause,
        Errand::Resume => tasks::resume,
        Errand::Cancel => tasks::cancel,
    };
    hub.run(|draft, context| operation(draft, context, task.organization, task.id)).map(drop)
}

/// The steps of the people and licence APIs.
fn take_with_people(hub: &mut Hub, step: &Step) -> Result<(), HubError> {
    let customers = hub.world.customers_of(hub.partner()).map(|found| found.organization);
    let people: Vec<_> = customers.flat_map(|id| hub.world.people_of(id)).cloned().collect();
    if people.is_empty() {
        return Ok(());
    }
    match step {
        Step::CreatePerson(draw, licenses) => {
            let data = draw.person(hub, licenses);
            hub.run(|draft, context| people::create(draft, context, &data)).map(drop)
        }
        Step::UpdatePerson(of, draw, licenses) => {
            let person = of.get(&people);
            let all: Vec<_> = hub.world.licenses_of(person.organization).map(|license| license.id).collect();
            let licenses =
                licenses.iter().filter(|_| !all.is_empty()).map(|index| *index.get(&all)).collect();
            let data = PersonData { licenses, organization: None, ..draw.person(hub, &[]) };
            hub.run(|draft, context| people::update(draft, context, person.id, &data)).map(drop)
        }
        Step::RemovePerson(of) => {
            let id = of.get(&people).id;
            hub.run(|draft, context| people::remove(draft, context, id))
        }
        Step::ChangeLicenses(of, draw, licenses) => {
            let person = of.get(&people);
            let all: Vec<_> = hub.world.licenses_of(person.organization).map(|license| license.id).collect();
            let request = |(index, is_removal): &(Index, bool)| LicenseRequest {
                license: *index.get(&all),
                is_removal: *is_removal,
                properties: Some(draw.placement(hub)),
            };
            let patch = LicensePatch {
                person: Some(person.id),
                organization: Some(person.organization),
                licenses: licenses.iter().filter(|_| !all.is_empty()).map(request).collect(),
                ..LicensePatch::default()
            };
            hub.run(|draft, context| license_changes::patch(draft, context, &patch)).map(drop)
        }
        _ => Ok(()),
    }
}

pub(crate) fn history(steps: &[Step]) -> Hub {
    let mut hub = Hub::demo();
    steps.iter().for_each(|step| take(&mut hub, step));
    hub
}
