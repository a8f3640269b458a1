//! The language of directories, SCIM 2 (RFC 7643 and 7644): resources as JSON documents with their attributes.
//!
//! Beside `bulk`, which is the language of CSV files, and like it independent of who carries it. [`schema`] is the
//! registry of attributes; everything else reads it: [`Filter`] and [`Path`] resolve names against it, [`patch`]
//! changes a document by paths, `lawful` holds a document against it, and [`Projection`] leaves attributes out.
//! What the attributes mean to the hub is in `operation::scim_users` and `operation::groups`.

mod document;
mod filter;
mod patch;
mod path;
mod projection;
pub mod schema;

pub use document::Document;
pub(crate) use document::{lawful, objects, text};
pub use filter::Filter;
pub use patch::{PatchOperation, PatchVerb, patch};
pub use path::Path;
pub use projection::Projection;
