//! Settings of an organization.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::record::OrganizationSettings;
use hub_rules::bulk::IMPORT_SPEED_IS_POSITIVE;
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::platform::PATH_IS_SIMULATED;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::not_simulated;
use crate::app::App;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(read, change))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SettingsView {
    restricted_administrator_mode: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    import_rows_per_second: Option<u32>,
}

impl From<OrganizationSettings> for SettingsView {
    fn from(settings: OrganizationSettings) -> Self {
        SettingsView {
            restricted_administrator_mode: settings.has_restricted_administrators,
            import_rows_per_second: settings.import_rows_per_second,
        }
    }
}

/// What is left out stays; a null speed means at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SettingsChange)]
struct ChangeBody {
    restricted_administrator_mode: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    import_rows_per_second: Option<Option<u32>>,
    #[schema(value_type = Option<Value>)]
    directory_synchronization: Option<IgnoredAny>,
    #[schema(value_type = Option<Value>)]
    automatic_license_assignment: Option<IgnoredAny>,
    #[schema(value_type = Option<Value>)]
    required_attributes: Option<IgnoredAny>,
}

impl ChangeBody {
    /// Refuses the settings that the hub does not have (API-017).
    fn check(&self) -> Result<(), HubError> {
        let lacking = [
            ("directorySynchronization", &self.directory_synchronization),
            ("automaticLicenseAssignment", &self.automatic_license_assignment),
            ("requiredAttributes", &self.required_attributes),
        ];
        match lacking.iter().find(|(_, value)| value.is_some()) {
            Some((name, _)) => Err(not_simulated::refusal().at(*name)),
            None => Ok(()),
        }
    }
}

fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Shows the settings of an organization.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/settings", tag = "Control Hub", operation_id = "getSettings",
    params(("orgId" = WireId, Path)),
    responses((status = 200, description = "The settings.", body = SettingsView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn read(call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let settings =
        call.read(|world, context| organizations::settings(world, context, wire_id::read(&org)))?;
    Ok(answer::json(StatusCode::OK, &SettingsView::from(settings)))
}

/// Changes settings; what is left out stays.
#[utoipa::path(
    patch, path = "/hub/v1/organizations/{orgId}/settings", tag = "Control Hub", operation_id = "changeSettings",
    params(("orgId" = WireId, Path)),
    request_body = ChangeBody,
    responses((status = 200, description = "The settings as they are now.", body = SettingsView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&ORGANIZATION_IS_KNOWN, &PATH_IS_SIMULATED, &IMPORT_SPEED_IS_POSITIVE])
    ))),
)]
async fn change(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<ChangeBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    body.check()?;
    let change = SettingsChange {
        has_restricted_administrators: body.restricted_administrator_mode,
        import_rows_per_second: body.import_rows_per_second,
    };
    let org = wire_id::read(&org);
    let settings = call
        .write("change settings", |draft, context| {
            organizations::change_settings(draft, context, org, change)
        })
        .await?;
    Ok(answer::json(StatusCode::OK, &SettingsView::from(settings)))
}
