//! Any bytes as a line of HCP/1: it is read or refused with a reason, and what was read can be written and read again.
//!
//! The modules of the conformance suite are taken as they are, because the suite as a whole brings HTTP and TLS.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[path = "../../conformance/src"]
#[expect(dead_code, reason = "only what reads lines is wanted of them")]
mod conformance {
    pub mod hello;
    pub mod operations;
    pub mod protocol;
}

use conformance::hello::{Flaw, Hello};
use conformance::operations;
use conformance::protocol::{FromAdapter, ToAdapter};

fuzz_target!(|data: &[u8]| {
    let Ok(line) = std::str::from_utf8(data) else { return };
    let flaws = Hello::read(line).err().unwrap_or_else(|| vec![]);
    assert!(flaws.iter().all(is_told), "each flaw says where and what");
    if let Ok(hello) = Hello::read(line) {
        assert!(hello.max_parallel > 0, "an adapter does at least one operation at once");
        let is_known = |name: &String| operations::Operation::named(name).is_some();
        assert!(hello.ops.iter().all(is_known), "an operation that is declared is one of HCP/1");
    }
    read_again::<FromAdapter>(line);
    read_again::<ToAdapter>(line);
});

fn is_told(flaw: &Flaw) -> bool {
    flaw.field.starts_with("hello") && !flaw.what.is_empty()
}

fn read_again<T: DeserializeOwned + Serialize>(line: &str) {
    let Ok(message) = serde_json::from_str::<T>(line) else { return };
    let written = serde_json::to_string(&message).expect("a message is JSON");
    assert!(!written.contains('\n'), "a message is one line");
    assert!(serde_json::from_str::<T>(&written).is_ok(), "what was read can be read again: {written}");
}
