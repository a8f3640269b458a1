//! Stands for your client: the least that can ask the hub something, over plain HTTP, without a dependency.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// A client of the hub at one address, with one token.
pub struct Client {
    base_url: String,
    token: String,
}

/// Why the client has no answer to give.
pub enum Failure {
    /// The hub said no, with this status and body.
    Refused(u16, Value),
    /// No answer came, or one that is cut.
    NoAnswer(io::Error),
}

impl Client {
    pub fn new(base_url: String, token: String) -> Self {
        Client { base_url, token }
    }

    /// Sends one request; what is answered is JSON.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let answer = self.exchange(method, path, body).map_err(Failure::NoAnswer)?;
        let cut = || Failure::NoAnswer(io::ErrorKind::UnexpectedEof.into());
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
        if status >= 400 {
            return Err(Failure::Refused(status, serde_json::from_str(body).unwrap_or_default()));
        }
        serde_json::from_str(body).map_err(|_| cut())
    }

    /// HTTP/1.0, which ends an answer by closing the connection.
    fn exchange(&self, method: &str, path: &str, body: Option<&Value>) -> io::Result<String> {
        let address = self.base_url.strip_prefix("http://").unwrap_or(&self.base_url);
        let (host, prefix) = address.split_at(address.find('/').unwrap_or(address.len()));
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "{method} {prefix}{path} HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len(),
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}
