//! What a filter asks for, among things of which this hub does not have every kind that the API knows.

/// One condition of a filter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sought<T> {
    /// It does not matter.
    #[default]
    Any,
    /// Exactly this.
    This(T),
    /// Something that the API knows and this hub has none of, so that nothing is found.
    None,
}

impl<T> Sought<T> {
    /// What a word asks for that may stand for something of this hub, where one is given at all.
    pub fn of(word: Option<Option<T>>) -> Self {
        match word {
            None => Sought::Any,
            Some(Some(value)) => Sought::This(value),
            Some(None) => Sought::None,
        }
    }

    /// Whether something is asked for.
    pub fn is_given(&self) -> bool {
        !matches!(self, Sought::Any)
    }

    /// Whether it takes something that is so.
    pub fn takes(&self, is: impl FnOnce(&T) -> bool) -> bool {
        match self {
            Sought::Any => true,
            Sought::This(wanted) => is(wanted),
            Sought::None => false,
        }
    }
}

impl Sought<()> {
    /// Both of two conditions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Sought::None, _) | (_, Sought::None) => Sought::None,
            (Sought::Any, other) => other,
            (this, _) => this,
        }
    }
}
