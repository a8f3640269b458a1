//! Promises of the user CSV that hold in any world and for any lawful file: an unchanged export changes nothing (CSV-043,
//! CSV-048), the order of columns is free, a column left out is a blank one (CSV-041), and a row does what the API does.

use std::fmt::Write;
use std::sync::Arc;

use hub_core::bulk::ExportContent;
use hub_core::operation::people::{self, PersonData};
use hub_core::operation::scim_users;
use hub_core::record::{
    Attribute, Fault, ImportBehavior, Location, Person, PersonStatus, RowOutcome, Subscriber, Task,
};
use hub_core::scim::schema::PATCH;
use hub_core::{Record, Timestamp, World};
use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::json;

use crate::history::{EMAILS, history, step};
use crate::hub::{ADD, ADD_AND_REMOVE, Hub, row_file};
use crate::properties::{cases, is_at_rest, read};

const LUCIA: &str = "lucia@panaderia-sol.example.com";

/// Something that a file would not say, or not so, but that a world may have all the same.
#[derive(Debug, Clone)]
enum Oddity {
    Names([&'static str; 3]),
    Attribute(Attribute, &'static str),
    Site(&'static str),
    External,
    Status(PersonStatus),
    Stuck,
    Location(&'static str),
}

const TEXTS: [&str; 14] = [
    " Ana ",
    "Ruiz, Ana",
    "the \"boss\"",
    "\"",
    "two\nlines",
    "\r",
    "  ",
    "",
    "REMOVE|+34910000101",
    "\u{feff}Ana",
    "TRUE",
    "=1+1",
    "a,",
    "ñ\u{a0}",
];
const FREE: [Attribute; 6] = [
    Attribute::Manager,
    Attribute::CallerIdNumber,
    Attribute::CallerIdFirstName,
    Attribute::CallerIdLastName,
    Attribute::TimeZone,
    Attribute::AddressStreet,
];
const STATUSES: [PersonStatus; 3] = [PersonStatus::Active, PersonStatus::Pending, PersonStatus::Suspended];

fn oddity() -> impl Strategy<Value = Oddity> {
    let text = || select(&TEXTS[..]);
    prop_oneof![
        4 => [text(), text(), text()].prop_map(Oddity::Names),
        6 => (select(&FREE[..]), text()).prop_map(|(attribute, text)| Oddity::Attribute(attribute, text)),
        2 => select(&["panaderasol.webex.com", "gone.webex.com"][..]).prop_map(Oddity::Site),
        1 => Just(Oddity::External),
        1 => select(&STATUSES[..]).prop_map(Oddity::Status),
        2 => Just(Oddity::Stuck),
        1 => select(&[" Madrid, \"Centro\"\n", "Madrid Centro"][..]).prop_map(Oddity::Location),
    ]
}

impl Oddity {
    fn befall(&self, hub: &mut Hub, whom: &Index) {
        let organization = hub.customer("panaderia-sol").organization;
        let people: Vec<_> = hub.world.people_of(organization).cloned().collect();
        if people.is_empty() {
            return;
        }
        let mut person = (**whom.get(&people)).clone();
        let filled = |text: &&str| !text.is_empty();
        match self {
            Oddity::Names(names) => {
                let [first, last, display] = names.map(|name| Some(name).filter(filled).map(Box::from));
                (person.first_name, person.last_name, person.display_name) = (first, last, display);
            }
            Oddity::Attribute(attribute, text) => {
                person.put_attribute(*attribute, Some(*text).filter(filled));
            }
            Oddity::Site(site) => person.preferred_site = Some((*site).into()),
            Oddity::External => person.is_external = true,
            Oddity::Status(status) => person.status = *status,
            Oddity::Stuck => {
                let subscriber = hub.world.subscriber_of(person.id).cloned();
                if let Some(subscriber) = subscriber {
                    let errors = [Fault { code: None, description: "stuck".into() }].into();
                    hub.put(Record::Subscriber(Subscriber { errors, ..(*subscriber).clone() }.into()));
                }
            }
            Oddity::Location(name) => {
                let location = hub.world.locations_of(organization).next().cloned();
                if let Some(location) = location {
                    let renamed = Location { name: (*name).into(), ..(*location).clone() };
                    hub.put(Record::Location(renamed.into()));
                }
            }
        }
        hub.put(Record::Person(person.into()));
    }
}

/// The columns of the drawn tables, with what their cells may be.
const COLUMNS: [(&str, &[&str]); 19] = [
    ("User ID/Email (Required)", &EMAILS),
    ("First Name", &["Ana"]),
    ("Last Name", &["Ruiz"]),
    ("Display Name", &["Ruiz, Ana"]),
    ("User Status", &["Active", "Gone"]),
    ("Extension", &["201", "203", "204", "7", "REMOVE|201"]),
    ("Title", &["Baker"]),
    ("Manager", &["boss@x.example", "the boss"]),
    ("Phone Number", &["+34910000110", "+34910000101", "911", "REMOVE|+34910000101"]),
    ("Caller ID Number", &["+34910000100", "100"]),
    ("Caller ID First Name", &["Sol"]),
    ("Location", &["Madrid Centro", "Madrid Centro", "Barcelona"]),
    ("Time zone", &["Europe/Madrid"]),
    ("Preferred Webex Site", &["panaderasol.webex.com", "x.webex.com"]),
    ("Webex Calling", &SERVICE),
    ("Webex Calling Standard", &SERVICE),
    ("Webex Suite", &SERVICE),
    ("Webex Meetings", &SERVICE),
    ("Basic Messaging", &SERVICE),
];
const SERVICE: [&str; 5] = ["TRUE", "FALSE", "FALSE", "FALSE", "maybe"];

fn row() -> impl Strategy<Value = Vec<&'static str>> {
    let cells = COLUMNS.iter().map(|(_, cells)| prop_oneof![Just(""), select(*cells)]);
    cells.collect::<Vec<_>>()
}

/// The file of these columns of a table.
fn file_of(columns: &[usize], rows: &[Vec<&str>]) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(columns.iter().map(|column| COLUMNS[*column].0)).unwrap();
    for row in rows {
        file.write_record(columns.iter().map(|column| row[*column])).unwrap();
    }
    file.into_inner().unwrap()
}

/// The cells of a row for somebody who calls, as a file and as a person's data say it.
#[derive(Debug, Clone)]
struct Said {
    attributes: Vec<(Attribute, &'static str)>,
    names: [&'static str; 3],
    number: &'static str,
    extension: &'static str,
}

fn said() -> impl Strategy<Value = Said> {
    let values = ["", "Baker", "Calle Mayor 1, 2º", "boss@x.example"];
    let attributes = PersonData::DESCRIBING.map(|attribute| (Just(attribute), select(values.to_vec())));
    let numbers = ["", "+34910000110", "+34910000101", "+34910000102", "+34999999999", "REMOVE|+34910000101"];
    let extensions = ["", "201", "202", "0203", "7", "REMOVE|201"];
    let names = [(); 3].map(|()| select(&["", "Ana", "Ruiz, A."][..]));
    (attributes.to_vec(), names, select(numbers.to_vec()), select(extensions.to_vec())).prop_map(
        |(attributes, names, number, extension)| Said {
            attributes: attributes
                .into_iter()
                .filter(|(attribute, text)| {
                    *attribute != Attribute::Manager || text.contains('@') || text.is_empty()
                })
                .collect(),
            names,
            number,
            extension,
        },
    )
}

const DESCRIBED: [&str; 9] = [
    "Title",
    "Department",
    "Manager",
    "Address type",
    "Address country",
    "Address street",
    "Address city",
    "Address state",
    "Address postal code",
];

impl Said {
    fn row(&self) -> Vec<u8> {
        let header = |attribute| PersonData::DESCRIBING.iter().position(|known| *known == attribute).unwrap();
        let mut cells: Vec<(&str, &str)> =
            self.attributes.iter().map(|(attribute, text)| (DESCRIBED[header(*attribute)], *text)).collect();
        cells.extend(["First Name", "Last Name", "Display Name"].into_iter().zip(self.names));
        cells.extend([("Phone Number", self.number), ("Extension", self.extension)]);
        row_file(LUCIA, &cells)
    }

    /// The same for `PUT /people`, which empties what it does not say: all that stays is said again.
    fn data(&self, person: &Person) -> PersonData {
        let or = |text: &str, present: &Option<Box<str>>| {
            Some(text).filter(|text| !text.is_empty()).map(Box::from).or_else(|| present.clone())
        };
        let calling = |cell: &str| match cell {
            "" => None,
            cell if cell.starts_with("REMOVE|") => Some("".into()),
            cell => Some(cell.into()),
        };
        PersonData {
            first_name: or(self.names[0], &person.first_name),
            last_name: or(self.names[1], &person.last_name),
            display_name: or(self.names[2], &person.display_name),
            attributes: self
                .attributes
                .iter()
                .map(|(attribute, text)| (*attribute, (*text).into()))
                .collect(),
            licenses: person.licenses.to_vec(),
            phone_number: calling(self.number),
            extension: calling(self.extension),
            ..PersonData::default()
        }
    }
}

/// The world with tasks that do not tell how their file was written.
fn without_cells(mut hub: Hub) -> World {
    let tasks: Vec<Task> = hub
        .world
        .records()
        .filter_map(|record| match record {
            Record::Task(task) => Some(Task::clone(&task)),
            _ => None,
        })
        .collect();
    for mut task in tasks {
        task.header = Box::default();
        for failure in &mut task.failures {
            Arc::make_mut(failure).cells = Box::default();
        }
        hub.put(Record::Task(task.into()));
    }
    hub.world
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn importing_an_unchanged_export_changes_nothing_csv_043_csv_048(
        steps in vec(step(), 0..16),
        oddities in vec((oddity(), any::<Index>()), 0..12),
        suspended in vec(any::<Index>(), 0..3),
        country in select(&["ES", "ES", "SG"][..]),
        content in select(&ExportContent::ALL[..]),
        behavior in select(&ImportBehavior::ALL[..]),
    ) {
        let mut hub = history(&steps);
        prop_assume!(is_at_rest(&hub));
        oddities.iter().for_each(|(oddity, whom)| oddity.befall(&mut hub, whom));
        hub.adjust_customer("panaderia-sol", |customer| {
            customer.address.country = country.into();
            for index in &suspended {
                let count = customer.packages.len();
                customer.packages[index.index(count)].is_suspended = true;
            }
        });
        let file = hub.export(content);
        let before = hub.world.clone();
        let task = hub.import(behavior, &file).unwrap();
        let all = task.outcomes.iter().all(|outcome| *outcome == RowOutcome::Unchanged);
        prop_assert!(all, "{:?}\n{}", task.failures, String::from_utf8_lossy(&file));
        prop_assert_eq!(before.changes_to(&hub.world).len(), 1, "only the task is new");
        let before = hub.export(content);
        prop_assert_eq!(before, file, "and the next export is the same");
    }

    #[test]
    fn the_order_of_columns_is_free_csv_041(
        rows in vec(row(), 1..6),
        order in Just((0..COLUMNS.len()).collect::<Vec<_>>()).prop_shuffle(),
        behavior in select(&ImportBehavior::ALL[..]),
    ) {
        let (mut in_order, mut in_disorder) = (Hub::demo(), Hub::demo());
        let all: Vec<_> = (0..COLUMNS.len()).collect();
        in_order.import(behavior, &file_of(&all, &rows)).unwrap();
        in_disorder.import(behavior, &file_of(&order, &rows)).unwrap();
        prop_assert!(
            without_cells(in_order) == without_cells(in_disorder),
            "the tasks with their failures are the same too"
        );
    }

    #[test]
    fn a_column_that_is_left_out_is_a_blank_one_csv_041_csv_022(
        rows in vec(row(), 1..6),
        others in subsequence((1..COLUMNS.len()).collect::<Vec<_>>(), 0..COLUMNS.len()),
        behavior in select(&ImportBehavior::ALL[..]),
    ) {
        let present = [&[0][..], &others].concat();
        let all: Vec<_> = (0..COLUMNS.len()).collect();
        let blanked: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| all.iter().map(|column| if present.contains(column) { row[*column] } else { "" }).collect())
            .collect();
        let (mut partial, mut full) = (Hub::demo(), Hub::demo());
        partial.import(behavior, &file_of(&present, &rows)).unwrap();
        full.import(behavior, &file_of(&all, &blanked)).unwrap();
        prop_assert!(
            without_cells(partial) == without_cells(full),
            "the tasks with their failures are the same too"
        );
    }

    #[test]
    fn no_damage_to_a_file_of_every_column_panics_the_reader(
        rows in vec(row(), 0..4),
        damage in vec((any::<Index>(), select(&b",\"\r\n\xff|REMOVE+@[]( )-\0"[..])), 1..8),
    ) {
        let all: Vec<_> = (0..COLUMNS.len()).collect();
        let mut bytes = file_of(&all, &rows);
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        read(&bytes);
    }

    #[test]
    fn a_row_of_names_attributes_and_numbers_equals_the_update_of_a_person(said in said()) {
        let (mut by_file, mut by_call) = (Hub::demo(), Hub::demo());
        let task = by_file.import(ADD, &said.row()).unwrap();
        let person = by_call.person(LUCIA);
        let data = said.data(&person);
        let called = by_call.run(|draft, context| people::update(draft, context, person.id, &data));
        let own_words = |rule: &str| if rule == "CSV-049" { "SUB-008" } else { rule }.to_owned();
        let refusal = task.failures.first().map(|failure| own_words(&failure.rule));
        prop_assert_eq!(refusal, called.err().map(|refusal| refusal.rule.id.to_owned()));
        let timeless = |hub: &Hub| Person { modified: Timestamp::MIN, ..Person::clone(&hub.person(LUCIA)) };
        prop_assert_eq!(timeless(&by_file), timeless(&by_call));
    }
}

#[test]
fn a_cell_equals_the_patch_of_a_scim_attribute() {
    const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let department = format!("{ENTERPRISE}:department");
    let mut start = Hub::demo();
    // A patch keeps a shown name only where it is one of its own.
    start.import(ADD, &row_file(LUCIA, &[("Display Name", "Lu")])).unwrap();
    for (header, path) in [
        ("First Name", "name.givenName"),
        ("Last Name", "name.familyName"),
        ("Display Name", "displayName"),
        ("Title", "title"),
        ("Department", &*department),
        ("Preferred Language", "preferredLanguage"),
        ("Time zone", "timezone"),
    ] {
        let (mut by_file, mut by_call) = (start.clone(), start.clone());
        by_file.import(ADD, &row_file(LUCIA, &[(header, "Some, text")])).unwrap();
        let person = by_call.person(LUCIA);
        let operation = json!({ "op": "replace", "path": path, "value": "Some, text" });
        let patch = serde_json::from_value(json!({ "schemas": [PATCH], "Operations": [operation] })).unwrap();
        by_call
            .run(|draft, context| scim_users::patch(draft, context, person.organization, person.id, &patch))
            .unwrap();
        assert_eq!(by_file.person(LUCIA), by_call.person(LUCIA), "{header}");
    }
}

#[test]
fn an_export_has_attributes_licences_or_both_csv_048() {
    let hub = Hub::demo();
    let mut text = String::new();
    for content in ExportContent::ALL {
        let file = String::from_utf8(hub.export(content)).unwrap();
        let lines: Vec<&str> = file.lines().collect();
        writeln!(text, "{}:\n{}\n{}", content.name(), lines[0], lines[2]).unwrap();
    }
    assert_snapshot!(text, @r#"
    attributes:
    First Name,Last Name,Display Name,User ID/Email (Required),User Status,Last Service Accessed Time,Days since Last Service Accessed,Extension,Title,Department,Manager,Phone Number,Caller ID Number,Caller ID First Name,Caller ID Last Name,Location,Preferred Language,Time zone,Address type,Address country,Address street,Address city,Address state,Address postal code,Preferred Webex Site
    Lucía,Gómez,,lucia@panaderia-sol.example.com,Active,,,201,,,,+34910000101,,,,Madrid Centro,,,,,,,,,
    licenses:
    User ID/Email (Required),Webex Calling [Sub100001],Webex Calling Standard [Sub100001],Webex Suite [Sub100001],Webex Meetings [Sub100001],Basic Messaging,Basic Space Meetings,"Call on Webex (1:1 call, non-PSTN)"
    lucia@panaderia-sol.example.com,FALSE,FALSE,TRUE,FALSE,FALSE,FALSE,FALSE
    all:
    First Name,Last Name,Display Name,User ID/Email (Required),User Status,Last Service Accessed Time,Days since Last Service Accessed,Extension,Title,Department,Manager,Phone Number,Caller ID Number,Caller ID First Name,Caller ID Last Name,Location,Preferred Language,Time zone,Address type,Address country,Address street,Address city,Address state,Address postal code,Preferred Webex Site,Webex Calling [Sub100001],Webex Calling Standard [Sub100001],Webex Suite [Sub100001],Webex Meetings [Sub100001],Basic Messaging,Basic Space Meetings,"Call on Webex (1:1 call, non-PSTN)"
    Lucía,Gómez,,lucia@panaderia-sol.example.com,Active,,,201,,,,+34910000101,,,,Madrid Centro,,,,,,,,,,FALSE,FALSE,TRUE,FALSE,FALSE,FALSE,FALSE
    "#);
}

#[test]
fn an_export_of_licences_under_add_and_remove_keeps_who_has_none_csv_021() {
    let mut hub = Hub::demo();
    let file = hub.export(ExportContent::Licenses);
    let task = hub.import(ADD_AND_REMOVE, &file).unwrap();
    assert!(task.outcomes.iter().all(|outcome| *outcome == RowOutcome::Unchanged), "{:?}", task.failures);
    assert_snapshot!(String::from_utf8(file).unwrap(), @r#"
    User ID/Email (Required),Webex Calling [Sub100001],Webex Calling Standard [Sub100001],Webex Suite [Sub100001],Webex Meetings [Sub100001],Basic Messaging,Basic Space Meetings,"Call on Webex (1:1 call, non-PSTN)"
    direccion@panaderia-sol.example.com,,,,,TRUE,TRUE,TRUE
    lucia@panaderia-sol.example.com,FALSE,FALSE,TRUE,FALSE,FALSE,FALSE,FALSE
    mateo@panaderia-sol.example.com,TRUE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE
    nerea@panaderia-sol.example.com,FALSE,FALSE,FALSE,TRUE,FALSE,FALSE,FALSE
    "#);
}
