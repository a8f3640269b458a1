//! How a client reads a list: who goes beyond the first page wants all of it.

use super::target;
use crate::exchange::Exchange;

/// A walk through a list that stops although there is a next page.
pub(super) fn broken_off(exchanges: &[&Exchange]) -> Option<String> {
    // Only pages that another page led to: of a first page nobody knows whether the client wants more.
    let led_to: Vec<&str> = exchanges.iter().filter_map(|exchange| exchange.next.as_deref()).collect();
    exchanges.iter().enumerate().find_map(|(number, page)| {
        let next = page.next.as_deref()?;
        let is_further = led_to.contains(&address(page).as_str());
        let is_followed = exchanges[number + 1..].iter().any(|later| address(later) == next);
        (is_further && !is_followed)
            .then(|| format!("GET {} was followed to {}, which is not the end", page.path, address(page)))
    })
}

fn address(exchange: &Exchange) -> String {
    let (_, path, query) = target(exchange);
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}
