//! The attributes of a SCIM user: those of the standard, of the enterprise extension and of Webex.

use super::{Attribute, Kind, ResourceType, Schema};

/// A user.
pub const USER: ResourceType = ResourceType { name: "User", core: &CORE, extensions: &[&WEBEX, &ENTERPRISE] };

const CORE: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:User",
    name: "User",
    description: "User account",
    attributes: &[
        Attribute::many("schemas", Kind::Text).required(),
        Attribute::id(),
        Attribute::text("userName").required().unique(),
        Attribute::of("active", Kind::Flag),
        Attribute::many("roles", Kind::Complex(ROLE)),
        Attribute::of("name", Kind::Complex(NAME)),
        Attribute::text("displayName"),
        Attribute::text("nickName"),
        Attribute::many("emails", Kind::Complex(EMAIL)),
        Attribute::of("userType", Kind::Word(&["user", "room", "external_calling", "calling_service"]))
            .required(),
        Attribute::text("profileUrl"),
        Attribute::text("title"),
        Attribute::text("preferredLanguage"),
        Attribute::text("locale"),
        Attribute::text("externalId"),
        Attribute::text("timezone"),
        Attribute::many("phoneNumbers", Kind::Complex(PHONE_NUMBER)),
        Attribute::many("photos", Kind::Complex(PHOTO)),
        Attribute::many("addresses", Kind::Complex(ADDRESS)),
        Attribute::many("groups", Kind::Complex(super::group::MEMBER)).read_only(),
        Attribute::of("meta", Kind::Complex(META)).read_only(),
    ],
};

const ENTERPRISE: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    description: "Enterprise User",
    attributes: &[
        Attribute::text("costCenter"),
        Attribute::text("organization"),
        Attribute::text("division"),
        Attribute::text("department"),
        Attribute::text("employeeNumber"),
        Attribute::of("manager", Kind::Complex(MANAGER)),
    ],
};

const WEBEX: Schema = Schema {
    id: "urn:scim:schemas:extension:cisco:webexidentity:2.0:User",
    name: "WebexIdentityUser",
    description: "What Webex adds to a user",
    attributes: &[
        Attribute::many("accountStatus", Kind::Text).read_only(),
        Attribute::many("sipAddresses", Kind::Complex(SIP_ADDRESS)),
        Attribute::many("managedOrgs", Kind::Complex(MANAGED_ORG)),
        Attribute::many("managedGroups", Kind::Complex(MANAGED_GROUP)),
        Attribute::many("extensionAttribute", Kind::Text).numbered(),
        Attribute::many("externalAttribute", Kind::Complex(EXTERNAL)).numbered(),
        Attribute::of("meta", Kind::Complex(&[Attribute::text("organizationId")])).read_only(),
    ],
};

const NAME: &[Attribute] = &[
    Attribute::text("givenName"),
    Attribute::text("familyName"),
    Attribute::text("middleName"),
    Attribute::text("honorificPrefix"),
    Attribute::text("honorificSuffix"),
];

const ROLE: &[Attribute] =
    &[Attribute::text("value").required(), Attribute::text("type"), Attribute::text("display")];

const EMAIL: &[Attribute] = &labelled(Kind::Word(&["work", "home", "room", "other"]));

const PHONE_NUMBER: &[Attribute] =
    &labelled(Kind::Word(&["work", "home", "mobile", "work_extension", "fax", "pager", "other"]));

const PHOTO: &[Attribute] = &labelled(Kind::Word(&["photo", "thumbnail", "resizable"]));

const SIP_ADDRESS: &[Attribute] = &labelled(Kind::Word(&["enterprise"]));

/// A value with its type, a label and whether it is the one to use.
const fn labelled(kind: Kind) -> [Attribute; 4] {
    [
        Attribute::text("value").required(),
        Attribute::of("type", kind),
        Attribute::text("display"),
        Attribute::of("primary", Kind::Flag),
    ]
}

const ADDRESS: &[Attribute] = &[
    Attribute::text("type"),
    Attribute::text("streetAddress"),
    Attribute::text("locality"),
    Attribute::text("region"),
    Attribute::text("postalCode"),
    Attribute::text("country"),
];

const MANAGER: &[Attribute] = &[
    Attribute::text("value").required(),
    Attribute::text("displayName").read_only(),
    Attribute::text("$ref").read_only(),
];

const MANAGED_ORG: &[Attribute] = &[Attribute::text("orgId").required(), Attribute::text("role").required()];

const MANAGED_GROUP: &[Attribute] = &[
    Attribute::text("orgId").required(),
    Attribute::text("groupId").required(),
    Attribute::text("role").required(),
];

const EXTERNAL: &[Attribute] = &[Attribute::text("source").required(), Attribute::text("value").required()];

pub(super) const META: &[Attribute] = &[
    Attribute::text("resourceType"),
    Attribute::text("created"),
    Attribute::text("lastModified"),
    Attribute::text("version"),
    Attribute::text("location"),
];
