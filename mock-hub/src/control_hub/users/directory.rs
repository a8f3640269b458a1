//! Directory synchronization: one run with the users whom the directory lists.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::users::{self, DirectoryUser, UserOutcome, UserResult};
use hub_rules::users::DIRECTORY_IS_SYNCHRONIZED;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::run::{self, Attributes, ResultView};
use crate::http::answer;
use crate::http::body::{self, Json};
use crate::http::call::Call;
use crate::http::object::JsonObject;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::groups::MANAGED_ORGANIZATION;

/// All users of the directory; who was in it before and is no longer is deactivated.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct DirectoryBody {
    users: Vec<JsonObject<DirectoryUserBody>>,
}

/// A user of the directory; what is left out stays as it is, and a blank attribute is taken away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DirectoryUserBody {
    email: Option<Box<str>>,
    first_name: Option<Box<str>>,
    last_name: Option<Box<str>>,
    display_name: Option<Box<str>>,
    /// Further attributes by their names.
    #[schema(value_type = Option<Object>)]
    attributes: Option<Attributes>,
}

impl From<DirectoryUserBody> for DirectoryUser {
    fn from(body: DirectoryUserBody) -> Self {
        DirectoryUser {
            email: body.email.unwrap_or_default(),
            first_name: body.first_name,
            last_name: body.last_name,
            display_name: body.display_name,
            attributes: run::attributes(body.attributes),
        }
    }
}

impl DirectoryBody {
    fn listed(self) -> Vec<DirectoryUser> {
        self.users.into_iter().map(|JsonObject(user)| user.into()).collect()
    }
}

/// The users of a directory, as a body has them.
pub(crate) fn listed(text: &str, is_strict: bool) -> Result<Vec<DirectoryUser>, HubError> {
    body::parse(text.as_bytes(), is_strict).map(DirectoryBody::listed)
}

/// What became of each user.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SynchronizationView<'a> {
    results: Vec<ResultView<'a>>,
    added: usize,
    changed: usize,
    unchanged: usize,
    deactivated: usize,
    failed: usize,
}

impl<'a> SynchronizationView<'a> {
    fn of(results: &'a [UserResult]) -> Self {
        SynchronizationView {
            added: run::count(results, UserOutcome::Added),
            changed: run::count(results, UserOutcome::Changed),
            unchanged: run::count(results, UserOutcome::Unchanged),
            deactivated: run::count(results, UserOutcome::Deactivated),
            failed: run::failed(results),
            results: run::views(results),
        }
    }
}

/// Synchronizes the users with those of a directory.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/directory-synchronization", tag = "Control Hub",
    operation_id = "synchronizeDirectory",
    params(("orgId" = WireId, Path)),
    request_body = DirectoryBody,
    responses((status = 200, description = "What became of each user.", body = SynchronizationView)),
    extensions(("x-mock-hub-rules" = json!(cites(MANAGED_ORGANIZATION).and(&[&DIRECTORY_IS_SYNCHRONIZED])))),
)]
pub(super) async fn synchronize(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<DirectoryBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let listed = body.listed();
    let org = wire_id::read(&org);
    let results = call
        .write("synchronize directory", |draft, context| users::synchronize(draft, context, org, &listed));
    let results = results.await?;
    Ok(answer::json(StatusCode::OK, &SynchronizationView::of(&results)))
}
