//! One request: what was asked and answered, which rule said no, what it changed; and what to do with it.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::Record;
use hub_store::{Effect, Entry};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::requests::{rule, status};
use super::{case, curl};
use crate::control::sandboxes::{self, NewSandbox};
use crate::http::apart::waiting_apart;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::request_log::LoggedRequest;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::is_page;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::visitor::{Seen, Visitor};

/// How many changed records are shown; an import changes tens of thousands.
const SHOWN: usize = 50;

pub(super) async fn page(Seen(visitor): Seen, Path(id): Path<u64>) -> Result<Response, Fault> {
    show(&visitor, id, &Form::default()).await
}

async fn show(visitor: &Visitor, id: u64, form: &Form) -> Result<Response, Fault> {
    let request = find(visitor, id).await?;
    let title = format!("{} {}", request.method, request.path);
    let body = html! {
        (fields::summary(visitor, form))
        (facts(visitor, &request))
        (refusal(visitor, &request))
        (changes(visitor, &request).await?)
        (bodies(visitor, &request))
        (tools(visitor, &request, form))
    };
    let sheet = Sheet { console: Console::BehindTheScenes, title: &title, body };
    Ok(sheet.show_with(visitor, form.status()))
}

/// The logged request of a number. Refused when it is forgotten or never was.
pub(super) async fn find(visitor: &Visitor, id: u64) -> Result<Arc<LoggedRequest>, Fault> {
    let found = visitor.app.log_of(visitor.sandbox.name().as_str()).get(id).await?;
    let gone =
        || Problem::of_control(StatusCode::NOT_FOUND, format!("The log has no request {id} any more."));
    Ok(found.ok_or_else(gone)?)
}

fn facts(visitor: &Visitor, request: &LoggedRequest) -> Markup {
    html! {
        dl.card {
            dt { (visitor.text("request-status")) }
            dd { (status(request)) }
            dt { (visitor.text("request-time")) }
            dd { (moment(request.time)) }
            @if let Some(query) = &request.query {
                dt { (visitor.text("request-query")) }
                dd { code { (query) } }
            }
            @if let Some(token) = &request.caller {
                dt { (visitor.text("request-caller")) }
                dd { bdi { (token.caller.name) } " (" (token.label) ")" }
            }
            dt { (visitor.text("request-tracking-id")) }
            dd { code { (request.tracking_id) } }
            dt { (visitor.text("request-duration")) }
            dd { (request.duration_micros) " µs" }
            dt { (visitor.text("request-head")) }
            dd { (request.head) }
        }
    }
}

/// The rule that said no: sentence, evidence, source.
fn refusal(visitor: &Visitor, request: &LoggedRequest) -> Markup {
    html! {
        @if let Some(broken) = request.rule {
            section.refusal aria-labelledby="rule" {
                h2 #rule { (rule(visitor, request)) }
                p.sentence { (visitor.language.rule(broken)) }
                p.source { (visitor.text(&format!("evidence-{}", broken.evidence.name()))) " · " (broken.source) }
            }
        }
    }
}

async fn changes(visitor: &Visitor, request: &LoggedRequest) -> Result<Markup, Fault> {
    let Some(seq) = request.entry else {
        return Ok(html! { p { (visitor.text("request-changed-nothing")) } });
    };
    let sandbox = visitor.sandbox.clone();
    let (entry, effects) = waiting_apart(async move { sandbox.effects(seq).await }).await?;
    Ok(html! {
        section aria-labelledby="changes" {
            h2 #changes { (visitor.text("request-changed")) }
            (said(visitor, &entry, effects.len()))
            @for effect in effects.iter().take(SHOWN) { (change(visitor, effect)) }
            @if effects.len() > SHOWN {
                p { (visitor.say("request-more-changes", &[("count", (effects.len() - SHOWN).into())])) }
            }
        }
    })
}

fn said(visitor: &Visitor, entry: &Entry, count: usize) -> Markup {
    let (seq, operation) = (entry.seq.into(), (*entry.operation).into());
    let arguments = [("entry", seq), ("operation", operation), ("count", count.into())];
    html! { p { (visitor.say("request-entry-said", &arguments)) } }
}

/// A record before and after, beside each other.
fn change(visitor: &Visitor, effect: &Effect) -> Markup {
    let (id, kind) = match (&effect.before, &effect.after) {
        (None, _) => ("record-added", effect.after.as_ref()),
        (Some(_), None) => ("record-removed", effect.before.as_ref()),
        (Some(_), Some(_)) => ("record-changed", effect.after.as_ref()),
    };
    let (kind, _) = kind.map(parts).unwrap_or_default();
    let (before, after) = differing(effect);
    html! {
        details.card open {
            summary { (visitor.say(id, &[("kind", kind.into())])) }
            div.columns {
                @for (label, value) in [("record-before", before), ("record-after", after)] {
                    @if let Some(value) = value {
                        div { h3 { (visitor.text(label)) } pre { (pretty(&value)) } }
                    }
                }
            }
        }
    }
}

/// The kind of a record in the journal's word, and its fields.
fn parts(record: &Record) -> (String, Value) {
    let Ok(Value::Object(named)) = serde_json::to_value(record) else { return Default::default() };
    named.into_iter().next().unwrap_or_default()
}

/// The records; of one that was changed, its id and the fields that differ.
fn differing(effect: &Effect) -> (Option<Value>, Option<Value>) {
    let fields = |record: &Option<Record>| record.as_ref().map(|record| parts(record).1);
    match (fields(&effect.before), fields(&effect.after)) {
        (Some(Value::Object(mut before)), Some(Value::Object(mut after))) => {
            let same = |name: &String, value: &Value| name != "id" && after.get(name) == Some(value);
            let alike: Vec<String> = before
                .iter()
                .filter(|(name, value)| same(name, value))
                .map(|(name, _)| name.clone())
                .collect();
            for name in &alike {
                before.remove(name);
                after.remove(name);
            }
            (Some(before.into()), Some(after.into()))
        }
        other => other,
    }
}

fn bodies(visitor: &Visitor, request: &LoggedRequest) -> Markup {
    html! {
        @for (label, body) in [("request-body", &request.request_body), ("request-answer", &request.response_body)] {
            @if !body.is_empty() {
                h2 { (visitor.text(label)) }
                pre { (readable(&body.beginning)) }
                @if body.is_cut() {
                    @let counts = [("kept", body.beginning.len().into()), ("length", body.length.into())];
                    p.hint { (visitor.say("request-body-cut", &counts)) }
                }
            }
        }
    }
}

/// JSON on several lines; anything else as it is.
fn readable(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    serde_json::from_str::<Value>(&text).map_or_else(|_| text.into_owned(), |value| pretty(&value))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a JSON value has a text")
}

fn tools(visitor: &Visitor, request: &LoggedRequest, form: &Form) -> Markup {
    let path = format!("/behind-the-scenes/requests/{}", request.id);
    html! {
        section aria-labelledby="again" {
            h2 #again { (visitor.text("request-again")) }
            @let obstacle = case::obstacle(request);
            @let is_of_page = is_page(&request.path);
            @if is_of_page { p { (visitor.text("curl-not")) } } @else { pre #curl { (curl::command(visitor, request)) } }
            div.actions {
                @if !is_of_page {
                    button data-copies="curl" data-copied=(visitor.text("copied")) hidden { (visitor.text("copy-as-curl")) }
                }
                @if obstacle.is_none() {
                    a.button href=(visitor.href(&format!("{path}/case.yaml"))) { (visitor.text("export-as-case")) }
                }
            }
            @if request.request_body.is_cut() { p.hint { (visitor.text("curl-cut")) } }
            @if let Some(why) = obstacle { p.hint { (visitor.text(why.message())) } }
            h3 { (visitor.text("fork-here")) }
            p { (visitor.say("fork-here-lead", &[("seq", request.head.into())])) }
            (fields::form(visitor, &format!("{path}/fork"), html! {
                (Text::of("name", "sandbox-name").hint("sandbox-name-hint").show(visitor, form))
                button { (visitor.text("fork-here")) }
            }))
        }
    }
}

/// Makes a sandbox that begins where the request left this one.
pub(super) async fn fork(Seen(visitor): Seen, Path(id): Path<u64>, form: Form) -> Result<Response, Fault> {
    let request = find(&visitor, id).await?;
    let new = NewSandbox {
        name: form.given("name").map(str::to_owned),
        from: Some(visitor.sandbox.name().to_string()),
        at: Some(json!(request.head)),
        ..NewSandbox::default()
    };
    match sandboxes::make(&visitor.app, new).await {
        Ok(made) => Ok(visitor.go_to(&format!("/behind-the-scenes/sandboxes/{}", made.name()))),
        Err(problem) => show(&visitor, id, &form.refused(problem)).await,
    }
}
