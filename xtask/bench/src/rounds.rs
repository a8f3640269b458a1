//! Two sides taking turns: what disturbs the machine disturbs both.

use anyhow::Result;

/// The medians of two sides that took turns.
#[derive(Clone, Copy)]
pub(crate) struct Medians {
    pub(crate) ours: f64,
    pub(crate) floor: f64,
}

/// Runs ours, floor, ours, floor and so on.
pub(crate) fn take_turns(
    rounds: usize,
    mut ours: impl FnMut() -> Result<f64>,
    mut floor: impl FnMut() -> Result<f64>,
) -> Result<Medians> {
    let (mut of_ours, mut of_floor) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        of_ours.push(ours()?);
        of_floor.push(floor()?);
    }
    Ok(Medians { ours: median(of_ours), floor: median(of_floor) })
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
