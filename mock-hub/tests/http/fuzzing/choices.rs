//! What a request is drawn with: numbers that proptest makes and shrinks.
//!
//! Separate from what is drawn, which depends on the document and on what is in the hub by then. The first of several is
//! meant to be the plainest: zero picks it, proptest shrinks towards zero, and who has no numbers left draws zeros.

/// The numbers that are left.
#[derive(Debug)]
pub(super) struct Choices<'a> {
    left: std::slice::Iter<'a, u16>,
}

impl<'a> Choices<'a> {
    pub(super) fn new(numbers: &'a [u16]) -> Self {
        Choices { left: numbers.iter() }
    }

    /// A number below `count`, which is at least 1.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let drawn = usize::from(self.left.next().copied().unwrap_or_default());
        drawn * count / (usize::from(u16::MAX) + 1)
    }

    /// Seldom true: one time in `many`.
    pub(super) fn seldom(&mut self, many: usize) -> bool {
        self.below(many) == many - 1
    }

    /// One of some things.
    pub(super) fn of<'b, T>(&mut self, things: &'b [T]) -> &'b T {
        &things[self.below(things.len())]
    }

    /// One of some things, if there are any.
    pub(super) fn of_any<'b, T>(&mut self, things: &'b [T]) -> Option<&'b T> {
        (!things.is_empty()).then(|| self.of(things))
    }

    /// One of some things, each as often as its weight says.
    pub(super) fn weighed<T: Copy>(&mut self, things: &[(usize, T)]) -> T {
        let whole = things.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(whole);
        for (weight, thing) in things {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return *thing,
            }
        }
        unreachable!("what is drawn is below the sum of the weights")
    }
}

#[test]
fn without_numbers_the_first_is_drawn() {
    let mut none = Choices::new(&[]);
    assert_eq!((none.below(7), none.seldom(2), *none.of(&["a", "b"])), (0, false, "a"));
    let mut last = Choices::new(&[u16::MAX, u16::MAX, u16::MAX]);
    assert_eq!((last.below(7), last.seldom(2), last.weighed(&[(3, "a"), (1, "b")])), (6, true, "b"));
}
