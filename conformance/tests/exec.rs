//! Exec mode: a program that is run once for each operation, written in `sh`, behind the adapter that runs it.

use hub_conformance::exec::ExecAdapter;

const OPEN: &str =
    r#"{"open":{"seq":1,"session":"s1","base_url":"http://hub","token":"t","now":"2026-02-02T09:00:00Z"}}"#;

/// What is said to a suite that says these lines.
fn said(script: &str, lines: &[&str]) -> String {
    let command = ["sh", "-c", script].map(str::to_owned);
    let mut output = Vec::new();
    ExecAdapter::of(&command).serve(lines.join("\n").as_bytes(), &mut output).expect("it is understood");
    String::from_utf8(output).expect("messages are text")
}

fn outcome_of(script: &str) -> String {
    outcome_within(300, script)
}

fn outcome_within(timeout_ms: u64, script: &str) -> String {
    let call = format!(
        r#"{{"call":{{"seq":2,"session":"s1","op":"customer.get","args":{{"customerId":"c"}},"timeout_ms":{timeout_ms}}}}}"#
    );
    let said = said(script, &[OPEN, &call, r#"{"bye":{}}"#]);
    let done = said.lines().nth(1).expect("each question is answered");
    done.strip_prefix(r#"{"done":{"seq":2,"outcome":"#).expect(done).to_owned()
}

#[test]
fn the_program_is_told_what_to_do_in_its_environment() {
    let outcome = outcome_of(
        r#"printf '{"ok":{"value":["%s","%s","%s",%s]}}' "$HUB_OP" "$HUB_BASE_URL" "$HUB_TOKEN" "$HUB_ARGS""#,
    );
    assert_eq!(outcome, r#"{"ok":{"value":["customer.get","http://hub","t",{"customerId":"c"}]}}}}"#);
}

#[test]
fn asked_for_hello_it_prints_its_hello() {
    let hello = r#"{"hello":{"hcp":[1],"suite":"0","spec":"2026-05-04"}}"#;
    assert_eq!(said(r#"echo "{\"name\":\"$HUB_OP\"}""#, &[hello]), "{\"hello\":{\"name\":\"hello\"}}\n");
}

#[test]
fn a_program_that_fails_hangs_or_babbles_crashes_its_operation_alone() {
    assert!(outcome_of("exit 3").contains("ended with exit status: 3"));
    assert!(outcome_of("exec tail -f /dev/null").contains("did not end within 270ms"));
    assert!(outcome_of("exec tail -f /dev/null >&2").contains("did not end within 270ms"));
    assert!(outcome_within(30_000, "exec tr '\\0' x </dev/zero").contains("prints more than 16777216 bytes"));
    assert!(outcome_of("echo all is well").contains("which is not one line of HCP/1"));
}
