//! A damaged journal: it is told where the damage begins, and what stands before it is kept.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use hub_store::{Journal, MemoryJournal, Point, Sandboxes, SqliteJournal, StoreError, Surveyed, survey};

use crate::small_hub::{add, name, on_each_journal, open, people_of, start, token};

const PEOPLE: [&str; 4] = ["ana", "ben", "cyd", "dan"];
const TOKENS: u64 = 30;
const ENTRIES: u64 = 11 + TOKENS;

/// `main` with five entries and forks after the second and the fourth, one of which has a fork; and `other`.
async fn fill(journal: &Arc<dyn Journal>) -> Sandboxes {
    let sandboxes = open(journal).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    for person in PEOPLE {
        add(&main, &format!("{person}@example.com")).await.unwrap();
    }
    for (fork, seq) in [("early", 2), ("late", 4)] {
        let fork =
            sandboxes.fork("main", Some(&Point::Seq(seq)), name(fork), Default::default()).await.unwrap();
        add(&fork, "eve@example.com").await.unwrap();
    }
    sandboxes.fork("late", None, name("later"), Default::default()).await.unwrap();
    let other = sandboxes.create(name("other"), start()).await.unwrap();
    for number in 0..TOKENS {
        // So long that only a few stand on one page of the file.
        let text = format!("other{number}").repeat(100);
        other.grant(vec![token(&text)]).await.unwrap();
    }
    sandboxes
}

fn told(surveyed: &Surveyed) -> String {
    let Surveyed { sandbox, whole, damage, misfit, .. } = surveyed;
    let damage =
        damage.as_ref().map(|damage| format!(", then {}: {}, {} lost", damage.seq, damage.flaw, damage.lost));
    let misfit = misfit.as_ref().map(|why| format!(", but {why}"));
    format!("{sandbox} {whole}{}{}", damage.unwrap_or_default(), misfit.unwrap_or_default())
}

/// What is told of a journal, and the sandboxes of the copy that is made meanwhile, with their people.
async fn surveyed(journal: &dyn Journal) -> (Vec<String>, Vec<String>) {
    let copy: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    let found = survey(journal, Some(&*copy)).await.unwrap();
    assert_eq!(survey(journal, None).await.unwrap(), found, "a copy changes nothing");
    assert!(survey(&*copy, None).await.unwrap().iter().all(Surveyed::is_sound));
    let kept = open(&copy).await;
    assert!(kept.damaged().is_empty());
    let kept = kept.list();
    let people = kept.iter().map(|sandbox| format!("{} {}", sandbox.name(), people_of(sandbox).join(" ")));
    (found.iter().map(told).collect(), people.collect())
}

#[tokio::test]
async fn a_whole_journal_is_copied_entry_by_entry() {
    on_each_journal(async |reopen| {
        let journal = reopen().await;
        let before = fill(&journal).await;
        let (found, kept) = surveyed(&*journal).await;
        assert_eq!(found, ["early 2", "late 2", "later 1", "main 5", "other 31"]);
        let people = [
            "early ana eve",
            "late ana ben cyd eve",
            "later ana ben cyd eve",
            "main ana ben cyd dan",
            "other ",
        ];
        assert_eq!(kept, people);
        let copy: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
        survey(&*journal, Some(&*copy)).await.unwrap();
        let after = open(&copy).await;
        for sandbox in before.list() {
            assert_eq!(after.get(sandbox.name().as_str()).unwrap().head(), sandbox.head());
        }
        let again = survey(&*journal, Some(&*copy)).await;
        assert!(matches!(again, Err(StoreError::NameTaken { .. })), "nothing is mixed up");
    })
    .await;
}

/// A SQLite journal of that content, closed.
async fn file_in(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("journal.db");
    let journal = SqliteJournal::open(&file).await.unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    drop(fill(&journal).await);
    drop(journal);
    let raw = raw(&file).await;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&raw).await.unwrap();
    raw.close().await;
    file
}

async fn raw(file: &Path) -> sqlx::SqlitePool {
    sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(file)).await.unwrap()
}

#[tokio::test]
async fn a_sandbox_is_cut_before_its_first_damaged_entry_and_takes_only_forks_of_what_is_lost_along() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(folder.path()).await;
    let raw = raw(&file).await;
    let run = async |statement: &str| {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&raw).await.unwrap();
    };
    run("CREATE TABLE kept AS SELECT * FROM entries").await;
    for (damage, why) in [
        ("DELETE FROM entries WHERE sandbox = 'main' AND seq = 3", "3: entry 4 stands in its place, 2 lost"),
        (
            "UPDATE entries SET entry = substr(entry, 1, 40) WHERE sandbox = 'main' AND seq = 3",
            "3: its text is broken at character 40, 3 lost",
        ),
        (
            "UPDATE entries SET entry = replace(entry, '\"seq\":3', '\"seq\":9') WHERE sandbox = 'main' AND seq = 3",
            "3: it says that it is entry 9, 3 lost",
        ),
        (
            "UPDATE entries SET seq = 9, entry = replace(entry, '\"seq\":3', '\"seq\":9') WHERE sandbox = 'main' AND seq = 3",
            "3: entry 4 stands in its place, 3 lost",
        ),
    ] {
        run(damage).await;
        let (journal, salvage) = SqliteJournal::inspect(&file).await.unwrap();
        assert_eq!(salvage, None, "the file is as it should be");
        let (found, kept) = surveyed(&journal).await;
        let lost = |fork: &str, parent: &str, seq: u32, entries: u32| {
            format!(
                "{fork} 0, then 1: it is a fork of `{parent}` after entry {seq}, which is lost, {entries} lost"
            )
        };
        let (late, later) = (lost("late", "main", 4, 2), lost("later", "late", 2, 1));
        assert_eq!(found, ["early 2", &late, &later, &format!("main 2, then {why}"), "other 31"]);
        assert_eq!(kept, ["early ana eve", "main ana", "other "]);
        run("DELETE FROM entries; INSERT INTO entries SELECT * FROM kept").await;
    }
    for damage in [
        "UPDATE entries SET id = 'x' WHERE sandbox = 'main' AND seq = 1",
        "DELETE FROM entries WHERE sandbox = 'main' AND seq = 1",
        "UPDATE entries SET entry = '{}' WHERE sandbox = 'main' AND seq = 1",
    ] {
        run(damage).await;
        let (journal, _) = SqliteJournal::inspect(&file).await.unwrap();
        let (found, kept) = surveyed(&journal).await;
        assert!(found[3].starts_with("main 0, then 1: "), "{found:?}");
        assert_eq!(kept, ["other "]);
        run("DELETE FROM entries; INSERT INTO entries SELECT * FROM kept").await;
    }
}

#[tokio::test]
async fn records_that_do_not_fit_together_are_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(folder.path()).await;
    let raw = raw(&file).await;
    let misfit = "UPDATE entries SET entry = replace(entry, '00000000-0000-0000-0000-000000000100', \
                  '00000000-0000-0000-0000-000000000101') WHERE sandbox = 'main' AND seq = 5";
    sqlx::query(misfit).execute(&raw).await.unwrap();
    let (journal, _) = SqliteJournal::inspect(&file).await.unwrap();
    let found = survey(&journal, None).await.unwrap();
    assert!(!found[3].is_sound());
    assert!(told(&found[3]).starts_with("main 5, but "), "{}", told(&found[3]));
    assert!(found.iter().filter(|surveyed| !surveyed.is_sound()).count() == 1);
}

#[tokio::test]
async fn what_stands_in_the_whole_pages_of_a_damaged_file_is_saved() {
    const PAGE: usize = 4096;
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(folder.path()).await;
    let whole = fs::read(&file).unwrap();
    let look = async |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let (journal, salvage) = SqliteJournal::inspect(&file).await.unwrap();
        surveyed(&journal).await; // what is saved is whole
        assert_eq!(fs::read(&file).unwrap(), bytes, "nobody wrote to it");
        let found = survey(&journal, None).await.unwrap();
        let lost = found.iter().filter_map(|surveyed| surveyed.damage.as_ref()).map(|damage| damage.lost);
        (salvage.unwrap().rows, found.iter().map(|surveyed| surveyed.whole).sum::<u64>(), lost.sum::<u64>())
    };
    let (table, index, last) = (2, 3, whole.len() / PAGE);
    assert!(last > 8, "there are pages in the middle");
    let mut most = 0;
    for page in table..=last {
        let (from, to) = ((page - 1) * PAGE, page * PAGE);
        let (rows, kept, lost) = look(&[&whole[..from], &[0; PAGE], &whole[to..]].concat()).await;
        match page {
            2 => assert_eq!((rows, kept, lost), (0, 0, ENTRIES), "the way to all rows"),
            3 => assert_eq!((rows, kept, lost), (ENTRIES, ENTRIES, 0), "the index of all rows"),
            4 | 5 => assert_eq!((rows, kept, lost), (ENTRIES, ENTRIES, 0), "what is kept of checkpoints"),
            6 => assert_eq!((rows, kept, lost), (ENTRIES, ENTRIES, 0), "the index of forks"),
            _ => {
                assert!(rows < ENTRIES && rows + 14 > ENTRIES, "page {page}: {rows}");
                assert_eq!(kept + lost, ENTRIES, "page {page}: nothing is lost in silence");
            }
        }
        let (rows, ..) = look(&whole[..from + PAGE / 2]).await;
        assert!(rows >= most, "page {page}: {rows}");
        most = rows;
    }
    assert!(index < last && most + 14 > ENTRIES, "{most}");
}

#[tokio::test]
async fn a_file_that_is_no_journal_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.db");
    let why = async || {
        let said = SqliteJournal::inspect(&file).await.unwrap_err().to_string();
        said.replace(&file.display().to_string(), "FILE")
    };
    let missing = "the journal FILE cannot be opened (there is no such file): name the file of a journal";
    assert_eq!((why().await.as_str(), file.exists()), (missing, false));
    fs::write(&file, "Dear diary,\n".repeat(100)).unwrap();
    let text = "the journal FILE cannot be opened (file is not a database): restore it from a copy, or name another file";
    assert_eq!(why().await, text);
    let opened = SqliteJournal::open(&file).await.unwrap_err().to_string();
    assert_eq!(opened.replace(&file.display().to_string(), "FILE"), text);
    fs::remove_file(&file).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let raw = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("CREATE TABLE diary (day TEXT)").execute(&raw).await.unwrap();
    let other = "the journal FILE cannot be opened (no such table: entries): name the file of a journal";
    assert_eq!(why().await, other);
    sqlx::query("ALTER TABLE diary RENAME TO entries").execute(&raw).await.unwrap();
    sqlx::query("ALTER TABLE entries RENAME COLUMN day TO seq").execute(&raw).await.unwrap();
    assert!(why().await.starts_with("the journal has format 0"));
}
