//! A text to the cells of its rows, each a piece of the text wherever it stands there as it is meant.
//!
//! It reads as the `csv` crate does, which a test holds it to: rows end in LF, CRLF or CR, blank lines are none, a quote
//! opens a cell only at its beginning, and what stands behind the closing one belongs to the cell. It is separate because
//! nothing is copied here, and because however many cells a row has, they need not be kept. It does not know what
//! cells mean, nor which of them a file may have.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

const DELIMITER: u8 = b',';
const QUOTE: u8 = b'"';

/// A place in a text, from which it is read on.
#[derive(Debug, Clone)]
pub(super) struct Cells<'t> {
    text: &'t str,
    /// The byte that comes next.
    at: usize,
    /// The line that it is in, counted by line feeds.
    line: u64,
}

impl<'t> Cells<'t> {
    /// The beginning of a text.
    pub(super) fn of(text: &'t str) -> Self {
        Self::from_line(1, text)
    }

    /// The same of a text that stands in a file from this line on.
    pub(super) fn from_line(line: u64, text: &'t str) -> Self {
        Cells { text, at: 0, line }
    }

    /// The line that comes next.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Passes over blank lines. Gives byte and line where the next row begins, if there is one.
    pub(super) fn next_row(&mut self) -> Option<(usize, u64)> {
        while let Some(byte) = self.next_byte().filter(|byte| is_line_end(*byte)) {
            self.pass(byte);
        }
        (self.at < self.text.len()).then_some((self.at, self.line))
    }

    /// The next cell of the row, and whether it was the last one.
    #[inline]
    pub(super) fn next_cell(&mut self) -> (Cow<'t, str>, bool) {
        let cell = match self.next_byte() {
            Some(QUOTE) => self.quoted(),
            _ => self.text_to(self.cell_end()).into(),
        };
        match self.next_byte() {
            Some(DELIMITER) => {
                self.at += 1;
                (cell, false)
            }
            Some(line_end) => {
                self.pass(line_end);
                (cell, true)
            }
            None => (cell, true),
        }
    }

    /// What is left of the row: the first cells, no more than `most`, and how many there are.
    pub(super) fn rest_of_row(&mut self, most: usize) -> (Vec<Cow<'t, str>>, usize) {
        let (mut cells, mut count) = (Vec::with_capacity(most), 0);
        loop {
            let (cell, is_last) = self.next_cell();
            count += 1;
            if count <= most {
                cells.push(cell);
            }
            if is_last {
                return (cells, count);
            }
        }
    }

    /// What is left of the row, as it stands in the text.
    pub(super) fn text_of_row(&mut self) -> &'t str {
        let begin = self.at;
        self.rest_of_row(0);
        self.text[begin..self.at].trim_end_matches(['\r', '\n'])
    }

    /// The text up to `end`, where reading goes on.
    #[inline]
    fn text_to(&mut self, end: usize) -> &'t str {
        let text = &self.text[self.at..end];
        self.at = end;
        text
    }

    /// Where a cell ends that nothing is quoted in.
    #[inline]
    fn cell_end(&self) -> usize {
        let (chunks, tail) = self.text.as_bytes()[self.at..].as_chunks();
        let mut begin = self.at;
        for chunk in chunks {
            let end = end_of_cell(chunk);
            if end != 0 {
                return begin + end.trailing_zeros() as usize / 8;
            }
            begin += chunk.len();
        }
        begin + tail.iter().position(|byte| ends_cell(*byte)).unwrap_or(tail.len())
    }

    fn quoted(&mut self) -> Cow<'t, str> {
        self.at += 1;
        let mut cell = Cow::Borrowed(self.up_to_quote());
        while self.next_byte() == Some(QUOTE) {
            // A doubled quote stands for one.
            self.at += 1;
            cell.to_mut().push('"');
            *cell.to_mut() += self.up_to_quote();
        }
        match self.text_to(self.cell_end()) {
            "" => cell,
            behind => cell + behind,
        }
    }

    /// The text up to the next quote, behind which reading goes on; all of the rest, if there is none.
    fn up_to_quote(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let length = memchr(QUOTE, rest.as_bytes()).unwrap_or(rest.len());
        self.at += rest.len().min(length + 1);
        let text = &rest[..length];
        self.line += memchr_iter(b'\n', text.as_bytes()).count() as u64;
        text
    }

    #[inline]
    fn next_byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over a line end.
    #[inline]
    fn pass(&mut self, line_end: u8) {
        self.at += 1;
        self.line += u64::from(line_end == b'\n');
    }
}

/// The high bit of the first byte of a chunk that ends a cell that nothing is quoted in; bits above it mean nothing.
///
/// Eight bytes are looked at together, because most cells are too short for a search that has to take a run-up.
#[inline]
fn end_of_cell(chunk: &[u8; 8]) -> u64 {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; 8]);
    let word = u64::from_le_bytes(*chunk);
    let is_there = |byte: u8| {
        let zero_where = word ^ (LOW_BITS * u64::from(byte));
        zero_where.wrapping_sub(LOW_BITS) & !zero_where
    };
    (is_there(DELIMITER) | is_there(b'\n') | is_there(b'\r')) & HIGH_BITS
}

#[inline]
fn ends_cell(byte: u8) -> bool {
    (byte == DELIMITER) | (byte == b'\n') | (byte == b'\r')
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows of a text with their lines.
    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut cells = Cells::of(text);
        let mut rows = Vec::new();
        while let Some((_, line)) = cells.next_row() {
            let mut row = Vec::new();
            loop {
                let (cell, is_last) = cells.next_cell();
                row.push(cell.into_owned());
                if is_last {
                    break;
                }
            }
            rows.push((line, row));
        }
        rows
    }

    fn rows_of_csv_crate(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    proptest! {
        #[test]
        fn cells_are_those_that_the_csv_crate_reads(text in r#"[aé,"\r\n ]{0,40}"#) {
            let read: Vec<Vec<String>> = rows(&text).into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(read, rows_of_csv_crate(&text));
        }
    }

    #[test]
    fn a_cell_is_copied_only_where_it_is_written_otherwise() {
        let text = "a,\"b, c\",\"d \"\"e\"\"\"";
        let mut cells = Cells::of(text);
        assert!(matches!(cells.next_cell(), (Cow::Borrowed("a"), false)));
        assert!(matches!(cells.next_cell(), (Cow::Borrowed("b, c"), false)));
        assert!(matches!(cells.next_cell(), (Cow::Owned(cell), true) if cell == "d \"e\""));
    }

    #[test]
    fn a_row_knows_its_line_behind_blank_lines_and_cells_of_several() {
        let lines: Vec<u64> =
            rows("a\n\n\"b\nb\",c\r\nd\r\n\r\ne").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 5, 7]);
    }
}
