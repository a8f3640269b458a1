//! Import tasks over time: rows come when they are due, tasks are paused, resumed and cancelled.

use std::sync::Arc;

use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::{customers, subscribers, tasks};
use hub_core::record::{Attribute, Customer, Organization, Person, RowOutcome, Step, Task};
use hub_core::{Context, Draft, HubError, Id, PageRequest, Role, bulk};
use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::history::{Errand, RowDraw, file_of, manage_task, row_draw};
use crate::hub::{ADD, ADD_AND_REMOVE, Hub, told};

const FILE: &[u8] = b"User ID/Email (Required),First Name\n\
    a@x.example,A\n\
    nonsense,B\n\
    A@x.example,C\n\
    d@x.example,D\n";

/// A task in a few lines: state and counts, then its errors.
fn show(task: &Task) -> String {
    let counts = task.counts();
    let mut text = format!(
        "{} {} of {}: {} added, {} failed",
        task.status().name(),
        counts.processed,
        task.total(),
        counts.added,
        counts.failed
    );
    if let Some(end) = task.stopped_at() {
        text.push_str(&format!(", stopped at {end}"));
    }
    for failure in &task.failures {
        text.push_str(&format!("\n  {} {} {}", failure.row, failure.email, failure.rule));
    }
    text
}

type Operation = fn(&mut Draft, &Context<'_>, Id<Organization>, Id<Task>) -> Result<Arc<Task>, HubError>;

fn manage(hub: &mut Hub, task: &Task, operation: Operation) -> String {
    let told = hub.run(|draft, context| operation(draft, context, task.organization, task.id));
    told.map_or_else(|refusal| refusal.to_string(), |task| show(&task))
}

/// CSV-017.
#[test]
fn the_unfinished_task_is_the_one_that_runs_or_is_paused_csv_017() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let unfinished = |hub: &Hub| {
        let found = hub.peek(|world, context| tasks::unfinished(world, context, organization)).unwrap();
        found.map_or_else(|| "none".to_owned(), |task| show(&task))
    };
    hub.import(ADD, FILE).unwrap();
    assert_eq!(unfinished(&hub), "none", "all rows at once");
    let task = hub
        .import_slowly(ADD, 1, b"User ID/Email (Required),First Name\ne@x.example,E\nf@x.example,F\n")
        .unwrap();
    hub.wait_ms(1_000);
    assert_snapshot!(unfinished(&hub), @"STARTED 1 of 2: 1 added, 0 failed");
    manage(&mut hub, &task, tasks::pause);
    assert_snapshot!(unfinished(&hub), @"STOPPED 1 of 2: 1 added, 0 failed, stopped at 2026-02-01T09:00:01.000Z");
    manage(&mut hub, &task, tasks::cancel);
    assert_eq!(unfinished(&hub), "none");
    hub.call_as("nobody@x.example", organization, &[]);
    let refused = hub.peek(|world, context| tasks::unfinished(world, context, organization));
    assert_snapshot!(told(refused), @"The administrator role behind the token allows the operation (API-006)");
}

/// CSV-033.
#[test]
fn rows_take_effect_when_they_are_due_and_not_before_csv_033() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 2, FILE).unwrap();
    assert_snapshot!(show(&task), @"STARTED 0 of 4: 0 added, 0 failed");
    hub.wait_ms(499);
    assert!(hub.find_person("a@x.example").is_none(), "half a second is not over");
    hub.wait_ms(1);
    assert_eq!(hub.person("a@x.example").created, hub.now);
    hub.wait_ms(1_000);
    assert_snapshot!(show(&hub.task(task.id)), @"
    STARTED 3 of 4: 1 added, 2 failed
      3 nonsense SUB-002
      4 A@x.example CSV-012
    ");
    hub.wait_ms(3_600_000);
    assert_snapshot!(show(&hub.task(task.id)), @"
    COMPLETED 4 of 4: 2 added, 2 failed, stopped at 2026-02-01T09:00:02.000Z
      3 nonsense SUB-002
      4 A@x.example CSV-012
    ");
    assert_snapshot!(hub.person("d@x.example").created, @"2026-02-01T09:00:02.000Z");
    assert!(hub.world.import_file(task.id).is_none() && hub.world.imported_rows(task.id).next().is_none());
}

#[test]
fn a_speed_is_at_least_one_row_a_second_csv_034() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let change = SettingsChange { import_rows_per_second: Some(Some(0)), ..SettingsChange::default() };
    let told =
        told(hub.run(|draft, context| organizations::change_settings(draft, context, organization, &change)));
    assert_snapshot!(told, @"importRowsPerSecond: An import speed is at least one row a second (CSV-034; saw `0`)");
}

#[test]
fn a_file_at_fault_is_refused_before_there_is_a_task_that_takes_time() {
    let mut hub = Hub::demo();
    hub.adjust_customer("panaderia-sol", |customer| customer.packages[2].is_suspended = true);
    for (file, rule) in [
        (&b""[..], "CSV-001"),
        (b"User ID/Email (Required),Shoe Size\na@x.example,39\n", "CSV-006"),
        (b"User ID/Email (Required)\n", "CSV-003"),
        (b"User ID/Email (Required),Webex Suite\na@x.example,\nb@x.example,T\n", "CSV-008"),
        (b"User ID/Email (Required)\n\"a@x.example\n", "CSV-032"),
    ] {
        assert_eq!(hub.import_slowly(ADD, 1, file).unwrap_err().rule.id, rule);
    }
    hub.settings.max_rows = 3;
    assert_eq!(hub.import_slowly(ADD, 1, FILE).unwrap_err().rule.id, "CSV-007");
}

#[test]
fn one_import_runs_or_is_paused_at_a_time_csv_017() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 2, FILE).unwrap();
    assert_snapshot!(told(hub.import(ADD, FILE)), @"An organization runs one import at a time (CSV-017). The running import is done at 2026-02-01T09:00:02.000Z.");
    manage(&mut hub, &task, tasks::pause);
    assert!(told(hub.import(ADD, FILE)).contains("(CSV-017). Resume or cancel the paused task "));
    manage(&mut hub, &task, tasks::resume);
    hub.wait_ms(2_000);
    assert_eq!(told(hub.import(ADD, FILE)), "accepted");
}

#[test]
fn a_paused_task_waits_until_it_is_resumed_csv_035_csv_036() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    hub.wait_ms(1_500);
    assert_snapshot!(manage(&mut hub, &task, tasks::resume), @"A task that is to be resumed is STOPPED (CSV-036; saw `STARTED`)");
    assert_snapshot!(manage(&mut hub, &task, tasks::pause), @"STOPPED 1 of 4: 1 added, 0 failed, stopped at 2026-02-01T09:00:01.500Z");
    assert_snapshot!(manage(&mut hub, &task, tasks::pause), @"A task that is to be paused is STARTED (CSV-035; saw `STOPPED`)");
    hub.wait_ms(60_000);
    assert_snapshot!(show(&hub.task(task.id)), @"STOPPED 1 of 4: 1 added, 0 failed, stopped at 2026-02-01T09:00:01.500Z");
    assert_snapshot!(manage(&mut hub, &task, tasks::resume), @"STARTED 1 of 4: 1 added, 0 failed");
    hub.wait_ms(999);
    assert_snapshot!(show(&hub.task(task.id)), @"STARTED 1 of 4: 1 added, 0 failed");
    hub.wait_ms(10_000);
    assert_snapshot!(show(&hub.task(task.id)), @"
    COMPLETED 4 of 4: 2 added, 2 failed, stopped at 2026-02-01T09:01:04.500Z
      3 nonsense SUB-002
      4 A@x.example CSV-012
    ");
}

/// CSV-039: also where no row was refused before.
#[test]
fn the_rows_that_a_cancelled_task_left_have_their_own_columns() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    manage(&mut hub, &task, tasks::cancel);
    let errors = String::from_utf8(bulk::errors_csv(&hub.task(task.id))).unwrap();
    assert!(errors.starts_with("User ID/Email (Required),First Name,Error Row,"), "{errors}");
    assert!(errors.contains("\nd@x.example,D,5,,CSV-038,"), "{errors}");
}

#[test]
fn what_a_cancelled_task_did_stays_and_the_rest_is_among_its_errors_csv_037_csv_038() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    hub.wait_ms(2_000);
    assert_snapshot!(manage(&mut hub, &task, tasks::cancel), @"
    ABANDONED 2 of 4: 1 added, 3 failed, stopped at 2026-02-01T09:00:02.000Z
      3 nonsense SUB-002
      4 A@x.example CSV-038
      5 d@x.example CSV-038
    ");
    assert_snapshot!(hub.task(task.id).failures[2].message, @"row 5: A row is imported when its turn comes before its task is cancelled; what was imported by then stays (CSV-038)");
    let errors = String::from_utf8(bulk::errors_csv(&hub.task(task.id))).unwrap();
    assert!(errors.contains("\nd@x.example,D,5,,CSV-038,"), "{errors}");
    for operation in [tasks::cancel, tasks::pause, tasks::resume] {
        let refused = manage(&mut hub, &task, operation);
        assert!(refused.contains("saw `ABANDONED`"), "{refused}");
    }
    hub.wait_ms(60_000);
    assert!(hub.find_person("d@x.example").is_none() && hub.find_person("a@x.example").is_some());
    let rest = hub.import(ADD, errors.as_bytes()).unwrap();
    assert_eq!((rest.counts().added, rest.status().name()), (0, "STARTED"));
    hub.wait_ms(60_000);
    assert_snapshot!(show(&hub.task(rest.id)), @"
    COMPLETED 3 of 3: 1 added, 1 failed, stopped at 2026-02-01T09:01:05.000Z
      2 nonsense SUB-002
    ");
}

#[test]
fn a_task_that_did_all_at_once_has_ended() {
    let mut hub = Hub::demo();
    let task = hub.import(ADD, FILE).unwrap();
    assert_snapshot!(show(&task), @"
    COMPLETED 4 of 4: 2 added, 2 failed, stopped at 2026-02-01T09:00:00.000Z
      3 nonsense SUB-002
      4 A@x.example CSV-012
    ");
    assert_snapshot!(manage(&mut hub, &task, tasks::cancel), @"A task that is to be cancelled is STARTED or STOPPED (CSV-037; saw `COMPLETED`)");
    assert_snapshot!(manage(&mut hub, &task, tasks::pause), @"A task that is to be paused is STARTED (CSV-035; saw `COMPLETED`)");
}

#[test]
fn a_task_is_known_to_its_own_organization_csv_028() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    let elsewhere = Task { organization: hub.customer("acme-dental").organization, ..Task::clone(&task) };
    for operation in [tasks::cancel, tasks::pause, tasks::resume] {
        assert!(manage(&mut hub, &elsewhere, operation).contains("(CSV-028)"));
    }
}

#[test]
fn who_may_import_may_manage_tasks_and_who_sees_the_organization_may_look_api_006_cus_027() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    let organization = task.organization;
    hub.call_as("looker@x.example", organization, &[Role::CustomerReadOnly]);
    assert_eq!(hub.task(task.id), task);
    for operation in [tasks::cancel, tasks::pause, tasks::resume] {
        assert!(manage(&mut hub, &task, operation).contains("(API-006)"));
    }
    hub.call_as("admin@x.example", organization, &[Role::CustomerFullAdmin]);
    hub.adjust_organization(organization, |it| it.settings.has_restricted_administrators = true);
    assert_snapshot!(manage(&mut hub, &task, tasks::pause), @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    hub.adjust_organization(organization, |it| it.settings.has_restricted_administrators = false);
    assert_snapshot!(manage(&mut hub, &task, tasks::pause), @"STOPPED 0 of 4: 0 added, 0 failed, stopped at 2026-02-01T09:00:00.000Z");
}

#[test]
fn rows_of_a_customer_that_is_deleted_meanwhile_fail_by_rule_cus_015() {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    hub.wait_ms(1_000);
    let customer = hub.customer("panaderia-sol").id;
    hub.run(|draft, context| customers::remove(draft, context, customer)).unwrap();
    hub.wait_ms(60_000);
    assert_snapshot!(show(hub.world.task(task.id).unwrap()), @"
    COMPLETED 4 of 4: 1 added, 3 failed, stopped at 2026-02-01T09:00:04.000Z
      3 nonsense CUS-015
      4 A@x.example CUS-015
      5 d@x.example CUS-015
    ");
}

#[test]
fn rows_that_are_due_while_the_customer_changes_fail_and_those_after_it_do_not_cus_005() {
    let mut hub = Hub::demo();
    let file = b"User ID/Email (Required)\na@x.example\nb@x.example\nc@x.example\nd@x.example\n";
    let task = hub.import_slowly(ADD, 1, file).unwrap();
    hub.wait_ms(1_000);
    let ready = hub.now + 2_500;
    hub.adjust_customer("panaderia-sol", |customer| {
        (customer.step, customer.ready_at) = (Step::Updating, ready);
    });
    let mut at_once = hub.clone();
    at_once.wait_ms(60_000);
    (0..60).for_each(|_| hub.wait_ms(1_000));
    assert_snapshot!(show(&hub.task(task.id)), @"
    COMPLETED 4 of 4: 2 added, 2 failed, stopped at 2026-02-01T09:00:04.000Z
      3 b@x.example CUS-005
      4 c@x.example CUS-005
    ");
    assert_eq!(at_once.task(task.id), hub.task(task.id), "however often somebody looks");
}

#[test]
fn rows_that_assign_what_is_suspended_or_taken_away_meanwhile_fail_by_rule_csv_008_csv_006() {
    let mut hub = Hub::demo();
    let file = b"User ID/Email (Required),First Name,Last Name,Webex Meetings\n\
        a@x.example,A,A,TRUE\nb@x.example,B,B,TRUE\nc@x.example,C,C,\nd@x.example,D,D,\n";
    let task = hub.import_slowly(ADD, 1, file).unwrap();
    hub.wait_ms(1_000);
    let meetings = |customer: &mut Customer| {
        let found = customer.packages.iter().position(|offer| offer.package.title() == "Webex Meetings");
        found.unwrap()
    };
    hub.adjust_customer("panaderia-sol", |customer| {
        let position = meetings(customer);
        customer.packages[position].is_suspended = true;
    });
    hub.wait_ms(2_000);
    let gone = hub.now;
    hub.adjust_customer("panaderia-sol", |customer| {
        let position = meetings(customer);
        customer.packages[position].until = Some(gone);
    });
    hub.wait_ms(60_000);
    assert_snapshot!(show(&hub.task(task.id)), @"
    COMPLETED 4 of 4: 2 added, 2 failed, stopped at 2026-02-01T09:00:04.000Z
      3 b@x.example CSV-008
      5 d@x.example CSV-006
    ");
}

#[test]
fn rows_of_an_administrator_who_is_held_back_meanwhile_fail_cus_027() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    hub.adjust_organization(organization, |it| it.settings.has_restricted_administrators = false);
    hub.call_as("admin@x.example", organization, &[Role::CustomerFullAdmin]);
    let task = hub.import_slowly(ADD, 1, FILE).unwrap();
    hub.wait_ms(1_000);
    hub.adjust_organization(organization, |it| it.settings.has_restricted_administrators = true);
    hub.wait_ms(60_000);
    assert_snapshot!(show(&hub.task(task.id)), @"
    COMPLETED 4 of 4: 1 added, 3 failed, stopped at 2026-02-01T09:00:04.000Z
      3 nonsense CUS-027
      4 A@x.example CUS-027
      5 d@x.example CUS-027
    ");
}

#[test]
fn two_imports_go_on_side_by_side_in_the_order_in_which_their_rows_are_due() {
    let mut hub = Hub::demo();
    let file = b"User ID/Email (Required)\none@x.example\ntwo@x.example\nthree@x.example\n";
    let first = hub.import_slowly(ADD, 1, file).unwrap();
    hub.wait_ms(500);
    let acme = hub.customer("acme-dental").organization;
    hub.adjust_organization(acme, |it| it.settings.import_rows_per_second = Some(2));
    let file = b"User ID/Email (Required)\nthree@x.example\ntwo@x.example\n";
    let second = hub.run(|draft, context| bulk::import(draft, context, acme, ADD, None, file)).unwrap();
    hub.wait_ms(60_000);
    let outcomes = |id| hub.world.task(id).unwrap().outcomes.clone();
    assert_eq!(*outcomes(second.id), [RowOutcome::Added, RowOutcome::Added]);
    assert_eq!(*outcomes(first.id), [RowOutcome::Added, RowOutcome::Failed, RowOutcome::Failed]);
}

#[test]
fn tasks_are_kept_for_good_and_listed_in_pages_the_newest_first() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let old: Vec<_> = (0..3).map(|_| hub.import(ADD, FILE).unwrap().id).collect();
    let running = hub.import_slowly(ADD, 1, FILE).unwrap().id;
    hub.wait_ms(2_000);
    let page = |wanted| hub.peek(|draft, context| tasks::list(draft, context, organization, wanted)).unwrap();
    let first = page(PageRequest::of(0, 2));
    assert_eq!(first.items.iter().map(|task| task.id).collect::<Vec<_>>(), [running, old[2]]);
    assert_eq!(first.items[0].counts().processed, 2, "a running one is shown as far as it is");
    let rest = page(PageRequest { after: first.next, ..PageRequest::of(0, 20) });
    assert_eq!(rest.items.iter().map(|task| task.id).collect::<Vec<_>>(), [old[1], old[0]]);
}

/// Users and tasks without ids and times.
fn outcome(hub: &Hub) -> (Vec<String>, Vec<String>) {
    let organization = hub.customer("panaderia-sol").organization;
    let line = |person: &Arc<Person>| {
        format!("{} {:?}", hub.show(person.email.as_str()), person.attribute(Attribute::Title))
    };
    let mut users: Vec<_> = hub.world.people_of(organization).map(line).collect();
    users.sort();
    let tasks = hub.world.tasks_of(organization).map(|task| {
        let failures = task.failures.iter().map(|failure| format!("{failure:?}"));
        format!("{:?} {:?} {:?}", task.outcomes, task.header, failures.collect::<Vec<_>>())
    });
    (users, tasks.collect())
}

/// What somebody does while an import runs.
#[derive(Debug, Clone)]
enum Meanwhile {
    Wait(i64),
    Manage(Errand),
}

fn meanwhile(errands: &'static [Errand]) -> impl Strategy<Value = Vec<Meanwhile>> {
    let waits = select(&[1, 250, 999, 1_000, 4_000][..]).prop_map(Meanwhile::Wait);
    vec(prop_oneof![3 => waits, 1 => select(errands).prop_map(Meanwhile::Manage)], 0..12)
}

fn live(hub: &mut Hub, meanwhile: &[Meanwhile]) {
    for what in meanwhile {
        match what {
            Meanwhile::Wait(millis) => hub.wait_ms(*millis),
            Meanwhile::Manage(errand) => drop(manage_task(hub, *errand)),
        }
    }
}

fn import_of(rows: &[RowDraw], speed: u32) -> (Hub, Id<Task>) {
    let mut hub = Hub::demo();
    let task = hub.import_slowly(ADD_AND_REMOVE, speed, file_of(rows).as_bytes()).unwrap();
    (hub, task.id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_any_speed_and_however_it_is_paused_an_import_ends_as_one_at_once(
        rows in vec(row_draw(), 1..10),
        speed in select(&[1, 3, 7, 1_000, u32::MAX][..]),
        meanwhile in meanwhile(&[Errand::Pause, Errand::Resume]),
    ) {
        let mut at_once = Hub::demo();
        at_once.import(ADD_AND_REMOVE, file_of(&rows).as_bytes()).unwrap();
        let (mut hub, task) = import_of(&rows, speed);
        live(&mut hub, &meanwhile);
        drop(manage_task(&mut hub, Errand::Resume));
        hub.wait_ms(60_000);
        prop_assert_eq!(hub.task(task).status().name(), "COMPLETED");
        prop_assert_eq!(outcome(&hub), outcome(&at_once));
    }

    #[test]
    fn it_does_not_matter_how_often_anybody_looks(
        rows in vec(row_draw(), 1..10),
        speed in 1_u32..9,
        waits in vec(1_i64..2_000, 1..12),
    ) {
        let (mut often, _) = import_of(&rows, speed);
        let mut once = often.clone();
        waits.iter().for_each(|millis| often.wait_ms(*millis));
        once.wait_ms(waits.iter().sum());
        let created = |hub: &Hub| {
            let people = hub.world.people_of(hub.customer("panaderia-sol").organization);
            people.map(|person| (person.email.clone(), person.created, person.modified)).collect::<Vec<_>>()
        };
        prop_assert_eq!(created(&often), created(&once));
        prop_assert_eq!(outcome(&often), outcome(&once));
    }

    #[test]
    fn whenever_a_task_is_cancelled_each_row_was_done_or_is_reported(
        rows in vec(row_draw(), 1..10),
        meanwhile in meanwhile(&[Errand::Pause, Errand::Resume, Errand::Cancel]),
    ) {
        let (mut hub, task) = import_of(&rows, 1);
        live(&mut hub, &meanwhile);
        drop(manage_task(&mut hub, Errand::Cancel));
        let task = hub.task(task);
        let counts = task.counts();
        let done = counts.added + counts.updated + counts.removed + counts.unchanged;
        prop_assert_eq!(done + task.failures.len(), rows.len());
        prop_assert_eq!(counts.failed, task.failures.len());
        let reported: Vec<_> = task.failures.iter().map(|failure| failure.row).collect();
        prop_assert!(reported.is_sorted_by(|one, next| one < next), "{:?}", reported);
    }

    #[test]
    fn a_fork_in_the_middle_goes_on_by_itself(
        rows in vec(row_draw(), 1..10),
        before in 0_i64..5_000,
        of_parent in 0_i64..5_000,
    ) {
        let (mut parent, _) = import_of(&rows, 2);
        parent.wait_ms(before);
        let mut fork = parent.clone();
        let at_fork = outcome(&fork);
        parent.wait_ms(of_parent);
        fork.settle();
        prop_assert_eq!(outcome(&fork), at_fork);
        parent.wait_ms(60_000);
        fork.wait_ms(60_000);
        prop_assert_eq!(outcome(&fork), outcome(&parent));
    }
}

#[test]
fn the_ids_of_rows_sort_among_those_of_their_time() {
    let mut hub = Hub::demo();
    let file = b"User ID/Email (Required)\na@x.example\nb@x.example\n";
    hub.import_slowly(ADD, 1, file).unwrap();
    hub.wait_ms(1_500);
    let zoe = hub.new_subscriber();
    hub.run(|draft, context| subscribers::provision(draft, context, &zoe)).unwrap();
    hub.wait_ms(60_000);
    let id = |email| hub.person(email).id;
    assert!(id("a@x.example") < id("zoe@acme-dental.example.com"));
    assert!(id("zoe@acme-dental.example.com") < id("b@x.example"));
}
