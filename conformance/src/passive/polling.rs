//! How a client waits for something that takes its time: patiently, and not for ever.

use std::collections::HashMap;

use super::{Target, seconds_between, target};
use crate::exchange::Exchange;

/// How often the same may be looked at.
const LOOKS: usize = 400;
/// How many looks at the same thing need at least a second between the first and the last.
const IN_A_SECOND: usize = 3;

/// The same thing looked at too often or too fast, with the same answer each time.
pub(super) fn restless(exchanges: &[&Exchange]) -> Option<String> {
    let mut looks: HashMap<Target<'_>, Vec<&Exchange>> = HashMap::new();
    for exchange in exchanges.iter().filter(|exchange| is_look(exchange)) {
        let same = looks.entry(target(exchange)).or_default();
        // What changed in between was worth another look.
        if same.last().is_some_and(|last| last.response_body != exchange.response_body) {
            same.clear();
        }
        same.push(exchange);
        let Exchange { path, .. } = exchange;
        if same.len() > LOOKS {
            return Some(format!("GET {path} was looked at {} times without a change", same.len()));
        }
        if let Some([first, .., last]) = same.len().checked_sub(IN_A_SECOND + 1).map(|from| &same[from..])
            && seconds_between(first, last) < 1.0
        {
            let times = IN_A_SECOND + 1;
            return Some(format!("GET {path} was looked at {times} times within a second without a change"));
        }
    }
    None
}

/// A refused look is a matter of retries, and of a look that was spoilt nobody knows what it showed.
fn is_look(exchange: &Exchange) -> bool {
    exchange.method == "GET" && exchange.status == 200 && exchange.fault.is_none()
}
