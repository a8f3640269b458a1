//! Files out: the template, and the present users in the same columns.

use crate::operation::access::ControlHub;
use crate::record::{Attribute, LicenseKind, Organization, Person};
use crate::{Context, HubError, Id, Package, PackageSet, World};

use super::attributes;
use super::columns::{Column, Layout};

/// What of users an export has, besides the key column (CSV-048).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ExportContent {
    /// Names, places and all else but services.
    Attributes,
    /// Packages and base licences.
    Licenses,
    /// Both.
    #[default]
    All,
}

impl ExportContent {
    /// Each choice.
    pub const ALL: [ExportContent; 3] =
        [ExportContent::Attributes, ExportContent::Licenses, ExportContent::All];

    /// The word for it in addresses.
    pub fn name(self) -> &'static str {
        match self {
            ExportContent::Attributes => "attributes",
            ExportContent::Licenses => "licenses",
            ExportContent::All => "all",
        }
    }

    fn has(self, column: Column) -> bool {
        column == Column::Email
            || match self {
                ExportContent::Attributes => !column.is_service(),
                ExportContent::Licenses => column.is_service(),
                ExportContent::All => true,
            }
    }
}

/// The header of an organization's file, with two sample users.
///
/// Refused when the caller does not see the organization (CUS-015).
pub fn template(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Result<Vec<u8>, HubError> {
    let control_hub = ControlHub::open(world, context, organization)?;
    let layout = Layout::of(&control_hub, context.now);
    let location = world.locations_of(organization).next().map_or("", |location| &*location.name);
    let site = control_hub.organization.sites.first().map_or("", |site| &**site);
    let usable = layout.columns().filter(|(_, is_suspended)| !is_suspended);
    let packages: Vec<Package> = usable.filter_map(|(column, _)| column.package()).collect();
    let mut writer = Writer::new();
    writer.row(layout.headers().map(|(_, header)| header));
    for (position, (first, last)) in [("John", "Doe"), ("Jane", "Doe")].into_iter().enumerate() {
        let package = packages.get(position).copied();
        let email = format!("{first}.{last}@example.com").to_lowercase();
        writer.row(layout.headers().map(|(column, _)| match column {
            Column::FirstName => first.to_owned(),
            Column::LastName => last.to_owned(),
            Column::DisplayName => format!("{first} {last}"),
            Column::Email => email.clone(),
            Column::Extension if package.is_some_and(Package::is_calling) => {
                format!("{}", 5001 + position)
            }
            Column::Location if package.is_some_and(Package::is_calling) => location.to_owned(),
            Column::PreferredSite => site.to_owned(),
            Column::Package(of_column) => truth(Some(of_column) == package),
            _ => String::new(),
        }));
    }
    Ok(writer.finish())
}

/// The present users of an organization, oldest first. Importing it unchanged changes nothing.
///
/// A user without a package has blank package cells: FALSE in all of them would delete him (CSV-021). So has the
/// holder of a suspended package under it: TRUE there would refuse the file (CSV-008).
/// Refused when the caller does not see the organization (CUS-015).
pub fn export(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    content: ExportContent,
) -> Result<Vec<u8>, HubError> {
    let control_hub = ControlHub::open(world, context, organization)?;
    let layout = Layout::of(&control_hub, context.now);
    let has_own_caller_names = attributes::has_own_caller_names(&control_hub.customer);
    let columns: Vec<(Column, bool)> = layout.columns().filter(|(column, _)| content.has(*column)).collect();
    let mut writer = Writer::new();
    writer.row(layout.headers().filter(|(column, _)| content.has(*column)).map(|(_, header)| header));
    for person in world.people_of(organization) {
        let subscriber = world.subscriber_of(person.id);
        let held = subscriber.map_or_else(PackageSet::default, |subscriber| subscriber.packages);
        writer.row(columns.iter().map(|(column, is_suspended)| match *column {
            Column::Package(package) if *is_suspended && held.contains(package) => String::new(),
            Column::Location => {
                let location = person.location.and_then(|id| world.location(id));
                location.map(|location| location.name.to_string()).unwrap_or_default()
            }
            Column::Attribute(name @ (Attribute::CallerIdFirstName | Attribute::CallerIdLastName))
                if has_own_caller_names =>
            {
                let own = attributes::own_name(person, name).filter(|_| person.is_calling_user());
                own.unwrap_or_default().to_owned()
            }
            Column::Package(_) if held.is_empty() => String::new(),
            Column::Package(package) => truth(held.contains(package)),
            Column::BaseLicense(kind) => truth(holds(world, person, kind)),
            column => cell_of(person, column),
        }));
    }
    Ok(writer.finish())
}

fn holds(world: &World, person: &Person, kind: LicenseKind) -> bool {
    let held = person.licenses.iter().filter_map(|id| world.license(*id));
    held.into_iter().any(|license| license.package.is_none() && license.kind == kind)
}

/// What the person's record alone says of a column; blank for the others.
pub(super) fn cell_of(person: &Person, column: Column) -> String {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    match column {
        Column::FirstName => text(person.first_name.as_deref()),
        Column::LastName => text(person.last_name.as_deref()),
        Column::DisplayName => text(person.display_name.as_deref()),
        Column::Email => person.email.to_string(),
        Column::Status => person.status.title().to_owned(),
        Column::Extension => person.extension.map(|extension| extension.to_string()).unwrap_or_default(),
        Column::PhoneNumber => person.phone_number.map(|number| number.to_string()).unwrap_or_default(),
        Column::PreferredSite => text(person.preferred_site.as_deref()),
        Column::Attribute(attribute) => person.attribute(attribute).unwrap_or_default().to_owned(),
        Column::LastServiceAccess | Column::DaysSinceServiceAccess => String::new(),
        Column::Location | Column::Package(_) | Column::BaseLicense(_) | Column::Error(_) => String::new(),
    }
}

fn truth(is_true: bool) -> String {
    if is_true { "TRUE" } else { "FALSE" }.to_owned()
}

/// A CSV in memory, which cannot fail.
pub(super) struct Writer {
    csv: csv::Writer<Vec<u8>>,
}

impl Writer {
    pub(super) fn new() -> Self {
        Writer { csv: csv::Writer::from_writer(Vec::new()) }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        self.csv.write_record(cells).expect("writing rows of one length to memory does not fail");
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.csv.into_inner().expect("flushing to memory does not fail")
    }
}
