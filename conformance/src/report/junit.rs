//! A report as JUnit XML: a suite for each profile, a test case for each case.
//!
//! What is red in the report is a failure (or, where it could not be tried, an error) there. JUnit knows no known
//! failures: they are skipped with the reason of the baseline, as what does not apply is with its own.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::{CaseReport, Check, Finding, Report};
use crate::case::Level;

/// The report as XML.
pub(super) fn text(report: &Report) -> Result<String, String> {
    let mut junit = Junit::new(format!("{} {}", report.client.name, report.client.version));
    junit.set_time(Duration::from_millis(report.duration_ms));
    for profile in report.profiles().into_keys() {
        junit.add_test_suite(suite(report, profile));
    }
    let text = junit.to_string().map_err(|error| format!("JUnit cannot be written: {error}"))?;
    // The schema that Jenkins reads JUnit by knows skipped tests of a suite, and none of all suites.
    Ok(text.replacen(&format!(" skipped=\"{}\"", junit.skipped), "", 1))
}

fn suite(report: &Report, profile: &str) -> TestSuite {
    let mut suite = TestSuite::new(profile);
    suite.add_property(Property::new("seed", report.seed.to_string()));
    suite.add_property(Property::new("level", report.level.word()));
    let cases = report.cases.iter().filter(|case| case.profile == profile);
    suite.set_time(Duration::from_millis(cases.clone().map(|case| case.duration_ms).sum()));
    suite.add_test_cases(cases.map(|case| test_case(case, report.level)));
    suite
}

fn test_case(case: &CaseReport, level: Level) -> TestCase {
    let mut test = TestCase::new(format!("{}: {}", case.id, case.title), status(case, level));
    test.set_classname(format!("hub-conformance.{}", case.profile));
    test.set_time(Duration::from_millis(case.duration_ms));
    let advice: Vec<_> = case.advice(level).map(|check| format!("advice: {}", told(check))).collect();
    if !advice.is_empty() {
        test.set_system_out(advice.join("\n"));
    }
    test
}

fn status(case: &CaseReport, level: Level) -> TestCaseStatus {
    let why = case.why.clone().unwrap_or_default();
    let mut status = match case.result {
        Finding::Pass => return TestCaseStatus::success(),
        Finding::NotApplicable | Finding::Xfail => TestCaseStatus::skipped(),
        Finding::Fail | Finding::Xpass => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Finding::Untestable | Finding::HarnessError => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    let known = || case.checks.iter().find_map(|check| check.known.clone());
    let red: Vec<_> = case.red_checks(level).map(told).collect();
    let message = match case.result {
        Finding::Xfail => known().map_or("known".to_owned(), |known| format!("known: {known}")),
        _ => red.first().cloned().unwrap_or(why),
    };
    status.set_message(message);
    if case.result.is_red() {
        status.set_type(case.result.word());
        let rules = case.rules.iter().map(|rule| format!("{}: {} ({})", rule.id, rule.says, rule.source));
        status.set_description(red.into_iter().chain(rules).collect::<Vec<_>>().join("\n"));
    }
    status
}

fn told(check: &Check) -> String {
    format!(
        "{} ({}): {}",
        check.name,
        check.witness.word(),
        check.what.as_deref().unwrap_or(check.result.word())
    )
}
