//! Sandboxes: made, forked, listed, deleted.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hub_core::World;
use hub_rules::advice;
use hub_store::{ForkOptions, Point, Sandbox, SandboxName, Start, StoreError};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::clock::ClockBody;
use super::order::Order;
use super::{refused, snapshots, tokens};
use crate::app::App;
use crate::http::answer::{self, List};
use crate::http::call::Base;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::room::require_at_most;
use crate::openapi::family::{Family, routes};
use crate::starting_point;
use crate::world_file::WorldFile;

/// A year.
const LONGEST_PROVISIONING_S: f64 = 31_536_000.0;

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list, create)).routes(routes!(get_one, delete))
}

/// A sandbox on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SandboxBody {
    name: String,
    url: String,
    api: String,
    clock: ClockBody,
    /// How many seconds of its clock provisioning takes.
    provisioning_delay: f64,
    head: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    forked_from: Option<Origin>,
    tokens: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SandboxOrigin)]
struct Origin {
    sandbox: String,
    seq: u64,
}

impl SandboxBody {
    pub(super) fn of(app: &App, Base(base): &Base, sandbox: &Sandbox) -> Self {
        let head = sandbox.head();
        let name = sandbox.name().as_str();
        let is_default = name == App::DEFAULT;
        let url = if is_default { base.clone() } else { format!("{base}/s/{name}") };
        let text = |label: &str, own: &str| {
            let well_known = is_default.then(|| app.well_known_token(label)).flatten();
            well_known.unwrap_or_else(|| own.to_owned())
        };
        SandboxBody {
            name: name.to_owned(),
            api: format!("{url}/v1"),
            url,
            clock: ClockBody::of(sandbox),
            provisioning_delay: seconds(sandbox.settings().provisioning_delay_ms),
            head: head.seq,
            forked_from: sandbox
                .forked_from()
                .map(|origin| Origin { sandbox: origin.sandbox.to_string(), seq: origin.seq }),
            tokens: head
                .labelled()
                .map(|(label, token)| (label.to_owned(), text(label, &token.token)))
                .collect(),
        }
    }
}

/// A sandbox to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewSandbox {
    pub(crate) name: Option<String>,
    #[schema(value_type = Option<Value>)]
    pub(crate) world: Option<WorldChoice>,
    pub(crate) from: Option<String>,
    /// A snapshot, or the number of a journal entry.
    pub(crate) at: Option<Value>,
    /// `real` or `frozen`, alone or from a time: `real:RFC3339`, `frozen:RFC3339`. Not given = as the parent's or the server's.
    pub(crate) clock: Option<String>,
    pub(crate) seed: Option<u16>,
    /// How many seconds of its clock provisioning takes; not given = as in the parent, or as the server was told.
    #[schema(minimum = 0, maximum = 31_536_000)]
    pub(crate) provisioning_delay: Option<f64>,
}

/// The name of a built-in world, or a world.
#[derive(Debug)]
pub(crate) enum WorldChoice {
    Named(String),
    Given(WorldFile),
}

/// By hand, because serde's own way to tell them apart forgets where in the world the fault is.
impl<'de> Deserialize<'de> for WorldChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Choice;
        impl<'de> Visitor<'de> for Choice {
            type Value = WorldChoice;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a world, or a world")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<WorldChoice, E> {
                Ok(WorldChoice::Named(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<WorldChoice, A::Error> {
                WorldFile::deserialize(MapAccessDeserializer::new(fields)).map(WorldChoice::Given)
            }
        }
        deserializer.deserialize_any(Choice)
    }
}

/// A snapshot by its name, or a journal entry by its number.
fn point(at: &Value) -> Result<Point, Problem> {
    let named = at.as_str().map(snapshots::point);
    let point = named.or_else(|| at.as_u64().map(Point::Seq));
    point.ok_or_else(|| {
        refused(format!("at: {at} is neither the name of a snapshot nor the number of an entry."))
    })
}

/// Lists all sandboxes.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes", tag = "Control", operation_id = "listSandboxes",
    responses((status = 200, description = "The sandboxes.", body = List<SandboxBody>)),
)]
async fn list(State(app): State<Arc<App>>, base: Base) -> Result<Response, Problem> {
    let all = app.all_sandboxes().await?;
    let items: Vec<_> = all.iter().map(|sandbox| SandboxBody::of(&app, &base, sandbox)).collect();
    Ok(answer::list(&items))
}

/// Shows a sandbox and its tokens.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}", tag = "Control", operation_id = "getSandbox",
    params(("name" = String, Path)),
    responses((status = 200, description = "The sandbox.", body = SandboxBody)),
)]
async fn get_one(
    State(app): State<Arc<App>>,
    base: Base,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    Ok(answer::json(StatusCode::OK, &SandboxBody::of(&app, &base, &sandbox)))
}

/// Makes a sandbox, or forks one.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes", tag = "Control", operation_id = "createSandbox",
    request_body = NewSandbox,
    responses((status = 201, description = "The sandbox.", body = SandboxBody)),
)]
async fn create(
    State(app): State<Arc<App>>,
    base: Base,
    Order(new): Order<NewSandbox>,
) -> Result<Response, Problem> {
    let sandbox = make(&app, new).await?;
    let body = SandboxBody::of(&app, &base, &sandbox);
    let url = format!("{}/_mock/v1/sandboxes/{}", base.0, body.name);
    Ok(answer::at(answer::json(StatusCode::CREATED, &body), &url))
}

/// Makes a sandbox of its own, or a fork, with its standing tokens.
pub(crate) async fn make(app: &App, new: NewSandbox) -> Result<Arc<Sandbox>, Problem> {
    require_at_most(app.sandboxes.number() + 1, app.options.max_sandboxes, &advice::ROOM_FOR_SANDBOXES)?;
    let clock = new.clock.as_deref().map(|text| starting_point::clock(text, app.wall()));
    let clock = clock.transpose().map_err(|why| refused(format!("clock: {why}.")))?;
    let provisioning_delay_ms = new.provisioning_delay.map(provisioning_delay_ms).transpose()?;
    let sandbox = match (&new.from, new.world) {
        (Some(_), Some(_)) => {
            return Err(refused("world: give either this or from; a fork has its parent's world."));
        }
        (Some(parent), None) => {
            let at = new.at.as_ref().map(point).transpose()?;
            let options = ForkOptions { clock, seed: new.seed, provisioning_delay_ms };
            named(app, new.name, |name| app.sandboxes.fork(parent, at.as_ref(), name, options)).await
        }
        (None, _) if new.at.is_some() => return Err(refused("at: give it only together with from.")),
        (None, world) => {
            let (clock, seed) = (clock.unwrap_or(app.clock), new.seed.unwrap_or(0));
            let start = Start { world: starting_world(app, world)?, clock, seed, provisioning_delay_ms };
            named(app, new.name, |name| app.sandboxes.create(name, start.clone())).await
        }
    };
    let sandbox = sandbox.map_err(at_its_field)?;
    tokens::renew(&sandbox).await?;
    Ok(sandbox)
}

fn starting_world(app: &App, world: Option<WorldChoice>) -> Result<World, Problem> {
    match world {
        None => Ok(app.world.clone()),
        Some(WorldChoice::Named(name)) => starting_point::built_in_world(&name)
            .ok_or_else(|| refused(format!("world: `{name}` is neither demo nor empty nor a world."))),
        Some(WorldChoice::Given(file)) => {
            file.into_world().map_err(|fault| refused(format!("world: {fault}")))
        }
    }
}

fn provisioning_delay_ms(seconds: f64) -> Result<i64, Problem> {
    if !(0.0..=LONGEST_PROVISIONING_S).contains(&seconds) {
        let why = format!("{seconds} is not a number of seconds from 0 to {LONGEST_PROVISIONING_S}");
        return Err(refused(format!("provisioningDelay: {why}.")));
    }
    #[expect(clippy::cast_possible_truncation, reason = "the milliseconds of a year are far fewer")]
    Ok((seconds * 1000.0).round() as i64)
}

fn seconds(millis: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "what is so long is told near enough")]
    let millis = millis as f64;
    millis / 1000.0
}

/// A sandbox that could not be made, with the field of the request at fault.
fn at_its_field(error: StoreError) -> Problem {
    let field = match &error {
        StoreError::NameMalformed { .. } | StoreError::NameTaken { .. } => "name",
        StoreError::UnknownSandbox { .. } => "from",
        StoreError::UnknownSnapshot { .. } | StoreError::UnknownEntry { .. } => "at",
        _ => return error.into(),
    };
    Problem::from(error).at(field)
}

/// Makes a sandbox with the name that is wanted, or with the first free one.
async fn named<F>(
    app: &App,
    wanted: Option<String>,
    make: impl Fn(SandboxName) -> F,
) -> Result<Arc<Sandbox>, StoreError>
where
    F: Future<Output = Result<Arc<Sandbox>, StoreError>>,
{
    if let Some(wanted) = wanted {
        return make(SandboxName::parse(&wanted)?).await;
    }
    let mut number = app.all_sandboxes().await?.len();
    loop {
        match make(SandboxName::parse(&format!("sandbox-{number}"))?).await {
            Err(StoreError::NameTaken { .. }) => number += 1,
            made => return made,
        }
    }
}

/// Deletes a sandbox that has no forks.
#[utoipa::path(
    delete, path = "/_mock/v1/sandboxes/{name}", tag = "Control", operation_id = "deleteSandbox",
    params(("name" = String, Path)),
    responses((status = 204, description = "Deleted.")),
)]
async fn delete(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    remove(&app, &name).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Deletes a sandbox with its log. Refused for one that has forks, and for the default one, which is made anew where it is
/// damaged.
pub(crate) async fn remove(app: &App, name: &str) -> Result<(), Problem> {
    let is_default = name == App::DEFAULT;
    if is_default && !matches!(app.sandboxes.find(name), Err(StoreError::Damaged { .. })) {
        let why = "The default sandbox is always there: reset it instead.";
        return Err(Problem::of_control(StatusCode::CONFLICT, why));
    }
    app.sandboxes.delete(name).await?;
    app.forget(name).await;
    if is_default {
        app.begin_default().await?;
    }
    Ok(())
}
