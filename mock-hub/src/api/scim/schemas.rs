//! `/v1/Schemas/SCIM2`: hub-core's registry of attributes, as SCIM publishes schemas.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::identity;
use hub_core::scim::schema::{Attribute, GROUP, Kind, ResourceType, Schema, USER};
use hub_rules::platform::PATH_EXISTS;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(of_user)).routes(routes!(of_group)).routes(routes!(one))
}

/// A schema as SCIM publishes it.
#[derive(Debug, Serialize, ToSchema)]
struct SchemaView {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    attributes: Vec<AttributeView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(no_recursion)]
struct AttributeView {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    multi_valued: bool,
    description: String,
    required: bool,
    case_exact: bool,
    mutability: &'static str,
    returned: &'static str,
    uniqueness: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    canonical_values: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sub_attributes: Vec<AttributeView>,
}

impl From<&'static Schema> for SchemaView {
    fn from(schema: &'static Schema) -> Self {
        SchemaView {
            id: schema.id,
            name: schema.name,
            description: schema.description,
            attributes: schema.attributes.iter().map(AttributeView::from).collect(),
        }
    }
}

impl From<&'static Attribute> for AttributeView {
    fn from(attribute: &'static Attribute) -> Self {
        let (kind, canonical_values): (_, &[_]) = match attribute.kind {
            Kind::Text => ("String", &[]),
            Kind::Word(words) => ("String", words),
            Kind::Flag => ("Boolean", &[]),
            Kind::Complex(_) => ("Complex", &[]),
        };
        let number = if attribute.is_numbered { " A number from 1 to 15 belongs to the name." } else { "" };
        AttributeView {
            name: attribute.name.to_owned(),
            kind,
            multi_valued: attribute.is_many,
            description: format!("The attribute `{}`.{number}", attribute.name),
            required: attribute.is_required,
            case_exact: attribute.is_case_exact,
            mutability: if attribute.is_read_only { "ReadOnly" } else { "ReadWrite" },
            returned: "Default",
            uniqueness: if attribute.is_unique { "Global" } else { "None" },
            canonical_values,
            sub_attributes: attribute.parts().iter().map(AttributeView::from).collect(),
        }
    }
}

/// Schemas by their ids.
type Schemas = BTreeMap<String, SchemaView>;

fn all(call: &Call, of: &'static ResourceType) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|_, context| identity::open_schemas(context))?;
    let schemas: Schemas = of.schemas().map(|schema| (schema.id.to_owned(), schema.into())).collect();
    Ok(answer::json(StatusCode::OK, &schemas))
}

/// Shows the schemas of users.
#[utoipa::path(
    get, path = "/v1/Schemas/SCIM2/User", tag = "SCIM 2 Schemas", operation_id = "getUserSchema",
    responses((status = 200, description = "The schemas by their ids.", body = Schemas)),
    extensions(("x-mock-hub-rules" = json!(cites(&[])))),
)]
async fn of_user(call: Call) -> Result<Response, Problem> {
    all(&call, &USER)
}

/// Shows the schemas of groups.
#[utoipa::path(
    get, path = "/v1/Schemas/SCIM2/Group", tag = "SCIM 2 Schemas", operation_id = "getGroupSchema",
    responses((status = 200, description = "The schemas by their ids.", body = Schemas)),
    extensions(("x-mock-hub-rules" = json!(cites(&[])))),
)]
async fn of_group(call: Call) -> Result<Response, Problem> {
    all(&call, &GROUP)
}

/// Shows a schema.
#[utoipa::path(
    get, path = "/v1/Schemas/SCIM2/{schemaId}", tag = "SCIM 2 Schemas",
    operation_id = "getSchemaUsingGroupSchemaId",
    params(("schemaId" = String, Path, description = "The URN of the schema.")),
    responses((status = 200, description = "The schema.", body = SchemaView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&PATH_EXISTS])))),
)]
async fn one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|_, context| identity::open_schemas(context))?;
    let mut schemas = USER.schemas().chain(GROUP.schemas());
    let schema = schemas.find(|schema| schema.id.eq_ignore_ascii_case(&id));
    let schema = schema.ok_or_else(|| HubError::broken(&PATH_EXISTS).at("schemaId").saw(&id))?;
    Ok(answer::json(StatusCode::OK, &SchemaView::from(schema)))
}
