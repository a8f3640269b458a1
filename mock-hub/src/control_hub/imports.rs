//! User imports: a CSV file planned, or taken in.
//!
//! Both run on a thread of their own, because a file of 20,000 users takes longer than others should wait.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::record::{ImportBehavior, Organization};
use hub_core::{Draft, HubError, Id, bulk};
use hub_rules::advice;
use hub_rules::bulk::ONE_IMPORT_AT_A_TIME;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use tokio::runtime::Handle;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::tasks::TaskView;
use crate::http::answer;
use crate::http::apart::apart;
use crate::http::call::Call;
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::upload::{FileForm, Upload};
use crate::http::wire_id::{self, WireId};
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CSV_FILE, MANAGED_ORGANIZATION};
use crate::openapi::{cites, query};
use crate::plan_body::PlanBody;

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(import)).routes(routes!(plan)).without_body_limit()
}

/// The parameter that [`behavior`] takes.
#[derive(Debug)]
enum Behavior {}

impl IntoParams for Behavior {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let words = ImportBehavior::ALL.map(ImportBehavior::name).join("` or `");
        let mut behavior = query::<String>("behavior", &format!("`{words}`."));
        behavior.required = utoipa::openapi::Required::True;
        vec![behavior]
    }
}

/// Takes what FALSE means in a file.
pub(crate) fn behavior(parameters: &mut Parameters) -> Result<ImportBehavior, HubError> {
    let words = ImportBehavior::ALL.map(|behavior| (behavior.name(), behavior));
    let behavior = parameters.choice("behavior", &words)?;
    behavior.ok_or_else(|| {
        let choices = words.map(|(word, _)| word).join(" or ");
        HubError::broken(&REQUIRED_FIELD_IS_PRESENT)
            .at("behavior")
            .advise(advice::SAY_ONE_OF.with("choices", choices))
    })
}

/// Takes in a CSV file of users.
///
/// The rows that the hub refuses are in the errors of the task; they do not stop the others. All rows take effect at
/// once, or one by one where the settings of the organization have a speed of imports.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/user-imports", tag = "Control Hub", operation_id = "importUsers",
    params(("orgId" = WireId, Path), Behavior),
    request_body(
        description = "The file, or a form with the part `file`.",
        content((String = "text/csv"), (FileForm = "multipart/form-data")),
    ),
    responses((status = 202, description = "Accepted, as a task.", body = TaskView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(CSV_FILE).and(&[&ONE_IMPORT_AT_A_TIME, &REQUIRED_FIELD_IS_PRESENT])
    ))),
)]
async fn import(mut call: Call, Path(org): Path<String>, file: Upload) -> Result<Response, Problem> {
    let behavior = behavior(&mut call.parameters)?;
    call.finish()?;
    apart(move || {
        let organization: Id<Organization> = wire_id::read(&org);
        let take_in = call.write("import users", |draft, context| {
            let name = file.name.as_deref();
            bulk::import(draft, context, organization, behavior, name, &file.content)
        });
        let task = Handle::current().block_on(take_in)?;
        let organization = wire_id::of(organization);
        let url = call.url(&format!("/hub/v1/organizations/{organization}/tasks/{}", task.id));
        Ok(answer::at(answer::json(StatusCode::ACCEPTED, &TaskView::of(&task)), &url))
    })
    .await
}

/// Says row by row what the import of a CSV file would do; nothing changes.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/user-imports/plan", tag = "Control Hub", operation_id = "planUserImport",
    params(("orgId" = WireId, Path), Behavior),
    request_body(
        description = "The file, or a form with the part `file`.",
        content((String = "text/csv"), (FileForm = "multipart/form-data")),
    ),
    responses((status = 200, description = "What would happen.", body = PlanBody)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(CSV_FILE).and(&[&REQUIRED_FIELD_IS_PRESENT])
    ))),
)]
async fn plan(mut call: Call, Path(org): Path<String>, file: Upload) -> Result<Response, Problem> {
    let behavior = behavior(&mut call.parameters)?;
    call.finish()?;
    apart(move || {
        let organization = wire_id::read(&org);
        let plan = call.read(|world, context| {
            bulk::plan(&mut Draft::of(world), context, organization, behavior, &file.content)
        })?;
        Ok(answer::json(StatusCode::OK, &PlanBody::from(&plan)))
    })
    .await
}
