//! Refusals: which rule was broken, where, and what was seen.

use std::borrow::Cow;
use std::fmt;

use hub_rules::{Rule, Said, Term};

/// The refusal of an operation, a row or a file; cites exactly one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubError {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// Where, if a place is known.
    pub place: Option<Place>,
    /// What was seen there.
    pub seen: Option<Term>,
    /// What to do about it, where the rule's sentence does not say so already.
    pub advice: Option<Said>,
}

/// Where a rule was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A field of a request, such as `address.country`, or a column of a row.
    Field(Cow<'static, str>),
    /// A line of a file that could not be parted into rows.
    Line(u64),
    /// A row of a file, counted with the header as row 1, and the column if one is at fault.
    Cell {
        /// Row number; the header is row 1.
        row: u64,
        /// Line of the file where the row begins, which differs where cells contain line breaks.
        line: u64,
        /// Header of the column.
        column: Option<String>,
    },
}

impl HubError {
    /// The refusal that says `rule` was broken.
    pub fn broken(rule: &'static Rule) -> Self {
        HubError { rule, place: None, seen: None, advice: None }
    }

    /// Names the field. A place that was named before, nearer to the fault, stays.
    #[must_use]
    pub fn at(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.place.get_or_insert(Place::Field(field.into()));
        self
    }

    /// Names what was seen, shortened where it is long.
    #[must_use]
    pub fn saw(mut self, seen: impl fmt::Display) -> Self {
        self.seen = Some(shortened(&seen.to_string()).into());
        self
    }

    /// Says what was seen, where it is not a text that somebody else wrote: see [`hub_rules::sights`].
    #[must_use]
    pub fn saw_that(mut self, seen: Said) -> Self {
        self.seen = Some(seen.into());
        self
    }

    /// Says what to do about it: a phrase of [`hub_rules::advice`], with what stands in its places.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<Said>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Suggests the nearest of the known names, if one can be meant.
    #[must_use]
    pub fn near<'n>(self, wanted: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        match crate::nearest(wanted, known) {
            Some(name) => self.advise(hub_rules::advice::NEAREST.with("name", name)),
            None => self,
        }
    }

    /// The field or column at fault.
    pub fn field(&self) -> Option<&str> {
        match self.place.as_ref()? {
            Place::Field(field) => Some(field),
            Place::Line(_) => None,
            Place::Cell { column, .. } => column.as_deref(),
        }
    }
}

/// The beginning of a text that somebody else wrote, however long it is.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The rule's sentence without its full stop, then place, sight and advice; fit for an error body.
impl fmt::Display for HubError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(Place::Field(field)) => write!(f, "{field}: ")?,
            Some(Place::Line(line)) => write!(f, "line {line}: ")?,
            Some(Place::Cell { row, line, column }) => {
                write!(f, "row {row}")?;
                if row != line {
                    write!(f, " (line {line})")?;
                }
                match column {
                    Some(column) => write!(f, ", column `{column}`: ")?,
                    None => f.write_str(": ")?,
                }
            }
            None => {}
        }
        write!(f, "{} ({}", self.rule.says.trim_end_matches('.'), self.rule.id)?;
        if let Some(seen) = &self.seen {
            write!(f, "; saw `{seen}`")?;
        }
        f.write_str(")")?;
        match &self.advice {
            Some(advice) => write!(f, ". {advice}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for HubError {}
