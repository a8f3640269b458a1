//! A hub of one organization, and operations just large enough to show what the store does with them.

use std::sync::Arc;

use hub_core::record::{Organization, OrganizationKind, Person};
use hub_core::{
    Caller, Context, Draft, Email, HubError, Id, Key, Record, Role, Roles, Settings, Timestamp, World,
};
use hub_rules::subscribers::EMAIL_IS_UNIQUE;
use hub_store::{
    Appended, Base, Clock, Entry, Journal, MemoryJournal, Sandbox, SandboxName, Sandboxes, SqliteJournal,
    Start, StoreError, Token, WriteError,
};
use uuid::Uuid;

use crate::postgres;

pub(crate) const ORGANIZATION: Id<Organization> = Id::from_uuid(Uuid::from_u128(0x100));

pub(crate) fn new_year() -> Timestamp {
    Timestamp::from_millis(1_767_225_600_000)
}

pub(crate) fn world() -> World {
    World::of([Record::Organization(Arc::new(Organization {
        id: ORGANIZATION,
        name: "Acme".into(),
        kind: OrganizationKind::Customer,
        managed_by: None,
        created: new_year(),
        primary_admin: None,
        sites: vec![],
        settings: Default::default(),
        preferred_language: None,
        modified: Timestamp::MIN,
    }))])
}

pub(crate) fn start() -> Start {
    Start { world: world(), clock: Clock::Frozen { at: new_year() }, seed: 7, provisioning_delay_ms: None }
}

pub(crate) fn caller() -> Caller {
    Caller {
        name: "admin@example.com".into(),
        organization: ORGANIZATION,
        roles: Roles::of(&[Role::CustomerFullAdmin]),
        scopes: None,
        on_behalf_of: None,
        person: None,
    }
}

pub(crate) fn token(text: &str) -> Token {
    Token { token: text.into(), label: "customer-full-admin".into(), caller: caller(), expires: None }
}

pub(crate) fn name(text: &str) -> SandboxName {
    SandboxName::parse(text).unwrap()
}

pub(crate) async fn open(journal: &Arc<dyn Journal>) -> Sandboxes {
    Sandboxes::open(journal.clone(), Settings::default(), new_year).await.unwrap()
}

/// Appends an entry of a sandbox that began with the entry `life`.
pub(crate) async fn append(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    life: Uuid,
    entry: Entry,
) -> Result<Appended, StoreError> {
    let base = (entry.seq > 1).then(|| Base { sandbox: sandbox.clone(), life, seq: entry.seq - 1 });
    journal.append(sandbox, &Arc::new(entry), base.as_ref()).await
}

/// Sandboxes over a new journal in memory, with the small hub in the sandbox `main`.
pub(crate) async fn with_main() -> (Sandboxes, Arc<Sandbox>) {
    let sandboxes = open(&(Arc::new(MemoryJournal::default()) as Arc<dyn Journal>)).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    (sandboxes, main)
}

/// Runs a test on every kind of journal, and gives it a way to open the journal once more.
pub(crate) async fn on_each_journal(test: impl AsyncFn(&dyn Fn() -> Reopened)) {
    let memory: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    test(&|| Box::pin(std::future::ready(memory.clone()))).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.db");
    test(&|| {
        let file = file.clone();
        Box::pin(async move { Arc::new(SqliteJournal::open(&file).await.unwrap()) as Arc<dyn Journal> })
    })
    .await;
    postgres::on_a_server(test).await;
}

pub(crate) type Reopened = std::pin::Pin<Box<dyn Future<Output = Arc<dyn Journal>>>>;

pub(crate) fn add_person(
    draft: &mut Draft,
    context: &Context<'_>,
    email: &str,
) -> Result<Id<Person>, HubError> {
    let email = Email::parse(email)?;
    if draft.person_by_email(&email).is_some() {
        return Err(HubError::broken(&EMAIL_IS_UNIQUE).at("email"));
    }
    let id = context.ids.next();
    draft.put(Record::Person(Arc::new(Person::new(id, ORGANIZATION, email, context.now))));
    Ok(id)
}

pub(crate) async fn add(sandbox: &Sandbox, email: &str) -> Result<Id<Person>, WriteError> {
    sandbox.write(&caller(), "add person", |draft, context| add_person(draft, context, email)).await
}

pub(crate) async fn remove(sandbox: &Sandbox, email: &str) -> Result<(), WriteError> {
    let email = Email::parse(email)?;
    let step = |draft: &mut Draft, _: &Context<'_>| {
        let person = draft.person_by_email(&email).map(|person| person.id);
        person.into_iter().for_each(|id| draft.remove(Key::Person(id)));
        Ok(())
    };
    sandbox.write(&caller(), "remove person", step).await
}

/// The addresses in a world, in the order in which people were added.
pub(crate) fn people(world: &World) -> Vec<String> {
    let person = |record| match record {
        Record::Person(person) => Some(person.email.as_str().replace("@example.com", "")),
        _ => None,
    };
    world.records().filter_map(person).collect()
}

pub(crate) fn people_of(sandbox: &Sandbox) -> Vec<String> {
    people(&sandbox.head().world)
}

pub(crate) fn rule_of<T>(result: Result<T, WriteError>) -> &'static str {
    match result {
        Err(WriteError::Refused(refusal)) => refusal.rule.id,
        Err(WriteError::Store(error)) => panic!("the store failed: {error}"),
        Ok(_) => "accepted",
    }
}
