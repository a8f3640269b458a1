//! A SQLite journal of many entries but few records, for a server to start on.
//!
//! The store itself writes it, entry by entry, in memory where Linux has a place for that, so that no disk is waited for.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use tempfile::TempDir;
use tokio::runtime::Builder;

use crate::process::Server;
use crate::writer::{self, Writer};

/// Where Linux keeps files in memory.
const IN_MEMORY: &str = "/dev/shm";

/// A journal that grows.
pub(crate) struct LongJournal {
    folder: TempDir,
    entries: u32,
}

impl LongJournal {
    /// A journal that a server began, with the demo.
    pub(crate) fn begun_by(server: &Path) -> Result<Self> {
        let folder = match Path::new(IN_MEMORY).is_dir() {
            true => tempfile::tempdir_in(IN_MEMORY)?,
            false => tempfile::tempdir()?,
        };
        let journal = LongJournal { folder, entries: 0 };
        Server::of_hub(server, &["--journal".as_ref(), journal.option().as_ref()])?;
        Ok(journal)
    }

    /// Writes as many entries as there lack; says how long each took.
    pub(crate) fn grow(&mut self, entries: u32) -> Result<f64> {
        let more = entries - self.entries;
        self.entries = entries;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let sandboxes = writer::open_sqlite(&self.file()).await?;
            let writer = Writer::of_sandbox(&sandboxes, "default").await?;
            let start = Instant::now();
            writer.write(more).await?;
            Ok(start.elapsed().as_secs_f64() / f64::from(more))
        })
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    /// What the server is told.
    pub(crate) fn option(&self) -> String {
        format!("sqlite:{}", self.file().display())
    }
}
