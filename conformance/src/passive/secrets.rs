//! Where a client keeps its secrets: never in addresses, which end up in logs of proxies.

use super::target;
use crate::exchange::Exchange;

/// Names of parameters whose value is a secret; a code of OAuth in an address is how OAuth works.
const SECRETS: [&str; 8] =
    ["access_token", "apikey", "auth", "authorization", "bearer", "client_secret", "refresh_token", "token"];

/// A secret in an address.
pub(super) fn in_addresses(exchanges: &[&Exchange]) -> Option<String> {
    exchanges.iter().find_map(|exchange| {
        let (method, path, query) = target(exchange);
        let names = query.unwrap_or_default().split('&').filter_map(|parameter| parameter.split('=').next());
        let secret = names.map(str::to_lowercase).find(|name| SECRETS.contains(&name.as_str()))?;
        Some(format!("{method} {path} has `{secret}` in its address"))
    })
}
