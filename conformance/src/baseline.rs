//! What is known to fail: a file of entries, each with the cases and checks that it is about, a reason and a day on
//! which it ends.
//!
//! A known failure is no red one, and a known failure that does not fail any more is: the file says what is so. An
//! entry that is good for nothing makes the run stale, so that the file only ever has what is needed. How red a case is
//! then is not decided here.

use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::report::{CaseReport, Check, Finding};

/// The entries of a file.
#[derive(Debug, Clone)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// A known failure.
#[derive(Debug, Clone)]
struct Entry {
    /// How it is called where it is told of: file, line and pattern.
    name: String,
    pattern: GlobMatcher,
    check: GlobMatcher,
    reason: String,
    expires: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    pattern: Spanned<String>,
    #[serde(default)]
    check: Option<Spanned<String>>,
    reason: Spanned<String>,
    expires: Spanned<String>,
}

impl Baseline {
    /// Reads the entries; what is wrong is told with line and field.
    pub fn read(name: &str, text: &str) -> Result<Self, String> {
        let written: Vec<Written> =
            if text.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
                Vec::new()
            } else {
                serde_saphyr::from_str(text).map_err(|error| format!("{name}: {error}"))?
            };
        let entries = written.into_iter().map(|written| Entry::of(name, written));
        Ok(Baseline { entries: entries.collect::<Result<_, _>>()? })
    }

    /// Marks what is known, and gives the entries that are good for nothing: expired, or nothing that was tried fits.
    ///
    /// Where cases were left out of the run, an entry may be about those, and is not held against the file.
    pub fn apply(&self, cases: &mut [CaseReport], today: Date, is_whole: bool) -> Vec<String> {
        let stale = self.entries.iter().filter_map(|entry| {
            let fitted = cases.iter_mut().map(|case| entry.mark(case)).filter(|fits| *fits).count();
            if entry.expires < today {
                return Some(format!("{}: expired on {}", entry.name, entry.expires));
            }
            (is_whole && fitted == 0)
                .then(|| format!("{}: no check of a case that was tried fits", entry.name))
        });
        stale.collect()
    }
}

impl Entry {
    fn of(file: &str, written: Written) -> Result<Self, String> {
        let Written { pattern, check, reason, expires } = written;
        let at = |field: &str, spanned: &Spanned<String>, what: &str| {
            format!("{file}:{}: {field}: {what}", spanned.referenced.line())
        };
        let glob = |field: &str, spanned: &Spanned<String>| {
            let glob = Glob::new(&spanned.value).map_err(|error| at(field, spanned, &error.to_string()))?;
            Ok::<_, String>(glob.compile_matcher())
        };
        let any = Spanned::new("*".to_owned(), pattern.referenced, pattern.defined);
        if reason.value.trim().is_empty() {
            return Err(at("reason", &reason, "say why this fails"));
        }
        let day =
            expires.value.parse().map_err(|_| at("expires", &expires, "write a day, such as 2027-01-31"))?;
        Ok(Entry {
            name: format!("{file}:{}: {}", pattern.referenced.line(), pattern.value),
            check: glob("check", check.as_ref().unwrap_or(&any))?,
            pattern: glob("pattern", &pattern)?,
            reason: reason.value,
            expires: day,
        })
    }

    /// Marks the checks that this is about, and says whether there are any.
    ///
    /// Where some fail, those are known. Where none does, the case has become better than the file says.
    fn mark(&self, case: &mut CaseReport) -> bool {
        if !self.pattern.is_match(&case.id) {
            return false;
        }
        let mut checks: Vec<&mut Check> =
            case.checks.iter_mut().filter(|check| self.check.is_match(&check.name)).collect();
        let fails = |check: &Check| matches!(check.result, Finding::Fail | Finding::Xfail);
        let judged = |check: &Check| fails(check) || matches!(check.result, Finding::Pass | Finding::Xpass);
        let some_fail = checks.iter().any(|check| fails(check));
        let all_judged = checks.iter().all(|check| judged(check));
        for check in &mut checks {
            let result = match check.result {
                Finding::Fail => Finding::Xfail,
                Finding::Pass if all_judged && !some_fail => Finding::Xpass,
                _ => continue,
            };
            if result == Finding::Xpass {
                check.what = Some("it passes, although the baseline says that it does not".to_owned());
            }
            check.result = result;
            check.known = Some(format!("{} (until {})", self.reason, self.expires));
        }
        !checks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::case::Level;
    use crate::report::Witness;

    const TODAY: &str = "2026-11-28";

    fn case(id: &str, findings: &[(&str, Finding)]) -> CaseReport {
        let checks = findings.iter().map(|(name, result)| Check {
            name: (*name).to_owned(),
            witness: Witness::Client,
            level: Level::Must,
            result: *result,
            what: None,
            known: None,
        });
        let bare = json!({
            "id": id, "title": "t", "profile": "users", "level": "must", "rules": [], "result": "pass",
            "checks": [], "duration_ms": 0, "script": [], "exchanges": [], "changes": [],
        });
        let bare: CaseReport = serde_json::from_value(bare).expect("a report of a case");
        CaseReport { checks: checks.collect(), ..bare }
    }

    /// What the checks `a` and `b` and their case become, and what is stale.
    fn judged(entry: &str, a: Finding, b: Finding) -> String {
        let baseline = Baseline::read("known.yaml", entry).expect("the entry is sound");
        let mut cases = [case("USR-ADD-1", &[("a", a), ("b", b)])];
        let stale = baseline.apply(&mut cases, TODAY.parse().expect("a day"), true);
        let [mut case] = cases;
        case.judge(Level::Must);
        let words: Vec<_> = case.checks.iter().map(|check| check.result.word()).collect();
        format!(
            "{} -> {}{}",
            words.join(", "),
            case.result.word(),
            stale.iter().map(|s| format!("; {s}")).collect::<String>()
        )
    }

    #[test]
    fn a_known_failure_is_no_red_one_and_one_that_passes_is() {
        use Finding::{Fail, HarnessError, Pass, Untestable};
        let all = "- { pattern: 'USR-*', reason: slow, expires: 2027-01-31 }";
        let one = "- { pattern: USR-ADD-1, check: a, reason: slow, expires: 2027-01-31 }";
        let table = [
            (all, Fail, Pass, "xfail, pass -> xfail"),
            (all, Fail, Fail, "xfail, xfail -> xfail"),
            (all, Pass, Pass, "xpass, xpass -> xpass"),
            (all, Untestable, Pass, "untestable, pass -> untestable"),
            (all, HarnessError, Fail, "harness error, xfail -> harness error"),
            (one, Fail, Pass, "xfail, pass -> xfail"),
            (one, Fail, Fail, "xfail, fail -> fail"),
            (one, Pass, Fail, "xpass, fail -> xpass"),
            (one, Pass, Pass, "xpass, pass -> xpass"),
        ];
        for (entry, a, b, wanted) in table {
            assert_eq!(judged(entry, a, b), wanted, "{entry} with {a:?} and {b:?}");
        }
    }

    #[test]
    fn an_entry_that_fits_nothing_or_is_expired_is_stale() {
        let expired = "# a comment\n- { pattern: USR-ADD-1, reason: slow, expires: 2026-11-27 }";
        let (fail, pass) = (Finding::Fail, Finding::Pass);
        assert_eq!(
            judged(expired, fail, pass),
            "xfail, pass -> xfail; known.yaml:2: USR-ADD-1: expired on 2026-11-27"
        );
        let today = format!("- {{ pattern: USR-ADD-1, reason: slow, expires: {TODAY} }}");
        assert_eq!(judged(&today, fail, pass), "xfail, pass -> xfail");
        let other = "- { pattern: USR-ADD-1, check: c, reason: slow, expires: 2027-01-31 }";
        assert_eq!(
            judged(other, pass, pass),
            "pass, pass -> pass; known.yaml:1: USR-ADD-1: no check of a case that was tried fits"
        );
    }

    #[test]
    fn an_entry_is_not_stale_where_its_case_may_have_been_left_out() {
        let entry = "- { pattern: SUB-1, reason: slow, expires: 2027-01-31 }";
        let baseline = Baseline::read("known.yaml", entry).expect("the entry is sound");
        let stale = baseline.apply(&mut [case("USR-ADD-1", &[])], TODAY.parse().expect("a day"), false);
        assert_eq!(stale, Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_field() {
        let fault = |text: &str| Baseline::read("known.yaml", text).expect_err("it is at fault");
        assert_eq!(
            fault("- pattern: A\n  reason: ' '\n  expires: 2027-01-31\n"),
            "known.yaml:2: reason: say why this fails"
        );
        assert_eq!(
            fault("- pattern: A\n  reason: slow\n  expires: soon\n"),
            "known.yaml:3: expires: write a day, such as 2027-01-31"
        );
        let missing = fault("- pattern: A\n  expires: 2027-01-31\n");
        assert!(missing.contains("reason") && missing.contains("line 2"), "{missing}");
        let unknown = fault("- pattern: A\n  why: slow\n");
        assert!(unknown.contains("why") && unknown.contains("line 2"), "{unknown}");
        assert_eq!(
            Baseline::read("known.yaml", "# nothing\n").expect("no entry is no fault").entries.len(),
            0
        );
    }
}
