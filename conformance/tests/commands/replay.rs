//! `replay`: one case, and all that was said.

use super::program::{LIAR, REFERENCE, judged};

#[test]
fn a_case_is_told_from_its_calls_to_its_checks() {
    let (code, said, errors) = judged(&["replay", "SUB-REMOVE-1"], &REFERENCE);
    assert_eq!(code, Some(0), "{said}{errors}");
    let told =
        ["pass SUB-REMOVE-1: ", r#"{"call":{"op":"subscriber.remove""#, " DELETE /v1/wholesale/subscribers/"];
    let checked = ["  pass step 1 outcome: as it must be", "  pass records 1: subscribers: as it must be"];
    for wanted in told.into_iter().chain(checked) {
        assert!(said.contains(wanted), "no {wanted:?} in {said}");
    }
}

#[test]
fn a_case_that_fails_ends_with_1_again() {
    let (code, said, _) = judged(&["replay", "SUB-REMOVE-1"], &LIAR);
    assert!(code == Some(1) && said.starts_with("fail SUB-REMOVE-1: "), "{said}");
}

#[test]
fn a_case_that_there_is_not_ends_with_4() {
    let (code, _, errors) = judged(&["replay", "NO-SUCH-CASE"], &REFERENCE);
    assert!(code == Some(4) && errors.contains("there is no case NO-SUCH-CASE"), "{errors}");
}
