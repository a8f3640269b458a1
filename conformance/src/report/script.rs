//! A script as somebody can do it again by hand: the lines of HCP/1 that an adapter is told, and curl for what others send.
//!
//! `$HUB` is the origin of a sandbox, `$SANDBOX` its name and `$TOKEN` its token. What a case or a client wrote stands in
//! single quotes, so that a shell takes it as it is.

use serde::Serialize;
use serde_json::{Value, json};

use super::{CaseReport, Line, Report};
use crate::protocol::{Call, ToAdapter};

/// Where the cases of the suite itself are.
const BUILT_IN: [&str; 2] = ["conformance/cases/", "conformance/hub-cases/"];

/// How much is shown of what a client said; all of it is in the JSON report.
const MOST: usize = 240;

/// What was done, line by line, each with what came of it as a comment.
pub(super) fn written(script: &[Line]) -> String {
    let lines = (1..).zip(script).map(|(number, line)| one(number, line));
    lines.collect::<Vec<_>>().join("\n")
}

fn one(number: u64, line: &Line) -> String {
    match line {
        Line::Call { op, args, outcome } => {
            let session = "s".to_owned();
            let (seq, op, args) = (number, op.clone(), args.clone());
            let call = ToAdapter::Call(Call { seq, session, op, args, timeout_ms: 30_000 });
            let outcome = quoted(&shortened(&line_of(outcome)));
            format!("printf '%s\\n' {} # to the adapter, which answers\n# {outcome}", quoted(&line_of(&call)))
        }
        Line::Send { method, path, body, status } => {
            let token = "-H \"Authorization: Bearer $TOKEN\"";
            let (method, data) = (command(std::slice::from_ref(method)), data(body.as_ref()));
            format!("curl -X {method} {} {token}{data}\n# {status}", address(path))
        }
        Line::Advance { seconds } => control("POST", "clock/advance", &json!({ "seconds": seconds })),
        Line::Faults { script } => control("PUT", "faults", &Value::from(script.clone())),
    }
}

/// A path below the hub, or an address that a hub gave.
fn address(path: &str) -> String {
    let hub = if path.starts_with('/') { "\"$HUB\"" } else { "" };
    format!("{hub}{}", quoted(path))
}

fn line_of(message: &impl Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} ...", &text[..end]),
        None => text.to_owned(),
    }
}

fn control(method: &str, below: &str, body: &Value) -> String {
    format!("curl -X {method} \"$HUB/_mock/v1/sandboxes/$SANDBOX/{below}\"{}", data(Some(body)))
}

fn data(body: Option<&Value>) -> String {
    match body {
        None => String::new(),
        Some(Value::String(text)) => format!(" --data-binary {}", quoted(text)),
        Some(body) => format!(" -H 'Content-Type: application/json' -d {}", quoted(&body.to_string())),
    }
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The command that runs a case again.
pub(super) fn again(case: &CaseReport, report: &Report) -> String {
    let cases = if case.origin.file.is_empty()
        || BUILT_IN.iter().any(|folder| case.origin.file.starts_with(folder))
    {
        String::new()
    } else {
        format!(" --cases {}", command(std::slice::from_ref(&case.origin.file)))
    };
    let include = command(std::slice::from_ref(&case.id));
    if report.command == "judge" {
        return format!("hub-conformance judge {} --caller {include}", command(&report.place));
    }
    let begin = format!("hub-conformance {}{cases} --include {include}", report.command);
    match report.adapter.as_slice() {
        [] if report.command == "run" => format!("{begin} --seed {} -- ADAPTER", report.seed),
        [] => begin,
        adapter => format!("{begin} --seed {} -- {}", report.seed, command(adapter)),
    }
}

/// The arguments as a shell takes them.
fn command(arguments: &[String]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+,@%".contains(c);
    let word = |word: &String| {
        if !word.is_empty() && word.chars().all(is_plain) { word.clone() } else { quoted(word) }
    };
    arguments.iter().map(word).collect::<Vec<_>>().join(" ")
}
