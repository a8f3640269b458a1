//! Ids of what is not the caller's: of other sandboxes, other partners and other customers. Each answers as an id that is
//! nobody's does, which is 404, and nothing changes.
//!
//! The walk goes over every operation of the document with an id in its path or query, so a new one is walked as soon
//! as it is documented; one with an id that nobody here has fails the test. What answers something else is listed with
//! the rule that has it so.

mod worlds;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use hub_core::record::Organization;
use hub_core::{Id, World};
use hub_store::{Clock, Head, SandboxName, Start};

use self::worlds::{full, moved};
use super::NAMES;
use super::bodies::{self, Sent};
use super::choices::Choices;
use super::document::{DOCUMENT, Operation};
use super::ids::{self, Ids, Kind};
use super::lexicon::Lexicon;
use super::request::{self, Drawn};
use super::start;
use super::values::Values;
use crate::support::{ADMIN, Answer, Hub};

const CUSTOMER_ADMIN: &str = "demo-customer-full-admin";

/// Parameters that name nothing that the hub gave an id: what every hub has, words of a partner, what is not simulated,
/// and the seal of an address.
const OF_NOBODY: [&str; 8] = [
    "roleId",
    "schemaId",
    "templateId",
    "regionId",
    "externalId",
    "externalCustomerId",
    "workspaceId",
    "signature",
];

/// Lists that are searched by an id, and where nothing is found if it is a stranger's.
const SEARCHED: [(&str, &[&str]); 11] = [
    ("/hub/v1/organizations/{orgId}/users", &["location"]),
    ("/v1/adminAudit/events", &["orgId", "actorId"]),
    ("/v1/devices", &["personId", "locationId", "workspaceLocationId"]),
    ("/v1/locations", &["id"]),
    ("/v1/people", &["id", "locationId"]),
    ("/v1/reports", &["reportId"]),
    ("/v1/telephony/config/numbers", &["locationId", "ownerId"]),
    ("/v1/telephony/config/people/primary/availableNumbers", &["locationId"]),
    ("/v1/wholesale/billing/reports", &["subPartnerOrgId"]),
    ("/v1/wholesale/customers", &["orgId"]),
    ("/v1/wholesale/subscribers", &["customerId", "personId"]),
];

/// Where nobody finds anything by an id: the demo has no such connection, and nobody guesses the seal of an address.
const NOT_THERE: [&str; 2] =
    ["/v1/telephony/pstn/locations/{locationId}/connection", "/downloads/billing-reports/{id}/{signature}"];

/// Whose ids they are: a customer's, and those of its partner.
#[derive(Debug, Clone, Copy)]
struct Party<'a> {
    name: &'static str,
    ids: &'a Ids,
    customer: Id<Organization>,
    partner: Id<Organization>,
}

impl<'a> Party<'a> {
    /// The customer of the demo tokens, in a world that may be moved.
    fn of(name: &'static str, ids: &'a Ids, world: &World) -> Self {
        let partner = world.partners().next().unwrap().organization;
        Party { name, ids, customer: start::home(world), partner }
    }

    /// Another customer of the same partner, who has something of everything.
    fn beside(self, name: &'static str, world: &World) -> Self {
        let mut customers = world.customers_of(self.partner).map(|customer| customer.organization);
        let has = |customer, kind| self.ids.first(kind, Some(customer)).is_some();
        let has_all = |customer| [Kind::Device, Kind::Subscriber].into_iter().all(|kind| has(customer, kind));
        let customer = customers.find(|customer| *customer != self.customer && has_all(*customer)).unwrap();
        Party { name, customer, ..self }
    }

    /// The id that it has for what has this name at a path.
    fn id(&self, path: &str, name: &str) -> &'a str {
        let kind = match (path, name) {
            ("/v1/people", "id") => Some(Kind::Person),
            ("/v1/locations", "id") => Some(Kind::Location),
            _ => ids::kind(name),
        };
        let kind = kind.unwrap_or_else(|| panic!("nobody knows what `{name}` names at {path}"));
        let owner = match kind {
            Kind::SubPartner | Kind::Template => None,
            Kind::BillingReport => Some(self.partner),
            Kind::Report if path.contains("partner") => Some(self.partner),
            _ => Some(self.customer),
        };
        let id = self.ids.first(kind, owner);
        id.unwrap_or_else(|| panic!("{} has no {kind:?} to try at {path}", self.name))
    }
}

/// Who asks, and for whose things.
#[derive(Debug, Clone, Copy)]
struct Case<'a> {
    token: &'static str,
    own: Party<'a>,
    stranger: Party<'a>,
}

/// The names in a path that are ids of something of somebody.
fn names(path: &str) -> Vec<&str> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.filter(|name| !OF_NOBODY.contains(name)).collect()
}

/// Whether a parameter of a query is an id of something of somebody.
fn is_an_id(name: &str) -> bool {
    ids::kind(name).is_some() || name.ends_with("Id") && !OF_NOBODY.contains(&name)
}

/// A path in which these names are the stranger's, and the others the caller's own.
fn filled(path: &str, strange: &BTreeSet<&str>, own: &Party<'_>, stranger: &Party<'_>) -> String {
    let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) if OF_NOBODY.contains(&name) => "1".to_owned(),
        Some(name) if strange.contains(name) => request::encoded(stranger.id(path, name)),
        Some(name) => request::encoded(own.id(path, name)),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every choice of some of these names, but for none.
fn choices_of<'a>(names: &[&'a str]) -> Vec<BTreeSet<&'a str>> {
    let is_in = |choice: usize, at: usize| choice >> at & 1 == 1;
    let chosen =
        |choice| names.iter().enumerate().filter(move |(at, _)| is_in(choice, *at)).map(|(_, it)| *it);
    (1..1 << names.len()).map(|choice| chosen(choice).collect()).collect()
}

/// A hub on which strangers are.
struct Walk {
    hub: Hub,
    heads: [Arc<Head>; 2],
    lexicon: Lexicon,
    faults: Vec<String>,
}

impl Walk {
    async fn begin(world: World, elsewhere: World) -> Self {
        let hub = Hub::of("mock-hub", world).await;
        let clock = Clock::Frozen { at: hub.app.wall() };
        let start = Start { world: elsewhere, clock, seed: 1, provisioning_delay_ms: None };
        hub.app.sandboxes.create(SandboxName::parse(NAMES[1]).unwrap(), start).await.unwrap();
        let heads = NAMES.map(|name| hub.app.known_sandbox(name).unwrap().head());
        Walk { hub, heads, lexicon: super::first_words().await, faults: Vec::new() }
    }

    /// Asks for what is the stranger's and for what is nobody's; says where the answers differ or are none of the lawful.
    async fn compare(
        &mut self,
        operation: &Operation,
        case: &Case<'_>,
        nobody: &Party<'_>,
        strange: &BTreeSet<&str>,
    ) {
        let mut told = Vec::new();
        for party in [&case.stranger, nobody] {
            let drawn = self.drawn(operation, case, party, strange);
            let (_, answer) = self.hub.exchange(drawn.request()).await;
            told.push((answer.status, without_ids(&answer, &operation.path, party, strange)));
            self.changes(&drawn);
        }
        let (status, said) = &told[0];
        let what =
            format!("{} {} with {strange:?} of {}", operation.method, operation.path, case.stranger.name);
        let who = format!("{what}, asked by {}", case.token);
        if told[0] != told[1] {
            self.faults
                .push(format!("{who}:\n    {said}\n  and with an id that is nobody's:\n    {}", told[1].1));
        }
        if !is_lawful(operation, strange, case.token, *status, said) {
            self.faults.push(format!("{who}: {said}"));
        }
    }

    fn drawn(
        &mut self,
        operation: &Operation,
        Case { token, own, .. }: &Case<'_>,
        stranger: &Party<'_>,
        strange: &BTreeSet<&str>,
    ) -> Drawn {
        let path = filled(&operation.path, strange, own, stranger);
        let mut values = Values {
            choices: Choices::new(&[]),
            is_plain: true,
            lexicon: &self.lexicon,
            ids: own.ids,
            elsewhere: own.ids,
            home: own.customer,
            marked: &mut 0,
        };
        let Sent { media_type, bytes } = bodies::draw(&mut values, operation, &path);
        let in_query = operation.query.iter().filter(|(name, ..)| strange.contains(&**name));
        let in_query = in_query
            .map(|(name, ..)| format!("{name}={}", request::encoded(stranger.id(&operation.path, name))));
        let required = Some(request::query(&mut values, operation)).filter(|query| !query.is_empty());
        let query = required.into_iter().chain(in_query).collect::<Vec<_>>().join("&");
        let mut headers = vec![(header::AUTHORIZATION, format!("Bearer {token}"))];
        headers.extend(media_type.map(|media_type| (header::CONTENT_TYPE, media_type)));
        let headers = headers.into_iter().map(|(name, value)| (name, HeaderValue::from_str(&value).unwrap()));
        let (method, prefix) = (operation.method.clone(), String::new());
        Drawn { method, path, prefix, query, headers: headers.collect(), body: bytes }
    }

    /// What is one's own is there to be looked at, or the walk would prove nothing.
    async fn look(&mut self, operation: &Operation, own: Party<'_>) {
        let mut statuses = Vec::new();
        for token in [ADMIN, CUSTOMER_ADMIN] {
            let drawn = self.drawn(operation, &Case { token, own, stranger: own }, &own, &BTreeSet::new());
            statuses.push(self.hub.exchange(drawn.request()).await.1.status);
        }
        if !statuses.iter().any(StatusCode::is_success) {
            self.faults.push(format!("{} of the caller himself: {statuses:?}", operation.path));
        }
    }

    /// Nobody changes anything.
    fn changes(&mut self, drawn: &Drawn) {
        for (name, before) in NAMES.iter().zip(&mut self.heads) {
            let head = self.hub.app.known_sandbox(name).unwrap().head();
            if !Arc::ptr_eq(before, &head) {
                self.faults.push(format!("sandbox {name} was changed by:\n{drawn}"));
                *before = head;
            }
        }
    }
}

/// Status, rule and body of an answer, with the ids that were asked for taken out.
fn without_ids(answer: &Answer, path: &str, party: &Party<'_>, strange: &BTreeSet<&str>) -> String {
    let told = format!("{} {} {}", answer.status.as_u16(), answer.header("x-mock-hub-rule"), answer.body);
    let told = told.replace(answer.header("trackingid"), "");
    strange.iter().fold(told, |told, name| told.replace(party.id(path, name), "ID"))
}

/// Whether a stranger's id may be answered so. An administrator of a customer may be told that his role is none for this
/// (API-006), before anybody looks whether there is such a thing.
fn is_lawful(
    operation: &Operation,
    strange: &BTreeSet<&str>,
    token: &str,
    status: StatusCode,
    said: &str,
) -> bool {
    let is_searched = |(path, names): &(&str, &[&str])| {
        *path == operation.path && strange.iter().all(|name| names.contains(name))
    };
    match status {
        StatusCode::NOT_FOUND => true,
        StatusCode::FORBIDDEN => token == CUSTOMER_ADMIN && said.starts_with("403 API-006 "),
        StatusCode::OK => {
            let finds_nothing = said.contains("\"items\":[]") || said.contains("\"phoneNumbers\":[]");
            operation.method.is_safe() && finds_nothing && SEARCHED.iter().any(is_searched)
        }
        _ => false,
    }
}

#[tokio::test]
async fn what_is_somebody_elses_is_as_if_it_were_not_there() {
    let (own, nowhere) = (full(), moved(&full(), 7));
    let (partners, elsewhere) = (moved(&own, 2), moved(&own, 4));
    let [of_own, of_partner, of_elsewhere, of_nowhere] = [&own, &partners, &elsewhere, &nowhere].map(Ids::of);
    let both = World::of(own.records().chain(partners.records()));
    assert_eq!(both.check(), Ok(()));
    let home = Party::of("the caller", &of_own, &own);
    let nobody = Party::of("nobody", &of_nowhere, &nowhere);
    let strangers = [
        (ADMIN, Party::of("another sandbox", &of_elsewhere, &elsewhere)),
        (ADMIN, Party::of("another partner", &of_partner, &partners)),
        (CUSTOMER_ADMIN, Party::of("a customer of another partner", &of_partner, &partners)),
        (CUSTOMER_ADMIN, home.beside("another customer", &own)),
    ];
    let mut walk = Walk::begin(both, elsewhere.clone()).await;
    let mut walked = 0;
    for operation in &DOCUMENT.operations {
        let in_query = operation.query.iter().map(|(name, ..)| &**name).filter(|name| is_an_id(name));
        let in_query = in_query.map(|name| BTreeSet::from([name]));
        let is_there = !names(&operation.path).is_empty() && !NOT_THERE.contains(&&*operation.path);
        if operation.method.is_safe() && is_there {
            walk.look(operation, home).await;
        }
        let choices: Vec<_> = choices_of(&names(&operation.path)).into_iter().chain(in_query).collect();
        for strange in &choices {
            walked += 1;
            for (token, stranger) in strangers {
                walk.compare(operation, &Case { token, own: home, stranger }, &nobody, strange).await;
            }
        }
    }
    assert!(walked > 100, "only {walked} places for an id were found");
    assert!(walk.faults.is_empty(), "{} of {walked}:\n{}", walk.faults.len(), walk.faults.join("\n"));
}
