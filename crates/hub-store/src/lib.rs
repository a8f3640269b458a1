//! Sandboxes: worlds that live on, each with a journal, a clock and tokens of its own.
//!
//! Everything about a [`Sandbox`] is in its [`Journal`], entry by entry, so that replay gives its [`Head`]
//! exactly. There is one write path: follow the journal, run the operation on a draft of the head, append one
//! [`Entry`] at the next number, publish the new head. A number that somebody else took means: follow and run
//! the operation again. That is the only lock between several stores over one journal.
//! Readers never wait: they go on at the old head until the new one is published.
//!
//! Where many entries came, what they add up to is kept beside them as a [`Checkpoint`], and who opens the journal replays
//! only those since. It changes nothing but the time that takes: one that does not fit is passed over.
//!
//! Nothing ticks. What is due by a sandbox clock (rows of an import that takes time) happens when somebody writes, or
//! reads after [`Sandbox::settle`], as ordinary entries; which of several stores does it makes no difference.
//!
//! Whoever counts what is asked of a journal, or has it fail, is a [`Layer`] over it and says only what is different.
//!
//! [`Sandboxes`] finds sandboxes by name and by token, makes, forks and deletes them. Nothing here knows a
//! rule of the hub or HTTP.
//!
//! # Several stores over one journal
//!
//! A journal in PostgreSQL is meant to be [shared](Journal::is_shared). Over such a one, with any number of stores:
//!
//! - A read of a sandbox that is [fresh](Sandboxes::fresh) sees every write, by whatever store, that was acknowledged
//!   before it began: the head, the clock, tokens, snapshots, faults, that the sandbox is there at all.
//! - A write is applied once. Where the journal fails while an entry is appended, the entry is appended again under its
//!   id and number: it is kept already, is kept now, or somebody else has the number. Where that fails too, the outcome is
//!   [unknown](StoreError::OutcomeUnknown), because an entry may arrive late.
//! - Those who want to know at the same time share a question to the journal, which is asked when all of them have come.
//! - A sandbox that is damaged counts as damaged until it is deleted, or [`Sandboxes::refresh`] finds it whole.
//!
//! Several processes on one SQLite file, or stores on one journal in memory, are not asked to see each other at once:
//!
//! - A read shows what its own store has followed: until its next write to the sandbox, or
//!   [`Sandbox::catch_up`], a store does not see what others wrote there, nor the tokens that they granted.
//! - Sandboxes that others made, replaced or deleted are found by [`Sandboxes::refresh`], by
//!   [`Sandboxes::delete`] of the same name, and when the journal is opened again. Until then the old ones can be read, and a
//!   write to them ends as [`StoreError::Gone`].
//!
//! Over any journal:
//!
//! - Of two writes at one number, of two sandboxes of one name, one is kept. The other store follows it and runs
//!   its operation again, or answers that the name is taken.
//! - Who deletes a sandbox deletes the one that he saw, never a later one of its name.
//! - A token's text belongs to one sandbox of a store; what another store just granted is not known.
//! - A fork is made only while its parent is there. A parent that another store deletes at the very moment of
//!   the fork leaves the fork [damaged](Sandboxes::damaged); it can be deleted.

#![warn(missing_docs)]

mod authorization;
mod checkpoint;
mod clock;
mod commons;
mod effect;
mod entry;
mod error;
mod flaw;
mod head;
mod history;
mod journal;
mod layer;
mod load;
mod memory;
mod name;
#[cfg(feature = "postgres")]
mod postgres;
mod sandbox;
mod sandboxes;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod survey;
mod token;
mod turnstile;

pub use authorization::{Authorization, Grant, RefreshToken};
pub use checkpoint::{Checkpoint, Checkpoints};
pub use clock::{Clock, WallClock, system_time};
pub use commons::{Commons, Content, Held, Line, MOST_BYTES, MemoryCommons};
pub use effect::Effect;
pub use entry::{Entry, Event, Origin};
pub use error::{OpeningAdvice, StoreError, WriteError};
pub use flaw::Flaw;
pub use head::{Head, Snapshot};
pub use history::{History, Retrace};
pub use journal::{Appended, Base, Excerpt, Journal, Listed, Pending};
pub use layer::Layer;
pub use memory::MemoryJournal;
pub use name::SandboxName;
#[cfg(feature = "postgres")]
pub use postgres::{PostgresJournal, PostgresOptions};
pub use sandbox::{Point, Sandbox};
pub use sandboxes::{ForkOptions, Sandboxes, Start};
#[cfg(feature = "sqlite")]
pub use sqlite::{Salvage, SqliteJournal};
pub use survey::{Damage, Surveyed, survey};
pub use token::Token;
