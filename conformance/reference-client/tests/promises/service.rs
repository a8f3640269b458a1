//! A service that gives one scripted answer after another, and keeps what it was asked.
//!
//! It speaks HTTP by hand, because it has to close connections where a server would not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wholesale_client::{Builder, Client, Clock, Policy};

/// One answer of the script.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status, further header lines, body.
    Says(u16, String, String),
    /// The connection is closed instead.
    Lost,
    /// Nothing comes, and the connection stays.
    Silence,
}

/// An answer with a value.
pub(crate) fn says(status: u16, body: &Value) -> Reply {
    Reply::Says(status, String::new(), body.to_string())
}

/// An answer with a header and a value.
pub(crate) fn says_with(status: u16, header: &str, body: &Value) -> Reply {
    Reply::Says(status, format!("{header}\r\n"), body.to_string())
}

/// The service, and a client of it whose waits pass at once.
pub(crate) struct Service {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

/// What the service was asked.
#[derive(Debug, Clone)]
struct Seen {
    line: String,
    token: String,
    body: String,
}

impl Service {
    /// A service with this script; where it ends, it answers 418.
    pub(crate) async fn answering(script: impl IntoIterator<Item = Reply>) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let service = Service { origin, seen: Arc::default(), waits: Arc::default() };
        let seen = Arc::clone(&service.seen);
        let script: Vec<Reply> = script.into_iter().collect();
        tokio::spawn(async move {
            let mut script = script.into_iter();
            let mut silent = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let asked = read(&mut stream).await;
                seen.lock().unwrap().push(asked);
                match script.next().unwrap_or_else(|| says(418, &Value::Null)) {
                    Reply::Says(status, headers, body) => write(&mut stream, status, &headers, &body).await,
                    Reply::Lost => {}
                    Reply::Silence => silent.push(stream),
                }
            }
        });
        service
    }

    /// An address where nobody listens.
    pub(crate) async fn absent() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        Service { origin, seen: Arc::default(), waits: Arc::default() }
    }

    pub(crate) fn builder(&self) -> Builder {
        let waits = Arc::clone(&self.waits);
        let clock = Clock::of(move |time| {
            waits.lock().unwrap().push(time);
            async {}
        });
        Client::builder(&self.origin, "first-token").clock(clock)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn client_with(&self, policy: Policy) -> Client {
        self.builder().policy(policy).build().unwrap()
    }

    /// Method and address of each request.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|seen| seen.line.clone()).collect()
    }

    /// The token of each request.
    pub(crate) fn tokens(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|seen| seen.token.clone()).collect()
    }

    /// The body of one request.
    pub(crate) fn body(&self, at: usize) -> Value {
        serde_json::from_str(&self.seen.lock().unwrap()[at].body).unwrap()
    }

    /// The waits so far, in milliseconds.
    pub(crate) fn waits_ms(&self) -> Vec<u128> {
        self.waits.lock().unwrap().iter().map(Duration::as_millis).collect()
    }
}

async fn read(stream: &mut TcpStream) -> Seen {
    let mut bytes = Vec::new();
    let head = loop {
        let read = stream.read_buf(&mut bytes).await.unwrap();
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        assert!(read > 0, "a request ends within its head");
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let header = |name: &str| {
        let found = text
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    let length: usize = header("content-length").parse().unwrap_or(0);
    while bytes.len() < head + length {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "a request ends within its body");
    }
    let line = text.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
    Seen { line, token: header("authorization"), body: String::from_utf8(bytes[head..].to_vec()).unwrap() }
}

async fn write(stream: &mut TcpStream, status: u16, headers: &str, body: &str) {
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
}
