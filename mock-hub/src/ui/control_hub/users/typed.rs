//! Users who have been typed but are not added yet.
//!
//! Between the pages of the wizard they travel in hidden fields, one for each user, so that the server keeps nothing.

use hub_core::operation::users::NewUser;

use super::choices;
use crate::ui::form::Form;

/// What can be typed of a user, besides attributes.
const FIELDS: [&str; 8] =
    ["firstName", "lastName", "displayName", "email", "package", "locationId", "phoneNumber", "extension"];
/// What the fields of the next user begin with.
const KEPT: [&str; 2] = ["package", "locationId"];
const ATTRIBUTE: &str = "attributes.";

/// The fields of a form that are about a user.
pub(super) fn of(form: &Form) -> Form {
    Form::with(form.values().filter(|(name, value)| is_of_user(name) && !value.trim().is_empty()))
}

/// The fields for the next user: package and location are mostly those of the last one.
pub(super) fn next_to(form: &Form) -> Form {
    Form::with(form.values().filter(|(name, _)| KEPT.contains(name)))
}

/// Whether nothing of a user has been typed.
pub(super) fn is_blank(user: &Form) -> bool {
    user.values().all(|(name, _)| KEPT.contains(&name))
}

/// A user as the value of a hidden field.
pub(super) fn written(user: &Form) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(user.values()).finish()
}

/// The user in a hidden field.
pub(super) fn read(text: &str) -> Form {
    let values: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
    of(&Form::with(values.iter().map(|(name, value)| (&**name, &**value))))
}

/// The user as the hub is asked to add him.
pub(super) fn new_user(user: &Form) -> NewUser {
    let text = |name| user.given(name).map(Into::into);
    let attribute = |(name, value): (&str, &str)| Some((name.strip_prefix(ATTRIBUTE)?.into(), value.into()));
    NewUser {
        email: user.value("email").into(),
        first_name: text("firstName"),
        last_name: text("lastName"),
        display_name: text("displayName"),
        package: text("package"),
        placement: choices::placement(user),
        attributes: user.values().filter_map(attribute).collect(),
    }
}

/// The name of the field of an attribute.
pub(super) fn field_of(attribute: &str) -> String {
    format!("{ATTRIBUTE}{attribute}")
}

fn is_of_user(name: &str) -> bool {
    FIELDS.contains(&name) || name.starts_with(ATTRIBUTE)
}
