//! `mock-hub serve`: opens the journal, listens, tells where, and stops without breaking off a request.

mod connections;
mod head_timer;
mod leftover;
mod open_files;
mod patience;
mod ready;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hub_store::{
    Journal, MemoryJournal, PostgresJournal, PostgresOptions, SqliteJournal, StoreError, system_time,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use self::connections::Bounds;
use self::ready::Ready;
use crate::app::App;
use crate::config::ServeOptions;
use crate::control::tokens;
use crate::{own_files, starting_point};

/// Why the hub does not serve.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The options contradict themselves or ask for what there is not.
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}: {1}")]
    Io(String, io::Error),
}

/// Serves until it is told to stop; exit 2 where the options are at fault, 1 where the machine is.
pub fn run(options: ServeOptions) -> ExitCode {
    own_files::are_private();
    let served = start_log(&options).and_then(|()| {
        let runtime = tokio::runtime::Runtime::new();
        let runtime = runtime.map_err(|error| Failure::Io("cannot start threads".to_owned(), error))?;
        let served = runtime.block_on(serve(options));
        // What runs on threads of its own would else be waited for, however long it takes.
        runtime.shutdown_background();
        served
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}

fn start_log(options: &ServeOptions) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&options.log);
    let filter = filter.map_err(|error| Failure::Usage(format!("--log {}: {error}", options.log)))?;
    let is_terminal = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_terminal).with_writer(io::stderr).init();
    Ok(())
}

async fn serve(options: ServeOptions) -> Result<(), Failure> {
    check_exposure(&options).map_err(Failure::Usage)?;
    let world = starting_point::world(&options.world)
        .map_err(|fault| Failure::Usage(format!("--world {}: {fault}", options.world)))?;
    let clock = starting_point::clock(&options.clock, system_time())
        .map_err(|why| Failure::Usage(format!("--clock: {why}")))?;
    let journal = open_journal(&options).await?;
    let (listen, ready_file, stop_timeout) =
        (options.listen, options.ready_file.clone(), options.stop_timeout);
    let app = App::open(options, journal.clone(), world, clock, system_time).await?;

    let cannot_listen = |error| Failure::Io(format!("cannot listen on {listen}"), error);
    let listener = TcpListener::bind(listen).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    // Before anybody knows that there is something to stop.
    let stop = told_to_stop().map_err(|error| Failure::Io("cannot listen for signals".to_owned(), error))?;
    let ready = Ready::of(&app, address);
    if let Some(file) = &ready_file {
        let cannot_write = |error| Failure::Io(format!("cannot write {}", file.display()), error);
        ready.write_to(file).map_err(cannot_write)?;
    }
    // Who does not listen is served all the same.
    let _ = writeln!(io::stdout(), "{}", ready.greeting());
    let connections = open_files::for_connections(app.options.max_connections);
    let bounds = Bounds { connections, answer_timeout: app.options.answer_timeout, stop_timeout };
    connections::serve(listener, app.service(), stop, bounds).await;
    journal.close().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Refuses to let other machines in on tokens that everybody knows.
fn check_exposure(options: &ServeOptions) -> Result<(), String> {
    let is_secret =
        |token: &String| !tokens::labels().any(|label| token.strip_prefix("demo-") == Some(label));
    let has_own_token = options.token.as_ref().is_some_and(is_secret);
    if options.listen.ip().is_loopback() || has_own_token || options.allow_demo_tokens {
        return Ok(());
    }
    Err(format!(
        "--listen {} can be reached by other machines, and everybody knows the demo tokens: give a --token of your own, or \
         --allow-demo-tokens if that is meant",
        options.listen
    ))
}

async fn open_journal(options: &ServeOptions) -> Result<Arc<dyn Journal>, Failure> {
    let text = &*options.journal;
    if text == "memory" {
        return Ok(Arc::new(MemoryJournal::default()));
    }
    if let Some(file) = text.strip_prefix("sqlite:").filter(|file| !file.is_empty()) {
        return Ok(Arc::new(SqliteJournal::open(Path::new(file)).await?));
    }
    if text.starts_with("postgres:") || text.starts_with("postgresql:") {
        return open_postgres(options).await;
    }
    // What was meant to be a URL may have a password behind the colon.
    let kind = text.split(':').next().unwrap_or_default();
    Err(Failure::Usage(format!(
        "--journal {kind}: use memory, sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE"
    )))
}

/// Waits for a database that is just starting, as it does where all is started at once.
async fn open_postgres(options: &ServeOptions) -> Result<Arc<dyn Journal>, Failure> {
    const PAUSE: Duration = Duration::from_millis(500);
    let use_of_it =
        PostgresOptions { connections: options.journal_connections, timeout: options.journal_timeout };
    let deadline = Instant::now() + options.journal_wait;
    loop {
        match PostgresJournal::open(&options.journal, use_of_it).await {
            Ok(journal) => return Ok(Arc::new(journal)),
            Err(StoreError::AddressMalformed { why }) => {
                return Err(Failure::Usage(format!("--journal: {why}")));
            }
            Err(error @ StoreError::Unavailable { .. }) if Instant::now() < deadline => {
                tracing::warn!("waiting for the journal: {error}");
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Listens for Ctrl-C and SIGTERM from now on; the future ends when one comes.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: running requests are finished first");
    })
}

/// Listens for Ctrl-C from now on; the future ends when it comes.
#[cfg(windows)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        tracing::info!("stopping: running requests are finished first");
    })
}
