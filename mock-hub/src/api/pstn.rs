//! `/v1/telephony/pstn/locations/{locationId}`: how the calls of a location reach the public network.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::pstn::{self, PstnChoice, PstnKind, PstnOption};
use hub_core::record::PremisesRoute;
use hub_core::{Context, Id};
use hub_rules::locations::{
    PSTN_CHOICE_IS_ONE, PSTN_IS_CONFIGURED, PSTN_OPTION_IS_KNOWN, PSTN_OPTION_IS_SET_BY_API,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::http::word::{Word, Worded, one_of};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CALLING_LOCATION, CHANGED};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(options)).routes(routes!(get_one, set))
}

/// The connection that a location is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PstnChoiceBody {
    id: Option<Box<str>>,
    #[schema(schema_with = one_of::<PremisesRoute>)]
    premise_route_type: Option<Word<PremisesRoute>>,
    premise_route_id: Option<Box<str>>,
}

impl Worded for PremisesRoute {
    const WORDS: &[(&str, Self)] =
        &[("TRUNK", PremisesRoute::Trunk), ("ROUTE_GROUP", PremisesRoute::RouteGroup)];
}

impl Worded for PstnKind {
    const WORDS: &[(&str, Self)] = &[
        ("LOCAL_GATEWAY", PstnKind::LocalGateway),
        ("NON_INTEGRATED_CCP", PstnKind::NonIntegratedProvider),
        ("CISCO_PSTN", PstnKind::CiscoPstn),
    ];
}

impl From<PstnChoiceBody> for PstnChoice {
    fn from(body: PstnChoiceBody) -> Self {
        PstnChoice {
            option: body.id.as_deref().map(wire_id::read::<PstnOption>).map(Id::uuid),
            route: body.premise_route_type.map(Word::value),
            route_id: body.premise_route_id,
        }
    }
}

/// A way to the public network.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PstnConnectionView {
    id: WireId,
    display_name: &'static str,
    pstn_services: &'static [&'static str],
    #[schema(schema_with = one_of::<PstnKind>)]
    pstn_connection_type: Word<PstnKind>,
}

impl From<&'static PstnOption> for PstnConnectionView {
    fn from(option: &'static PstnOption) -> Self {
        PstnConnectionView {
            id: wire_id::of(Id::<PstnOption>::from_uuid(option.id)),
            display_name: option.name,
            pstn_services: option.services,
            pstn_connection_type: Word(option.kind),
        }
    }
}

/// Lists the PSTN connections that a location could have.
#[utoipa::path(
    get, path = "/v1/telephony/pstn/locations/{locationId}/connectionOptions", tag = "PSTN",
    operation_id = "retrievePSTNConnectionOptionsForALocation",
    params(
        ("locationId" = WireId, Path), OrgId,
        ("serviceTypes" = Option<Vec<String>>, Query, description = "Only options with one of these services."),
    ),
    responses((status = 200, description = "The options.", body = List<PstnConnectionView>)),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION)))),
)]
async fn options(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    let services: Vec<_> = call.parameters.list("serviceTypes").into_iter().map(Into::into).collect();
    call.finish()?;
    let id = wire_id::read(&id);
    let options = call.read(|world, context| pstn::options(world, context, organization, id, &services));
    let options = options.map_err(Problem::of_calling)?;
    Ok(answer::list(&options.into_iter().map(PstnConnectionView::from).collect::<Vec<_>>()))
}

/// Shows the PSTN connection of a location.
#[utoipa::path(
    get, path = "/v1/telephony/pstn/locations/{locationId}/connection", tag = "PSTN",
    operation_id = "retrievePSTNConnectionForALocation",
    params(("locationId" = WireId, Path), OrgId),
    responses((status = 200, description = "The connection.", body = PstnConnectionView)),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(&[&PSTN_IS_CONFIGURED])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&id);
    let option = call.read(|world, context| pstn::get(world, context, organization, id));
    let option = option.map_err(Problem::of_calling)?;
    Ok(answer::json(StatusCode::OK, &PstnConnectionView::from(option)))
}

/// Sets the PSTN connection of a location.
#[utoipa::path(
    put, path = "/v1/telephony/pstn/locations/{locationId}/connection", tag = "PSTN",
    operation_id = "setupPSTNConnectionForALocation",
    params(("locationId" = WireId, Path), OrgId),
    request_body = PstnChoiceBody,
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(CHANGED).and(&[
        &PSTN_CHOICE_IS_ONE, &PSTN_OPTION_IS_KNOWN, &PSTN_OPTION_IS_SET_BY_API
    ])))),
)]
async fn set(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<PstnChoiceBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let (id, choice) = (wire_id::read(&id), body.into());
    let set = |draft: &mut _, context: &Context<'_>| pstn::set(draft, context, organization, id, &choice);
    call.write("set PSTN connection", set).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
