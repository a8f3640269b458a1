//! `/v1/wholesale/subscribers`.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::subscribers::{
    self, NewSubscriber, PackageChange, SortBy, SubscriberFilter, SubscriberPrecheck,
};
use hub_core::operation::{PackageChoice, PlacementRequest};
use hub_core::record::{Subscriber, SubscriberStatus};
use hub_core::{Context, Draft, HubError, Order, Timestamp, World};
use hub_rules::customers::{
    CUSTOMER_IS_SETTLED, PROVISIONING_ID_IS_KNOWN, SUB_PARTNER_IS_ACTIVE, TEMPLATE_IS_ACTIVE,
};
use hub_rules::expected;
use hub_rules::platform::SUB_PARTNER_IS_OWN;
use hub_rules::subscribers::{CONSENT_IS_ASKED_OF_WHO_WAITS, SUBSCRIBER_IS_KNOWN};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;

use super::wire::{Faults, PrecheckView, Time, names};
use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::{Call, OnBehalf};
use crate::http::lasting::Lasting;
use crate::http::object::JsonObject;
use crate::http::paging::Paging;
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{EMAIL, PACKAGE_OF_A_SUBSCRIBER, PLACE, SETTLED_CUSTOMER};
use crate::openapi::{cites, one_of};

const STATUSES: [(&str, SubscriberStatus); 2] = [
    ("provisioned", SubscriberStatus::Provisioned),
    ("pending_user_migration", SubscriberStatus::PendingUserMigration),
];

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, provision))
        .routes(routes!(precheck))
        .routes(routes!(get_one, change_package, remove))
        .routes(routes!(ask_for_consent))
}

/// A request to provision a subscriber.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriberBody {
    customer_id: String,
    email: Box<str>,
    package: Option<Box<str>>,
    packages: Option<Vec<Box<str>>>,
    provisioning_parameters: JsonObject<PersonBody>,
}

/// A request to precheck one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SubscriberPrecheckBody)]
struct PrecheckBody {
    provisioning_id: Option<String>,
    customer_id: Option<String>,
    email: Box<str>,
    package: Option<Box<str>>,
    packages: Option<Vec<Box<str>>>,
    provisioning_parameters: Option<JsonObject<PersonBody>>,
    #[serde(rename = "customerInfo")]
    _customer_info: Option<JsonObject<CustomerInfoBody>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomerInfoBody {
    #[serde(rename = "primaryEmail")]
    _primary_email: String,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PersonBody {
    first_name: Option<Box<str>>,
    last_name: Option<Box<str>>,
    primary_phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
    location_id: Option<String>,
}

/// A request to change the package.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SubscriberUpdateBody)]
struct ChangeBody {
    package: Option<Box<str>>,
    packages: Option<Vec<Box<str>>>,
    provisioning_parameters: Option<JsonObject<PlacementBody>>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PlacementBody {
    primary_phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
    location_id: Option<String>,
}

impl From<PlacementBody> for PlacementRequest {
    fn from(body: PlacementBody) -> Self {
        PlacementRequest {
            location: body.location_id.as_deref().map(wire_id::read),
            phone_number: body.primary_phone_number,
            extension: body.extension,
        }
    }
}

impl From<PersonBody> for PlacementRequest {
    fn from(body: PersonBody) -> Self {
        let PersonBody { primary_phone_number, extension, location_id, .. } = body;
        PlacementBody { primary_phone_number, extension, location_id }.into()
    }
}

impl From<SubscriberBody> for NewSubscriber {
    fn from(body: SubscriberBody) -> Self {
        let JsonObject(mut person) = body.provisioning_parameters;
        NewSubscriber {
            customer: wire_id::read(&body.customer_id),
            email: body.email,
            package: PackageChoice { package: body.package, packages: body.packages },
            first_name: person.first_name.take(),
            last_name: person.last_name.take(),
            placement: person.into(),
        }
    }
}

impl From<PrecheckBody> for SubscriberPrecheck {
    fn from(body: PrecheckBody) -> Self {
        SubscriberPrecheck {
            email: body.email,
            provisioning_id: body.provisioning_id.as_deref().map(wire_id::read),
            customer: body.customer_id.as_deref().map(wire_id::read),
            package: PackageChoice { package: body.package, packages: body.packages },
            placement: body.provisioning_parameters.unwrap_or_default().0.into(),
        }
    }
}

impl From<ChangeBody> for PackageChange {
    fn from(body: ChangeBody) -> Self {
        PackageChange {
            package: PackageChoice { package: body.package, packages: body.packages },
            placement: body.provisioning_parameters.unwrap_or_default().0.into(),
        }
    }
}

/// A subscriber as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubscriberView<'a> {
    id: WireId,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<WireId>,
    email: &'a str,
    customer_id: WireId,
    external_customer_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<&'static str>,
    packages: Vec<&'static str>,
    #[schema(schema_with = states)]
    status: &'static str,
    #[serde(skip_serializing_if = "Faults::is_empty")]
    errors: Faults<'a>,
    created: Time,
    last_status_change: Time,
}

fn states() -> ObjectBuilder {
    one_of(STATUSES.map(|(name, _)| name))
}

impl<'a> SubscriberView<'a> {
    fn of(world: &'a World, subscriber: &'a Subscriber) -> Self {
        let person = world.person(subscriber.person).expect("a subscriber is a person");
        let customer = world.customer(subscriber.customer).expect("a subscriber has a customer");
        let is_provisioned = subscriber.status == SubscriberStatus::Provisioned;
        SubscriberView {
            id: wire_id::of(subscriber.id),
            person_id: is_provisioned.then(|| wire_id::of(person.id)),
            email: person.email.as_str(),
            customer_id: wire_id::of(customer.id),
            external_customer_id: &customer.external_id,
            package: subscriber
                .packages
                .base()
                .filter(|base| base.fits_older_field())
                .map(hub_core::Package::id),
            packages: names(subscriber.packages.iter()), // SUB-023
            status: subscriber.status.name(),
            errors: Faults(&subscriber.errors), // SUB-024
            created: Time(subscriber.created),
            last_status_change: Time(subscriber.last_status_change),
        }
    }
}

/// The answer with the subscriber as the head of the sandbox has it.
fn answer_with(call: &Call, world: &World, status: StatusCode, subscriber: &Subscriber) -> Response {
    let view = SubscriberView::of(world, subscriber);
    let url = call.url(&format!("/v1/wholesale/subscribers/{}", view.id));
    answer::at(answer::json(status, &view), &url)
}

/// Appends what clients see of these subscribers, kept from earlier requests where it is the same.
fn write_views(call: &Call, world: &World, subscribers: &[&Arc<Subscriber>], body: &mut Vec<u8>) {
    let make = |subscriber: &Subscriber| {
        let view = SubscriberView::of(world, subscriber);
        serde_json::to_string(&view).expect("our answers have a JSON form").into()
    };
    call.app.kept_subscribers.write(world, subscribers, make, body);
}

/// Lists subscribers, newest first.
#[utoipa::path(
    get, path = "/v1/wholesale/subscribers", tag = "Wholesale Provisioning",
    operation_id = "listWholesaleSubscribers",
    params(
        ("customerId" = Option<WireId>, Query, description = "Only subscribers of this customer."),
        ("externalCustomerId" = Option<String>, Query, description = "The same, by its external id."),
        ("personId" = Option<WireId>, Query, description = "Only this person."),
        ("email" = Option<String>, Query, description = "Only the person with this address."),
        ("status" = Option<String>, Query, description = "`provisioned` or `pending_user_migration`."),
        ("after" = Option<String>, Query, description = "Only those created later."),
        ("lastStatusChange" = Option<String>, Query, description = "Only those whose status changed later."),
        ("sortBy" = Option<String>, Query, description = "`created` or `lastStatusChange`."),
        ("sortOrder" = Option<String>, Query, description = "`ASC` or `DESC`."),
        OnBehalf, Paging,
    ),
    responses((status = 200, description = "A page of subscribers.", body = List<SubscriberView>)),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = call.page()?;
    let filter = filter(&mut call.parameters)?;
    call.finish()?;
    call.read(|world, context| {
        let page = subscribers::list(world, context, &filter, wanted)?;
        let mut body = b"{\"items\":[".to_vec();
        write_views(&call, world, &page.items, &mut body);
        body.extend_from_slice(b"]}");
        Ok(lasting(world, context, answer::written_page(&call, wanted, body, page.next)))
    })
}

fn filter(parameters: &mut Parameters) -> Result<SubscriberFilter, HubError> {
    const SORTS: [(&str, SortBy); 2] =
        [("created", SortBy::Created), ("lastStatusChange", SortBy::LastStatusChange)];
    const ORDERS: [(&str, Order); 2] = [("ASC", Order::OldestFirst), ("DESC", Order::NewestFirst)];
    Ok(SubscriberFilter {
        customer: parameters.text("customerId").as_deref().map(wire_id::read),
        external_customer_id: parameters.text("externalCustomerId").map(Into::into),
        person: parameters.text("personId").as_deref().map(wire_id::read),
        email: parameters.text("email").map(Into::into),
        status: parameters.choice("status", &STATUSES)?,
        created_after: parameters.read("after", &expected::TIME, time)?,
        status_changed_after: parameters.read("lastStatusChange", &expected::TIME, time)?,
        sort_by: parameters.choice("sortBy", &SORTS)?.unwrap_or_default(),
        order: parameters.choice("sortOrder", &ORDERS)?.unwrap_or_default(),
    })
}

fn time(text: &str) -> Option<Timestamp> {
    let millis = text.parse().ok().map(Timestamp::from_millis);
    millis.or_else(|| Timestamp::parse(text))
}

/// Shows a subscriber.
#[utoipa::path(
    get, path = "/v1/wholesale/subscribers/{subscriberId}", tag = "Wholesale Provisioning",
    operation_id = "getWholesaleSubscriber",
    params(("subscriberId" = WireId, Path), OnBehalf),
    responses((status = 200, description = "The subscriber.", body = SubscriberView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUBSCRIBER_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let subscriber = subscribers::get(world, context, wire_id::read(&id))?;
        let url = call.url(&format!("/v1/wholesale/subscribers/{}", wire_id::of(subscriber.id)));
        let mut body = Vec::new();
        write_views(&call, world, &[subscriber], &mut body);
        Ok(lasting(world, context, answer::at(answer::written(StatusCode::OK, body), &url)))
    })
}

/// An answer that is the same until somebody writes or a customer goes: nothing else of it follows from the time.
fn lasting(world: &World, context: &Context<'_>, mut response: Response) -> Response {
    response.extensions_mut().insert(Lasting { until: world.next_end_of_customer(context.now) });
    response
}

/// Gives a person the package; a person who is not there yet becomes a user of the customer.
#[utoipa::path(
    post, path = "/v1/wholesale/subscribers", tag = "Wholesale Provisioning",
    operation_id = "provisionWholesaleSubscriber",
    params(OnBehalf),
    request_body = SubscriberBody,
    responses(
        (status = 200, description = "Provisioned.", body = SubscriberView),
        (status = 202, description = "Waits until the person agrees to move.", body = SubscriberView),
    ),
    extensions(("x-mock-hub-rules" = json!(cites(SETTLED_CUSTOMER).and(EMAIL).and(PACKAGE_OF_A_SUBSCRIBER).and(PLACE)))),
)]
async fn provision(call: Call, Json(body): Json<SubscriberBody>) -> Result<Response, Problem> {
    call.finish()?;
    let new = body.into();
    let provision = |draft: &mut Draft, context: &Context<'_>| {
        let subscriber = subscribers::provision(draft, context, &new)?;
        let status = match subscriber.status {
            SubscriberStatus::Provisioned => StatusCode::OK,
            SubscriberStatus::PendingUserMigration => StatusCode::ACCEPTED,
        };
        Ok(answer_with(&call, draft, status, &subscriber))
    };
    call.write("provision subscriber", provision).await
}

/// Says whether provisioning would be refused; what the request does not say is not checked.
#[utoipa::path(
    post, path = "/v1/wholesale/subscribers/validate", tag = "Wholesale Provisioning",
    operation_id = "precheckWholesaleSubscriberProvisioning",
    params(OnBehalf),
    request_body = PrecheckBody,
    responses((status = 200, description = "Nothing speaks against it.", body = PrecheckView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(SETTLED_CUSTOMER)
            .and(EMAIL)
            .and(PACKAGE_OF_A_SUBSCRIBER)
            .and(PLACE)
            .and(&[&PROVISIONING_ID_IS_KNOWN, &TEMPLATE_IS_ACTIVE])
    ))),
)]
async fn precheck(call: Call, Json(body): Json<PrecheckBody>) -> Result<Response, Problem> {
    call.finish()?;
    let check = body.into();
    call.read(|world, context| subscribers::precheck(world, context, &check))?;
    Ok(answer::json(StatusCode::OK, &PrecheckView::PASSED))
}

/// Changes the package of a subscriber.
#[utoipa::path(
    put, path = "/v1/wholesale/subscribers/{subscriberId}", tag = "Wholesale Provisioning",
    operation_id = "updateWholesaleSubscriber",
    params(("subscriberId" = WireId, Path), OnBehalf),
    request_body = ChangeBody,
    responses((status = 200, description = "Changed.", body = SubscriberView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&SUBSCRIBER_IS_KNOWN, &CUSTOMER_IS_SETTLED]).and(PACKAGE_OF_A_SUBSCRIBER).and(PLACE)
    ))),
)]
async fn change_package(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<ChangeBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let (id, change) = (wire_id::read(&id), body.into());
    let change_package = |draft: &mut Draft, context: &Context<'_>| {
        let subscriber = subscribers::change_package(draft, context, id, &change)?;
        Ok(answer_with(&call, draft, StatusCode::OK, &subscriber))
    };
    call.write("change package", change_package).await
}

/// Takes the package away; the person stays in the organization.
#[utoipa::path(
    delete, path = "/v1/wholesale/subscribers/{subscriberId}", tag = "Wholesale Provisioning",
    operation_id = "removeWholesaleSubscriber",
    params(("subscriberId" = WireId, Path), OnBehalf),
    responses((status = 204, description = "Removed.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUBSCRIBER_IS_KNOWN, &CUSTOMER_IS_SETTLED])))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("remove subscriber", |draft, context| subscribers::remove(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Sends the e-mail that asks a person of another organization to agree to the move.
#[utoipa::path(
    post, path = "/v1/subscribers/{subscriberId}/emails/consentMove", tag = "Wholesale Provisioning",
    operation_id = "sendConsentUserMoveEmailToPendingWholesaleSubscribers",
    params(("subscriberId" = WireId, Path), OnBehalf),
    responses((status = 204, description = "Sent: to nobody, because this hub sends no e-mails.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &SUBSCRIBER_IS_KNOWN, &CONSENT_IS_ASKED_OF_WHO_WAITS, &SUB_PARTNER_IS_OWN, &SUB_PARTNER_IS_ACTIVE
    ])))),
)]
async fn ask_for_consent(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| subscribers::ask_for_consent(world, context, wire_id::read(&id)))?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
