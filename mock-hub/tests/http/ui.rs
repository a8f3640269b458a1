//! Web pages, as a browser without script sees them.

mod behind_the_scenes;
mod csv;
pub(crate) mod door;
mod organization;
mod partner_hub;
mod users;
