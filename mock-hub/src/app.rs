//! The state behind all routes: sandboxes, options, logs; and the table of routes.
//!
//! Separate from `serve`, so that tests run the same hub without a socket.

mod health;
mod unrouted;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use hub_core::{Settings, Timestamp, World};
use hub_store::{
    Clock, Commons, Journal, MemoryCommons, Sandbox, SandboxName, Sandboxes, Start, StoreError, WallClock,
};

use crate::api::KeptSubscribers;
use crate::config::ServeOptions;
use crate::control::tokens::{self, FULL_ADMIN};
use crate::http::auth;
use crate::http::entry::Entry;
use crate::http::faults::Faults;
use crate::http::lasting::LastingAnswers;
use crate::http::problem::Problem;
use crate::http::request_log::weight::Weight;
use crate::http::request_log::{Log, RequestLog};
use crate::http::room::Room;
use crate::http::secret;
use crate::metrics::{Metrics, Templates};
use crate::openapi::family::{Family, Route};
use crate::ui::staged::Staged;
use crate::{api, control, control_hub, metrics, oauth, openapi, ui};

/// One running hub.
#[derive(Debug)]
pub struct App {
    pub sandboxes: Sandboxes,
    pub options: ServeOptions,
    /// What a new sandbox starts from.
    pub world: World,
    /// The clock of a new sandbox.
    pub clock: Clock,
    /// Whether the control API wants a token, because other machines can reach it: by themselves, or by the proxy
    /// whose address `--public-url` is.
    pub guards_control: bool,
    /// What clients see of subscribers, as long as it is the same.
    pub kept_subscribers: KeptSubscribers,
    /// Answers that can be given again.
    pub lasting: LastingAnswers,
    /// Files that were uploaded in a page and not submitted yet.
    pub staged: Staged,
    /// The OpenAPI document, once somebody has asked for it.
    pub document: OnceLock<openapi::Text>,
    /// The scripts of faults in force.
    pub faults: Faults,
    pub metrics: Metrics,
    /// For the bodies of all requests.
    pub room: Arc<Room>,
    /// For long answers that are not read yet: who reads none of them keeps nobody from sending something.
    pub room_for_answers: Arc<Room>,
    wall: WallClock,
    /// What is shared with other hubs over the same journal, if it has a place for that.
    shared: Option<Arc<dyn Commons>>,
    log_weight: Arc<Weight>,
    logs: RwLock<HashMap<SandboxName, Arc<RequestLog>>>,
}

impl App {
    /// The name of the sandbox that is always there.
    pub const DEFAULT: &'static str = "default";

    /// Opens the journal and makes sure of the default sandbox.
    pub async fn open(
        options: ServeOptions,
        journal: Arc<dyn Journal>,
        world: World,
        clock: Clock,
        wall: WallClock,
    ) -> Result<Arc<Self>, StoreError> {
        let shared = journal.commons();
        let commons = shared.clone().unwrap_or_else(|| Arc::new(MemoryCommons::default()));
        let kind = options.journal.split(':').next().unwrap_or_default();
        let metrics = Metrics::new(kind);
        let journal = if kind == "memory" { journal } else { metrics.journal.over(journal) };
        let sandboxes = Sandboxes::open(journal, settings(&options), wall).await?;
        for (name, error) in sandboxes.damaged() {
            tracing::error!("sandbox {name} cannot be used: {error}");
        }
        let guards_control = !options.listen.ip().is_loopback() || options.public_url.is_some();
        let room = Room::of(options.max_held_bytes);
        let room_for_answers = Room::of(options.max_unread_bytes);
        let log_weight = Weight::up_to(options.request_log_bytes);
        let app = App {
            sandboxes,
            options,
            world,
            clock,
            guards_control,
            kept_subscribers: KeptSubscribers::default(),
            lasting: LastingAnswers::default(),
            staged: Staged::new(commons.clone()),
            document: OnceLock::new(),
            faults: Faults::new(commons, wall),
            metrics,
            room,
            room_for_answers,
            wall,
            shared,
            log_weight,
            logs: RwLock::default(),
        };
        match app.begin_default().await {
            // It answers why it cannot be used, and the others go on.
            Ok(()) | Err(StoreError::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
        for sandbox in app.sandboxes.list() {
            tokens::complete(&sandbox).await?;
        }
        Ok(Arc::new(app))
    }

    /// Makes the default sandbox where it is not there, and renews its tokens.
    pub(crate) async fn begin_default(&self) -> Result<(), StoreError> {
        tokens::renew(&*self.make_default().await?).await
    }

    /// The default sandbox, which another replica may be making at this moment.
    async fn make_default(&self) -> Result<Arc<Sandbox>, StoreError> {
        if let Some(sandbox) = self.sandboxes.get(Self::DEFAULT) {
            return Ok(sandbox);
        }
        let name = SandboxName::parse(Self::DEFAULT)?;
        let start =
            Start { world: self.world.clone(), clock: self.clock, seed: 0, provisioning_delay_ms: None };
        match self.sandboxes.create(name, start).await {
            Err(StoreError::NameTaken { .. }) => self.sandboxes.fresh(Self::DEFAULT).await,
            made => made,
        }
    }

    /// The hub as one service.
    pub fn service(self: &Arc<Self>) -> Entry {
        self.service_with(Router::new())
    }

    /// The same with further routes.
    pub fn service_with(self: &Arc<Self>, further: Router<Arc<App>>) -> Entry {
        let (mut templates, mut router) = (Templates::default(), ui::routes(self));
        for Route { path, methods, .. } in documented_routes().flatten() {
            templates.add(&path);
            router = router.route(&path, methods);
        }
        let router = router
            .merge(openapi::pages::routes())
            .merge(further)
            .fallback(unrouted::unknown_path)
            .method_not_allowed_fallback(unrouted::unsupported_method)
            .with_state(self.clone());
        Entry::new(self.clone(), templates, router)
    }

    /// The sandbox of this name, with all that any replica did in it before.
    pub async fn sandbox(&self, name: &str) -> Result<Arc<Sandbox>, Problem> {
        self.sandboxes.fresh(name).await.map_err(|error| unless_unknown(name, error))
    }

    /// The sandbox of this name as it was when it was fresh last.
    pub fn known_sandbox(&self, name: &str) -> Result<Arc<Sandbox>, Problem> {
        self.sandboxes.find(name).map_err(|error| unless_unknown(name, error))
    }

    /// Every sandbox, with all that any replica did before.
    pub async fn all_sandboxes(&self) -> Result<Vec<Arc<Sandbox>>, StoreError> {
        if self.sandboxes.are_shared() {
            self.sandboxes.refresh().await?;
        }
        Ok(self.sandboxes.list())
    }

    /// The time outside of the sandboxes.
    pub fn wall(&self) -> Timestamp {
        (self.wall)()
    }

    /// The request log of a sandbox.
    pub fn log_of(&self, sandbox: &str) -> Log {
        let capacity = self.options.request_log_entries;
        if let Some(commons) = &self.shared {
            return Log::shared(commons.clone(), sandbox, capacity);
        }
        if let Some(log) = self.logs.read().unwrap_or_else(PoisonError::into_inner).get(sandbox) {
            return Log::Own(log.clone());
        }
        let Ok(name) = SandboxName::parse(sandbox) else {
            return Log::Own(Arc::new(RequestLog::new(0, self.log_weight.clone())));
        };
        let mut logs = self.logs.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(RequestLog::new(capacity, self.log_weight.clone()));
        Log::Own(logs.entry(name).or_insert_with(new).clone())
    }

    /// Drops the oldest requests of all logs, where those have become too heavy.
    pub fn lighten_logs(&self) {
        if self.log_weight.is_too_much() {
            let logs: Vec<_> =
                self.logs.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
            self.log_weight.lighten(&logs);
        }
    }

    /// Forgets what is kept of a sandbox that is gone.
    pub async fn forget(&self, sandbox: &str) {
        let cleared = self.log_of(sandbox).clear().await;
        self.logs.write().unwrap_or_else(PoisonError::into_inner).remove(sandbox);
        if let Err(error) = cleared.and(self.faults.forget(sandbox).await) {
            tracing::warn!("something is still kept of sandbox {sandbox}, which is gone: {error}");
        }
    }

    /// The label that a well-known token stands for: the demo tokens, or the one of `--token` in their place.
    pub fn label_of_well_known(&self, token: &str) -> Option<&'static str> {
        match &self.options.token {
            Some(known) => secret::is_same(token, known).then_some(FULL_ADMIN),
            None => {
                let label = token.strip_prefix("demo-")?;
                tokens::labels().find(|known| *known == label)
            }
        }
    }

    /// The well-known token for a label.
    pub fn well_known_token(&self, label: &str) -> Option<String> {
        match &self.options.token {
            Some(known) => (label == FULL_ADMIN).then(|| known.clone()),
            None => Some(format!("demo-{label}")),
        }
    }
}

/// A family of routes, with what the OpenAPI document says of them.
pub type Routes = fn() -> Family;

/// The routes that the OpenAPI document describes, family by family: all but the document itself and pages.
pub fn documented_routes() -> impl Iterator<Item = Family> {
    const OF_THE_PROCESS: &[Routes] = &[health::routes, metrics::routes];
    let families = [api::ROUTES, oauth::ROUTES, control_hub::ROUTES, control::ROUTES, OF_THE_PROCESS];
    families.into_iter().flatten().map(|routes| routes())
}

fn unless_unknown(name: &str, error: StoreError) -> Problem {
    match error {
        StoreError::UnknownSandbox { .. } => auth::unknown_sandbox(name),
        error => error.into(),
    }
}

/// How operations of the hub are set up.
fn settings(options: &ServeOptions) -> Settings {
    let millis = |delay: Duration| i64::try_from(delay.as_millis()).unwrap_or(i64::MAX);
    Settings {
        provisioning_delay_ms: millis(options.provisioning_delay),
        report_delay_ms: millis(options.report_delay),
        is_strict: options.strict,
        max_rows: options.max_rows,
        max_records: options.max_records,
        partner_admins_may_import: !options.deny_partner_admin_imports,
    }
}
