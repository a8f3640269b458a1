//! What was probably meant: the name that is most like one that nobody knows. A suggestion, never a decision.

/// Among more names than these nothing is looked for: a file may have thousands of names that are not known.
const LOOKED_AT: usize = 1000;

/// The most similar of some names, if one is similar enough to be meant; of several equally similar ones the first in
/// the order of letters.
pub fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const SIMILAR: f64 = 0.75;
    let wanted = wanted.to_lowercase();
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&wanted, &name.to_lowercase());
    let names: Vec<&str> = names.into_iter().take(LOOKED_AT + 1).collect();
    let named = names.iter().filter(|_| names.len() <= LOOKED_AT).map(|name| (likeness(name), *name));
    let best = named.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(one.1)))?;
    (best.0 >= SIMILAR).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_one_that_can_be_meant() {
        let names = ["Madrid Centro", "Madrid Norte", "Sevilla"];
        assert_eq!(nearest("madird centro", names), Some("Madrid Centro"));
        assert_eq!(nearest("Sevila", names), Some("Sevilla"));
        assert_eq!(nearest("Barcelona", names), None);
        assert_eq!(nearest("Sevilla", []), None);
        assert_eq!(nearest("Oficina 3", ["Oficina 2", "Oficina 1"]), Some("Oficina 1"));
    }
}
