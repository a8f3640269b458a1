//! How a client takes a refusal that will pass: it waits as it is told, and not for ever.

use super::{is_same, seconds_between};
use crate::exchange::Exchange;

/// How often the same may be asked for while it is refused.
const TRIES: usize = 10;

/// A request that came again before the time that `Retry-After` told.
pub(super) fn too_soon(exchanges: &[&Exchange]) -> Option<String> {
    exchanges.iter().enumerate().find_map(|(number, refused)| {
        let told = refused.retry_after.filter(|_| refused.status >= 400)?;
        let again = exchanges[number + 1..].iter().find(|later| is_same(refused, later))?;
        let waited = seconds_between(refused, again);
        (waited < told).then(|| {
            let Exchange { method, path, status, .. } = refused;
            format!("{method} {path} was answered {status} with Retry-After: {told}, and came again after {waited} s")
        })
    })
}

/// A request that came again and again while it was refused.
pub(super) fn too_often(exchanges: &[&Exchange]) -> Option<String> {
    let will_pass = |exchange: &Exchange| matches!(exchange.status, 429 | 502..=504);
    exchanges.iter().enumerate().filter(|(_, first)| will_pass(first)).find_map(|(number, first)| {
        let same = exchanges[number..].iter().filter(|later| is_same(first, later));
        let tries = same.take_while(|later| will_pass(later)).count();
        let Exchange { method, path, .. } = first;
        (tries > TRIES)
            .then(|| format!("{method} {path} was tried {tries} times in a row while it was refused"))
    })
}
