//! A file to changes: each row is the same operations as the API's, tried under a savepoint, one after the other (CSV-040).

use std::sync::Arc;

use hub_rules::bulk::{
    NEW_USER_GETS_AUTOMATIC_LICENSES, PLACE_IS_FOR_CALLING_USERS, PREFERRED_SITE_IS_ADVISED,
    USER_TO_DELETE_EXISTS,
};
use hub_rules::licenses::{ADD_ON_NEEDS_ITS_BASE, ONE_BASE_PACKAGE};
use hub_rules::subscribers::PACKAGE_IN_ERROR_IS_REASSIGNED;
use hub_rules::{advice, notes};

use super::attributes;
use super::base_licenses::BaseLicenses;
use super::candidate::Candidate;
use super::check::{check_mandatory, check_row_count};
use super::columns::{Column, Layout};
use super::differences::{Before, differences};
use super::mandatory;
use super::parse::{Row, Sheet};
use super::place::{self, Places};
use super::report::{Plan, PlannedRow};
use super::row::{Addresses, Fault, UserRow};
use crate::operation::access::{ControlHub, Errand};
use crate::operation::license_changes::Goal;
use crate::operation::{automatic_licenses, packages, people, subscribers};
use crate::record::{ImportBehavior, Organization, Person, RowOutcome};
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
    let control_hub = ControlHub::open_for(draft, context, organization, Errand::ManageUsers)?;
    let mut plan = Plan::default();
    for_each_row(draft, context, &control_hub, behavior, file, Additions::Shown, |planned, row| {
        progress(row.begins_at as u64);
        plan.rows.push(planned);
    })?;
    Ok(plan)
}

/// Plans a file without keeping the rows: each is handed on. Gives the header of the file.
pub(super) fn for_each_row<'a>(
    draft: &mut Draft,
    context: &Context<'a>,
    control_hub: &ControlHub,
    behavior: ImportBehavior,
    file: &'a [u8],
    additions: Additions,
    mut hand_on: impl FnMut(PlannedRow, &Row<'_>),
) -> Result<Box<[Box<str>]>, HubError> {
    let layout = Layout::of(control_hub, context.now);
    let mut sheet = Sheet::open(file, &layout)?;
    let mut planner = Planner::new(draft, context, control_hub, behavior, &layout, &sheet);
    planner.additions = additions;
    let rows = sheet.rows_at_most(context.settings.max_rows);
    let mut whole = Draft::with_room_for(draft, rows * RECORDS_OF_A_USER);
    while let Some(row) = sheet.next_row() {
        check_row_count(&row, context.settings.max_rows)?;
        hand_on(planner.row(&mut whole, &row)?, &row);
    }
    sheet.finish()?;
    draft.adopt(whole);
    Ok(sheet.header())
}

/// What stays the same from row to row, and the addresses seen.
pub(super) struct Planner<'p> {
    pub(super) context: Context<'p>,
    control_hub: ControlHub,
    behavior: ImportBehavior,
    base: BaseLicenses,
    places: Places,
    has_own_caller_names: bool,
    /// The organization's packages, if the file has a column for each; what it takes to delete (CSV-021).
    deletable_by: Option<PackageSet>,
    pub(super) addresses: Addresses<'p>,
    additions: Additions,
}

/// Whether it is told what new users get: an import does not keep it, and it takes a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Additions {
    Shown,
    Hidden,
}

impl<'p> Planner<'p> {
    pub(super) fn new(
        draft: &Draft,
        context: &Context<'p>,
        control_hub: &ControlHub,
        behavior: ImportBehavior,
        layout: &Layout,
        sheet: &Sheet<'p>,
    ) -> Self {
        let organization = control_hub.organization.id;
        let has_all = layout.packages().all(|package| sheet.has_column(Column::Package(package)));
        let packages: PackageSet = layout.packages().collect();
        Planner {
            context: context.at(context.now),
            control_hub: control_hub.clone(),
            behavior,
            base: BaseLicenses::of(draft, organization),
            places: Places::of(draft, context, organization),
            has_own_caller_names: attributes::has_own_caller_names(&control_hub.customer),
            deletable_by: Some(packages).filter(|packages| has_all && !packages.is_empty()),
            addresses: Addresses::with_room_for(sheet.rows_at_most(context.settings.max_rows)),
            additions: Additions::Hidden,
        }
    }

    /// Tries a row; an error refuses the whole file.
    pub(super) fn row(&mut self, draft: &mut Draft, row: &Row<'p>) -> Result<PlannedRow, HubError> {
        let mut planned = PlannedRow::of(row);
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
        let organization = &self.control_hub.organization;
        let mut candidate = Candidate::find(draft, &self.context, organization.id, row, user)?;
        if self.deletes(user) {
            return delete(draft, &self.context, row, &candidate);
        }
        let mut person = candidate.person(&self.context, organization.id);
        candidate.wanted = self.wanted_packages(row, user, candidate.held)?;
        candidate.check_read_only(&self.context, row, user)?;
        place::check_removals(row, user, candidate.before.as_deref())?;
        let has_own_caller_names = self.has_own_caller_names;
        attributes::fill_in(organization, has_own_caller_names, row, user, &mut candidate, &mut person)?;
        let stays = candidate.wanted == candidate.held && candidate.before.as_deref() == Some(&person);
        if let Some(package) = user.assigned.base().filter(|_| !stays) {
            check_mandatory(row, package, |column| user.fills(column) || mandatory::has(&person, column))?;
        }
        let automatic = self.automatic(draft, user, &candidate, &mut person);
        let occasion = candidate.occasion(self.behavior, automatic.as_ref());
        if let Some(rule) = self.base.choose(user, occasion, &mut person) {
            candidate.warn(rule, &notes::GETS_BASE_LICENSES);
        }
        if let Some(automatic) = automatic.filter(|automatic| !automatic.packages.is_empty()) {
            candidate.wanted = automatic.packages;
            candidate.warn(&NEW_USER_GETS_AUTOMATIC_LICENSES, &notes::GETS_AUTOMATIC_PACKAGE);
        }
        let after = self.write(draft, row, user, &candidate, person)?;
        if user.assigned.base().is_some_and(Package::has_meetings) && after.preferred_site.is_none() {
            candidate.warn(&PREFERRED_SITE_IS_ADVISED, &notes::HAS_NO_PREFERRED_SITE);
        }
        if user.has_place() && !candidate.wanted.iter().any(Package::is_calling) {
            candidate.warn(&PLACE_IS_FOR_CALLING_USERS, &notes::PLACE_IS_IGNORED);
        }
        place::warn_of_inactive(draft, &mut candidate, &after);
        planned.warnings = candidate.warnings;
        let is_new = candidate.before.is_none();
        if is_new && self.additions == Additions::Hidden {
            return Ok(RowOutcome::Added);
        }
        let nobody = || Person::new(after.id, after.organization, after.email.clone(), after.created).into();
        let before = candidate.before.unwrap_or_else(nobody);
        let before = Before { person: &before, packages: candidate.held };
        planned.changes = differences(draft, &before, &after);
        if is_new {
            return Ok(RowOutcome::Added);
        }
        Ok(if planned.changes.is_empty() { RowOutcome::Unchanged } else { RowOutcome::Updated })
    }

    /// The automatic licences, if they are for the row's user: new, without any service by the row (CSV-030).
    fn automatic(
        &self,
        draft: &Draft,
        user: &UserRow<'_>,
        candidate: &Candidate,
        person: &mut Person,
    ) -> Option<Goal> {
        let has_no_service = candidate.wanted.is_empty() && user.base_licenses.is_empty();
        if candidate.before.is_some() || !has_no_service {
            return None;
        }
        person.has_automatic_licenses = true;
        let goal = automatic_licenses::goal(draft, &self.context, person);
        let excluded = match self.behavior {
            ImportBehavior::AddServicesOnly => PackageSet::default(),
            ImportBehavior::AddAndRemoveServices => user.excluded,
        };
        Some(Goal { packages: excluded.iter().fold(goal.packages, PackageSet::without), ..goal })
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
        let mut kept = held;
        if self.behavior == ImportBehavior::AddAndRemoveServices {
            kept = user.excluded.iter().fold(kept, PackageSet::without);
        }
        if let (Some(new), Some(old)) = (user.assigned.base(), kept.base())
            && new != old
            && self.behavior == ImportBehavior::AddServicesOnly
        {
            let refusal = row.broken(&ONE_BASE_PACKAGE, Some(Column::Package(new))).saw(old.title());
            return Err(refusal.advise(&advice::IMPORT_WITH_REMOVAL));
        }
        let base = user.assigned.base().or(kept.base());
        let kept = base.map_or_else(PackageSet::default, |base| packages::with_base(kept, base));
        Ok(user.assigned.iter().fold(kept, PackageSet::with))
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
        let placement = self.places.asked(row, user)?;
        if person.is_calling_user() && candidate.wanted.iter().any(Package::is_calling) {
            place::move_calling_user(draft, &self.context, row, user, placement, &mut person)?;
        }
        let customer = &self.control_hub.customer;
        if candidate.wanted.is_empty() || candidate.wanted == candidate.held {
            if candidate.before.as_deref() != Some(&person) {
                person.modified = self.context.now;
                draft.put(Record::Person(person.into()));
            }
            if let Some(subscriber) = candidate.subscriber.as_ref().filter(|_| candidate.wanted.is_empty()) {
                subscribers::unassign(draft, &self.context, customer, subscriber);
            }
        } else {
            subscribers::assign(draft, &self.context, customer, person, candidate.wanted, || Ok(placement))
                .map_err(|refusal| {
                let is_of_package = refusal.field() == Some("package");
                let column = at_fault(user, &refusal).filter(|_| is_of_package).map(Column::Package);
                row.place(with_remedy(refusal), column)
            })?;
        }
        Ok(draft.person(id).expect("just written").clone())
    }
}

/// The package whose cell a refusal is about: of one that is given, or else of one that is taken.
fn at_fault(user: &UserRow<'_>, refusal: &HubError) -> Option<Package> {
    let add_on = || user.assigned.iter().find(|package| !package.is_base());
    let of_add_on = Some(refusal).filter(|it| it.rule == &ADD_ON_NEEDS_ITS_BASE).and_then(|_| add_on());
    of_add_on.or_else(|| user.assigned.iter().next()).or_else(|| user.excluded.iter().next())
}

/// Says how a file clears what only unassigning and assigning again clears (SUB-012).
fn with_remedy(refusal: HubError) -> HubError {
    match refusal.rule == &PACKAGE_IN_ERROR_IS_REASSIGNED {
        true => refusal.advise(&advice::REASSIGN_BY_TWO_FILES),
        false => refusal,
    }
}

fn delete(
    draft: &mut Draft,
    context: &Context<'_>,
    row: &Row<'_>,
    candidate: &Candidate,
) -> Result<RowOutcome, HubError> {
    let Some(person) = &candidate.before else {
        return Err(row.broken(&USER_TO_DELETE_EXISTS, Some(Column::Email)).saw(&candidate.email));
    };
    people::take_away(draft, context, person);
    Ok(RowOutcome::Removed)
}
