//! The file: read piece by piece, no further than its rows can matter.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use hub_core::bulk::Intake;

use super::Fault;

/// What was read.
pub(super) struct Input {
    pub(super) bytes: Vec<u8>,
    /// Whether the file goes on, beyond the rows that it may have.
    pub(super) is_cut: bool,
}

const PIECE: usize = 64 * 1024;

impl Input {
    /// Reads a file of at most so many users; one that is to be corrected may be in another form.
    pub(super) fn read(path: &Path, max_rows: u64, is_to_fix: bool) -> Result<Self, Fault> {
        let outside = |error: io::Error| Fault::Outside(format!("{}: {error}", path.display()));
        let file = File::open(path).map_err(outside)?;
        let length = file.metadata().map_or(0, |about| about.len());
        read_pieces(file, length, max_rows, is_to_fix).map_err(outside)
    }
}

/// Reads a file of about this length.
fn read_pieces(mut file: impl Read, length: u64, max_rows: u64, is_to_fix: bool) -> io::Result<Input> {
    const MOST_ROOM: u64 = 1 << 30;
    let room = usize::try_from(length.min(MOST_ROOM)).unwrap_or_default();
    let mut piece = Vec::with_capacity(PIECE);
    let mut intake: Option<Intake> = None;
    loop {
        piece.clear();
        file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        let intake = intake.get_or_insert_with(|| {
            let mut intake = match is_to_fix {
                true => Intake::to_fix(max_rows, &piece),
                false => Intake::new(max_rows),
            };
            intake.reserve(room);
            intake
        });
        if piece.is_empty() || !intake.push(&piece) {
            break;
        }
    }
    let intake = intake.unwrap_or_else(|| Intake::new(max_rows));
    Ok(Input { is_cut: intake.is_cut(), bytes: intake.into_file() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that never ends, and how often it was read.
    struct Endless {
        reads: usize,
    }

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.reads += 1;
            let row = if self.reads == 1 { &b"User ID/Email (Required)\n"[..] } else { b"ana@x.example\n" };
            let length = row.len().min(buffer.len());
            buffer[..length].copy_from_slice(&row[..length]);
            Ok(length)
        }
    }

    #[test]
    fn a_file_that_never_ends_is_read_to_the_first_row_beyond_the_limit_csv_007() {
        for is_to_fix in [false, true] {
            let mut file = Endless { reads: 0 };
            let input = read_pieces(&mut file, 0, 20_000, is_to_fix).unwrap();
            assert!(input.is_cut);
            assert_eq!(input.bytes.iter().filter(|byte| **byte == b'\n').count(), 20_002);
            let a_piece_more = PIECE / b"ana@x.example\n".len() + 1;
            assert!((20_002..20_002 + a_piece_more + 10).contains(&file.reads), "{} reads", file.reads);
        }
    }
}
