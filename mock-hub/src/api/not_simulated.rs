//! What Webex documents and this hub does not have (API-017).
//!
//! Separate from the routes, so that a client learns whether it asked for something that is not there at all or for
//! something that the mock lacks. A path that gets routes goes from the list.

use hub_core::HubError;
use hub_rules::platform::PATH_IS_SIMULATED;

const LIST: &str = include_str!("not_simulated.txt");

/// The refusal of what the hub does not have.
pub fn refusal() -> HubError {
    HubError::broken(&PATH_IS_SIMULATED).advise("This version of mock-hub does not simulate it.")
}

/// Whether a path is one of the documented API that is not simulated.
pub fn has(path: &str) -> bool {
    let mut known = LIST.lines().filter(|line| line.starts_with('/'));
    known.any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_path_and_all_below_it_are_known_to_lack() {
        for path in
            ["/v1/people", "/v1/people/me", "/identity/scim/x/v2/Users", "/v1/wholesale/billing/reports"]
        {
            assert!(has(path), "{path}");
        }
        for path in ["/v1", "/v1/peoples", "/v1/nothing", "/v1/wholesale/customers", "/v1/wholesale/nothing"]
        {
            assert!(!has(path), "{path}");
        }
    }
}
