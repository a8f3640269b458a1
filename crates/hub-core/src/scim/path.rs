//! Paths to attributes: `userName`, `name.familyName`, `emails[type eq "work"].value`, and the same behind a URN.
//!
//! A path is resolved against the registry when it is read, so that a path in hand always names an attribute. What
//! stands at its end in a document is looked up here; what happens there is in `patch` and `filter`.

use hub_rules::scim::PATH_NAMES_AN_ATTRIBUTE;
use serde_json::Value;

use super::document::Document;
use super::filter::{Filter, Reader, Scope};
use super::schema::{Attribute, ResourceType, Schema};
use crate::HubError;

/// Where an attribute is, or a whole extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub(super) extension: Option<&'static Schema>,
    pub(super) target: Option<Target>,
}

/// The attribute that a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) attribute: &'static Attribute,
    /// Its name as documents have it.
    pub(super) name: String,
    /// Which of several values are meant.
    pub(super) selection: Option<Box<Filter>>,
    pub(super) part: Option<&'static Attribute>,
}

impl Path {
    /// Reads a path (SCM-004); `at` names the field that it is from.
    pub fn parse(text: &str, of: &'static ResourceType, at: &str) -> Result<Self, HubError> {
        let mut reader = Reader::new(text, at);
        let path = reader.path(Scope::Resource(of))?;
        reader.end()?;
        Ok(path)
    }

    /// Resolves a name with its URN and its part, if it has them.
    pub(super) fn resolve(written: &str, scope: Scope, at: &str) -> Result<Self, HubError> {
        let found = match scope {
            Scope::Resource(of) => of_resource(written, of),
            Scope::Parts(attribute) => {
                attribute.part(written).map(|part| Path::to(None, part, part.name.into(), None))
            }
        };
        found.ok_or_else(|| HubError::broken(&PATH_NAMES_AN_ATTRIBUTE).at(at.to_owned()).saw(written))
    }

    /// Whether it names this attribute of the resource itself, or a part of it.
    pub(super) fn is_at(&self, name: &str) -> bool {
        self.extension.is_none() && self.target.as_ref().is_some_and(|it| it.attribute.name == name)
    }

    fn to(
        extension: Option<&'static Schema>,
        attribute: &'static Attribute,
        name: String,
        part: Option<&'static Attribute>,
    ) -> Self {
        Path { extension, target: Some(Target { attribute, name, selection: None, part }) }
    }

    /// Whether it is this attribute of the resource's own schema, whole.
    pub(super) fn is_core(&self, name: &str) -> bool {
        let is_it =
            |target: &Target| target.name == name && target.part.is_none() && target.selection.is_none();
        self.extension.is_none() && self.target.as_ref().is_some_and(is_it)
    }

    /// The values at the path; of a complex one without a part, its `value`.
    pub(super) fn values<'d>(&self, document: &'d Document) -> Vec<&'d Value> {
        let below = match self.extension {
            None => Some(document),
            Some(extension) => document.get(extension.id).and_then(Value::as_object),
        };
        let Some(below) = below else { return Vec::new() };
        let Some(target) = &self.target else { return below.values().collect() };
        let Some(value) = below.get(&target.name) else { return Vec::new() };
        let all = match value {
            Value::Array(values) => values.iter().collect(),
            single => vec![single],
        };
        all.into_iter().filter(|value| target.selects(value)).filter_map(|value| target.end(value)).collect()
    }
}

impl Target {
    /// Whether a value is among those that the path means.
    pub(super) fn selects(&self, value: &Value) -> bool {
        let Some(selection) = &self.selection else { return true };
        value.as_object().is_some_and(|parts| selection.holds(parts))
    }

    fn end<'d>(&self, value: &'d Value) -> Option<&'d Value> {
        match (self.part, value) {
            (Some(part), Value::Object(parts)) => parts.get(part.name),
            (Some(_), _) => None,
            (None, Value::Object(parts)) => Some(parts.get("value").unwrap_or(value)),
            (None, _) => Some(value),
        }
    }
}

fn of_resource(written: &str, of: &'static ResourceType) -> Option<Path> {
    for schema in of.schemas() {
        let Some((urn, rest)) = written.split_at_checked(schema.id.len()) else { continue };
        if !urn.eq_ignore_ascii_case(schema.id) {
            continue;
        }
        let extension = of.extension(schema.id);
        if rest.is_empty() {
            return extension.map(|extension| Path { extension: Some(extension), target: None });
        }
        if let Some(name) = rest.strip_prefix([':', '.']) {
            return of_schema(name, schema, extension);
        }
    }
    let bare = |schema: &'static Schema| of_schema(written, schema, of.extension(schema.id));
    of.schemas().find_map(bare)
}

fn of_schema(written: &str, schema: &Schema, extension: Option<&'static Schema>) -> Option<Path> {
    let (name, part) = written.split_once('.').map_or((written, None), |(name, part)| (name, Some(part)));
    let attribute = schema.attribute(name)?;
    let part = match part {
        Some(part) => Some(attribute.part(part)?),
        None => None,
    };
    Some(Path::to(extension, attribute, attribute.spelled(name), part))
}

#[cfg(test)]
mod tests {
    use super::super::schema::{GROUP, USER};
    use super::*;

    fn check(text: &str, of: &'static ResourceType) -> String {
        match Path::parse(text, of, "path") {
            Err(refusal) => refusal.to_string(),
            Ok(Path { extension, target }) => {
                let urn = extension.map_or(String::new(), |extension| format!("{} ", extension.name));
                let target = target.map_or("whole".to_owned(), |target| {
                    let selected = if target.selection.is_some() { "[...]" } else { "" };
                    let part = target.part.map_or(String::new(), |part| format!(".{}", part.name));
                    format!("{}{selected}{part}", target.name)
                });
                format!("{urn}{target}")
            }
        }
    }

    #[test]
    fn paths_are_resolved_with_and_without_a_urn() {
        let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        assert_eq!(check("USERNAME", &USER), "userName");
        assert_eq!(check("name.FamilyName", &USER), "name.familyName");
        assert_eq!(check("urn:ietf:params:scim:schemas:core:2.0:User:emails.value", &USER), "emails.value");
        assert_eq!(check(r#"emails[type eq "work"].value"#, &USER), "emails[...].value");
        assert_eq!(check(enterprise, &USER), "EnterpriseUser whole");
        assert_eq!(check(&format!("{enterprise}:manager.value"), &USER), "EnterpriseUser manager.value");
        assert_eq!(check("costCenter", &USER), "EnterpriseUser costCenter");
        let webex = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group.inheritances";
        assert_eq!(check(webex, &GROUP), "WebexIdentityGroup inheritances");
    }

    #[test]
    fn a_path_to_nothing_is_refused_scm_004() {
        insta::assert_snapshot!(check("colour", &USER), @"path: A path in a SCIM filter or patch names an attribute that the resource has (SCM-004; saw `colour`)");
        insta::assert_snapshot!(check("name.colour", &USER), @"path: A path in a SCIM filter or patch names an attribute that the resource has (SCM-004; saw `name.colour`)");
        insta::assert_snapshot!(check("name.familyName.more", &USER), @"path: A path in a SCIM filter or patch names an attribute that the resource has (SCM-004; saw `name.familyName.more`)");
        insta::assert_snapshot!(check("emails[colour eq \"red\"]", &USER), @"path: A path in a SCIM filter or patch names an attribute that the resource has (SCM-004; saw `colour`)");
        insta::assert_snapshot!(check("", &USER), @"path: A SCIM filter is written as RFC 7644 has it (SCM-003; saw ``). Expected the name of an attribute at character 1.");
        insta::assert_snapshot!(check("userName extra", &USER), @"path: A SCIM filter is written as RFC 7644 has it (SCM-003; saw `userName extra`). Expected nothing more at character 10.");
    }
}
