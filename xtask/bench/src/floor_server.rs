//! The floor of the server: bare axum that answers bytes it was given, and keeps what it is sent in a locked map.

use std::collections::HashMap;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::routing::get;
use axum::serve::ListenerExt;
use bytes::Bytes;
use clap::Args;
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::process::Ready;

/// The names of the files with the answers, in the folder of `--bodies`.
pub(crate) const SUBSCRIBER: &str = "subscriber.json";
pub(crate) const PAGE: &str = "page.json";
pub(crate) const PROVISIONED: &str = "provisioned.json";

#[derive(Args)]
pub(crate) struct Options {
    #[arg(long)]
    listen: SocketAddr,
    #[arg(long)]
    ready_file: PathBuf,
    /// A folder with the bytes to answer; without it every answer is empty
    #[arg(long)]
    bodies: Option<PathBuf>,
}

#[derive(Default)]
struct Floor {
    subscriber: Bytes,
    page: Bytes,
    provisioned: Bytes,
    subscribers: Mutex<HashMap<String, NewSubscriber>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "keeping them is what is measured")]
struct NewSubscriber {
    customer_id: String,
    email: String,
    package: String,
    provisioning_parameters: Name,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "keeping them is what is measured")]
struct Name {
    first_name: String,
    last_name: String,
}

type Answer = ([(HeaderName, &'static str); 1], Bytes);

/// Serves until the process is ended.
pub(crate) fn run(options: Options) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(serve(options))
}

async fn serve(options: Options) -> Result<()> {
    let floor = Arc::new(options.bodies.as_deref().map_or_else(|| Ok(Floor::default()), Floor::read)?);
    let router = Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/v1/wholesale/subscribers", get(list).post(provision))
        .route("/v1/wholesale/subscribers/{id}", get(get_one))
        .with_state(floor);
    let listener = TcpListener::bind(options.listen).await.context("cannot listen")?;
    let ready = Ready { url: format!("http://{}", listener.local_addr()?), token: String::new() };
    let draft = options.ready_file.with_extension("tmp");
    fs::write(&draft, serde_json::to_vec(&ready)?)?;
    fs::rename(&draft, &options.ready_file)?;
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("cannot turn Nagle's algorithm off: {error}");
        }
    });
    Ok(axum::serve(listener, router).await?)
}

impl Floor {
    fn read(folder: &std::path::Path) -> Result<Self> {
        let read = |name: &str| fs::read(folder.join(name)).map(Bytes::from);
        Ok(Floor {
            subscriber: read(SUBSCRIBER)?,
            page: read(PAGE)?,
            provisioned: read(PROVISIONED)?,
            subscribers: Mutex::default(),
        })
    }
}

async fn get_one(State(floor): State<Arc<Floor>>, Path(_): Path<String>) -> Answer {
    json(&floor.subscriber)
}

async fn list(State(floor): State<Arc<Floor>>) -> Answer {
    json(&floor.page)
}

async fn provision(State(floor): State<Arc<Floor>>, body: Bytes) -> Result<Answer, (StatusCode, String)> {
    let new: NewSubscriber =
        serde_json::from_slice(&body).map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    let mut subscribers = floor.subscribers.lock().unwrap_or_else(PoisonError::into_inner);
    subscribers.insert(new.email.clone(), new);
    drop(subscribers);
    Ok(json(&floor.provisioned))
}

fn json(body: &Bytes) -> Answer {
    ([(CONTENT_TYPE, "application/json")], body.clone())
}
