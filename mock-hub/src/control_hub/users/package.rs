//! The package of a user.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::users::{self, UserPackageChange};
use hub_rules::customers::PACKAGE_IS_KNOWN;
use hub_rules::licenses::ADD_ON_NEEDS_ITS_BASE;
use hub_rules::people::{LOCATION_OF_A_CALLING_USER_STAYS, PERSON_IS_KNOWN};
use hub_rules::subscribers::{
    EXTERNAL_USERS_HAVE_NO_PACKAGE, FIRST_ADMINISTRATOR_KEEPS_THE_LEVEL, PACKAGE_IN_ERROR_IS_REASSIGNED,
    PACKAGE_IS_FOR_SUBSCRIBERS, PACKAGE_IS_ON_OFFER, PACKAGE_QUANTITY_IS_LEFT,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::run;
use super::view::UserView;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::nullable;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::groups::{MANAGED_ORGANIZATION, PLACE};

/// The new package, or null to unassign the present one; an add-on comes beside it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserPackageBody {
    #[serde(deserialize_with = "nullable::present")]
    package: Option<Box<str>>,
    location_id: Option<String>,
    phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
}

/// Changes the package of a user, or unassigns it.
#[utoipa::path(
    put, path = "/hub/v1/organizations/{orgId}/users/{userId}/package", tag = "Control Hub",
    operation_id = "changeUserPackage",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    request_body = UserPackageBody,
    responses((status = 200, description = "The user as he is now.", body = UserView)),
    extensions(("x-mock-hub-rules" = json!(cites(MANAGED_ORGANIZATION).and(PLACE).and(&[
        &PERSON_IS_KNOWN,
        &PACKAGE_IS_KNOWN,
        &PACKAGE_IS_FOR_SUBSCRIBERS,
        &ADD_ON_NEEDS_ITS_BASE,
        &EXTERNAL_USERS_HAVE_NO_PACKAGE,
        &PACKAGE_IN_ERROR_IS_REASSIGNED,
        &FIRST_ADMINISTRATOR_KEEPS_THE_LEVEL,
        &PACKAGE_IS_ON_OFFER,
        &PACKAGE_QUANTITY_IS_LEFT,
        &LOCATION_OF_A_CALLING_USER_STAYS,
    ])))),
)]
pub(super) async fn change(
    call: Call,
    Path((org, user)): Path<(String, String)>,
    Json(body): Json<UserPackageBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let change = UserPackageChange {
        package: body.package,
        placement: run::placement(body.location_id.as_deref(), body.phone_number, body.extension),
    };
    let (org, user) = (wire_id::read(&org), wire_id::read(&user));
    let answer = call.write("change user package", |draft, context| {
        let person = users::change_package(draft, context, org, user, &change)?;
        Ok(answer::json(StatusCode::OK, &UserView::of(draft, &person)))
    });
    answer.await
}
