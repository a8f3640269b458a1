//! The subcommands, one a file, and what they have in common: how they end.

use std::process::ExitCode;

use hub_conformance::client::Failure;
use hub_conformance::hub::HubFailed;

/// Prints a line. Who reads no more is told no more; the verdict is the exit code all the same.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout().lock(), $($text)*);
    }};
}

pub(crate) mod check_server;
pub(crate) mod doctor;
pub(crate) mod exec;
pub(crate) mod init;
pub(crate) mod judge;
pub(crate) mod judging;
pub(crate) mod list;
pub(crate) mod replay;
pub(crate) mod run;
pub(crate) mod schema;
mod summary;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Conformant = 0,
    NotConformant = 1,
    BaselineStale = 2,
    AdapterBroken = 3,
    HarnessError = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why a command cannot do what it is for; told on stderr.
#[derive(Debug)]
pub(crate) struct Ended {
    exit: Exit,
    why: String,
}

impl Ended {
    /// The harness, its command line or its files are at fault.
    pub(crate) fn harness(why: impl Into<String>) -> Self {
        Ended { exit: Exit::HarnessError, why: why.into() }
    }
}

impl From<HubFailed> for Ended {
    fn from(failed: HubFailed) -> Self {
        Ended::harness(failed.0)
    }
}

impl From<std::io::Error> for Ended {
    fn from(error: std::io::Error) -> Self {
        Ended::harness(error.to_string())
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Ended { exit: Exit::AdapterBroken, why: failure.to_string() }
    }
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        eprintln!("error: {}", ended.why);
        ended.exit.into()
    }
}
