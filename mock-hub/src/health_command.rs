//! `mock-hub health`: asks a running hub whether it is ready.
//!
//! For images that have nothing but the program in them, and so nothing else to ask with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use serde_json::Value;

use crate::config::HealthOptions;

/// How long a hub takes at most, also to say that it is not ready.
const WITHIN: Duration = Duration::from_secs(2);

/// Exit 0 if the hub is ready, else 1.
pub fn run(options: &HealthOptions) -> ExitCode {
    let url = options.url.clone().unwrap_or_else(|| format!("http://{}", reachable(options.listen)));
    let url = format!("{}/readyz", url.trim_end_matches('/'));
    match ask(&url) {
        Ok(()) => {
            println!("ready");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("error: {url}: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Why a hub is not ready, in its own words where it has any.
fn ask(url: &str) -> Result<(), String> {
    let config = ureq::Agent::config_builder().timeout_global(Some(WITHIN)).http_status_as_error(false);
    let mut answer = config.build().new_agent().get(url).call().map_err(|error| error.to_string())?;
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    let body: Value = serde_json::from_str(&text).unwrap_or_default();
    Err(body["message"].as_str().map_or_else(|| status.to_string(), |why| format!("{status}: {why}")))
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
