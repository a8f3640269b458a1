//! Fields of forms, each with its label, what was typed, and what was said against it; and refusals in full.

use hub_core::HubError;
use maud::{Markup, html};

use super::form::{Form, KEY};
use super::visitor::Visitor;

/// A form that is sent to a path of ours. The browser checks nothing: what is wrong is said by the hub, with its rule.
pub fn form(visitor: &Visitor, action: &str, content: Markup) -> Markup {
    html! {
        form method="post" action=(visitor.href(action)) novalidate {
            (key(visitor))
            (content)
        }
    }
}

/// The field that shows a form to be ours.
pub fn key(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name=(KEY) value=(visitor.form_key()); }
}

/// A field for a line of text.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub name: &'a str,
    /// The id of the message that names it.
    pub label: &'a str,
    /// `text`, `email`, `number`, `tel`, `search` or `password`.
    pub kind: &'a str,
    /// The value of `autocomplete`.
    pub autocomplete: &'a str,
    /// The id of the message that explains it.
    pub hint: Option<&'a str>,
    pub is_required: bool,
    /// The id of the `datalist` of what can be chosen.
    pub list: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// An optional line of text.
    pub fn of(name: &'a str, label: &'a str) -> Self {
        Text { name, label, kind: "text", autocomplete: "off", hint: None, is_required: false, list: None }
    }

    /// One that has to be filled in.
    #[must_use]
    pub fn required(self) -> Self {
        Text { is_required: true, ..self }
    }

    /// One of another kind.
    #[must_use]
    pub fn kind(self, kind: &'a str) -> Self {
        Text { kind, ..self }
    }

    /// One with an explanation.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Text { hint: Some(hint), ..self }
    }

    /// One that suggests what stands in a `datalist`.
    #[must_use]
    pub fn suggests(self, list: &'a str) -> Self {
        Text { list: Some(list), ..self }
    }

    /// The field with what was typed.
    pub fn show(self, visitor: &Visitor, form: &Form) -> Markup {
        framed(visitor, form, self.name, self.label, self.hint, self.is_required, |described_by| {
            html! {
                input id=(self.name) name=(self.name) type=(self.kind) value=(form.value(self.name))
                    autocomplete=(self.autocomplete) list=[self.list] aria-required=[self.is_required.then_some("true")]
                    aria-invalid=[form.fault_at(self.name).map(|_| "true")] aria-describedby=[described_by];
            }
        })
    }
}

/// A field for a text of several lines.
pub fn area(visitor: &Visitor, form: &Form, name: &str, label: &str, hint: Option<&str>) -> Markup {
    framed(visitor, form, name, label, hint, false, |described_by| {
        html! {
            textarea id=(name) name=(name) rows="6" spellcheck="false"
                aria-invalid=[form.fault_at(name).map(|_| "true")] aria-describedby=[described_by] {
                // The first line break of an area is not part of its text.
                "\n" (form.value(name))
            }
        }
    })
}

/// A choice among a few: pairs of value and words. An empty value is "none".
pub fn select(
    visitor: &Visitor,
    form: &Form,
    name: &str,
    label: &str,
    options: &[(String, String)],
) -> Markup {
    let chosen = form.value(name);
    framed(visitor, form, name, label, None, false, |described_by| {
        html! {
            select id=(name) name=(name) aria-invalid=[form.fault_at(name).map(|_| "true")]
                aria-describedby=[described_by] {
                @for (value, words) in options {
                    option value=(value) selected[value == chosen] { (words) }
                }
            }
        }
    })
}

/// A box to check.
pub fn check_box(visitor: &Visitor, form: &Form, name: &str, label: &str) -> Markup {
    html! {
        div.field.choice {
            input id=(name) name=(name) type="checkbox" value="true" checked[form.has(name)];
            label for=(name) { (visitor.text(label)) }
        }
    }
}

/// Buttons of which one is pressed: pairs of value and message id.
pub fn radio(visitor: &Visitor, form: &Form, name: &str, legend: &str, options: &[(&str, &str)]) -> Markup {
    let chosen = form.value(name);
    let error = form.fault_at(name);
    html! {
        fieldset aria-describedby=[error.map(|_| format!("{name}-error"))] {
            legend { (visitor.text(legend)) }
            @for (value, label) in options {
                div.field.choice {
                    input id=(format!("{name}-{value}")) name=(name) type="radio" value=(value) checked[*value == chosen];
                    label for=(format!("{name}-{value}")) { (visitor.text(label)) }
                }
            }
            (error_at(visitor, form, name))
        }
    }
}

/// What was said against a form, above it: whole, so that nothing is missed that has no field of its own.
pub fn summary(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        @if let Some(fault) = form.fault() {
            div.refusal role="alert" tabindex="-1" {
                (fault.words(visitor))
                @if let Some(field) = fault.field().and_then(|place| place.split('[').next()) {
                    p { a href=(format!("#{field}")) { (visitor.text("refusal-go-to-field")) } }
                }
            }
        }
    }
}

/// A refusal in full: its sentence, what was seen, advice, and the rule with its source.
pub fn refusal(visitor: &Visitor, refusal: &HubError) -> Markup {
    let rule = refusal.rule;
    html! {
        p.sentence { strong { (visitor.text("refusal-lead")) } " " bdi { (visitor.language.refusal(refusal)) } }
        p.source {
            a href=(visitor.href(&format!("/behind-the-scenes/rules#{}", rule.id))) { (rule.id) }
            " · " (visitor.text(&format!("evidence-{}", rule.evidence.name())))
            " · " (rule.source)
        }
    }
}

/// What was said against a field, beside it.
pub fn error_at(visitor: &Visitor, form: &Form, name: &str) -> Markup {
    html! {
        @if let Some(error) = form.fault_at(name) {
            p.error id=(format!("{name}-error")) { bdi { (error.sentence(visitor)) } }
        }
    }
}

fn framed(
    visitor: &Visitor,
    form: &Form,
    name: &str,
    label: &str,
    hint: Option<&str>,
    is_required: bool,
    field: impl FnOnce(Option<String>) -> Markup,
) -> Markup {
    let hint_id = hint.map(|_| format!("{name}-hint"));
    let error_id = form.fault_at(name).map(|_| format!("{name}-error"));
    let described_by = [hint_id, error_id].into_iter().flatten().reduce(|all, id| format!("{all} {id}"));
    html! {
        div.field {
            label for=(name) {
                (visitor.text(label))
                @if is_required { span.required { " (" (visitor.text("field-required")) ")" } }
            }
            @if let Some(hint) = hint {
                p.hint id=(format!("{name}-hint")) { (visitor.text(hint)) }
            }
            (field(described_by))
            (error_at(visitor, form, name))
        }
    }
}
