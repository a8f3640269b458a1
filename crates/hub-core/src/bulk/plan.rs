//! A file to changes: each row is the same operations as the API's, tried under a savepoint.

use std::collections::HashMap;
use std::sync::Arc;

use hub_rules::bulk::{
    LOCATION_NAME_IS_KNOWN, LOCATION_OF_A_CALLING_USER_STAYS, PLACE_IS_FOR_CALLING_USERS,
    PREFERRED_SITE_IS_ADVISED, READ_ONLY_CELL_IS_UNCHANGED, SITE_IS_OF_THE_ORGANIZATION,
    USER_TO_DELETE_EXISTS,
};
use hub_rules::licenses::ONE_BASE_PACKAGE;
use hub_rules::subscribers::EMAIL_IS_UNIQUE;
use hub_rules::{Said, advice, notes};

use super::base_licenses::{BaseLicenses, Occasion};
use super::check::{check_mandatory, check_row_count};
use super::columns::{Column, Layout};
use super::differences::{Before, differences};
use super::export::cell_of;
use super::mandatory;
use super::parse::{Row, Sheet};
use super::report::{Plan, PlannedRow, Warning};
use super::row::{Addresses, Fault, UserRow};
use crate::operation::access::ControlHub;
use crate::operation::calling::{self, Placement};
use crate::operation::{people, subscribers};
use crate::record::{ImportBehavior, Location, Organization, Person, RowOutcome, Subscriber};
use crate::{Context, Draft, HubError, Id, Package, PackageSet, Record};

/// A person and a subscriber.
const RECORDS_OF_A_USER: usize = 2;

/// Plans a file: applies each row that is not refused to the draft, and says what became of each.
///
/// Refused as a whole, with the draft untouched, when the caller may not manage users, the file cannot be read,
/// its header is at fault, it has no rows or too many, or it assigns a suspended service.
pub fn plan(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    behavior: ImportBehavior,
    file: &[u8],
) -> Result<Plan, HubError> {
    plan_with_progress(draft, context, organization, behavior, file, |_| {})
}

/// The same; `progress` is told, row by row, at which byte of the file the row begins.
pub fn plan_with_progress(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    behavior: ImportBehavior,
    file: &[u8],
    mut progress: impl FnMut(u64),
) -> Result<Plan, HubError> {
    let control_hub = ControlHub::open_to_manage_users(draft, context, organization)?;
    let mut plan = Plan::default();
    for_each_row(draft, context, &control_hub, behavior, file, |planned, begins_at| {
        progress(begins_at);
        plan.rows.push(planned);
    })?;
    Ok(plan)
}

/// Plans a file without keeping the rows: each is handed on, with the byte of the file where it begins.
pub(super) fn for_each_row(
    draft: &mut Draft,
    context: &Context<'_>,
    control_hub: &ControlHub,
    behavior: ImportBehavior,
    file: &[u8],
    mut hand_on: impl FnMut(PlannedRow, u64),
) -> Result<(), HubError> {
    let layout = Layout::of(control_hub, context.now);
    let mut sheet = Sheet::open(file, &layout)?;
    let mut planner = Planner::new(draft, context, control_hub, behavior, &layout, &sheet);
    let rows = sheet.rows_at_most(context.settings.max_rows);
    let mut whole = Draft::with_room_for(draft, rows * RECORDS_OF_A_USER);
    while let Some(row) = sheet.next_row() {
        check_row_count(&row, context.settings.max_rows)?;
        hand_on(planner.row(&mut whole, &row)?, row.begins_at);
    }
    sheet.finish()?;
    draft.adopt(whole);
    Ok(())
}

/// What stays the same from row to row, and the addresses seen.
struct Planner<'p> {
    context: &'p Context<'p>,
    control_hub: &'p ControlHub,
    behavior: ImportBehavior,
    base: BaseLicenses,
    locations: HashMap<Box<str>, Id<Location>>,
    /// The organization's packages, if the file has a column for each; what it takes to delete (CSV-021).
    deletable_by: Option<PackageSet>,
    addresses: Addresses,
}

/// A user as he was, and what the row makes of him.
struct Candidate {
    before: Option<Arc<Person>>,
    subscriber: Option<Arc<Subscriber>>,
    held: PackageSet,
    wanted: PackageSet,
    warnings: Vec<Warning>,
}

impl<'p> Planner<'p> {
    fn new(
        draft: &Draft,
        context: &'p Context<'p>,
        control_hub: &'p ControlHub,
        behavior: ImportBehavior,
        layout: &Layout,
        sheet: &Sheet<'_>,
    ) -> Self {
        let organization = control_hub.organization.id;
        let has_all = layout.packages().all(|package| sheet.has_column(Column::Package(package)));
        let packages: PackageSet = layout.packages().collect();
        let locations = draft.locations_of(organization).filter(|location| location.exists_at(context.now));
        Planner {
            context,
            control_hub,
            behavior,
            base: BaseLicenses::of(draft, organization),
            locations: locations.map(|location| (location.name.clone(), location.id)).collect(),
            deletable_by: Some(packages).filter(|packages| has_all && !packages.is_empty()),
            addresses: Addresses::with_room_for(sheet.rows_at_most(context.settings.max_rows)),
        }
    }

    /// Tries a row; an error refuses the whole file.
    fn row(&mut self, draft: &mut Draft, row: &Row<'_>) -> Result<PlannedRow, HubError> {
        let mut planned = PlannedRow {
            row: row.number,
            line: row.line,
            email: row.email_cell().into(),
            outcome: RowOutcome::Failed,
            changes: Vec::new(),
            warnings: Vec::new(),
            refusal: None,
        };
        let user = match UserRow::read(row, &mut self.addresses) {
            Ok(user) => user,
            Err(Fault::File(refusal)) => return Err(refusal),
            Err(Fault::Row(refusal)) => {
                planned.refusal = Some(refusal.into());
                return Ok(planned);
            }
        };
        match draft.attempt(|draft| self.apply(draft, row, &user, &mut planned)) {
            Ok(outcome) => planned.outcome = outcome,
            Err(refusal) => {
                self.addresses.release(&user.email);
                planned.changes.clear();
                planned.warnings.clear();
                planned.refusal = Some(row.place_if_absent(refusal).into());
            }
        }
        Ok(planned)
    }

    fn apply(
        &self,
        draft: &mut Draft,
        row: &Row<'_>,
        user: &UserRow<'_>,
        planned: &mut PlannedRow,
    ) -> Result<RowOutcome, HubError> {
        let mut candidate = self.candidate(draft, row, user)?;
        if self.deletes(user) {
            return delete(draft, self.context, row, user, &candidate);
        }
        let mut person = self.person(&candidate, user);
        candidate.wanted = self.wanted_packages(row, user, candidate.held)?;
        self.check_read_only(row, user, &mut candidate)?;
        self.fill_in(row, user, &mut person)?;
        let stays = candidate.wanted == candidate.held && candidate.before.as_deref() == Some(&person);
        if let Some(package) = user.assigned.base().filter(|_| !stays) {
            check_mandatory(row, package, |column| user.fills(column) || mandatory::has(&person, column))?;
        }
        let occasion = candidate.occasion(self.behavior);
        if let Some(rule) = self.base.choose(user, occasion, &mut person) {
            candidate.warn(rule, &notes::GETS_BASE_LICENSES);
        }
        let after = self.write(draft, row, user, &candidate, person)?;
        if user.assigned.base().is_some_and(Package::has_meetings) && after.preferred_site.is_none() {
            candidate.warn(&PREFERRED_SITE_IS_ADVISED, &notes::HAS_NO_PREFERRED_SITE);
        }
        if user.has_place() && !candidate.wanted.iter().any(Package::is_calling) {
            candidate.warn(&PLACE_IS_FOR_CALLING_USERS, &notes::PLACE_IS_IGNORED);
        }
        planned.warnings = candidate.warnings;
        let Some(before) = candidate.before else { return Ok(RowOutcome::Added) };
        let before = Before { person: &before, packages: candidate.held };
        planned.changes = differences(draft, &before, &after);
        Ok(if planned.changes.is_empty() { RowOutcome::Unchanged } else { RowOutcome::Updated })
    }

    /// The user of a row, or a new one. Refused when the address is somebody's in another organization.
    fn candidate(&self, draft: &Draft, row: &Row<'_>, user: &UserRow<'_>) -> Result<Candidate, HubError> {
        let organization = self.control_hub.organization.id;
        let before = draft.person_by_email(&user.email).cloned();
        if before.as_ref().is_some_and(|person| person.organization != organization) {
            return Err(row.broken(&EMAIL_IS_UNIQUE, Some(Column::Email)).saw(&user.email));
        }
        let subscriber = before.as_ref().and_then(|person| draft.subscriber_of(person.id)).cloned();
        let held = subscriber.as_ref().map_or_else(PackageSet::default, |subscriber| subscriber.packages);
        Ok(Candidate { before, subscriber, held, wanted: held, warnings: Vec::new() })
    }

    fn person(&self, candidate: &Candidate, user: &UserRow<'_>) -> Person {
        if let Some(before) = &candidate.before {
            return Person::clone(before);
        }
        let organization = self.control_hub.organization.id;
        Person::new(self.context.ids.next(), organization, user.email.clone(), self.context.now)
    }

    /// Whether the row deletes its user (CSV-021).
    fn deletes(&self, user: &UserRow<'_>) -> bool {
        self.behavior == ImportBehavior::AddAndRemoveServices && self.deletable_by == Some(user.excluded)
    }

    /// The packages that the user has after the row.
    fn wanted_packages(
        &self,
        row: &Row<'_>,
        user: &UserRow<'_>,
        held: PackageSet,
    ) -> Result<PackageSet, HubError> {
        let mut wanted = held;
        if self.behavior == ImportBehavior::AddAndRemoveServices {
            wanted = user.excluded.iter().fold(wanted, PackageSet::without);
        }
        if let (Some(new), Some(old)) = (user.assigned.base(), wanted.base())
            && new != old
        {
            if self.behavior == ImportBehavior::AddServicesOnly {
                let refusal = row.broken(&ONE_BASE_PACKAGE, Some(Column::Package(new))).saw(old.title());
                return Err(refusal.advise(&advice::IMPORT_WITH_REMOVAL));
            }
            wanted = wanted.without(old);
        }
        Ok(user.assigned.iter().fold(wanted, PackageSet::with))
    }

    /// A changed read-only cell is ignored with a warning, in strict mode refused (CSV-016).
    fn check_read_only(
        &self,
        row: &Row<'_>,
        user: &UserRow<'_>,
        candidate: &mut Candidate,
    ) -> Result<(), HubError> {
        for (column, cell) in &user.read_only {
            let own = candidate.before.as_ref().map(|person| cell_of(person, *column)).unwrap_or_default();
            if own == *cell {
                continue;
            }
            if self.context.settings.is_strict {
                return Err(row.broken(&READ_ONLY_CELL_IS_UNCHANGED, Some(*column)).saw(cell));
            }
            let note = notes::READ_ONLY_CELL_IS_IGNORED.with("column", column.name()).with("cell", *cell);
            candidate.warn(&READ_ONLY_CELL_IS_UNCHANGED, note);
        }
        Ok(())
    }

    /// Names, site and attributes; blank cells change nothing (CSV-022).
    fn fill_in(&self, row: &Row<'_>, user: &UserRow<'_>, person: &mut Person) -> Result<(), HubError> {
        let names = [
            (&mut person.first_name, user.first_name),
            (&mut person.last_name, user.last_name),
            (&mut person.display_name, user.display_name),
        ];
        for (name, cell) in names {
            if cell.is_some() && name.as_deref() != cell {
                *name = cell.map(Box::from);
            }
        }
        if let Some(site) = user.preferred_site {
            let own = self.control_hub.organization.sites.iter().find(|own| ***own == *site);
            let foreign = || row.broken(&SITE_IS_OF_THE_ORGANIZATION, Some(Column::PreferredSite)).saw(site);
            person.preferred_site = Some(own.ok_or_else(foreign)?.clone());
        }
        for (attribute, cell) in &user.attributes {
            if person.attribute(*attribute) != Some(*cell) {
                person.set_attribute(*attribute, cell);
            }
        }
        Ok(())
    }

    fn location(&self, row: &Row<'_>, user: &UserRow<'_>) -> Result<Option<Id<Location>>, HubError> {
        let Some(name) = user.location else { return Ok(None) };
        let known = self.locations.get(name).copied();
        known.map(Some).ok_or_else(|| row.broken(&LOCATION_NAME_IS_KNOWN, Some(Column::Location)).saw(name))
    }

    /// Writes the user; gives him as he is now.
    fn write(
        &self,
        draft: &mut Draft,
        row: &Row<'_>,
        user: &UserRow<'_>,
        candidate: &Candidate,
        mut person: Person,
    ) -> Result<Arc<Person>, HubError> {
        let id = person.id;
        let location = self.location(row, user)?;
        let placement = Placement { location, phone_number: user.phone_number, extension: user.extension };
        if person.is_calling_user() && candidate.wanted.iter().any(Package::is_calling) {
            self.move_calling_user(draft, row, user, placement, &mut person)?;
        }
        let customer = &self.control_hub.customer;
        if candidate.wanted.is_empty() || candidate.wanted == candidate.held {
            if candidate.before.as_deref() != Some(&person) {
                person.modified = self.context.now;
                draft.put(Record::Person(person.into()));
            }
            if let Some(subscriber) = candidate.subscriber.as_ref().filter(|_| candidate.wanted.is_empty()) {
                subscribers::unassign(draft, self.context, customer, subscriber);
            }
        } else {
            subscribers::assign(draft, self.context, customer, person, candidate.wanted, || Ok(placement))
                .map_err(|refusal| {
                    let is_of_package = refusal.field() == Some("package");
                    let column = user.assigned.iter().next().filter(|_| is_of_package).map(Column::Package);
                    row.place(refusal, column)
                })?;
        }
        Ok(draft.person(id).expect("just written").clone())
    }

    /// A calling user may change number and extension by a file, but not the location (CSV-025).
    fn move_calling_user(
        &self,
        draft: &Draft,
        row: &Row<'_>,
        user: &UserRow<'_>,
        asked: Placement,
        person: &mut Person,
    ) -> Result<(), HubError> {
        let present = Placement::of(person);
        if asked.location.is_some() && asked.location != present.location {
            let refusal = row.broken(&LOCATION_OF_A_CALLING_USER_STAYS, Some(Column::Location));
            return Err(refusal.saw(user.location.unwrap_or_default()));
        }
        let wanted = Placement {
            location: present.location,
            phone_number: asked.phone_number.or(present.phone_number),
            extension: asked.extension.or(present.extension),
        };
        if wanted != present {
            calling::check(draft, self.context, person.organization, person.id, wanted)
                .map_err(|refusal| row.place(refusal, None))?;
            wanted.apply_to(person);
        }
        Ok(())
    }
}

impl Candidate {
    fn occasion(&self, behavior: ImportBehavior) -> Occasion {
        Occasion {
            behavior,
            gains_package: self.wanted.iter().any(|package| !self.held.contains(package)),
            is_empty_add: self.before.is_none() && self.wanted.is_empty(),
        }
    }

    fn warn(&mut self, rule: &'static hub_rules::Rule, note: impl Into<Said>) {
        self.warnings.push(Warning { rule, note: note.into() });
    }
}

fn delete(
    draft: &mut Draft,
    context: &Context<'_>,
    row: &Row<'_>,
    user: &UserRow<'_>,
    candidate: &Candidate,
) -> Result<RowOutcome, HubError> {
    let Some(person) = &candidate.before else {
        return Err(row.broken(&USER_TO_DELETE_EXISTS, Some(Column::Email)).saw(&user.email));
    };
    people::take_away(draft, context, person);
    Ok(RowOutcome::Removed)
}
