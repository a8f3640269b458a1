//! A proxy in front of a hub, which answers as it is told to: the place where most mistakes are made.
//!
//! What answers a request is an ordinary function that may ask the hub as often as it likes, so that a mistake reads
//! like one. The host that the client names is passed on, because the hub makes the addresses in its answers of it.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use reqwest::blocking::Client;
use reqwest::redirect::Policy;

use crate::message::{Answer, Lost, Request};

/// How a request is answered.
pub(crate) type Answers = fn(&Wire, Request) -> Result<Answer, Lost>;

/// The way to the hub, and what was kept of earlier requests.
#[derive(Debug)]
pub(crate) struct Wire {
    http: Client,
    hub: String,
    kept: Mutex<HashMap<String, Answer>>,
}

impl Wire {
    /// Asks the hub.
    pub(crate) fn ask(&self, request: Request) -> Result<Answer, Lost> {
        let Request { method, sandbox, path, query, mut headers, body } = request;
        for hop in [CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, ACCEPT_ENCODING] {
            headers.remove(hop);
        }
        let mark = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{sandbox}{path}{mark}{query}", self.hub);
        let sent = self.http.request(method, url).headers(headers).body(body).send().map_err(|_| Lost)?;
        let (status, mut headers) = (sent.status(), sent.headers().clone());
        for hop in [CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION] {
            headers.remove(hop);
        }
        Ok(Answer { status, headers, body: sent.bytes().map_err(|_| Lost)? })
    }

    /// What was kept, by whatever name.
    pub(crate) fn kept(&self) -> MutexGuard<'_, HashMap<String, Answer>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves on a free port as long as the process lives; gives the address.
pub(crate) fn serve(hub: &str, answers: Answers) -> io::Result<String> {
    // Another provider that is there already is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http =
        Client::builder().timeout(Duration::from_secs(60)).redirect(Policy::none()).pool_max_idle_per_host(0);
    let http = http.build().map_err(io::Error::other)?;
    let wire = Arc::new(Wire { http, hub: hub.trim_end_matches('/').to_owned(), kept: Mutex::default() });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}", listener.local_addr()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || runtime.block_on(accept(listener, &wire, answers)));
    Ok(address)
}

async fn accept(listener: TcpListener, wire: &Arc<Wire>, answers: Answers) -> io::Result<Infallible> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let wire = wire.clone();
        let service = service_fn(move |request| answered(wire.clone(), answers, request));
        // A connection that breaks is the client's to notice.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// An error closes the connection without an answer.
async fn answered(
    wire: Arc<Wire>,
    answers: Answers,
    request: hyper::Request<Incoming>,
) -> io::Result<hyper::Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let request = Request::new(head.method, target, head.headers, body);
    let is_control = request.path.starts_with("/_mock");
    let answer = move || if is_control { wire.ask(request) } else { answers(&wire, request) };
    let answer = tokio::task::spawn_blocking(answer).await.map_err(io::Error::other)?;
    let Answer { status, headers, body } = answer.map_err(|Lost| io::Error::other("no answer"))?;
    let mut response = hyper::Response::new(Full::new(body));
    (*response.status_mut(), *response.headers_mut()) = (status, headers);
    Ok(response)
}
