//! The attributes of SCIM users and groups, as one registry.
//!
//! Filters, patches, bodies and the published schemas all read it, so that they cannot disagree. Names are blind to
//! case. Which of them the hub acts upon is not said here.

mod group;
mod user;

pub use group::GROUP;
pub use user::USER;

/// The schema of a patch.
pub const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// The schema of a page of resources.
pub const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// A kind of resource: its own schema and those that extend it.
#[derive(Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// `User` or `Group`.
    pub name: &'static str,
    /// The schema whose attributes stand at the top of a document.
    pub core: &'static Schema,
    /// The schemas whose attributes stand below their ids.
    pub extensions: &'static [&'static Schema],
}

/// A named set of attributes.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// The URN.
    pub id: &'static str,
    /// What it describes.
    pub name: &'static str,
    /// The same in a few words.
    pub description: &'static str,
    /// What it has.
    pub attributes: &'static [Attribute],
}

/// An attribute of a resource, or a part of a complex one.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Whether it has a list of values.
    pub is_many: bool,
    /// Whether clients cannot change it.
    pub is_read_only: bool,
    /// Whether a number from 1 to 15 belongs to the name.
    pub is_numbered: bool,
    /// Whether a document must have it.
    pub is_required: bool,
    /// Whether no two resources have the same value.
    pub is_unique: bool,
    /// Whether its values differ where only their case does.
    pub is_case_exact: bool,
}

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// True or false.
    Flag,
    /// An object with these parts.
    Complex(&'static [Attribute]),
}

const LARGEST_NUMBER: u8 = 15;

impl ResourceType {
    /// The schema itself and those that extend it.
    pub fn schemas(&self) -> impl Iterator<Item = &'static Schema> {
        std::iter::once(self.core).chain(self.extensions.iter().copied())
    }

    /// The extension with this id, in whatever case.
    pub(super) fn extension(&self, id: &str) -> Option<&'static Schema> {
        self.extensions.iter().copied().find(|schema| schema.id.eq_ignore_ascii_case(id))
    }
}

impl Schema {
    /// The attribute with this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        find(self.attributes, name)
    }
}

impl Attribute {
    pub(super) const fn text(name: &'static str) -> Self {
        Self::of(name, Kind::Text)
    }

    pub(super) const fn of(name: &'static str, kind: Kind) -> Self {
        Attribute {
            name,
            kind,
            is_many: false,
            is_read_only: false,
            is_numbered: false,
            is_required: false,
            is_unique: false,
            is_case_exact: false,
        }
    }

    /// The id of a resource.
    pub(super) const fn id() -> Self {
        Attribute { is_unique: true, is_case_exact: true, ..Self::text("id").read_only() }
    }

    pub(super) const fn many(name: &'static str, kind: Kind) -> Self {
        Attribute { is_many: true, ..Self::of(name, kind) }
    }

    pub(super) const fn read_only(self) -> Self {
        Attribute { is_read_only: true, ..self }
    }

    pub(super) const fn required(self) -> Self {
        Attribute { is_required: true, ..self }
    }

    pub(super) const fn unique(self) -> Self {
        Attribute { is_unique: true, ..self }
    }

    pub(super) const fn numbered(self) -> Self {
        Attribute { is_numbered: true, ..self }
    }

    /// The parts of a complex attribute.
    pub fn parts(&self) -> &'static [Attribute] {
        match self.kind {
            Kind::Complex(parts) => parts,
            Kind::Text | Kind::Word(_) | Kind::Flag => &[],
        }
    }

    /// The part with this name.
    pub(super) fn part(&self, name: &str) -> Option<&'static Attribute> {
        find(self.parts(), name)
    }

    /// The name as documents have it, of an attribute that was found by `written`.
    pub(super) fn spelled(&self, written: &str) -> String {
        let digits = written.get(self.name.len()..).filter(|_| self.is_numbered);
        format!("{}{}", self.name, digits.unwrap_or_default())
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        if !self.is_numbered {
            return self.name.eq_ignore_ascii_case(name);
        }
        let Some((front, digits)) = name.split_at_checked(self.name.len()) else { return false };
        let number = digits.parse::<u8>().ok().filter(|number| number.to_string() == digits);
        front.eq_ignore_ascii_case(self.name)
            && number.is_some_and(|number| (1..=LARGEST_NUMBER).contains(&number))
    }
}

fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|attribute| attribute.is_called(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_blind_to_case_and_some_have_a_number() {
        assert_eq!(USER.core.attribute("USERNAME").unwrap().name, "userName");
        let webex = USER.extension("URN:scim:schemas:extension:cisco:webexidentity:2.0:user").unwrap();
        let numbered = webex.attribute("ExtensionAttribute12").unwrap();
        assert_eq!(numbered.spelled("ExtensionAttribute12"), "extensionAttribute12");
        for name in
            ["extensionAttribute", "extensionAttribute0", "extensionAttribute16", "extensionAttribute07"]
        {
            assert_eq!(webex.attribute(name), None, "{name}");
        }
    }
}
