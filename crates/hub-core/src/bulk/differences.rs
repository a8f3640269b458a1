//! What changed for a user, column by column.

use super::columns::{Column, Layout};
use super::export::cell_of;
use super::report::CellChange;
use crate::record::Person;
use crate::{PackageSet, World};

/// A user as he was: the person and his packages.
pub(super) struct Before<'a> {
    pub(super) person: &'a Person,
    pub(super) packages: PackageSet,
}

/// What is different for the user now.
pub(super) fn differences(world: &World, before: &Before<'_>, after: &Person) -> Vec<CellChange> {
    let subscriber = world.subscriber_of(after.id);
    let packages = subscriber.map_or_else(PackageSet::default, |subscriber| subscriber.packages);
    if before.person == after && before.packages == packages {
        return Vec::new();
    }
    let plain = Layout::fixed().filter(|column| !column.is_read_only() && *column != Column::Location);
    let mut changes: Vec<CellChange> = plain
        .filter_map(|column| change(column.name(), cell_of(before.person, column), cell_of(after, column)))
        .collect();
    let location = Column::Location.name();
    changes.extend(change(location, location_of(world, before.person), location_of(world, after)));
    changes.extend(change("Package", titles(before.packages), titles(packages)));
    changes.extend(change("Base licences", base_of(world, before.person), base_of(world, after)));
    changes
}

fn change(column: &'static str, from: String, to: String) -> Option<CellChange> {
    let filled = |text: String| Some(text.into_boxed_str()).filter(|text| !text.is_empty());
    (from != to).then(|| CellChange { column, from: filled(from), to: filled(to) })
}

fn location_of(world: &World, person: &Person) -> String {
    let location = person.location.and_then(|id| world.location(id));
    location.map(|location| location.name.to_string()).unwrap_or_default()
}

fn titles(packages: PackageSet) -> String {
    packages.iter().map(crate::Package::title).collect::<Vec<_>>().join(", ")
}

fn base_of(world: &World, person: &Person) -> String {
    let licenses = person.licenses.iter().filter_map(|id| world.license(*id));
    let base = licenses.filter(|license| license.package.is_none());
    base.map(|license| license.kind.title()).collect::<Vec<_>>().join(", ")
}
