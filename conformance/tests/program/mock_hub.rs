//! The hub of this build, for tests of more than one program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The `mock-hub` beside the program under test, where `cargo test --workspace` builds it; built here where it is missing.
pub(crate) fn mock_hub() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let suite = Path::new(env!("CARGO_BIN_EXE_hub-conformance"));
        let program = suite.with_file_name("mock-hub").with_extension(std::env::consts::EXE_EXTENSION);
        if !program.is_file() {
            let is_release = suite.parent().is_some_and(|folder| folder.ends_with("release"));
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "-p", "mock-hub"]).args(is_release.then_some("--release"));
            let built = cargo.status().expect("cargo is there, it runs this test");
            let program = program.display();
            assert!(built.success(), "{program} is missing and cannot be built: cargo build -p mock-hub");
        }
        program
    })
}
