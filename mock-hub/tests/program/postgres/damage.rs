//! A damaged journal in a database: looked at without a change to it, and recovered into another one or a file.

use insta::assert_snapshot;

use super::{Session, new_tables, server};
use crate::damage::fill;
use crate::process::{CUSTOMERS, Folder, Hub, run};

const BREAK: &str = "UPDATE entries SET entry = '?' || entry WHERE sandbox = 'default' AND seq = 3";
/// All that there is: tables and rows.
const ALL: &str = "SELECT CONCAT((SELECT STRING_AGG(tablename, ' ' ORDER BY tablename) FROM pg_tables \
    WHERE schemaname = current_schema()), (SELECT MD5(STRING_AGG(entries::text, '' ORDER BY sandbox, seq)) FROM entries))";

#[test]
fn a_damaged_sandbox_is_found_by_its_entry_and_recovered_up_to_it() {
    let Some(server) = server() else { return };
    let journal = new_tables(&server);
    fill(&journal);
    let (code, said) = run(&["journal", "check", &journal]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("Sandboxes: 4 whole, 0 damaged, 0 lost.\n"), "{said}");
    let mut session = Session::on(&journal);
    session.run(BREAK);
    let before = session.text(ALL);

    let (code, said) = run(&["journal", "check", &journal]);
    assert_eq!(code, Some(1), "{said}");
    let damage = "default: whole up to entry 2; entry 3 is damaged (its text is broken at character 1), 2 entries from \
                  there on are lost\n";
    assert!(said.contains(damage) && said.ends_with("Sandboxes: 2 whole, 1 damaged, 1 lost.\n"), "{said}");
    let folder = Folder::new();
    let file = format!("sqlite:{}", folder.path("recovered.db").display());
    for recovered in [new_tables(&server), file] {
        let (code, said) = run(&["journal", "recover", &journal, "--out", &recovered]);
        assert!(code == Some(1) && said.contains(damage), "{said}");
        let (code, said) = run(&["journal", "check", &recovered]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.ends_with("Sandboxes: 3 whole, 0 damaged, 0 lost.\n"), "{said}");
        let (code, said) = run(&["journal", "recover", &journal, "--out", &recovered]);
        assert!(code == Some(2) && said.contains("is there already: name a new journal"), "{said}");
        let hub = Hub::start(&["--journal", &recovered]);
        assert_eq!(hub.post(CUSTOMERS, &hub.new_customer("one")).status, 202);
        assert_eq!(hub.get("/_mock/v1/sandboxes/before").status, 200);
    }
    assert_eq!(session.text(ALL), before, "the damaged journal stays as it is");
}

#[test]
fn a_database_without_a_journal_is_told_to_have_none_and_is_given_none() {
    let Some(server) = server() else { return };
    let journal = new_tables(&server);
    let (code, said) = run(&["journal", "check", &journal]);
    assert_eq!(code, Some(2), "{said}");
    let place = said.split(" cannot be opened").next().unwrap();
    assert_snapshot!(said.replace(place, "PLACE"), @"PLACE cannot be opened (it has no tables of a hub): name the database of a journal");
    let tables = "SELECT COUNT(*)::text FROM pg_tables WHERE schemaname = current_schema()";
    assert_eq!(Session::on(&journal).text(tables), "0");
}

#[test]
fn what_is_said_of_a_database_has_no_password() {
    let Some(server) = server() else { return };
    let with_password = |url: String| url.replacen("postgres@", "postgres:secret@", 1);
    let (journal, recovered) = (with_password(new_tables(&server)), with_password(new_tables(&server)));
    fill(&journal);
    for what in
        [["journal", "check", &recovered].as_slice(), &["journal", "recover", &journal, "--out", &recovered]]
    {
        for _ in 0..2 {
            let (_, said) = run(what);
            assert!(said.contains("postgres://postgres@") && !said.contains("secret"), "{said}");
        }
    }
}
