//! The doctor against adapters that are sound, broken, silent and gone: through the library where time is
//! bounded more tightly than on the command line, else through the program and its exit codes.

use std::process::{Command, Output};
use std::time::Duration;

use hub_conformance::hub::process::OwnHub;
use hub_conformance::{Limits, doctor};

#[path = "program/mock_hub.rs"]
mod mock_hub;

const HELLO: &str = r#"{"hello":{"hcp":1,"name":"acme","version":"2.1","language":"sh","ops":["customer.provision"],"features":[],"max_parallel":1,"clock":"real"}}"#;

fn hub_conformance(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hub-conformance"))
        .args(args)
        .output()
        .expect("the program of this package runs")
}

/// The exit code and what was said about an adapter written in `sh`.
fn doctor_on(script: &str) -> (Option<i32>, String) {
    let output = hub_conformance(&["doctor", "--", "sh", "-c", script]);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).expect("verdicts are text"))
}

/// What the library finds with limits that a test can wait for.
fn finding_of(script: &str) -> String {
    let limits =
        Limits { line_bytes: 1000, answer: Duration::from_millis(300), exit: Duration::from_millis(300) };
    let args = ["-c".to_owned(), script.to_owned()];
    doctor::examine("sh", &args, limits).expect_err("the script is at fault").to_string()
}

#[test]
fn a_sound_adapter_is_said_to_be_sound() {
    let (code, said) = doctor_on(&format!("read hello; echo '{HELLO}'; read bye"));
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        said,
        "The adapter is sound: acme 2.1 (sh).\n  operations: customer.provision\n  features: none\n  at once: 1\n  clock: real\n"
    );
}

#[test]
fn the_adapter_hears_hello_first_and_bye_last() {
    let script = format!(
        r#"read hello; echo '{HELLO}'; read bye
           case "$hello" in '{{"hello":{{"hcp":[1],'*) ;; *) echo "hello was $hello" >&2;; esac
           case "$bye" in '{{"bye":{{}}}}') ;; *) echo "bye was $bye" >&2;; esac"#
    );
    let (code, said) = doctor_on(&script);
    assert_eq!(code, Some(0));
    assert!(!said.contains(" was "), "{said}");
}

#[test]
fn a_broken_hello_names_each_field_and_exits_3() {
    let (code, said) = doctor_on(&format!(
        "read hello; echo '{}'; read bye",
        HELLO.replace(r#""hcp":1"#, r#""hcp":2"#).replace(r#""clock":"real""#, r#""clock":"wall""#)
    ));
    assert_eq!(code, Some(3));
    assert_eq!(
        said,
        "The adapter is broken:\n  \
         hello.hcp: is not a version that the suite offered; send 1\n  \
         hello.clock: is \"wall\"; send \"virtual\", \"scaled\" or \"real\"\n"
    );
}

#[test]
fn what_is_declared_and_unknown_is_named_with_the_nearest_that_is_known() {
    let hello =
        HELLO.replace("customer.provision", "customer.provison").replace("[]", r#"["retry-limited"]"#);
    let (code, said) = doctor_on(&format!("read hello; echo '{hello}'; read bye"));
    assert_eq!(code, Some(3));
    assert_eq!(
        said,
        "The adapter is broken:\n  \
         hello.ops: `customer.provison` is not an operation of HCP/1; the nearest is `customer.provision`\n  \
         hello.features: `retry-limited` is not a feature of HCP/1; the nearest is `retries-limited`\n"
    );
}

#[test]
fn at_work_all_that_is_wrong_with_the_answers_is_told() {
    let hello =
        HELLO.replace(r#""customer.provision""#, r#""customer.get","customer.list","customer.remove""#);
    let done = |seq: u64, outcome: &str| format!(r#"{{"done":{{"seq":{seq},"outcome":{outcome}}}}}"#);
    let answers = [
        done(1, r#"{"ok":{"value":{}}}"#),
        done(77, r#"{"unsupported":{"reason":"not yet"}}"#),
        done(3, r#"{"refused":{"kind":"gone"}}"#),
        done(4, r#"{"crashed":{"message":"no such customer"}}"#),
    ];
    let script = format!(
        "read hello; echo '{hello}'; read open; echo Connected; {} read bye",
        answers.map(|answer| format!("echo '{answer}'; read next;")).concat()
    );
    let output = hub_conformance(&["doctor", "--at-work", "--", "sh", "-c", &script]);
    let said = String::from_utf8(output.stderr).expect("verdicts are text");
    assert_eq!(output.status.code(), Some(3), "{said}");
    for wanted in [
        "open: `Connected` stands on stdout beside the messages",
        "customer.get: `done` has seq 77, and was asked with 2",
        "customer.get: is declared, and was answered `unsupported` (not yet)",
        "unknown variant `gone`, expected one of `invalid`, `conflict`",
        "customer.remove: was answered `crashed` (no such customer)",
    ] {
        assert!(said.contains(wanted), "no {wanted:?} in {said}");
    }
}

#[test]
fn an_adapter_that_prints_and_prints_and_never_answers_is_given_up() {
    let own = OwnHub::start(Some(mock_hub::mock_hub())).expect("mock-hub starts");
    let limits = Limits { answer: Duration::from_millis(500), ..Limits::default() };
    let script = format!("read hello; echo '{HELLO}'; read open; exec yes working");
    let found = doctor::examine_at_work("sh", &["-c".to_owned(), script], limits, &own.hub);
    let said = found.expect_err("the adapter is at fault").to_string();
    assert!(said.contains("open: `working` stands on stdout beside the messages"), "{said}");
    assert!(said.ends_with("open: was not answered within 500ms") && said.lines().count() < 102, "{said}");
}

#[test]
fn garbage_and_two_keys_are_told_apart() {
    let (code, said) = doctor_on("read hello; echo 'starting up'; read bye");
    assert!(code == Some(3) && said.contains("the line is not JSON"), "{said}");
    let (code, said) = doctor_on(r#"read hello; echo '{"hello":{},"seq":1}'; read bye"#);
    assert!(code == Some(3) && said.contains("exactly one key"), "{said}");
}

#[test]
fn an_adapter_that_exits_at_once_is_broken() {
    let (code, said) = doctor_on("exit 7");
    assert!(code == Some(3) && said.contains("ended"), "{said}");
}

#[test]
fn an_adapter_that_cannot_be_started_is_broken() {
    let output = hub_conformance(&["doctor", "--", "./no-such-adapter"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot be started"));
}

#[test]
fn an_adapter_that_never_answers_is_given_up() {
    assert!(finding_of("while read line; do :; done").contains("no line came within 300ms"));
}

#[test]
fn a_line_without_end_is_given_up() {
    assert!(finding_of("exec tr '\\0' x </dev/zero").contains("longer than 1000 bytes"));
}

#[test]
fn an_adapter_that_stays_after_bye_is_broken() {
    let script = format!("read hello; echo '{HELLO}'; exec tail -f /dev/null");
    assert!(finding_of(&script).contains("still ran 300ms after `bye`"));
}

#[test]
fn the_command_line_ends_with_4_where_it_is_wrong_and_with_0_where_it_helps() {
    assert_eq!(hub_conformance(&["run"]).status.code(), Some(4));
    assert_eq!(hub_conformance(&["doctor"]).status.code(), Some(4));
    assert_eq!(hub_conformance(&["--help"]).status.code(), Some(0));
}
