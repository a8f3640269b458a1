//! Which cases of the suite are run.

use std::collections::BTreeSet;

use globset::{Glob, GlobSet, GlobSetBuilder};
use hub_rules::Evidence;

use crate::case::Case;

/// What is asked for; what is not given does not matter.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids that are wanted.
    pub include: Vec<String>,
    /// Ids that are not.
    pub exclude: Vec<String>,
    /// Profiles that are wanted.
    pub profiles: Vec<String>,
    /// The weakest evidence that a rule of the case may have.
    pub min_evidence: Option<Evidence>,
    /// The requirement set up to which cases are wanted.
    pub requirements: Option<String>,
}

impl Selection {
    /// The cases that are wanted, and how many are not.
    pub fn of(&self, cases: Vec<Case>) -> Result<(Vec<Case>, usize), String> {
        let (include, exclude) = (globs(&self.include)?, globs(&self.exclude)?);
        let is_there = |profile: &&String| cases.iter().any(|case| case.profile == **profile);
        if let Some(unknown) = self.profiles.iter().find(|profile| !is_there(profile)) {
            let known: BTreeSet<_> = cases.iter().map(|case| case.profile.as_str()).collect();
            let known: Vec<_> = known.into_iter().collect();
            return Err(format!("there is no profile {unknown}; there are {}", known.join(", ")));
        }
        if let Some(unknown) =
            self.requirements.as_ref().filter(|set| cases.iter().all(|case| case.since != **set))
        {
            let known: BTreeSet<_> = cases.iter().map(|case| case.since.as_str()).collect();
            let known: Vec<_> = known.into_iter().collect();
            return Err(format!("there is no requirement set {unknown}; there are {}", known.join(", ")));
        }
        let all = cases.len();
        let is_wanted = |case: &Case| {
            (self.include.is_empty() || include.is_match(&case.id))
                && !exclude.is_match(&case.id)
                && (self.profiles.is_empty() || self.profiles.contains(&case.profile))
                && self.min_evidence.is_none_or(|least| is_as_sure(case, least))
                && self.requirements.as_ref().is_none_or(|set| case.since <= *set)
        };
        let wanted: Vec<_> = cases.into_iter().filter(is_wanted).collect();
        let deselected = all - wanted.len();
        Ok((wanted, deselected))
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).map_err(|error| error.to_string())?);
    }
    set.build().map_err(|error| error.to_string())
}

/// Whether each of the case's rules is as sure as that.
fn is_as_sure(case: &Case, least: Evidence) -> bool {
    // What no rule stands for is not documented anywhere.
    if case.rules.is_empty() {
        return least == Evidence::Assumed;
    }
    let rules = case.rules.iter().filter_map(|id| hub_rules::find(id));
    rules.into_iter().all(|rule| sureness(rule.evidence) >= sureness(least))
}

fn sureness(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Assumed => 0,
        Evidence::Observed => 1,
        Evidence::OfficialSpec => 2,
        Evidence::Documented => 3,
    }
}
