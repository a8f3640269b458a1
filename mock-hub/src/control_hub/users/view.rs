//! A user as Control Hub shows him, in lists and alone.

use std::collections::BTreeMap;

use hub_core::operation::roles;
use hub_core::record::{Fault, Person, PersonStatus};
use hub_core::{Package, World};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::wire_id::{self, WireId};

/// The words for the states of users.
pub(crate) const STATUSES: [(&str, PersonStatus); 3] = [
    ("active", PersonStatus::Active),
    ("pending", PersonStatus::Pending),
    ("suspended", PersonStatus::Suspended),
];

/// A user as Control Hub lists him.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserView<'a> {
    id: WireId,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    display_name: String,
    status: &'static str,
    is_external: bool,
    packages: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscriber_id: Option<WireId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_site: Option<&'a str>,
    licenses: Vec<LicenseView>,
    /// Roles, by their ids.
    roles: Vec<&'static str>,
    /// Further attributes by their names.
    attributes: BTreeMap<&'static str, &'a str>,
    /// Whether the directory of the organization lists the user.
    is_of_directory: bool,
    /// What went wrong with the package; only unassigning it and assigning it again clears it.
    errors: Vec<PackageErrorView<'a>>,
    created: String,
    last_modified: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserPackageError)]
struct PackageErrorView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    description: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserLocation)]
struct LocationView<'a> {
    id: WireId,
    name: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserLicense)]
struct LicenseView {
    id: WireId,
    name: &'static str,
}

impl<'a> UserView<'a> {
    pub(super) fn of(world: &'a World, person: &'a Person) -> Self {
        let subscriber = world.subscriber_of(person.id);
        let location = person.location.and_then(|id| world.location(id));
        let status = STATUSES.iter().find(|(_, status)| *status == person.status);
        let licenses = person.licenses.iter().filter_map(|id| world.license(*id));
        UserView {
            id: wire_id::of(person.id),
            email: person.email.as_str(),
            first_name: person.first_name.as_deref(),
            last_name: person.last_name.as_deref(),
            display_name: person.shown_name(),
            status: status.map_or("", |(name, _)| name),
            is_external: person.is_external,
            packages: subscriber.map(|it| it.packages.iter().map(Package::id).collect()).unwrap_or_default(),
            subscriber_id: subscriber.map(|subscriber| wire_id::of(subscriber.id)),
            location: location
                .map(|location| LocationView { id: wire_id::of(location.id), name: &location.name }),
            phone_number: person.phone_number.map(|number| number.to_string()),
            extension: person.extension.map(|extension| extension.to_string()),
            preferred_site: person.preferred_site.as_deref(),
            licenses: licenses
                .map(|license| LicenseView {
                    id: wire_id::of_license(world, license),
                    name: license.kind.title(),
                })
                .collect(),
            roles: person.roles.iter().map(|role| roles::of(role).id).collect(),
            attributes: person.attributes.iter().map(|(name, value)| (name.name(), &**value)).collect(),
            is_of_directory: person.is_of_directory,
            errors: subscriber
                .map(|it| it.errors.iter().map(PackageErrorView::from).collect())
                .unwrap_or_default(),
            created: person.created.to_string(),
            last_modified: person.last_modified().to_string(),
        }
    }
}

impl<'a> From<&'a Fault> for PackageErrorView<'a> {
    fn from(fault: &'a Fault) -> Self {
        PackageErrorView { error_code: fault.code, description: &fault.description }
    }
}
