//! The attributes of a SCIM group: those of the standard and of Webex.

use super::user::META;
use super::{Attribute, Kind, ResourceType, Schema};

/// A group.
pub const GROUP: ResourceType = ResourceType { name: "Group", core: &CORE, extensions: &[&WEBEX] };

const CORE: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:Group",
    name: "Group",
    description: "Group",
    attributes: &[
        Attribute::many("schemas", Kind::Text).required(),
        Attribute::id(),
        Attribute::text("displayName").required(),
        Attribute::text("externalId"),
        Attribute::many("members", Kind::Complex(MEMBER)),
        Attribute::of("meta", Kind::Complex(META)).read_only(),
    ],
};

const WEBEX: Schema = Schema {
    id: "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group",
    name: "WebexIdentityGroup",
    description: "What Webex adds to a group",
    attributes: &[
        Attribute::text("usage"),
        Attribute::many("owners", Kind::Complex(&[Attribute::text("value").required()])),
        Attribute::many("managedBy", Kind::Complex(DELEGATE)),
        Attribute::many("inheritances", Kind::Complex(INHERITANCE)),
        Attribute::text("provisionSource").read_only(),
        Attribute::of("meta", Kind::Complex(&[Attribute::text("organizationID")])).read_only(),
    ],
};

pub(super) const MEMBER: &[Attribute] = &[
    Attribute::text("value").required(),
    Attribute::text("type"),
    Attribute::text("display").read_only(),
    Attribute::text("$ref").read_only(),
];

const DELEGATE: &[Attribute] =
    &[Attribute::text("orgId"), Attribute::text("type"), Attribute::text("id"), Attribute::text("role")];

const INHERITANCE: &[Attribute] = &[
    Attribute::of("type", Kind::Word(&["role"])),
    Attribute::text("value"),
    Attribute::of("nested", Kind::Flag),
    Attribute::many("scope", Kind::Text),
];
