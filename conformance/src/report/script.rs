//! A script as somebody can do it again by hand: the lines of HCP/1 that an adapter is told, and curl for what others send.
//!
//! `$HUB` is the origin of a sandbox, `$SANDBOX` its name and `$TOKEN` its token.

use serde_json::{Value, json};

use super::Line;

/// What was done, line by line, each with what came of it as a comment.
pub(super) fn written(script: &[Line]) -> String {
    let lines = script.iter().enumerate().map(|(index, line)| one(index + 1, line));
    lines.collect::<Vec<_>>().join("\n")
}

fn one(number: usize, line: &Line) -> String {
    match line {
        Line::Call { op, args, outcome } => {
            let call = json!({ "seq": number, "session": "s", "op": op, "args": args, "timeout_ms": 30_000 });
            let done = json!({ "done": { "seq": number, "outcome": outcome } });
            format!("{}\n# {done}", json!({ "call": call }))
        }
        Line::Send { method, path, body, status } => {
            let token = "-H \"Authorization: Bearer $TOKEN\"";
            format!("curl -X {method} \"$HUB{path}\" {token}{}\n# {status}", data(body.as_ref()))
        }
        Line::Advance { seconds } => control("POST", "clock/advance", &json!({ "seconds": seconds })),
        Line::Faults { script } => control("PUT", "faults", &Value::from(script.clone())),
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
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The arguments as a shell takes them.
pub(super) fn command(arguments: &[String]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+,@%".contains(c);
    let word = |word: &String| {
        if !word.is_empty() && word.chars().all(is_plain) { word.clone() } else { quoted(word) }
    };
    arguments.iter().map(word).collect::<Vec<_>>().join(" ")
}
