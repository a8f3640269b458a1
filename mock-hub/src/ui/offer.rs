//! Buttons and links for who may use them. For others they are there too, out of use, beside the rule that holds back.
//!
//! Who may is asked of hub-core (`operation::access::permits`); nothing is decided here.

use hub_core::HubError;
use maud::{Markup, html};

use super::visitor::Visitor;

/// A button of a form with the classes and words that it has, and what holds the visitor back from pressing it.
pub fn button(visitor: &Visitor, class: &str, label: &str, held_back: Option<&HubError>) -> Markup {
    html! {
        button class=(class) disabled[held_back.is_some()] aria-describedby=[reason_id(label, held_back)] {
            (visitor.text(label))
        }
        (reason(visitor, label, held_back))
    }
}

/// A link to a path of ours that looks like a button.
pub fn link(visitor: &Visitor, class: &str, label: &str, path: &str, held_back: Option<&HubError>) -> Markup {
    let href = held_back.is_none().then(|| visitor.href(path));
    let class = format!("button {class}");
    html! {
        a class=(class.trim_end()) href=[href] role=[held_back.map(|_| "link")]
            aria-disabled=[held_back.map(|_| "true")] aria-describedby=[reason_id(label, held_back)] {
            (visitor.text(label))
        }
        (reason(visitor, label, held_back))
    }
}

fn reason_id(label: &str, held_back: Option<&HubError>) -> Option<String> {
    held_back.map(|_| format!("{label}-not-offered"))
}

fn reason(visitor: &Visitor, label: &str, held_back: Option<&HubError>) -> Markup {
    html! {
        @if let Some(refusal) = held_back {
            small id=[reason_id(label, held_back)] {
                (visitor.text("offer-held-back")) " " bdi { (visitor.language.refusal(refusal)) }
            }
        }
    }
}
