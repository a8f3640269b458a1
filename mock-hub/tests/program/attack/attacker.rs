//! What attacks need: a hub whose memory is looked at, and many open files.

use std::env;
use std::fs;
use std::ops::Deref;

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::process::Hub;

/// A hub whose memory is looked at.
pub(crate) struct Measured {
    hub: Hub,
    attack: &'static str,
}

impl Measured {
    pub(crate) fn start(attack: &'static str, arguments: &[&str]) -> Self {
        Measured { hub: Hub::start(arguments), attack }
    }

    /// Holds against a limit the most memory that the hub ever had, where the system tells.
    pub(crate) fn holds_at_most(&self, mib: usize) {
        let Ok(status) = fs::read_to_string(format!("/proc/{}/status", self.hub.process())) else {
            println!("{}: this system does not tell how much memory a process has", self.attack);
            return;
        };
        let kib = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let most: usize = kib.trim().trim_end_matches(" kB").parse::<usize>().unwrap() / 1024;
        println!("{}: {most} MiB at most, of {mib}", self.attack);
        assert!(most <= mib, "{}: {most} MiB", self.attack);
    }
}

impl Deref for Measured {
    type Target = Hub;

    fn deref(&self) -> &Hub {
        &self.hub
    }
}

/// How large an attack is: in CI, and where all of it is asked for.
pub(crate) fn size(of_ci: usize, full: usize) -> usize {
    if env::var("MOCK_HUB_ATTACK").is_ok_and(|size| size == "full") { full } else { of_ci }
}

/// As many open files as the system lets one process have, of those that are wanted.
pub(crate) fn open_files(wanted: usize) -> usize {
    const BESIDES: u64 = 512;
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
    let most = limit.maximum.map_or(usize::MAX, |files| files.saturating_sub(BESIDES) as usize);
    if most < wanted {
        println!("{most} connections in the place of {wanted}: the system lets a process open no more files");
    }
    most.min(wanted)
}
