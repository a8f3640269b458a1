//! Reports: asked for, listed, deleted. What stands in one is in [`contents`].
//!
//! A report is about the organization of who asked, or about what his partner organization manages; the two kinds
//! have templates of their own and do not see each other.

mod contents;
mod template;

use std::sync::Arc;

use hub_rules::reports::{
    REPORT_DAYS_ARE_IN_ORDER, REPORT_HAS_AT_MOST_MAX_DAYS, REPORT_IS_KNOWN, REPORT_TEMPLATE_IS_KNOWN,
    TEMPLATE_FIELDS_ARE_GIVEN,
};
use hub_rules::{advice, sights};

use super::access::{self, Errand};
use crate::record::{Organization, Report, ReportSide};
use crate::{
    Context, Draft, HubError, Id, Key, Mark, Order, Page, PageRequest, Record, Scope, Timestamp, World,
};

pub use contents::{Table, contents};
pub use template::{ReportTemplate, TEMPLATES};

/// What a request for a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// The number of its template.
    pub template: u32,
    /// What it is about.
    pub side: ReportSide,
    /// Midnight at the beginning of the first day.
    pub first_day: Option<Timestamp>,
    /// Midnight at the beginning of the last day.
    pub last_day: Option<Timestamp>,
    /// The Webex sites that it is about.
    pub sites: Vec<Box<str>>,
}

/// Which reports are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// This one.
    pub id: Option<Id<Report>>,
    /// What they are about.
    pub side: ReportSide,
    /// About this service, in any case.
    pub service: Option<Box<str>>,
    /// Made from this template.
    pub template: Option<u32>,
    /// Asked for on this day or later.
    pub from: Option<Timestamp>,
    /// Asked for before this day.
    pub to: Option<Timestamp>,
}

impl Report {
    /// Whether it is done at `now` (REP-006).
    pub fn is_done_at(&self, now: Timestamp) -> bool {
        self.ready_at <= now
    }

    /// What it was made from; none where the template is not one of this hub.
    pub fn template(&self) -> Option<&'static ReportTemplate> {
        ReportTemplate::find(self.template, self.side)
    }
}

/// The templates that the caller is offered.
pub fn templates(
    world: &World,
    context: &Context<'_>,
    side: ReportSide,
) -> Result<impl Iterator<Item = &'static ReportTemplate>, HubError> {
    home(world, context, side, Scope::ReportsRead)?;
    Ok(TEMPLATES.iter().filter(move |template| template.side == side))
}

/// Asks for a report.
///
/// Refused for an unknown template (REP-002), without what it requires (REP-003), for days in the wrong order
/// (REP-004) or too many of them (REP-005).
pub fn create(draft: &mut Draft, context: &Context<'_>, new: &NewReport) -> Result<Arc<Report>, HubError> {
    let organization = home(draft, context, new.side, Scope::ReportsWrite)?;
    let template = ReportTemplate::find(new.template, new.side)
        .ok_or_else(|| HubError::broken(&REPORT_TEMPLATE_IS_KNOWN).at("templateId").saw(new.template))?;
    check_days(context.now, template, new)?;
    let report = Arc::new(Report {
        id: context.ids.next(),
        organization,
        template: template.id,
        side: new.side,
        first_day: new.first_day,
        last_day: new.last_day,
        sites: new.sites.clone(),
        created_by: context.caller.name.clone(),
        created: context.now,
        ready_at: context.now + context.settings.report_delay_ms,
    });
    draft.put(Record::Report(report.clone()));
    Ok(report)
}

/// Gives one report. Refused when it is not of the caller's organization (REP-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Report>,
    side: ReportSide,
) -> Result<&'a Arc<Report>, HubError> {
    let organization = home(world, context, side, Scope::ReportsRead)?;
    of_home(world, organization, id, side)
}

/// Gives a report that is downloaded. Refused besides until it is done (REP-001).
pub fn download<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Report>,
    side: ReportSide,
) -> Result<&'a Arc<Report>, HubError> {
    let report = get(world, context, id, side)?;
    match report.is_done_at(context.now) {
        true => Ok(report),
        false => Err(HubError::broken(&REPORT_IS_KNOWN).advise(&advice::NOT_DONE_YET)),
    }
}

/// Lists the reports of the caller's organization, newest first.
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &ReportFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<Report>>, HubError> {
    let organization = home(world, context, filter.side, Scope::ReportsRead)?;
    let is_wanted = |report: &&Arc<Report>| {
        let is_of_service = |service: &str| {
            report.template().is_some_and(|template| template.service.eq_ignore_ascii_case(service))
        };
        report.organization == organization
            && report.side == filter.side
            && filter.id.is_none_or(|id| report.id == id)
            && filter.service.as_deref().is_none_or(is_of_service)
            && filter.template.is_none_or(|template| report.template == template)
            && filter.from.is_none_or(|from| report.created >= from)
            && filter.to.is_none_or(|to| report.created < to)
    };
    let found = world.reports().rev().filter(is_wanted);
    Ok(Page::of(found, wanted, Order::NewestFirst, |report| Mark::of(report.id)))
}

/// Deletes a report.
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Report>,
    side: ReportSide,
) -> Result<(), HubError> {
    let organization = home(draft, context, side, Scope::ReportsWrite)?;
    of_home(draft, organization, id, side)?;
    draft.remove(Key::Report(id));
    Ok(())
}

/// The organization whose reports the caller deals with.
fn home(
    world: &World,
    context: &Context<'_>,
    side: ReportSide,
    scope: Scope,
) -> Result<Id<Organization>, HubError> {
    match side {
        ReportSide::Partner => {
            let owner = access::owner(world, context, Errand::Report, scope)?;
            access::require_scope(context, Scope::IdentityPeopleRead)?;
            Ok(owner)
        }
        ReportSide::Organization => access::organization(world, context, None, Errand::Report, scope)
            .map(|organization| organization.id),
    }
}

fn of_home(
    world: &World,
    organization: Id<Organization>,
    id: Id<Report>,
    side: ReportSide,
) -> Result<&Arc<Report>, HubError> {
    let is_it = |report: &&Arc<Report>| report.organization == organization && report.side == side;
    world.report(id).filter(is_it).ok_or_else(|| HubError::broken(&REPORT_IS_KNOWN))
}

fn check_days(now: Timestamp, template: &ReportTemplate, new: &NewReport) -> Result<(), HubError> {
    for (field, day) in [("startDate", new.first_day), ("endDate", new.last_day)] {
        if day.is_none() && template.max_days.is_some() {
            return Err(HubError::broken(&TEMPLATE_FIELDS_ARE_GIVEN).at(field));
        }
        if let Some(day) = day.filter(|day| *day > now) {
            return Err(HubError::broken(&REPORT_DAYS_ARE_IN_ORDER).at(field).saw(day.day()));
        }
    }
    let (Some(first), Some(last)) = (new.first_day, new.last_day) else { return Ok(()) };
    if first > last {
        return Err(HubError::broken(&REPORT_DAYS_ARE_IN_ORDER).at("startDate").saw(first.day()));
    }
    let days = (last.as_millis() - first.as_millis()) / Timestamp::DAY_MS + 1;
    match template.max_days.filter(|most| days > i64::from(*most)) {
        Some(_) => {
            let refusal = HubError::broken(&REPORT_HAS_AT_MOST_MAX_DAYS).at("endDate");
            Err(refusal.saw_that(sights::DAYS.with("days", days)))
        }
        None => Ok(()),
    }
}
