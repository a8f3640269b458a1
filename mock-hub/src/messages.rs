//! What pages and tools say, in English and Spanish.
//!
//! Texts of our own are Fluent messages in `locales/`. The sentences of rules and phrases are not: their English stands
//! in hub-rules and nowhere else, and only the other languages have it here, by the rule's or phrase's id. What a file or
//! a request contains stays as it is in every language, and so do the bodies of the API, which are Webex's.

mod journal;
mod plan;
mod refusal;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::LazyLock;

use clap::ValueEnum;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use hub_rules::{Rule, Said, Term};
use unic_langid::LanguageIdentifier;

/// A language that everything can be said in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    #[value(name = "en")]
    English,
    #[value(name = "es")]
    Spanish,
}

const ENGLISH: [&str; 10] = [
    include_str!("../locales/en/behind.ftl"),
    include_str!("../locales/en/csv.ftl"),
    include_str!("../locales/en/journal.ftl"),
    include_str!("../locales/en/organization.ftl"),
    include_str!("../locales/en/pages.ftl"),
    include_str!("../locales/en/partner_hub.ftl"),
    include_str!("../locales/en/refusals.ftl"),
    include_str!("../locales/en/rules.ftl"),
    include_str!("../locales/en/users.ftl"),
    include_str!("../locales/en/words.ftl"),
];
const SPANISH: [&str; 12] = [
    include_str!("../locales/es/behind.ftl"),
    include_str!("../locales/es/csv.ftl"),
    include_str!("../locales/es/journal.ftl"),
    include_str!("../locales/es/organization.ftl"),
    include_str!("../locales/es/pages.ftl"),
    include_str!("../locales/es/partner_hub.ftl"),
    include_str!("../locales/es/refusals.ftl"),
    include_str!("../locales/es/rules.ftl"),
    include_str!("../locales/es/users.ftl"),
    include_str!("../locales/es/words.ftl"),
    include_str!("../locales/es/catalogue.ftl"),
    include_str!("../locales/es/phrases.ftl"),
];

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle("en", &ENGLISH), bundle("es", &SPANISH)]);

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// The language that the environment asks for, as POSIX has it: the first of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// that is set decides; English where nothing is set or another language is asked for.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
            let value = variable(name);
            value.filter(|value| !value.is_empty())
        });
        asked.and_then(|tag| Language::of_tag(&tag)).unwrap_or(Language::English)
    }

    /// The language of a tag such as `es`, `es-MX` or `es_ES.UTF-8`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "es" => Some(Language::Spanish),
            _ => None,
        }
    }

    /// The first language that we have of those that a browser asks for, in the order of their weights.
    pub fn of_accepted(ranges: &str) -> Option<Self> {
        let weighed = |range: &str| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse().ok());
            Some((Language::of_tag(tag.trim())?, weight.filter(|weight: &f32| *weight > 0.0)?))
        };
        let mut known: Vec<_> = ranges.split(',').filter_map(weighed).collect();
        known.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        known.first().map(|(language, _)| *language)
    }

    /// The tag of it, as `lang` in HTML has it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// What those who speak it call it.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
        }
    }

    /// Whether there is a message with this id.
    pub fn has(self, id: &str) -> bool {
        BUNDLES[self as usize].has_message(id)
    }

    /// A message without arguments.
    pub fn text(self, id: &str) -> String {
        self.say(id, &[])
    }

    /// A message with arguments. Panics at one that no file has: a test sees to it that there is none.
    pub fn say(self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        self.find(id, &arguments).unwrap_or_else(|| panic!("there is no message `{id}`"))
    }

    /// The sentence of a rule.
    pub fn rule(self, rule: &Rule) -> Cow<'static, str> {
        match self.catalogued(rule.id, &FluentArgs::new()) {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(rule.says),
        }
    }

    /// The title of an area of rules.
    pub fn area(self, title: &'static str) -> Cow<'static, str> {
        let text = self.catalogued(&area_id(title), &FluentArgs::new());
        text.map_or(Cow::Borrowed(title), Cow::Owned)
    }

    /// A phrase with what stands in its places.
    pub fn said(self, said: &Said) -> String {
        let terms = said.terms.iter().map(|(place, term)| (*place, self.value(term)));
        self.catalogued(said.phrase.id, &terms.collect()).unwrap_or_else(|| said.to_string())
    }

    /// What was seen, or stands in a place of a phrase.
    pub fn term(self, term: &Term) -> String {
        match term {
            Term::Said(said) => self.said(said),
            plain => plain.to_string(),
        }
    }

    fn value<'t>(self, term: &'t Term) -> FluentValue<'t> {
        match term {
            Term::Text(text) => FluentValue::from(&**text),
            Term::Number(number) => FluentValue::from(*number),
            Term::Said(said) => FluentValue::from(self.said(said)),
        }
    }

    /// A text of the catalogue of rules, whose English stands there; a test sees to it that no other language lacks it.
    fn catalogued(self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        if self == Language::English { None } else { self.find(id, arguments) }
    }

    fn find(self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let bundle = &BUNDLES[self as usize];
        let pattern = bundle.get_message(id)?.value()?;
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut faults);
        debug_assert!(faults.is_empty(), "{id}: {faults:?}");
        Some(text.into_owned())
    }
}

/// The id of an area's title: `area-bulk-import`.
fn area_id(title: &str) -> String {
    format!("area-{}", title.to_lowercase().replace(' ', "-"))
}

fn bundle(tag: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = tag.parse().expect("our tags are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks would be written to terminals and files, which show them as rubbish.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned());
        let resource =
            resource.unwrap_or_else(|(_, faults)| panic!("our messages are well-formed: {faults:?}"));
        bundle.add_resource(resource).unwrap_or_else(|faults| panic!("each message stands once: {faults:?}"));
    }
    bundle
}
