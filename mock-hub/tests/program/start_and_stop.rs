//! How the program starts, refuses to start, stops, and comes back after a crash.

use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::process::{ADMIN, CUSTOMERS, Folder, Hub, read_response, run, run_in, write_head};

#[test]
fn the_ready_file_says_all_that_a_client_needs() {
    let hub = Hub::start(&[]);
    let url = hub.url();
    assert_eq!(hub.greeting, format!("mock-hub serves {url}\n"));
    assert_eq!(hub.ready["api"], format!("{url}/v1"));
    assert_eq!(hub.ready["control"], format!("{url}/_mock/v1"));
    assert_eq!(hub.ready["listen"], url.trim_start_matches("http://"));
    assert_eq!(hub.ready["token"], ADMIN);
    for id in ["provisioning_id", "partner_org_id"] {
        assert!(hub.ready[id].is_string(), "{id}: {}", hub.ready);
    }
    assert_eq!(hub.get("/healthz").status, 200);
    assert_eq!(hub.get("/readyz").status, 200);
}

#[test]
fn behind_a_public_address_it_is_told_where_the_hub_listens() {
    let public = "https://hub.example.com";
    let hub = Hub::start(&["--public-url", public]);
    assert_eq!(hub.url(), public);
    let listen = hub.ready["listen"].as_str().unwrap();
    assert_eq!(hub.greeting, format!("mock-hub serves {public} and listens on {listen}\n"));
    assert!(TcpStream::connect(listen).is_ok(), "{listen}");
}

#[test]
fn a_hub_is_asked_for_its_health_by_the_program_itself() {
    let hub = Hub::start(&[]);
    assert_eq!(run(&["health", hub.url()]), (Some(0), "ready\n".to_owned()));
    let listens = hub.url().replace("http://127.0.0.1:", "0.0.0.0:");
    assert_eq!(run_in(&[("MOCK_HUB_LISTEN", &listens)], &["health"]).0, Some(0));
    let url = hub.url().to_owned();
    drop(hub);
    let (code, said) = run(&["health", &url]);
    assert!(code == Some(1) && said.starts_with(&format!("error: {url}/readyz: ")), "{said}");
}

#[test]
fn a_running_request_is_finished_before_the_program_stops() {
    let hub = Hub::start(&["--stop-timeout", "60"]);
    let body = hub.new_customer("last-order").to_string();
    let (front, back) = body.split_at(body.len() / 2);
    let mut stream = hub.connect().unwrap();
    let headers = format!(
        "content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n",
        body.len()
    );
    write_head(&mut stream, &format!("POST {CUSTOMERS}"), &headers);
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let (head, _) = read_response(&mut answers, false);
    assert!(head.starts_with("HTTP/1.1 100 "), "now the hub waits for the body: {head}");
    stream.write_all(front.as_bytes()).unwrap();

    hub.terminate();
    let patience = Instant::now() + Duration::from_secs(30);
    while hub.connect().is_ok() {
        assert!(Instant::now() < patience, "the hub still takes connections");
        std::thread::yield_now();
    }
    stream.write_all(back.as_bytes()).unwrap();
    let (head, _) = read_response(&mut answers, false);
    assert!(head.starts_with("HTTP/1.1 202 "), "{head}");
    assert_eq!(hub.ended(), Some(0));
}

#[test]
fn half_a_request_does_not_keep_the_program_from_stopping() {
    let hub = Hub::start(&["--stop-timeout", "0.1"]);
    let mut half_a_head = hub.connect().unwrap();
    half_a_head.write_all(b"GET /healthz HTTP/1.1\r\nhost: hub").unwrap();
    let mut half_a_body = hub.connect().unwrap();
    write_head(&mut half_a_body, &format!("POST {CUSTOMERS}"), "content-length: 10\r\n");
    let _idle = hub.connect().unwrap();
    assert_eq!(hub.get("/healthz").status, 200);
    hub.terminate();
    assert_eq!(hub.ended(), Some(0));
}

#[cfg(unix)]
#[test]
fn files_with_tokens_are_for_their_owner_and_a_file_that_is_there_keeps_its_mode() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    let mode = |file: &Path| metadata(file).unwrap().permissions().mode() & 0o777;
    let folder = Folder::new();
    let serve = |file: &str| Hub::start(&["--journal", &format!("sqlite:{}", folder.path(file).display())]);
    let hub = serve("new.db");
    for file in ["new.db", "new.db-wal", "new.db-shm"] {
        assert_eq!(mode(&folder.path(file)), 0o600, "{file}");
    }
    assert_eq!(mode(&hub.folder.path("ready.json")), 0o600);

    set_permissions(folder.file("known.db", ""), Permissions::from_mode(0o640)).unwrap();
    let _hub = serve("known.db");
    for file in ["known.db", "known.db-wal"] {
        assert_eq!(mode(&folder.path(file)), 0o640, "{file}");
    }
}

#[test]
fn what_was_acknowledged_survives_a_crash_with_sqlite() {
    let folder = Folder::new();
    let journal = format!("sqlite:{}", folder.path("hub.db").display());
    let hub = Hub::start(&["--journal", &journal]);
    let accepted = hub.post(CUSTOMERS, &hub.new_customer("survivor"));
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    let path = accepted.header("location").strip_prefix(hub.url()).unwrap().to_owned();
    hub.crash();

    let hub = Hub::start(&["--journal", &journal]);
    assert_eq!(hub.get(&path).json()["externalId"], "survivor");
    let again = hub.post(CUSTOMERS, &hub.new_customer("second"));
    assert_eq!(again.status, 202, "{}", again.text());
}

#[test]
fn a_database_that_does_not_come_is_waited_for_and_then_it_is_an_error_of_the_machine() {
    let folder = Folder::new();
    let nowhere = format!("postgres://hub:secret@localhost/hub?host={}", folder.path("").display());
    let (code, said) = run(&["--journal", &nowhere, "--journal-wait", "0.1"]);
    assert_eq!(code, Some(1), "{said}");
    let lines: Vec<_> = said.lines().collect();
    assert!(lines[0].contains("waiting for the journal"), "{said}");
    assert!(
        lines[lines.len() - 1].starts_with("error: the journal is not available to open the database"),
        "{said}"
    );
    assert!(!said.contains("secret"), "{said}");
}

#[test]
fn options_that_cannot_be_meant_are_refused_with_a_sentence() {
    let refused = |arguments: &[&str]| {
        let (code, said) = run(arguments);
        assert_eq!(code, Some(2), "{said}");
        said
    };
    let without_token = refused(&["--listen", "0.0.0.0:0"]);
    assert_snapshot!(without_token, @"error: --listen 0.0.0.0:0 can be reached by other machines, and everybody knows the demo tokens: give a --token of your own, or --allow-demo-tokens if that is meant");
    let demo_token = ["--listen", "0.0.0.0:0", "--token", "demo-partner-full-admin"];
    assert_eq!(refused(&demo_token), without_token);
    assert_snapshot!(refused(&["--journal", "postgres://hub:secret@localhost:x/hub"]), @"error: --journal: error with configuration: invalid port number");
    assert_snapshot!(refused(&["--journal", "postgre://hub:secret@localhost/hub"]), @"error: --journal postgre: use memory, sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE");
    assert_snapshot!(refused(&["--journal", "paper"]), @"error: --journal paper: use memory, sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE");
    for address in ["[::]:0", "192.0.2.7:0", "[::ffff:192.0.2.7]:0"] {
        assert!(refused(&["--listen", address]).contains("can be reached by other machines"), "{address}");
    }
    assert_snapshot!(refused(&["--clock", "broken"]), @"error: --clock: `broken` is not a clock: use real, real:RFC3339, frozen or frozen:RFC3339");
    assert_snapshot!(refused(&["--world", "nowhere.json"]), @"error: --world nowhere.json: nowhere.json: No such file or directory (os error 2)");
    assert!(refused(&["--listen", "here"]).contains("--listen"), "clap's own words");
}

#[test]
fn an_empty_token_is_refused_and_flags_of_the_environment_are_true_or_false() {
    assert_eq!(run(&["--token", ""]).0, Some(2));
    assert_eq!(run_in(&[("MOCK_HUB_TOKEN", "")], &["serve"]).0, Some(2));
    let said = |value: &str| {
        let open = ["--listen", "0.0.0.0:0", "--world", "nowhere.json"];
        let (code, said) = run_in(&[("MOCK_HUB_ALLOW_DEMO_TOKENS", value)], &open);
        assert_eq!(code, Some(2), "{said}");
        said
    };
    for value in ["1", "true", "yes"] {
        assert!(said(value).contains("--world nowhere.json"), "{value} lets it pass");
    }
    for value in ["0", "false", "no"] {
        assert!(said(value).contains("--listen 0.0.0.0:0"), "{value} does not");
    }
    assert!(said("perhaps").contains("invalid value"));
}

#[test]
fn a_port_that_is_taken_is_the_machines_fault() {
    let hub = Hub::start(&[]);
    let address = hub.url().trim_start_matches("http://");
    let (code, said) = run(&["--listen", address]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}
