//! What a case needs that only a hub with the control API has.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::case::{Case, Given, Noun, Send, Step};

/// What only the demo world knows by name; ids that are written out are its own, too.
const OF_THE_DEMO: [&str; 5] = ["acme-dental", "blue-harbor", "panaderia-sol", "MDE5Y", "Y2lzY29zcGFyazov"];

/// Why a case cannot be tried at a hub that has nothing but its API and these tokens.
pub(super) fn beyond_a_bare_hub(case: &Case, tokens: &Map<String, Value>) -> Option<String> {
    let without = |what: &str| Some(format!("the hub has no control API, and the case needs {what}"));
    let (given, usual) = (&case.given, Given::default());
    if case.real.is_none() && case.steps.iter().any(writes) {
        return without("a sandbox, because it writes and does not say that it may do so anywhere");
    }
    if given.world != usual.world {
        return without("a world of its own");
    }
    if given.now != usual.now || case.steps.iter().any(|step| step.advance.is_some()) {
        return without("a clock that can be set");
    }
    if !given.faults.is_empty() || case.steps.iter().any(|step| step.faults.is_some()) {
        return without("scripted faults");
    }
    if given.provisioning.is_some() {
        return without("provisioning of a certain speed");
    }
    if given.token().is_some() || given.refresh_token {
        return without("tokens made for it");
    }
    if !case.then.wire.is_empty() {
        return without("the request log");
    }
    if case.then.records.iter().any(|records| records.of == Noun::Changes) {
        return without("the records as the hub keeps them");
    }
    if let Some(label) = labels(case).find(|label| !tokens.contains_key(*label)) {
        return Some(format!("no token was given for `{label}`"));
    }
    what_is_not_there(case).and_then(|name| without(&name))
}

/// Whether a step may change what others made before.
fn writes(step: &Step) -> bool {
    step.send.as_ref().is_some_and(|send| !matches!(send.method.as_str(), "GET" | "HEAD"))
}

/// The labels of the tokens that a case uses.
fn labels(case: &Case) -> impl Iterator<Item = &str> {
    let sent = case.steps.iter().filter_map(|step| step.send.as_ref());
    let by_others = sent.filter_map(|Send { caller, .. }| caller.as_deref());
    std::iter::once(case.given.caller.as_str()).chain(by_others)
}

/// A place that stands for something of a sandbox, or a name or id of the demo world.
fn what_is_not_there(case: &Case) -> Option<String> {
    let text = serde_json::to_string(&(&case.steps, &case.then)).unwrap_or_default();
    let mut known: HashSet<&str> = case
        .steps
        .iter()
        .flat_map(|step| [&step.save, &step.save_headers])
        .flatten()
        .map(String::as_str)
        .collect();
    known.extend(["run", "provisioning_id"]);
    let places = text.split("${").skip(1).filter_map(|behind| behind.split('}').next());
    let is_unknown = |place: &&str| !known.contains(place.split(['.', '[']).next().unwrap_or_default());
    let by_place = places.into_iter().find(is_unknown).map(|place| format!("${{{place}}}"));
    by_place.or_else(|| OF_THE_DEMO.into_iter().find(|word| text.contains(word)).map(str::to_owned))
}
