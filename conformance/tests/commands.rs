//! The commands of the suite from end to end: each as somebody runs it, against a hub of this build, with its exit code.
//!
//! Cases are few here. The whole suite is run for all clients that ship by `cargo xtask conformance`.

#[path = "commands/attach.rs"]
mod attach;
#[path = "commands/judge.rs"]
mod judge;
#[path = "program/mock_hub.rs"]
mod mock_hub;
#[path = "commands/program.rs"]
mod program;
#[path = "commands/regressions.rs"]
mod regressions;
#[path = "commands/replay.rs"]
mod replay;
#[path = "commands/run.rs"]
mod run;
