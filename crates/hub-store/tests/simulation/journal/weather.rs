//! What can go wrong between a store and its journal, and how a journal can be wrong itself.

use fastrand::Rng;

/// How a journal can be wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Flaw {
    /// It keeps entries without looking for what they rest on.
    IgnoresBase,
    /// It says that an entry is kept before it is.
    AnswersFirst,
    /// It keeps an entry in the place of another.
    Overwrites,
    /// It shows what was there some time ago.
    ReadsLag,
    /// When the answer is lost on the way, it keeps the entry once more behind the first.
    RetriesBlindly,
    /// It deletes whatever has the name by then.
    DeletesByName,
    /// It does not say that others append to it, so that nobody asks.
    LooksPrivate,
}

impl Flaw {
    pub(crate) const ALL: [Flaw; 7] = [
        Flaw::IgnoresBase,
        Flaw::AnswersFirst,
        Flaw::Overwrites,
        Flaw::ReadsLag,
        Flaw::RetriesBlindly,
        Flaw::DeletesByName,
        Flaw::LooksPrivate,
    ];
}

/// How often things go wrong, of a thousand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// The asker is told that nothing is done at present.
    pub(crate) closed: u32,
    /// What was asked never arrives, and the asker is told that it failed.
    pub(crate) lost: u32,
    /// The asker is told that it failed, but it arrives later all the same.
    pub(crate) late: u32,
    /// It is done, but the asker is told that it failed.
    pub(crate) unheard: u32,
    /// A store crashes while something happens.
    pub(crate) crash: u32,
    /// A client goes away without waiting for the answer.
    pub(crate) hangup: u32,
    /// A checkpoint is found damaged, or is lost.
    pub(crate) spoiled: u32,
}

impl Weather {
    pub(crate) const FINE: Weather =
        Weather { closed: 0, lost: 0, late: 0, unheard: 0, crash: 0, hangup: 0, spoiled: 0 };

    /// In which flaws show soon.
    pub(crate) const FOUL: Weather =
        Weather { closed: 20, lost: 20, late: 40, unheard: 200, crash: 2, hangup: 2, spoiled: 100 };

    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let mut often = |most: u32| if rng.bool() { rng.u32(0..most) } else { 0 };
        Weather {
            closed: often(80),
            lost: often(80),
            late: often(80),
            unheard: often(80),
            crash: often(10),
            hangup: often(10),
            spoiled: often(500),
        }
    }
}
