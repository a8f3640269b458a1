//! Your client behind HCP/1: put it in the place of `Client`, and give each operation that it can do an arm in `call`.
//!
//! `hcp.rs` does everything else. Operations, their arguments and what they give are in `operations.md`; what is not
//! declared here is not asked for.

mod client;
mod hcp;

use client::{Client, Failure};
use hcp::{Declared, Outcome};
use serde_json::Value;

// Features are promises: see `operations.md`.
const DECLARED: Declared = Declared {
    name: "my-client",
    version: env!("CARGO_PKG_VERSION"),
    ops: &["customer.get", "subscriber.provision"],
    features: &[],
};

fn main() {
    hcp::run(&DECLARED, open, call);
}

fn open(session: &Value) -> Client {
    let text = |name: &str| session[name].as_str().unwrap_or_default().to_owned();
    Client::new(text("base_url"), text("token"))
}

fn call(client: &Client, op: &str, args: &Value) -> Outcome {
    let answer = match op {
        "customer.get" => {
            let id = args["customerId"].as_str().unwrap_or_default();
            client.send("GET", &format!("/v1/wholesale/customers/{id}"), None)
        }
        "subscriber.provision" => client.send("POST", "/v1/wholesale/subscribers", Some(args)),
        _ => return Outcome::Unsupported(format!("{op} is not declared")),
    };
    match answer {
        Ok(value) => Outcome::Ok(value),
        Err(Failure::Refused(status, body)) => Outcome::refused(hcp::kind_of(status), hcp::code_of(&body)),
        Err(Failure::NoAnswer(error)) => {
            eprintln!("no answer: {error}");
            Outcome::refused("unavailable", None)
        }
    }
}
