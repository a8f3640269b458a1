//! The form of SCIM bodies in the OpenAPI document, made from hub-core's registry of attributes.

use hub_core::scim::schema::{Attribute, GROUP, Kind, PATCH, ResourceType, USER};
use serde_json::json;
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder};
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A user as a document.
#[derive(Debug)]
pub(super) enum UserDocument {}

/// A group as a document.
#[derive(Debug)]
pub(super) enum GroupDocument {}

/// A patch of a user or group.
#[derive(Debug)]
pub(super) enum PatchDocument {}

impl PartialSchema for UserDocument {
    fn schema() -> RefOr<Schema> {
        of_resource(&USER)
    }
}

impl ToSchema for UserDocument {
    fn name() -> std::borrow::Cow<'static, str> {
        "ScimUser".into()
    }
}

impl PartialSchema for GroupDocument {
    fn schema() -> RefOr<Schema> {
        of_resource(&GROUP)
    }
}

impl ToSchema for GroupDocument {
    fn name() -> std::borrow::Cow<'static, str> {
        "ScimGroup".into()
    }
}

impl PartialSchema for PatchDocument {
    fn schema() -> RefOr<Schema> {
        let verbs = ObjectBuilder::new().schema_type(Type::String);
        let verbs = verbs.enum_values(Some(["add", "replace", "remove"]));
        let operation = ObjectBuilder::new()
            .property("op", verbs)
            .property("path", text())
            .property("value", Schema::Object(Object::new()))
            .required("op");
        let schemas = ArrayBuilder::new().items(text()).examples([json!([PATCH])]);
        ObjectBuilder::new()
            .property("schemas", schemas)
            .property("Operations", ArrayBuilder::new().items(operation))
            .required("schemas")
            .required("Operations")
            .into()
    }
}

impl ToSchema for PatchDocument {
    fn name() -> std::borrow::Cow<'static, str> {
        "ScimPatch".into()
    }
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn of_resource(of: &ResourceType) -> RefOr<Schema> {
    let mut object = of_attributes(of.core.attributes);
    for extension in of.extensions {
        object = object.property(extension.id, of_attributes(extension.attributes));
    }
    object.into()
}

fn of_attributes(attributes: &[Attribute]) -> ObjectBuilder {
    let mut object = ObjectBuilder::new();
    for attribute in attributes {
        if attribute.is_numbered {
            object = object.additional_properties(Some(AdditionalProperties::FreeForm(true)));
            continue;
        }
        let single = of_kind(attribute);
        object = match attribute.is_many {
            true => object.property(attribute.name, ArrayBuilder::new().items(single)),
            false => object.property(attribute.name, single),
        };
        if attribute.is_required {
            object = object.required(attribute.name);
        }
    }
    object
}

fn of_kind(attribute: &Attribute) -> ObjectBuilder {
    match attribute.kind {
        Kind::Text => text(),
        Kind::Word(words) => text().enum_values(Some(words.iter().copied())),
        Kind::Flag => ObjectBuilder::new().schema_type(Type::Boolean),
        Kind::Complex(parts) => of_attributes(parts),
    }
}
