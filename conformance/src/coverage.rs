//! Which cases are about which rule of the hub.
//!
//! A rule that no case is about may be broken without anybody noticing; `uncovered-rules.txt` says of which that is so,
//! and why.

use hub_rules::Rule;

use crate::case::Case;

/// A rule, and the ids of the cases that cite it; variants, which cite what their case does, are left out.
#[derive(Debug)]
pub struct Covered<'c> {
    /// The rule.
    pub rule: &'static Rule,
    /// The cases, in their order.
    pub cases: Vec<&'c str>,
}

/// All rules of the catalogue in its order, with what these cases cite.
pub fn of(cases: &[Case]) -> Vec<Covered<'_>> {
    let by = |rule: &Rule| {
        let cites = |case: &&Case| !case.is_variant() && case.rules.iter().any(|id| id == rule.id);
        cases.iter().filter(cites).map(|case| case.id.as_str()).collect()
    };
    hub_rules::catalogue().map(|rule| Covered { rule, cases: by(rule) }).collect()
}
