//! The refusals of an operation, grouped by HTTP status: those that its annotation cites, and those of every operation
//! like it.
//!
//! What a few rules say together is said once, in the components of the document.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use hub_rules::Rule;
use hub_rules::customers::{PARTNER_SELLS_WHOLESALE, SUB_PARTNER_IS_ACTIVE};
use hub_rules::platform::{
    ANSWER_FORMAT_IS_SUPPORTED, ANSWER_IS_IN_TIME, ANSWERS_REST_ON_THE_JOURNAL, BODY_FITS,
    BODY_FORMAT_IS_SUPPORTED, BODY_IS_JSON, FIELD_IS_KNOWN, FILES_ARE_SCANNED, HUB_HAS_ROOM,
    METHOD_IS_SUPPORTED, PATH_EXISTS, RATE_IS_KEPT, REQUEST_IS_OF_THIS_MACHINE, REQUIRED_FIELD_IS_PRESENT,
    RESOURCE_IS_FREE, ROLE_ALLOWS_IT, SCOPE_ALLOWS_IT, SUB_PARTNER_IS_OWN, TOKEN_IS_VALID,
    VALUE_HAS_ITS_TYPE,
};
use serde_json::{Map, Value, json};

use super::RULES;
use crate::http::problem::status_of;
use crate::http::{call, entry};

/// As many rules as a shared answer may have: its name lists them.
const SHARED_RULES: usize = 4;

/// Adds refusals and who may ask.
pub(super) fn add(path: &str, method: &str, operation: &mut Value, shared: &mut Map<String, Value>) {
    let rules = rules_of(path, operation);
    let mut by_status: BTreeMap<StatusCode, Vec<&Rule>> = BTreeMap::new();
    for rule in &rules {
        by_status.entry(status_of(rule.refusal)).or_default().push(rule);
    }
    for (status, rules) in by_status {
        let answers = &mut operation["responses"];
        // A body of its own that the annotation gives this status stays.
        let own = answers.get_mut(status.as_str()).map(|answer| answer["content"].take());
        answers[status.as_str()] = match own.filter(|content| !content.is_null()) {
            Some(content) => json!({ "description": in_words(&rules), "content": content }),
            None => answer(status, &rules, shared),
        };
    }
    if path.starts_with(entry::CONTROL) {
        add_faults_of_control(method, operation);
    }
    if entry::is_for_callers(path) {
        operation["security"] = json!([{ "token": [] }]);
    }
    operation[RULES] = rules.iter().map(|rule| rule.id).collect();
}

/// The rules of an operation in the order of their ids.
fn rules_of(path: &str, operation: &Value) -> Vec<&'static Rule> {
    let cited = operation[RULES].as_array().into_iter().flatten().filter_map(Value::as_str);
    let cited = cited.map(|id| hub_rules::find(id).expect("an annotation cites rules, not words"));
    let mut rules: Vec<&Rule> = cited.chain(common(path, operation)).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    rules
}

/// The rules of every operation like this one.
fn common(path: &str, operation: &Value) -> impl Iterator<Item = &'static Rule> {
    let has_parameter_in = |place: &str| {
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        parameters.any(|parameter| parameter["in"] == place)
    };
    let body = &operation["requestBody"]["content"];
    let has_json = body.get("application/json").is_some();
    let is_for_callers = entry::is_for_callers(path);
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let acts_for_others = path.starts_with("/v1/wholesale/")
        || path.starts_with("/hub/")
        || parameters.into_iter().any(|parameter| parameter["name"] == call::ON_BEHALF);
    let answers_json = call::ANSWER_JSON.iter().any(|prefix| path.starts_with(prefix)) && is_for_callers;
    let groups: [(bool, &[&'static Rule]); 10] = [
        (is_for_callers, &[&TOKEN_IS_VALID, &ROLE_ALLOWS_IT, &SCOPE_ALLOWS_IT, &METHOD_IS_SUPPORTED]),
        (entry::is_for_clients(path), &[&RATE_IS_KEPT, &RESOURCE_IS_FREE, &FILES_ARE_SCANNED]),
        (answers_json, &[&ANSWER_FORMAT_IS_SUPPORTED]),
        (acts_for_others, &[&SUB_PARTNER_IS_OWN, &SUB_PARTNER_IS_ACTIVE, &PARTNER_SELLS_WHOLESALE]),
        (has_json, &[&BODY_IS_JSON, &REQUIRED_FIELD_IS_PRESENT, &BODY_FORMAT_IS_SUPPORTED]),
        (has_json || has_parameter_in("query"), &[&VALUE_HAS_ITS_TYPE]),
        (has_json || is_for_callers, &[&FIELD_IS_KNOWN]),
        (has_parameter_in("path"), &[&PATH_EXISTS]),
        (true, &[&BODY_FITS, &ANSWER_IS_IN_TIME]),
        (true, &[&ANSWERS_REST_ON_THE_JOURNAL, &HUB_HAS_ROOM, &REQUEST_IS_OF_THIS_MACHINE]),
    ];
    groups.into_iter().filter(|(is_meant, _)| *is_meant).flat_map(|(_, rules)| rules.iter().copied())
}

/// The answer with a status, or the name of the one that others have too.
fn answer(status: StatusCode, rules: &[&Rule], shared: &mut Map<String, Value>) -> Value {
    let answer = with_error(&in_words(rules));
    if rules.len() > SHARED_RULES {
        return answer;
    }
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id).collect();
    let name = format!("{}.{}", status.as_str(), ids.join("."));
    let reference = json!({ "$ref": format!("#/components/responses/{name}") });
    shared.insert(name, answer);
    reference
}

fn in_words(rules: &[&Rule]) -> String {
    let line = |rule: &&Rule| format!("* {} (`{}`, {})", rule.says, rule.id, rule.evidence.name());
    let lines: Vec<String> = rules.iter().map(line).collect();
    format!("Refused unless:\n\n{}", lines.join("\n"))
}

/// Adds the faults that no rule speaks of, as [`Problem::of_control`](crate::http::problem::Problem::of_control) has
/// them.
fn add_faults_of_control(method: &str, operation: &mut Value) {
    let faults = [
        ("400", "The request is wrong."),
        ("401", "The hub can be reached by other machines, and the token does not open its control API."),
        ("404", "There is no such sandbox, or not what the request names in it."),
        ("409", "The sandbox is not in a state for it."),
    ];
    for (status, what) in faults {
        let is_known = operation["responses"].get(status).is_some();
        if !is_known && (method != "get" || status != "409") {
            operation["responses"][status] = with_error(what);
        }
    }
}

fn with_error(description: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Error" });
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}
