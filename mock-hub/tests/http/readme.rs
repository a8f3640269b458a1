//! What README.md promises of the demo world.

use axum::http::{Method, StatusCode};
use hub_core::World;
use mock_hub::http::wire_id;
use serde_json::Value;

use crate::support::{CUSTOMERS, Hub};

fn readme() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    std::fs::read_to_string(path).unwrap()
}

/// The second cell of the row that begins with this text, without its backticks.
fn cell(readme: &str, first: &str) -> String {
    let row = readme.lines().find_map(|line| line.strip_prefix(&format!("| {first} | ")));
    let row = row.unwrap_or_else(|| panic!("README.md has no row {first}"));
    row.split(" |").next().unwrap().trim_matches('`').to_owned()
}

#[tokio::test]
async fn the_ids_of_the_readme_are_those_of_the_demo_world() {
    let (hub, readme) = (Hub::demo().await, readme());
    let world: World = hub.app.known_sandbox("default").unwrap().head().world.clone();
    let id_of = |name: &str| cell(&readme, name);
    let name_of = |wire: String| {
        let organization = world.organization(wire_id::read(&wire)).unwrap_or_else(|| panic!("{wire}"));
        organization.name.to_string()
    };
    assert_eq!(id_of("provisioning id of *Standard*"), hub.provisioning_id());
    assert_eq!(name_of(id_of("organization of the partner")), "Northwind Communications");
    assert_eq!(name_of(id_of("organization of Acme Dental")), "Acme Dental");
    assert_eq!(name_of(id_of("organization of Lakeside Telecom")), "Lakeside Telecom");
    let partner = world.partners().next().unwrap().organization;
    assert_eq!(
        wire_id::read::<hub_core::record::Organization>(&id_of("organization of the partner")),
        partner
    );
    for row in ["Acme Dental", "Panadería Sol", "Blue Harbor Logistics"] {
        let found = hub.get(&format!("{CUSTOMERS}?externalId={}", cell(&readme, row))).await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{row}");
    }
    let on_behalf = format!("onBehalfOfSubPartnerOrgId={}", id_of("organization of Lakeside Telecom"));
    let dental = format!("{CUSTOMERS}?externalId={}&{on_behalf}", cell(&readme, "Lakeside Dental"));
    assert_eq!(hub.get(&dental).await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_tokens_of_the_readme_are_those_of_the_demo_world() {
    let (hub, readme) = (Hub::demo().await, readme());
    let described = hub.get("/_mock/v1/sandboxes/default").await.json();
    let tokens: Vec<&str> =
        described["tokens"].as_object().unwrap().values().map(|token| token.as_str().unwrap()).collect();
    let lines = readme.lines().filter(|line| line.starts_with("| `demo-"));
    let promised: Vec<&str> =
        lines.flat_map(|line| line.split('`')).filter(|it| it.starts_with("demo-")).collect();
    for token in &promised {
        assert!(tokens.contains(token), "{token}");
        let answer = hub.call_as(token, Method::GET, CUSTOMERS, Value::Null).await;
        assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{token}");
    }
    assert_eq!(promised.len(), tokens.len(), "README.md lists every token: {tokens:?}");
}

/// The lines of a script, and of a block of README.md, without their indentation.
fn dedented(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

#[test]
fn the_lines_of_the_readme_for_public_clients_are_those_of_their_scripts() {
    let readme = readme();
    let blocks: Vec<&str> = readme.split("```python\n# ").skip(1).collect();
    for block in &blocks {
        let (script, rest) = block.split_once('\n').unwrap();
        let lines = rest.split("```").next().unwrap();
        let path = format!("{}/../{script}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(dedented(&text).contains(&dedented(lines)), "{script} does not have these lines:\n{lines}");
    }
    assert_eq!(blocks.len(), 4, "one block for each public client");
}
