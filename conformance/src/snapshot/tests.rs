//! Snapshots in a folder of a test's own: written, compared, missing and unused.

use serde_json::json;

use super::*;

fn case(email: &str) -> CaseReport {
    let body = json!({ "email": email, "created": "2026-02-02T09:00:00Z" }).to_string();
    serde_json::from_value(json!({
        "id": "SUB-PROVISION-1", "title": "A subscriber is there once", "profile": "subscribers", "level": "must",
        "rules": [], "result": "pass", "checks": [], "duration_ms": 1, "changes": [],
        "script": [{ "call": {
            "op": "subscriber.provision", "args": { "email": email }, "outcome": { "ok": { "value": null } },
        } }],
        "exchanges": [{
            "id": 1, "time": "2026-02-02T09:00:00Z", "method": "POST", "path": "/v1/wholesale/subscribers",
            "status": 429, "trackingId": "T", "rule": "API-013", "retryAfter": 2.0,
            "requestBody": format!("{{\"email\":\"{email}\"}}"), "responseBody": body,
        }],
    }))
    .expect("a report of a case")
}

fn judged(folder: &Path, mode: Mode, email: &str) -> (Finding, String) {
    let mut cases = [case(email)];
    Snapshots { folder: folder.to_owned(), mode }.apply(&mut cases).expect("the folder can be used");
    let check = &cases[0].checks[0];
    let what = check.what.clone().unwrap_or_default();
    (check.result, what.replace(&folder.display().to_string(), "DIR"))
}

#[test]
fn a_snapshot_is_written_when_asked_for_and_compared_from_then_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let missing = "there is no DIR/SUB-PROVISION-1.snap; --accept writes it";
    assert_eq!(judged(folder, Mode::Compare, "mia@example.com"), (Finding::Fail, missing.to_owned()));
    assert_eq!(judged(folder, Mode::Accept, "mia@example.com").0, Finding::Pass);
    assert_eq!(judged(folder, Mode::Compare, "mia@example.com").0, Finding::Pass);
    insta::assert_snapshot!(fs::read_to_string(folder.join("SUB-PROVISION-1.snap")).expect("it was written"), @r#"
    SUB-PROVISION-1: A subscriber is there once

    call subscriber.provision {
      "email": "mia@example.com"
    }
    = {
      "ok": {
        "value": null
      }
    }

    POST /v1/wholesale/subscribers
    > {
      "email": "mia@example.com"
    }
    = 429, API-013, retry after 2 s
    < {
      "created": "<time-1>",
      "email": "mia@example.com"
    }
    "#);
    let (result, what) = judged(folder, Mode::Compare, "leo@example.com");
    assert_eq!(result, Finding::Fail);
    insta::assert_snapshot!(what, @r#"
    not as in DIR/SUB-PROVISION-1.snap:
    line 4:
    -   "email": "mia@example.com"
    +   "email": "leo@example.com"
    line 14:
    -   "email": "mia@example.com"
    +   "email": "leo@example.com"
    line 19:
    -   "email": "mia@example.com"
    +   "email": "leo@example.com"
    "#);
}

#[test]
fn snapshots_that_no_case_uses_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = folder.path().join("SUB-OLD-1.snap");
    fs::write(&old, "").expect("it can be written");
    let snapshots = Snapshots { folder: folder.path().to_owned(), mode: Mode::Accept };
    assert_eq!(snapshots.apply(&mut [case("mia@example.com")]), Ok(vec![old]));
}

#[test]
fn a_generated_sequence_has_no_snapshot() {
    let folder = tempfile::tempdir().expect("a folder");
    let snapshots = Snapshots { folder: folder.path().to_owned(), mode: Mode::Compare };
    let mut cases = [CaseReport { is_generated: true, ..case("mia@example.com") }];
    assert_eq!(snapshots.apply(&mut cases), Ok(Vec::new()));
    assert!(cases[0].checks.is_empty());
}
