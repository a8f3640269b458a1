//! Files between upload and submission: what a visitor has seen planned is what is imported.
//!
//! They may be lost: who comes back too late is asked for the file again. So that this stays small, a session has one
//! file, all files together have a limit, which is that of the [`Commons`], and none is kept for long. Time is that of
//! the wall, because people wait by it, and is given by whoever asks.

use std::sync::Arc;

use hub_core::record::{ImportBehavior, Organization};
use hub_core::{Id, Timestamp};
use hub_store::{Commons, StoreError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::http::upload::Upload;

/// How long a file is kept.
const KEPT_MS: i64 = 15 * 60 * 1000;

/// All files that wait to be submitted.
#[derive(Debug)]
pub struct Staged(Arc<dyn Commons>);

/// A file that waits to be submitted.
#[derive(Debug)]
pub struct StagedFile {
    /// What nobody guesses.
    pub id: Uuid,
    /// The text of the session that uploaded it.
    pub session: Box<str>,
    pub organization: Id<Organization>,
    pub behavior: ImportBehavior,
    pub file: Upload,
    pub since: Timestamp,
}

/// What stands before the file on its slip, in one line.
#[derive(Debug, Serialize, Deserialize)]
struct Label {
    id: Uuid,
    organization: Id<Organization>,
    behavior: ImportBehavior,
    name: Option<String>,
    since: Timestamp,
}

impl Staged {
    /// Those that are kept there.
    pub fn new(commons: Arc<dyn Commons>) -> Self {
        Staged(commons)
    }

    /// Keeps a file in the place of the session's last one.
    pub async fn keep(&self, file: &StagedFile) -> Result<(), StoreError> {
        let slip = self.0.hold(&slip_of(&file.session), file.since).await?;
        slip.put(file.written().into(), file.since + KEPT_MS).await
    }

    /// The file with this id, if this session uploaded it for this organization and it is still kept.
    pub async fn find(
        &self,
        session: &str,
        organization: Id<Organization>,
        id: Uuid,
        now: Timestamp,
    ) -> Result<Option<StagedFile>, StoreError> {
        let slip = self.0.hold(&slip_of(session), now).await?;
        let file = StagedFile::read(session, &slip.content());
        Ok(file.filter(|file| file.id == id && file.organization == organization))
    }

    /// Forgets the file of a session, sooner or later.
    pub async fn forget(&self, session: &str, now: Timestamp) {
        let forgotten = match self.0.hold(&slip_of(session), now).await {
            Ok(slip) => slip.put(Arc::default(), now).await,
            Err(error) => Err(error),
        };
        forgotten
            .unwrap_or_else(|error| tracing::warn!("a staged file is kept until its time is up: {error}"));
    }
}

/// A name that does not tell the session, which is a token.
fn slip_of(session: &str) -> String {
    format!("file/{}", Uuid::new_v5(&Uuid::NAMESPACE_OID, session.as_bytes()))
}

impl StagedFile {
    fn written(&self) -> Vec<u8> {
        let StagedFile { id, organization, behavior, file: Upload { name, content }, since, .. } = self;
        let (id, organization, behavior, since) = (*id, *organization, *behavior, *since);
        let label = Label { id, organization, behavior, name: name.clone(), since };
        let mut written = serde_json::to_vec(&label).expect("a label has a JSON form");
        written.push(b'\n');
        written.extend_from_slice(content);
        written
    }

    fn read(session: &str, written: &[u8]) -> Option<Self> {
        let end = written.iter().position(|byte| *byte == b'\n')?;
        let Label { id, organization, behavior, name, since } =
            serde_json::from_slice(&written[..end]).ok()?;
        let file = Upload { name, content: written[end + 1..].to_vec() };
        Some(StagedFile { id, session: session.into(), organization, behavior, file, since })
    }
}

#[cfg(test)]
mod tests {
    use hub_store::MemoryCommons;

    use super::*;

    fn staged(session: &str, minute: i64) -> StagedFile {
        let file = Upload { name: Some("users.csv".to_owned()), content: b"a,b\n1,\xff\n".to_vec() };
        let (id, behavior, session) = (Uuid::new_v4(), ImportBehavior::AddServicesOnly, session.into());
        StagedFile { id, session, organization: Id::MIN, behavior, file, since: at(minute) }
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(minute * 60_000)
    }

    async fn found(staged: &Staged, session: &str, id: Uuid, minute: i64) -> Option<StagedFile> {
        staged.find(session, Id::MIN, id, at(minute)).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_is_kept_for_15_minutes_for_its_own_session_and_organization() {
        let (files, file) = (Staged::new(Arc::new(MemoryCommons::default())), staged("ana", 0));
        files.keep(&file).await.unwrap();
        let again = found(&files, "ana", file.id, 14).await.unwrap();
        assert_eq!(
            (again.file.name, again.file.content),
            (file.file.name.clone(), file.file.content.clone())
        );
        assert!(found(&files, "eve", file.id, 14).await.is_none());
        let elsewhere = Id::from_uuid(Uuid::max());
        assert!(files.find("ana", elsewhere, file.id, at(14)).await.unwrap().is_none());
        assert!(found(&files, "ana", file.id, 15).await.is_none());
    }

    #[tokio::test]
    async fn a_session_has_one_file_and_none_once_it_is_forgotten() {
        let files = Staged::new(Arc::new(MemoryCommons::default()));
        let (first, second) = (staged("ana", 0), staged("ana", 1));
        files.keep(&first).await.unwrap();
        files.keep(&second).await.unwrap();
        assert!(found(&files, "ana", first.id, 2).await.is_none());
        assert!(found(&files, "ana", second.id, 2).await.is_some());
        files.forget("ana", at(2)).await;
        assert!(found(&files, "ana", second.id, 2).await.is_none());
    }
}
