//! Taking in a file piece by piece, no further than it can matter.
//!
//! A file with too many rows is refused (CSV-007) whatever comes behind the first row beyond the limit, so nobody needs
//! to read on: what was taken in by then, cut behind that row, is refused for the same reason as the whole file. So
//! memory is bounded by the rows that a file may have, however long it is. Nothing is refused here.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::form::Form;

/// The beginning of a file, and whether more of it matters.
#[derive(Debug)]
pub struct Intake {
    file: Vec<u8>,
    form: Form,
    reader: Reader,
    /// Cells and their ends are not wanted, but the reader has to put them somewhere.
    cells: [u8; 256],
    ends: [usize; 64],
    /// Rows that may still come, the header and one beyond the limit among them.
    rows_left: u64,
    /// Half of a character in UTF-16.
    half: Option<u8>,
}

impl Intake {
    /// Nothing yet of a file of at most so many users, as an import takes it.
    pub fn new(max_rows: u64) -> Self {
        Self::in_form(max_rows, Form::Utf8 { delimiter: b',' })
    }

    /// The same of a file that will be [corrected](super::fix()), which may be in another form: that of its beginning.
    pub fn to_fix(max_rows: u64, beginning: &[u8]) -> Self {
        Self::in_form(max_rows, Form::of(beginning))
    }

    fn in_form(max_rows: u64, form: Form) -> Self {
        const HEADER_AND_ONE_BEYOND: u64 = 2;
        Intake {
            file: Vec::new(),
            form,
            reader: ReaderBuilder::new().delimiter(form.delimiter()).build(),
            cells: [0; 256],
            ends: [0; 64],
            rows_left: max_rows.saturating_add(HEADER_AND_ONE_BEYOND),
            half: None,
        }
    }

    /// Takes a piece. Answers whether more can matter.
    pub fn push(&mut self, piece: &[u8]) -> bool {
        if self.rows_left == 0 {
            return false;
        }
        let taken = match self.form {
            Form::Utf8 { .. } => self.count(piece),
            Form::Utf16 { .. } => self.count_utf16(piece),
        };
        self.file.extend_from_slice(&piece[..taken]);
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

    /// Counts rows; how many bytes of the piece belong to them.
    fn count(&mut self, piece: &[u8]) -> usize {
        let mut read = 0;
        // An empty input would mean the end of the file.
        while read < piece.len() && self.rows_left > 0 {
            let rest = &piece[read..];
            let (state, bytes, _, _) = self.reader.read_record(rest, &mut self.cells, &mut self.ends);
            read += bytes;
            if state == ReadRecordResult::Record {
                self.rows_left -= 1;
            }
        }
        read
    }

    /// The same of UTF-16, whose characters that mean something in a CSV file are those of ASCII.
    fn count_utf16(&mut self, piece: &[u8]) -> usize {
        for (index, byte) in piece.iter().enumerate() {
            let Some(first) = self.half.take() else {
                self.half = Some(*byte);
                continue;
            };
            let [high, low] = if self.form.is_little_endian() { [*byte, first] } else { [first, *byte] };
            self.count(&[if high == 0 && low < 0x80 { low } else { b'x' }]);
            if self.rows_left == 0 {
                return index + 1;
            }
        }
        piece.len()
    }
}

#[cfg(test)]
mod tests {
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
