//! What is asked before something of a user goes: what goes, a button that does it, and a way back.

use maud::{Markup, html};

use super::{back, banner, held_back, path_of};
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;
use crate::ui::{fields, offer};

/// A question about a user.
pub(super) struct Question {
    /// The message of the button.
    pub(super) label: &'static str,
    /// Where the answer goes, below the path of the user's page.
    pub(super) below: &'static str,
}

impl Question {
    /// The question, with what was said against it the last time.
    pub(super) fn ask(
        &self,
        visitor: &Visitor,
        org: &str,
        user: &str,
        form: &Form,
        what_goes: &Markup,
    ) -> Markup {
        let held_back = held_back(visitor, org);
        html! {
            (fields::summary(visitor, form))
            @if form.fault().is_none() { (banner(visitor, held_back.as_ref())) }
            (what_goes)
            (fields::form(visitor, &path_of(org, user, self.below), html! {
                div.actions {
                    (offer::button(visitor, "danger", self.label, held_back.as_ref()))
                    (back(visitor, &path_of(org, user, ""), "cancel-user"))
                }
            }))
        }
    }
}
