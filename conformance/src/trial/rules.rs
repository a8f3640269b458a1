//! Whether a case cites what it is about: a rule that refuses something was seen to refuse it.
//!
//! A rule is met where an answer cites it, or where its id stands in a body: a task tells of refused rows, a plan of
//! those that would be. It is a check of the case more than of who is judged by it: a case that has failed already is
//! not held to it, nor is a variant, in which something else is to go wrong, and a client that is too careful to be
//! refused does not fail by it. A refusal that no answer cites, as OAuth and SCIM have them, is left out by
//! `then.without`.

use hub_rules::Refusal;

use super::Trial;
use crate::case::Level;
use crate::report::{CaseReport, Finding, Witness};

pub(crate) const RULES_ARE_MET: &str = "rules are met";

impl Trial<'_> {
    /// Takes note of the rules that an answer tells of.
    pub(super) fn meet(&mut self, cited: Option<&str>, body: Option<&str>) {
        let tells = |rule: &&str| cited == Some(*rule) || body.is_some_and(|body| body.contains(*rule));
        self.met.extend(self.case.rules.iter().map(String::as_str).filter(tells));
    }

    pub(super) fn judge_rules(&mut self, has_client: bool) {
        let is_red = CaseReport::judged(&self.checks, Level::Must) != Finding::Pass;
        let is_left_out = self.case.then.without.iter().any(|name| name == RULES_ARE_MET);
        if self.suite.is_bare() || self.case.is_variant() || is_red || is_left_out {
            return;
        }
        let refuses = |id: &&str| hub_rules::find(id).is_some_and(|rule| rule.refusal != Refusal::Never);
        let cited: Vec<_> = self.case.rules.iter().map(String::as_str).filter(refuses).collect();
        if cited.is_empty() {
            return;
        }
        let unmet: Vec<_> = cited.into_iter().filter(|rule| !self.met.contains(rule)).collect();
        let what = (!unmet.is_empty()).then(|| format!("cites {}, which was not met", unmet.join(", ")));
        let level = if has_client { Level::May } else { Level::Must };
        self.check(RULES_ARE_MET, Witness::Wire, level, what);
    }
}
