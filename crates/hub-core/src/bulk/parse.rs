//! Bytes to a sheet: encoding, header, rows with their position. Knows nothing of what cells mean.

use csv::{ReaderBuilder, StringRecord};
use hub_rules::bulk::{
    FILE_HAS_CONTENT, FILE_HAS_ROWS, FILE_IS_UTF8, HEADER_IS_KNOWN, HEADER_STANDS_ONCE,
    KEY_COLUMN_IS_PRESENT, QUOTES_ARE_CLOSED, ROW_HAS_A_CELL_PER_COLUMN,
};
use hub_rules::{advice, sights};

use super::columns::{Column, KEY_HEADER, Layout};
use crate::error::shortened;
use crate::{HubError, Place};

/// The header is row 1 (CSV-024).
const HEADER_ROW: u64 = 1;
/// How many headers are looked at for one that was meant to be another.
const MOST_COMPARED: usize = 1000;
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file whose header is lawful.
pub(super) struct Sheet<'a> {
    file: &'a [u8],
    /// In the order in which cells are checked, whatever order the file has (CSV-041): number and extension before
    /// all others, which come as in the template.
    columns: Vec<SheetColumn>,
    email_position: usize,
    reader: csv::Reader<&'a [u8]>,
    header: StringRecord,
    record: StringRecord,
    row: u64,
    /// Byte and line where the last row that was read begins.
    last_row: (u64, u64),
}

/// A column of a file.
pub(super) struct SheetColumn {
    pub(super) position: usize,
    pub(super) column: Column,
    pub(super) header: Box<str>,
    pub(super) is_suspended: bool,
}

/// A row of a file.
pub(super) struct Row<'s> {
    /// Row number; the header is row 1 (CSV-024).
    pub(super) number: u64,
    /// Line of the file where the row begins.
    pub(super) line: u64,
    /// Byte of the file where the row begins.
    pub(super) begins_at: u64,
    pub(super) columns: &'s [SheetColumn],
    email_position: usize,
    record: &'s StringRecord,
}

impl<'a> Sheet<'a> {
    /// Opens a file. Refused when it is empty, not UTF-8, or its header is at fault.
    pub(super) fn open(file: &'a [u8], layout: &Layout) -> Result<Self, HubError> {
        let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
        let text = std::str::from_utf8(file).map_err(|error| not_utf8(file, error.valid_up_to()))?;
        if text.trim().is_empty() {
            return Err(HubError::broken(&FILE_HAS_CONTENT));
        }
        let mut builder = ReaderBuilder::new();
        let mut reader = builder.has_headers(false).flexible(true).from_reader(file);
        let mut header = StringRecord::new();
        reader.read_record(&mut header).expect("reading UTF-8 from memory does not fail");
        let columns = read_header(&header, layout)?;
        let email = columns.iter().find(|known| known.column == Column::Email);
        let email_position = email.expect("the header has the key column").position;
        Ok(Sheet {
            file,
            columns,
            email_position,
            reader,
            header,
            record: StringRecord::new(),
            row: HEADER_ROW,
            last_row: (0, 1),
        })
    }

    /// The next row, if there is one. A row of the wrong length is given all the same; see [`Row::check_length`].
    pub(super) fn next_row(&mut self) -> Option<Row<'_>> {
        let has_row =
            self.reader.read_record(&mut self.record).expect("reading UTF-8 from memory does not fail");
        if !has_row {
            return None;
        }
        self.row += 1;
        let begins_at = self.record.position().map_or(0, csv::Position::byte);
        let line = self.line_of_row(begins_at);
        self.last_row = (begins_at, line);
        Some(Row {
            number: self.row,
            line,
            begins_at,
            columns: &self.columns,
            email_position: self.email_position,
            record: &self.record,
        })
    }

    /// The reader counts line feeds, up to where the row before ended: blank lines in between come on top, and
    /// a file whose lines end in CR has at least as many lines as rows.
    fn line_of_row(&self, begins_at: u64) -> u64 {
        let counted = self.record.position().map_or(self.row, csv::Position::line);
        let rest =
            usize::try_from(begins_at).ok().and_then(|begin| self.file.get(begin..)).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blank_lines = blank.filter(|byte| **byte == b'\n').count() as u64;
        (counted + blank_lines).max(self.row)
    }

    /// As many rows as the file can have, but no more than `max`; counts line ends, which is fast.
    pub(super) fn rows_at_most(&self, max: u64) -> usize {
        let lines = self.file.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
        usize::try_from(max).unwrap_or(usize::MAX).min(lines)
    }

    /// Refuses a file that ended without a row (CSV-003) or within quotes (CSV-032), which swallow what follows.
    pub(super) fn finish(&self) -> Result<(), HubError> {
        if self.row == HEADER_ROW {
            return Err(HubError::broken(&FILE_HAS_ROWS));
        }
        let (begins_at, line) = self.last_row;
        let last_row = usize::try_from(begins_at).ok().and_then(|begin| self.file.get(begin..));
        if ends_in_quotes(last_row.unwrap_or_default(), b',') {
            let mut refusal = HubError::broken(&QUOTES_ARE_CLOSED);
            refusal.place = Some(Place::Cell { row: self.row, line, column: None });
            return Err(refusal.advise(&advice::QUOTE_IS_IN_THIS_ROW));
        }
        Ok(())
    }

    /// The header as written.
    pub(super) fn header(&self) -> Box<[Box<str>]> {
        self.header.iter().map(Box::from).collect()
    }

    pub(super) fn has_column(&self, column: Column) -> bool {
        self.columns.iter().any(|known| known.column == column)
    }
}

/// Whether rows end within quotes, read as the CSV reader reads them: a quote opens a cell only at its beginning.
pub(super) fn ends_in_quotes(rows: &[u8], delimiter: u8) -> bool {
    let (mut is_quoted, mut is_cell_begin) = (false, true);
    for byte in rows {
        // A doubled quote closes and opens again, which comes to the same.
        match byte {
            b'"' if is_quoted => (is_quoted, is_cell_begin) = (false, true),
            b'"' if is_cell_begin => is_quoted = true,
            _ => is_cell_begin = *byte == delimiter || matches!(byte, b'\r' | b'\n'),
        }
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

fn read_header(header: &StringRecord, layout: &Layout) -> Result<Vec<SheetColumn>, HubError> {
    let at = |rule, name: &str| {
        let mut refusal = HubError::broken(rule);
        refusal.place = Some(Place::Cell { row: 1, line: 1, column: Some(shortened(name)) });
        refusal
    };
    if !header.iter().any(|name| name.trim() == KEY_HEADER) {
        let refusal = at(&KEY_COLUMN_IS_PRESENT, KEY_HEADER);
        let is_similar = |name: &&str| layout.similar(name).as_deref() == Some(KEY_HEADER);
        let names_mail = |name: &&str| name.to_lowercase().contains("mail");
        // A header is compared no further than somebody would read it: the file may be one of nothing but columns.
        let named = || header.iter().take(MOST_COMPARED);
        let similar = named().find(is_similar).or_else(|| named().find(names_mail));
        return Err(match similar {
            Some(name) => refusal.saw(name),
            None => refusal,
        });
    }
    let mut columns: Vec<SheetColumn> = Vec::with_capacity(header.len());
    for (position, name) in header.iter().map(str::trim).enumerate() {
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

impl<'s> Row<'s> {
    /// The cell at a position of the header, trimmed; a blank one is none (CSV-022).
    pub(super) fn cell(&self, position: usize) -> Option<&'s str> {
        self.record.get(position).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// Refuses a row with more or fewer cells than the header (CSV-010).
    pub(super) fn check_length(&self) -> Result<(), HubError> {
        let (cells, columns) = (self.record.len(), self.columns.len());
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

    /// All cells as written, however many there are.
    pub(super) fn cells(&self) -> Box<[Box<str>]> {
        self.record.iter().map(Box::from).collect()
    }

    /// The cell of the key column, for reports.
    pub(super) fn email_cell(&self) -> &'s str {
        self.cell(self.email_position).unwrap_or_default()
    }
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
