//! A sequence that fails, made as short as it can be: what it fails without is taken out.

use super::Move;

/// How often a sequence is tried while it is made shorter.
const TRIES: usize = 200;

/// The shortest sequence found that still fails, for which `fails` is asked a bounded number of times.
pub(super) fn shortest<E>(
    moves: Vec<Move>,
    mut fails: impl FnMut(&[Move]) -> Result<bool, E>,
) -> Result<Vec<Move>, E> {
    let (mut shortest, mut tries, mut part) = (moves, 0, usize::MAX);
    part = part.min(shortest.len().div_ceil(2).max(1));
    loop {
        let mut begin = 0;
        let mut is_shorter = false;
        while begin < shortest.len() && tries < TRIES {
            let mut without = shortest.clone();
            without.drain(begin..(begin + part).min(without.len()));
            tries += 1;
            if !without.is_empty() && fails(&without)? {
                shortest = without;
                is_shorter = true;
            } else {
                begin += part;
            }
        }
        if tries >= TRIES || part == 1 && !is_shorter {
            break;
        }
        part = (part / 2).max(1);
    }
    for number in 0..shortest.len() {
        let mut without = shortest.clone();
        if without[number].fault.take().is_some() && fails(&without)? {
            shortest = without;
        }
    }
    Ok(shortest)
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    fn moves(ops: &str) -> Vec<Move> {
        ops.chars().map(|op| Move { op: op.to_string(), args: Map::new(), fault: None }).collect()
    }

    #[test]
    fn what_it_fails_without_is_taken_out() {
        let has_both = |moves: &[Move]| {
            let ops: String = moves.iter().map(|next| next.op.as_str()).collect();
            Ok::<_, ()>(ops.find('b').is_some_and(|at| ops[at..].contains('e')))
        };
        let shortest = shortest(moves("aabcdxxeff"), has_both).unwrap();
        assert_eq!(shortest, moves("be"));
    }
}
