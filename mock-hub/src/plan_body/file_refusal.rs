//! Why a whole file is refused, by a hub in this process or by one elsewhere.

use hub_core::{HubError, Place};
use hub_rules::{Rule, Term, advice, sights};
use serde::Serialize;

use super::said::recognize;
use crate::messages::Language;

/// The refusal of a file.
#[derive(Debug, Serialize)]
pub struct FileRefusal {
    pub rule: String,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl FileRefusal {
    /// What a hub in this process says.
    pub fn of(refusal: &HubError, language: Language) -> Self {
        let row = match refusal.place {
            Some(Place::Cell { row, .. }) => Some(row),
            _ => None,
        };
        FileRefusal {
            rule: refusal.rule.id.to_owned(),
            message: language.refusal(refusal),
            row,
            column: refusal.field().map(str::to_owned),
        }
    }

    /// What a hub elsewhere says: the rule in a header, everything else in a message of the form that Webex has.
    pub fn of_answer(rule: &str, message: &str, language: Language) -> Self {
        if let Some(refusal) = hub_rules::find(rule).and_then(|rule| read(rule, message)) {
            return FileRefusal::of(&refusal, language);
        }
        FileRefusal { rule: rule.to_owned(), message: format!("{message} ({rule})"), row: None, column: None }
    }
}

/// The refusal of a row, of what a task keeps of it. None where an earlier version said something else.
pub fn of_row(rule: &str, message: &str) -> Option<HubError> {
    let rule = hub_rules::find(rule)?;
    let mut plain = message.replacen(&format!(" ({}; saw `", rule.id), " (saw `", 1);
    plain = plain.replacen(&format!(" ({})", rule.id), "", 1);
    if message.ends_with(')') {
        plain.push('.');
    }
    read(rule, &plain)
}

/// Takes a message apart: place, sentence, what was seen, advice. None where the hub says something else.
fn read(rule: &'static Rule, message: &str) -> Option<HubError> {
    let (place, rest) = message.split_once(rule.says.trim_end_matches('.'))?;
    let mut refusal = HubError::broken(rule);
    refusal.place = match place.strip_suffix(": ") {
        Some(place) => Some(place_of(place)?),
        None => None,
    };
    let (seen, rest) = match rest.strip_prefix(" (saw `").and_then(|rest| rest.split_once("`).")) {
        Some((seen, rest)) => (Some(seen), rest),
        None => (None, rest.strip_prefix('.')?),
    };
    refusal.seen = seen.map(|seen| recognize(seen, sights::PHRASES).map_or_else(|| seen.into(), Term::from));
    refusal.advice = match rest.trim_start() {
        "" => None,
        text => Some(recognize(text, advice::PHRASES)?),
    };
    Some(refusal)
}

fn place_of(text: &str) -> Option<Place> {
    if let Some(line) = text.strip_prefix("line ") {
        return Some(Place::Line(line.parse().ok()?));
    }
    let Some(rest) = text.strip_prefix("row ") else { return Some(Place::Field(text.to_owned().into())) };
    let (row, column) = match rest.split_once(", column `") {
        Some((row, column)) => (row, Some(column.strip_suffix('`')?.to_owned())),
        None => (rest, None),
    };
    let row = row.parse().ok()?;
    Some(Place::Cell { row, line: row, column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_task_keeps_of_a_refused_row_is_the_refusal() {
        let mut refusal = HubError::broken(&hub_rules::bulk::HEADER_IS_KNOWN);
        refusal.place = Some(Place::Cell { row: 3, line: 3, column: Some("first name".to_owned()) });
        assert_eq!(of_row("CSV-006", &refusal.to_string()), Some(refusal.clone()));
        let refusal = refusal.saw("x (y)");
        assert_eq!(of_row("CSV-006", &refusal.to_string()), Some(refusal.clone()));
        let refusal = refusal.advise(advice::NEAREST.with("name", "First Name"));
        assert_eq!(of_row("CSV-006", &refusal.to_string()), Some(refusal));
        assert_eq!(of_row("CSV-006", "Something else."), None);
        assert_eq!(of_row("CSV-999", "Something else."), None);
    }

    #[test]
    fn what_a_hub_elsewhere_says_is_said_in_the_language_of_the_reader() {
        let message = "row 1, column `first name`: Each header names a column that the organization has. \
                       The nearest is `First Name`.";
        let refusal = FileRefusal::of_answer("CSV-006", message, Language::Spanish);
        assert_eq!((refusal.row, refusal.column.as_deref()), (Some(1), Some("first name")));
        insta::assert_snapshot!(refusal.message, @"fila 1, columna `first name`: Cada encabezado designa una columna que la organización tiene (CSV-006). Lo más parecido es `First Name`.");
        let message = "row 20002: A file has at most 20,000 users (saw `more than 20000 users`). \
             Split the file: the limit in force is 20000 users.";
        insta::assert_snapshot!(FileRefusal::of_answer("CSV-007", message, Language::Spanish).message, @"fila 20002: Un archivo tiene como máximo 20.000 usuarios (CSV-007; se vio `más de 20000 usuarios`). Divida el archivo: el límite vigente es de 20000 usuarios.");
        insta::assert_snapshot!(FileRefusal::of_answer("CSV-007", message, Language::English).message, @"row 20002: A file has at most 20,000 users (CSV-007; saw `more than 20000 users`). Split the file: the limit in force is 20000 users.");
        let later = FileRefusal::of_answer("CSV-006", "Something else.", Language::Spanish);
        assert_eq!(later.message, "Something else. (CSV-006)");
    }
}
