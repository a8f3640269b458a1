//! How two texts differ, by lines: those that the longest common sequence leaves out.

/// How many lines are told.
const MOST: usize = 60;

/// The lines that differ, those that were kept with a minus and those that were found with a plus.
pub fn of(kept: &str, found: &str) -> Option<String> {
    if kept == found {
        return None;
    }
    let mut told = told(&kept.lines().collect::<Vec<_>>(), &found.lines().collect::<Vec<_>>());
    let left_out = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    told.extend((left_out > 0).then(|| format!("... {left_out} lines more")));
    Some(told.join("\n"))
}

fn told(kept: &[&str], found: &[&str]) -> Vec<String> {
    let common = common(kept, found);
    let (mut told, mut is_told) = (Vec::new(), false);
    let (mut at, mut to) = (0, 0);
    while at < kept.len() || to < found.len() {
        if kept.get(at).is_some_and(|line| found.get(to) == Some(line)) {
            (at, to, is_told) = (at + 1, to + 1, false);
            continue;
        }
        if !is_told {
            told.push(format!("line {}:", at + 1));
            is_told = true;
        }
        if at < kept.len() && (to == found.len() || common[at + 1][to] >= common[at][to + 1]) {
            told.push(format!("- {}", kept[at]));
            at += 1;
        } else {
            told.push(format!("+ {}", found[to]));
            to += 1;
        }
    }
    told
}

/// How many lines the rest of one text has in common with the rest of the other, from each pair of lines on.
fn common(kept: &[&str], found: &[&str]) -> Vec<Vec<u32>> {
    let mut common = vec![vec![0; found.len() + 1]; kept.len() + 1];
    for at in (0..kept.len()).rev() {
        for to in (0..found.len()).rev() {
            common[at][to] = if kept[at] == found[to] {
                common[at + 1][to + 1] + 1
            } else {
                common[at + 1][to].max(common[at][to + 1])
            };
        }
    }
    common
}
