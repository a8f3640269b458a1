//! What is wrong with a journal, in words. What SQLite, PostgreSQL or the system say of it stays in theirs.

use hub_store::{Flaw, OpeningAdvice, StoreError};

use super::Language;

impl Language {
    /// What is wrong with an entry. What only a hub that serves finds out is said in English.
    pub fn flaw(self, flaw: &Flaw) -> String {
        match flaw {
            Flaw::Broken { column } => self.say("flaw-broken", &[("column", (*column).into())]),
            Flaw::Unreadable { column } => self.say("flaw-unreadable", &[("column", (*column).into())]),
            Flaw::Lost => self.text("flaw-lost"),
            Flaw::Displaced { found } => self.say("flaw-displaced", &[("found", (*found).into())]),
            Flaw::Misnumbered { said } => self.say("flaw-misnumbered", &[("said", (*said).into())]),
            Flaw::Misnamed => self.text("flaw-misnamed"),
            Flaw::StartsNothing => self.text("flaw-starts-nothing"),
            Flaw::StartsAgain => self.text("flaw-starts-again"),
            Flaw::NoSnapshot { snapshot } => {
                self.say("flaw-no-snapshot", &[("snapshot", (&**snapshot).into())])
            }
            Flaw::ForkOfLost { parent, seq } => {
                self.say("flaw-fork-of-lost", &[("parent", parent.as_str().into()), ("seq", (*seq).into())])
            }
            Flaw::Orphaned { .. } | Flaw::Unreachable { .. } | Flaw::NoBeginning => flaw.to_string(),
        }
    }

    /// Why a journal cannot be looked at or made.
    pub fn store_error(self, error: &StoreError) -> String {
        match error {
            StoreError::NotOpened { journal, why, advice } => {
                let advice = self.text(advice_id(*advice));
                let arguments = [("journal", journal.into()), ("why", why.into()), ("advice", advice.into())];
                self.say("journal-not-opened", &arguments)
            }
            StoreError::UnknownFormat { found, known } => {
                let arguments = [("found", (*found).into()), ("known", (*known).into())];
                self.say("journal-format-is-unknown", &arguments)
            }
            StoreError::AddressMalformed { why } => self.say("journal-address", &[("why", why.into())]),
            StoreError::Unavailable { doing, source } | StoreError::Journal { doing, source } => {
                let arguments = [("doing", doing.into()), ("why", source.to_string().into())];
                self.say("journal-unavailable", &arguments)
            }
            other => other.to_string(),
        }
    }
}

fn advice_id(advice: OpeningAdvice) -> &'static str {
    match advice {
        OpeningAdvice::LetItWrite => "journal-let-it-write",
        OpeningAdvice::MakeItsFolder => "journal-make-its-folder",
        OpeningAdvice::SeeTheDisk => "journal-see-the-disk",
        OpeningAdvice::Recover => "journal-recover",
        OpeningAdvice::Restore => "journal-restore",
        OpeningAdvice::NameAFile => "journal-name-a-file",
        OpeningAdvice::NameADatabase => "journal-name-a-database",
    }
}
