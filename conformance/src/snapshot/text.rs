//! The text of a snapshot: the steps with what came of them, then the requests in their order.

use serde_json::{Value, to_string_pretty};

use super::names::Names;
use crate::exchange::Exchange;
use crate::report::{CaseReport, Line};

pub(super) fn of(case: &CaseReport) -> String {
    let mut names = Names::default();
    let mut parts = vec![format!("{}: {}", case.id, case.title)];
    parts.extend(case.script.iter().map(|line| step(&mut names, line)));
    parts.extend(case.exchanges.iter().map(|exchange| request(&mut names, exchange)));
    parts.join("\n\n") + "\n"
}

fn step(names: &mut Names, line: &Line) -> String {
    match line {
        Line::Call { op, args, outcome } => {
            let args = json(names, &Value::Object(args.clone()));
            let outcome = serde_json::to_value(outcome).unwrap_or_default();
            format!("call {op} {args}\n= {}", json(names, &outcome))
        }
        Line::Send { method, path, body, status } => {
            let body = body.as_ref().map(|body| format!(" {}", json(names, body))).unwrap_or_default();
            format!("somebody else: {method} {}{body}\n= {status}", names.text(path))
        }
        Line::Advance { seconds } => format!("{seconds} seconds pass"),
        Line::Faults { script } => format!("faults {}", json(names, &Value::from(script.clone()))),
    }
}

fn request(names: &mut Names, exchange: &Exchange) -> String {
    let query = exchange.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let mut text = format!("{} {}", exchange.method, names.text(&format!("{}{query}", exchange.path)));
    for (mark, body) in [('>', &exchange.request_body), ('<', &exchange.response_body)] {
        if mark == '<' {
            text += &format!("\n= {}{}", exchange.status, besides(exchange));
        }
        if let Some(body) = body {
            let shown = serde_json::from_str(body).map(|body| json(names, &body));
            text += &format!("\n{mark} {}", shown.unwrap_or_else(|_| names.text(body)));
        }
    }
    text
}

/// What else tells of an answer.
fn besides(exchange: &Exchange) -> String {
    let rule = exchange.rule.as_ref().map(|rule| format!(", {rule}"));
    let fault = exchange.fault.map(|fault| format!(", fault {fault}"));
    let retry = exchange.retry_after.map(|seconds| format!(", retry after {seconds} s"));
    [rule, fault, retry].into_iter().flatten().collect()
}

fn json(names: &mut Names, value: &Value) -> String {
    let named = names.value(value);
    to_string_pretty(&named).unwrap_or_else(|_| named.to_string())
}
