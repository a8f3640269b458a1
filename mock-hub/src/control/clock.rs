//! The clock of a sandbox: read, set, put forward.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use hub_store::{Clock, Sandbox};
use serde::{Deserialize, Serialize};

use super::refused;
use crate::app::App;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::starting_point;

/// A clock on the wire.
#[derive(Debug, Serialize)]
pub(super) struct ClockBody {
    mode: Mode,
    now: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Real,
    Frozen,
}

#[derive(Debug, Deserialize)]
struct Setting {
    mode: Mode,
    now: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Advance {
    seconds: f64,
}

impl ClockBody {
    pub(super) fn of(sandbox: &Sandbox) -> Self {
        let mode = match sandbox.head().clock {
            Clock::Real { .. } => Mode::Real,
            Clock::Frozen { .. } => Mode::Frozen,
        };
        ClockBody { mode, now: sandbox.now().to_string() }
    }
}

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/_mock/v1/sandboxes/{name}/clock", get(read).put(set))
        .route("/_mock/v1/sandboxes/{name}/clock/advance", post(advance))
}

async fn read(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    Ok(answer::json(StatusCode::OK, &ClockBody::of(&*app.sandbox(&name)?)))
}

async fn set(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Json(setting): Json<Setting>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name)?;
    let now = setting.now.as_deref().map(starting_point::time).transpose();
    let now = now.map_err(|why| refused(format!("now: {why}.")))?;
    let wall = app.wall();
    let set = |old: Clock| match (setting.mode, now) {
        (Mode::Frozen, at) => Clock::Frozen { at: at.unwrap_or_else(|| old.now(wall)) },
        (Mode::Real, None) => Clock::REAL,
        (Mode::Real, Some(at)) => Clock::Real { offset_ms: at.as_millis() - wall.as_millis() },
    };
    sandbox.set_clock(set).await?;
    Ok(answer::json(StatusCode::OK, &ClockBody::of(&sandbox)))
}

async fn advance(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Json(Advance { seconds }): Json<Advance>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name)?;
    if seconds.is_nan() || seconds < 0.0 {
        return Err(refused(format!("seconds: {seconds} is not a number from 0; set the clock to go back.")));
    }
    sandbox.set_clock(|old| old.advance(seconds)).await?;
    Ok(answer::json(StatusCode::OK, &ClockBody::of(&sandbox)))
}
