//! `run --attach`: the suite listens, and an adapter that somebody else started dials in.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::process::{Child, ChildStderr, Command, Stdio};

use super::program::{REFERENCE, hub_conformance};

/// The reference client, which takes a connection for its stdin and stdout.
fn dial_in(address: &str) -> Child {
    let connection = OwnedFd::from(TcpStream::connect(address).expect("the suite listens"));
    let [program, subcommand] = REFERENCE;
    let mut adapter = Command::new(program);
    adapter
        .arg(subcommand)
        .stdin(connection.try_clone().expect("a connection can be shared"))
        .stdout(connection)
        .stderr(Stdio::null());
    adapter.spawn().expect("the program of this package runs")
}

/// The suite at two cases, its log, and the address at which it listens.
fn listening() -> (Child, BufReader<ChildStderr>, String) {
    let mut suite = hub_conformance(&["run", "--attach", "127.0.0.1:0", "--include", "SUB-REMOVE-[12]"]);
    let mut suite =
        suite.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("suite and adapter are connected");
    let mut errors = BufReader::new(suite.stderr.take().expect("suite and adapter are connected"));
    let mut line = String::new();
    errors.read_line(&mut line).expect("suite and adapter are connected");
    let address = line.trim_end().strip_prefix("waiting for the adapter to dial in at ").expect(&line);
    let address = address.to_owned();
    (suite, errors, address)
}

/// Says hello, then something that is no message, and goes when its connection ends.
fn babble_at(address: &str) {
    let connection = TcpStream::connect(address).expect("the suite listens");
    let mut lines = BufReader::new(&connection);
    let mut hello = String::new();
    lines.read_line(&mut hello).expect("suite and adapter are connected");
    let ops = r#"["subscriber.list","subscriber.get","subscriber.remove"]"#;
    writeln!(&connection, r#"{{"hello":{{"hcp":1,"name":"babbler","version":"1","language":"rust","ops":{ops},"features":[],"max_parallel":1,"clock":"virtual"}}}}"#).expect("suite and adapter are connected");
    lines.read_line(&mut String::new()).expect("suite and adapter are connected");
    writeln!(&connection, "what?").expect("suite and adapter are connected");
    std::io::copy(&mut lines, &mut std::io::sink()).expect("suite and adapter are connected");
}

#[test]
fn an_adapter_that_failed_is_let_go_and_can_dial_in_again() {
    let (mut suite, mut errors, address) = listening();
    babble_at(&address);
    let mut line = String::new();
    errors.read_line(&mut line).expect("suite and adapter are connected");
    assert_eq!(line, format!("waiting 60s for the adapter to dial in again at {address}\n"));
    let mut adapter = dial_in(&address);
    let mut said = String::new();
    suite.stdout.take().expect("suite and adapter are connected").read_to_string(&mut said).unwrap();
    assert_eq!(suite.wait().expect("suite and adapter are connected").code(), Some(1), "{said}");
    assert!(said.contains(": 1 pass, 1 fail"), "{said}");
    assert!(adapter.wait().expect("suite and adapter are connected").success(), "`bye` ends the adapter");
}

#[test]
fn an_adapter_that_dials_in_is_judged_as_one_that_was_started() {
    let (mut suite, _errors, address) = listening();
    let mut adapter = dial_in(&address);
    let mut said = String::new();
    suite.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(suite.wait().unwrap().code(), Some(0), "{said}");
    assert!(said.contains("wholesale-client") && said.contains(": 2 pass, 0 fail"), "{said}");
    assert!(adapter.wait().unwrap().success(), "`bye` ends the adapter");
}
