//! What has to hold after every request.

use std::sync::Arc;

use axum::http::StatusCode;
use hub_core::record::{Organization, OrganizationKind};
use hub_core::{Caller, Id, Record};
use hub_store::Head;
use mock_hub::app::App;
use mock_hub::http::call::ON_BEHALF;

use super::callers::Asker;
use super::ids::Ids;
use super::marks::{Owners, marks};
use super::request::Drawn;
use super::start::Start;
use crate::contract::{self, Asked};
use crate::support::Answer;

/// Asking here signs somebody in and leaves a code behind, as OAuth has it; the page shows who can.
const AUTHORIZE: &str = "/v1/authorize";
/// Where only callers are answered.
const FOR_CALLERS: [&str; 4] = ["/v1/", "/hub/", "/identity/", "/downloads/reports/"];
const FOR_ANYBODY: [&str; 2] = [AUTHORIZE, "/v1/access_token"];
/// Where those are answered who know the address, and who steer the mock.
const OPEN: [&str; 2] = ["/downloads/billing-reports/", "/_mock/"];

/// One of the two sandboxes, as far as it has been followed.
#[derive(Debug)]
pub(super) struct Side {
    name: &'static str,
    /// None = deleted.
    head: Option<Arc<Head>>,
    pub(super) ids: Ids,
    owners: Owners,
}

impl Side {
    pub(super) fn of(start: &Start, name: &'static str, app: &App) -> Self {
        let head = app.known_sandbox(name).unwrap().head();
        let Start { world, ids, owners } = start.clone();
        let mut side = Side { name, ids, owners, head: None };
        side.ids.learn(&world, &head.world);
        side.owners.learn(&world, &head.world);
        side.head = Some(head);
        side
    }

    /// The organizations of customers, that of the demo tokens first, and the partner's.
    pub(super) fn organizations(&self) -> Vec<Id<Organization>> {
        let Some(head) = &self.head else { return vec![Id::MIN] };
        let of_customer = head.world.records().filter_map(|record| match record {
            Record::Organization(it) if it.kind == OrganizationKind::Customer => Some(it.id),
            _ => None,
        });
        let all = of_customer.chain(head.world.partners().map(|partner| partner.organization));
        let all: Vec<_> = all.collect();
        if all.is_empty() { vec![Id::MIN] } else { all }
    }

    /// Goes on to what the sandbox is now. Says whether it is another, and whether its world is.
    fn follow(&mut self, app: &App) -> Change {
        let head = app.known_sandbox(self.name).ok().map(|sandbox| sandbox.head());
        let change = match (&self.head, &head) {
            (Some(old), Some(new)) if Arc::ptr_eq(old, new) => Change::None,
            (None, None) => Change::None,
            (Some(old), Some(new)) if old.world == new.world => Change::BesideTheWorld,
            _ => Change::OfTheWorld,
        };
        if change == Change::OfTheWorld
            && let Some(new) = &head
        {
            let before = self.head.as_ref().map(|head| head.world.clone()).unwrap_or_default();
            self.ids.learn(&before, &new.world);
            self.owners.learn(&before, &new.world);
        }
        self.head = head;
        change
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    BesideTheWorld,
    OfTheWorld,
}

/// Says the first thing that should not be so.
pub(super) fn judge(
    sides: &mut [Side; 2],
    app: &App,
    drawn: &Drawn,
    asker: &Asker,
    asked: &Asked,
    answer: &Answer,
) -> Result<(), String> {
    let status = answer.status;
    if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED {
        return Err(format!("the hub failed with {status}: {}", answer.body));
    }
    let faults = contract::faults(asked, answer);
    if !faults.is_empty() {
        return Err(format!("against the contract:\n{}\n{}", faults.join("\n"), answer.body));
    }
    let path = &*asked.path;
    let is_for_callers =
        FOR_CALLERS.iter().any(|prefix| path.starts_with(prefix)) && !FOR_ANYBODY.contains(&path);
    let is_let_in = asker.caller.is_some() || drawn.method == axum::http::Method::OPTIONS;
    if is_for_callers && !is_let_in && !status.is_client_error() {
        return Err(format!("nobody was answered {status}"));
    }
    changes(sides, app, drawn, asker, asked, answer)?;
    secrets(sides, drawn, asker, path, answer)
}

/// Nothing changes but what the request is about, and that only where it asks for a change and is granted it.
fn changes(
    sides: &mut [Side; 2],
    app: &App,
    drawn: &Drawn,
    asker: &Asker,
    asked: &Asked,
    answer: &Answer,
) -> Result<(), String> {
    let steered = asked.path.strip_prefix("/_mock/v1/sandboxes/").and_then(|rest| rest.split('/').next());
    let steered = steered.map(unescaped);
    for side in sides {
        let change = side.follow(app);
        if change == Change::None {
            continue;
        }
        let name = side.name;
        let is_meant = match &steered {
            Some(named) => named == name,
            None if asked.path == "/_mock/v1/sandboxes" => name != App::DEFAULT,
            None => asker.sandbox == Some(name),
        };
        if !is_meant {
            return Err(format!("sandbox {name} was changed ({change:?}) from another one"));
        }
        if answer.status.is_client_error() || answer.status.is_server_error() {
            return Err(format!("sandbox {name} was changed ({change:?}) by a refused request"));
        }
        if drawn.is_safe() && !(asked.path == AUTHORIZE && drawn.query.contains("login_hint")) {
            return Err(format!("sandbox {name} was changed ({change:?}) by one who only looked"));
        }
        if let Some(head) = &side.head {
            head.world.check().map_err(|faults| format!("the world is not sound:\n{}", faults.join("\n")))?;
        }
    }
    Ok(())
}

/// A part of a path as it is meant.
fn unescaped(part: &str) -> String {
    form_urlencoded::parse(part.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

/// Nobody is told what he has not said himself of customers that he may not see, or of the other sandbox.
fn secrets(
    sides: &[Side; 2],
    drawn: &Drawn,
    asker: &Asker,
    path: &str,
    answer: &Answer,
) -> Result<(), String> {
    if path == AUTHORIZE || OPEN.iter().any(|prefix| path.starts_with(prefix)) {
        return Ok(());
    }
    // A tracking id is made as ids of records are, and may be the same as one of them.
    let mut told = answer.body.replace(answer.header("trackingid"), "");
    for (name, value) in &answer.headers {
        if name != "trackingid" {
            told.push('\n');
            told.push_str(&String::from_utf8_lossy(value.as_bytes()));
        }
    }
    let told = marks(&told);
    if told.is_empty() {
        return Ok(());
    }
    let at = usize::from(asker.sandbox == Some(sides[1].name));
    let (own, other) = (&sides[at].owners, &sides[1 - at].owners);
    let said = marks(&drawn.said());
    let is_on_behalf = drawn.query.contains(ON_BEHALF);
    let caller = asker.caller.clone().map(|caller| match is_on_behalf {
        true => Caller { on_behalf_of: Some(Id::MIN), ..caller },
        false => caller,
    });
    let is_secret = |mark: &&String| {
        let is_of_other = other.knows(mark) && !own.knows(mark);
        !said.contains(*mark) && (is_of_other || own.hides(mark, caller.as_ref()))
    };
    let secrets: Vec<&String> = told.iter().filter(is_secret).collect();
    match secrets.is_empty() {
        true => Ok(()),
        false => Err(format!("told what is of others, {secrets:?}:\n{}", answer.body)),
    }
}

#[test]
fn the_organization_of_the_demo_tokens_stands_first() {
    use super::start;

    let world = hub_core::demo::demo();
    let runtime = super::runtime();
    let (hub, _) = runtime.block_on(start::hub("mock-hub"));
    let side = Side::of(&start::PLANTED[0], "default", &hub.app);
    assert_eq!(side.organizations()[0], start::home(&world));
}
