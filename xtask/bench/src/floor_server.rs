//! The floor of the server: bare axum that answers bytes it was given, and keeps what it is sent in a locked map.

use std::collections::HashMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::routing::get;
use axum::serve::ListenerExt;
use bytes::Bytes;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;

use crate::floor_import::Arena;
use crate::process::{Ready, Server};

#[derive(Args)]
pub(crate) struct Options {
    #[arg(long)]
    listen: SocketAddr,
    #[arg(long)]
    ready_file: PathBuf,
    /// A file with the bytes to answer; without it every answer is empty
    #[arg(long)]
    answer: Option<PathBuf>,
    /// What bodies are, and are kept as
    #[arg(long, value_enum, default_value = "subscriber")]
    keep: Kept,
}

/// What is sent to a floor.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Kept {
    Subscriber,
    Licenses,
    Users,
    Sandbox,
    Restore,
    /// A CSV file, which is read into an arena.
    File,
}

struct Floor<T> {
    answer: Bytes,
    kept: Mutex<HashMap<String, T>>,
}

/// A body with what it is found by.
trait Body: DeserializeOwned + Send + 'static {
    fn key(&self) -> &str;
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "keeping them is what is measured")]
struct Licenses {
    email: String,
    org_id: String,
    licenses: Vec<License>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "keeping them is what is measured")]
struct License {
    id: String,
    operation: String,
}

#[derive(Deserialize)]
struct Users {
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "keeping them is what is measured")]
struct User {
    email: String,
    first_name: String,
    last_name: String,
    package: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "keeping them is what is measured")]
struct Sandbox {
    name: String,
    from: String,
}

#[derive(Deserialize)]
struct Restore {
    snapshot: String,
}

impl Body for NewSubscriber {
    fn key(&self) -> &str {
        &self.email
    }
}

impl Body for Licenses {
    fn key(&self) -> &str {
        &self.email
    }
}

impl Body for Users {
    fn key(&self) -> &str {
        self.users.first().map_or("", |user| &user.email)
    }
}

impl Body for Sandbox {
    fn key(&self) -> &str {
        &self.name
    }
}

impl Body for Restore {
    fn key(&self) -> &str {
        &self.snapshot
    }
}

type Answer = ([(HeaderName, &'static str); 1], Bytes);
type Refusal = (StatusCode, String);

/// Starts a floor as a process of its own, which answers these bytes.
pub(crate) fn start(answer: &[u8], keep: Kept) -> Result<Server> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("answer");
    fs::write(&file, answer)?;
    let keep = keep.to_possible_value().context("no kind is left out")?;
    let options = ["floor-server".as_ref(), "--answer".as_ref(), file.as_os_str()];
    let keep = ["--keep".as_ref(), keep.get_name().as_ref()];
    Server::start(&std::env::current_exe()?, &[&options[..], &keep].concat())
}

/// Serves until the process is ended.
pub(crate) fn run(options: &Options) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(serve(options))
}

async fn serve(options: &Options) -> Result<()> {
    let answer = options.answer.as_deref().map_or_else(|| Ok(Bytes::new()), read)?;
    let router = match options.keep {
        Kept::Subscriber => router::<NewSubscriber>(answer),
        Kept::Licenses => router::<Licenses>(answer),
        Kept::Users => router::<Users>(answer),
        Kept::Sandbox => router::<Sandbox>(answer),
        Kept::Restore => router::<Restore>(answer),
        Kept::File => file_router(answer),
    };
    let listener = TcpListener::bind(options.listen).await.context("cannot listen")?;
    let url = format!("http://{}", listener.local_addr()?);
    let ready = Ready { url, token: "floor".to_owned(), provisioning_id: String::new() };
    let draft = options.ready_file.with_extension("tmp");
    fs::write(&draft, serde_json::to_vec(&ready)?)?;
    fs::rename(&draft, &options.ready_file)?;
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("cannot turn Nagle's algorithm off: {error}");
        }
    });
    Ok(axum::serve(listener, router.route("/healthz", get(async || "ok"))).await?)
}

fn read(file: &Path) -> Result<Bytes> {
    Ok(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?.into())
}

fn router<T: Body>(answer: Bytes) -> Router {
    let floor = Arc::new(Floor::<T> { answer, kept: Mutex::default() });
    let any = get(answer_it::<T>).post(keep::<T>).patch(keep::<T>);
    Router::new().route("/{*path}", any).with_state(floor)
}

fn file_router(answer: Bytes) -> Router {
    let floor = Arc::new(Floor::<Arena> { answer, kept: Mutex::default() });
    let any = get(answer_it::<Arena>).post(keep_file);
    Router::new().route("/{*path}", any).layer(DefaultBodyLimit::disable()).with_state(floor)
}

async fn answer_it<T>(State(floor): State<Arc<Floor<T>>>) -> Answer {
    json(&floor.answer)
}

async fn keep<T: Body>(State(floor): State<Arc<Floor<T>>>, body: Bytes) -> Result<Answer, Refusal> {
    let new: T = serde_json::from_slice(&body).map_err(refused)?;
    floor.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(new.key().to_owned(), new);
    Ok(json(&floor.answer))
}

async fn keep_file(State(floor): State<Arc<Floor<Arena>>>, body: Bytes) -> Result<Answer, Refusal> {
    let arena = Arena::of(&body).map_err(refused)?;
    floor.kept.lock().unwrap_or_else(PoisonError::into_inner).insert("users".to_owned(), arena);
    Ok(json(&floor.answer))
}

fn json(body: &Bytes) -> Answer {
    ([(CONTENT_TYPE, "application/json")], body.clone())
}

fn refused(why: impl ToString) -> Refusal {
    (StatusCode::BAD_REQUEST, why.to_string())
}
