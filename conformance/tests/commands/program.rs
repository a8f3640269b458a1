//! The program under test, and a client that lies.

use std::process::{Command, Output};

use super::mock_hub::mock_hub;

pub(crate) const HUB_CONFORMANCE: &str = env!("CARGO_BIN_EXE_hub-conformance");
pub(crate) const REFERENCE: [&str; 2] = [HUB_CONFORMANCE, "reference"];

/// In exec mode: whatever it is asked for, it says that it was done, and does nothing.
pub(crate) const LIAR: [&str; 6] = [HUB_CONFORMANCE, "exec", "--", "sh", "-c", LIES];
const LIES: &str = r#"case $HUB_OP in
    hello) echo '{"hcp":1,"name":"liar","version":"1","language":"sh","ops":["subscriber.provision","subscriber.remove"],"features":[],"max_parallel":1,"clock":"virtual"}';;
    *) echo '{"ok":{"value":{}}}';;
esac"#;

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
