//! Clients that do the right thing and tell their user another.

use hub_conformance::protocol::{Call, Kind, Outcome, Refused};
use serde_json::{Value, json};

use super::Breaks::{Asked, Told};
use super::{WrongClient, wrong};
use crate::message::drop_field;

pub(super) const WRONG: &[WrongClient] = &[
    wrong(
        "says-ok-when-refused",
        "Says that it was done where it was refused.",
        "SUB-PROVISION-5",
        Told(refused_is_ok),
    ),
    wrong(
        "says-refused-when-done",
        "Says that a write was refused where it was done.",
        "PROPERTY-TWINS-WHOLESALE",
        Told(|call, outcome| match outcome {
            Outcome::Ok { .. } if is_write(call) => Outcome::refused(Kind::Invalid),
            other => other,
        }),
    )
    .by("says-what-is-so"),
    wrong(
        "calls-every-refusal-invalid",
        "Makes one kind of all refusals.",
        "ERR-KIND-2",
        Told(|_, outcome| told_otherwise(outcome, |refused| refused.kind = Kind::Invalid)),
    ),
    wrong(
        "takes-forbidden-for-not-found",
        "Says that something is not there where it may not be seen.",
        "ERR-KIND-5",
        Told(|_, outcome| {
            told_otherwise(outcome, |refused| {
                if refused.kind == Kind::Forbidden {
                    refused.kind = Kind::NotFound;
                }
            })
        }),
    ),
    wrong(
        "unsure-is-invalid",
        "Says that a write was refused where nobody knows what became of it.",
        "RES-LOST-8",
        Told(|_, outcome| {
            told_otherwise(outcome, |refused| {
                if matches!(refused.kind, Kind::Unavailable | Kind::Timeout) {
                    refused.kind = Kind::Invalid;
                }
            })
        }),
    ),
    wrong(
        "unsure-is-done",
        "Says that a write was done where nobody knows what became of it.",
        "RES-LOST-8",
        Told(|_, outcome| match &outcome {
            Outcome::Refused(refused) if matches!(refused.kind, Kind::Unavailable | Kind::Timeout) => {
                Outcome::Ok { value: json!({}) }
            }
            _ => outcome,
        }),
    ),
    wrong(
        "loses-retry-after",
        "Does not say how long to wait.",
        "ERR-KIND-7",
        Told(|_, outcome| told_otherwise(outcome, |refused| refused.retry_after_s = None)),
    ),
    wrong(
        "loses-error-codes",
        "Does not pass on Webex's error code.",
        "SUB-PROVISION-5",
        Told(|_, outcome| told_otherwise(outcome, |refused| refused.code = None)),
    ),
    wrong(
        "loses-fields",
        "Does not say which field was refused, although it declares that it does.",
        "ERR-KIND-1",
        Told(|_, outcome| told_otherwise(outcome, |refused| refused.fields.clear())),
    ),
    wrong(
        "forgets-what-was-done",
        "Says that some was refused and not what was done all the same.",
        "ERR-KIND-11",
        Told(|_, outcome| told_otherwise(outcome, |refused| refused.partial = None)),
    ),
    wrong(
        "crashes-when-refused",
        "Crashes at any refusal.",
        "PROPERTY-TWINS-WHOLESALE",
        Told(|_, outcome| match outcome {
            Outcome::Refused(_) => {
                Outcome::Crashed { message: "KeyError: 'items'".to_owned(), trace: String::new() }
            }
            other => other,
        }),
    )
    .by("never-crashes"),
    wrong(
        "dies-when-refused",
        "Ends its process at any refusal.",
        "SUB-PROVISION-5",
        Told(|_, outcome| match outcome {
            Outcome::Refused(_) => std::process::exit(1),
            other => other,
        }),
    ),
    wrong(
        "declares-what-it-cannot",
        "Declares all operations and answers `unsupported` to removals.",
        "SUB-REMOVE-1",
        Told(|call, outcome| match call.op.ends_with(".remove") {
            true => Outcome::Unsupported { reason: "not yet".to_owned() },
            false => outcome,
        }),
    ),
    wrong(
        "removed-is-removed",
        "Says that it removed what was not there.",
        "SUB-REMOVE-2",
        Told(|call, outcome| match &outcome {
            Outcome::Refused(Refused { kind: Kind::NotFound, .. }) if call.op.ends_with(".remove") => {
                Outcome::Ok { value: json!({}) }
            }
            _ => outcome,
        }),
    ),
    wrong(
        "loses-failed-rows",
        "Says of an import that no row failed.",
        "CSV-IMPORT-2",
        Told(|_, outcome| valued_otherwise(outcome, |value| set_counts(value, "failed", 0))),
    ),
    wrong(
        "no-user-beyond-25",
        "Adds the first 25 users and says nothing of the others.",
        "USR-ADD-5",
        Asked(|call| {
            if let Some(Value::Array(users)) = call.args.get_mut("users") {
                users.truncate(25);
            }
        }),
    ),
    wrong(
        "hides-refused-users",
        "Says of users that are added by hand that all were added.",
        "USR-ADD-8",
        Told(|_, outcome| {
            valued_otherwise(outcome, |value| {
                let results = value["results"].as_array_mut().into_iter().flatten();
                results.for_each(|result| result["status"] = "added".into());
            })
        }),
    ),
    wrong(
        "texts-for-numbers",
        "Tells numbers of licences as texts.",
        "LIC-LIST-1",
        Told(|_, outcome| {
            valued_otherwise(outcome, |value| {
                let items = value["items"].as_array_mut().into_iter().flatten();
                items.for_each(|item| item["totalUnits"] = item["totalUnits"].to_string().into());
            })
        }),
    ),
    wrong(
        "gives-the-wrong-id",
        "Gives the id of the person as that of the subscriber.",
        "SUB-GET-1",
        Told(|_, outcome| {
            valued_otherwise(outcome, |value| {
                if value["personId"].is_string() {
                    value["id"] = value["personId"].clone();
                }
            })
        }),
    ),
    wrong(
        "loses-phone-numbers",
        "Does not pass on the phone numbers of a person.",
        "PPL-GET-1",
        Told(|_, outcome| valued_otherwise(outcome, |value| drop_field(value, "extension"))),
    ),
];

fn refused_is_ok(_: &Call, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Refused(_) => Outcome::Ok { value: json!({}) },
        other => other,
    }
}

fn told_otherwise(outcome: Outcome, bend: impl FnOnce(&mut Refused)) -> Outcome {
    match outcome {
        Outcome::Refused(mut refused) => {
            bend(&mut refused);
            Outcome::Refused(refused)
        }
        other => other,
    }
}

fn valued_otherwise(outcome: Outcome, bend: impl FnOnce(&mut Value)) -> Outcome {
    match outcome {
        Outcome::Ok { mut value } => {
            bend(&mut value);
            Outcome::Ok { value }
        }
        other => other,
    }
}

fn is_write(call: &Call) -> bool {
    ["provision", "create", "update", "change_package", "remove", "add"]
        .iter()
        .any(|verb| call.op.ends_with(verb))
}

/// Counts of rows stand at the top of a task.
fn set_counts(value: &mut Value, name: &str, count: u64) {
    if let Some(found) = value.get_mut(name) {
        *found = count.into();
    }
}
