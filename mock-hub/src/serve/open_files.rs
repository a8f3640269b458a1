//! How many connections the operating system lets the process have.
//!
//! A connection is an open file. Systems give programs few of them unless they ask for more.

/// What else the process has open: its journal, its threads, its output.
const BESIDES: u64 = 256;

/// How many connections there can be, of those that are wanted; asks the system for as many as it gives.
#[cfg(unix)]
pub(super) fn for_connections(wanted: usize) -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let mut limit = getrlimit(Resource::Nofile);
    let enough = u64::try_from(wanted).unwrap_or(u64::MAX).saturating_add(BESIDES);
    let possible = limit.maximum.map_or(enough, |maximum| maximum.min(enough));
    if limit.current.is_some_and(|current| current < possible) {
        limit.current = Some(possible);
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!("cannot have {possible} files open: {error}");
        }
    }
    let Some(files) = getrlimit(Resource::Nofile).current.filter(|files| *files < enough) else {
        return wanted;
    };
    let connections = usize::try_from(files.saturating_sub(BESIDES).max(files / 2)).unwrap_or(usize::MAX);
    tracing::warn!(
        "{connections} connections at a time, not {wanted}: no more than {files} files can be open"
    );
    connections
}

/// The same where files that are open are not counted.
#[cfg(windows)]
pub(super) fn for_connections(wanted: usize) -> usize {
    wanted
}
