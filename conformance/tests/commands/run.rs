//! `run`: how it ends.

use super::program::{LIAR, REFERENCE, judged};

#[test]
fn a_client_that_does_what_it_says_ends_with_0() {
    let (code, said, errors) = judged(&["run", "--include", "SUB-REMOVE-*"], &REFERENCE);
    assert_eq!(code, Some(0), "{said}{errors}");
    let passed = said.split(" pass, 0 fail").next().and_then(|line| line.rsplit(' ').next());
    assert!(passed.is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count > 0)), "{said}");
}

#[test]
fn a_client_that_lies_ends_with_1_and_the_records_bear_witness() {
    let (code, said, errors) = judged(&["run", "--include", "SUB-REMOVE-1"], &LIAR);
    assert_eq!(code, Some(1), "{said}{errors}");
    assert!(said.contains("fail SUB-REMOVE-1: ") && said.contains("    records 1: subscribers: "), "{said}");
}

#[test]
fn nothing_tried_is_no_pass() {
    let (code, said, _) = judged(&["run", "--include", "NO-SUCH-CASE"], &REFERENCE);
    assert!(code == Some(1) && said.contains(": 0 pass, 0 fail"), "{said}");
    let (code, said, _) = judged(&["run", "--include", "LOC-*"], &LIAR);
    assert!(code == Some(1) && said.contains(": 0 pass, 0 fail"), "not one of these is declared: {said}");
}

#[test]
fn an_adapter_that_cannot_start_ends_with_3() {
    let (code, _, errors) = judged(&["run", "--include", "SUB-GET-1"], &["./no-such-adapter"]);
    assert!(
        code == Some(3) && errors.contains("the adapter is broken: ./no-such-adapter cannot be started"),
        "{errors}"
    );
}

#[test]
fn a_hub_that_cannot_be_reached_ends_with_4() {
    // Nobody serves at the port of tcpmux.
    let at = ["run", "--hub", "http://127.0.0.1:1", "--include", "SUB-GET-1"];
    let (code, said, errors) = judged(&at, &REFERENCE);
    assert!(code == Some(4) && [said.as_str(), &errors].concat().contains("127.0.0.1:1/"), "{said}{errors}");
}

#[test]
fn no_job_at_all_is_refused() {
    let (code, _, errors) = judged(&["run", "--jobs", "0", "--include", "SUB-GET-1"], &REFERENCE);
    assert!(code == Some(4) && errors.contains("invalid value '0' for '--jobs <N>'"), "{errors}");
}
