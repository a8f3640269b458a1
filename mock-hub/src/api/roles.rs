//! `/v1/roles`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::roles::{self, RoleEntry};
use hub_rules::organizations::ROLE_IS_KNOWN;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list)).routes(routes!(get_one))
}

/// An administrator role as clients see it.
#[derive(Debug, Serialize, ToSchema)]
struct RoleView {
    id: WireId,
    name: &'static str,
}

impl From<&RoleEntry> for RoleView {
    fn from(entry: &RoleEntry) -> Self {
        RoleView { id: wire_id::of_role(entry.role), name: entry.name }
    }
}

/// Lists the administrator roles.
#[utoipa::path(
    get, path = "/v1/roles", tag = "Roles", operation_id = "listRoles",
    responses((status = 200, description = "All of them.", body = List<RoleView>)),
)]
async fn list(call: Call) -> Result<Response, Problem> {
    call.finish()?;
    let entries = call.read(|_, context| roles::list(context))?;
    let items: Vec<RoleView> = entries.iter().map(RoleView::from).collect();
    Ok(answer::list(&items))
}

/// Shows an administrator role.
#[utoipa::path(
    get, path = "/v1/roles/{roleId}", tag = "Roles", operation_id = "getRole",
    params(("roleId" = WireId, Path)),
    responses((status = 200, description = "The role.", body = RoleView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ROLE_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let entry = call.read(|_, context| roles::get(context, &wire_id::read_word(&id)))?;
    Ok(answer::json(StatusCode::OK, &RoleView::from(entry)))
}
