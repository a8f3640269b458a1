//! Web pages, as a browser without script sees them.

mod door;
