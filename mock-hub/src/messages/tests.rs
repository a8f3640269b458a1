use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hub_core::bulk::ExportContent;
use hub_core::operation::billing::ReportStatus;
use hub_core::operation::users::UserOutcome;
use hub_core::record::{
    Attribute, BillingReportCategory, BillingReportKind, CustomerStatus, ImportBehavior, PackageStatus,
    PersonStatus, ProvisioningState, SubscriberStatus, TaskStatus,
};
use hub_core::{HubError, Place};
use hub_rules::{AREAS, advice, bulk, catalogue, phrases, sights};

use super::*;
use crate::control::tokens;
use crate::http::word::Worded;

/// The messages of some files: id, and the names of its arguments.
fn messages(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for file in files {
        let mut id = String::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
                id = name.to_owned();
                assert!(found.insert(id.clone(), BTreeSet::new()).is_none(), "{id} stands twice");
            }
            let arguments = line
                .split('$')
                .skip(1)
                .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect::<String>());
            if let Some(known) = found.get_mut(&id) {
                known.extend(arguments);
            }
        }
    }
    found
}

#[test]
fn every_message_is_in_both_languages_with_the_same_arguments() {
    assert_eq!(messages(&ENGLISH), messages(&SPANISH[..ENGLISH.len()]));
}

#[test]
fn every_rule_and_area_has_a_spanish_sentence_and_there_is_no_other() {
    let file = "../../locales/es/catalogue.ftl";
    let spanish = messages(&[include_str!("../../locales/es/catalogue.ftl")]);
    let known: BTreeSet<String> = catalogue()
        .map(|rule| rule.id.to_owned())
        .chain(AREAS.iter().map(|(title, _)| area_id(title)))
        .collect();
    let found: BTreeSet<String> = spanish.keys().cloned().collect();
    assert_eq!(&known - &found, BTreeSet::new(), "these lack a sentence in {file}");
    assert_eq!(&found - &known, BTreeSet::new(), "these in {file} are of no rule");
    for rule in catalogue() {
        let sentence = Language::Spanish.rule(rule);
        assert!(sentence.ends_with('.') && sentence != rule.says, "{}: {sentence}", rule.id);
        for literal in rule.says.split('`').skip(1).step_by(2) {
            assert!(sentence.contains(&format!("`{literal}`")), "{} leaves `{literal}` out", rule.id);
        }
    }
}

#[test]
fn every_phrase_is_said_in_spanish_with_the_same_places() {
    let spanish = messages(&[include_str!("../../locales/es/phrases.ftl")]);
    let english: BTreeMap<String, BTreeSet<String>> = phrases()
        .map(|phrase| (phrase.id.to_owned(), phrase.places().map(str::to_owned).collect()))
        .collect();
    let ids = |phrases: &BTreeMap<String, BTreeSet<String>>| phrases.keys().cloned().collect::<BTreeSet<_>>();
    let file = "../../locales/es/phrases.ftl";
    assert_eq!(&ids(&english) - &ids(&spanish), BTreeSet::new(), "these are missing in {file}");
    assert_eq!(&ids(&spanish) - &ids(&english), BTreeSet::new(), "these in {file} are no phrases");
    assert_eq!(spanish, english);
}

#[test]
fn no_message_is_unused_and_none_is_asked_for_that_is_not_there() {
    let source = source();
    let known = messages(&ENGLISH);
    // Words of hub-rules complete these ids.
    let words = hub_rules::catalogue().flat_map(|rule| {
        [format!("evidence-{}", rule.evidence.name()), format!("ends-in-{}", rule.refusal.name())]
    });
    let by_word: BTreeSet<String> = words.chain(words_of_the_hub()).collect();
    for id in known.keys() {
        let is_used = source.contains(&format!("\"{id}\"")) || by_word.contains(id);
        assert!(is_used, "nothing says {id}");
    }
    for id in &by_word {
        assert!(known.contains_key(id), "{id} is not there");
    }
    for call in [".say(", ".text("] {
        let asked = source.split(call).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
        for id in asked.filter_map(|rest| rest.split('"').next()).filter(|id| id.contains('-')) {
            assert!(known.contains_key(id), "{id} is not there");
        }
    }
    let done = source.split("\"done-").skip(1).filter_map(|rest| rest.split('"').next());
    for id in done.filter(|word| word.starts_with(char::is_alphabetic)).map(|word| format!("done-{word}")) {
        assert!(known.contains_key(&id), "{id} is not there");
    }
}

/// What may become of a row of a file.
const OUTCOMES: [&str; 5] = ["added", "updated", "removed", "unchanged", "refused"];

/// The settings of an organization, as addresses of pages name them.
const SETTINGS: [&str; 5] =
    ["restricted-mode", "directory", "automatic-licenses", "required-attributes", "import-speed"];

/// The ids of the messages that pages ask for by family and word.
fn words_of_the_hub() -> impl Iterator<Item = String> {
    let family = |family: &'static str, words: Vec<&'static str>| {
        words.into_iter().map(move |word| format!("{family}-{word}"))
    };
    let persons = [PersonStatus::Active, PersonStatus::Pending, PersonStatus::Suspended];
    let subscribers = [SubscriberStatus::Provisioned, SubscriberStatus::PendingUserMigration];
    family("kind", tokens::labels().collect())
        .chain(family("customer-status", CustomerStatus::ALL.map(CustomerStatus::name).into()))
        .chain(family("package-status", PackageStatus::ALL.map(PackageStatus::name).into()))
        .chain(family("subscriber-status", subscribers.map(SubscriberStatus::name).into()))
        .chain(family("person-status", persons.map(PersonStatus::title).into()))
        .chain(family("task-status", TaskStatus::ALL.map(TaskStatus::name).into()))
        .chain(family("behavior", ImportBehavior::ALL.map(ImportBehavior::name).into()))
        .chain(family("csv-hint", ImportBehavior::ALL.map(ImportBehavior::name).into()))
        .chain(family("csv-export", ExportContent::ALL.map(ExportContent::name).into()))
        .chain(["setting", "setting-says"].into_iter().flat_map(move |it| family(it, SETTINGS.into())))
        .chain(["planned", "outcome"].into_iter().flat_map(move |it| family(it, OUTCOMES.into())))
        .chain(family("attribute", Attribute::ALL.map(|(name, _)| name).into()))
        .chain(family("user-outcome", UserOutcome::ALL.map(UserOutcome::name).into()))
        .chain(family("user-outcome", vec!["failed"]))
        .chain(family("world", vec!["demo", "empty"]))
        .chain(family("provisioning-state", words::<ProvisioningState>()))
        .chain(family("report-status", words::<ReportStatus>()))
        .chain(family("billing-kind", words::<BillingReportKind>()))
        .chain(family("billing-category", words::<BillingReportCategory>()))
        .chain(family("analytics-span", vec!["month", "year"]))
}

fn words<T: Worded>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The source of this crate, without its tests.
fn source() -> String {
    fn collect(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, text);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut text = String::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    text
}

#[test]
fn every_phrase_of_the_source_is_in_the_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/hub-rules/src");
    let known: BTreeSet<&str> = phrases().map(|phrase| phrase.id).collect();
    let mut count = 0;
    for file in ["advice.rs", "expected.rs", "sights.rs", "notes.rs"] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        for rest in text.split("Phrase::new(").skip(1) {
            let id = rest.split('"').nth(1).unwrap();
            assert!(known.contains(id), "{id} is not in PHRASES of {file}");
            count += 1;
        }
    }
    assert_eq!(count, known.len());
}

#[test]
fn a_refusal_in_spanish_is_whole() {
    let mut refusal = HubError::broken(&bulk::HEADER_IS_KNOWN)
        .saw("first name")
        .advise(advice::NEAREST.with("name", "First Name"));
    refusal.place = Some(Place::Cell { row: 7, line: 9, column: Some("first name".to_owned()) });
    insta::assert_snapshot!(
        Language::Spanish.refusal(&refusal),
        @"fila 7 (línea 9), columna `first name`: Cada encabezado designa una columna que la organización tiene (CSV-006; se vio `first name`). Lo más parecido es `First Name`."
    );
    assert_eq!(Language::English.refusal(&refusal), refusal.to_string());
}

#[test]
fn plurals_are_those_of_the_language() {
    let one = sights::CELLS_UNDER_COLUMNS.with("cells", 1_u64).with("columns", 2_u64);
    assert_eq!(Language::Spanish.said(&one), "1 celda bajo 2 columnas");
    let expected = advice::expected(hub_rules::expected::one_of(&["ASC", "DESC"]));
    assert_eq!(Language::Spanish.said(&expected), "Se esperaba uno de ASC, DESC.");
}

#[test]
fn a_browser_is_answered_in_the_first_language_that_it_asks_for_and_we_have() {
    assert_eq!(Language::of_accepted("es-MX,es;q=0.9,en;q=0.8"), Some(Language::Spanish));
    assert_eq!(Language::of_accepted("de-DE,de;q=0.9,en-US;q=0.5"), Some(Language::English));
    assert_eq!(Language::of_accepted("en;q=0.4, es;q=0.7"), Some(Language::Spanish));
    assert_eq!(Language::of_accepted("es;q=0"), None);
    assert_eq!(Language::of_accepted("*"), None);
}

#[test]
fn the_environment_chooses_the_language_as_posix_has_it() {
    let of = |pairs: &[(&str, &str)]| {
        Language::of_environment(|name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(of(&[]), Language::English);
    assert_eq!(of(&[("LANG", "es_ES.UTF-8")]), Language::Spanish);
    assert_eq!(of(&[("LANG", "es_ES.UTF-8"), ("LC_MESSAGES", "en_GB")]), Language::English);
    assert_eq!(of(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "es")]), Language::Spanish);
    assert_eq!(of(&[("LC_ALL", ""), ("LANG", "es_MX")]), Language::Spanish, "an empty one is not set");
    assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "es_MX")]), Language::English);
    assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::English);
}
