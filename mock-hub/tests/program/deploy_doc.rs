//! What `docs/deploy.md` tells people to paste is what the program takes and shows, as far as it needs no other program.

use std::fs;
use std::path::Path;

use crate::process::{Folder, Hub, run_in};

fn text_of(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)).unwrap()
}

/// The words of the page that look like this, without what else stands around them.
fn words(page: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<&str> {
    let ends_word = |character: char| !(character.is_ascii_alphanumeric() || "_-".contains(character));
    let mut words: Vec<_> = page.split(ends_word).filter(|word| is_wanted(word)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[test]
fn every_option_and_variable_that_the_page_names_is_one() {
    let page = text_of("docs/deploy.md") + &text_of("Containerfile");
    let (_, help) = run_in(&[], &["serve", "--help"]);
    let known = words(&help, |word| word.starts_with("--") || word.starts_with("MOCK_HUB_"));
    let variables = words(&page, |word| word.starts_with("MOCK_HUB_"));
    assert!(variables.len() >= 4 && variables.iter().all(|name| known.contains(name)), "{variables:?}");
    // Of the options on the page some are those of other programs.
    let is_ours = |line: &&str| line.contains("mock-hub serve ") || line.contains("`--");
    let lines = page.lines().filter(is_ours).collect::<Vec<_>>().join("\n");
    let options = words(&lines, |word| word.starts_with("--"));
    assert!(options.len() >= 8, "{options:?}");
    for option in options {
        assert!(known.contains(&option), "{option} is no option of serve");
    }
}

#[test]
fn every_metric_that_the_page_names_is_shown_and_none_is_left_out() {
    let folder = Folder::new();
    let journal = format!("sqlite:{}", folder.path("hub.db").display());
    let hub = Hub::start(&["--journal", &journal]);
    // Refusals and durations are shown once there are some.
    assert_eq!(hub.get("/v1/people/nobody").status, 404);
    let shown = String::from_utf8(hub.get("/metrics").body).unwrap();
    let families: Vec<_> = shown.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    let mut families: Vec<_> = families.iter().filter_map(|line| line.split(' ').next()).collect();
    families.sort_unstable();
    let page = text_of("docs/deploy.md");
    let is_metric = |word: &str| word.starts_with("mock_hub_") || word.starts_with("process_");
    let mut named = words(&page, is_metric);
    named.retain(|name| !name.ends_with("_count"));
    assert_eq!(named, families);
}
