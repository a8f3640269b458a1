//! Adding users by hand, and claiming those who have an account elsewhere.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::users::{self, ClaimedUser, NewUser, UserOutcome};
use hub_rules::users::{
    NO_DIRECTORY_IS_IN_CHARGE, ONE_USER_WHERE_ATTRIBUTES_ARE_REQUIRED, RUN_HAS_1_TO_25_USERS,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::run::{self, Attributes, ResultView};
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::object::JsonObject;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::groups::MANAGED_ORGANIZATION;

/// Users to add: 1 to 25.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewUsersBody {
    users: Vec<JsonObject<NewUserBody>>,
}

/// A user to add; one without a package gets the automatic licences.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewUserBody {
    email: Option<Box<str>>,
    first_name: Option<Box<str>>,
    last_name: Option<Box<str>>,
    display_name: Option<Box<str>>,
    package: Option<Box<str>>,
    location_id: Option<String>,
    phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
    /// Further attributes by their names.
    #[schema(value_type = Option<Object>)]
    attributes: Option<Attributes>,
}

impl From<NewUserBody> for NewUser {
    fn from(body: NewUserBody) -> Self {
        NewUser {
            email: body.email.unwrap_or_default(),
            first_name: body.first_name,
            last_name: body.last_name,
            display_name: body.display_name,
            package: body.package,
            placement: run::placement(body.location_id.as_deref(), body.phone_number, body.extension),
            attributes: run::attributes(body.attributes),
        }
    }
}

/// What became of each user.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AddedUsersView<'a> {
    results: Vec<ResultView<'a>>,
    added: usize,
    failed: usize,
}

/// Adds users by hand.
///
/// A user who is refused does not stop the others.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/users", tag = "Control Hub", operation_id = "addUsers",
    params(("orgId" = WireId, Path)),
    request_body = NewUsersBody,
    responses((status = 200, description = "What became of each user.", body = AddedUsersView)),
    extensions(("x-mock-hub-rules" = json!(cites(MANAGED_ORGANIZATION).and(&[
        &NO_DIRECTORY_IS_IN_CHARGE,
        &RUN_HAS_1_TO_25_USERS,
        &ONE_USER_WHERE_ATTRIBUTES_ARE_REQUIRED,
    ])))),
)]
pub(super) async fn add(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<NewUsersBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let new: Vec<NewUser> = body.users.into_iter().map(|JsonObject(user)| user.into()).collect();
    let org = wire_id::read(&org);
    let results = call.write("add users", |draft, context| users::add(draft, context, org, &new)).await?;
    let body = AddedUsersView {
        added: run::count(&results, UserOutcome::Added),
        failed: run::failed(&results),
        results: run::views(&results),
    };
    Ok(answer::json(StatusCode::OK, &body))
}

/// Users to claim: 1 to 25.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ClaimsBody {
    users: Vec<JsonObject<ClaimBody>>,
}

/// A user to claim, and the package that he gets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ClaimBody {
    email: Option<Box<str>>,
    package: Option<Box<str>>,
    location_id: Option<String>,
    phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
}

impl From<ClaimBody> for ClaimedUser {
    fn from(body: ClaimBody) -> Self {
        ClaimedUser {
            email: body.email.unwrap_or_default(),
            package: body.package.unwrap_or_default(),
            placement: run::placement(body.location_id.as_deref(), body.phone_number, body.extension),
        }
    }
}

/// What became of each user.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClaimedUsersView<'a> {
    results: Vec<ResultView<'a>>,
    claimed: usize,
    pending_user_migration: usize,
    failed: usize,
}

/// Claims users who have an account elsewhere.
///
/// Who belongs to a consumer organization has to consent first; who is pending where nobody is in charge comes at once.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/users/claim", tag = "Control Hub", operation_id = "claimUsers",
    params(("orgId" = WireId, Path)),
    request_body = ClaimsBody,
    responses((status = 200, description = "What became of each user.", body = ClaimedUsersView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(&[&NO_DIRECTORY_IS_IN_CHARGE, &RUN_HAS_1_TO_25_USERS])
    ))),
)]
pub(super) async fn claim(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<ClaimsBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let claimed: Vec<ClaimedUser> = body.users.into_iter().map(|JsonObject(user)| user.into()).collect();
    let org = wire_id::read(&org);
    let results =
        call.write("claim users", |draft, context| users::claim(draft, context, org, &claimed)).await?;
    let body = ClaimedUsersView {
        claimed: run::count(&results, UserOutcome::Claimed),
        pending_user_migration: run::count(&results, UserOutcome::AwaitsConsent),
        failed: run::failed(&results),
        results: run::views(&results),
    };
    Ok(answer::json(StatusCode::OK, &body))
}
