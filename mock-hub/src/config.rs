//! The command line and its twin, the environment: every `serve` option is also `MOCK_HUB_<NAME>`.
//!
//! Reading only; what an option means is decided where it is used.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{BoolishValueParser, NonEmptyStringValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::csv_command::CsvCommand;
use crate::messages::Language;

/// A local, stateful mock of Partner Hub and Control Hub for Wholesale.
///
/// Without a command it serves the demo world on 127.0.0.1:8080.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(flatten)]
    pub serve: ServeOptions,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the hub over HTTP (the default)
    Serve(Box<ServeOptions>),
    /// Check a user CSV, or say what importing it would do
    #[command(subcommand)]
    Csv(CsvCommand),
    /// Print the catalogue of rules, or one rule
    Rules(RulesOptions),
    /// Ask a running hub whether it is ready: exit 0 if it is, else 1
    Health(HealthOptions),
    /// Print the OpenAPI document, as `/openapi.json` serves it
    Openapi,
    /// Write or check a world file
    #[command(subcommand)]
    World(WorldCommand),
    /// Look at a journal, and keep what is whole of a damaged one
    #[command(subcommand)]
    Journal(JournalCommand),
}

#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    /// Where to listen; port 0 takes any free one
    #[arg(long, env = "MOCK_HUB_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// What a new sandbox starts from: `demo`, `empty` or a world file
    #[arg(long, env = "MOCK_HUB_WORLD", value_name = "demo|empty|FILE", default_value = "demo")]
    pub world: String,
    /// Where acknowledged writes are kept: `memory`, `sqlite:FILE`, or a PostgreSQL database that several hubs share
    #[arg(
        long,
        env = "MOCK_HUB_JOURNAL",
        hide_env_values = true,
        value_name = "memory|sqlite:FILE|postgres://...",
        default_value = "memory"
    )]
    pub journal: String,
    /// How many connections to PostgreSQL this hub has at most
    #[arg(long, env = "MOCK_HUB_JOURNAL_CONNECTIONS", value_name = "CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    pub journal_connections: u32,
    /// How long a request waits for PostgreSQL, once for a free connection and once for an answer, before it ends with 503
    #[arg(long, env = "MOCK_HUB_JOURNAL_TIMEOUT", value_name = "SECONDS", default_value = "5", value_parser = positive_seconds)]
    pub journal_timeout: Duration,
    /// How long the start waits for a PostgreSQL that is not there yet
    #[arg(long, env = "MOCK_HUB_JOURNAL_WAIT", value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub journal_wait: Duration,
    /// Access token of the partner full administrator of the default sandbox, instead of the demo tokens
    #[arg(long, env = "MOCK_HUB_TOKEN", hide_env_values = true, value_parser = NonEmptyStringValueParser::new())]
    pub token: Option<String>,
    /// An integration that OAuth lets in, in the place of all (OAU-008); give it again for each
    #[arg(long, env = "MOCK_HUB_OAUTH_CLIENT", value_name = "ID:SECRET", hide_env_values = true, value_delimiter = ',', value_parser = oauth_client)]
    pub oauth_client: Vec<OauthClient>,
    /// Accept the well-known demo tokens although other machines can reach the address
    #[arg(long, env = "MOCK_HUB_ALLOW_DEMO_TOKENS", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub allow_demo_tokens: bool,
    /// The clock of a new sandbox: `real` or `frozen`, at the present or from a time
    #[arg(
        long,
        env = "MOCK_HUB_CLOCK",
        value_name = "real[:RFC3339]|frozen[:RFC3339]",
        default_value = "real"
    )]
    pub clock: String,
    /// How long asynchronous provisioning takes, in sandbox time, where a sandbox has no delay of its own
    #[arg(long, env = "MOCK_HUB_PROVISIONING_DELAY", value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub provisioning_delay: Duration,
    /// How long making a report takes, in sandbox time
    #[arg(long, env = "MOCK_HUB_REPORT_DELAY", value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub report_delay: Duration,
    /// Base of absolute addresses; otherwise taken from each request. Others reach the hub there, so its control API wants the token
    #[arg(long, env = "MOCK_HUB_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Refuse unknown body fields, and unknown query parameters of /v1 and /hub/v1, instead of ignoring them (API-004)
    #[arg(long, env = "MOCK_HUB_STRICT", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub strict: bool,
    /// Let partner administrators import no users; Cisco's pages disagree on whether they may (API-006)
    #[arg(long, env = "MOCK_HUB_DENY_PARTNER_ADMIN_IMPORTS", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub deny_partner_admin_imports: bool,
    /// Once listening, write addresses and token here as JSON
    #[arg(long, env = "MOCK_HUB_READY_FILE", value_name = "FILE")]
    pub ready_file: Option<PathBuf>,
    /// Largest request body (API-010), but for the control API
    #[arg(long, env = "MOCK_HUB_MAX_BODY_BYTES", value_name = "BYTES", default_value_t = 64 << 20)]
    pub max_body_bytes: usize,
    /// Largest request body of the control API, which takes whole worlds
    #[arg(long, env = "MOCK_HUB_MAX_WORLD_BYTES", value_name = "BYTES", default_value_t = 1 << 30)]
    pub max_world_bytes: usize,
    /// How many bytes of bodies all requests together may hold at a time (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_HELD_BYTES", value_name = "BYTES", default_value_t = 1 << 30)]
    pub max_held_bytes: usize,
    /// How many bytes of long answers may wait for their clients at a time (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_UNREAD_BYTES", value_name = "BYTES", default_value_t = 1 << 30)]
    pub max_unread_bytes: usize,
    /// How many connections may be open at a time (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_CONNECTIONS", value_name = "CONNECTIONS", default_value_t = 16_384, value_parser = at_least_one)]
    pub max_connections: usize,
    /// How many sandboxes there may be (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_SANDBOXES", value_name = "SANDBOXES", default_value_t = 20_000, value_parser = at_least_one)]
    pub max_sandboxes: usize,
    /// How many records a sandbox may have (API-055); what is deleted makes room
    #[arg(long, env = "MOCK_HUB_MAX_RECORDS", value_name = "RECORDS", default_value_t = 20_000_000, value_parser = at_least_one)]
    pub max_records: usize,
    /// How many snapshots a sandbox may have (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_SNAPSHOTS", value_name = "SNAPSHOTS", default_value_t = 1_000, value_parser = at_least_one)]
    pub max_snapshots: usize,
    /// How many tokens and sign-ins of applications a sandbox may keep, those that are over among them (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_TOKENS", value_name = "TOKENS", default_value_t = 100_000, value_parser = at_least_one)]
    pub max_tokens: usize,
    /// How many faults the script of a sandbox may have (API-055)
    #[arg(long, env = "MOCK_HUB_MAX_FAULTS", value_name = "FAULTS", default_value_t = 1_000, value_parser = at_least_one)]
    pub max_faults: usize,
    /// How long a request may take, in real time
    #[arg(long, env = "MOCK_HUB_REQUEST_TIMEOUT", value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub request_timeout: Duration,
    /// How long an answer waits for a client that reads nothing of it; then the connection is closed
    #[arg(long, env = "MOCK_HUB_ANSWER_TIMEOUT", value_name = "SECONDS", default_value = "60", value_parser = positive_seconds)]
    pub answer_timeout: Duration,
    /// How long running requests may take to end when the hub is told to stop
    #[arg(long, env = "MOCK_HUB_STOP_TIMEOUT", value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub stop_timeout: Duration,
    /// How many users a CSV file may hold (CSV-007)
    #[arg(long, env = "MOCK_HUB_MAX_ROWS", value_name = "ROWS", default_value_t = 20_000)]
    pub max_rows: u64,
    /// How many requests each sandbox remembers
    #[arg(long, env = "MOCK_HUB_REQUEST_LOG_ENTRIES", value_name = "ENTRIES", default_value_t = 1000)]
    pub request_log_entries: usize,
    /// How much memory the remembered requests of all sandboxes together may take; the oldest go first
    #[arg(long, env = "MOCK_HUB_REQUEST_LOG_BYTES", value_name = "BYTES", default_value_t = 256 << 20)]
    pub request_log_bytes: usize,
    /// What to log to stderr, such as `info` or `mock_hub=debug`
    #[arg(long, env = "MOCK_HUB_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,
}

/// A registered integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OauthClient {
    pub id: String,
    pub secret: String,
}

#[derive(Debug, Clone, Args)]
pub struct HealthOptions {
    /// Where it is, such as http://127.0.0.1:8080; otherwise where it listens on this machine
    pub url: Option<String>,
    /// Where it listens
    #[arg(long, env = "MOCK_HUB_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

#[derive(Debug, Clone, Args)]
pub struct RulesOptions {
    /// Only this rule, such as `SUB-003`
    pub id: Option<String>,
    #[command(flatten)]
    pub language: LanguageOption,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// The language of what a command prints.
#[derive(Debug, Clone, Copy, Args)]
pub struct LanguageOption {
    /// The language of what is printed; LC_ALL, LC_MESSAGES or LANG decides unless told otherwise
    #[arg(long, env = "MOCK_HUB_LANG", value_enum)]
    pub lang: Option<Language>,
}

impl LanguageOption {
    /// The language that was asked for, by the option or the environment.
    pub fn language(self) -> Language {
        self.lang.unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()))
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Subcommand)]
pub enum WorldCommand {
    /// Write a world as JSON
    Export {
        /// Which: `demo`, `empty` or a world file
        #[arg(long, value_name = "demo|empty|FILE", default_value = "demo")]
        world: String,
        /// Where to; otherwise to the standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Check that a world file can be read and that its records fit together
    Check {
        /// The file
        file: PathBuf,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum JournalCommand {
    /// Say what of a journal is whole; nothing is written
    ///
    /// Exit 0: all of it. 1: something is damaged. 2: it cannot be read at all.
    Check(JournalOptions),
    /// Write what is whole of a journal to a new one; the damaged one stays as it is
    ///
    /// Exit 0: that is all of it. 1: something is lost. 2: it cannot be read at all, or nothing be written.
    Recover {
        #[command(flatten)]
        options: JournalOptions,
        /// The new journal
        #[arg(long, value_name = "NEW")]
        out: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct JournalOptions {
    /// The journal: `sqlite:FILE`, or the file alone, or `postgres://...`
    #[arg(env = "MOCK_HUB_JOURNAL", hide_env_values = true, value_name = "JOURNAL")]
    pub journal: String,
    #[command(flatten)]
    pub language: LanguageOption,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let refused = || format!("`{text}` is not a number of seconds, such as 1 or 0.25");
    let seconds: f64 = text.parse().map_err(|_| refused())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| refused())
}

/// Whole milliseconds, and at least one.
fn positive_seconds(text: &str) -> Result<Duration, String> {
    let seconds = seconds(text)?;
    let is_positive = seconds.as_millis() > 0;
    if is_positive { Ok(seconds) } else { Err(format!("`{text}` is too short: use 0.001 or more")) }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("`{text}` is not a number from 1"))
}

fn oauth_client(text: &str) -> Result<OauthClient, String> {
    let pair = text.split_once(':').filter(|(id, secret)| !id.is_empty() && !secret.is_empty());
    let (id, secret) = pair.ok_or("write the id of a client, a colon and its secret")?;
    Ok(OauthClient { id: id.to_owned(), secret: secret.to_owned() })
}

fn public_url(text: &str) -> Result<String, String> {
    let has_scheme = text.starts_with("http://") || text.starts_with("https://");
    let is_plain = text.bytes().all(|b| b.is_ascii_graphic() && !b"?#,;<>\"".contains(&b));
    if !has_scheme || !is_plain {
        return Err(format!("`{text}` is not a base address, such as https://hub.example.com"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, clap::Error> {
        let cli = Cli::try_parse_from(line.split(' '))?;
        Ok(cli.command.unwrap_or_else(|| Command::Serve(Box::new(cli.serve))))
    }

    #[test]
    fn serve_is_the_default_command() {
        for line in ["mock-hub --listen 127.0.0.1:0 --strict", "mock-hub serve --listen 127.0.0.1:0 --strict"]
        {
            let Command::Serve(options) = parse(line).unwrap() else { panic!("{line} serves") };
            assert_eq!(options.listen.port(), 0);
            assert!(options.strict);
        }
    }

    #[test]
    fn a_delay_may_have_decimals_and_is_not_negative() {
        let Ok(Command::Serve(options)) = parse("mock-hub --provisioning-delay 0.25") else {
            panic!("it serves")
        };
        assert_eq!(options.provisioning_delay, Duration::from_millis(250));
        assert!(parse("mock-hub --provisioning-delay=-1").is_err());
        assert!(parse("mock-hub --provisioning-delay NaN").is_err());
    }

    #[test]
    fn a_client_is_an_id_and_a_secret_and_there_may_be_several() {
        let line = "mock-hub --oauth-client C1:a:b --oauth-client C2:c,C3:d";
        let Ok(Command::Serve(options)) = parse(line) else { panic!("it serves") };
        let pairs: Vec<_> = options.oauth_client.iter().map(|it| (&*it.id, &*it.secret)).collect();
        assert_eq!(pairs, [("C1", "a:b"), ("C2", "c"), ("C3", "d")]);
        for text in ["C1", "C1:", ":a"] {
            assert!(oauth_client(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_url_loses_its_last_slash() {
        assert_eq!(public_url("https://hub.example.com/x/").as_deref(), Ok("https://hub.example.com/x"));
        for text in ["hub.example.com", "http://hub.example.com/a b", "http://hub\n", "http://hüb"] {
            assert!(public_url(text).is_err(), "{text}");
        }
    }
}
