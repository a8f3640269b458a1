//! What has just been done, said once on the page that follows: the address names the message, and nothing else can be
//! said that way.

use maud::{Markup, html};

use super::visitor::Visitor;

/// The path with the message that its page says; the ids of such messages begin with `done-`.
pub fn with_notice(path: &str, id: &'static str) -> String {
    debug_assert!(id.starts_with("done-"), "{id}");
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}done={}", &id["done-".len()..])
}

/// The message that the address names.
pub fn notice(visitor: &Visitor) -> Markup {
    let named = visitor.query().text("done").map(|word| format!("done-{word}"));
    let known = named.filter(|id| visitor.language.has(id));
    html! {
        @if let Some(id) = known {
            p.notice role="status" { (visitor.text(&id)) }
        }
    }
}
