//! `mock-hub csv` as an administrator uses it: in both languages, against a hub, and with `--fix`.

use std::fs;

use crate::process::{ADMIN, Folder, Hub, run, run_in};

const EMAIL: &str = "User ID/Email (Required)";

/// The commands of a page with their exit codes and what they print.
struct Example<'p> {
    line: &'p str,
    code: i32,
    output: String,
}

/// Takes the files of a page into the folder; gives the commands.
fn examples<'p>(page: &'p str, folder: &Folder) -> Vec<Example<'p>> {
    let mut found = Vec::new();
    for block in page.split("\n```").skip(1).step_by(2) {
        let (kind, content) = block.split_once('\n').unwrap();
        if let Some(name) = kind.strip_prefix("csv ") {
            folder.file(name, &format!("{content}\n"));
        } else if let Some(kind) = kind.strip_prefix("console") {
            let (line, output) = content.split_once('\n').unwrap_or((content, ""));
            let code = kind.trim().strip_prefix("exit=").map_or(0, |code| code.parse().unwrap());
            found.push(Example {
                line: line.strip_prefix("$ mock-hub ").unwrap(),
                code,
                output: output.to_owned(),
            });
        }
    }
    found
}

#[test]
fn what_the_page_shows_is_what_the_program_says() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/csv-command.md")).unwrap();
    let folder = Folder::new();
    let examples = examples(&page, &folder);
    let spanish = examples.iter().filter(|example| example.line.contains("--lang es")).count();
    assert!(examples.len() >= 5 && spanish >= 2, "the page has examples in both languages");
    let beside = folder.path("").display().to_string();
    for Example { line, code, output } in examples {
        let in_folder = |word: &str| match word.ends_with(".csv") {
            true => folder.path(word).display().to_string(),
            false => word.to_owned(),
        };
        let words: Vec<String> = line.split(' ').map(in_folder).collect();
        let (found, said) = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(said.replace(&beside, "").trim_end(), output.trim_end(), "{line}");
        assert_eq!(found, Some(code), "{line}");
    }
}

#[test]
fn the_environment_and_the_option_choose_the_language() {
    let folder = Folder::new();
    let broken = folder.file("broken.csv", "Colour\nred\n");
    let english = "the file is refused: row 1, column `User ID/Email (Required)`: The header has the column \
                   `User ID/Email (Required)` (CSV-004)\n";
    let spanish = "el archivo se rechaza: fila 1, columna `User ID/Email (Required)`: El encabezado tiene la \
                   columna `User ID/Email (Required)` (CSV-004)\n";
    let check = ["csv", "check", &broken];
    let said = |environment: &[(&str, &str)], arguments: &[&str]| run_in(environment, arguments).1;
    assert_eq!(said(&[], &check), english);
    assert_eq!(said(&[("LC_ALL", ""), ("LANG", "es_ES.UTF-8")], &check), spanish);
    assert_eq!(said(&[("LC_ALL", "es_MX")], &check), spanish);
    assert_eq!(said(&[("LC_ALL", "es_MX")], &[&check[..], &["--lang", "en"]].concat()), english);
    assert_eq!(
        said(&[], &["rules", "CSV-001", "--lang", "es"]).lines().next(),
        Some("CSV-001  El archivo no está vacío.")
    );
    let json = said(&[], &["rules", "CSV-001", "--lang", "es", "--format", "json"]);
    let rule: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(rule[0]["id"], "CSV-001");
    assert_eq!(rule[0]["message"], "El archivo no está vacío.");
    assert_eq!(rule[0]["says"], "The file is not empty.");
}

#[test]
fn a_running_hub_gives_the_same_diff_in_both_languages() {
    let hub = Hub::frozen(&[]);
    let folder = Folder::new();
    let customer = hub.get("/v1/wholesale/customers?externalId=acme-dental").json()["items"][0].clone();
    let org = customer["orgId"].as_str().unwrap();
    let file = folder.file(
        "users.csv",
        &format!(
            "{EMAIL},First Name,Last Name,Extension,Location,Preferred Webex Site,Webex Suite,Webex Calling\n\
             zoe@acme-dental.example.com,Zoe,Zed,1050,Head Ofice,,TRUE,\n\
             yan@acme-dental.example.com,Yan,\"Y\n2\",1051,Head Office,,TRUE,\n\
             xia@acme-dental.example.com,Xia,Xu,,,acmedental.webex.con,,\n\
             alice@acme-dental.example.com,Alice,Anders,,,,FALSE,TRUE\n\
             wim@acme-dental.example.com,Wim,,1,,,,\n"
        ),
    );
    let broken = folder.file("broken.csv", &format!("{EMAIL},Frist Name\nana@x.example,Ana\n"));
    let at_hub = ["--url", hub.url(), "--token", ADMIN, "--org", org];
    for (file, exit) in [(&file, 1), (&broken, 2)] {
        for language in ["en", "es"] {
            let plan =
                |source: &[&str]| run(&[&["csv", "plan", file, "--lang", language][..], source].concat());
            let (code, of_world) = plan(&["--org", "acme-dental"]);
            assert_eq!(code, Some(exit), "{of_world}");
            let (code_of_hub, of_hub) = plan(&at_hub);
            let of_hub = of_hub.replace(org, "Acme Dental (acme-dental)");
            assert_eq!((code_of_hub, of_hub), (code, of_world), "{language}");
        }
    }
    let (_, said) = run(&[&["csv", "plan", &file][..], &at_hub].concat());
    for suggestion in ["The nearest is `Head Office`.", "The nearest is `acmedental.webex.com`."] {
        assert!(said.contains(suggestion), "{said}");
    }
    let (_, said) = run(&[&["csv", "plan", &broken, "--lang", "es"][..], &at_hub].concat());
    assert!(said.contains("Lo más parecido es `First Name`."), "{said}");
}

#[test]
fn a_corrected_copy_is_written_beside_the_file_and_decides_the_exit_code() {
    let folder = Folder::new();
    let messy = format!("{EMAIL};Phone Number\n ana@x.example ;12025550123\n");
    let tidy = format!("{EMAIL},Phone Number\nana@x.example,+12025550123\n");
    let file = folder.file("users.csv", &messy);
    let copy = folder.path("users.fixed.csv");
    assert_eq!(run(&["csv", "check", &file]).0, Some(2));
    let (code, said) = run(&["csv", "check", &file, "--fix"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(fs::read_to_string(&copy).unwrap(), tidy);
    assert_eq!(fs::read_to_string(&file).unwrap(), messy, "the file itself stays");

    let (code, said) = run(&["csv", "check", &file, "--fix"]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("users.fixed.csv exists; --force overwrites it"), "{said}");
    fs::write(&copy, "something else").unwrap();
    assert_eq!(run(&["csv", "plan", &file, "--org", "acme-dental", "--fix", "--force"]).0, Some(0));
    assert_eq!(fs::read_to_string(&copy).unwrap(), tidy);

    assert_eq!(run(&["csv", "check", &file, "--fix", &file]).0, Some(3), "the input is there");
    assert_eq!(fs::read_to_string(&file).unwrap(), messy);
    assert_eq!(run(&["csv", "check", &file, "--fix", &file, "--force"]).0, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), tidy);

    let rest = folder.file("rest.csv", &format!("{EMAIL};Webex Suite\nana@x.example;maybe\n"));
    let out = folder.path("out.csv").display().to_string();
    let (code, said) = run(&["csv", "check", &rest, "--fix", &out, "--lang", "es"]);
    assert_eq!(code, Some(1), "what is not certain is left: {said}");
    assert!(said.contains("los puntos y comas entre celdas pasan a comas"), "{said}");
}

#[test]
fn a_file_that_needs_no_correction_is_not_copied() {
    let folder = Folder::new();
    let file = folder.file("users.csv", &format!("{EMAIL},Phone Number\nana@x.example,+12025550123\n"));
    let (code, said) = run(&["csv", "check", &file, "--fix"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("Nothing to correct, and no copy written\n\n"), "{said}");
    let (_, said) = run(&["csv", "check", &file, "--fix", "--lang", "es"]);
    assert!(said.starts_with("Nada que corregir, y no se escribe ninguna copia\n\n"), "{said}");
    let (_, said) = run(&["csv", "check", &file, "--fix", "--format", "json"]);
    let fixed = serde_json::from_str::<serde_json::Value>(&said).unwrap()["fixed"].clone();
    assert_eq!(fixed["corrections"], serde_json::json!([]));
    assert_eq!(fixed.get("file"), None);
    let out = folder.file("out.csv", "something else");
    assert_eq!(run(&["csv", "check", &file, "--fix", &out, "--force"]).0, Some(0));
    assert_eq!(fs::read_to_string(&out).unwrap(), "something else");
    assert!(!folder.path("users.fixed.csv").exists());
}

#[test]
fn rows_that_are_left_alone_are_listed() {
    let folder = Folder::new();
    let rows =
        "ana@x.example,12025550123\nben@x.example,+12025550123\nmailto:eva@x.example,\neva@x.example,\n";
    let file = folder.file("users.csv", &format!("{EMAIL},Phone Number\n{rows}"));
    let fixed = |arguments: &[&str]| run(&[&["csv", "check", &file, "--fix"][..], arguments].concat()).1;
    let english = fixed(&[]);
    for line in ["row 2 shares its number with row 3", "row 4 shares its address with row 5"] {
        assert!(english.contains(&format!("  left alone: {line}\n")), "{english}");
    }
    let spanish = fixed(&["--lang", "es"]);
    assert!(spanish.contains("la fila 2 comparte su número con la fila 3\n"), "{spanish}");
    assert!(spanish.contains("la fila 4 comparte su dirección con la fila 5\n"), "{spanish}");
    let json: serde_json::Value = serde_json::from_str(&fixed(&["--format", "json"])).unwrap();
    let left = &json["fixed"]["leftAlone"];
    assert_eq!(
        left[0],
        serde_json::json!({ "row": 2, "with": 3, "message": "left alone: row 2 shares its number with row 3" })
    );
    assert_eq!((&left[1]["row"], &left[1]["with"]), (&4.into(), &5.into()));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_the_input_is_replaced_and_not_followed() {
    let folder = Folder::new();
    let messy = format!("{EMAIL}\n ana@x.example \n");
    let file = folder.file("users.csv", &messy);
    let copy = folder.path("users.fixed.csv");
    std::os::unix::fs::symlink(&file, &copy).unwrap();
    assert_eq!(run(&["csv", "check", &file, "--fix"]).0, Some(3));
    assert_eq!(run(&["csv", "check", &file, "--fix", "--force"]).0, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), messy);
    assert_eq!(fs::read_to_string(&copy).unwrap(), format!("{EMAIL}\nana@x.example\n"));
}

#[test]
fn a_file_with_too_many_rows_is_refused_and_not_copied_csv_007() {
    let folder = Folder::new();
    let rows: String = (0..30).map(|row| format!("user{row}@x.example\n")).collect();
    let file = folder.file("users.csv", &format!("{EMAIL}\n{rows}"));
    for command in [&["check"][..], &["plan", "--org", "acme-dental"], &["check", "--fix"]] {
        let arguments = [&["csv", command[0], &file, "--max-rows", "20"][..], &command[1..]].concat();
        let (code, said) = run(&arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains("row 22: A file has at most 20,000 users (CSV-007; saw `more than 20 users`)"),
            "{said}"
        );
        assert!(said.contains("Split the file: the limit in force is 20 users."), "{said}");
    }
    assert!(!folder.path("users.fixed.csv").exists(), "half a file is no copy");
    assert_eq!(run(&["csv", "check", &file, "--max-rows", "30"]).0, Some(0));
    assert_eq!(run(&["csv", "check", &file, "--max-rows", "0"]).0, Some(3), "a limit that no file keeps");
}

#[test]
fn a_long_file_is_told_of_like_a_short_one_in_whichever_half_a_row_is() {
    let folder = Folder::new();
    let row = |number: u32| format!("user{number}@example.com,{}\n", "Title ".repeat(10));
    let file = |rows: &str| folder.file("long.csv", &format!("{EMAIL},Title\n{rows}"));
    let users: Vec<String> = (2..6_002).map(row).collect();
    let mut wrong = users.clone();
    (wrong[0], wrong[5_999]) = ("ana,first\n".to_owned(), "bea,last\n".to_owned());
    let (code, said) = run(&["csv", "check", &file(&wrong.concat())]);
    assert_eq!(code, Some(1), "{said}");
    for told in ["row 2 ", "row 6001 ", "2 rows: 2, 6001", "6,000 users: 2 refused"] {
        assert!(said.replace("6000 users", "6,000 users").contains(told), "{told}: {said}");
    }
    wrong = users;
    wrong[5_999] = row(3);
    let (code, said) = run(&["csv", "check", &file(&wrong.concat())]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("row 6001  user3@example.com") && said.contains("CSV-012"), "{said}");
}
