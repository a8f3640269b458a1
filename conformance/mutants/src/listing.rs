//! What there is, for `cargo xtask mutants`.

use std::io;

use serde::Serialize;

use crate::{clients, hubs};

/// A wrong client or a wrong hub.
#[derive(Serialize)]
struct Line {
    name: &'static str,
    mistake: &'static str,
    caught_by: &'static str,
    check: Option<&'static str>,
}

#[derive(Serialize)]
struct Listing {
    clients: Vec<Line>,
    hubs: Vec<Line>,
}

pub(crate) fn print() -> io::Result<()> {
    let clients = clients::all().map(|client| Line {
        name: client.name,
        mistake: client.mistake,
        caught_by: client.caught_by,
        check: client.check,
    });
    let hubs = hubs::all().map(|hub| Line {
        name: hub.name,
        mistake: hub.mistake,
        caught_by: hub.caught_by,
        check: None,
    });
    let listing = Listing { clients: clients.collect(), hubs: hubs.collect() };
    serde_json::to_writer_pretty(io::stdout().lock(), &listing)?;
    println!();
    Ok(())
}
