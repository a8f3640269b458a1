//! What the server's tests came by when they held its answers against Cisco's API descriptions.
//!
//! The tests do the checking (`mock-hub/tests/http/contract`) and note what they saw; here it is added up, so that a run
//! without the descriptions says so, and a contradiction that nobody runs into any more is noticed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::target_folder;

const CONTRADICTIONS: &str = "mock-hub/tests/http/contract/contradictions.json";

/// What a command says that would hold the hub against Cisco's API descriptions and has none.
pub const IS_MISSING: &str = "Left out: Cisco's API descriptions are not in ../shared/reference/openapi, so nothing of the \
                              hub was held against them.";

/// The folder of Cisco's API descriptions, where they are beside the repository.
pub fn folder(root: &Path) -> Option<PathBuf> {
    Some(root.join("../shared/reference/openapi")).filter(|folder| folder.is_dir())
}

/// One run of the tests.
#[derive(Debug)]
pub struct Contract {
    folder: Option<PathBuf>,
    seen: PathBuf,
    known: Vec<Contradiction>,
}

#[derive(Debug, Deserialize)]
struct Contradictions {
    statuses: Vec<Contradiction>,
    bodies: Vec<Contradiction>,
}

#[derive(Debug, Deserialize)]
struct Contradiction {
    operation: String,
    at: Option<String>,
    status: Option<u16>,
}

impl Contract {
    /// The variable that tells the tests where to note what they see.
    pub const VARIABLE: &str = "MOCK_HUB_CONTRACT_SEEN";

    /// Before the tests.
    pub fn begin(root: &Path) -> Result<Self> {
        let list = std::fs::read(root.join(CONTRADICTIONS)).context(CONTRADICTIONS)?;
        let Contradictions { mut statuses, bodies } =
            serde_json::from_slice(&list).context(CONTRADICTIONS)?;
        statuses.extend(bodies);
        let seen = target_folder().join("contract-seen");
        std::fs::write(&seen, "").with_context(|| format!("cannot write {}", seen.display()))?;
        Ok(Contract { folder: folder(root), seen, known: statuses })
    }

    /// Where the tests note what they see.
    pub fn seen(&self) -> &Path {
        &self.seen
    }

    /// What the tests came by, in a line. Fails when all of them ran and a contradiction is of no use any more.
    pub fn report(self, is_whole: bool) -> Result<String> {
        let seen = std::fs::read_to_string(&self.seen).context("the tests' notes")?;
        std::fs::remove_file(&self.seen).context("the tests' notes")?;
        if self.folder.is_none() {
            return Ok(IS_MISSING.to_owned());
        }
        let lines: BTreeSet<&str> = seen.lines().collect();
        let unused: Vec<String> =
            self.known.iter().map(Contradiction::line).filter(|line| !lines.contains(&**line)).collect();
        if is_whole && !unused.is_empty() {
            bail!(
                "no test runs into these any more, so they go from {CONTRADICTIONS}:\n{}",
                unused.join("\n")
            );
        }
        let answers = lines.iter().filter_map(|line| line.strip_prefix("answer "));
        let operations: BTreeSet<&str> = answers
            .clone()
            .filter_map(|line| line.rsplit_once(' '))
            .map(|(operation, _)| operation)
            .collect();
        Ok(format!(
            "Contract: {} kinds of answer of {} operations were held against Cisco's API descriptions.",
            answers.count(),
            operations.len()
        ))
    }
}

impl Contradiction {
    /// As the tests note it.
    fn line(&self) -> String {
        let place = self.at.clone().or_else(|| self.status.map(|status| status.to_string()));
        format!("contradiction {} {}", self.operation, place.unwrap_or_default())
    }
}
