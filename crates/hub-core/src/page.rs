//! Pages of a list.

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// How many entries to pass over.
    pub offset: usize,
    /// How many entries to give at most.
    pub max: usize,
}

impl PageRequest {
    /// The whole list.
    pub const ALL: PageRequest = PageRequest { offset: 0, max: usize::MAX };
}

/// Part of a list, and whether more follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Whether entries follow behind these.
    pub has_more: bool,
}

impl<T> Page<T> {
    /// Takes the wanted part of `entries`; reads no further than one entry beyond it.
    pub fn of(entries: impl Iterator<Item = T>, wanted: PageRequest) -> Self {
        let mut entries = entries.skip(wanted.offset);
        let items = entries.by_ref().take(wanted.max).collect();
        Page { items, has_more: entries.next().is_some() }
    }
}
