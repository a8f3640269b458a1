//! Parameters of queries and forms: typed reading that names the parameter at fault (API-002, API-004).
//!
//! A handler takes out what it knows; [`Parameters::finish`] then finds what nobody knows.

use std::str::FromStr;

use hub_core::{HubError, Sought};
use hub_rules::platform::{FIELD_IS_KNOWN, VALUE_HAS_ITS_TYPE};
use hub_rules::{Said, advice, expected};

/// The parameters that have not been taken yet.
#[derive(Debug, Default)]
pub struct Parameters {
    pairs: Vec<(String, String)>,
}

impl From<Vec<(String, String)>> for Parameters {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Parameters { pairs }
    }
}

impl Parameters {
    /// Those of a query string (API-052).
    pub fn of(query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Parameters { pairs: pairs.into_owned().collect() }
    }

    /// Adds those of a form.
    pub fn add_form(&mut self, form: &[u8]) {
        self.pairs.extend(form_urlencoded::parse(form).into_owned());
    }

    /// Takes a text; a blank one counts as absent, and of several the first counts.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.all(name).into_iter().find(|value| !value.is_empty())
    }

    /// Takes a list: the parameter repeated, or its values parted by commas.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        let values = self.all(name);
        let parts = values.iter().flat_map(|value| value.split(',')).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Takes a whole number, which may be written `500.0`: the API description calls most of them just numbers, and so
    /// clients that are generated from it write them.
    pub fn whole_number<T: FromStr>(
        &mut self,
        name: &'static str,
        expected: impl Into<Said>,
    ) -> Result<Option<T>, HubError> {
        self.read(name, expected, |text| {
            let has_zeros = |(_, fraction): &(&str, &str)| fraction.bytes().all(|digit| digit == b'0');
            let whole = text.split_once('.').filter(has_zeros);
            whole.map_or(text, |(whole, _)| whole).parse().ok()
        })
    }

    /// Takes a value that `read` understands and that is written as `expected` says.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        expected: impl Into<Said>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, HubError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        read(&text).map(Some).ok_or_else(|| wrong(name, &text, expected))
    }

    /// Takes one of a few known words.
    pub fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, HubError> {
        self.text(name).map(|text| known(name, words, &text)).transpose()
    }

    /// Takes one of a few known words, some of which stand for what this hub has none of.
    pub fn sought<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&str, Option<T>)],
    ) -> Result<Sought<T>, HubError> {
        self.choice(name, words).map(Sought::of)
    }

    /// Takes a list of known words.
    pub fn choices<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Result<Vec<T>, HubError> {
        self.list(name).iter().map(|text| known(name, words, text)).collect()
    }

    /// Takes `true` or `false`, in capitals or not: Python clients send `True`.
    pub fn boolean(&mut self, name: &'static str) -> Result<Option<bool>, HubError> {
        self.read(name, &expected::TRUE_OR_FALSE, |text| text.to_ascii_lowercase().parse().ok())
    }

    /// Takes `true` or `false`; absent is false.
    pub fn flag(&mut self, name: &'static str) -> Result<bool, HubError> {
        Ok(self.boolean(name)?.unwrap_or(false))
    }

    /// Refuses what is left over, in strict mode (API-004).
    pub fn finish(&self, is_strict: bool) -> Result<(), HubError> {
        match self.pairs.first() {
            Some((name, _)) if is_strict => Err(HubError::broken(&FIELD_IS_KNOWN).at(name.clone())),
            _ => Ok(()),
        }
    }

    /// Takes every value that was sent.
    pub fn all(&mut self, name: &str) -> Vec<String> {
        self.pairs.extract_if(.., |(known, _)| known == name).map(|(_, value)| value).collect()
    }
}

/// What one of a few known words stands for.
fn known<T: Copy>(name: &'static str, words: &[(&str, T)], text: &str) -> Result<T, HubError> {
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        wrong(name, text, expected::one_of(&all))
    })
}

fn wrong(name: &'static str, text: &str, expected: impl Into<Said>) -> HubError {
    HubError::broken(&VALUE_HAS_ITS_TYPE).at(name).saw(text).advise(advice::expected(expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_names_its_parameter_api_002() {
        let mut parameters = Parameters::of(Some("max=ten&sortOrder=UP"));
        let refusal = parameters.whole_number::<u32>("max", &expected::WHOLE_NUMBER).unwrap_err();
        assert_eq!((refusal.rule.id, refusal.field()), ("API-002", Some("max")));
        let refusal = parameters.choice("sortOrder", &[("ASC", 1), ("DESC", 2)]).unwrap_err();
        assert_eq!(refusal.advice.unwrap().to_string(), "Expected one of ASC, DESC.");
    }

    #[test]
    fn a_whole_number_may_have_a_fraction_of_zero_api_002() {
        let mut parameters = Parameters::of(Some("max=500.0&offset=7&start=1.5"));
        assert_eq!(parameters.whole_number::<usize>("max", &expected::WHOLE_NUMBER), Ok(Some(500)));
        assert_eq!(parameters.whole_number::<usize>("offset", &expected::WHOLE_NUMBER), Ok(Some(7)));
        assert!(parameters.whole_number::<usize>("start", &expected::WHOLE_NUMBER).is_err());
    }

    #[test]
    fn a_boolean_may_have_capitals_api_002() {
        let mut parameters = Parameters::of(Some("callingData=True&available=FALSE&details=1"));
        assert_eq!(parameters.flag("callingData"), Ok(true));
        assert_eq!(parameters.boolean("available"), Ok(Some(false)));
        assert_eq!(parameters.boolean("tollFreeNumbers"), Ok(None), "absent");
        let refusal = parameters.flag("details").unwrap_err();
        assert_eq!(refusal.advice.unwrap().to_string(), "Expected true or false.");
    }

    #[test]
    fn what_nobody_takes_is_refused_in_strict_mode_only_api_004() {
        let mut parameters = Parameters::of(Some("max=1&colour=red"));
        assert_eq!(parameters.text("max").as_deref(), Some("1"));
        assert_eq!(parameters.finish(false), Ok(()));
        let refusal = parameters.finish(true).unwrap_err();
        assert_eq!((refusal.rule.id, refusal.field()), ("API-004", Some("colour")));
    }

    #[test]
    fn a_list_is_repeated_or_parted_by_commas() {
        let mut parameters = Parameters::of(Some("status=error&max=&status=updating%2C+deleting"));
        assert_eq!(parameters.list("status"), ["error", "updating", "deleting"]);
        assert_eq!(parameters.text("max"), None, "blank counts as absent");
    }
}
