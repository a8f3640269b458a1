//! The catalogue of rules, for whoever wants to know what a rule id means.

use axum::http::StatusCode;
use axum::response::Response;
use hub_rules::Rule;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer::{self, List};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::openapi::family::{Family, routes};

/// A rule on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleBody {
    id: &'static str,
    says: &'static str,
    refusal: &'static str,
    evidence: &'static str,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
}

impl RuleBody {
    pub fn of(rule: &'static Rule) -> Self {
        RuleBody {
            id: rule.id,
            says: rule.says,
            refusal: rule.refusal.name(),
            evidence: rule.evidence.name(),
            source: rule.source,
            error_code: rule.error_code,
        }
    }
}

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list)).routes(routes!(get_one))
}

/// Lists the rules of the hub.
#[utoipa::path(
    get, path = "/_mock/v1/rules", tag = "Control", operation_id = "listRules",
    responses((status = 200, description = "The rules.", body = List<RuleBody>)),
)]
async fn list() -> Response {
    let items: Vec<RuleBody> = hub_rules::catalogue().map(RuleBody::of).collect();
    answer::list(&items)
}

/// Shows a rule.
#[utoipa::path(
    get, path = "/_mock/v1/rules/{id}", tag = "Control", operation_id = "getRule",
    params(("id" = String, Path, description = "Such as `SUB-003`, in any case.")),
    responses((status = 200, description = "The rule.", body = RuleBody)),
)]
async fn get_one(Path(id): Path<String>) -> Result<Response, Problem> {
    let unknown = || Problem::of_control(StatusCode::NOT_FOUND, format!("There is no rule `{id}`."));
    let rule = hub_rules::find(&id).ok_or_else(unknown)?;
    Ok(answer::json(StatusCode::OK, &RuleBody::of(rule)))
}
