//! What was measured: a line each, with the goal and whether it is met, in sections of what belongs together.

use std::fmt;

use crate::quantity::Quantity;
use crate::rounds::Medians;

/// What a measure should reach.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    RatioAtMost(f64),
    RatioAtLeast(f64),
    LessThan(Quantity),
    AtMost(Quantity),
}

struct Line {
    measure: String,
    ours: Quantity,
    floor: Quantity,
    goal: Option<Goal>,
}

/// How a cost grows with a number of things.
pub(crate) struct Growth {
    pub(crate) cost: String,
    pub(crate) smallest: (u32, Quantity),
    pub(crate) largest: (u32, Quantity),
    pub(crate) exponent: f64,
}

/// Measures that belong together.
struct Section {
    title: &'static str,
    about: &'static str,
    lines: Vec<Line>,
    growths: Vec<Growth>,
    left_out: Vec<String>,
    figures: Vec<String>,
}

/// All of it, in the order of measuring.
#[derive(Default)]
pub(crate) struct Table(Vec<Section>);

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Goal::RatioAtMost(limit) => write!(f, "≤ {limit}×"),
            Goal::RatioAtLeast(limit) => write!(f, "≥ {limit}×"),
            Goal::LessThan(limit) => write!(f, "< {limit}"),
            Goal::AtMost(limit) => write!(f, "≤ {limit}"),
        }
    }
}

impl Line {
    fn ratio(&self) -> f64 {
        self.ours.value() / self.floor.value()
    }

    fn is_met(&self) -> Option<bool> {
        Some(match self.goal? {
            Goal::RatioAtMost(limit) => self.ratio() <= limit,
            Goal::RatioAtLeast(limit) => self.ratio() >= limit,
            Goal::LessThan(limit) => self.ours.value() < limit.value(),
            Goal::AtMost(limit) => self.ours.value() <= limit.value(),
        })
    }
}

fn verdict(is_met: bool) -> &'static str {
    if is_met { "met" } else { "**behind**" }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { measure, ours, floor, .. } = self;
        let ratio = self.ratio();
        let goal = self.goal.map(|goal| goal.to_string()).unwrap_or_default();
        let verdict = self.is_met().map_or("", verdict);
        write!(f, "| {measure} | {ours} | {floor} | {ratio:.2}× | {goal} | {verdict} |")
    }
}

impl Growth {
    /// Linear, with room for what caches and noise add from one size to the next.
    const LIMIT: f64 = 1.15;

    fn is_met(&self) -> bool {
        self.exponent <= Self::LIMIT
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Growth { cost, smallest, largest, exponent } = self;
        let ((few, cheap), (many, dear)) = (smallest, largest);
        let (limit, verdict) = (Self::LIMIT, verdict(self.is_met()));
        write!(f, "| {cost} | {cheap} ({few}) | {dear} ({many}) | {exponent:.2} | ≤ {limit} | {verdict} |")
    }
}

impl Section {
    fn verdicts(&self) -> impl Iterator<Item = bool> + '_ {
        self.lines.iter().filter_map(Line::is_met).chain(self.growths.iter().map(Growth::is_met))
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n\n{}\n", self.title, self.about)?;
        if !self.lines.is_empty() {
            writeln!(
                f,
                "| measure | ours | floor | ratio | goal | |\n| --- | ---: | ---: | ---: | ---: | --- |"
            )?;
            self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        }
        if !self.growths.is_empty() {
            writeln!(
                f,
                "| cost | least | most | exponent | goal | |\n| --- | ---: | ---: | ---: | ---: | --- |"
            )?;
            self.growths.iter().try_for_each(|growth| writeln!(f, "{growth}"))?;
        }
        self.left_out.iter().try_for_each(|what| writeln!(f, "\nLeft out: {what}."))?;
        self.figures.iter().try_for_each(|figure| writeln!(f, "\n{figure}"))
    }
}

impl Table {
    /// Begins a section; what is added goes to the last one.
    pub(crate) fn begin(&mut self, title: &'static str, about: &'static str) {
        eprintln!("\n{title}");
        let (lines, growths, left_out, figures) = Default::default();
        self.0.push(Section { title, about, lines, growths, left_out, figures });
    }

    /// Adds what was measured beside its floor, in this unit.
    pub(crate) fn add(
        &mut self,
        measure: impl Into<String>,
        unit: fn(f64) -> Quantity,
        medians: Medians,
        goal: Option<Goal>,
    ) {
        let (ours, floor) = (unit(medians.ours), unit(medians.floor));
        let line = Line { measure: measure.into(), ours, floor, goal };
        eprintln!("{line}");
        self.last().lines.push(line);
    }

    pub(crate) fn add_growth(&mut self, growth: Growth) {
        eprintln!("{growth}");
        self.last().growths.push(growth);
    }

    /// Says what was not measured, and why.
    pub(crate) fn leave_out(&mut self, what: String) {
        eprintln!("left out: {what}");
        self.last().left_out.push(what);
    }

    /// Shows a picture, as Markdown.
    pub(crate) fn show(&mut self, figure: String) {
        self.last().figures.push(figure);
    }

    fn last(&mut self) -> &mut Section {
        self.0.last_mut().expect("a section was begun")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdicts: Vec<bool> = self.0.iter().flat_map(Section::verdicts).collect();
        let met = verdicts.iter().filter(|is_met| **is_met).count();
        writeln!(f, "Of {} goals {met} are met.", verdicts.len())?;
        self.0.iter().try_for_each(|section| write!(f, "\n{section}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn medians(ours: f64, floor: f64) -> Medians {
        Medians { ours, floor }
    }

    #[test]
    fn a_line_says_whether_its_goal_is_met() {
        let mut table = Table::default();
        table.begin("Section", "About it.");
        table.add("slow", Quantity::Seconds, medians(0.05, 0.02), Some(Goal::RatioAtMost(2.0)));
        table.add("fast", Quantity::PerSecond, medians(500.0, 1000.0), Some(Goal::RatioAtLeast(0.5)));
        table.add(
            "small",
            Quantity::Bytes,
            medians(1536.0, 768.0),
            Some(Goal::AtMost(Quantity::Bytes(1536.0))),
        );
        let limit = Goal::LessThan(Quantity::Seconds(2e-5));
        table.add("late", Quantity::Seconds, medians(2e-5, 1e-5), Some(limit));
        table.add("free", Quantity::Seconds, medians(3.0, 2.0), None);
        let shown = table.to_string();
        let lines: Vec<&str> = shown.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
        assert_eq!(
            lines,
            [
                "| slow | 50.00 ms | 20.00 ms | 2.50× | ≤ 2× | **behind** |",
                "| fast | 500/s | 1000/s | 0.50× | ≥ 0.5× | met |",
                "| small | 1.50 KiB | 0.75 KiB | 2.00× | ≤ 1.50 KiB | met |",
                "| late | 20.00 µs | 10.00 µs | 2.00× | < 20.00 µs | **behind** |",
                "| free | 3.00 s | 2.00 s | 1.50× |  |  |",
            ]
        );
        assert!(shown.starts_with("Of 4 goals 2 are met.\n"), "{shown}");
    }

    #[test]
    fn growth_that_is_worse_than_linear_is_behind() {
        let growth = |exponent| Growth {
            cost: "list".to_owned(),
            smallest: (10, Quantity::Seconds(0.01)),
            largest: (10_000, Quantity::Seconds(10.0)),
            exponent,
        };
        let line = growth(1.0).to_string();
        assert_eq!(line, "| list | 10.00 ms (10) | 10.00 s (10000) | 1.00 | ≤ 1.15 | met |");
        assert!(growth(1.3).to_string().ends_with("| **behind** |"));
    }
}
