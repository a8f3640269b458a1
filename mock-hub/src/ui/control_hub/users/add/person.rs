//! The fields of one new user: who he is, his package, where he calls from, and what the organization requires.

use maud::{Markup, html};

use crate::ui::control_hub::users::choices::Choices;
use crate::ui::control_hub::users::typed;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

pub(super) fn fields(visitor: &Visitor, choices: &Choices, form: &Form) -> Markup {
    html! {
        (basic(visitor, choices, form))
        (calling(visitor, choices, form))
        @if !choices.required.is_empty() { (attributes(visitor, &choices.required, form)) }
    }
}

fn basic(visitor: &Visitor, choices: &Choices, form: &Form) -> Markup {
    let packages = choices.package_options(visitor.text("user-package-automatic"));
    html! {
        fieldset {
            legend { (visitor.text("step-basic")) }
            div.columns {
                (Text::of("firstName", "user-first-name").required().show(visitor, form))
                (Text::of("lastName", "user-last-name").required().show(visitor, form))
                (Text::of("displayName", "user-display-name").show(visitor, form))
                (Text::of("email", "user-email").kind("email").required().show(visitor, form))
                (fields::select(visitor, form, "package", "user-package", &packages))
            }
        }
    }
}

fn calling(visitor: &Visitor, choices: &Choices, form: &Form) -> Markup {
    html! {
        fieldset {
            legend { (visitor.text("user-calling")) }
            p.hint { (visitor.text("user-calling-lead")) }
            div.columns {
                (choices.location(visitor, form))
                (choices.numbers(visitor, form))
            }
        }
    }
}

fn attributes(visitor: &Visitor, required: &[&str], form: &Form) -> Markup {
    html! {
        fieldset {
            legend { (visitor.text("user-required-attributes")) }
            div.columns {
                @for name in required {
                    (Text::of(&typed::field_of(name), &format!("attribute-{name}")).required().show(visitor, form))
                }
            }
        }
    }
}
