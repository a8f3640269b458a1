//! What a client does with a write whose end it knows: nothing more.

use super::is_same;
use crate::exchange::Exchange;

/// A write that came twice in a row although its first answer left nothing open.
pub(super) fn without_reason(exchanges: &[&Exchange]) -> Option<String> {
    let writes: Vec<_> = exchanges.iter().filter(|exchange| exchange.is_write()).collect();
    writes.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        (is_same(first, second) && leaves_nothing_open(first)).then(|| {
            let Exchange { method, path, status, .. } = first;
            format!("{method} {path} was answered {status}, and was sent again with the same body")
        })
    })
}

/// By script an answer may not have reached the client, or not whole; a new token may let in what 401 kept out.
fn leaves_nothing_open(exchange: &Exchange) -> bool {
    let is_clear = matches!(exchange.status, 200..=299 | 400 | 403..=407 | 409..=422);
    let is_refused_by_script = exchange.fault.is_some() && matches!(exchange.status, 400..=422);
    is_clear && (exchange.fault.is_none() || is_refused_by_script && exchange.rule.is_none())
}
