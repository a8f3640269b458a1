//! The inventory of a location, `/v1/telephony/config/locations/{locationId}/numbers`, and the validation of numbers.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::numbers::{self, Availability, NewNumbers};
use hub_core::record::{NumberKind, NumberState};
use hub_core::{Context, HubError, PhoneNumber};
use hub_rules::numbers::{
    AT_MOST_20_MOBILE_NUMBERS_ARE_ADDED, AT_MOST_FIVE_NUMBERS_ARE_REMOVED, MAIN_NUMBER_STAYS,
    MOBILE_NUMBERS_NEED_A_PSTN_CONNECTION, NUMBER_IN_USE_STAYS, NUMBER_IS_E164, NUMBER_IS_IN_ONE_INVENTORY,
    NUMBER_IS_IN_THE_INVENTORY,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::path::Path;
use crate::http::problem::{Problem, coded};
use crate::http::wire_id::{self, WireId};
use crate::http::word::{Word, one_of};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CALLING_LOCATION, CHANGED, ORGANIZATION};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(add, set_state, remove)).routes(routes!(validate))
}

/// Numbers to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewNumbersBody {
    phone_numbers: Vec<Box<str>>,
    number_type: Option<TypeBody>,
    number_usage_type: Option<UsageBody>,
    #[schema(schema_with = one_of::<NumberState>)]
    state: Option<Word<NumberState>>,
    #[serde(rename = "subscriptionId")]
    _subscription_id: Option<Box<str>>,
    #[serde(rename = "carrierId")]
    _carrier_id: Option<Box<str>>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = NumberTypeBody)]
enum TypeBody {
    #[serde(rename = "TOLLFREE")]
    TollFree,
    Did,
    Mobile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = NumberUsageBody)]
enum UsageBody {
    None,
    Service,
}

/// Numbers to activate, or to deactivate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberStatesBody {
    phone_numbers: Vec<Box<str>>,
    action: Option<ActionBody>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = NumberActionBody)]
enum ActionBody {
    Activate,
    Deactivate,
}

impl From<ActionBody> for NumberState {
    fn from(action: ActionBody) -> Self {
        match action {
            ActionBody::Activate => NumberState::Active,
            ActionBody::Deactivate => NumberState::Inactive,
        }
    }
}

/// Numbers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumbersBody {
    phone_numbers: Vec<Box<str>>,
}

impl From<NewNumbersBody> for NewNumbers {
    fn from(body: NewNumbersBody) -> Self {
        let kind = |it| match it {
            TypeBody::TollFree => NumberKind::TollFree,
            TypeBody::Did => NumberKind::Direct,
            TypeBody::Mobile => NumberKind::Mobile,
        };
        NewNumbers {
            numbers: body.phone_numbers,
            kind: body.number_type.map(kind),
            state: body.state.map(Word::value).unwrap_or_default(),
            is_service: body.number_usage_type == Some(UsageBody::Service),
        }
    }
}

/// What Webex Calling says of a number that cannot be had.
fn unavailable() -> String {
    coded(&NUMBER_IS_IN_ONE_INVENTORY, "DN is unavailable")
}

/// Numbers that could not be added while others were.
#[derive(Debug, Serialize, ToSchema)]
struct NumbersLeftOut {
    errors: Vec<NumberLeftOut>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberLeftOut {
    number: String,
    error_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<String>,
    error_message: String,
}

impl From<(PhoneNumber, HubError)> for NumberLeftOut {
    fn from((number, refusal): (PhoneNumber, HubError)) -> Self {
        NumberLeftOut {
            number: number.to_string(),
            error_type: "ERROR",
            error_code: refusal.rule.error_code.map(|code| code.to_string()),
            error_message: format!("{} : {number}", unavailable()),
        }
    }
}

/// Adds numbers to the inventory of a location.
///
/// Numbers that some location has already are left out and named in the answer, unless there are no others.
#[utoipa::path(
    post, path = "/v1/telephony/config/locations/{locationId}/numbers", tag = "Numbers",
    operation_id = "addPhoneNumbersToALocation",
    params(("locationId" = WireId, Path), OrgId),
    request_body = NewNumbersBody,
    responses((status = 200, description = "Done; with a body, if numbers were left out.", body = Vec<NumbersLeftOut>)),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(CHANGED).and(&[
        &NUMBER_IS_E164, &NUMBER_IS_IN_ONE_INVENTORY, &AT_MOST_20_MOBILE_NUMBERS_ARE_ADDED,
        &MOBILE_NUMBERS_NEED_A_PSTN_CONNECTION
    ])))),
)]
async fn add(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<NewNumbersBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let (id, new) = (wire_id::read(&id), body.into());
    let add = |draft: &mut _, context: &Context<'_>| numbers::add(draft, context, organization, id, &new);
    let left_out = call.write("add phone numbers", add).await?;
    if left_out.is_empty() {
        return Ok(answer::empty(StatusCode::OK));
    }
    let errors = left_out.into_iter().map(Into::into).collect();
    Ok(answer::json(StatusCode::OK, &[NumbersLeftOut { errors }]))
}

/// Activates numbers of a location, or deactivates them.
#[utoipa::path(
    put, path = "/v1/telephony/config/locations/{locationId}/numbers", tag = "Numbers",
    operation_id = "activatePhoneNumbersInALocation",
    params(("locationId" = WireId, Path), OrgId),
    request_body = NumberStatesBody,
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(
        cites(CALLING_LOCATION).and(CHANGED).and(&[&NUMBER_IS_E164, &NUMBER_IS_IN_THE_INVENTORY])
    ))),
)]
async fn set_state(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<NumberStatesBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&id);
    let state = body.action.map(NumberState::from).unwrap_or_default();
    let set = |draft: &mut _, context: &Context<'_>| {
        numbers::set_state(draft, context, organization, id, &body.phone_numbers, state)
    };
    call.write("activate phone numbers", set).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Removes numbers from the inventory of a location.
#[utoipa::path(
    delete, path = "/v1/telephony/config/locations/{locationId}/numbers", tag = "Numbers",
    operation_id = "removePhoneNumbersFromALocation",
    params(("locationId" = WireId, Path), OrgId),
    request_body = NumbersBody,
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(CHANGED).and(&[
        &NUMBER_IS_E164, &NUMBER_IS_IN_THE_INVENTORY, &AT_MOST_FIVE_NUMBERS_ARE_REMOVED, &MAIN_NUMBER_STAYS,
        &NUMBER_IN_USE_STAYS
    ])))),
)]
async fn remove(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<NumbersBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&id);
    let remove = |draft: &mut _, context: &Context<'_>| {
        numbers::remove(draft, context, organization, id, &body.phone_numbers)
    };
    call.write("remove phone numbers", remove).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// What a validation found: once in the words of the document, once in those that public clients read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberValidationView {
    status: &'static str,
    numbers: Vec<NumberVerdict>,
    phone_numbers: Vec<NumberVerdict>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberVerdict {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<Box<str>>,
    state: &'static str,
    toll_free_number: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detail: Vec<String>,
}

impl NumberVerdict {
    fn of(text: &str, number: Option<PhoneNumber>, found: Availability) -> Self {
        let (state, detail) = match found {
            Availability::Available => ("Available", None),
            Availability::Duplicate => ("Duplicate", Some(unavailable())),
            Availability::DuplicateInList => {
                ("Duplicate In List", Some("Number is in the list already".to_owned()))
            }
            Availability::Invalid => ("Invalid", Some("Number is not in E.164 format".to_owned())),
            Availability::Unavailable => ("Unavailable", Some(unavailable())),
        };
        NumberVerdict {
            number: Some(number.map_or(text.into(), |number| number.to_string().into())),
            phone_number: None,
            state,
            toll_free_number: number.is_some_and(PhoneNumber::is_toll_free),
            detail: detail.map(|detail| format!("{detail} : {text}")).into_iter().collect(),
        }
    }
}

/// Says of each number whether it could be added.
#[utoipa::path(
    post, path = "/v1/telephony/config/actions/validateNumbers/invoke", tag = "Numbers",
    operation_id = "validatePhoneNumbers",
    params(OrgId),
    request_body = NumbersBody,
    responses((status = 200, description = "What was found.", body = NumberValidationView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION).and(CHANGED)))),
)]
async fn validate(mut call: Call, Json(body): Json<NumbersBody>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let texts = &body.phone_numbers;
    let found = call.read(|world, context| numbers::validate(world, context, organization, texts))?;
    let is_well = found.iter().all(|(_, found)| *found == Availability::Available);
    let verdicts = texts.iter().zip(found).map(|(text, (number, it))| NumberVerdict::of(text, number, it));
    let numbers: Vec<_> = verdicts.collect();
    let renamed =
        |verdict: NumberVerdict| NumberVerdict { phone_number: verdict.number, number: None, ..verdict };
    let phone_numbers = numbers.iter().cloned().map(renamed).collect();
    let status = if is_well { "OK" } else { "ERRORS" };
    Ok(answer::json(StatusCode::OK, &NumberValidationView { status, numbers, phone_numbers }))
}
