//! Two sides taking turns: what disturbs the machine disturbs both.

use anyhow::Result;

/// The medians of two sides that took turns.
#[derive(Clone, Copy)]
pub(crate) struct Medians {
    pub(crate) ours: f64,
    pub(crate) floor: f64,
}

/// What came of each turn of two sides.
pub(crate) struct Turns<T> {
    pub(crate) ours: Vec<T>,
    pub(crate) floor: Vec<T>,
}

impl<T> Turns<T> {
    /// Runs ours, floor, ours, floor and so on.
    pub(crate) fn take(
        rounds: usize,
        mut ours: impl FnMut() -> Result<T>,
        mut floor: impl FnMut() -> Result<T>,
    ) -> Result<Self> {
        let mut turns = Turns { ours: Vec::new(), floor: Vec::new() };
        for _ in 0..rounds {
            turns.ours.push(ours()?);
            turns.floor.push(floor()?);
        }
        Ok(turns)
    }

    /// The medians of one thing about the turns.
    pub(crate) fn medians(&self, of: fn(&T) -> f64) -> Medians {
        let median_of = |side: &[T]| median(side.iter().map(of).collect());
        Medians { ours: median_of(&self.ours), floor: median_of(&self.floor) }
    }
}

/// The medians of two sides that took turns, where a turn is one number.
pub(crate) fn take_turns(
    rounds: usize,
    ours: impl FnMut() -> Result<f64>,
    floor: impl FnMut() -> Result<f64>,
) -> Result<Medians> {
    Ok(Turns::take(rounds, ours, floor)?.medians(|value| *value))
}

/// The value in the middle; of an even number, the mean of the two there.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_does_not_mind_one_bad_round() {
        let mut times = [3.0, 900.0, 1.0, 2.0, 4.0].into_iter();
        let medians = take_turns(5, || Ok(times.next().expect("five rounds")), || Ok(1.0)).unwrap();
        assert_eq!((medians.ours, medians.floor), (3.0, 1.0));
        assert_eq!(median(vec![1.0, 2.0]), 1.5);
    }
}
