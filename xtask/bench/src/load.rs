//! Load on a server: some keep-alive connections, a fixed number of requests, nothing that costs more than it must.
//!
//! One thread drives all connections, so that the server has most of the machine. An answer that is not 200 ends
//! the measure: nobody wants to know how fast a server refuses.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;

const CONNECTIONS: usize = 8;
/// How long all requests of one round may take.
const LIMIT: Duration = Duration::from_secs(120);

/// A keep-alive connection.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// Sends one request and gives the body of the answer.
pub(crate) fn fetch(address: SocketAddr, request: &[u8]) -> Result<Vec<u8>> {
    let fetched = async {
        let mut connection = Connection::open(address).await?;
        let body_at = connection.exchange(request).await?;
        Ok(connection.buffer.split_off(body_at))
    };
    runtime()?.block_on(async { timeout(LIMIT, fetched).await.context("no answer in time")? })
}

/// Sends `count` requests and says how many were answered in a second.
pub(crate) fn requests_per_second(
    address: SocketAddr,
    count: u32,
    request: impl Fn(u32) -> Vec<u8>,
) -> Result<f64> {
    let mut batches = vec![Vec::new(); CONNECTIONS];
    for (number, batch) in (0..count).zip((0..CONNECTIONS).cycle()) {
        batches[batch].push(request(number));
    }
    let drive = async {
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            connections.push(Connection::open(address).await?);
        }
        let start = Instant::now();
        let mut running = JoinSet::new();
        for (connection, batch) in connections.into_iter().zip(batches) {
            running.spawn(connection.send_all(batch));
        }
        while let Some(done) = running.join_next().await {
            done??;
        }
        Ok(f64::from(count) / start.elapsed().as_secs_f64())
    };
    runtime()?.block_on(async { timeout(LIMIT, drive).await.context("the load takes too long")? })
}

fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

impl Connection {
    async fn open(address: SocketAddr) -> Result<Self> {
        let stream =
            TcpStream::connect(address).await.with_context(|| format!("cannot connect to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: Vec::with_capacity(1 << 16) })
    }

    async fn send_all(mut self, requests: Vec<Vec<u8>>) -> Result<()> {
        for request in &requests {
            self.exchange(request).await?;
        }
        Ok(())
    }

    /// Sends a request and reads the whole answer into the buffer; says where its body begins.
    async fn exchange(&mut self, request: &[u8]) -> Result<usize> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.read().await?;
            if let Some(head) = Head::parse(&self.buffer)? {
                break head;
            }
        };
        while self.buffer.len() < head.body_at + head.body_length {
            self.read().await?;
        }
        let body = String::from_utf8_lossy(&self.buffer[head.body_at..]);
        ensure!(head.status == 200, "the server answers {}: {body}", head.status);
        Ok(head.body_at)
    }

    async fn read(&mut self) -> Result<()> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(read > 0, "the server closed the connection");
        Ok(())
    }
}

/// What the head of an answer says of the rest.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    body_at: usize,
    body_length: usize,
}

impl Head {
    /// Reads a head, if all of it is there.
    fn parse(bytes: &[u8]) -> Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; 32];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(body_at) = response.parse(bytes)? else { return Ok(None) };
        let status = response.code.context("the answer has no status")?;
        let length =
            response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
        let Some(length) = length else { bail!("the answer does not say how long it is") };
        let body_length = std::str::from_utf8(length.value)?.parse()?;
        Ok(Some(Head { status, body_at, body_length }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        for end in 0..text.len() - 2 {
            assert_eq!(Head::parse(&text.as_bytes()[..end]).unwrap(), None);
        }
        let head = Head { status: 200, body_at: text.len() - 2, body_length: 2 };
        assert_eq!(Head::parse(text.as_bytes()).unwrap(), Some(head));
    }

    #[test]
    fn an_answer_of_unknown_length_is_an_error() {
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
