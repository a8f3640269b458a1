//! How a run is judged and told: level, baseline, snapshots and reports. What is wrong with them is said before
//! anything is run.

use std::fs;
use std::path::PathBuf;

use hub_conformance::baseline::Baseline;
use hub_conformance::case::Level;
use hub_conformance::report::kind::Wanted;
use hub_conformance::report::{Report, Verdict};
use hub_conformance::snapshot::{Mode, Snapshots};
use jiff::tz::TimeZone;

use super::{Ended, Exit, summary};

#[derive(clap::Args)]
pub(crate) struct Judging {
    /// Up to which level a failing check makes the run red; what weighs less is told as advice.
    #[arg(long, value_name = "LEVEL", value_parser = level, default_value = "must")]
    level: Level,
    /// What is known to fail: a YAML list of {pattern, check, reason, expires}.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Compares outcomes and wire exchange of each case with the file of its id in this folder.
    #[arg(long, value_name = "DIR")]
    snapshots: Option<PathBuf>,
    /// Writes the snapshots instead; refused where CI is set.
    #[arg(long, requires = "snapshots")]
    accept: bool,
    /// Writes a report: json, junit, sarif, markdown or html; `-` is standard output.
    #[arg(long, value_name = "KIND=FILE")]
    report: Vec<Wanted>,
}

/// The same, read and found to be sound.
pub(crate) struct Judge {
    level: Level,
    baseline: Option<Baseline>,
    snapshots: Option<Snapshots>,
    reports: Vec<Wanted>,
}

fn level(word: &str) -> Result<Level, String> {
    let all = [Level::Must, Level::Should, Level::May];
    all.into_iter().find(|level| level.word() == word).ok_or_else(|| "use must, should or may".to_owned())
}

impl Judging {
    pub(crate) fn judge(&self) -> Result<Judge, Ended> {
        let is_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false");
        if self.accept && is_ci {
            let why =
                "--accept is refused because CI is set: snapshots are written where somebody reviews them";
            return Err(Ended::harness(why));
        }
        let baseline = self.baseline.as_ref().map(|file| {
            let name = file.display().to_string();
            let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
            Baseline::read(&name, &text)
        });
        let mode = if self.accept { Mode::Accept } else { Mode::Compare };
        Ok(Judge {
            level: self.level,
            baseline: baseline.transpose().map_err(Ended::harness)?,
            snapshots: self.snapshots.clone().map(|folder| Snapshots { folder, mode }),
            reports: self.report.clone(),
        })
    }
}

impl Judge {
    /// Adds what snapshots say, marks what is known, and judges the cases anew.
    fn judge(&self, report: &mut Report) -> Result<(), Ended> {
        let is_whole = report.deselected == 0;
        if let Some(snapshots) = &self.snapshots {
            let unused = snapshots.apply(&mut report.cases).map_err(Ended::harness)?;
            for file in unused.iter().filter(|_| is_whole) {
                eprintln!("unused snapshot: {}", file.display());
            }
        }
        if let Some(baseline) = &self.baseline {
            let today = report.started.to_zoned(TimeZone::UTC).date();
            report.stale = baseline.apply(&mut report.cases, today, is_whole);
        }
        report.level = self.level;
        report.cases.iter_mut().for_each(|case| case.judge(self.level));
        Ok(())
    }

    /// Judges a report, tells of it and writes it; how the command ends.
    pub(crate) fn end(&self, mut report: Report) -> Result<Exit, Ended> {
        self.judge(&mut report)?;
        if !self.reports.iter().any(Wanted::is_stdout) {
            summary::print(&report);
        }
        self.reports.iter().try_for_each(|wanted| wanted.write(&report)).map_err(Ended::harness)?;
        Ok(match report.verdict() {
            Verdict::Conformant => Exit::Conformant,
            Verdict::NotConformant => Exit::NotConformant,
            Verdict::BaselineStale => Exit::BaselineStale,
            Verdict::HarnessError => Exit::HarnessError,
        })
    }
}
