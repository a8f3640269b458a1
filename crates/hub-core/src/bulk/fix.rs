//! Correcting a file where it is at fault in form only and nobody can be in doubt about what is meant.
//!
//! Encoding, what stands between cells, spelling of headers, spaces, empty columns and rows at the end, signs in phone
//! numbers, words for TRUE and FALSE. No package, location or site is guessed. Rows that need nothing keep their bytes.
//!
//! A row that an import would take keeps its meaning, with one exception: `mailto:` in front of an address, which no
//! address begins with. Nor does it become one that is refused: rows that share an address, or a number, with another
//! row of the file are left alone, because corrected they would be in each other's way.

mod cells;

use std::collections::HashMap;

use super::columns::{Column, Layout};
use super::form::{self, Encoding};
use super::parse::ends_in_quotes;

/// A corrected file and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The file; the same bytes if nothing was done.
    pub file: Vec<u8>,
    /// What was done, the whole file first, then row by row.
    pub corrections: Vec<Correction>,
    /// What was not done although only one thing can be meant, row by row.
    pub left_alone: Vec<LeftAlone>,
}

/// What a row shares with another, so that it is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Its address: nothing in the row is corrected but spaces.
    Address,
    /// A number: its cell is not corrected but for spaces.
    Number,
}

/// A row that would have been corrected, were it not for another. Counted as in the file before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftAlone {
    /// The row.
    pub row: u64,
    /// What it shares.
    pub sharing: Sharing,
    /// The first of the others that it shares it with.
    pub with: u64,
}

/// One thing that was corrected. Rows are counted as in the file before, with the header as row 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named after what it holds")]
pub enum Correction {
    /// A byte-order mark was left out.
    ByteOrderMark,
    /// The file became UTF-8.
    Encoding(Encoding),
    /// Cells were parted by a semicolon or a tab.
    Delimiter(char),
    /// Columns without header and cells at the end were left out.
    EmptyColumns { count: usize },
    /// Rows without anything at the end were left out.
    EmptyRows { first: u64, count: usize },
    /// Empty cells at the end of a row, under no header, were left out.
    EmptyCells { row: u64, count: usize },
    /// A cell changed; the column is its header as corrected, or its number where it has none.
    Cell { row: u64, column: String, from: String, to: String },
}

/// A row with its place in the text.
struct Line<'t> {
    /// Line ends in front, which belong to empty lines.
    before: &'t str,
    text: &'t str,
    after: &'t str,
    cells: Vec<String>,
    is_changed: bool,
}

/// Corrects a file. One whose encoding is not certain, or whose quotes are not closed, is left as it is.
pub fn fix(file: &[u8]) -> Fixed {
    let unchanged = || Fixed { file: file.to_vec(), corrections: Vec::new(), left_alone: Vec::new() };
    let Some((text, encoding)) = form::decode(file) else { return unchanged() };
    let bare = text.trim_start_matches('\u{feff}');
    let delimiter = form::delimiter_of(bare);
    if ends_in_quotes(bare.as_bytes(), delimiter) {
        return unchanged();
    }
    let mut corrections = Vec::new();
    if bare.len() < text.len() {
        corrections.push(Correction::ByteOrderMark);
    }
    corrections.extend(encoding.map(Correction::Encoding));
    if delimiter != b',' {
        corrections.push(Correction::Delimiter(char::from(delimiter)));
    }
    let mut lines = lines(bare, delimiter);
    if encoding == Some(Encoding::Windows1252) {
        tell_of_letters(&lines, &mut corrections);
    }
    let mut left_alone = Vec::new();
    let dropped = correct(&mut lines, &mut corrections, &mut left_alone);
    if corrections.is_empty() {
        return Fixed { left_alone, ..unchanged() };
    }
    let file = written(&lines[..lines.len() - dropped], delimiter).into_bytes();
    Fixed { file, corrections, left_alone }
}

/// The rows of a text.
fn lines(text: &str, delimiter: u8) -> Vec<Line<'_>> {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader =
        builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    while reader.read_record(&mut record).expect("reading UTF-8 from memory does not fail") {
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).expect("a text fits into memory");
        // The reader ends a row at CR; the LF of CRLF belongs to the same end.
        let is_within_crlf = begin > 0 && text.as_bytes()[begin - 1..].starts_with(b"\r\n");
        found.push((begin + usize::from(is_within_crlf), record.iter().map(str::to_owned).collect()));
    }
    let ends: Vec<usize> = found.iter().skip(1).map(|(begin, _)| *begin).chain([text.len()]).collect();
    let is_end = |c: char| matches!(c, '\r' | '\n');
    let lines = found.into_iter().zip(ends).map(|((begin, cells), end)| {
        let whole = &text[begin..end];
        let rest = whole.trim_start_matches(is_end);
        let row = rest.trim_end_matches(is_end);
        let before = &whole[..whole.len() - rest.len()];
        Line { before, text: row, after: &rest[row.len()..], cells, is_changed: false }
    });
    lines.collect()
}

/// Tells of each cell whose letters were read as Windows-1252, so that somebody can look at them.
fn tell_of_letters(lines: &[Line<'_>], corrections: &mut Vec<Correction>) {
    let header = lines.first().map(|line| line.cells.clone()).unwrap_or_default();
    for (row, line) in (1..).zip(lines) {
        for (position, cell) in line.cells.iter().enumerate().filter(|(_, cell)| !cell.is_ascii()) {
            let unread = |c: char| if c.is_ascii() { c } else { char::REPLACEMENT_CHARACTER };
            let from = cell.chars().map(unread).collect();
            let column = name_of(&header, position);
            corrections.push(Correction::Cell { row, column, from, to: cell.clone() });
        }
    }
}

fn name_of(header: &[String], position: usize) -> String {
    let name = header.get(position).map(|name| name.trim()).filter(|name| !name.is_empty());
    name.map_or_else(|| (position + 1).to_string(), str::to_owned)
}

/// Corrects header and rows; how many rows at the end are dropped.
fn correct(
    lines: &mut [Line<'_>],
    corrections: &mut Vec<Correction>,
    left_alone: &mut Vec<LeftAlone>,
) -> usize {
    let Some((header, rows)) = lines.split_first_mut() else { return 0 };
    let layout = Layout::of_any_organization();
    let mut changes = Vec::new();
    correct_header(header, &layout, &mut changes);
    let mut columns = columns_of(&header.cells, &layout);
    let is_blank = |row: &&Line<'_>| row.cells.iter().all(|cell| cell.trim().is_empty());
    let dropped = rows.iter().rev().take_while(is_blank).count();
    let kept = rows.len() - dropped;
    let named = header.cells.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    let empty = header.cells.len() - named;
    let has_blank_rest = |row: &Line<'_>| row.cells.iter().skip(named).all(|cell| cell.trim().is_empty());
    if named > 0 && empty > 0 && rows[..kept].iter().all(has_blank_rest) {
        corrections.push(Correction::EmptyColumns { count: empty });
        header.cells.truncate(named);
        header.is_changed = true;
        columns.truncate(named);
        for row in rows[..kept].iter_mut().filter(|row| row.cells.len() > named) {
            row.cells.truncate(named);
            row.is_changed = true;
        }
    }
    let shared = Shared::of(&rows[..kept], &columns);
    for (number, row) in (2..).zip(&mut rows[..kept]) {
        left_alone.extend(shared.left_alone(number, row, &columns));
        correct_row(number, row, &header.cells, &columns, &shared, &mut changes);
    }
    corrections.append(&mut changes);
    if dropped > 0 {
        let first = 2 + kept as u64;
        corrections.push(Correction::EmptyRows { first, count: dropped });
    }
    dropped
}

/// Takes spaces off headers and spells them as Control Hub does, unless the column is there already.
fn correct_header(header: &mut Line<'_>, layout: &Layout, changes: &mut Vec<Correction>) {
    for position in 0..header.cells.len() {
        let name = header.cells[position].trim().to_owned();
        let respelled = respelled(&name, layout).filter(|new| {
            let column = layout.find(new).map(|(column, _)| column);
            let others = header.cells.iter().enumerate().filter(|(other, _)| *other != position);
            let stands = |(_, other): (usize, &String)| {
                layout.find(other.trim()).map(|(column, _)| column) == column
                    || respelled(other.trim(), layout).as_ref() == Some(new)
            };
            !others.into_iter().any(stands)
        });
        let to = respelled.unwrap_or(name);
        if to != header.cells[position] {
            let from = std::mem::replace(&mut header.cells[position], to.clone());
            header.is_changed = true;
            changes.push(Correction::Cell { row: 1, column: to.clone(), from, to });
        }
    }
}

/// The header that differs in case or spaces only; subscription and mark of suspension stay as they are.
fn respelled(name: &str, layout: &Layout) -> Option<String> {
    if layout.find(name).is_some() {
        return None;
    }
    let bare = name.find(" [").or_else(|| name.find(" (Suspended)")).unwrap_or(name.len());
    let similar = layout.similar(name)?;
    let new = format!("{similar}{}", &name[bare..]);
    layout.find(&new).map(|_| new)
}

/// What each cell of a row holds, and whether the service of its column is marked as suspended.
fn columns_of(header: &[String], layout: &Layout) -> Vec<Option<(Column, bool)>> {
    header.iter().map(|name| layout.find(name.trim())).collect()
}

/// Addresses and numbers that stand in several rows, as they would be corrected.
struct Shared {
    addresses: HashMap<String, Holders>,
    numbers: HashMap<String, Holders>,
}

/// The first two rows of an address or a number; there may be more.
struct Holders {
    first: u64,
    second: Option<u64>,
}

impl Holders {
    /// Another one than this row.
    fn beside(&self, row: u64) -> Option<u64> {
        self.second.map(|second| if self.first == row { second } else { self.first })
    }
}

impl Shared {
    fn of(rows: &[Line<'_>], columns: &[Option<(Column, bool)>]) -> Self {
        let mut shared = Shared { addresses: HashMap::new(), numbers: HashMap::new() };
        for (number, row) in (2..).zip(rows) {
            for (cell, column) in row.cells.iter().zip(columns) {
                let holders = match column {
                    Some((Column::Email, _)) => shared.addresses.entry(cells::address_of(cell)),
                    Some((Column::PhoneNumber, _)) => shared.numbers.entry(cells::number_of(cell)),
                    _ => continue,
                };
                holders
                    .and_modify(|holders| holders.second = holders.second.or(Some(number)))
                    .or_insert(Holders { first: number, second: None });
            }
        }
        shared
    }

    fn has_address(&self, cell: &str) -> bool {
        self.addresses.get(&cells::address_of(cell)).is_some_and(|holders| holders.second.is_some())
    }

    fn has_number(&self, cell: &str) -> bool {
        self.numbers.get(&cells::number_of(cell)).is_some_and(|holders| holders.second.is_some())
    }
}

impl Shared {
    /// Why a row is not corrected where it would be otherwise: its address, which goes for the whole row, or a number.
    fn left_alone(
        &self,
        number: u64,
        row: &Line<'_>,
        columns: &[Option<(Column, bool)>],
    ) -> Option<LeftAlone> {
        let known = || row.cells.iter().zip(columns).filter_map(|(cell, column)| Some((cell, (*column)?)));
        let withheld = |(cell, (column, is_suspended)): &(&String, (Column, bool))| {
            cells::corrected(*column, *is_suspended, cell.trim()).is_some()
        };
        let address = known().find(|(_, (column, _))| *column == Column::Email);
        let others = address.and_then(|(cell, _)| self.addresses.get(&cells::address_of(cell)));
        if let Some(with) = others.and_then(|holders| holders.beside(number)) {
            let is_longer = row.cells.len() > columns.len();
            let is_blank = || row.cells.iter().skip(columns.len()).all(|cell| cell.trim().is_empty());
            let is_withheld = known().any(|cell| withheld(&cell)) || is_longer && is_blank();
            return is_withheld.then_some(LeftAlone { row: number, sharing: Sharing::Address, with });
        }
        let numbers = known().filter(|(_, (column, _))| *column == Column::PhoneNumber).filter(withheld);
        let mut others = numbers.filter_map(|(cell, _)| self.numbers.get(&cells::number_of(cell)));
        let with = others.find_map(|holders| holders.beside(number))?;
        Some(LeftAlone { row: number, sharing: Sharing::Number, with })
    }
}

fn correct_row(
    number: u64,
    row: &mut Line<'_>,
    header: &[String],
    columns: &[Option<(Column, bool)>],
    shared: &Shared,
    changes: &mut Vec<Correction>,
) {
    let in_column = |(_, column): &(&String, &Option<(Column, bool)>)| {
        column.is_some_and(|(column, _)| column == Column::Email)
    };
    let address = row.cells.iter().zip(columns).find(in_column).map(|(cell, _)| cell.clone());
    let stands_alone = !address.is_some_and(|address| shared.has_address(&address));
    let rest = row.cells.iter().skip(header.len());
    if row.cells.len() > header.len() && stands_alone && rest.clone().all(|cell| cell.trim().is_empty()) {
        changes.push(Correction::EmptyCells { row: number, count: rest.count() });
        row.cells.truncate(header.len());
        row.is_changed = true;
    }
    for (position, cell) in row.cells.iter_mut().enumerate() {
        let trimmed = cell.trim();
        let known = columns.get(position).copied().flatten().filter(|_| stands_alone);
        let to = match known {
            Some((Column::PhoneNumber, _)) if shared.has_number(trimmed) => None,
            Some((column, is_suspended)) => cells::corrected(column, is_suspended, trimmed),
            None => None,
        };
        let to = to.unwrap_or_else(|| trimmed.to_owned());
        if to != *cell {
            let from = std::mem::replace(cell, to.clone());
            row.is_changed = true;
            changes.push(Correction::Cell { row: number, column: name_of(header, position), from, to });
        }
    }
}

/// The rows as text. Those that did not change keep their bytes, unless other signs have to part their cells.
fn written(lines: &[Line<'_>], delimiter: u8) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(line.before);
        match line.is_changed || delimiter != b',' {
            true => write_cells(&line.cells, &mut text),
            false => text.push_str(line.text),
        }
        text.push_str(line.after);
    }
    text
}

fn write_cells(cells: &[String], text: &mut String) {
    for (position, cell) in cells.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        let is_empty_line = cells.len() == 1 && cell.is_empty();
        if is_empty_line || cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
}
