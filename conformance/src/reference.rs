//! The reference client behind HCP/1: what `hub-conformance reference` is.
//!
//! It speaks the protocol as any adapter does, over stdin and stdout, and is started as a process like any other, so
//! that the suite has no second way to run a client. What it does with an operation is in `doing.rs`.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Builder;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use wholesale_client::{Client, Clock, Policy, Refresh};

use crate::operations::{FEATURES, OPERATIONS};
use crate::protocol::{Call, FromAdapter, Open, Outcome, ToAdapter};

mod doing;

/// What the clocks of all clients share.
#[derive(Clone)]
struct Sleeps {
    /// The call that is being done, for sleeps to name.
    seq: Arc<AtomicU64>,
    /// The calls whose sleep is over, in order: the suite woke them, or gave them up.
    over: Arc<Mutex<UnboundedReceiver<u64>>>,
}

/// What the adapter says of itself.
pub fn hello() -> Value {
    json!({ "hello": {
        "hcp": 1,
        "name": "wholesale-client",
        "version": env!("CARGO_PKG_VERSION"),
        "language": "rust",
        "ops": OPERATIONS.map(|operation| operation.name).to_vec(),
        "features": FEATURES.map(|(name, _)| name).to_vec(),
        "max_parallel": 1,
        "clock": "virtual",
    }})
}

/// Speaks HCP/1 until `bye` comes or stdin ends.
pub fn serve() -> io::Result<()> {
    let mut lines = io::stdin().lock().lines();
    // The suite's hello says nothing that matters here: there is one version.
    lines.next().transpose()?;
    write_line(&hello())?;
    let (asked, mut inbox) = unbounded_channel();
    let (woken, over) = unbounded_channel();
    let sleeps = Sleeps { seq: Arc::default(), over: Arc::new(Mutex::new(over)) };
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let message = line.and_then(|line| serde_json::from_str(&line).map_err(io::Error::other));
            let Ok(message) = message.inspect_err(|error| eprintln!("not understood: {error}")) else {
                return;
            };
            let is_heard = match message {
                ToAdapter::Woke { seq } | ToAdapter::Cancel { seq } => woken.send(seq).is_ok(),
                other => asked.send(other).is_ok(),
            };
            if !is_heard {
                return;
            }
        }
    });
    drop(lines);
    Builder::new_current_thread().enable_all().build()?.block_on(converse(&mut inbox, &sleeps))
}

async fn converse(inbox: &mut UnboundedReceiver<ToAdapter>, sleeps: &Sleeps) -> io::Result<()> {
    let mut clients: HashMap<String, Client> = HashMap::new();
    loop {
        match inbox.recv().await {
            None | Some(ToAdapter::Bye {}) => return Ok(()),
            Some(ToAdapter::Open(open)) => {
                let (seq, session) = (open.seq, open.session.clone());
                let outcome = match client(open, sleeps) {
                    Ok(client) => {
                        clients.insert(session, client);
                        Outcome::Ok { value: json!({}) }
                    }
                    Err(error) => doing::failed(&error),
                };
                say(&FromAdapter::Done { seq, outcome })?;
            }
            Some(ToAdapter::Call(call)) => {
                sleeps.seq.store(call.seq, Ordering::Relaxed);
                let outcome = outcome(&clients, &call).await;
                say(&FromAdapter::Done { seq: call.seq, outcome })?;
            }
            Some(ToAdapter::Close { session }) => drop(clients.remove(&session)),
            // These go to the clocks.
            Some(ToAdapter::Cancel { .. } | ToAdapter::Woke { .. }) => {}
        }
    }
}

async fn outcome(clients: &HashMap<String, Client>, call: &Call) -> Outcome {
    match clients.get(&call.session) {
        Some(client) => doing::done(client, &call.op, call.args.clone()).await,
        None => Outcome::Crashed { message: format!("no session {}", call.session), trace: String::new() },
    }
}

fn client(open: Open, sleeps: &Sleeps) -> Result<Client, wholesale_client::Error> {
    let policy = Policy { request_timeout: Duration::from_secs(5), ..Policy::default() };
    let mut builder = Client::builder(&open.base_url, &open.token).policy(policy).clock(clock(sleeps));
    if let (Some(refresh_token), Some(client_id), Some(client_secret)) =
        (open.options.refresh_token, open.options.client_id, open.options.client_secret)
    {
        builder = builder.refresh(Refresh { client_id, client_secret, refresh_token });
    }
    builder.build()
}

/// Waits pass by the clock of the sandbox: the suite is told, and says when the time is over.
fn clock(sleeps: &Sleeps) -> Clock {
    let sleeps = sleeps.clone();
    Clock::of(move |time| {
        let sleeps = sleeps.clone();
        async move {
            let seq = sleeps.seq.load(Ordering::Relaxed);
            let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            // A suite that does not listen any more does not answer either, which ends the wait.
            if say(&FromAdapter::Sleep { seq, ms }).is_ok() {
                let mut over = sleeps.over.lock().await;
                while over.recv().await.is_some_and(|woken| woken != seq) {}
            }
        }
    })
}

fn say(message: &FromAdapter) -> io::Result<()> {
    write_line(message)
}

fn write_line(message: &impl serde::Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    let mut output = io::stdout().lock();
    output.write_all(&line)?;
    output.flush()
}
