//! Files that the program makes are for whoever runs it alone, because journals and the ready file have tokens in them.
//!
//! Said once to the system, because SQLite makes files of its own beside the journal. A file that is there already keeps
//! its mode, and what SQLite makes beside one gets the same.

/// From now on, nobody else may read or write what the process makes.
#[cfg(unix)]
pub(crate) fn are_private() {
    use rustix::fs::Mode;

    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// The same where files have no modes.
#[cfg(windows)]
pub(crate) fn are_private() {}
