//! A refusal in words: place, sentence of the rule, what was seen, advice.

use hub_core::{HubError, Place};

use super::Language;

impl Language {
    /// The refusal as a whole; its English is the one of hub-core.
    pub fn refusal(self, refusal: &HubError) -> String {
        if self == Language::English {
            return refusal.to_string();
        }
        let place = refusal.place.as_ref().map(|place| format!("{}: ", self.place(place)));
        let sentence = self.rule(refusal.rule);
        let seen = refusal.seen.as_ref().map(|seen| format!("; {}", self.seen(&self.term(seen))));
        let advice = refusal.advice.as_ref().map(|advice| format!(". {}", self.said(advice)));
        let [place, seen, advice] = [place, seen, advice].map(Option::unwrap_or_default);
        format!("{place}{} ({}{seen}){advice}", sentence.trim_end_matches('.'), refusal.rule.id)
    }

    /// Where: field, line, or row and column.
    pub fn place(self, place: &Place) -> String {
        match place {
            Place::Field(field) => field.to_string(),
            Place::Line(line) => self.say("place-line", &[("line", (*line).into())]),
            Place::Cell { row, line, column } => {
                let row = if row == line { self.row(*row) } else { self.row_and_line(*row, *line) };
                match column {
                    Some(column) => format!("{row}, {}", self.column(column)),
                    None => row,
                }
            }
        }
    }

    /// A row, counted with the header as row 1.
    pub fn row(self, row: u64) -> String {
        self.say("place-row", &[("row", row.into())])
    }

    fn row_and_line(self, row: u64, line: u64) -> String {
        self.say("place-row-and-line", &[("row", row.into()), ("line", line.into())])
    }

    /// A column by its header.
    pub fn column(self, header: &str) -> String {
        self.say("place-column", &[("column", header.into())])
    }

    /// What was seen there.
    pub fn seen(self, seen: &str) -> String {
        self.say("refusal-seen", &[("seen", seen.into())])
    }
}
