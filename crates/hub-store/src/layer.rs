//! A journal over another one, which does some things in its own way and passes on the rest.
//!
//! Separate from the contract, so that whoever counts, delays or fails one thing says only that: what a journal
//! promises besides is passed on in one place, also what it promises later. Nothing here is done differently by itself.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use crate::{Appended, Base, Checkpoints, Commons, Entry, Excerpt, Journal, Listed, Pending, SandboxName};

/// What a journal does differently from the one below it. Whoever is one is a [`Journal`].
pub trait Layer: fmt::Debug + Send + Sync {
    /// The journal that is asked for all that is not done differently.
    fn below(&self) -> &dyn Journal;

    /// [`Journal::append`].
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        self.below().append(sandbox, entry, base)
    }

    /// [`Journal::read`].
    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        self.below().read(sandbox, after, limit)
    }

    /// [`Journal::sandboxes`].
    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        self.below().sandboxes()
    }

    /// [`Journal::forks_of`].
    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        self.below().forks_of(parent)
    }

    /// [`Journal::delete`].
    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        self.below().delete(sandbox, life)
    }

    /// [`Journal::is_shared`].
    fn is_shared(&self) -> bool {
        self.below().is_shared()
    }

    /// [`Journal::commons`].
    fn commons(&self) -> Option<Arc<dyn Commons>> {
        self.below().commons()
    }

    /// [`Journal::checkpoints`].
    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        self.below().checkpoints()
    }
}

impl<L: Layer> Journal for L {
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Layer::append(self, sandbox, entry, base)
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Layer::read(self, sandbox, after, limit)
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Layer::sandboxes(self)
    }

    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        Layer::forks_of(self, parent)
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Layer::delete(self, sandbox, life)
    }

    fn is_shared(&self) -> bool {
        Layer::is_shared(self)
    }

    fn commons(&self) -> Option<Arc<dyn Commons>> {
        Layer::commons(self)
    }

    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        Layer::checkpoints(self)
    }

    fn close(&self) -> Pending<'_, ()> {
        self.below().close()
    }
}
