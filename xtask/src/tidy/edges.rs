//! Which crate may depend on which. Edges point one way; tools may use everything and nothing uses them.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::Violation;
use crate::cargo;

/// Each crate of the product and the crates of ours that it may use.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("hub-rules", &[]),
    ("hub-core", &["hub-rules"]),
    ("hub-store", &["hub-core", "hub-rules"]),
    ("mock-hub", &["hub-store", "hub-core", "hub-rules"]),
    ("hub-conformance", &["hub-rules", "wholesale-client"]),
    ("wholesale-client", &[]),
    ("throwaway-postgres", &[]),
];

/// What the tests of any crate may use, and nothing that ships.
const FOR_TESTS: &str = "throwaway-postgres";

/// Crates that may use everything; of these only the benchmarks use another, for its generators.
const TOOLS: [&str; 3] = ["xtask", "hub-bench", "hub-mutants"];

/// What `cargo metadata` says, as far as it matters here.
#[derive(Deserialize)]
pub(super) struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

/// A dependency of any kind; an edge is an edge, but to what is for tests.
#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// None of what is built in.
    kind: Option<String>,
}

impl Dependency {
    fn is_for_tests(&self) -> bool {
        self.name == FOR_TESTS && self.kind.as_deref() == Some("dev")
    }
}

/// Asks cargo for the packages of the workspace.
pub(super) fn metadata(root: &Path) -> Result<Metadata> {
    let mut command = cargo::command(&["metadata", "--no-deps", "--format-version", "1"]);
    let output = command.current_dir(root).output().context("cannot run cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("cannot read what cargo metadata says")
}

pub(super) fn check(metadata: &Metadata) -> Vec<Violation> {
    metadata.packages.iter().flat_map(|package| check_package(package, metadata)).collect()
}

fn check_package(package: &Package, metadata: &Metadata) -> Vec<Violation> {
    let violation = |what| Violation::new("Cargo.toml", 1, what);
    let name = package.name.as_str();
    if TOOLS.contains(&name) {
        return Vec::new();
    }
    let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        return vec![violation(format!(
            "tidy does not know what crate {name} may depend on; say it in edges.rs"
        ))];
    };
    let is_ours = |edge: &&Dependency| metadata.packages.iter().any(|other| other.name == edge.name);
    let edges = package.dependencies.iter().filter(is_ours).filter(|edge| !edge.is_for_tests());
    let forbidden = edges.filter(|edge| !allowed.contains(&edge.name.as_str()) && edge.name != name);
    forbidden.map(|edge| violation(format!("crate {name} must not depend on {}", edge.name))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn check_edges(edges: &[(&str, &[&str])]) -> String {
        let dependency = |name: &&str| match name.strip_suffix(" for tests") {
            Some(name) => Dependency { name: name.to_owned(), kind: Some("dev".to_owned()) },
            None => Dependency { name: (*name).to_owned(), kind: None },
        };
        let package = |(name, on): &(&str, &[&str])| Package {
            name: (*name).to_owned(),
            dependencies: on.iter().map(dependency).collect(),
        };
        said(check(&Metadata { packages: edges.iter().map(package).collect() }))
    }

    #[test]
    fn the_edges_of_the_architecture_are_allowed() {
        let edges: &[(&str, &[&str])] = &[
            ("mock-hub", &["hub-store", "hub-core", "hub-rules", "axum"]),
            ("hub-store", &["hub-core", "hub-rules"]),
            ("hub-core", &["hub-rules", "csv"]),
            ("hub-rules", &[]),
            ("hub-conformance", &["hub-rules", "wholesale-client"]),
            ("wholesale-client", &["reqwest"]),
            ("xtask", &["hub-core"]),
            ("hub-bench", &["xtask", "mock-hub"]),
        ];
        assert_eq!(check_edges(edges), "");
    }

    #[test]
    fn a_server_for_tests_is_used_by_tests_alone() {
        let server = ("throwaway-postgres", [].as_slice());
        let tests = ("mock-hub", ["throwaway-postgres for tests"].as_slice());
        assert_eq!(check_edges(&[tests, server]), "");
        assert_eq!(
            check_edges(&[("mock-hub", &["throwaway-postgres"]), server]),
            "Cargo.toml:1: crate mock-hub must not depend on throwaway-postgres\n"
        );
    }

    #[test]
    fn an_edge_that_points_the_other_way_is_refused() {
        let edges: &[(&str, &[&str])] =
            &[("hub-core", &["hub-store", "xtask"]), ("hub-store", &["hub-core"]), ("xtask", &[])];
        assert_eq!(
            check_edges(edges),
            "Cargo.toml:1: crate hub-core must not depend on hub-store\n\
             Cargo.toml:1: crate hub-core must not depend on xtask\n"
        );
    }

    #[test]
    fn the_conformance_suite_never_links_the_server() {
        let edges: &[(&str, &[&str])] = &[("hub-conformance", &["mock-hub"]), ("mock-hub", &[])];
        assert_eq!(check_edges(edges), "Cargo.toml:1: crate hub-conformance must not depend on mock-hub\n");
    }

    #[test]
    fn the_reference_client_knows_nothing_of_the_hub() {
        let edges: &[(&str, &[&str])] = &[("wholesale-client", &["hub-rules"]), ("hub-rules", &[])];
        assert_eq!(check_edges(edges), "Cargo.toml:1: crate wholesale-client must not depend on hub-rules\n");
    }

    #[test]
    fn a_new_crate_needs_its_place_in_the_architecture() {
        assert!(
            check_edges(&[("hub-extras", &[])]).contains("does not know what crate hub-extras may depend on")
        );
    }
}
