//! The timeline of requests to the sandbox, newest first.

use std::sync::Arc;

use axum::response::Response;
use hub_rules::expected;
use maud::{Markup, html};

use crate::http::request_log::{LoggedRequest, RequestFilter};
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::notice::with_notice;
use crate::ui::table::{self, empty, pager};
use crate::ui::visitor::{Seen, Visitor};

const HERE: &str = "/behind-the-scenes/requests";
const FILTERS: [(&str, &str); 5] = [
    ("method", "request-method"),
    ("path", "request-path"),
    ("status", "request-status"),
    ("rule", "request-rule"),
    ("caller", "request-caller"),
];

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    let mut query = visitor.query();
    let values: Vec<_> = FILTERS.map(|(name, _)| (name, query.text(name).unwrap_or_default())).into();
    let form = Form::with(values.iter().map(|(name, value)| (*name, &**value)));
    let wanted = table::wanted(&visitor);
    let log = visitor.app.log_of(visitor.sandbox.name().as_str());
    let (form, (found, has_more)) = match filter(&visitor) {
        Ok(filter) => (form, log.newest(&filter, wanted).await?),
        Err(fault) => (form.refused(fault), Default::default()),
    };
    let title = visitor.text("menu-requests");
    let is_live = query.text("live").is_some();
    let body = html! {
        p.lead { (visitor.text("requests-lead")) }
        (fields::summary(&visitor, &form))
        (search(&visitor, &form))
        div #timeline data-goes-on[is_live] { (timeline(&visitor, &found)) (pager(&visitor, wanted, found.len(), has_more)) }
        (actions(&visitor, is_live))
    };
    let sheet = Sheet { console: Console::BehindTheScenes, title: &title, body };
    Ok(sheet.show_with(&visitor, form.status()))
}

/// Which requests the visitor wants to see.
fn filter(visitor: &Visitor) -> Result<RequestFilter, Fault> {
    let mut query = visitor.query();
    Ok(RequestFilter {
        method: query.text("method"),
        path: query.text("path"),
        status: query.whole_number("status", &expected::HTTP_STATUS)?,
        rule: query.text("rule"),
        caller: query.text("caller"),
        after: None,
    })
}

fn search(visitor: &Visitor, form: &Form) -> Markup {
    html! {
        form.search method="get" action=(visitor.href(HERE)) role="search" {
            @for (name, label) in FILTERS { (Text::of(name, label).show(visitor, form)) }
            button { (visitor.text("search")) }
        }
    }
}

fn timeline(visitor: &Visitor, found: &[Arc<LoggedRequest>]) -> Markup {
    if found.is_empty() {
        return empty(visitor, "requests-none", Some(("/docs/", "api-description")));
    }
    let rows: Vec<_> = found.iter().map(|it| row(visitor, it)).collect();
    let headings = [
        "request-number",
        "request-time",
        "request-method",
        "request-path",
        "request-status",
        "request-rule",
        "request-caller",
        "request-changed",
    ];
    table::table(visitor, "menu-requests", &headings, &rows)
}

fn row(visitor: &Visitor, request: &LoggedRequest) -> Vec<Markup> {
    vec![
        html! { a href=(visitor.href(&format!("{HERE}/{}", request.id))) { (request.id) } },
        moment(request.time),
        html! { code { (request.method) } },
        html! { div.wide { code { (request.path) } } },
        status(request),
        rule(visitor, request),
        html! { @if let Some(token) = &request.caller { bdi { (token.label) } } },
        html! { @if let Some(entry) = request.entry { (visitor.say("request-entry", &[("entry", entry.into())])) } },
    ]
}

/// The status of the answer, marked as what it means.
pub(super) fn status(request: &LoggedRequest) -> Markup {
    let class = match request.status {
        status if status.is_server_error() => "state bad",
        status if status.is_client_error() => "state warn",
        _ => "state good",
    };
    html! { span class=(class) { (request.status.as_u16()) } }
}

/// The rule that was broken, with a link to the catalogue.
pub(super) fn rule(visitor: &Visitor, request: &LoggedRequest) -> Markup {
    html! {
        @if let Some(rule) = request.rule {
            a href=(visitor.href(&format!("/behind-the-scenes/rules#{}", rule.id))) { (rule.id) }
        }
    }
}

fn actions(visitor: &Visitor, is_live: bool) -> Markup {
    html! {
        div.actions {
            @if is_live {
                a.button href=(visitor.href(HERE)) { (visitor.text("requests-stand-still")) }
            } @else {
                a.button href=(visitor.href(&format!("{HERE}?live=true"))) { (visitor.text("requests-follow")) }
            }
            (fields::form(visitor, &format!("{HERE}/clear"), html! {
                button { (visitor.text("requests-clear")) }
            }))
        }
    }
}

pub(super) async fn clear(Seen(visitor): Seen, _: Form) -> Result<Response, Fault> {
    visitor.app.log_of(visitor.sandbox.name().as_str()).clear().await?;
    Ok(visitor.go_to(&with_notice(HERE, "done-requests-cleared")))
}
