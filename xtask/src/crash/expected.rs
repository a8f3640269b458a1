//! What a client expects of its sandbox, from what it was told; and what it finds.

use std::collections::{BTreeMap, BTreeSet};

/// What a client asks for. Each is one request.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// Users by hand.
    Add(Vec<String>),
    /// A subscriber of the API.
    Provision(String),
    /// The package of a user given, or taken.
    Assign(String, bool),
    Remove(String),
    Import(Vec<String>),
    Customer(String),
    Snapshot(String),
    Restore(String),
    Fork(String),
    Delete(String),
    Token,
}

/// The world of a sandbox, as far as clients change it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct State {
    /// The packages of the users, by their addresses.
    pub(super) users: BTreeMap<String, Vec<String>>,
    pub(super) customers: BTreeSet<String>,
    pub(super) tasks: usize,
}

impl State {
    fn add(&mut self, email: &str) {
        self.users.insert(email.to_owned(), vec![super::client::PACKAGE.to_owned()]);
    }
}

/// All of a sandbox that clients change.
#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    pub(super) state: State,
    /// The users of an import over time that were not seen yet, in order.
    pub(super) to_come: Vec<String>,
    pub(super) snapshots: BTreeMap<String, State>,
    pub(super) forks: BTreeMap<String, State>,
}

/// What is found in a sandbox.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) state: State,
    pub(super) snapshots: BTreeSet<String>,
    pub(super) forks: BTreeSet<String>,
}

impl Expected {
    /// The same when the deed has happened; a file is imported at once, or over time.
    pub(super) fn after(&self, deed: &Deed, imports_take_time: bool) -> Self {
        let mut after = self.clone();
        after.happened(deed, imports_take_time);
        after
    }

    fn happened(&mut self, deed: &Deed, imports_take_time: bool) {
        match deed {
            Deed::Add(emails) => emails.iter().for_each(|email| self.state.add(email)),
            Deed::Provision(email) | Deed::Assign(email, true) => self.state.add(email),
            Deed::Assign(email, false) => drop(self.state.users.insert(email.clone(), Vec::new())),
            Deed::Remove(email) => drop(self.state.users.remove(email)),
            Deed::Import(emails) => {
                self.state.tasks += 1;
                match imports_take_time {
                    true => self.to_come.clone_from(emails),
                    false => emails.iter().for_each(|email| self.state.add(email)),
                }
            }
            Deed::Customer(id) => drop(self.state.customers.insert(id.clone())),
            Deed::Snapshot(name) => drop(self.snapshots.insert(name.clone(), self.state.clone())),
            Deed::Restore(name) => {
                self.state = self.snapshots[name].clone();
                self.to_come.clear();
            }
            Deed::Fork(name) => drop(self.forks.insert(name.clone(), self.state.clone())),
            Deed::Delete(name) => drop(self.forks.remove(name)),
            Deed::Token => {}
        }
    }

    /// The same with the users of an import over time that are there by now; none where what is found is something else.
    pub(super) fn meets(&self, found: &Found) -> Option<Self> {
        let mut met = self.clone();
        let is_there = |email: &&String| found.state.users.contains_key(*email);
        let done = met.to_come.iter().take_while(is_there).count();
        for email in met.to_come.drain(..done) {
            met.state.add(&email);
        }
        let is_met = met.state == found.state
            && met.snapshots.keys().eq(&found.snapshots)
            && met.forks.keys().eq(&found.forks);
        is_met.then_some(met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn found(names: &[&str], tasks: usize) -> Found {
        let mut state = State { tasks, ..State::default() };
        names.iter().for_each(|name| state.add(name));
        Found { state, snapshots: BTreeSet::new(), forks: BTreeSet::new() }
    }

    #[test]
    fn what_is_lost_or_more_than_was_asked_for_is_not_met() {
        let expected = Expected::default().after(&Deed::Add(users(&["ana", "ben"])), false);
        assert!(expected.meets(&found(&["ana", "ben"], 0)).is_some());
        for names in [&[][..], &["ana"], &["ana", "ben", "cyd"]] {
            assert!(expected.meets(&found(names, 0)).is_none(), "{names:?}");
        }
        let taken = expected.after(&Deed::Assign("ana".to_owned(), false), false);
        assert!(taken.meets(&found(&["ana", "ben"], 0)).is_none());
        let forked = expected.after(&Deed::Fork("fork".to_owned()), false);
        assert!(forked.meets(&found(&["ana", "ben"], 0)).is_none(), "the fork is missing");
        let restored = expected.after(&Deed::Snapshot("one".to_owned()), false);
        assert!(restored.meets(&found(&["ana", "ben"], 0)).is_none(), "the snapshot is missing");
    }

    #[test]
    fn half_an_import_is_met_only_where_it_takes_time_and_only_from_its_beginning() {
        let import = Deed::Import(users(&["ana", "ben", "cyd"]));
        let (at_once, over_time) =
            (Expected::default().after(&import, false), Expected::default().after(&import, true));
        for names in [&[][..], &["ana"], &["ana", "ben"]] {
            assert!(at_once.meets(&found(names, 1)).is_none(), "{names:?}");
            let met = over_time.meets(&found(names, 1)).expect("the first rows are there");
            assert_eq!(met.to_come.len(), 3 - names.len());
            assert!(met.meets(&found(&[], 1)).is_some() == names.is_empty(), "no row goes again");
        }
        assert!(at_once.meets(&found(&["ana", "ben", "cyd"], 1)).is_some());
        assert!(over_time.meets(&found(&["ben"], 1)).is_none());
        assert!(over_time.meets(&found(&["ana"], 0)).is_none(), "the task is missing");
    }
}
