//! The catalogue of rules, for whoever wants to know what a rule id means.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use hub_rules::Rule;
use serde::Serialize;

use crate::app::App;
use crate::http::answer;
use crate::http::path::Path;
use crate::http::problem::Problem;

/// A rule on the wire.
#[derive(Debug, Serialize)]
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

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/_mock/v1/rules", get(list)).route("/_mock/v1/rules/{id}", get(get_one))
}

async fn list() -> Response {
    let items: Vec<RuleBody> = hub_rules::catalogue().map(RuleBody::of).collect();
    answer::json(StatusCode::OK, &serde_json::json!({ "items": items }))
}

async fn get_one(Path(id): Path<String>) -> Result<Response, Problem> {
    let unknown = || Problem::of_control(StatusCode::NOT_FOUND, format!("There is no rule `{id}`."));
    let rule = hub_rules::find(&id).ok_or_else(unknown)?;
    Ok(answer::json(StatusCode::OK, &RuleBody::of(rule)))
}
