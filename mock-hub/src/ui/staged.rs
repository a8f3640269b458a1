//! Files between upload and submission: what a visitor has seen planned is what is imported.
//!
//! They are kept in memory, of this process only: who comes back to another one, or too late, is asked for the file again.
//! So that this stays small, a session has one file, all files together have a limit, and none is kept for long. Time is
//! that of the wall, because people wait by it, and is given by whoever asks.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hub_core::record::{ImportBehavior, Organization};
use hub_core::{Id, Timestamp};
use uuid::Uuid;

use crate::http::upload::Upload;

/// How many bytes all files together may have; the newest one is kept however long it is.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// What a file counts at least, so that there are not too many small ones.
const LEAST_BYTES: usize = 4 * 1024;
/// How long a file is kept.
const KEPT_MS: i64 = 15 * 60 * 1000;

/// All files that wait to be submitted.
#[derive(Debug, Default)]
pub struct Staged {
    /// Oldest first.
    files: Mutex<Vec<Arc<StagedFile>>>,
}

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

impl Staged {
    /// Keeps a file in the place of the session's last one.
    pub fn keep(&self, file: Arc<StagedFile>) {
        let mut files = self.fresh(file.since);
        files.retain(|known| known.session != file.session);
        files.push(file);
        let mut bytes = files.iter().map(|file| file.weight()).sum::<usize>();
        while bytes > MOST_BYTES && files.len() > 1 {
            bytes -= files.remove(0).weight();
        }
    }

    /// The file with this id, if this session uploaded it for this organization and it is still kept.
    pub fn find(
        &self,
        session: &str,
        organization: Id<Organization>,
        id: Uuid,
        now: Timestamp,
    ) -> Option<Arc<StagedFile>> {
        let files = self.fresh(now);
        let is_it = |file: &&Arc<StagedFile>| {
            file.id == id && &*file.session == session && file.organization == organization
        };
        files.iter().find(is_it).cloned()
    }

    /// Forgets the file of a session.
    pub fn forget(&self, session: &str) {
        self.locked().retain(|file| &*file.session != session);
    }

    /// The files without those that have been kept for too long.
    fn fresh(&self, now: Timestamp) -> MutexGuard<'_, Vec<Arc<StagedFile>>> {
        let mut files = self.locked();
        files.retain(|file| now < file.since + KEPT_MS);
        files
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Arc<StagedFile>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StagedFile {
    fn weight(&self) -> usize {
        self.file.content.len().max(LEAST_BYTES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staged(session: &str, minute: i64, bytes: usize) -> (Uuid, Arc<StagedFile>) {
        let id = Uuid::new_v4();
        let file = Upload { name: None, content: vec![b'x'; bytes] };
        let behavior = ImportBehavior::AddServicesOnly;
        let session = session.into();
        let staged = StagedFile { id, session, organization: Id::MIN, behavior, file, since: at(minute) };
        (id, staged.into())
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(minute * 60_000)
    }

    fn has(staged: &Staged, session: &str, id: Uuid, minute: i64) -> bool {
        staged.find(session, Id::MIN, id, at(minute)).is_some()
    }

    #[test]
    fn a_file_is_kept_for_15_minutes_for_its_own_session_and_organization() {
        let files = Staged::default();
        let (id, file) = staged("ana", 0, 10);
        files.keep(file);
        assert!(has(&files, "ana", id, 14));
        assert!(!has(&files, "eve", id, 14));
        assert!(files.find("ana", Id::from_uuid(Uuid::max()), id, at(14)).is_none());
        assert!(!has(&files, "ana", id, 15));
    }

    #[test]
    fn a_session_has_one_file_and_none_once_it_is_forgotten() {
        let files = Staged::default();
        let ((first, one), (second, other)) = (staged("ana", 0, 10), staged("ana", 1, 10));
        files.keep(one);
        files.keep(other);
        assert!(!has(&files, "ana", first, 2) && has(&files, "ana", second, 2));
        files.forget("ana");
        assert!(!has(&files, "ana", second, 2));
    }

    #[test]
    fn the_oldest_goes_where_all_files_together_are_too_long() {
        let files = Staged::default();
        let half = MOST_BYTES / 2;
        let sessions = ["ana", "ben", "cem"];
        let ids = sessions.map(|session| {
            let (id, file) = staged(session, 0, half);
            files.keep(file);
            id
        });
        let kept = [0, 1, 2].map(|which| has(&files, sessions[which], ids[which], 1));
        assert_eq!(kept, [false, true, true]);
        let (id, file) = staged("dot", 1, MOST_BYTES + 1);
        files.keep(file);
        assert!(has(&files, "dot", id, 1) && !has(&files, "cem", ids[2], 1), "the newest one stays");
    }
}
