//! Single cells: what is meant where an import would refuse what is written.

use super::super::columns::Column;
use crate::{Email, PhoneNumber};

/// Words for TRUE in the languages of spreadsheets; in lower case.
const TRUE_WORDS: [&str; 8] = ["verdadero", "verdadeiro", "vrai", "wahr", "vero", "sí", "si", "yes"];
const FALSE_WORDS: [&str; 5] = ["falso", "faux", "falsch", "no", "não"];

/// How the country codes of E.164 begin, but for 1 and 7: those of two digits, and the blocks of those of three.
const COUNTRIES: [&str; 64] = [
    "20", "21", "22", "23", "24", "25", "26", "27", "29", "30", "31", "32", "33", "34", "35", "36", "37",
    "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54",
    "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "81", "82",
    "84", "85", "86", "88", "90", "91", "92", "93", "94", "95", "96", "98", "99",
];

/// Codes of three digits in those blocks that no country has.
const UNASSIGNED: [&str; 41] = [
    "210", "214", "215", "217", "219", "292", "293", "294", "295", "296", "384", "422", "424", "425", "426",
    "427", "428", "429", "671", "684", "693", "694", "695", "696", "697", "698", "699", "851", "854", "857",
    "858", "859", "884", "887", "889", "969", "978", "990", "991", "997", "999",
];

/// What a cell should be, if it is not lawful as it is and only one thing can be meant.
pub(super) fn corrected(column: Column, is_suspended: bool, cell: &str) -> Option<String> {
    match column {
        Column::Email => bare_address(cell),
        Column::PhoneNumber => number(cell),
        // TRUE under a suspended service would refuse the whole file (CSV-008).
        Column::Package(_) | Column::BaseLicense(_) => {
            word(cell).filter(|word| *word == "FALSE" || !is_suspended).map(str::to_owned)
        }
        _ => None,
    }
}

/// An address as it would be corrected and compared.
pub(super) fn address_of(cell: &str) -> String {
    let cell = cell.trim();
    bare_address(cell).unwrap_or_else(|| cell.to_owned()).to_lowercase()
}

/// A number as it would be corrected and compared.
pub(super) fn number_of(cell: &str) -> String {
    let cell = cell.trim();
    number(cell).unwrap_or_else(|| cell.to_owned())
}

fn bare_address(cell: &str) -> Option<String> {
    let mut bare = cell;
    while let Some(rest) = bare.get(..MAILTO.len()).filter(|begin| begin.eq_ignore_ascii_case(MAILTO)) {
        bare = bare[rest.len()..].trim();
    }
    (bare.len() < cell.len() && Email::parse(bare).is_ok()).then(|| bare.to_owned())
}

const MAILTO: &str = "mailto:";

fn number(cell: &str) -> Option<String> {
    if PhoneNumber::parse(cell).is_ok() || cell.contains("(0)") {
        return None;
    }
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | '.' | '/' | '\u{2010}'..='\u{2013}');
    let bare: String = cell.chars().filter(|c| !is_separator(*c)).collect();
    let number = match bare.strip_prefix('+') {
        Some(_) => bare,
        None if begins_with_a_country(&bare) => format!("+{bare}"),
        None => return None,
    };
    PhoneNumber::parse(&number).is_ok().then_some(number)
}

/// Whether digits are a number with its country in front: longer than those that are dialled within a country,
/// beginning with a code that a country has.
fn begins_with_a_country(digits: &str) -> bool {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !(11..=15).contains(&digits.len()) {
        return false;
    }
    match digits.as_bytes() {
        // In North America area codes and exchanges begin with 2 to 9.
        [b'1', area, _, _, exchange, ..] => digits.len() == 11 && *area >= b'2' && *exchange >= b'2',
        [b'7', ..] => digits.len() == 11,
        _ => {
            let has = |codes: &[&str]| codes.iter().any(|code| digits.starts_with(code));
            has(&COUNTRIES) && !has(&UNASSIGNED)
        }
    }
}

/// TRUE or FALSE for a word that an import does not take but that means nothing else.
fn word(cell: &str) -> Option<&'static str> {
    let word = cell.to_lowercase();
    if TRUE_WORDS.contains(&&*word) {
        return Some("TRUE");
    }
    FALSE_WORDS.contains(&&*word).then_some("FALSE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_corrected_only_where_one_can_be_meant() {
        for (cell, meant) in [
            ("+1 (202) 555-0123", Some("+12025550123")),
            ("+34 911 23 45 67", Some("+34911234567")),
            ("12025550123", Some("+12025550123")),
            ("34 911 234 567", Some("+34911234567")),
            ("35 220 200 200", Some("+35220200200")),
            ("+12025550123", None),
            ("2025550123", None),
            ("11987654321", None),
            ("21987654321", None),
            ("+44 (0)20 7946 0018", None),
            ("0034911234567", None),
            ("1.20256E+10", None),
            ("+12025550123 ext. 4", None),
            ("REMOVE|+12025550123", None),
        ] {
            assert_eq!(number(cell).as_deref(), meant, "{cell}");
        }
    }

    #[test]
    fn words_that_are_certain_become_true_and_false() {
        for (cell, meant) in [
            ("VERDADERO", Some("TRUE")),
            ("Sí", Some("TRUE")),
            ("falso", Some("FALSE")),
            ("NO", Some("FALSE")),
            ("TRUE", None),
            ("1", None),
            ("x", None),
        ] {
            assert_eq!(word(cell), meant, "{cell}");
        }
        let suite = Column::Package(crate::Package::WebexSuite);
        assert_eq!(corrected(suite, true, "VERDADERO"), None, "the file would be refused (CSV-008)");
        assert_eq!(corrected(suite, true, "FALSO").as_deref(), Some("FALSE"));
    }

    #[test]
    fn an_address_loses_mailto() {
        assert_eq!(bare_address("MailTo: ana@x.example").as_deref(), Some("ana@x.example"));
        assert_eq!(bare_address("mailto:nobody"), None);
        assert_eq!(bare_address("ana@x.example"), None);
    }
}
