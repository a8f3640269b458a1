//! `run --regressions FILE`: sequences that fail are kept, and are tried first the next time.

use std::fs;

use hub_conformance::property::regressions;

use super::program::{LIAR, REFERENCE, judged};

const PROPERTY: &str = r#"
- id: PROPERTY-PROVISIONING
  title: Whoever is provisioned, the client says what is so
  rules: []
  since: "2026-11"
  property: { ops: { subscriber.provision: 1 }, length: 4, sequences: 1, invariants: [says-what-is-so] }
"#;

#[test]
fn a_sequence_that_fails_is_kept_once_and_tried_first_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let [cases, kept] = ["cases.yaml", "kept.jsonl"].map(|name| folder.path().join(name));
    fs::write(&cases, PROPERTY).unwrap();
    let [cases, file] = [&cases, &kept].map(|path| path.display().to_string());
    let run = ["run", "--cases", &cases, "--regressions", &file, "--report", "json=-"];

    let (code, said, errors) = judged(&run, &LIAR);
    assert!(code == Some(1) && said.contains("Seed 1: "), "{said}{errors}");
    let mut found = regressions::read(&kept).unwrap();
    assert!(found.len() == 1 && found[0].moves.len() == 1, "one move is enough: {found:?}");

    found[0].seed = 77;
    fs::write(&kept, serde_json::to_string(&found[0]).unwrap()).unwrap();
    let (code, said, errors) = judged(&run, &LIAR);
    assert!(code == Some(1) && said.contains("Seed 77: "), "it is not drawn anew: {said}{errors}");
    assert_eq!(regressions::read(&kept).unwrap(), found);

    let (code, said, errors) = judged(&run, &REFERENCE);
    assert_eq!(code, Some(0), "{said}{errors}");
}
