//! How two texts differ, by lines: what is between the lines that they begin and end with in common.

/// How many lines of either text are told.
const MOST: usize = 30;

/// The lines that differ, those that were kept with a minus and those that were found with a plus.
pub(super) fn of(kept: &str, found: &str) -> Option<String> {
    if kept == found {
        return None;
    }
    let (kept, found): (Vec<_>, Vec<_>) = (kept.lines().collect(), found.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let begin = kept.iter().zip(&found).take_while(same).count();
    let end = kept[begin..].iter().rev().zip(found[begin..].iter().rev()).take_while(same).count();
    let mut told = vec![format!("line {}:", begin + 1)];
    told.extend(marked('-', &kept[begin..kept.len() - end]));
    told.extend(marked('+', &found[begin..found.len() - end]));
    Some(told.join("\n"))
}

fn marked(mark: char, lines: &[&str]) -> impl Iterator<Item = String> {
    let left_out = lines.len().saturating_sub(MOST);
    let more = (left_out > 0).then(|| format!("{mark} ... {left_out} more"));
    lines.iter().take(MOST).map(move |line| format!("{mark} {line}")).chain(more)
}
