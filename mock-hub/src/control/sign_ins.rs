//! Signing a user in, as if he did it himself: who was pending is active then (USR-007), and who waits to move consents
//! (SUB-022). An external user accepts what he was given (LIC-032).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::users;
use hub_core::{Caller, Email, Id};
use hub_rules::licenses::EXTERNAL_USERS_ACCEPT_LICENSES;
use hub_rules::subscribers::{EMAIL_IS_WELL_FORMED, LOCAL_PART_IS_SHORT, SIGNING_IN_IS_CONSENT};
use hub_rules::users::{SUSPENDED_USERS_DO_NOT_SIGN_IN, WHO_SIGNS_IN_IS_KNOWN};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::order::Order;
use crate::app::App;
use crate::http::answer;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(sign_in))
}

/// Who signs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInBody {
    email: String,
}

/// Who has signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SignInView {
    email: String,
    user_id: WireId,
    org_id: WireId,
}

/// Signs a user in by his address; who was pending is active then, and who was asked to move to a customer consents.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes/{name}/sign-ins", tag = "Control", operation_id = "signIn",
    params(("name" = String, Path)),
    request_body = SignInBody,
    responses((status = 200, description = "The user has signed in.", body = SignInView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &EMAIL_IS_WELL_FORMED,
        &LOCAL_PART_IS_SHORT,
        &WHO_SIGNS_IN_IS_KNOWN,
        &SUSPENDED_USERS_DO_NOT_SIGN_IN,
        &SIGNING_IN_IS_CONSENT,
        &EXTERNAL_USERS_ACCEPT_LICENSES,
    ])))),
)]
async fn sign_in(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Order(body): Order<SignInBody>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    let head = sandbox.head();
    let person = Email::parse(&body.email).ok().and_then(|email| head.world.person_by_email(&email).cloned());
    let caller = Caller {
        name: body.email.trim().to_lowercase().into(),
        organization: person.as_ref().map(|person| person.organization).unwrap_or(Id::MIN),
        roles: person.as_ref().map(|person| person.roles.clone()).unwrap_or_default(),
        scopes: None,
        on_behalf_of: None,
        person: person.map(|person| person.id),
    };
    let signed_in =
        sandbox.write(&caller, "sign in", |draft, context| users::sign_in(draft, context, &body.email));
    let person = signed_in.await?;
    let body = SignInView {
        email: person.email.to_string(),
        user_id: wire_id::of(person.id),
        org_id: wire_id::of(person.organization),
    };
    Ok(answer::json(StatusCode::OK, &body))
}
