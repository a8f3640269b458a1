//! Hubs to be checked: a `mock-hub`, and the same behind a proxy that has no control API and refuses what a test wants
//! refused.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use hub_conformance::hub::Hub;
use hub_conformance::hub::process::OwnHub;

use super::mock_hub::mock_hub;

pub(crate) const TOKEN: &str = "demo-partner-full-admin";

/// A hub of the demo world that nobody else uses.
pub(crate) struct Watched {
    own: OwnHub,
    head: u64,
}

impl Watched {
    pub(crate) fn start() -> Self {
        let own = OwnHub::start(Some(mock_hub())).expect("mock-hub starts");
        let head = own.hub.head("default").expect("the hub and its proxy answer");
        Watched { own, head }
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.own.hub
    }

    /// The records that are not as they were in the beginning.
    pub(crate) fn changes(&self) -> Vec<serde_json::Value> {
        self.own.hub.changes("default", self.head).expect("the hub and its proxy answer")
    }

    /// How many entries were written; 0 where nothing ever changed.
    pub(crate) fn written(&self) -> u64 {
        self.own.hub.head("default").expect("the hub and its proxy answer") - self.head
    }

    /// The same hub without its control API; `refuse` gives the head of an answer to requests that it shall not see.
    pub(crate) fn behind(&self, refuse: impl FnMut(&str) -> Option<&'static str> + Send + 'static) -> Proxy {
        let hub = self.own.hub.url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("the hub and its proxy answer");
        let url = format!("http://{}", listener.local_addr().expect("the hub and its proxy answer"));
        let seen: Seen = Arc::default();
        let (refuse, noted) = (Arc::new(Mutex::new(refuse)), seen.clone());
        // The thread ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (hub, refuse, noted) = (hub.clone(), refuse.clone(), noted.clone());
                thread::spawn(move || {
                    let refuse = |line: &str| {
                        noted
                            .lock()
                            .expect("the hub and its proxy answer")
                            .push((Instant::now(), line.to_owned()));
                        let is_control = line.contains(" /_mock");
                        if is_control {
                            Some("404 Not Found")
                        } else {
                            (refuse.lock().expect("the hub and its proxy answer"))(line)
                        }
                    };
                    // A connection that breaks off is for the suite to tell.
                    let _ = stream.map(|stream| passed_on(stream, &hub, refuse));
                });
            }
        });
        Proxy { url, seen }
    }
}

type Seen = Arc<Mutex<Vec<(Instant, String)>>>;

/// A way to a hub.
pub(crate) struct Proxy {
    pub(crate) url: String,
    seen: Seen,
}

impl Proxy {
    /// The requests that came, as `METHOD TARGET`, each with its time.
    pub(crate) fn seen(&self) -> Vec<(Instant, String)> {
        self.seen.lock().expect("the hub and its proxy answer").clone()
    }
}

/// One request a connection.
fn passed_on(
    client: TcpStream,
    hub: &str,
    refuse: impl FnOnce(&str) -> Option<&'static str>,
) -> std::io::Result<()> {
    let mut from = BufReader::new(client.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") && from.read_line(&mut head)? > 0 {}
    for line in head.lines() {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    let (line, headers) = head.split_once("\r\n").unwrap_or_default();
    let mut client = client;
    if let Some(answer) = refuse(line.trim_end_matches(" HTTP/1.1")) {
        return write!(client, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }
    let mut hub = TcpStream::connect(hub)?;
    write!(hub, "{line}\r\nconnection: close\r\n{headers}")?;
    hub.write_all(&body)?;
    std::io::copy(&mut hub, &mut client).map(drop)
}
