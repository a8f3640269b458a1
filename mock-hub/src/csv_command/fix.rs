//! `--fix`: a corrected copy beside the file, and what was corrected in it.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hub_core::bulk::{self, Correction, LeftAlone, Sharing};
use serde::Serialize;

use super::input::Input;
use super::{Fault, print};
use crate::messages::Language;

/// A copy that was written, or that was not: nothing is to be corrected, or the file goes on beyond what was read of it.
#[derive(Debug, Serialize)]
pub(super) struct Corrected {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<PathBuf>,
    #[serde(skip)]
    is_cut: bool,
    corrections: Vec<CorrectionBody>,
    #[serde(rename = "leftAlone")]
    left_alone: Vec<LeftAloneBody>,
}

/// A row that was not corrected, because another is in its way.
#[derive(Debug, Serialize)]
struct LeftAloneBody {
    row: u64,
    with: u64,
    message: String,
}

/// One correction.
#[derive(Debug, Serialize)]
struct CorrectionBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    message: String,
}

/// `users.fixed.csv` for `users.csv`.
pub(super) fn beside(file: &Path) -> PathBuf {
    let mut name: OsString = file.file_stem().unwrap_or_default().to_owned();
    name.push(".fixed");
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

impl Corrected {
    /// Corrects what was read, and writes it unless nothing changed or that is only the beginning of a file that is refused.
    pub(super) fn write(
        input: &mut Input,
        out: PathBuf,
        is_forced: bool,
        language: Language,
    ) -> Result<Self, Fault> {
        let fixed = bulk::fix(&input.bytes);
        input.bytes = fixed.file;
        let file = match input.is_cut || fixed.corrections.is_empty() {
            true => None,
            false => {
                write(&out, &input.bytes, is_forced)
                    .map_err(|error| Fault::Outside(format!("{}: {error}", out.display())))?;
                Some(out)
            }
        };
        let corrections = fixed.corrections.iter().map(|correction| body(correction, language));
        let left_alone = fixed.left_alone.iter().map(|left| left_alone_body(left, language));
        Ok(Corrected {
            file,
            is_cut: input.is_cut,
            corrections: corrections.collect(),
            left_alone: left_alone.collect(),
        })
    }

    /// The copy, if one was written.
    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    /// What was corrected, for a person.
    pub(super) fn report(&self, language: Language) -> String {
        if self.is_cut {
            return String::new();
        }
        let title = match &self.file {
            Some(file) => language.say("fix-title", &[("file", file.display().to_string().into())]),
            None => language.text("fix-none"),
        };
        let mut text = print::title(&title) + "\n";
        for CorrectionBody { row, column, message, .. } in &self.corrections {
            let row = row.map(|row| language.row(row));
            let column = column.as_ref().map(|column| language.column(column));
            let place = [row, column].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let separator = if place.is_empty() { "" } else { ": " };
            writeln!(text, "  {place}{separator}{message}").expect("texts can be written to");
        }
        for LeftAloneBody { message, .. } in &self.left_alone {
            writeln!(text, "  {message}").expect("texts can be written to");
        }
        text + "\n"
    }
}

/// What `--fix` would do for a file that is at fault.
pub(super) fn hint(input: &Input, language: Language) -> String {
    match bulk::fix(&input.bytes).corrections.len() {
        0 => String::new(),
        count => language.say("fix-hint", &[("count", count.into())]) + "\n",
    }
}

/// Never through a link: what `out` is called is replaced, not what it leads to.
fn write(out: &Path, bytes: &[u8], is_forced: bool) -> io::Result<()> {
    if !is_forced {
        return OpenOptions::new().write(true).create_new(true).open(out)?.write_all(bytes);
    }
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = out.with_file_name(name);
    fs::write(&new, bytes)?;
    fs::rename(&new, out)
}

fn left_alone_body(left: &LeftAlone, language: Language) -> LeftAloneBody {
    let LeftAlone { row, sharing, with } = *left;
    let arguments = [("row", row.to_string().into()), ("with", with.to_string().into())];
    let message = match sharing {
        Sharing::Address => language.say("fix-left-alone-address", &arguments),
        Sharing::Number => language.say("fix-left-alone-number", &arguments),
    };
    LeftAloneBody { row, with, message }
}

fn body(correction: &Correction, language: Language) -> CorrectionBody {
    let plain = |message| CorrectionBody { row: None, column: None, from: None, to: None, message };
    let counted = |id: &str, count: &usize| language.say(id, &[("count", (*count).into())]);
    match correction {
        Correction::ByteOrderMark => plain(language.text("fix-byte-order-mark")),
        Correction::Encoding(encoding) => {
            plain(language.say("fix-encoding", &[("encoding", encoding.name().into())]))
        }
        Correction::Delimiter(';') => plain(language.text("fix-delimiter-semicolon")),
        Correction::Delimiter(_) => plain(language.text("fix-delimiter-tab")),
        Correction::EmptyColumns { count } => plain(counted("fix-empty-columns", count)),
        Correction::EmptyRows { first, count } => {
            CorrectionBody { row: Some(*first), ..plain(counted("fix-empty-rows", count)) }
        }
        Correction::EmptyCells { row, count } => {
            CorrectionBody { row: Some(*row), ..plain(counted("fix-empty-cells", count)) }
        }
        Correction::Cell { row, column, from, to } => CorrectionBody {
            row: Some(*row),
            column: Some(column.clone()),
            from: Some(from.clone()),
            to: Some(to.clone()),
            message: language.say("fix-cell", &[("from", from.into()), ("to", to.into())]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stands_beside_its_file() {
        assert_eq!(beside(Path::new("a/users.csv")), Path::new("a/users.fixed.csv"));
        assert_eq!(beside(Path::new("users")), Path::new("users.fixed"));
        assert_eq!(beside(Path::new("users.2026.CSV")), Path::new("users.2026.fixed.CSV"));
    }
}
