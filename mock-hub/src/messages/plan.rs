//! A plan in words: what would happen to a row, which value would change, what else to know.

use hub_core::record::RowOutcome;
use hub_rules::notes;

use super::Language;

impl Language {
    /// What would happen to a row.
    pub fn planned(self, outcome: RowOutcome) -> String {
        self.text(match outcome {
            RowOutcome::Added => "action-add",
            RowOutcome::Updated => "action-update",
            RowOutcome::Removed => "action-remove",
            RowOutcome::Failed => "action-refuse",
            RowOutcome::Unchanged => "action-keep",
        })
    }

    /// A value that would change: its column, and what stands there before and after.
    pub fn change(self, column: &str, from: Option<&str>, to: Option<&str>) -> String {
        let named = match column {
            "Package" => self.text("column-package"),
            "Base licences" => self.text("column-base-licences"),
            header => header.to_owned(),
        };
        let column = ("column", named.as_str().into());
        match (from, to) {
            (Some(from), Some(to)) => {
                self.say("detail-from-to", &[column, ("from", from.into()), ("to", to.into())])
            }
            (None, Some(to)) => self.say("detail-to", &[column, ("to", to.into())]),
            (Some(from), None) => self.say("detail-gone", &[column, ("from", from.into())]),
            (None, None) => named,
        }
    }

    /// A note, by its id and that of its rule, which so many rows have.
    pub fn counted_note(self, rule: &str, note: &str, count: usize) -> String {
        let count = ("count", count.into());
        match note {
            id if id == notes::GETS_BASE_LICENSES.id => self.say("notes-get-base-licenses", &[count]),
            id if id == notes::HAS_NO_PREFERRED_SITE.id => self.say("notes-have-no-preferred-site", &[count]),
            id if id == notes::PLACE_IS_IGNORED.id => self.say("notes-ignore-place", &[count]),
            id if id == notes::READ_ONLY_CELL_IS_IGNORED.id => {
                self.say("notes-ignore-read-only-cell", &[count])
            }
            _ => {
                let says = hub_rules::find(rule).map(|rule| self.rule(rule)).unwrap_or_default();
                self.say("notes-other", &[count, ("says", says.into())])
            }
        }
    }
}
