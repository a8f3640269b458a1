//! `/v1/wholesale/subscribers`.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use hub_core::operation::subscribers::{
    self, NewSubscriber, PackageChange, SortBy, SubscriberFilter, SubscriberPrecheck,
};
use hub_core::operation::{PackageChoice, PlacementRequest};
use hub_core::record::{Subscriber, SubscriberStatus};
use hub_core::{Context, Draft, HubError, Timestamp, World};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::wire::{Faults, Time, names, precheck_passed};
use crate::app::App;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::object::Object;
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/wholesale/subscribers", get(list).post(provision))
        .route("/v1/wholesale/subscribers/validate", post(precheck))
        .route("/v1/wholesale/subscribers/{id}", get(get_one).put(change_package).delete(remove))
}

/// A request to provision a subscriber.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubscriberBody {
    customer_id: String,
    email: Box<str>,
    package: Option<Box<str>>,
    packages: Option<Vec<Box<str>>>,
    provisioning_parameters: Object<PersonBody>,
}

/// A request to precheck one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrecheckBody {
    provisioning_id: Option<String>,
    customer_id: Option<String>,
    email: Box<str>,
    package: Option<Box<str>>,
    packages: Option<Vec<Box<str>>>,
    provisioning_parameters: Option<Object<PersonBody>>,
    #[serde(rename = "customerInfo")]
    _customer_info: Option<Object<CustomerInfoBody>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CustomerInfoBody {
    #[serde(rename = "primaryEmail")]
    _primary_email: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersonBody {
    first_name: Option<Box<str>>,
    last_name: Option<Box<str>>,
    primary_phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
    location_id: Option<String>,
}

/// A request to change the package.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChangeBody {
    package: Option<Box<str>>,
    packages: Option<Vec<Box<str>>>,
    provisioning_parameters: Option<Object<PlacementBody>>,
}

#[derive(Debug, Default, Deserialize)]
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
        let Object(mut person) = body.provisioning_parameters;
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
#[derive(Debug, Serialize)]
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
    status: &'static str,
    #[serde(skip_serializing_if = "Faults::is_empty")]
    errors: Faults<'a>,
    created: Time,
    last_status_change: Time,
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
            packages: names(subscriber.packages.iter()),
            status: subscriber.status.name(),
            errors: Faults(&subscriber.errors),
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

/// What clients see of these subscribers, kept from earlier requests where it is the same.
fn views(call: &Call, world: &World, subscribers: &[Arc<Subscriber>]) -> Vec<Arc<RawValue>> {
    let make = |subscriber: &Subscriber| {
        let view = SubscriberView::of(world, subscriber);
        serde_json::value::to_raw_value(&view).expect("our answers have a JSON form")
    };
    call.app.kept_subscribers.views(world, subscribers, make)
}

async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = call.page()?;
    let filter = filter(&mut call.parameters)?;
    call.finish()?;
    call.read(|world, context| {
        let page = subscribers::list(world, context, &filter, wanted)?;
        let items = views(&call, world, &page.items);
        Ok(answer::page(&call, wanted, &items, page.has_more))
    })
}

fn filter(parameters: &mut Parameters) -> Result<SubscriberFilter, HubError> {
    const STATUSES: [(&str, SubscriberStatus); 2] = [
        ("provisioned", SubscriberStatus::Provisioned),
        ("pending_user_migration", SubscriberStatus::PendingUserMigration),
    ];
    const SORTS: [(&str, SortBy); 2] =
        [("created", SortBy::Created), ("lastStatusChange", SortBy::LastStatusChange)];
    const TIME: &str = "epoch milliseconds or ISO 8601";
    Ok(SubscriberFilter {
        customer: parameters.text("customerId").as_deref().map(wire_id::read),
        external_customer_id: parameters.text("externalCustomerId").map(Into::into),
        person: parameters.text("personId").as_deref().map(wire_id::read),
        email: parameters.text("email").map(Into::into),
        status: parameters.choice("status", &STATUSES)?,
        created_after: parameters.read("after", TIME, time)?,
        status_changed_after: parameters.read("lastStatusChange", TIME, time)?,
        sort_by: parameters.choice("sortBy", &SORTS)?.unwrap_or_default(),
        is_ascending: parameters.choice("sortOrder", &[("ASC", true), ("DESC", false)])?.unwrap_or(false),
    })
}

fn time(text: &str) -> Option<Timestamp> {
    let millis = text.parse().ok().map(Timestamp::from_millis);
    millis.or_else(|| Timestamp::parse(text))
}

async fn get_one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let subscriber = subscribers::get(world, context, wire_id::read(&id))?;
        let url = call.url(&format!("/v1/wholesale/subscribers/{}", wire_id::of(subscriber.id)));
        let views = views(&call, world, std::slice::from_ref(subscriber));
        Ok(answer::at(answer::json(StatusCode::OK, &views[0]), &url))
    })
}

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

async fn precheck(call: Call, Json(body): Json<PrecheckBody>) -> Result<Response, Problem> {
    call.finish()?;
    let check = body.into();
    call.read(|world, context| subscribers::precheck(world, context, &check))?;
    Ok(answer::json(StatusCode::OK, &precheck_passed()))
}

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

async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("remove subscriber", |draft, context| subscribers::remove(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
