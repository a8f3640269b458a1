//! Settings of an organization.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::automatic_licenses::{self, AutomaticAssignment};
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::record::{License, Organization, OrganizationSettings};
use hub_core::{HubError, Id, World};
use hub_rules::bulk::IMPORT_SPEED_IS_POSITIVE;
use hub_rules::customers::{ORGANIZATION_IS_KNOWN, RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS};
use hub_rules::licenses::LICENSE_IS_RECOGNIZED;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use hub_rules::users::{ATTRIBUTE_IS_KNOWN, GROUP_WITH_LICENSES_IS_KNOWN};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::nullable;
use crate::http::object::JsonObject;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(read, change))
}

/// How the organization is set up; a speed that is not there means at once.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SettingsView {
    directory_synchronization: bool,
    restricted_administrator_mode: bool,
    #[schema(required)]
    automatic_license_assignment: Option<AssignmentView>,
    required_attributes: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    import_rows_per_second: Option<u32>,
}

/// What new users get without being given it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AutomaticLicenseAssignment)]
struct AssignmentView {
    mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    licenses: Option<Vec<WireId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupView>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupLicenses)]
struct GroupView {
    group_id: WireId,
    licenses: Vec<WireId>,
}

/// Whether the licences are those of the organization or of groups.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = AutomaticLicenseMode)]
enum Mode {
    Organization,
    Groups,
}

impl SettingsView {
    fn of(world: &World, organization: Id<Organization>, settings: &OrganizationSettings) -> Self {
        SettingsView {
            directory_synchronization: settings.has_directory,
            restricted_administrator_mode: settings.has_restricted_administrators,
            automatic_license_assignment: AssignmentView::of(world, organization, settings),
            required_attributes: settings
                .required_attributes
                .iter()
                .map(|attribute| attribute.name())
                .collect(),
            import_rows_per_second: settings.import_rows_per_second,
        }
    }
}

impl AssignmentView {
    fn of(world: &World, organization: Id<Organization>, settings: &OrganizationSettings) -> Option<Self> {
        let shown = |ids: &[Id<License>]| {
            let licenses = ids.iter().filter_map(|id| world.license(*id));
            licenses.map(|license| wire_id::of_license(world, license)).collect::<Vec<_>>()
        };
        match automatic_licenses::assignment_of(world, organization, settings) {
            AutomaticAssignment::Off => None,
            AutomaticAssignment::Organization(licenses) => Some(AssignmentView {
                mode: Mode::Organization,
                licenses: Some(shown(&licenses)),
                groups: None,
            }),
            AutomaticAssignment::Groups(groups) => {
                let groups = groups.iter().filter_map(|(id, licenses)| {
                    let group_id = wire_id::of_group(world.group(*id)?);
                    Some(GroupView { group_id, licenses: shown(licenses) })
                });
                Some(AssignmentView { mode: Mode::Groups, licenses: None, groups: Some(groups.collect()) })
            }
        }
    }
}

/// What is left out stays. A null speed means at once; without automatic licences (null), new users get none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SettingsChange)]
struct ChangeBody {
    directory_synchronization: Option<bool>,
    restricted_administrator_mode: Option<bool>,
    #[serde(default, deserialize_with = "nullable::emptied")]
    automatic_license_assignment: Option<Option<JsonObject<AssignmentBody>>>,
    required_attributes: Option<Vec<Box<str>>>,
    #[serde(default, deserialize_with = "nullable::emptied")]
    import_rows_per_second: Option<Option<u32>>,
}

/// The licences of the mode `organization`, or the groups of the mode `groups`.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AutomaticLicenseAssignmentChange)]
struct AssignmentBody {
    mode: Mode,
    licenses: Option<Vec<String>>,
    groups: Option<Vec<JsonObject<GroupBody>>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupLicensesChange)]
struct GroupBody {
    group_id: String,
    licenses: Vec<String>,
}

impl AssignmentBody {
    fn read(self) -> Result<AutomaticAssignment, HubError> {
        let ids = |texts: Vec<String>| texts.iter().map(|text| wire_id::read(text)).collect::<Vec<_>>();
        let lacking = |name| {
            HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(format!("automaticLicenseAssignment.{name}"))
        };
        match self.mode {
            Mode::Organization => {
                let licenses = self.licenses.ok_or_else(|| lacking("licenses"))?;
                Ok(AutomaticAssignment::Organization(ids(licenses)))
            }
            Mode::Groups => {
                let groups = self.groups.ok_or_else(|| lacking("groups"))?.into_iter();
                let group = |JsonObject(group): JsonObject<GroupBody>| {
                    (wire_id::read_group(&group.group_id), ids(group.licenses))
                };
                Ok(AutomaticAssignment::Groups(groups.map(group).collect()))
            }
        }
    }
}

impl ChangeBody {
    fn read(self) -> Result<SettingsChange, HubError> {
        let assignment = self.automatic_license_assignment.map(|given| match given {
            None => Ok(AutomaticAssignment::Off),
            Some(JsonObject(body)) => body.read(),
        });
        Ok(SettingsChange {
            has_restricted_administrators: self.restricted_administrator_mode,
            import_rows_per_second: self.import_rows_per_second,
            has_directory: self.directory_synchronization,
            automatic_licenses: assignment.transpose()?,
            required_attributes: self.required_attributes,
        })
    }
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
    let org = wire_id::read(&org);
    call.read(|world, context| {
        let settings = organizations::settings(world, context, org)?;
        Ok(answer::json(StatusCode::OK, &SettingsView::of(world, org, &settings)))
    })
}

/// Changes settings; what is left out stays.
///
/// Restricted administrator mode and the speed of imports are the partner's to set. The others are also for full
/// administrators of the customer.
#[utoipa::path(
    patch, path = "/hub/v1/organizations/{orgId}/settings", tag = "Control Hub", operation_id = "changeSettings",
    params(("orgId" = WireId, Path)),
    request_body = ChangeBody,
    responses((status = 200, description = "The settings as they are now.", body = SettingsView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &ORGANIZATION_IS_KNOWN,
        &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS,
        &LICENSE_IS_RECOGNIZED,
        &GROUP_WITH_LICENSES_IS_KNOWN,
        &ATTRIBUTE_IS_KNOWN,
        &IMPORT_SPEED_IS_POSITIVE,
    ])))),
)]
async fn change(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<ChangeBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let change = body.read()?;
    let org = wire_id::read(&org);
    let answer = call.write("change settings", |draft, context| {
        let settings = organizations::change_settings(draft, context, org, &change)?;
        Ok(answer::json(StatusCode::OK, &SettingsView::of(draft, org, &settings)))
    });
    answer.await
}
