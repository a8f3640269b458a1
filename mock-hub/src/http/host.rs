//! By which names a hub answers that only its own machine can reach.
//!
//! A page that somebody on this machine looks at can have its own name lead here (DNS rebinding), and then reads and
//! steers the hub as a page of the hub could. So a name that the Host header gives has to be an address, or a name that
//! nobody can own: one without a dot, or below a domain that is reserved (RFC 2606, 6761, 6762, 8375). A page can also
//! send requests here that it cannot read the answer of; the control API, which asks for no token, takes none of them.
//! Nothing of this holds where the hub was told its name by `--public-url`, or listens to other machines: then its
//! control API asks for the token.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::platform::REQUEST_IS_OF_THIS_MACHINE;

use super::address;
use super::entry::CONTROL;

/// Domains that nobody can own.
const RESERVED: [&str; 10] = [
    "localhost",
    "test",
    "example",
    "invalid",
    "local",
    "internal",
    "home.arpa",
    "example.com",
    "example.net",
    "example.org",
];

/// Refuses a request that a page from elsewhere may have had a browser send (API-056).
pub(super) fn require_own(parts: &Parts, path: &str) -> Result<(), HubError> {
    let refusal = || HubError::broken(&REQUEST_IS_OF_THIS_MACHINE);
    let owned = parts.headers.get_all(HOST).iter().find(|host| !host.to_str().is_ok_and(is_nobodys));
    if let Some(host) = owned {
        let host = String::from_utf8_lossy(host.as_bytes());
        return Err(refusal().at("Host").saw(host).advise(&advice::USE_NAME_OF_THIS_MACHINE));
    }
    if path.starts_with(CONTROL) && !parts.method.is_safe() && is_from_elsewhere(&parts.headers) {
        return Err(refusal().at("Origin"));
    }
    Ok(())
}

/// Whether a host, with or without a port, is an address or a name that nobody can own.
fn is_nobodys(host: &str) -> bool {
    let name = without_port(host);
    if name.parse::<IpAddr>().is_ok() || !name.contains('.') {
        return true;
    }
    let name = name.to_ascii_lowercase();
    RESERVED.iter().any(|domain| is_below(&name, domain))
}

/// Whether a page sent a request that is neither of the hub itself nor of a server on this machine.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let base = address::base(None, headers, None);
    let own = host_of(&base);
    let is_own = |origin| host_of(origin).is_some_and(|host| Some(host) == own || is_of_this_machine(host));
    headers.get_all(ORIGIN).iter().any(|origin| !origin.to_str().is_ok_and(is_own))
}

/// The host of an address, with its port.
fn host_of(address: &str) -> Option<&str> {
    address.split_once("://")?.1.split('/').next()
}

/// Whether a host, with or without a port, is this machine.
fn is_of_this_machine(host: &str) -> bool {
    let name = without_port(host);
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => is_below(&name.to_ascii_lowercase(), "localhost"),
    }
}

fn is_below(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The name or address alone, without the brackets of IPv6 and without the dot that a whole name may end with.
fn without_port(host: &str) -> &str {
    if let Some((address, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address;
    }
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name.strip_suffix('.').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_somebody_can_own_is_no_name_of_the_hub() {
        for host in [
            "localhost",
            "localhost:8080",
            "LOCALHOST.",
            "hub.localhost:1",
            "127.0.0.1:8080",
            "[::1]:8080",
            "192.0.2.7",
            "mock-hub:8080",
            "hub.test",
            "hub.example.com",
            "build-7.internal:80",
            "",
        ] {
            assert!(is_nobodys(host), "{host}");
        }
        for host in [
            "rebound.attacker.com:8080",
            "127.0.0.1.attacker.com",
            "localhost.attacker.com",
            "attacker.com.",
            "notexample.com",
            "webexapis.com",
            "a.b]",
        ] {
            assert!(!is_nobodys(host), "{host}");
        }
    }

    #[test]
    fn a_page_of_this_machine_is_not_from_elsewhere() {
        let is_from_elsewhere = |host: &'static str, origin: &'static str| {
            let value = axum::http::HeaderValue::from_static;
            is_from_elsewhere(&HeaderMap::from_iter([(HOST, value(host)), (ORIGIN, value(origin))]))
        };
        for origin in ["http://localhost:3000", "http://[::1]:1", "http://127.0.0.1", "http://hub.test"] {
            assert!(!is_from_elsewhere("hub.test", origin), "{origin}");
        }
        for origin in [
            "null",
            "",
            "https://attacker.com",
            "http://192.0.2.7",
            "http://hub",
            "http://hub.test.attacker.com",
        ] {
            assert!(is_from_elsewhere("hub.test", origin), "{origin}");
        }
        assert!(!is_from_elsewhere("192.0.2.7:80", "http://192.0.2.7:80"));
    }
}
