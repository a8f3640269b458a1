//! One small report with something of everything, written in each kind.

use serde_json::json;

use super::kind::{Kind, Wanted};
use super::*;

/// A failure, advice, a known failure, a pass and a case that does not apply.
fn report() -> Report {
    let rule = json!({ "id": "SUB-003", "says": "An address is used once.", "source": "OpenAPI", "evidence": "official-spec" });
    let case = |id: &str, result: &str, checks: serde_json::Value| {
        json!({
            "id": id, "title": format!("What {id} says"), "profile": "subscribers", "level": "must",
            "origin": { "file": "conformance/cases/subscribers/a b.yaml", "line": 7 }, "rules": [rule], "result": result,
            "checks": checks, "duration_ms": 20, "script": [], "exchanges": [], "changes": [],
        })
    };
    let check = |name: &str, level: &str, result: &str| json!({ "name": name, "witness": "client", "level": level, "result": result, "what": "1 < 2 & \"x\"" });
    let mut failing = case("SUB-1", "fail", json!([check("step 1 outcome", "must", "fail")]));
    failing["script"] = json!([
        { "send": { "method": "POST", "path": "/v1/x", "body": { "name": "O'Moss" }, "status": 409 } },
        { "call": { "op": "subscriber.list", "args": {}, "outcome": { "ok": { "value": null } } } },
    ]);
    failing["exchanges"] = json!([{
        "id": 1, "time": "2026-02-02T09:00:00Z", "method": "POST", "path": "/v1/x", "status": 444, "trackingId": "T",
        "requestBody": "<script>alert(1)</script>",
    }]);
    let mut known = case("SUB-3", "xfail", json!([check("step 1 outcome", "must", "xfail")]));
    known["checks"][0]["known"] = "slow (until 2027-01-31)".into();
    let mut unclaimed = case("SUB-5", "not_applicable", json!([]));
    unclaimed["why"] = "the client does not declare subscriber.list".into();
    serde_json::from_value(json!({
        "suite": "0.1.0", "spec": "2026-11-28", "started": "2026-11-28T10:00:00Z", "duration_ms": 1500,
        "client": { "name": "acme", "version": "2.1", "language": "sh", "ops": ["subscriber.list"], "features": [] },
        "command": "run", "adapter": ["./adapter", "a b"], "seed": 7, "level": "must",
        "cases": [
            failing,
            case("SUB-2", "pass", json!([check("step 1 field", "should", "fail")])),
            known,
            case("SUB-4", "pass", json!([])),
            unclaimed,
        ],
        "deselected": 2, "stale": ["known.yaml:1: SUB-9: expired on 2026-11-27"],
    }))
    .expect("it is a report")
}

#[test]
fn markdown_begins_with_the_verdict() {
    insta::assert_snapshot!(markdown::text(&report()), @r#"
    # Conformance: not conformant

    **acme 2.1** (sh): 4 of 5 cases tried, up to level *must*, seed 7.

    | profile | pass | fail | xfail | xpass | not applicable | untestable | harness error |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | subscribers | 2 | 1 | 1 | 0 | 1 | 0 | 0 |
    | **all** | 2 | 1 | 1 | 0 | 1 | 0 | 0 |

    ## Red

    ### SUB-1: What SUB-1 says

    - **step 1 outcome** (client, must): 1 \< 2 & "x"

    > **SUB-003** An address is used once. *OpenAPI, official-spec*

    ````sh
    curl -X POST "$HUB"'/v1/x' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"name":"O'\''Moss"}'
    # 409
    printf '%s\n' '{"call":{"seq":2,"session":"s","op":"subscriber.list","args":{},"timeout_ms":30000}}' # to the adapter, which answers
    # '{"ok":{"value":null}}'

    hub-conformance run --include SUB-1 --seed 7 -- ./adapter 'a b'
    ````

    ## Advice

    ### SUB-2: What SUB-2 says

    - **step 1 field** (client, should): 1 \< 2 & "x"

    ## Known failures

    ### SUB-3: What SUB-3 says

    - step 1 outcome: slow (until 2027-01-31)

    ## Stale entries of the baseline

    - known.yaml:1: SUB-9: expired on 2026-11-27
    "#);
}

#[test]
fn junit_has_a_suite_for_each_profile() {
    insta::assert_snapshot!(junit::text(&report()).expect("it can be written"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="acme 2.1" tests="5" failures="1" errors="0" time="1.500">
        <testsuite name="subscribers" tests="5" skipped="2" errors="0" failures="1" time="0.100">
            <properties>
                <property name="seed" value="7"/>
                <property name="level" value="must"/>
            </properties>
            <testcase name="SUB-1: What SUB-1 says" classname="hub-conformance.subscribers" time="0.020">
                <failure message="step 1 outcome (client): 1 &lt; 2 &amp; &quot;x&quot;" type="fail">step 1 outcome (client): 1 &lt; 2 &amp; &quot;x&quot;
    SUB-003: An address is used once. (OpenAPI)</failure>
            </testcase>
            <testcase name="SUB-2: What SUB-2 says" classname="hub-conformance.subscribers" time="0.020">
                <system-out>advice: step 1 field (client): 1 &lt; 2 &amp; &quot;x&quot;</system-out>
            </testcase>
            <testcase name="SUB-3: What SUB-3 says" classname="hub-conformance.subscribers" time="0.020">
                <skipped message="known: slow (until 2027-01-31)"/>
            </testcase>
            <testcase name="SUB-4: What SUB-4 says" classname="hub-conformance.subscribers" time="0.020"/>
            <testcase name="SUB-5: What SUB-5 says" classname="hub-conformance.subscribers" time="0.020">
                <skipped message="the client does not declare subscriber.list"/>
            </testcase>
        </testsuite>
    </testsuites>
    "#);
}

#[test]
fn sarif_tells_of_what_is_red_and_of_advice_with_their_places() {
    let log = sarif::log(&report());
    let results = log["runs"][0]["results"].as_array().expect("results");
    let told: Vec<_> = results.iter().map(|result| (&result["ruleId"], &result["level"])).collect();
    assert_eq!(told, [(&json!("SUB-003"), &json!("error")), (&json!("SUB-003"), &json!("warning"))]);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "conformance/cases/subscribers/a%20b.yaml");
    assert_eq!(place["region"]["startLine"], 7);
    assert_eq!(results[0]["partialFingerprints"]["caseId/v1"], "SUB-1");
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][0]["id"], "SUB-003");
}

#[test]
fn the_page_loads_nothing_and_runs_nothing_that_a_client_wrote() {
    let page = html::page(&report());
    for foreign in ["<script", "src=", "http://", "https://", "url(", "@import"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("Not conformant"));
    assert!(page.contains("hub-conformance run --include SUB-1 --seed 7 -- ./adapter 'a b'"));
    let sent = r#"'{"name":"O'\''Moss"}'"#;
    assert!(page.contains(&sent.replace('"', "&quot;")));
}

#[test]
fn json_is_the_report_itself() {
    let text = Kind::Json.text(&report()).expect("it can be written");
    let again: Report = serde_json::from_str(&text).expect("it can be read");
    assert_eq!(Kind::Json.text(&again).expect("it can be written"), text);
}

#[test]
fn a_report_is_asked_for_by_kind_and_file() {
    let fault = |text: &str| text.parse::<Wanted>().expect_err("it is at fault");
    assert_eq!(fault("html"), "write KIND=FILE, such as html=report.html");
    assert_eq!(fault("pdf=a"), "there is no kind pdf; there are json, junit, sarif, markdown, html");
    assert_eq!(fault("json="), "say where: json=FILE, or json=- for standard output");
    let wanted: Wanted = "json=-".parse().expect("it is sound");
    assert_eq!((wanted.kind, wanted.is_stdout()), (Kind::Json, true));
}

#[test]
fn a_failure_is_red_up_to_the_level_that_is_asked_for() {
    let verdicts = |level| {
        let mut report = report();
        report.cases.iter_mut().for_each(|case| case.judge(level));
        report.cases.iter().map(|case| case.result.word()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(verdicts(Level::Must), "fail, pass, xfail, pass, not applicable");
    assert_eq!(verdicts(Level::Should), "fail, fail, xfail, pass, not applicable");
    let mut case = report().cases.remove(0);
    case.level = Level::May;
    case.judge(Level::Should);
    assert_eq!(case.result, Finding::Pass, "a check weighs no more than its case");
}

#[test]
fn the_verdict_is_that_of_the_worst_and_nothing_executed_is_red() {
    let verdict = |keep: &[&str], stale: bool| {
        let mut report = report();
        report.cases.retain(|case| keep.contains(&case.id.as_str()));
        report.stale.truncate(usize::from(stale));
        report.verdict()
    };
    assert_eq!(verdict(&["SUB-1", "SUB-4"], true), Verdict::NotConformant);
    assert_eq!(verdict(&["SUB-3", "SUB-4"], true), Verdict::BaselineStale);
    assert_eq!(verdict(&["SUB-3", "SUB-4"], false), Verdict::Conformant);
    assert_eq!(verdict(&["SUB-5"], false), Verdict::NotConformant);
    let mut broken = report();
    broken.cases[3].result = Finding::HarnessError;
    assert_eq!(broken.verdict(), Verdict::HarnessError);
}

#[test]
fn nothing_that_a_client_wrote_runs_when_it_is_pasted_into_a_shell() {
    let script: Vec<Line> = serde_json::from_value(json!([
        { "send": { "method": "GET", "path": "/v1/x?y=$(touch '/z')`id`", "status": 200 } },
        { "send": { "method": "GET", "path": "http://hub/$(id)", "status": 200 } },
        { "call": { "op": "subscriber.get", "args": { "email": "$(id)'`id`" }, "outcome": { "ok": { "value": "$(id)'" } } } },
    ]))
    .expect("it is a script");
    let outside: String = script::written(&script).replace(r"'\''", "").split('\'').step_by(2).collect();
    assert!(!outside.contains("$(") && !outside.contains('`'), "{outside}");
}

#[test]
fn nothing_that_a_client_wrote_is_markdown() {
    let mut report = report();
    report.client.name = "[acme](x)".to_owned();
    report.cases[0].profile = "a|b".to_owned();
    let ticks = json!([{ "call": { "op": "x", "args": {}, "outcome": { "ok": { "value": "`````" } } } }]);
    report.cases[0].script = serde_json::from_value(ticks).expect("it is a script");
    let text = markdown::text(&report);
    assert!(text.contains(r"**\[acme\](x) 2.1**") && text.contains(r"| a\|b |"), "{text}");
    assert!(text.contains("\n``````sh\n") && text.contains("\n``````\n"), "{text}");
}

#[test]
fn a_report_on_a_hub_does_not_speak_of_a_client() {
    let mut report = report();
    report.command = "check-server".to_owned();
    report.cases.retain(|case| case.id == "SUB-4");
    assert!(markdown::text(&report).starts_with("# Conformance of the hub: "));
    assert!(!html::page(&report).contains(" client"));
    report.cases.clear();
    assert!(html::page(&report).contains("nothing is known of the hub"));
}

#[test]
fn what_several_red_cases_have_in_common_is_told_once() {
    let mut report = report();
    assert!(causes(&report).is_empty(), "one red case has nothing in common");
    let mut other = report.cases[0].clone();
    other.id = "SUB-6".to_owned();
    other.checks[0].name = "step 4 outcome".to_owned();
    report.cases.push(other);
    let mut third = report.cases[0].clone();
    third.checks[0].what = Some("something else".to_owned());
    report.cases.push(third);
    let text = markdown::text(&report);
    assert!(text.contains("\n- 2 cases: … \\< … & … (SUB-1, SUB-6)\n"), "{text}");
    assert!(html::page(&report).contains("<a href=\"#SUB-6\">"), "each has its way");
}
