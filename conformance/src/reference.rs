//! The reference client behind HCP/1: what `hub-conformance reference` is.
//!
//! It speaks the protocol as any adapter does, over stdin and stdout, and is started as a process like any other, so that the
//! suite has no second way to run a client. What it does with an operation is in `doing.rs`.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Builder;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use wholesale_client::{Client, Clock, Policy, Refresh};

use crate::operations::{FEATURES, OPERATIONS};
use crate::protocol::{Call, FromAdapter, Open, Outcome, ToAdapter};

mod doing;

/// Messages of the suite, in order.
type Inbox = Arc<Mutex<UnboundedReceiver<ToAdapter>>>;

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
    let (sender, receiver) = unbounded_channel();
    let inbox: Inbox = Arc::new(Mutex::new(receiver));
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let message = line.and_then(|line| serde_json::from_str(&line).map_err(io::Error::other));
            let Ok(message) = message.inspect_err(|error| eprintln!("not understood: {error}")) else {
                return;
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    drop(lines);
    Builder::new_current_thread().enable_all().build()?.block_on(converse(&inbox))
}

async fn converse(inbox: &Inbox) -> io::Result<()> {
    let mut clients: HashMap<String, Client> = HashMap::new();
    loop {
        let message = inbox.lock().await.recv().await;
        match message {
            None | Some(ToAdapter::Bye {}) => return Ok(()),
            Some(ToAdapter::Open(open)) => {
                let (seq, session) = (open.seq, open.session.clone());
                let outcome = match client(open, inbox) {
                    Ok(client) => {
                        clients.insert(session, client);
                        Outcome::Ok { value: json!({}) }
                    }
                    Err(error) => doing::failed(&error),
                };
                say(&FromAdapter::Done { seq, outcome })?;
            }
            Some(ToAdapter::Call(call)) => {
                SEQ.store(call.seq, std::sync::atomic::Ordering::Relaxed);
                let outcome = outcome(&clients, &call).await;
                say(&FromAdapter::Done { seq: call.seq, outcome })?;
            }
            Some(ToAdapter::Close { session }) => drop(clients.remove(&session)),
            // The call is over: one at a time is done.
            Some(ToAdapter::Cancel { .. } | ToAdapter::Woke { .. }) => {}
        }
    }
}

/// The call that is being done, for sleeps to name.
static SEQ: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

async fn outcome(clients: &HashMap<String, Client>, call: &Call) -> Outcome {
    match clients.get(&call.session) {
        Some(client) => doing::done(client, &call.op, call.args.clone()).await,
        None => Outcome::Crashed { message: format!("no session {}", call.session), trace: String::new() },
    }
}

fn client(open: Open, inbox: &Inbox) -> Result<Client, wholesale_client::Error> {
    let policy = Policy { request_timeout: Duration::from_secs(5), ..Policy::default() };
    let mut builder = Client::builder(&open.base_url, &open.token).policy(policy).clock(clock(inbox));
    if let (Some(refresh_token), Some(client_id), Some(client_secret)) =
        (open.options.refresh_token, open.options.client_id, open.options.client_secret)
    {
        builder = builder.refresh(Refresh { client_id, client_secret, refresh_token });
    }
    builder.build()
}

/// Waits pass by the clock of the sandbox: the suite is told, and says when the time is over.
fn clock(inbox: &Inbox) -> Clock {
    let inbox = inbox.clone();
    Clock::of(move |time| {
        let inbox = inbox.clone();
        async move {
            let seq = SEQ.load(std::sync::atomic::Ordering::Relaxed);
            let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            // A suite that does not listen any more does not answer either, which ends the wait.
            if say(&FromAdapter::Sleep { seq, ms }).is_ok() {
                inbox.lock().await.recv().await;
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
