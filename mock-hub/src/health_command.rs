//! `mock-hub health`: asks a running hub whether it is ready.
//!
//! For images that have nothing but the program in them, and so nothing else to ask with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use crate::config::HealthOptions;

/// How long a hub that is well takes at most.
const WITHIN: Duration = Duration::from_secs(2);

/// Exit 0 if the hub is ready, else 1.
pub fn run(options: &HealthOptions) -> ExitCode {
    let url = options.url.clone().unwrap_or_else(|| format!("http://{}", reachable(options.listen)));
    let url = format!("{}/readyz", url.trim_end_matches('/'));
    let agent = ureq::Agent::config_builder().timeout_global(Some(WITHIN)).build().new_agent();
    match agent.get(&url).call() {
        Ok(_) => {
            println!("ready");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {url}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Who listens on all addresses is asked at that of this machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let here = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    };
    SocketAddr::new(here, listen.port())
}
