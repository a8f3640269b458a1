//! Taking in a file piece by piece, no further than it can matter.
//!
//! A file with too many rows is refused (CSV-007) whatever comes behind the first row beyond the limit, so nobody needs
//! to read on: what was taken in by then, cut behind that row, is refused for the same reason as the whole file. So
//! memory is bounded by the rows that a file may have, however long it is. A row of more cells than any header has loses
//! the rest of them, but for the last where the file ends in it: it is refused for its length all the same (CSV-010), and
//! so is such a header, while each cell takes many times its length to be read. Of a file to correct nothing is lost in a
//! row, because it is written again. Nothing is refused here.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::memchr3_iter;

use super::form::Form;
use super::parse::BYTE_ORDER_MARK;

/// Many more cells than there are columns.
const MOST_CELLS: usize = 10_000;

/// The rows of what was taken in, as far as line ends and quotes tell.
#[derive(Debug, Clone, Copy)]
struct Rows {
    /// How many have ended.
    ended: u64,
    /// How long the last one is by now.
    length: usize,
    /// Whether it is within quotes.
    is_quoted: bool,
    /// How many bytes there are, and the last one.
    passed: usize,
    last: u8,
    /// The quote that closed a cell last.
    closed_at: Option<usize>,
}

/// What ends where the reader of cells has stopped.
#[derive(Debug, Clone, Copy)]
enum End {
    Cell,
    Row,
}

/// The beginning of a file, and whether more of it matters.
#[derive(Debug)]
pub struct Intake {
    file: Vec<u8>,
    form: Form,
    /// As long as no row is too many, nor long enough to be too wide: they are counted much more quickly than cells.
    rows: Option<Rows>,
    reader: Reader,
    /// Cells and their ends are not wanted, but the reader has to put them somewhere.
    cells: [u8; 256],
    ends: [usize; 64],
    /// Rows that may still come, the header and one beyond the limit among them.
    rows_left: u64,
    /// How many cells of a row are taken in.
    most_cells: usize,
    /// The cells of the row that is being read, as far as they have ended.
    cells_of_row: usize,
    /// Of a row that is too wide, where in `file` the cell begins that is being read, which goes as soon as it ends.
    spare: Option<usize>,
    /// Half of a character in UTF-16.
    half: Option<u8>,
}

impl Intake {
    /// Nothing yet of a file of at most so many users, as an import takes it.
    pub fn new(max_rows: u64) -> Self {
        Self::in_form(max_rows, Form::Utf8 { delimiter: b',' }, MOST_CELLS)
    }

    /// The same of a file that will be [corrected](super::fix()), which may be in another form: that of its beginning.
    pub fn to_fix(max_rows: u64, beginning: &[u8]) -> Self {
        Self::in_form(max_rows, Form::of(beginning), usize::MAX)
    }

    fn in_form(max_rows: u64, form: Form, most_cells: usize) -> Self {
        const HEADER_AND_ONE_BEYOND: u64 = 2;
        Intake {
            file: Vec::new(),
            form,
            rows: matches!(form, Form::Utf8 { .. }).then_some(Rows::NONE),
            reader: ReaderBuilder::new().delimiter(form.delimiter()).build(),
            cells: [0; 256],
            ends: [0; 64],
            rows_left: max_rows.saturating_add(HEADER_AND_ONE_BEYOND),
            most_cells,
            cells_of_row: 0,
            spare: None,
            half: None,
        }
    }

    /// Takes a piece. Answers whether more can matter.
    pub fn push(&mut self, piece: &[u8]) -> bool {
        if self.rows_left == 0 {
            return false;
        }
        if let Some(rows) = self.rows {
            let delimiter = self.form.delimiter();
            self.rows = rows.followed_by(piece, delimiter).filter(|rows| rows.ended < self.rows_left);
            if self.rows.is_some() {
                self.file.extend_from_slice(piece);
                return true;
            }
            let before = std::mem::take(&mut self.file);
            self.take(&before);
        }
        match self.form {
            Form::Utf8 { .. } => self.take(piece),
            Form::Utf16 { .. } => {
                let taken = self.count_utf16(piece);
                self.file.extend_from_slice(&piece[..taken]);
            }
        }
        self.rows_left > 0
    }

    /// Whether the file has more rows than it may, and was left at the first beyond.
    pub fn is_cut(&self) -> bool {
        self.rows_left == 0
    }

    /// What was taken in.
    pub fn into_file(self) -> Vec<u8> {
        self.file
    }

    /// Makes room for so many bytes more.
    pub fn reserve(&mut self, bytes: usize) {
        self.file.reserve(bytes);
    }

    /// Takes what belongs to rows that count, of each row no more cells than can matter.
    fn take(&mut self, piece: &[u8]) {
        let mut rest = piece;
        // An empty input would mean the end of the file.
        while !rest.is_empty() && self.rows_left > 0 {
            let (read, ended) = self.count(rest);
            self.file.extend_from_slice(&rest[..read]);
            rest = &rest[read..];
            match (ended, self.spare) {
                (Some(End::Row), Some(spare)) => {
                    self.file.truncate(spare);
                    self.file.push(b'\n');
                    self.spare = None;
                }
                (Some(End::Cell), Some(spare)) => self.file.truncate(spare),
                (Some(End::Cell), None) if self.cells_of_row >= self.most_cells => {
                    self.spare = Some(self.file.len());
                }
                _ => {}
            }
        }
    }

    /// Reads on to where the row ends, or as far as it goes; how many bytes that are, and what ended there.
    fn count(&mut self, rest: &[u8]) -> (usize, Option<End>) {
        // The reader stops behind the cell that fills its list of ends: between two cells, and in no quotes.
        let is_wide = self.cells_of_row >= self.most_cells;
        let ends = if is_wide { &mut self.ends[..1] } else { &mut self.ends[..] };
        let (state, read, _, ended) = self.reader.read_record(rest, &mut self.cells, ends);
        self.cells_of_row += ended;
        if state == ReadRecordResult::Record {
            self.rows_left -= 1;
            self.cells_of_row = 0;
            return (read, Some(End::Row));
        }
        (read, (ended == ends.len()).then_some(End::Cell))
    }

    /// The same of UTF-16, whose characters that mean something in a CSV file are those of ASCII.
    fn count_utf16(&mut self, piece: &[u8]) -> usize {
        for (index, byte) in piece.iter().enumerate() {
            let Some(first) = self.half.take() else {
                self.half = Some(*byte);
                continue;
            };
            let [high, low] = if self.form.is_little_endian() { [*byte, first] } else { [first, *byte] };
            let character = [if high == 0 && low < 0x80 { low } else { b'x' }];
            while self.rows_left > 0 && self.count(&character).0 == 0 {}
            if self.rows_left == 0 {
                return index + 1;
            }
        }
        piece.len()
    }
}

impl Rows {
    const NONE: Self =
        Rows { ended: 0, length: 0, is_quoted: false, passed: 0, last: b'\n', closed_at: None };

    /// The same with another piece. None when a row is so long that it could be too wide.
    fn followed_by(mut self, piece: &[u8], delimiter: u8) -> Option<Self> {
        let is_first = self.passed == 0;
        let mark = if is_first && piece.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let mut begin = mark;
        for at in memchr3_iter(b'\n', b'\r', b'"', piece) {
            if piece[at] == b'"' {
                let before = if at == mark { self.last } else { piece[at - 1] };
                self.meet_quote(self.passed + at, before, delimiter);
            } else if !self.is_quoted {
                self.length += at - begin;
                if self.length >= MOST_CELLS {
                    return None;
                }
                // A blank line is no row.
                self.ended += u64::from(self.length > 0);
                (self.length, begin) = (0, at + 1);
            }
        }
        self.length += piece.len() - begin;
        self.passed += piece.len();
        self.last = if piece.len() > mark { piece[piece.len() - 1] } else { self.last };
        (self.length < MOST_CELLS).then_some(self)
    }

    /// A quote opens a cell only at its beginning; a doubled one closes and opens again, which comes to the same.
    fn meet_quote(&mut self, at: usize, before: u8, delimiter: u8) {
        if self.is_quoted {
            (self.is_quoted, self.closed_at) = (false, Some(at));
            return;
        }
        let begins_cell = before == delimiter || matches!(before, b'\r' | b'\n');
        self.is_quoted = begins_cell || self.closed_at.is_some_and(|closed| closed + 1 == at);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file_of(rows: usize) -> String {
        let rows: Vec<String> = (0..rows).map(|row| format!("a{row}@x.example,\"A\n, {row}\"\r\n")).collect();
        format!("User ID/Email (Required),Title\n\n{}", rows.concat())
    }

    fn taken(file: &[u8], max_rows: u64, size: usize) -> (Vec<u8>, bool) {
        let mut intake = Intake::new(max_rows);
        let wants_more = file.chunks(size).all(|piece| intake.push(piece));
        assert_eq!(wants_more, !intake.is_cut());
        let is_cut = intake.is_cut();
        (intake.into_file(), is_cut)
    }

    #[test]
    fn of_a_row_too_wide_for_any_header_the_rest_is_left_out() {
        let header = "User ID/Email (Required),Title\n";
        for wide in [",".repeat(50_000), "\"a\n,\",".repeat(50_000), "\"\n\",".repeat(15_000)] {
            for size in [1, 7, 4096, 1 << 20] {
                let (file, _) = taken(format!("{header}{wide}\nb@x.example,B\n").as_bytes(), 5, size);
                let mut rows = csv::ReaderBuilder::new();
                let mut rows = rows.flexible(true).has_headers(false).from_reader(&*file);
                let widths: Vec<_> = rows.records().map(|row| row.unwrap().len()).collect();
                assert!(matches!(widths[..], [2, 10_000..10_100, 2]), "{size}: {widths:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn rows_are_counted_as_the_csv_reader_counts_them(
            text in "\u{feff}?[a,\"\"\n\r]{0,40}", size in 3_usize..20
        ) {
            let counted = text.as_bytes().chunks(size).try_fold(Rows::NONE, |rows, piece| {
                rows.followed_by(piece, b',')
            });
            let counted = counted.map(|rows| rows.ended + u64::from(rows.length > 0));
            let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
            prop_assert_eq!(counted, Some(reader.byte_records().count() as u64));
        }
    }

    #[test]
    fn quotes_that_a_row_too_wide_leaves_open_stay_open() {
        let rows = "b@x.example,B\n".repeat(3);
        let file = format!("User ID/Email (Required),Title\n{}\"{rows}", ",".repeat(50_000));
        for size in [1, 7, 4096, 1 << 20] {
            let (taken, _) = taken(file.as_bytes(), 5, size);
            let taken = String::from_utf8(taken).unwrap();
            assert!(
                taken.ends_with(&format!(",\"{rows}")) && taken.len() < 12_000,
                "{size}: {}",
                taken.len()
            );
        }
    }

    #[test]
    fn a_file_to_correct_keeps_rows_of_any_width() {
        let file = format!("a;b\n{}\nc;d\n", ";".repeat(50_000));
        let mut intake = Intake::to_fix(5, file.as_bytes());
        assert!(file.as_bytes().chunks(999).all(|piece| intake.push(piece)));
        assert_eq!(intake.into_file(), file.into_bytes());
    }

    #[test]
    fn a_file_within_the_limit_is_taken_in_whole_however_it_is_cut() {
        for size in [1, 2, 3, 7, 1000] {
            let file = file_of(5);
            assert_eq!(taken(file.as_bytes(), 5, size), (file.into_bytes(), false), "{size}");
        }
    }

    #[test]
    fn of_a_longer_one_no_more_than_the_first_row_beyond_is_taken_in_csv_007() {
        for size in [1, 2, 3, 7, 1000] {
            let (file, is_cut) = taken(file_of(9).as_bytes(), 5, size);
            assert!(is_cut);
            assert_eq!(String::from_utf8(file).unwrap().trim_end(), file_of(6).trim_end(), "{size}");
        }
    }

    #[test]
    fn rows_are_counted_in_the_form_that_the_file_has() {
        let text = file_of(9).replace(',', ";");
        let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut intake = Intake::to_fix(5, &utf16);
        assert!(!utf16.chunks(3).all(|piece| intake.push(piece)));
        let whole: Vec<u8> = format!("\u{feff}{}", file_of(6).replace(',', ";"))
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let file = intake.into_file();
        assert!(whole.starts_with(&file) && whole.len() - file.len() <= 2, "a line feed may be left");
    }
}
