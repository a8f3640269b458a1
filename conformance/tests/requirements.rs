//! Requirement sets: what `--requirements SET` asks for does not change any more once the set is frozen.
//!
//! `conformance/requirements/SET.txt` has the ids of the cases that say `since: SET`. The newest set grows with the cases;
//! `cargo xtask requirements` writes it. A new one is begun by giving the next cases its name and running that command: it
//! writes the newest set only, so the one before is frozen from then on, and its cases are neither removed nor renamed nor
//! joined by others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use hub_conformance::cases;

type Sets = BTreeMap<String, BTreeSet<String>>;

/// As the cases say.
fn said() -> Sets {
    let mut sets = Sets::new();
    for case in
        [cases::built_in().expect("the file can be read"), cases::for_hubs().expect("the file can be read")]
            .concat()
    {
        let is_new = sets.entry(case.since).or_default().insert(case.id.clone());
        assert!(is_new, "{} is the id of a case for clients and of one for hubs", case.id);
    }
    sets
}

/// As the files say.
fn written() -> Sets {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("requirements");
    let paths = fs::read_dir(folder)
        .expect("the file can be read")
        .map(|entry| entry.expect("the file can be read").path());
    let set = |path: std::path::PathBuf| {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let ids: Vec<_> =
            fs::read_to_string(path).expect("the file can be read").lines().map(str::to_owned).collect();
        assert!(
            ids.is_sorted(),
            "the ids of {name} are not in order; `cargo xtask requirements` writes them"
        );
        (name, ids.into_iter().collect())
    };
    paths.map(set).collect()
}

#[test]
fn a_requirement_set_has_the_cases_that_say_so_and_no_others() {
    let (said, written) = (said(), written());
    let names: BTreeSet<_> = said.keys().chain(written.keys()).collect();
    let none = BTreeSet::new();
    for name in names {
        let [said, written] = [&said, &written].map(|sets| sets.get(name).unwrap_or(&none));
        let (lost, new): (Vec<_>, Vec<_>) =
            (written.difference(said).collect(), said.difference(written).collect());
        assert!(
            lost.is_empty() && new.is_empty(),
            "{name}: no case any more: {lost:?}; not in the file: {new:?}. If it is the newest set and still grows, \
             `cargo xtask requirements` writes it; a frozen one is left alone: give new cases the name of the next set"
        );
    }
}
