//! The clock of the sandbox: let it stand still, run, or jump ahead.

use axum::response::Response;
use hub_core::HubError;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use hub_store::Clock;
use maud::html;

use crate::control::clock::{self, Mode};
use crate::http::problem::Problem;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};

const HERE: &str = "/behind-the-scenes/clock";
/// Steps ahead: the message that names one, and how many seconds it has.
const STEPS: [(&str, &str); 5] = [
    ("clock-1-second", "1"),
    ("clock-1-minute", "60"),
    ("clock-1-hour", "3600"),
    ("clock-1-day", "86400"),
    ("clock-30-days", "2592000"),
];

pub(super) async fn page(Seen(visitor): Seen) -> Response {
    show(&visitor, &Form::default())
}

fn show(visitor: &Visitor, form: &Form) -> Response {
    let is_frozen = matches!(visitor.sandbox.head().clock, Clock::Frozen { .. });
    let title = visitor.text("menu-clock");
    let body = html! {
        p.lead { (visitor.text("clock-lead")) }
        (fields::summary(visitor, form))
        div.card {
            p.figure { (moment(visitor.sandbox.now())) }
            p { (visitor.text(if is_frozen { "clock-is-frozen" } else { "clock-is-running" })) }
        }
        h2 { (visitor.text("clock-ahead")) }
        (fields::form(visitor, "/behind-the-scenes/clock/advance", html! {
            div.actions {
                @for (label, seconds) in STEPS {
                    button name="seconds" value=(seconds) { (visitor.text(label)) }
                }
            }
        }))
        (fields::form(visitor, "/behind-the-scenes/clock/advance", html! {
            (Text::of("seconds", "clock-seconds").show(visitor, form))
            button { (visitor.text("clock-advance")) }
        }))
        h2 { (visitor.text("clock-set")) }
        (fields::form(visitor, "/behind-the-scenes/clock/set", html! {
            (Text::of("now", "clock-time").hint("clock-time-hint").show(visitor, form))
            div.actions {
                button name="mode" value="frozen" { (visitor.text("clock-freeze")) }
                button name="mode" value="real" { (visitor.text("clock-run")) }
            }
        }))
    };
    Sheet { console: Console::BehindTheScenes, title: &title, body }.show_with(visitor, form.status())
}

pub(super) async fn advance(Seen(visitor): Seen, form: Form) -> Response {
    let seconds = form.value("seconds").trim().parse().unwrap_or(f64::NAN);
    let outcome = clock::advance_by(&visitor.sandbox, seconds).await;
    answer(&visitor, form, outcome, "done-clock-advanced")
}

pub(super) async fn set(Seen(visitor): Seen, form: Form) -> Response {
    let outcome = match mode(&form) {
        Ok(mode) => clock::set_to(&visitor.app, &visitor.sandbox, mode, form.given("now")).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&visitor, form, outcome, "done-clock-set")
}

fn mode(form: &Form) -> Result<Mode, HubError> {
    let given = form.parameters().choice("mode", &[("frozen", Mode::Frozen), ("real", Mode::Real)])?;
    given.ok_or_else(|| HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("mode"))
}

fn answer(visitor: &Visitor, form: Form, outcome: Result<(), Problem>, done: &'static str) -> Response {
    match outcome {
        Ok(()) => visitor.go_to(&with_notice(HERE, done)),
        Err(problem) => show(visitor, &form.refused(problem)),
    }
}
