//! What was measured, as a Markdown table with the targets and whether they are met.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::rounds::Medians;

/// What stands below this line in the written file is kept: notes by hand.
const END: &str = "<!-- The table ends here; notes below this line stay when it is written again. -->\n";

const INTRODUCTION: &str = "\
Written by `cargo xtask bench --write`. Each measure stands beside its floor: the least that any program must do for
the same outcome, on the same input, in the same run, the two taking turns. Ratios count, not times: another machine
has other times. Numbers are medians where nothing else is said.

- An import begins with the bytes of the file and ends with the new world; its floor reads the bytes into typed rows
  with the `csv` crate and looks for duplicate addresses.
- A fork stands beside cloning the world, which cannot be done without.
- Requests come over 8 keep-alive connections, driven by one thread on the same machine, to a world of 1,000 users.
  The floor is bare axum that answers the same bytes. The load takes its share of the machine, which flatters the ratio
  of requests; processor time does not count it.
- Memory is what Linux reports as resident. That of a user is a process with many users less one with none, by their
  number: once the server that read a world file and has answered 1,000 pages since, once the world alone. Its floor is
  the same users as JSON text.";

/// A size with its unit.
#[derive(Clone, Copy)]
pub(crate) enum Quantity {
    Seconds(f64),
    Bytes(f64),
    PerSecond(f64),
}

/// What a measure should reach.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    RatioAtMost(f64),
    RatioAtLeast(f64),
    LessThan(Quantity),
    AtMost(Quantity),
}

struct Line {
    measure: String,
    ours: Quantity,
    floor: Quantity,
    target: Option<Target>,
}

/// The lines, in the order of measuring.
#[derive(Default)]
pub(crate) struct Table(Vec<Line>);

impl Quantity {
    fn value(self) -> f64 {
        let (Quantity::Seconds(value) | Quantity::Bytes(value) | Quantity::PerSecond(value)) = self;
        value
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MIB: f64 = 1024.0 * 1024.0;
        match *self {
            Quantity::Seconds(value) if value < 1e-3 => write!(f, "{:.2} µs", value * 1e6),
            Quantity::Seconds(value) if value < 1.0 => write!(f, "{:.2} ms", value * 1e3),
            Quantity::Seconds(value) => write!(f, "{value:.2} s"),
            Quantity::Bytes(value) if value < MIB => write!(f, "{:.2} KiB", value / 1024.0),
            Quantity::Bytes(value) => write!(f, "{:.1} MiB", value / MIB),
            Quantity::PerSecond(value) => write!(f, "{value:.0}/s"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::RatioAtMost(limit) => write!(f, "≤ {limit}×"),
            Target::RatioAtLeast(limit) => write!(f, "≥ {limit}×"),
            Target::LessThan(limit) => write!(f, "< {limit}"),
            Target::AtMost(limit) => write!(f, "≤ {limit}"),
        }
    }
}

impl Line {
    fn ratio(&self) -> f64 {
        self.ours.value() / self.floor.value()
    }

    fn is_met(&self) -> Option<bool> {
        Some(match self.target? {
            Target::RatioAtMost(limit) => self.ratio() <= limit,
            Target::RatioAtLeast(limit) => self.ratio() >= limit,
            Target::LessThan(limit) => self.ours.value() < limit.value(),
            Target::AtMost(limit) => self.ours.value() <= limit.value(),
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { measure, ours, floor, .. } = self;
        let ratio = self.ratio();
        let target = self.target.map(|target| target.to_string()).unwrap_or_default();
        let verdict = self.is_met().map_or("", |is_met| if is_met { "met" } else { "**missed**" });
        write!(f, "| {measure} | {ours} | {floor} | {ratio:.2}× | {target} | {verdict} |")
    }
}

impl Table {
    /// Adds what was measured beside its floor, in this unit.
    pub(crate) fn add(
        &mut self,
        measure: impl Into<String>,
        unit: fn(f64) -> Quantity,
        medians: Medians,
        target: Option<Target>,
    ) {
        let (ours, floor) = (unit(medians.ours), unit(medians.floor));
        let line = Line { measure: measure.into(), ours, floor, target };
        eprintln!("{line}");
        self.0.push(line);
    }

    /// Writes the table to `file` and keeps the notes below it.
    pub(crate) fn write(&self, file: &Path) -> Result<()> {
        let old = fs::read_to_string(file).unwrap_or_default();
        let notes = old.split_once(END).map_or("", |(_, notes)| notes);
        fs::write(file, format!("{self}\n{END}{notes}"))
            .with_context(|| format!("cannot write {}", file.display()))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        writeln!(f, "# Performance\n\n{INTRODUCTION}\n\nThis machine has {cores} cores.\n")?;
        writeln!(
            f,
            "| measure | ours | floor | ratio | target | |\n| --- | ---: | ---: | ---: | ---: | --- |"
        )?;
        for line in &self.0 {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(table: &Table) -> Vec<String> {
        table.0.iter().map(Line::to_string).collect()
    }

    #[test]
    fn a_line_says_whether_its_target_is_met() {
        let mut table = Table::default();
        let medians = |ours, floor| Medians { ours, floor };
        let target = |quantity: fn(f64) -> Quantity, limit| Some(Target::AtMost(quantity(limit)));
        table.add("slow", Quantity::Seconds, medians(0.05, 0.02), Some(Target::RatioAtMost(2.0)));
        table.add("fast", Quantity::PerSecond, medians(500.0, 1000.0), Some(Target::RatioAtLeast(0.5)));
        table.add("small", Quantity::Bytes, medians(1536.0, 768.0), target(Quantity::Bytes, 1536.0));
        let limit = Target::LessThan(Quantity::Seconds(2e-5));
        table.add("late", Quantity::Seconds, medians(2e-5, 1e-5), Some(limit));
        table.add("free", Quantity::Seconds, medians(3.0, 2.0), None);
        assert_eq!(
            lines(&table),
            [
                "| slow | 50.00 ms | 20.00 ms | 2.50× | ≤ 2× | **missed** |",
                "| fast | 500/s | 1000/s | 0.50× | ≥ 0.5× | met |",
                "| small | 1.50 KiB | 0.75 KiB | 2.00× | ≤ 1.50 KiB | met |",
                "| late | 20.00 µs | 10.00 µs | 2.00× | < 20.00 µs | **missed** |",
                "| free | 3.00 s | 2.00 s | 1.50× |  |  |",
            ]
        );
    }

    #[test]
    fn notes_below_the_table_survive_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("performance.md");
        Table::default().write(&file).unwrap();
        let first = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{first}\nA note.\n")).unwrap();
        Table::default().write(&file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{first}\nA note.\n"));
    }
}
