//! Skeletons, and adapters that ship: what `init` writes works as it is, and so does what it was learned from.
//!
//! The hub is the `mock-hub` beside the program under test, as `cargo test --workspace` builds it. A language that this
//! machine does not have is left out, and the output says so.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use hub_conformance::init::{self, Language};

const HUB_CONFORMANCE: &str = env!("CARGO_BIN_EXE_hub-conformance");
const ADAPTERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/adapters");

fn hub_conformance(args: &[&str]) -> Output {
    Command::new(HUB_CONFORMANCE).args(args).output().expect("the program of this package runs")
}

/// Whether the machine has all of these programs; told where it has not.
fn has(programs: &[&str]) -> bool {
    let runs = |program: &&&str| {
        let mut command = Command::new(program);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        !command.status().is_ok_and(|status| status.success())
    };
    let missing: Vec<_> = programs.iter().filter(runs).collect();
    if !missing.is_empty() {
        // Not by `eprintln!`, which is kept from the terminal where a test passes.
        let mut terminal = io::stderr();
        writeln!(terminal, "LEFT OUT: a test needs {missing:?}, which this machine does not have")
            .expect("stderr takes a line");
    }
    missing.is_empty()
}

/// The doctor finds the adapter sound, at work too, and it passes the cases of one write, however that goes wrong.
fn works(folder: &Path, adapter: &[&str]) {
    let told = |command: &[&str]| {
        let mut suite = Command::new(HUB_CONFORMANCE);
        suite.args(command).arg("--").args(adapter).current_dir(folder);
        let output = suite.output().expect("the program of this package runs");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("verdicts are text");
        assert_eq!(output.status.code(), Some(0), "{command:?} of {adapter:?}: {said}");
        said
    };
    told(&["doctor", "--at-work"]);
    let said = told(&["run", "--include", "SUB-PROVISION-1*"]);
    assert!(said.contains(" 0 not applicable"), "{said}");
}

#[test]
fn the_python_skeleton_works() {
    if has(&["python3"]) {
        let folder = tempfile::tempdir().unwrap();
        init::write(Language::Python, folder.path()).unwrap();
        works(folder.path(), &["python3", "-B", "adapter.py"]);
    }
}

#[test]
fn the_node_skeleton_works() {
    if has(&["node"]) {
        let folder = tempfile::tempdir().unwrap();
        init::write(Language::Node, folder.path()).unwrap();
        works(folder.path(), &["node", "adapter.mjs"]);
    }
}

#[test]
fn the_exec_skeleton_works() {
    if has(&["curl", "python3"]) {
        let folder = tempfile::tempdir().unwrap();
        init::write(Language::Exec, folder.path()).unwrap();
        works(folder.path(), &[HUB_CONFORMANCE, "exec", "--", "sh", "adapter.sh"]);
    }
}

#[test]
fn the_rust_skeleton_works() {
    let folder = tempfile::tempdir().unwrap();
    init::write(Language::Rust, folder.path()).unwrap();
    // The versions that this build has are on the machine.
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    fs::copy(lock, folder.path().join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--offline"]).current_dir(folder.path());
    cargo.env_remove("CARGO_TARGET_DIR").env("RUSTFLAGS", "--deny warnings");
    let built = cargo.output().expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let program = Path::new("target/debug/hub-adapter").with_extension(std::env::consts::EXE_EXTENSION);
    works(folder.path(), &[folder.path().join(program).to_str().unwrap()]);
}

/// An adapter whose client waits for an hour, and prints what it is about to do.
const WAITS_IN_PYTHON: &str = r#"
import hcp
adapter = hcp.Adapter("waits", "1")
@adapter.op("customer.get")
def customer_get(session, args):
    print("waiting")
    hcp.virtual_time.sleep(3600)
    return {}
adapter.run()
"#;
const WAITS_IN_NODE: &str = r#"
import { run, sleep } from "./hcp.mjs";
async function get() {
  console.log("waiting");
  await sleep(3_600_000);
}
run({ name: "waits", version: "1", open: (session) => session, ops: { "customer.get": get } });
"#;

#[test]
fn a_client_waits_by_the_clock_of_the_sandbox_and_may_print() {
    let adapters = [
        (Language::Python, "python3", "waits.py", WAITS_IN_PYTHON),
        (Language::Node, "node", "waits.mjs", WAITS_IN_NODE),
    ];
    for (language, program, file, text) in adapters {
        if has(&[program]) {
            let folder = tempfile::tempdir().unwrap();
            init::write(language, folder.path()).unwrap();
            let adapter = folder.path().join(file);
            fs::write(&adapter, text).unwrap();
            let output = hub_conformance(&["doctor", "--at-work", "--", program, adapter.to_str().unwrap()]);
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert_eq!(output.status.code(), Some(0), "{said}");
            assert!(said.contains("waiting"), "what is printed goes to stderr: {said}");
        }
    }
}

#[test]
fn the_adapter_of_plain_fetch_works() {
    if has(&["node"]) {
        works(Path::new(ADAPTERS), &["node", "node/fetch_adapter.mjs"]);
    }
}

#[test]
fn the_adapter_of_curl_works() {
    if has(&["curl", "python3"]) {
        works(Path::new(ADAPTERS), &[HUB_CONFORMANCE, "exec", "--", "sh", "exec/curl.sh"]);
    }
}

#[test]
fn nothing_is_overwritten_and_then_nothing_is_written() {
    for language in Language::ALL {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("here");
        fs::create_dir(&into).unwrap();
        fs::write(into.join("README.md"), "mine").unwrap();
        let output = hub_conformance(&["init", "--lang", language.name(), "--into", into.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("nothing is overwritten") && said.contains("README.md"), "{said}");
        assert_eq!(fs::read_to_string(into.join("README.md")).unwrap(), "mine");
        assert_eq!(fs::read_dir(&into).unwrap().count(), 1);
    }
}

#[test]
fn the_operations_that_may_be_declared_come_along() {
    let folder = tempfile::tempdir().unwrap();
    init::write(Language::Exec, folder.path()).unwrap();
    let page = fs::read_to_string(folder.path().join("operations.md")).unwrap();
    assert!(page.contains("| `customer.get` | Shows a customer. | `customerId` | the customer |"), "{page}");
    assert!(page.contains("| `splits-users` |"), "{page}");
}
