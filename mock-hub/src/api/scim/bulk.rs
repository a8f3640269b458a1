//! `/identity/scim/{orgId}/v2/Bulk`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::scim_bulk::{self, BulkDone, BulkMethod, BulkOperation, BulkRequest};
use hub_core::record::Organization;
use hub_core::scim::Document;
use hub_core::{Context, HubError, Id};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::platform::{BODY_IS_JSON, VALUE_HAS_ITS_TYPE};
use hub_rules::scim::{BULK_HAS_AT_MOST_100_OPERATIONS, SCHEMAS_NAME_THE_BODY};
use hub_rules::{advice, expected};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::url;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::object::JsonObject;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(run))
}

const RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// Operations on users and groups, done in their order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkBody {
    schemas: Vec<String>,
    fail_on_errors: Option<i64>,
    #[serde(alias = "Operations")]
    operations: Vec<JsonObject<BulkOperationBody>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkOperationBody {
    method: Method,
    path: String,
    /// The document or patch, as an object or as its JSON text.
    data: Option<Value>,
    bulk_id: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = BulkMethod)]
enum Method {
    Post,
    Patch,
    Delete,
}

impl BulkOperationBody {
    fn read(self, index: usize) -> Result<BulkOperation, HubError> {
        let at = format!("operations[{index}].data");
        let data = match self.data {
            None => None,
            Some(Value::Object(data)) => Some(data),
            Some(Value::String(text)) => Some(parsed(&text, &at)?),
            Some(other) => {
                let refusal = HubError::broken(&VALUE_HAS_ITS_TYPE).at(at).saw(other);
                return Err(refusal.advise(advice::expected(&expected::OBJECT_OR_ITS_TEXT)));
            }
        };
        let method = match self.method {
            Method::Post => BulkMethod::Post,
            Method::Patch => BulkMethod::Patch,
            Method::Delete => BulkMethod::Delete,
        };
        Ok(BulkOperation { method, path: self.path, data, bulk_id: self.bulk_id })
    }
}

fn parsed(text: &str, at: &str) -> Result<Document, HubError> {
    let wrong = |error: serde_json::Error| {
        HubError::broken(&BODY_IS_JSON).at(at.to_owned()).advise(advice::json_fault(error.to_string()))
    };
    serde_json::from_str(text).map_err(wrong)
}

/// What became of the operations.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkView {
    schemas: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    fail_on_errors: Option<i64>,
    operations: Vec<BulkOutcomeView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkOutcomeView {
    method: Method,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bulk_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<BulkErrorView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct BulkErrorView {
    schemas: [&'static str; 1],
    status: String,
    #[serde(rename = "urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error")]
    error: BulkErrorDetail,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkErrorDetail {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    details: Box<str>,
}

impl BulkOutcomeView {
    fn of(
        call: &Call,
        organization: Id<Organization>,
        operation: BulkOperation,
        outcome: Result<BulkDone, HubError>,
    ) -> Self {
        let (method, done) = match operation.method {
            BulkMethod::Post => (Method::Post, StatusCode::CREATED),
            BulkMethod::Patch => (Method::Patch, StatusCode::OK),
            BulkMethod::Delete => (Method::Delete, StatusCode::NO_CONTENT),
        };
        let (path, bulk_id) = (operation.path, operation.bulk_id);
        let blank = BulkOutcomeView {
            method,
            path,
            bulk_id,
            location: None,
            version: None,
            status: done.as_str().to_owned(),
            response: None,
        };
        match outcome {
            Ok(BulkDone { kind, id, version }) => {
                let location = url(call, organization, &kind.to_string(), &id.to_string());
                BulkOutcomeView { location: Some(location), version, ..blank }
            }
            Err(refusal) => {
                let problem = Problem::from(refusal);
                let status = problem.status().as_str().to_owned();
                let error =
                    BulkErrorDetail { error_code: problem.error_code(), details: problem.message().into() };
                let response = BulkErrorView { schemas: [ERROR], status: status.clone(), error };
                BulkOutcomeView { status, response: Some(response), ..blank }
            }
        }
    }
}

/// Makes, changes and removes users and groups, each operation by itself.
#[utoipa::path(
    post, path = "/identity/scim/{orgId}/v2/Bulk", tag = "Bulk Manage SCIM 2 Users and Groups",
    operation_id = "userBulkApi",
    params(("orgId" = WireId, Path)),
    request_body = BulkBody,
    responses((status = 200, description = "What became of each operation.", body = BulkView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&ORGANIZATION_IS_KNOWN, &SCHEMAS_NAME_THE_BODY, &BULK_HAS_AT_MOST_100_OPERATIONS])
    ))),
)]
async fn run(call: Call, Path(org): Path<String>, Json(body): Json<BulkBody>) -> Result<Response, Problem> {
    call.finish()?;
    let operations = body.operations.into_iter().enumerate();
    let operations: Result<Vec<_>, _> =
        operations.map(|(index, JsonObject(operation))| operation.read(index)).collect();
    let request =
        BulkRequest { schemas: body.schemas, operations: operations?, fail_on_errors: body.fail_on_errors };
    let org = wire_id::read(&org);
    let run = |draft: &mut _, context: &Context<'_>| scim_bulk::run(draft, context, org, &request);
    let outcomes = call.write("bulk request", run).await?;
    let each = request.operations.into_iter().zip(outcomes);
    let view = BulkView {
        schemas: [RESPONSE],
        fail_on_errors: request.fail_on_errors,
        operations: each
            .map(|(operation, outcome)| BulkOutcomeView::of(&call, org, operation, outcome))
            .collect(),
    };
    Ok(answer::json(StatusCode::OK, &view))
}
