//! `mock-hub csv`, `rules` and `world`: what they print and how they end.

use insta::assert_snapshot;
use serde_json::Value;

use crate::process::{ADMIN, Folder, Hub, run, run_unread};

const EMAIL: &str = "User ID/Email (Required)";

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn csv_check_ends_with_0_clean_1_rows_refused_2_file_refused_3_usage() {
    let folder = Folder::new();
    let clean = folder.file("clean.csv", &format!("{EMAIL},First Name\nana@new.example.com,Ana\n"));
    let rows =
        folder.file("rows.csv", &format!("{EMAIL},First Name\nana@new.example.com,Ana\nnonsense,Ben\n"));
    let broken = folder.file("broken.csv", "Colour,Size\nred,7\n");
    let missing = folder.path("missing.csv").display().to_string();
    for command in [&["check"][..], &["plan", "--org", "acme-dental"]] {
        let run = |file: &str| run(&[&["csv"], command, &[file]].concat());
        assert_eq!(run(&clean).0, Some(0), "{command:?}");
        let (code, said) = run(&rows);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("SUB-002"), "{said}");
        let (code, said) = run(&broken);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.starts_with("the file is refused: ") && said.contains("(CSV-"), "{said}");
        assert_eq!(run(&missing).0, Some(3));
        assert_eq!(run("--nonsense").0, Some(3));
    }
    let (code, template) = run(&["csv", "template"]);
    assert_eq!(code, Some(0));
    assert!(template.contains(EMAIL), "{template}");
}

#[test]
fn a_plan_is_for_the_organization_that_is_named_and_names_it() {
    let folder = Folder::new();
    let file = folder.file("users.csv", &format!("{EMAIL},First Name\nana@new.example.com,Ana\n"));
    let plan = |arguments: &[&str]| run(&[&["csv", "plan", &file][..], arguments].concat());
    for (arguments, begin) in [
        (&[][..], "error: the world has several customers, and --org names one; there are: "),
        (&["--lang", "es"], "error: el mundo tiene varios clientes, y --org designa uno; hay: "),
        (&["--org", "nobody"], "error: --org names no customer of the world; there are: "),
    ] {
        let (code, said) = plan(arguments);
        assert_eq!(code, Some(3), "{said}");
        let names = said.strip_prefix(begin).unwrap_or_else(|| panic!("{said}"));
        assert!(names.contains("acme-dental, ") && names.contains("panaderia-sol"), "{said}");
    }
    let (code, said) = plan(&["--org", "acme-dental"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("Organization: Acme Dental (acme-dental)\n\n"), "{said}");
    let (_, json) = plan(&["--org", "acme-dental", "--format", "json"]);
    let organization = parsed(&json)["organization"].clone();
    assert_eq!(
        (&organization["externalId"], &organization["name"]),
        (&"acme-dental".into(), &"Acme Dental".into())
    );
    let (_, by_id) = plan(&["--org", organization["id"].as_str().unwrap(), "--format", "json"]);
    assert_eq!(by_id, json);
}

#[test]
fn why_a_file_is_refused_is_told_in_json_too() {
    let folder = Folder::new();
    let broken = folder.file("broken.csv", "Colour,Size\nred,7\n");
    let empty = folder.file("empty.csv", "");
    let refusal = |command: &str, file: &str| {
        let (code, said) = run(&["csv", command, file, "--format", "json"]);
        assert_eq!(code, Some(2), "{said}");
        serde_json::to_string_pretty(&parsed(&said)).unwrap()
    };
    assert_snapshot!(refusal("check", &broken), @r#"
    {
      "refusal": {
        "column": "User ID/Email (Required)",
        "message": "row 1, column `User ID/Email (Required)`: The header has the column `User ID/Email (Required)` (CSV-004)",
        "row": 1,
        "rule": "CSV-004"
      }
    }
    "#);
    assert_snapshot!(refusal("check", &empty), @r#"
    {
      "refusal": {
        "message": "The file is not empty (CSV-001)",
        "rule": "CSV-001"
      }
    }
    "#);
    for file in [&broken, &empty] {
        let plan = run(&["csv", "plan", file, "--org", "acme-dental", "--format", "json"]).1;
        assert_eq!(parsed(&refusal("check", file))["refusal"], parsed(&plan)["refusal"]);
    }
}

#[test]
fn a_plan_is_the_same_of_a_world_and_of_a_running_hub() {
    let hub = Hub::frozen(&[]);
    let folder = Folder::new();
    let customer = hub.get("/v1/wholesale/customers?externalId=acme-dental").json()["items"][0].clone();
    let org = customer["orgId"].as_str().unwrap();
    let at_hub = ["--url", hub.url(), "--token", ADMIN, "--org", org];
    let (code, template) = run(&[&["csv", "template"][..], &at_hub].concat());
    assert_eq!(code, Some(0), "{template}");

    let file = folder.file("users.csv", &(template + &"nonsense".repeat(2) + "\n"));
    let plan = |source: &[&str]| run(&[&["csv", "plan", &file, "--format", "json"][..], source].concat());
    let (code, of_hub) = plan(&at_hub);
    assert_eq!(code, Some(1), "{of_hub}");
    let (code, of_world) = plan(&["--world", "demo", "--org", "acme-dental"]);
    assert_eq!(code, Some(1), "{of_world}");
    let parts = |plan: &str| parsed(plan).as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(parts(&of_hub), ["organization", "rows", "summary"]);
    for part in ["rows", "summary"] {
        assert_eq!(parsed(&of_hub)[part], parsed(&of_world)[part]);
    }
    assert_eq!(parsed(&of_hub)["organization"]["id"], parsed(&of_world)["organization"]["id"]);
    assert_eq!(parsed(&of_hub)["summary"]["failed"], 1);
    assert_eq!(
        hub.get("/_mock/v1/sandboxes/default/requests?path=user-imports/plan").json()["items"][0]["status"],
        200
    );

    let broken = folder.file("broken.csv", "Colour\nred\n");
    for command in ["check", "plan"] {
        let (code, said) = run(&[&["csv", command, &broken][..], &at_hub].concat());
        assert_eq!(code, Some(2), "{said}");
        assert!(said.ends_with("(CSV-004)\n"), "{said}");
        let said = run(&[&["csv", command, &broken, "--format", "json"][..], &at_hub].concat()).1;
        let refusal = parsed(&said)["refusal"].clone();
        assert_eq!((&refusal["row"], &refusal["column"]), (&Value::from(1), &Value::from(EMAIL)), "{said}");
        let (code, said) = run(&[&["csv", command, &broken, "--strict"][..], &at_hub].concat());
        assert_eq!(code, Some(3), "{said}");
    }
    let stranger = ["--url", hub.url(), "--token", "nobody", "--org", org];
    let (code, said) = plan(&stranger);
    assert_eq!(code, Some(3), "{said}");
    let (code, said) = plan(&["--url", "http://127.0.0.1:1", "--token", ADMIN, "--org", org]);
    assert_eq!(code, Some(3), "{said}");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_fault() {
    let folder = Folder::new();
    let file = folder.file("users.csv", &format!("{EMAIL},First Name\nana@new.example.com,Ana\n"));
    let world = folder.path("world.json").display().to_string();
    assert_eq!(run(&["world", "export", "--out", &world]).0, Some(0));
    for arguments in [
        &["csv", "plan", &file, "--org", "acme-dental"][..],
        &["csv", "plan", &file, "--org", "acme-dental", "--format", "json"],
        &["csv", "check", &file, "--format", "json"],
        &["csv", "template"],
        &["rules"],
        &["rules", "SUB-003"],
        &["rules", "--format", "json"],
        &["world", "export"],
        &["world", "check", &world],
        &["openapi"],
    ] {
        assert_eq!(run_unread(arguments), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let (code, all) = run(&["rules"]);
    assert_eq!(code, Some(0));
    assert!(hub_rules::catalogue().all(|rule| all.contains(rule.id)));
    let (code, one) = run(&["rules", "SUB-003"]);
    assert_eq!(code, Some(0));
    assert_snapshot!(one, @r#"
    SUB-003  A subscriber's e-mail address is not used by any other person, in whatever case it is written.
    refusal     conflict
    evidence    official-spec
    error code  10022
    source      OpenAPI, Wholesale: errorCode 10022; the status and the blindness to case are assumed
    "#);
    let (code, json) = run(&["rules", "SUB-003", "--format", "json"]);
    assert_eq!((code, &parsed(&json)[0]["evidence"]), (Some(0), &Value::from("official-spec")));
    let (code, said) = run(&["rules", "SUB-999"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(said, @"There is no rule SUB-999. Did you mean SUB-009?");
}

#[test]
fn a_world_is_exported_checked_and_served() {
    let folder = Folder::new();
    let file = folder.path("world.json").display().to_string();
    assert_eq!(run(&["world", "export", "--out", &file]), (Some(0), String::new()));
    let (code, said) = run(&["world", "check", &file]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("records that fit together\n"), "{said}");
    assert_eq!(run(&["world", "export", "--world", &file]).1, run(&["world", "export"]).1);
    let hub = Hub::start(&["--world", &file]);
    assert_eq!(
        hub.get("/v1/wholesale/customers?externalId=acme-dental").json()["items"].as_array().unwrap().len(),
        1
    );

    let broken = folder.file("broken.json", "{\"version\": 1,\n \"records\": [{\"customer\": {}}]}");
    let (code, said) = run(&["world", "check", &broken]);
    assert_eq!(code, Some(1));
    assert_snapshot!(said.replace(&broken, "FILE"), @"FILE: records[0].customer: missing field `id` at line 2 column 28");
    let (code, said) = run(&["world", "check", &folder.path("missing.json").display().to_string()]);
    assert_eq!(code, Some(1), "{said}");
}
