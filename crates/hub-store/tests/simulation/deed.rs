//! What clients do to sandboxes, through a store. Each deed leaves something behind by which its operation is known.
//!
//! A client looks before it acts: a sandbox that its store does not know may be another store's.

use std::sync::Arc;

use fastrand::Rng;
use hub_core::record::{Organization, OrganizationKind, Person};
use hub_core::{Caller, Context, Draft, Email, HubError, Id, Key, Record, Role, Roles, Timestamp, World};
use hub_rules::subscribers::EMAIL_IS_UNIQUE;
use hub_store::{
    Clock, ForkOptions, Head, Point, Sandbox, SandboxName, Sandboxes, Start, StoreError, Token, WriteError,
};
use uuid::Uuid;

use crate::state::{People, State, people};

const ORGANIZATION: Id<Organization> = Id::from_uuid(Uuid::from_u128(0x100));

/// One thing that a client asks of a sandbox.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Deed {
    /// Adds somebody whom nobody else adds.
    Add,
    /// Adds somebody whom others add too: refused if he is there.
    Claim(u8),
    /// Removes him.
    Release(u8),
    Replace,
    Snapshot(u8),
    Restore(u8),
    Reset,
    Grant,
    SetClock,
    Read,
    /// Asks for the world as it was, so many hundredths of the way to the head.
    LookBack(u8),
    /// Keeps a checkpoint, which changes nothing that anybody can see.
    Checkpoint,
    Create,
    Fork {
        from: SandboxName,
        at: At,
    },
    Delete,
}

/// Where a fork begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum At {
    Head,
    Snapshot(u8),
    /// So many hundredths of the way to the head.
    Past(u8),
}

/// What a client was told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    Done,
    Saw { seq: u64, state: State },
    SawBack { seq: u64, people: People },
}

impl Deed {
    /// The habits of clients who quarrel about a name and do next to nothing else.
    pub(crate) const QUARREL: [usize; 8] = [0, 9, 12, 12, 12, 14, 14, 14];

    /// Draws how often a client does each deed.
    pub(crate) fn draw_habits(rng: &mut Rng) -> Vec<usize> {
        if rng.u8(0..6) == 0 {
            return Self::QUARREL.to_vec();
        }
        let usual = [8, 6, 3, 1, 2, 2, 1, 2, 1, 8, 2, 3, 2, 2, 2];
        let mut habits = Vec::new();
        for (kind, often) in usual.into_iter().enumerate() {
            habits.extend(std::iter::repeat_n(kind, often * rng.usize(0..3)));
        }
        habits.push(9);
        habits
    }

    /// Draws a deed, and the sandbox that it is done to.
    pub(crate) fn draw(rng: &mut Rng, habits: &[usize], names: &[SandboxName]) -> (SandboxName, Self) {
        let (number, which) = (rng.u8(0..2), rng.usize(..names.len()));
        let deed = match habits[rng.usize(..habits.len())] {
            0 => Deed::Add,
            1 => Deed::Claim(number),
            2 => Deed::Release(number),
            3 => Deed::Replace,
            4 => Deed::Snapshot(number),
            5 => Deed::Restore(number),
            6 => Deed::Reset,
            7 => Deed::Grant,
            8 => Deed::SetClock,
            9 => Deed::Read,
            10 => Deed::LookBack(rng.u8(0..=100)),
            11 => Deed::Checkpoint,
            12 => Deed::Create,
            13 => Deed::Fork { from: names[(which + 1) % names.len()].clone(), at: At::draw(rng) },
            _ => Deed::Delete,
        };
        (names[which].clone(), deed)
    }

    /// Its name, without what it is done with.
    pub(crate) fn kind(&self) -> String {
        format!("{self:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
    }

    /// Another sandbox that has to be there, besides or instead of the one that it is done to.
    pub(crate) fn needs(&self) -> Option<&SandboxName> {
        match self {
            Deed::Fork { from, .. } => Some(from),
            _ => None,
        }
    }
}

impl At {
    fn draw(rng: &mut Rng) -> Self {
        match rng.u8(0..4) {
            0 => At::Snapshot(rng.u8(0..2)),
            1 => At::Past(rng.u8(0..=100)),
            _ => At::Head,
        }
    }

    fn point(self, head: &Head) -> Option<Point> {
        match self {
            At::Head => None,
            At::Snapshot(number) => Some(Point::Snapshot(snapshot(number).into())),
            At::Past(hundredths) => Some(Point::Seq(part_of(head, hundredths))),
        }
    }
}

fn part_of(head: &Head, hundredths: u8) -> u64 {
    (head.seq * u64::from(hundredths) / 100).max(1)
}

/// What came of a deed, and which sandbox it was done to, as far as it got.
pub(crate) struct Told {
    pub(crate) life: Option<Uuid>,
    pub(crate) answer: Result<Answer, WriteError>,
}

/// Does a deed as operation `id`.
pub(crate) async fn perform(store: &Sandboxes, name: &SandboxName, deed: &Deed, id: u32) -> Told {
    let mut life = None;
    let answer = match deed {
        Deed::Create => store.create(name.clone(), start(id)).await.map(|_| Answer::Done),
        Deed::Delete => store.delete(name.as_str()).await.map(|()| Answer::Done),
        Deed::Fork { from, at } => fork(store, from, *at, name, id).await.map(|_| Answer::Done),
        _ => match find(store, name, deed).await {
            Ok(sandbox) => {
                life = Some(sandbox.life());
                return Told { life, answer: act(&sandbox, deed, id).await };
            }
            Err(unknown) => Err(unknown),
        },
    };
    Told { life, answer: answer.map_err(WriteError::from) }
}

/// Who writes may take what the store knows: the journal refuses what does not fit any more.
async fn find(store: &Sandboxes, name: &SandboxName, deed: &Deed) -> Result<Arc<Sandbox>, StoreError> {
    match store.get(name.as_str()) {
        Some(known) if !matches!(deed, Deed::Read | Deed::LookBack(_)) => Ok(known),
        _ => store.fresh(name.as_str()).await,
    }
}

async fn fork(
    store: &Sandboxes,
    from: &SandboxName,
    at: At,
    name: &SandboxName,
    id: u32,
) -> Result<Arc<Sandbox>, StoreError> {
    let head = store.fresh(from.as_str()).await?.head();
    let options = ForkOptions { clock: Some(clock_of(id)), ..ForkOptions::default() };
    store.fork(from.as_str(), at.point(&head).as_ref(), name.clone(), options).await
}

async fn act(sandbox: &Sandbox, deed: &Deed, id: u32) -> Result<Answer, WriteError> {
    match deed {
        Deed::Add => add(sandbox, &person_of(id)).await?,
        Deed::Claim(number) => add(sandbox, &slot(*number)).await?,
        Deed::Release(number) => remove(sandbox, &slot(*number)).await?,
        Deed::Replace => drop(sandbox.replace(&world(id)).await?),
        Deed::Snapshot(number) => drop(sandbox.snapshot(&snapshot(*number)).await?),
        Deed::Restore(number) => drop(sandbox.restore(&snapshot(*number)).await?),
        Deed::Reset => drop(sandbox.reset().await?),
        Deed::Grant => sandbox.grant(vec![token(id)]).await?,
        Deed::SetClock => drop(sandbox.set_clock(|_| clock_of(id)).await?),
        Deed::Checkpoint => sandbox.checkpoint().await?,
        Deed::LookBack(hundredths) => return look_back(sandbox, *hundredths).await,
        Deed::Read | Deed::Create | Deed::Fork { .. } | Deed::Delete => return Ok(read(sandbox)),
    }
    Ok(Answer::Done)
}

fn read(sandbox: &Sandbox) -> Answer {
    let head = sandbox.head();
    Answer::Saw { seq: head.seq, state: State::of(&head) }
}

async fn look_back(sandbox: &Sandbox, hundredths: u8) -> Result<Answer, WriteError> {
    let seq = part_of(&sandbox.head(), hundredths);
    Ok(Answer::SawBack { seq, people: people(&sandbox.world_at(&Point::Seq(seq)).await?) })
}

async fn add(sandbox: &Sandbox, person: &str) -> Result<(), WriteError> {
    let email = email(person)?;
    let add = |draft: &mut Draft, context: &Context<'_>| {
        if draft.person_by_email(&email).is_some() {
            return Err(HubError::broken(&EMAIL_IS_UNIQUE).at("email"));
        }
        let person = Person::new(context.ids.next(), ORGANIZATION, email.clone(), context.now);
        draft.put(Record::Person(Arc::new(person)));
        Ok(())
    };
    sandbox.write(&caller(), "add person", add).await
}

async fn remove(sandbox: &Sandbox, person: &str) -> Result<(), WriteError> {
    let email = email(person)?;
    let remove = |draft: &mut Draft, _: &Context<'_>| {
        let person = draft.person_by_email(&email).map(|person| person.id);
        person.into_iter().for_each(|id| draft.remove(Key::Person(id)));
        Ok(())
    };
    sandbox.write(&caller(), "remove person", remove).await
}

fn email(person: &str) -> Result<Email, HubError> {
    Email::parse(&format!("{person}@example.com"))
}

pub(crate) fn new_year() -> Timestamp {
    Timestamp::from_millis(1_767_225_600_000)
}

pub(crate) fn person_of(id: u32) -> String {
    format!("p{id}")
}

pub(crate) fn slot(number: u8) -> String {
    format!("slot{number}")
}

pub(crate) fn snapshot(number: u8) -> String {
    format!("s{number}")
}

pub(crate) fn token_of(id: u32) -> String {
    format!("t{id}")
}

pub(crate) fn clock_of(id: u32) -> Clock {
    Clock::Frozen { at: new_year() + i64::from(id) }
}

/// A hub of one organization with one person.
fn world(id: u32) -> World {
    let organization = Organization {
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
    };
    let key = Id::from_uuid(Uuid::from_u128(0x1000 + u128::from(id)));
    let email = email(&person_of(id)).expect("it is an address");
    let person = Person::new(key, ORGANIZATION, email, new_year());
    World::of([Record::Organization(Arc::new(organization)), Record::Person(Arc::new(person))])
}

fn start(id: u32) -> Start {
    Start { world: world(id), clock: clock_of(id), seed: 7, provisioning_delay_ms: None }
}

fn caller() -> Caller {
    Caller {
        name: "admin@example.com".into(),
        organization: ORGANIZATION,
        roles: Roles::of(&[Role::CustomerFullAdmin]),
        scopes: None,
        on_behalf_of: None,
        person: None,
    }
}

fn token(id: u32) -> Token {
    Token { token: token_of(id).into(), label: "customer-full-admin".into(), caller: caller(), expires: None }
}
