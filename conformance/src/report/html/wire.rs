//! What the hub logged of a case, as a table with a line for each request and its bodies folded below it.

use maud::{Markup, html};
use serde_json::Value;

use crate::exchange::Exchange;
use crate::report::{CaseReport, remarks};

/// What the hub logs as the status where it closed the connection without an answer.
const CLOSED: u16 = 444;

pub(super) fn trace(case: &CaseReport) -> Markup {
    html! {
        @if !case.exchanges.is_empty() {
            h4 { "What went over the wire " span.count { (case.exchanges.len()) } }
            div.scroll role="region" aria-label="Requests" tabindex="0" {
                table.wire {
                    thead { tr {
                        th scope="col" { "time" } th scope="col" { "request" } th scope="col" { "status" }
                        th scope="col" { "rule" } th scope="col" { "fault" }
                    } }
                    @for (exchange, remark) in case.exchanges.iter().zip(remarks(case)) { (lines(exchange, &remark)) }
                }
            }
        }
    }
}

fn lines(exchange: &Exchange, remark: &str) -> Markup {
    let is_refused = exchange.status >= 400;
    html! {
        tbody {
            tr {
                td { time datetime=(exchange.time) { (exchange.time.strftime("%H:%M:%S%.3f")) } }
                td.request { strong { (exchange.method) } " " code { (address(exchange)) } }
                td { span.label.bad[is_refused].good[!is_refused] { (status(exchange.status)) } }
                td { (exchange.rule.as_deref().unwrap_or("")) }
                td { @if let Some(fault) = exchange.fault { "no. " (fault) " " } (remark) }
            }
            @if exchange.request_body.is_some() || exchange.response_body.is_some() {
                tr.bodies { td colspan="5" {
                    @if let Some(body) = &exchange.request_body { (folded("request", body)) }
                    @if let Some(body) = &exchange.response_body { (folded("answer", body)) }
                } }
            }
        }
    }
}

fn address(exchange: &Exchange) -> String {
    match &exchange.query {
        Some(query) => format!("{}?{query}", exchange.path),
        None => exchange.path.clone(),
    }
}

fn status(status: u16) -> String {
    if status == CLOSED { "closed".to_owned() } else { status.to_string() }
}

fn folded(title: &str, body: &str) -> Markup {
    let shown = serde_json::from_str(body).map_or_else(|_| body.to_owned(), |value| pretty(&value));
    html! {
        details {
            summary { (title) }
            pre tabindex="0" { code { (shown) } }
        }
    }
}

/// JSON over several lines.
pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}
