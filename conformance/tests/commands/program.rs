//! The program under test, the hub that it runs against, and a client that lies.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

pub(crate) const HUB_CONFORMANCE: &str = env!("CARGO_BIN_EXE_hub-conformance");
pub(crate) const REFERENCE: [&str; 2] = [HUB_CONFORMANCE, "reference"];

/// In exec mode: whatever it is asked for, it says that it was done, and does nothing.
pub(crate) const LIAR: [&str; 6] = [HUB_CONFORMANCE, "exec", "--", "sh", "-c", LIES];
const LIES: &str = r#"case $HUB_OP in
    hello) echo '{"hcp":1,"name":"liar","version":"1","language":"sh","ops":["subscriber.provision","subscriber.remove"],"features":[],"max_parallel":1,"clock":"virtual"}';;
    *) echo '{"ok":{"value":{}}}';;
esac"#;

/// The `mock-hub` beside the program under test, where `cargo test --workspace` builds it; built here where it is missing.
pub(crate) fn mock_hub() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let suite = Path::new(HUB_CONFORMANCE);
        let program = suite.with_file_name("mock-hub").with_extension(std::env::consts::EXE_EXTENSION);
        if !program.is_file() {
            let is_release = suite.parent().is_some_and(|folder| folder.ends_with("release"));
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "-p", "mock-hub"]).args(is_release.then_some("--release"));
            let built = cargo.status().expect("cargo is there, it runs this test");
            assert!(built.success(), "{} is missing and cannot be built", program.display());
        }
        program
    })
}

/// A command that finds its hub beside itself.
pub(crate) fn hub_conformance(args: &[&str]) -> Command {
    mock_hub();
    let mut command = Command::new(HUB_CONFORMANCE);
    command.args(args);
    command
}

/// Exit code, and what stands on standard output and on standard error.
pub(crate) fn ended(mut command: Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the program of this package runs");
    let text = |bytes| String::from_utf8(bytes).expect("verdicts are text");
    (status.code(), text(stdout), text(stderr))
}

/// The same of a command with its options and the adapter behind them.
pub(crate) fn judged(args: &[&str], adapter: &[&str]) -> (Option<i32>, String, String) {
    ended(hub_conformance(&[args, &["--"], adapter].concat()))
}
