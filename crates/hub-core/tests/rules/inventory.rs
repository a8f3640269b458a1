//! The inventories of locations: adding, activating, removing, validating and listing numbers at Acme Dental.

use hub_core::operation::locations::calling_settings::{self, CallingChange};
use hub_core::operation::numbers::inventory::{self, Entry, NumberFilter, Telephony};
use hub_core::operation::numbers::{self, NewNumbers};
use hub_core::operation::pstn::{self, OPTIONS, PstnChoice};
use hub_core::record::{Location, NumberKind, NumberState, Person};
use hub_core::{HubError, Id, PageRequest, PhoneNumber, Record, Sought};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

fn head_office(hub: &Hub) -> Id<Location> {
    hub.location("acme-dental", "Head Office")
}

fn boxed(numbers: &[&str]) -> Vec<Box<str>> {
    numbers.iter().map(|number| (*number).into()).collect()
}

fn add(hub: &mut Hub, numbers: &[&str], change: impl FnOnce(&mut NewNumbers)) -> String {
    let location = head_office(hub);
    let mut new =
        NewNumbers { numbers: boxed(numbers), kind: None, state: NumberState::Inactive, is_service: false };
    change(&mut new);
    let left_out = hub.run(|draft, context| numbers::add(draft, context, None, location, &new));
    let show = |left_out: Vec<(PhoneNumber, HubError)>| {
        let refusals = left_out.into_iter().map(|(_, refusal)| refusal.to_string());
        format!("added, but: {:?}", refusals.collect::<Vec<_>>())
    };
    left_out.map_or_else(|refusal| refusal.to_string(), show)
}

fn remove(hub: &mut Hub, numbers: &[&str]) -> String {
    let location = head_office(hub);
    told(hub.run(|draft, context| numbers::remove(draft, context, None, location, &boxed(numbers))))
}

fn show(entry: &Entry) -> String {
    let number = entry.number.as_ref().map_or("-".to_owned(), |entry| entry.number.to_string());
    let extension = entry.extension().map_or("-".to_owned(), |extension| extension.to_string());
    let owner = entry.owner.as_ref().map_or("nobody".to_owned(), |owner| owner.shown_name());
    format!("{number} {extension} {:?} {owner}", entry.state())
}

fn list(hub: &Hub, wanted: PageRequest, change: impl FnOnce(&mut NumberFilter)) -> String {
    let organization = Some(hub.customer("acme-dental").organization);
    let mut filter = NumberFilter { organization, ..NumberFilter::default() };
    change(&mut filter);
    match hub.peek(|draft, context| inventory::list(draft, context, &filter, wanted)) {
        Ok(page) => page.items.iter().map(show).collect::<Vec<_>>().join("\n"),
        Err(refusal) => refusal.to_string(),
    }
}

/// NUM-016.
#[test]
fn a_number_is_in_one_inventory_num_006() {
    let mut hub = Hub::demo();
    assert_snapshot!(add(&mut hub, &["+1 408 555 0900", "+14085550901"], |_| {}), @"added, but: []");
    assert_snapshot!(add(&mut hub, &["+14085550900"], |_| {}), @"phoneNumbers: A phone number is in the inventory of one location of the whole hub (NUM-006; saw `+14085550900`)");
    assert_snapshot!(
        add(&mut hub, &["+14085550902", "+14085550200", "+14085550902"], |_| {}),
        @r#"added, but: ["phoneNumbers: A phone number is in the inventory of one location of the whole hub (NUM-006; saw `+14085550200`)"]"#
    );
    assert_snapshot!(add(&mut hub, &["+14085550903", "4085550904"], |_| {}), @"phoneNumbers[1]: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `4085550904`)");
    assert_snapshot!(list(&hub, PageRequest::ALL, |filter| filter.phone_number = Some("55509".into())), @r"
    +14085550900 - Inactive nobody
    +14085550901 - Inactive nobody
    +14085550902 - Inactive nobody
    ");
}

#[test]
fn numbers_of_the_location_are_activated_num_007() {
    let mut hub = Hub::demo();
    add(&mut hub, &["+14085550900"], |_| {});
    let location = head_office(&hub);
    let mut activate = |number: &str| {
        let numbers = boxed(&[number]);
        told(hub.run(|draft, context| {
            numbers::set_state(draft, context, None, location, &numbers, NumberState::Active)
        }))
    };
    assert_snapshot!(activate("+14085550200"), @"phoneNumbers: A number that is activated, deactivated or removed is in the inventory of the location (NUM-007; saw `+14085550200`)");
    assert_snapshot!(activate("+14085550900"), @"accepted");
    assert_snapshot!(list(&hub, PageRequest::ALL, |filter| filter.phone_number = Some("0900".into())), @"+14085550900 - Active nobody");
}

#[test]
fn numbers_that_are_needed_stay_num_008_num_009_num_010() {
    let mut hub = Hub::demo();
    let location = head_office(&hub);
    let main = CallingChange { main_number: Some(Some("+14085550120".into())), ..CallingChange::default() };
    hub.run(|draft, context| calling_settings::update(draft, context, None, location, &main)).unwrap();
    assert_snapshot!(remove(&mut hub, &["+14085550121", "+14085550120"]), @"phoneNumbers: The main number of a location, and its charge number, are not removed (NUM-008; saw `+14085550120`)");
    assert_snapshot!(remove(&mut hub, &["+14085550101"]), @"phoneNumbers: A phone number that a user has is not removed (NUM-009; saw `+14085550101`)");
    assert_snapshot!(remove(&mut hub, &["+1"; 6]), @"phoneNumbers: One request removes at most 5 phone numbers (NUM-010; saw `6 numbers`)");
    assert_snapshot!(remove(&mut hub, &["+14085550121", "+14085550122"]), @"accepted");
    assert_snapshot!(remove(&mut hub, &["+14085550121"]), @"phoneNumbers: A number that is activated, deactivated or removed is in the inventory of the location (NUM-007; saw `+14085550121`)");
}

/// NUM-015 too.
#[test]
fn a_mobile_number_is_active_while_somebody_has_it_num_011_num_013_num_015() {
    let mut hub = Hub::demo();
    let mobile = |new: &mut NewNumbers| {
        (new.kind, new.state) = (Some(NumberKind::Mobile), NumberState::Active);
    };
    assert_snapshot!(add(&mut hub, &["+1"; 21], mobile), @"phoneNumbers: One request adds at most 20 mobile numbers (NUM-011; saw `21 numbers`)");
    assert_snapshot!(add(&mut hub, &["+14085550900"], mobile), @"numberType: Mobile numbers are added to a location that has a PSTN connection (NUM-015)");
    let (location, option) = (head_office(&hub), Some(OPTIONS[1].id));
    let choice = PstnChoice { option, ..PstnChoice::default() };
    hub.run(|draft, context| pstn::set(draft, context, None, location, &choice)).unwrap();
    assert_snapshot!(add(&mut hub, &["+14085550900"], mobile), @"added, but: []");
    let one = |filter: &mut NumberFilter| filter.telephony = vec![Telephony::Mobile];
    assert_snapshot!(list(&hub, PageRequest::ALL, one), @"+14085550900 - Inactive nobody");
    // NUM-013: nothing but that somebody has it makes it active.
    let eva = hub.person("eva@acme-dental.example.com");
    let number = PhoneNumber::parse("+14085550900").ok();
    hub.put(Record::Person(Person { phone_number: number, ..Person::clone(&eva) }.into()));
    assert_snapshot!(list(&hub, PageRequest::ALL, one), @"+14085550900 1005 Active Eva Engel");
}

#[test]
fn a_list_has_numbers_first_and_then_extensions_alone() {
    let hub = Hub::demo();
    let all = |filter: &mut NumberFilter| filter.owner_name = Some("a".into());
    assert_snapshot!(list(&hub, PageRequest::ALL, all), @r"
    +14085550100 1000 Active Rosa Reyes
    +14085550101 1001 Active Alice Anderson
    +14085550106 1006 Active Farid Faris
    - 1003 Active Carla Costa
    - 1005 Active Eva Engel
    - 1099 Active Sam Stuck
    ");
    let extensions = |filter: &mut NumberFilter| filter.has_number = Some(false);
    assert_snapshot!(list(&hub, PageRequest::ALL, extensions), @r"
    - 1003 Active Carla Costa
    - 1005 Active Eva Engel
    - 1009 Active Ines Ibáñez
    - 1099 Active Sam Stuck
    ");
    assert_snapshot!(list(&hub, PageRequest::of(0, 2), |filter| filter.available = Some(true)), @r"
    +14085550103 - Active nobody
    +14085550104 - Active nobody
    ");
    assert_snapshot!(list(&hub, PageRequest::ALL, |filter| filter.extension = Some("1002".into())), @"+14085550102 1002 Active Bob Brown");
}

#[test]
fn a_walk_through_numbers_meets_each_once() {
    let mut hub = Hub::demo();
    let organization = Some(hub.customer("acme-dental").organization);
    let filter = NumberFilter { organization, ..NumberFilter::default() };
    let mut wanted = PageRequest::of(0, 7);
    let mut seen = Vec::new();
    for round in 0..40 {
        let page = hub.peek(|draft, context| inventory::list(draft, context, &filter, wanted)).unwrap();
        seen.extend(page.items.iter().map(show));
        let Some(next) = page.next else { break };
        wanted = PageRequest { after: Some(next), offset: 1000, max: 7 };
        add(&mut hub, &[&*format!("+1408555001{round}")], |_| {});
    }
    let total = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((total, seen.len()), (74, 74), "50 and 20 numbers, 4 extensions; new ones came in front");
}

#[test]
fn filters_that_contradict_each_other_are_refused_num_012() {
    let hub = Hub::demo();
    let check = |change: fn(&mut NumberFilter)| list(&hub, PageRequest::ALL, change);
    assert_snapshot!(
        check(|filter| (filter.has_number, filter.state) = (Some(false), Some(NumberState::Active))),
        @"numberType: A list of numbers is not asked for `numberType` together with `available` or `state`, nor for `ownerType` among available ones (NUM-012)"
    );
    assert_snapshot!(
        check(|filter| (filter.owner_type, filter.available) = (Sought::This(()), Some(true))),
        @"ownerType: A list of numbers is not asked for `numberType` together with `available` or `state`, nor for `ownerType` among available ones (NUM-012)"
    );
}

#[test]
fn a_validation_says_what_would_become_of_each_number() {
    let hub = Hub::demo();
    let organization = Some(hub.customer("acme-dental").organization);
    let numbers =
        boxed(&["(408) 555-0900", "+14085550900", "+14085550101", "+34910000101", "911", "+18005550100"]);
    let found = hub.peek(|draft, context| numbers::validate(draft, context, organization, &numbers)).unwrap();
    let lines: Vec<_> = found.iter().map(|(number, found)| format!("{number:?} {found:?}")).collect();
    assert_snapshot!(lines.join("\n"), @r"
    Some(+14085550900) Available
    Some(+14085550900) DuplicateInList
    Some(+14085550101) Duplicate
    Some(+34910000101) Unavailable
    None Invalid
    Some(+18005550100) Available
    ");
}
