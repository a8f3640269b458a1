//! The floor of whatever is done with a file of users: cells as borrowed slices out of a SIMD reader, with values and
//! duplicate addresses checked, on as many threads as wanted.
//!
//! It knows generated files only: their columns, no line break within a cell, addresses in small letters.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use foldhash::fast::FixedState;
use simd_csv::{ZeroCopyByteRecord, ZeroCopyReaderBuilder};

/// The columns of a generated file before those of its packages.
pub(crate) const PERSONAL_COLUMNS: usize = 8;
const EMAIL: usize = 3;
const EXTENSION: usize = 4;
const PHONE_NUMBER: usize = 5;
const LOCATION: usize = 6;
/// The first of the package columns is that of calling.
const CALLING: usize = PERSONAL_COLUMNS;

/// The addresses of one part of a file, in two halves by their hash, so that two threads can look for duplicates.
type Halves<'f> = [Vec<&'f [u8]>; 2];

/// Reads a file and says how many rows it has: the floor of `mock-hub csv check`.
pub(crate) fn run(file: &Path, threads: usize) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    println!("{} rows", check(&bytes, threads)?);
    Ok(())
}

/// Checks all rows on one thread or two; says how many there are.
pub(crate) fn check(file: &[u8], threads: usize) -> Result<usize> {
    std::str::from_utf8(file).context("the file is not UTF-8")?;
    let header = line_end(file, 0);
    if threads < 2 {
        let mut emails = HashSet::with_capacity_and_hasher(rows_at_most(file), FixedState::default());
        return each_row(&file[header..], |row, email| {
            check_values(row)?;
            ensure!(emails.insert(email), "an address is there twice");
            Ok(())
        });
    }
    let middle = line_end(file, header + (file.len() - header) / 2);
    let (first, second) = in_parallel(|| halves(&file[header..middle]), || halves(&file[middle..]));
    let ([a, b], [c, d]) = (first?, second?);
    let (one, other) = in_parallel(|| count_distinct(&[a, c]), || count_distinct(&[b, d]));
    Ok(one? + other?)
}

/// Calls `row` for each row of a file without its header, with the address as a slice of the file; says how many.
pub(crate) fn each_row<'f>(
    rows: &'f [u8],
    mut row: impl FnMut(&ZeroCopyByteRecord<'_>, &'f [u8]) -> Result<()>,
) -> Result<usize> {
    let mut reader = ZeroCopyReaderBuilder::new().has_headers(false).from_reader(rows);
    // The reader looks at the first row before it says where it is.
    reader.byte_headers()?;
    let (mut count, mut begins_at) = (0, 0);
    while let Some(record) = reader.read_byte_record()? {
        let cell = record.get(EMAIL).context("a row has no address")?;
        let offset = cell.as_ptr().addr() - record.as_slice().as_ptr().addr();
        let length = cell.len();
        let email = &rows[begins_at + offset..][..length];
        debug_assert_eq!(email, cell);
        row(&record, email)?;
        count += 1;
        begins_at = usize::try_from(reader.position())?;
    }
    Ok(count)
}

/// Where the rows behind the header begin.
pub(crate) fn rows_of(file: &[u8]) -> &[u8] {
    &file[line_end(file, 0)..]
}

/// Refuses a row with a value that no import takes.
pub(crate) fn check_values(row: &ZeroCopyByteRecord<'_>) -> Result<()> {
    const LONGEST_NAME: usize = 128;
    let cell = |index| row.get(index).context("a row is too short");
    for name in [0, 1, 2] {
        ensure!(cell(name)?.len() <= LONGEST_NAME, "a name is too long");
    }
    ensure!(is_address(cell(EMAIL)?), "an address is none");
    let extension = cell(EXTENSION)?;
    ensure!(extension.is_empty() || (2..=10).contains(&extension.len()), "an extension has the wrong length");
    ensure!(extension.iter().all(u8::is_ascii_digit), "an extension has something else than digits");
    let number = cell(PHONE_NUMBER)?;
    ensure!(number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'+'), "a number is none");
    let mut packages = 0;
    for column in PERSONAL_COLUMNS..row.len() {
        packages += u32::from(is_true(cell(column)?)?);
    }
    ensure!(packages <= 1, "a row has two packages");
    let is_complete = !extension.is_empty() && !cell(LOCATION)?.is_empty();
    ensure!(is_complete || !is_true(cell(CALLING)?)?, "a calling user has no place");
    Ok(())
}

pub(crate) fn is_true(cell: &[u8]) -> Result<bool> {
    match cell {
        b"TRUE" => Ok(true),
        b"FALSE" => Ok(false),
        _ => bail!("a package column has neither TRUE nor FALSE"),
    }
}

fn is_address(text: &[u8]) -> bool {
    let mut parts = text.splitn(2, |byte| *byte == b'@');
    let (local, domain) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_+".contains(byte);
    !local.is_empty() && domain.contains(&b'.') && local.iter().all(is_plain) && domain.iter().all(is_plain)
}

fn halves(rows: &[u8]) -> Result<Halves<'_>> {
    let mut halves = [(); 2].map(|()| Vec::with_capacity(rows_at_most(rows) / 2));
    each_row(rows, |row, email| {
        check_values(row)?;
        // The number at the end of a generated address is as good as a hash.
        let at = email.iter().position(|byte| *byte == b'@').unwrap_or(1);
        halves[usize::from(email[at - 1] & 1)].push(email);
        Ok(())
    })?;
    Ok(halves)
}

fn count_distinct(lists: &[Vec<&[u8]>; 2]) -> Result<usize> {
    let count = lists.iter().map(Vec::len).sum();
    let mut emails = HashSet::with_capacity_and_hasher(count, FixedState::default());
    let is_new = lists.iter().flatten().all(|email| emails.insert(*email));
    ensure!(is_new, "an address is there twice");
    Ok(count)
}

fn in_parallel<T: Send>(one: impl FnOnce() -> T + Send, other: impl FnOnce() -> T) -> (T, T) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().expect("the thread does not panic"), other)
    })
}

/// How many rows there can be, to make room for them.
fn rows_at_most(file: &[u8]) -> usize {
    const SHORTEST: usize = 64;
    file.len() / SHORTEST
}

/// Behind the line that `at` is in.
fn line_end(file: &[u8], at: usize) -> usize {
    file[at..].iter().position(|byte| *byte == b'\n').map_or(file.len(), |length| at + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::user_file;

    #[test]
    fn all_rows_are_counted_on_any_number_of_threads() {
        let file = user_file(101).unwrap();
        assert_eq!(check(&file, 1).unwrap(), 101);
        assert_eq!(check(&file, 2).unwrap(), 101);
    }

    #[test]
    fn an_address_that_is_there_twice_is_found_wherever_it_is() {
        let file = user_file(100).unwrap();
        let first_row = &rows_of(&file)[..line_end(rows_of(&file), 0)];
        let twice = [&file[..], first_row].concat();
        for threads in [1, 2] {
            assert_eq!(check(&twice, threads).unwrap_err().to_string(), "an address is there twice");
        }
    }

    #[test]
    fn a_wrong_value_is_found() {
        let text = String::from_utf8(user_file(3).unwrap()).unwrap();
        for (right, wrong) in [("TRUE", "YES"), ("@", "#"), ("Head Office", "")] {
            assert!(check(text.replacen(right, wrong, 1).as_bytes(), 1).is_err(), "{right} is {wrong}");
        }
    }
}
