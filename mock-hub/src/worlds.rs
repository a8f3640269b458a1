//! The worlds that come with the program.

pub use hub_core::demo::{demo, empty};
