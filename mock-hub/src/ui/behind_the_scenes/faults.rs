//! The faults of the sandbox: the script in force with how often each entry was applied, and the script to write.

use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;

use crate::control::faults;
use crate::http::faults::Shown;
use crate::http::problem::Problem;
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::table::{empty, table};
use crate::ui::visitor::{Seen, Visitor};

const HERE: &str = "/behind-the-scenes/faults";
/// Scripts to begin with: the message that names one, and its entry.
const EXAMPLES: [(&str, &str); 8] = [
    ("fault-example-limit", r#"{"effect":{"rate-limit":{"limit":10,"per":60}}}"#),
    (
        "fault-example-refused",
        r#"{"match":{"path":"/v1/wholesale/subscribers"},"effect":{"refuse":{"status":429,"retryAfter":1}},"times":1}"#,
    ),
    (
        "fault-example-lost",
        r#"{"match":{"operation":"provisionWholesaleSubscriber"},"effect":"lost-response","times":1}"#,
    ),
    (
        "fault-example-gateway",
        r#"{"match":{"operation":"provisionWholesaleSubscriber"},"effect":{"gateway":{"status":504}},"times":1}"#,
    ),
    ("fault-example-twice", r#"{"match":{"method":"POST"},"effect":"duplicate","times":1}"#),
    ("fault-example-slow", r#"{"match":{"method":"GET"},"effect":{"delay":{"seconds":2}}}"#),
    ("fault-example-stuck", r#"{"effect":{"package-stuck":{"email":"ana@acme-dental.example.com"}}}"#),
    ("fault-example-provisioning", r#"{"effect":{"provisioning":{"outcome":"error"}},"times":1}"#),
];

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    let shown = visitor.app.faults.shown(&visitor.sandbox).await?;
    let script: Vec<_> = shown.iter().map(|shown| &shown.entry).collect();
    let script = serde_json::to_string_pretty(&script).expect("a script has a JSON form");
    show(&visitor, &Form::with([("script", &*script)])).await
}

async fn show(visitor: &Visitor, form: &Form) -> Result<Response, Fault> {
    let shown = visitor.app.faults.shown(&visitor.sandbox).await?;
    let title = visitor.text("menu-faults");
    let body = html! {
        p.lead { (visitor.text("faults-lead")) }
        (fields::summary(visitor, form))
        (in_force(visitor, &shown))
        h2 { (visitor.text("faults-script")) }
        (fields::form(visitor, HERE, html! {
            (fields::area(visitor, form, "script", "faults-script-label", Some("faults-script-hint")))
            div.actions {
                button.primary { (visitor.text("faults-put")) }
                button name="clear" { (visitor.text("faults-clear")) }
            }
            h3 { (visitor.text("faults-examples")) }
            div.actions {
                @for (label, entry) in EXAMPLES {
                    button name="example" value=(entry) { (visitor.text(label)) }
                }
            }
        }))
    };
    let sheet = Sheet { console: Console::BehindTheScenes, title: &title, body };
    Ok(sheet.show_with(visitor, form.status()))
}

fn in_force(visitor: &Visitor, shown: &[Shown]) -> Markup {
    if shown.is_empty() {
        return empty(visitor, "faults-none", None);
    }
    let rows: Vec<_> = shown.iter().map(row).collect();
    table(visitor, "faults-in-force", &["fault-number", "fault-entry", "fault-met", "fault-applied"], &rows)
}

fn row(shown: &Shown) -> Vec<Markup> {
    let entry = serde_json::to_string(&shown.entry).expect("an entry has a JSON form");
    vec![
        html! { (shown.number) },
        html! { code { (entry) } },
        html! { (shown.met) },
        html! { (shown.applied) },
    ]
}

/// Puts the script in force, clears it, or adds an example to what was written.
pub(super) async fn put(Seen(visitor): Seen, mut form: Form) -> Result<Response, Fault> {
    if form.has("example") {
        return match with_example(form.value("script"), form.value("example")) {
            Ok(script) => {
                form.set("script", &script);
                show(&visitor, &form).await
            }
            Err(problem) => show(&visitor, &form.refused(problem)).await,
        };
    }
    let script = if form.has("clear") { "[]" } else { form.value("script") };
    match faults::script(&visitor.app, &visitor.sandbox, script.as_bytes()).await {
        Ok(()) => Ok(visitor.go_to(&with_notice(HERE, "done-faults-put"))),
        Err(problem) => show(&visitor, &form.refused(problem)).await,
    }
}

/// The script with one more entry.
fn with_example(script: &str, example: &str) -> Result<String, Problem> {
    let mut entries = match script.trim() {
        "" => Vec::new(),
        written => faults::entries(written.as_bytes())?,
    };
    entries.extend(serde_json::from_str::<Value>(example));
    Ok(serde_json::to_string_pretty(&entries).expect("a list of JSON values has a text"))
}
