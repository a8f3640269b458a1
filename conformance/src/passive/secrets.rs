//! Where a client keeps its secrets: never in addresses, which end up in logs of proxies.

use super::target;
use crate::exchange::Exchange;

/// Names of parameters whose value is a secret; a code of OAuth in an address is how OAuth works.
const SECRETS: [&str; 5] = ["access_token=", "refresh_token=", "client_secret=", "bearer", "authorization="];

/// A secret in an address.
pub(super) fn in_addresses(exchanges: &[&Exchange]) -> Option<String> {
    exchanges.iter().find_map(|exchange| {
        let (method, path, query) = target(exchange);
        let address = format!("{path}?{}", query.unwrap_or_default()).to_lowercase();
        let secret = SECRETS.iter().find(|secret| address.contains(*secret))?;
        Some(format!("{method} {path} has `{}` in its address", secret.trim_end_matches('=')))
    })
}
