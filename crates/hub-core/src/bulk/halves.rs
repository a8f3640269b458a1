//! The two halves of a long file, checked apart from each other, so that two threads can.
//!
//! What is wrong within a row is found in either half. What rows are to each other is not: where an address may stand in
//! two rows, and where anything refuses the file as a whole, there is no plan here, and the file is to be
//! [checked](super::check()) from its beginning. So there is one place only that says which row is refused. Threads are
//! up to the caller.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use memchr::{memchr, memchr_iter};

use super::check::{Told, check_alone};
use super::columns::Layout;
use super::parse::{Sheet, ends_in_quotes};
use super::report::{Plan, PlannedRow};
use crate::Place;

/// A half of a file.
#[derive(Debug)]
pub struct Half<'f> {
    /// The header, as a sheet without rows.
    header: Sheet<'f>,
    rows: &'f [u8],
}

/// A half whose rows were checked.
#[derive(Debug)]
pub struct CheckedHalf {
    plan: Plan,
    rows: u64,
    lines: u64,
    /// Hashes of the addresses of all rows, in ascending order. Two addresses may have one, which then costs time.
    addresses: Vec<u64>,
}

/// Parts a file between two rows near its middle; none where that is not simple.
pub fn halves(file: &[u8]) -> Option<[Half<'_>; 2]> {
    let (header, rows) = file.split_at(memchr(b'\n', file)? + 1);
    if !ends_lines_in_lf(header) || ends_in_quotes(header, b',') {
        return None;
    }
    let middle = row_end_behind(rows, rows.len() / 2)?;
    let half = |rows| Some(Half { header: Sheet::open(header, &Layout::of_any_organization()).ok()?, rows });
    Some([half(&rows[..middle])?, half(&rows[middle..])?])
}

/// The first end of a row behind this byte.
fn row_end_behind(rows: &[u8], at: usize) -> Option<usize> {
    let line_end_behind = |at: usize| Some(at + memchr(b'\n', &rows[at..])? + 1);
    let end = line_end_behind(at)?;
    if memchr(b'"', &rows[..end]).is_none() {
        return Some(end);
    }
    // Between two rows, what is in front has all its quotes closed. A cell of more lines is not waited for.
    const MOST_LINES: usize = 4;
    let ends = std::iter::successors(Some(end), |end| line_end_behind(*end));
    ends.take(MOST_LINES).find(|end| !ends_in_quotes(&rows[..*end], b','))
}

/// Whether lines can be counted by their ends.
fn ends_lines_in_lf(text: &[u8]) -> bool {
    memchr_iter(b'\r', text).all(|at| text.get(at + 1) == Some(&b'\n'))
}

impl Half<'_> {
    /// Checks the rows. None where only the whole file tells what is to be said of them.
    pub fn check(self, told: Told) -> Option<CheckedHalf> {
        if !ends_lines_in_lf(self.rows) {
            return None;
        }
        let mut sheet = self.header.over(std::str::from_utf8(self.rows).ok()?);
        let mut half = CheckedHalf { plan: Plan::default(), rows: 0, lines: 0, addresses: Vec::new() };
        let hasher = FixedState::default();
        while let Some(row) = sheet.next_row() {
            half.rows += 1;
            let (address, refusal) = check_alone(&row).ok()?;
            half.addresses.extend(address.map(|address| hasher.hash_one(address)));
            half.plan.tell(&row, refusal, told);
        }
        half.lines = sheet.lines_passed();
        half.addresses.sort_unstable();
        let is_whole = half.rows > 0 && sheet.finish().is_ok();
        (is_whole && half.addresses.is_sorted_by(|one, next| one < next)).then_some(half)
    }
}

impl CheckedHalf {
    /// The plan of the whole file. None where an address may stand in both halves, or there are too many rows.
    pub fn followed_by(self, second: CheckedHalf, max_rows: u64) -> Option<Plan> {
        if self.rows + second.rows > max_rows || share_one(&self.addresses, &second.addresses) {
            return None;
        }
        let (rows, lines) = (self.rows, self.lines);
        let mut plan = self.plan;
        plan.untold += second.plan.untold;
        plan.rows.extend(second.plan.rows.into_iter().map(|row| moved_down(row, rows, lines)));
        Some(plan)
    }
}

fn moved_down(mut planned: PlannedRow, rows: u64, lines: u64) -> PlannedRow {
    planned.row += rows;
    planned.line += lines;
    let place = planned.refusal.as_mut().and_then(|refusal| refusal.place.as_mut());
    if let Some(Place::Cell { row, line, .. }) = place {
        *row += rows;
        *line += lines;
    }
    planned
}

/// Whether two ascending lists have an entry in common.
fn share_one(some: &[u64], others: &[u64]) -> bool {
    let mut others = others.iter().peekable();
    some.iter().any(|one| {
        while others.next_if(|other| *other < one).is_some() {}
        others.peek() == Some(&one)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::check::check;
    use super::*;

    const MOST: u64 = 20;

    fn plan_of_halves(file: &[u8]) -> Option<Plan> {
        let [first, second] = halves(file)?;
        first.check(Told::Every)?.followed_by(second.check(Told::Every)?, MOST)
    }

    fn file_of(rows: &str) -> String {
        format!("User ID/Email (Required),Webex Suite (Suspended),Extension\n{rows}")
    }

    #[test]
    fn two_halves_are_told_of_like_the_whole_file() {
        let rows = "a@x.example,,1\nb@x.example,,22\n\nbad,,\n\"c@x.example\",,\"2\n2\"\n\nd@x.example,,3\ne@x.example,\n";
        for file in
            [file_of(rows), file_of(&rows.replace('\n', "\r\n")), format!("\u{feff}{}", file_of(rows))]
        {
            let plan = check(file.as_bytes(), MOST).unwrap();
            assert_eq!(plan.rows.iter().filter(|row| row.refusal.is_some()).count(), 5);
            assert_eq!(plan_of_halves(file.as_bytes()), Some(plan), "{file}");
        }
    }

    #[test]
    fn what_rows_are_to_each_other_and_what_refuses_the_file_is_left_to_the_whole() {
        let many: String = (0..=MOST).map(|row| format!("a{row}@x.example,,\n")).collect();
        for rows in [
            "a@x.example,,\nb@x.example,,\nc@x.example,,\nA@x.example,,\n",
            "a@x.example,,\na@x.example,,\nb@x.example,,\nc@x.example,,\n",
            "a@x.example,,\nb@x.example,,\nc@x.example,TRUE,\n",
            "a@x.example,,\nb@x.example,,\n\"c@x.example,,\n",
            "a@x.example,,\nb@x.example,,\rc@x.example,,\n",
            &many,
        ] {
            assert_eq!(plan_of_halves(file_of(rows).as_bytes()), None, "{rows}");
        }
        assert_eq!(
            plan_of_halves(b"User ID/Email (Required),\"Title\na,b\nc@x.example,d\ne@x.example,f\n"),
            None
        );
        let cut = [file_of("a@x.example,,\nb@x.example,,\nc").as_bytes(), b"\xf1@x.example,,\n"].concat();
        assert_eq!(plan_of_halves(&cut), None, "a byte is no UTF-8");
    }

    proptest! {
        #[test]
        fn whatever_halves_say_the_whole_file_says(rows in "([abA]{1,2}@x(,T?(,[0-9]{0,3})?)?[\"\r\n]{0,3}){0,9}") {
            let file = file_of(&rows);
            if let Some(plan) = plan_of_halves(file.as_bytes()) {
                prop_assert_eq!(Ok(plan), check(file.as_bytes(), MOST));
            }
        }
    }
}
