//! The OpenAPI document is complete and unambiguous: routes come with their description, and schemas have one meaning.
//!
//! A route without an annotation would be there without the document knowing it, and of two types with one name the
//! document would keep one.

use std::collections::HashMap;

use super::{SourceFile, Violation};

const SERVER: &str = "mock-hub/src/";
/// Where routes may be that the document does not describe: the document itself, the page of greeting, web pages.
const UNDESCRIBED: [&str; 3] = ["mock-hub/src/openapi/pages.rs", "mock-hub/src/app.rs", "mock-hub/src/ui"];
const PLAIN_ROUTES: [&str; 3] = [concat!(".ro", "ute("), ".route_service(", ".nest_service("];

pub(super) fn check(files: &[SourceFile]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut known: HashMap<&str, &str> = HashMap::new();
    for file in files.iter().filter(|file| file.path.starts_with(SERVER) && file.is_rust()) {
        violations.extend(undescribed_routes(file));
        for (line, name) in schema_names(file.product()) {
            if let Some(elsewhere) = known.insert(name, &file.path) {
                let what =
                    format!("a schema `{name}` is in {elsewhere} too; give one of them #[schema(as = ...)]");
                violations.push(Violation::new(&file.path, line, what));
            }
        }
    }
    violations
}

fn undescribed_routes(file: &SourceFile) -> Vec<Violation> {
    if UNDESCRIBED.iter().any(|path| file.path.starts_with(path)) {
        return Vec::new();
    }
    let lines = (1..).zip(file.product().lines());
    let plain = lines.filter(|(_, line)| PLAIN_ROUTES.iter().any(|call| line.contains(call)));
    let what = "a route without a description; annotate the handler and use routes!(...)";
    plain.map(|(line, _)| Violation::new(&file.path, line, what)).collect()
}

/// The names of types in the document, each with the line of its derive.
fn schema_names(product: &str) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    let mut derived = None;
    let mut alias = None;
    for (line, text) in (1..).zip(product.lines().map(str::trim)) {
        if text.starts_with("#[derive(") {
            (derived, alias) = (text.contains("ToSchema").then_some(line), None);
        } else if let Some(rest) = text.strip_prefix("#[schema(as = ") {
            alias = rest.split([',', ')']).next();
        } else if let Some(name) = type_name(text) {
            names.extend(derived.take().map(|line| (line, alias.take().unwrap_or(name))));
        }
    }
    names
}

fn type_name(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let keyword = words.next()?;
    let name = words.next().filter(|_| matches!(keyword, "struct" | "enum"))?;
    name.split(['<', '(', ';', '{']).next()
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn check_texts(files: &[(&str, &str)]) -> String {
        let files: Vec<_> = files.iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        said(check(&files))
    }

    #[test]
    fn a_route_comes_with_its_description() {
        let text = format!("    router{}\"/x\", get(x))\n", PLAIN_ROUTES[0]);
        assert_eq!(
            check_texts(&[("mock-hub/src/api/x.rs", &text), ("mock-hub/src/app.rs", &text)]),
            "mock-hub/src/api/x.rs:1: a route without a description; annotate the handler and use routes!(...)\n"
        );
    }

    #[test]
    fn a_schema_has_one_meaning() {
        let one = "#[derive(Debug, ToSchema)]\n#[serde(rename_all = \"camelCase\")]\npub(super) struct View<'a> {\n}\n";
        let other = "#[derive(ToSchema)]\nenum View {}\n#[derive(Debug)]\nstruct One;\n#[derive(ToSchema)]\n#[schema(as = One)]\nstruct View(u8);\n";
        assert_eq!(
            check_texts(&[("mock-hub/src/a.rs", one), ("mock-hub/src/b.rs", other)]),
            "mock-hub/src/b.rs:1: a schema `View` is in mock-hub/src/a.rs too; give one of them #[schema(as = ...)]\n"
        );
    }
}
