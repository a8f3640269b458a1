//! Bytes to a sheet: encoding, header, rows with their position. Knows nothing of what cells mean.

use std::borrow::Cow;
use std::sync::Arc;

use hub_rules::bulk::{
    FILE_HAS_CONTENT, FILE_HAS_ROWS, FILE_IS_UTF8, HEADER_IS_KNOWN, HEADER_STANDS_ONCE,
    KEY_COLUMN_IS_PRESENT, QUOTES_ARE_CLOSED, ROW_HAS_A_CELL_PER_COLUMN,
};
use hub_rules::{advice, sights};
use memchr::memchr_iter;

use super::cells::Cells;
use super::columns::{Column, KEY_HEADER, Layout};
use crate::error::shortened;
use crate::{HubError, Place};

/// The header is row 1 (CSV-024).
const HEADER_ROW: u64 = 1;
/// How many cells of a row are looked at one by one: no header has as many columns, and a file may be one of commas.
const MOST_CELLS: usize = 1000;
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file whose header is lawful.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    text: &'a str,
    /// In the order in which cells are checked, whatever order the file has (CSV-041): number and extension before
    /// all others, which come as in the template.
    columns: Arc<[SheetColumn]>,
    email_position: usize,
    header: Box<[Box<str>]>,
    cells: Cells<'a>,
    row: u64,
    /// Byte and line where the last row that was read begins.
    last_row: (usize, u64),
}

/// A column of a file.
#[derive(Debug)]
pub(super) struct SheetColumn {
    pub(super) position: usize,
    pub(super) column: Column,
    pub(super) header: Box<str>,
    pub(super) is_suspended: bool,
}

/// A row of a file.
pub(super) struct Row<'a> {
    /// Row number; the header is row 1 (CSV-024).
    pub(super) number: u64,
    /// Line of the file where the row begins.
    pub(super) line: u64,
    /// Byte of the file where the row begins.
    pub(super) begins_at: usize,
    pub(super) columns: Arc<[SheetColumn]>,
    email_position: usize,
    /// As many as there are columns; how many there are in all.
    cells: Vec<Cow<'a, str>>,
    count: usize,
    /// The text from the row on.
    text: &'a str,
}

impl<'a> Sheet<'a> {
    /// Opens a file. Refused when it is empty, not UTF-8, or its header is at fault.
    pub(super) fn open(file: &'a [u8], layout: &Layout) -> Result<Self, HubError> {
        let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
        let text = std::str::from_utf8(file).map_err(|error| not_utf8(file, error.valid_up_to()))?;
        if text.trim_start().is_empty() {
            return Err(HubError::broken(&FILE_HAS_CONTENT));
        }
        let mut cells = Cells::of(text);
        let (header, has_key) = read_names(&mut cells);
        let columns = read_header(&header, has_key, layout)?;
        let email = columns.iter().find(|known| known.column == Column::Email);
        let email_position = email.expect("the header has the key column").position;
        Ok(Sheet {
            text,
            columns: columns.into(),
            email_position,
            header,
            cells,
            row: HEADER_ROW,
            last_row: (0, 1),
        })
    }

    /// The same columns over rows that stand below the header's line.
    pub(super) fn over<'b>(self, rows: &'b str) -> Sheet<'b> {
        let Sheet { columns, email_position, header, .. } = self;
        let cells = Cells::from_line(HEADER_ROW + 1, rows);
        Sheet { text: rows, columns, email_position, header, cells, row: HEADER_ROW, last_row: (0, 1) }
    }

    /// How many lines below the header's were read.
    pub(super) fn lines_passed(&self) -> u64 {
        self.cells.line() - HEADER_ROW - 1
    }

    /// The next row, if there is one. A row of the wrong length is given all the same; see [`Row::check_length`].
    pub(super) fn next_row(&mut self) -> Option<Row<'a>> {
        let (begins_at, line) = self.cells.next_row()?;
        self.row += 1;
        // A file whose lines end in CR has at least as many lines as rows.
        let line = line.max(self.row);
        self.last_row = (begins_at, line);
        let (cells, count) = self.cells.rest_of_row(self.columns.len());
        Some(Row {
            number: self.row,
            line,
            begins_at,
            columns: self.columns.clone(),
            email_position: self.email_position,
            cells,
            count,
            text: &self.text[begins_at..],
        })
    }

    /// As many rows as the file can have, but no more than `max`; counts line ends, which is fast.
    pub(super) fn rows_at_most(&self, max: u64) -> usize {
        let count = |line_end| memchr_iter(line_end, self.text.as_bytes()).count();
        usize::try_from(max).unwrap_or(usize::MAX).min(count(b'\n') + count(b'\r'))
    }

    /// Refuses a file that ended without a row (CSV-003) or within quotes (CSV-032), which swallow what follows.
    pub(super) fn finish(&self) -> Result<(), HubError> {
        if self.row == HEADER_ROW {
            return Err(HubError::broken(&FILE_HAS_ROWS));
        }
        let (begins_at, line) = self.last_row;
        if ends_in_quotes(&self.text.as_bytes()[begins_at..], b',') {
            let mut refusal = HubError::broken(&QUOTES_ARE_CLOSED);
            refusal.place = Some(Place::Cell { row: self.row, line, column: None });
            return Err(refusal.advise(&advice::QUOTE_IS_IN_THIS_ROW));
        }
        Ok(())
    }

    /// The header as written.
    pub(super) fn header(&self) -> Box<[Box<str>]> {
        self.header.clone()
    }

    pub(super) fn has_column(&self, column: Column) -> bool {
        self.columns.iter().any(|known| known.column == column)
    }
}

/// Whether rows end within quotes, read as the CSV reader reads them: a quote opens a cell only at its beginning.
pub(super) fn ends_in_quotes(rows: &[u8], delimiter: u8) -> bool {
    let (mut is_quoted, mut closed_at) = (false, None);
    for at in memchr_iter(b'"', rows) {
        if is_quoted {
            (is_quoted, closed_at) = (false, Some(at));
            continue;
        }
        let before = at.checked_sub(1);
        let begins_cell = |before: usize| rows[before] == delimiter || matches!(rows[before], b'\r' | b'\n');
        // A doubled quote closes and opens again, which comes to the same.
        is_quoted = before.is_none_or(begins_cell) || before == closed_at;
    }
    is_quoted
}

fn not_utf8(file: &[u8], valid_up_to: usize) -> HubError {
    let line = 1 + file[..valid_up_to].iter().filter(|byte| **byte == b'\n').count() as u64;
    let byte = format!("0x{:02x}", file[valid_up_to]);
    let mut refusal = HubError::broken(&FILE_IS_UTF8).saw_that(sights::BYTE.with("byte", byte));
    refusal.place = Some(Place::Line(line));
    refusal.advise(&advice::SAVE_AS_UTF8)
}

/// The names in the header as written, no more than anybody compares, and whether the key column is among all of them.
fn read_names(cells: &mut Cells<'_>) -> (Box<[Box<str>]>, bool) {
    cells.next_row();
    let (mut names, mut has_key) = (Vec::new(), false);
    loop {
        let (name, is_last) = cells.next_cell();
        has_key |= name.trim() == KEY_HEADER;
        if names.len() < MOST_CELLS {
            names.push(name.into());
        }
        if is_last {
            return (names.into(), has_key);
        }
    }
}

fn read_header(header: &[Box<str>], has_key: bool, layout: &Layout) -> Result<Vec<SheetColumn>, HubError> {
    let at = |rule, name: &str| {
        let mut refusal = HubError::broken(rule);
        refusal.place = Some(Place::Cell { row: 1, line: 1, column: Some(shortened(name)) });
        refusal
    };
    if !has_key {
        let refusal = at(&KEY_COLUMN_IS_PRESENT, KEY_HEADER);
        let is_similar = |name: &&str| layout.similar(name).as_deref() == Some(KEY_HEADER);
        let names_mail = |name: &&str| name.to_lowercase().contains("mail");
        let mut names = header.iter().map(|name| &**name);
        let similar = names.clone().find(is_similar).or_else(|| names.find(names_mail));
        return Err(match similar {
            Some(name) => refusal.saw(name),
            None => refusal,
        });
    }
    let mut columns: Vec<SheetColumn> = Vec::with_capacity(header.len());
    for (position, name) in header.iter().map(|name| name.trim()).enumerate() {
        let Some((column, is_suspended)) = layout.find(name) else {
            let refusal = at(&HEADER_IS_KNOWN, name);
            let nearest = || nearest_header(name, layout).map(|header| advice::NEAREST.with("name", header));
            return Err(match layout.advice(name).or_else(nearest) {
                Some(advice) => refusal.advise(advice),
                None => refusal,
            });
        };
        if columns.iter().any(|known| known.column == column) {
            return Err(at(&HEADER_STANDS_ONCE, name));
        }
        columns.push(SheetColumn { position, column, header: name.into(), is_suspended });
    }
    let is_late = |column| !matches!(column, Column::PhoneNumber | Column::Extension);
    columns.sort_by_key(|known| (is_late(known.column), layout.position(known.column)));
    Ok(columns)
}

/// The header that this one is most like, whatever subscription stands behind it.
fn nearest_header(name: &str, layout: &Layout) -> Option<String> {
    let (bare, _) = name.split_once(" [").unwrap_or((name, ""));
    let nearest = crate::nearest(bare, layout.headers().map(|(column, _)| column.name()))?;
    layout.headers().find(|(column, _)| column.name() == nearest).map(|(_, header)| header)
}

impl<'a> Row<'a> {
    /// The cell at a position of the header, trimmed; a blank one is none (CSV-022).
    #[inline]
    pub(super) fn cell(&self, position: usize) -> Option<&str> {
        let written = self.cells.get(position).filter(|cell| !cell.is_empty())?;
        Some(trimmed(written)).filter(|cell| !cell.is_empty())
    }

    /// Refuses a row with more or fewer cells than the header (CSV-010).
    pub(super) fn check_length(&self) -> Result<(), HubError> {
        let (cells, columns) = (self.count, self.columns.len());
        if cells == columns {
            return Ok(());
        }
        let refusal = self.broken(&ROW_HAS_A_CELL_PER_COLUMN, None);
        let refusal =
            refusal.saw_that(sights::CELLS_UNDER_COLUMNS.with("cells", cells).with("columns", columns));
        Err(refusal.advise(&advice::QUOTE_CELLS))
    }

    /// A refusal in this row.
    pub(super) fn broken(&self, rule: &'static hub_rules::Rule, column: Option<Column>) -> HubError {
        self.place(HubError::broken(rule), column)
    }

    /// Says that a refusal happened in this row, in this column or the one its field stands for.
    pub(super) fn place(&self, mut refusal: HubError, column: Option<Column>) -> HubError {
        let column = column.or_else(|| refusal.field().and_then(column_of_field));
        refusal.place = Some(Place::Cell {
            row: self.number,
            line: self.line,
            column: column.map(|column| self.header_of(column)),
        });
        refusal
    }

    /// Says that a refusal happened in this row, unless it knows its cell already.
    pub(super) fn place_if_absent(&self, refusal: HubError) -> HubError {
        match refusal.place {
            Some(Place::Cell { .. }) => refusal,
            _ => self.place(refusal, None),
        }
    }

    fn header_of(&self, column: Column) -> String {
        let known = self.columns.iter().find(|known| known.column == column);
        known.map_or_else(|| column.name().to_owned(), |known| known.header.to_string())
    }

    /// All cells as written. Of more than anybody means to write, the last ones stand together in one.
    pub(super) fn all_cells(&self) -> Box<[Box<str>]> {
        let mut cells = Cells::of(self.text);
        let (mut all, mut is_last) = (Vec::new(), false);
        while !is_last && all.len() < MOST_CELLS {
            let cell;
            (cell, is_last) = cells.next_cell();
            all.push(cell.into());
        }
        if !is_last {
            all.push(cells.text_of_row().into());
        }
        all.into()
    }

    /// The cell of the key column, for reports.
    pub(super) fn email_cell(&self) -> &str {
        self.cell(self.email_position).unwrap_or_default()
    }

    /// The same, as a piece of the file where it is one.
    pub(super) fn email(&self) -> Cow<'a, str> {
        match self.cells.get(self.email_position) {
            Some(Cow::Borrowed(cell)) => trimmed(cell).into(),
            Some(Cow::Owned(cell)) => trimmed(cell).to_owned().into(),
            None => "".into(),
        }
    }
}

/// A cell without the spaces around it, which most cells do not have.
#[inline]
fn trimmed(cell: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = cell.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) { cell } else { cell.trim() }
}

/// The column that says what a field of the API says.
fn column_of_field(field: &str) -> Option<Column> {
    match field {
        "email" => Some(Column::Email),
        "locationId" => Some(Column::Location),
        "primaryPhoneNumber" => Some(Column::PhoneNumber),
        "extension" => Some(Column::Extension),
        _ => None,
    }
}
