//! The simulated Partner Hub and Control Hub, as a value.
//!
//! A [`World`] holds every record of one hub in persistent tables, so that a clone costs nothing and never
//! changes. An [`operation`] runs on a [`Draft`] of the world, with a [`Context`] that says what time it is and
//! who is asking; it either leaves its [`Change`]s in the draft or a [`HubError`] that cites one rule.
//! Control Hub's CSV import, in [`bulk`], runs the same operations row by row.
//!
//! Nothing here reads a clock, draws a random number, opens a file or waits; nothing knows HTTP or the names
//! on the wire. `Serialize` on a record means the journal's format and nothing else.

#![warn(missing_docs)]

pub mod bulk;
mod change;
mod context;
pub mod demo;
mod draft;
mod email;
mod error;
mod id;
mod nearest;
pub mod operation;
mod outcome;
mod package;
mod page;
mod phone;
pub mod record;
mod records;
pub mod scim;
mod sought;
mod time;
mod world;

pub use change::{Change, Key, Record};
pub use context::{Caller, Context, Role, Roles, Scope, Settings};
pub use draft::Draft;
pub use email::Email;
pub use error::{HubError, Place};
pub use id::{Id, Ids};
pub use nearest::nearest;
pub use outcome::{Ending, Outcome, ProvisioningEnd};
pub use package::{Package, PackageSet};
pub use page::{Limits, Mark, Order, Page, PageRequest};
pub use phone::PhoneNumber;
pub use records::read_records;
pub use sought::Sought;
pub use time::Timestamp;
pub use world::{Table, World};
