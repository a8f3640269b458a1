//! Any text as an id on the wire: it is read, and what was written as an id is read as what it was, in each form.
//!
//! The module of the server is taken as it is, because the server as a whole brings HTTP and its pages.

#![no_main]

use std::fmt::Debug;
use std::sync::LazyLock;

use hub_core::record::{
    BillingReport, Customer, Device, DisableCallingJob, License, Location, Organization, Person, Report,
    Subscriber, Template,
};
use hub_core::{Id, Record, World, demo};
use libfuzzer_sys::fuzz_target;

#[path = "../../mock-hub/src/http"]
#[expect(dead_code, reason = "only reading, and what it needs to be written, is wanted of it")]
mod http {
    pub mod wire_id;
}

use http::wire_id::{self, OnTheWire};

static WORLD: LazyLock<World> = LazyLock::new(demo::demo);

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    is_kept::<Organization>(text);
    is_kept::<Customer>(text);
    is_kept::<Subscriber>(text);
    is_kept::<Person>(text);
    is_kept::<Location>(text);
    is_kept::<BillingReport>(text);
    is_kept::<Report>(text);
    is_kept::<Device>(text);
    is_kept::<DisableCallingJob>(text);
    is_kept::<Template>(text);
    wire_id::read_word(text);
    wire_id::read_group(text);
    for record in WORLD.records() {
        match record {
            Record::License(license) => {
                let written = wire_id::of_license_at(&license, Some(text));
                assert_eq!(wire_id::read::<License>(written.as_str()), license.id, "at the site {text:?}");
            }
            Record::Group(group) => {
                assert_eq!(wire_id::read_group(wire_id::of_group(&group).as_str()), group.id);
            }
            _ => {}
        }
    }
});

/// What a text is read as is written, and read again in every form that clients send.
fn is_kept<T: OnTheWire + Debug + PartialEq>(text: &str) {
    let id: Id<T> = wire_id::read(text);
    let written = wire_id::of(id).to_string();
    let padded = format!("{written}{}", "=".repeat((4 - written.len() % 4) % 4));
    let of_urls = padded.replace('+', "-").replace('/', "_");
    for form in [&written, &padded, &of_urls, &id.uuid().to_string()] {
        assert_eq!(wire_id::read::<T>(form), id, "{form}");
    }
}
