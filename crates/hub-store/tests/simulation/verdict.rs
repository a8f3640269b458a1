//! Whether a history is one that the store promises.
//!
//! The journal's order of a sandbox's entries has to be an order in which everything can have happened one after the other,
//! each operation at one moment between its beginning and its end, with the answers that were given. Because every write
//! is known by its entry, and every read says how far it saw, this takes one pass over the operations, sorted by time.

use std::collections::{BTreeMap, BTreeSet};

use hub_store::{Base, Event, Origin, SandboxName, Sandboxes};

use crate::deed::{Answer, At, Deed};
use crate::journal::{Kept, Life};
use crate::simulation::{History, Operation, Outcome};
use crate::state::{Fate, State};

type Verdict = Result<(), String>;

/// Says what is wrong with a history.
pub(crate) fn judge(history: &History) -> Verdict {
    let retold = Retold::of(history)?;
    for (index, life) in history.lives.iter().enumerate() {
        retold.judge_death(life)?;
        let mut entries = life.entries.iter().enumerate();
        entries.try_for_each(|(place, kept)| retold.judge_entry(index, place, kept))?;
    }
    history.operations.iter().try_for_each(|operation| retold.judge_operation(operation))?;
    history.stores.iter().try_for_each(|store| retold.judge_store(store))
}

/// A history, with what can be concluded from it.
struct Retold<'a> {
    history: &'a History,
    /// For each life, the states that it went through.
    states: Vec<Vec<State>>,
    /// For each life, up to which entry somebody had seen it who was answered by that time.
    seen: Vec<Vec<(u64, u64)>>,
    /// The life and the number of the entries of each operation.
    places: BTreeMap<u32, Vec<(usize, u64)>>,
}

impl<'a> Retold<'a> {
    fn of(history: &'a History) -> Result<Self, String> {
        let (states, seen, places) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut retold = Retold { history, states, seen, places };
        for (index, life) in history.lives.iter().enumerate() {
            let states = retold.states_of(life)?;
            retold.states.push(states);
            for (place, kept) in life.entries.iter().enumerate() {
                retold.places.entry(kept.by).or_default().push((index, place as u64 + 1));
            }
        }
        retold.seen = (0..history.lives.len()).map(|life| retold.seen_of(life)).collect();
        Ok(retold)
    }

    fn operation(&self, id: u32) -> Result<&'a Operation, String> {
        self.history.operations.get(id as usize).ok_or_else(|| "an entry that nobody asked for".to_owned())
    }

    /// The states of a life after each of its entries; those of its parent are known already.
    fn states_of(&self, life: &Life) -> Result<Vec<State>, String> {
        let mut states: Vec<State> = Vec::new();
        for kept in &life.entries {
            let operation = self.operation(kept.by)?;
            let next = match states.last() {
                None => self.starting_state(operation, &kept.entry.event)?,
                Some(state) => match state.after(&operation.deed, operation.id) {
                    Fate::Changes(next) => next,
                    fate => return Err(format!("kept, though it comes to {fate:?}: {operation:?}")),
                },
            };
            states.push(next);
        }
        Ok(states)
    }

    fn starting_state(&self, operation: &Operation, event: &Event) -> Result<State, String> {
        let begun = match (&operation.deed, event) {
            (Deed::Create, Event::Started { origin: Origin::Records(_), .. }) => {
                Some(State::created(operation.id))
            }
            (Deed::Fork { .. }, Event::Started { origin: Origin::Fork(base), .. }) => {
                self.state_at(base).map(|state| state.forked(operation.id))
            }
            _ => None,
        };
        begun.ok_or_else(|| format!("it began with something that was not there: {operation:?}"))
    }

    fn state_at(&self, base: &Base) -> Option<&State> {
        let states = &self.states[self.life_of(base)?];
        states.get(usize::try_from(base.seq).ok()?.checked_sub(1)?)
    }

    fn life_of(&self, base: &Base) -> Option<usize> {
        self.history.lives.iter().position(|life| life.id() == base.life && life.name == base.sandbox)
    }

    /// What an operation read, besides what it wrote: the head of the sandbox that it forked.
    fn forked_head(&self, operation: &Operation) -> Option<(usize, u64)> {
        let Deed::Fork { at: At::Head, .. } = operation.deed else { return None };
        let (life, _) = self.places_of(operation).first()?;
        let base = self.history.lives[*life].forked_from()?;
        Some((self.life_of(base)?, base.seq))
    }

    fn places_of(&self, operation: &Operation) -> &[(usize, u64)] {
        self.places.get(&operation.id).map_or(&[], Vec::as_slice)
    }

    /// When operations on a life ended, and up to where they, or those before them, had seen it.
    fn seen_of(&self, life: usize) -> Vec<(u64, u64)> {
        let mut seen = Vec::new();
        for operation in &self.history.operations {
            let Some(ended) = operation.answered() else { continue };
            let read = match &operation.outcome {
                Outcome::Answered(Answer::Saw { seq, .. }) => operation.life.map(|life| (life, *seq)),
                _ => self.forked_head(operation),
            };
            let places = self.places_of(operation).iter().copied().chain(read);
            seen.extend(places.filter(|(of, _)| *of == life).map(|(_, seq)| (ended, seq)));
        }
        seen.sort_unstable();
        let mut furthest = 0;
        for (_, seq) in &mut seen {
            furthest = furthest.max(*seq);
            *seq = furthest;
        }
        seen
    }

    /// Up to which entry everybody who begins at this time has to see a life.
    fn must_see(&self, life: usize, began: u64) -> u64 {
        let seen = &self.seen[life];
        match seen.partition_point(|(ended, _)| *ended < began) {
            0 => 0,
            before => seen[before - 1].1,
        }
    }

    fn judge_entry(&self, life: usize, place: usize, kept: &Kept) -> Verdict {
        let (operation, seq) = (self.operation(kept.by)?, place as u64 + 1);
        let wrong = |what: &str| Err(format!("entry {seq} of life {life} {what}: {operation:?}"));
        if self.history.lives[life].name != operation.name {
            return wrong("stands in another sandbox than was meant");
        }
        if operation.life.is_some_and(|meant| meant != life) {
            return wrong("stands in a later sandbox of that name");
        }
        if operation.answered().is_some_and(|ended| ended < kept.at) {
            return wrong("was acknowledged before it was kept");
        }
        if self.must_see(life, operation.began) >= seq {
            return wrong("stands before one that was acknowledged earlier");
        }
        self.judge_fork(operation).or_else(|what| wrong(&what))
    }

    fn judge_fork(&self, operation: &Operation) -> Verdict {
        if let Some((parent, seq)) = self.forked_head(operation)
            && seq < self.must_see(parent, operation.began)
        {
            return Err("rests on a head that was out of date".to_owned());
        }
        Ok(())
    }

    fn judge_operation(&self, operation: &Operation) -> Verdict {
        let (places, deaths) = (self.places_of(operation).len(), self.deaths_by(operation));
        let wrong = |what: &str| Err(format!("{what}: {operation:?}"));
        match &operation.outcome {
            Outcome::Broken(_) => wrong("the store says that it is broken"),
            Outcome::Unknown if places + deaths > 1 => wrong("it happened more than once"),
            Outcome::Unknown => Ok(()),
            Outcome::Answered(Answer::Done) if operation.deed == Deed::Delete => {
                self.judge_deletion(operation)
            }
            Outcome::Answered(Answer::Done) if places == 1 => Ok(()),
            Outcome::Answered(Answer::Done)
                if places == 0 && self.may_be(operation, &Fate::ChangesNothing) =>
            {
                Ok(())
            }
            Outcome::Answered(Answer::Done) => wrong("it was acknowledged and has not happened exactly once"),
            Outcome::Answered(answer) => self.judge_read(operation, answer).or_else(|what| wrong(&what)),
            _ if places + deaths > 0 => wrong("it happened though it was said that it had not"),
            Outcome::Refused if !self.may_be(operation, &Fate::IsRefused) => wrong("nothing was against it"),
            Outcome::Missed if !self.may_be_missed(operation) => wrong("the sandbox was there all the time"),
            Outcome::Orphaned if !self.may_be_orphaned(operation) => {
                wrong("the parent was there all the time")
            }
            Outcome::Orphaned | Outcome::Refused | Outcome::Missed | Outcome::Hindered | Outcome::Failed => {
                Ok(())
            }
        }
    }

    fn deaths_by(&self, operation: &Operation) -> usize {
        let deaths = self.history.lives.iter().filter_map(|life| life.death);
        deaths.filter(|death| death.by == operation.id).count()
    }

    /// Whether it comes to this in a state that the sandbox had while the operation went on.
    fn may_be(&self, operation: &Operation, fate: &Fate) -> bool {
        let (Some(life), Some(ended)) = (operation.life, operation.answered()) else {
            return matches!(operation.deed, Deed::Fork { .. });
        };
        let first = self.must_see(life, operation.began).saturating_sub(1) as usize;
        let states = self.states[life].iter().zip(&self.history.lives[life].entries).enumerate();
        let mut possible = states.filter(|(place, (_, kept))| *place >= first && kept.at <= ended);
        possible.any(|(_, (state, _))| state.after(&operation.deed, operation.id) == *fate)
    }

    /// Whether the sandbox that was meant, or every one of its name, was not there at some time.
    fn may_be_missed(&self, operation: &Operation) -> bool {
        let Some(ended) = operation.answered() else { return true };
        let is_dead = |life: &Life| life.death.is_some_and(|death| death.at <= ended);
        if operation.life.is_some_and(|life| is_dead(&self.history.lives[life])) {
            return true;
        }
        let name = operation.deed.needs().unwrap_or(&operation.name);
        let of_name = self.history.lives.iter().filter(|life| life.name == *name);
        let lasted =
            |life: &Life| life.born() <= operation.began && life.death.is_none_or(|death| death.at > ended);
        !of_name.into_iter().any(lasted)
    }

    /// Whether a sandbox that it needs had lost its parent by then.
    fn may_be_orphaned(&self, operation: &Operation) -> bool {
        let names = [Some(&operation.name), operation.deed.needs()];
        let ended = operation.answered().unwrap_or(u64::MAX);
        let mut needed = self.history.lives.iter().filter(|life| names.contains(&Some(&life.name)));
        needed.any(|life| {
            self.is_orphan(life, ended) && life.death.is_none_or(|death| operation.began <= death.at)
        })
    }

    fn judge_deletion(&self, operation: &Operation) -> Verdict {
        let of_name = self.history.lives.iter().filter(|life| life.name == operation.name);
        let mut deaths = of_name.filter_map(|life| life.death).map(|death| death.at);
        let is_in_time =
            |at: u64| at >= operation.began && operation.answered().is_some_and(|ended| at <= ended);
        if self.deaths_by(operation) > 1 || !deaths.any(is_in_time) {
            return Err(format!("it was acknowledged and has not happened exactly once: {operation:?}"));
        }
        Ok(())
    }

    fn judge_read(&self, operation: &Operation, answer: &Answer) -> Verdict {
        let life = operation.life.ok_or("of a sandbox that never was")?;
        let (states, ended) = (&self.states[life], operation.answered().unwrap_or(u64::MAX));
        let entries = &self.history.lives[life].entries;
        let is_there = |seq: u64| entries.get(seq as usize - 1).is_some_and(|kept| kept.at <= ended);
        match answer {
            Answer::Saw { seq, .. } | Answer::SawBack { seq, .. } if !is_there(*seq) => {
                Err("it saw what was not there".to_owned())
            }
            Answer::Saw { seq, .. } if *seq < self.must_see(life, operation.began) => {
                Err("it did not see what was acknowledged before".to_owned())
            }
            Answer::Saw { seq, state } if states[*seq as usize - 1] != *state => {
                Err(format!("it should have seen {:?}", states[*seq as usize - 1]))
            }
            Answer::SawBack { seq, people } if states[*seq as usize - 1].people != *people => {
                Err(format!("it should have seen {:?}", states[*seq as usize - 1].people))
            }
            _ if self.history.lives[life].death.is_some_and(|death| death.at < operation.began) => {
                Err("it saw a sandbox that was deleted before".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Every store ends with what the entries add up to, and with the same heads as the one that was opened in the end.
    fn judge_store(&self, store: &Sandboxes) -> Verdict {
        let opened = self.history.stores.last().ok_or("no store was opened in the end")?;
        let (orphans, whole) = self.survivors();
        let names: BTreeSet<_> = store.list().iter().map(|sandbox| sandbox.name().clone()).collect();
        let damaged: BTreeSet<_> = store.damaged().into_iter().map(|(name, _)| name).collect();
        let all = orphans.iter().chain(whole.keys()).collect::<BTreeSet<_>>();
        if names.union(&damaged).collect::<BTreeSet<_>>() != all || !damaged.is_subset(&orphans) {
            return Err(format!("a store ends with {names:?} and, damaged, {damaged:?}"));
        }
        for (name, life) in whole {
            let heads = [store, opened].map(|store| store.get(name.as_str()).map(|sandbox| sandbox.head()));
            let (Some(head), Some(replayed)) = (&heads[0], &heads[1]) else {
                return Err(format!("no {name}"));
            };
            let wanted = self.states[life].last();
            if head != replayed || wanted != Some(&State::of(head)) {
                return Err(format!("{name} ends as {:?}, not as {wanted:?}", State::of(head)));
            }
            head.world.check().map_err(|faults| format!("{name} is not sound: {faults:?}"))?;
            let is_found =
                |token: &String| store.by_token(token).is_some_and(|(owner, _)| *owner.name() == name);
            if !State::of(head).tokens.iter().all(is_found) {
                return Err(format!("a token of {name} is not found"));
            }
        }
        Ok(())
    }

    /// The sandboxes that are there in the end: those that lack what they were forked from, and the others.
    fn survivors(&self) -> (BTreeSet<SandboxName>, BTreeMap<SandboxName, usize>) {
        let (mut orphans, mut whole) = (BTreeSet::new(), BTreeMap::new());
        for (index, life) in self.history.lives.iter().enumerate().filter(|(_, life)| life.death.is_none()) {
            if self.is_orphan(life, u64::MAX) {
                orphans.insert(life.name.clone());
            } else {
                whole.insert(life.name.clone(), index);
            }
        }
        (orphans, whole)
    }

    fn is_orphan(&self, life: &Life, by: u64) -> bool {
        self.parent_of(life).is_some_and(|parent| {
            parent.death.is_some_and(|death| death.at <= by) || self.is_orphan(parent, by)
        })
    }

    fn parent_of(&self, life: &Life) -> Option<&'a Life> {
        Some(&self.history.lives[self.life_of(life.forked_from()?)?])
    }

    /// Who deletes a sandbox sees the forks that were made before he began.
    fn judge_death(&self, life: &Life) -> Verdict {
        let death = self.parent_of(life).and_then(|parent| parent.death);
        let Some(death) = death.filter(|death| life.is_there(death.at)) else { return Ok(()) };
        let deletion = self.operation(death.by)?;
        if deletion.began > life.born() {
            return Err(format!("a sandbox was deleted that had a fork: {deletion:?}"));
        }
        Ok(())
    }
}
