//! What holds for every request, whatever it asks for.
//!
//! [`entry`] is the one pass around all routes; the others are its parts and the tools of handlers: who asks ([`auth`],
//! [`call`]), what for an answer he takes ([`accept`]), bodies and parameters in ([`room`], [`body`], [`object`],
//! [`parameters`], [`path`], [`upload`], [`word`]), bodies, pages and refusals out ([`answer`], `held`, [`paging`],
//! [`problem`], [`table`], [`zip`]), answers that [last](lasting), by which name the hub is asked (`host`), `secret`s,
//! scripted [`faults`], and work that takes long ([`apart`]). Nothing here knows a resource.

pub mod accept;
pub mod address;
pub mod answer;
pub mod apart;
pub mod auth;
pub mod body;
pub mod call;
pub mod entry;
pub mod faults;
mod held;
mod host;
pub mod lasting;
pub mod nullable;
pub mod object;
pub mod organization;
pub mod paging;
pub mod parameters;
pub mod patch;
pub mod path;
pub mod pieces;
pub mod problem;
pub mod request_log;
pub mod room;
pub(crate) mod secret;
pub mod table;
pub mod upload;
pub mod wire_id;
pub mod word;
pub mod zip;
