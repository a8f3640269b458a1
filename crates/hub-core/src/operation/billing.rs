//! Billing reports: asked for, listed, deleted. What they count is in [`usage`].
//!
//! A report covers all customers of a partner, so it is for administrators who see all of them (API-006).
//! Nothing is counted when a report is asked for: its figures follow from the past, whenever it is downloaded.

mod usage;

use std::cmp::Reverse;
use std::sync::Arc;

use hub_rules::advice;
use hub_rules::billing::{
    BILLING_DAYS_ARE_IN_ORDER, BILLING_DAYS_ARE_OF_FIVE_YEARS, BILLING_DAYS_ARE_PAST,
    BILLING_REPORT_IS_KNOWN, DOWNLOAD_IS_SIGNED, POINT_IN_TIME_IS_NOT_PER_PARTNER,
};
use hub_rules::platform::SUB_PARTNER_IS_OWN;

use super::access::{self, Errand};
use crate::record::{BillingReport, BillingReportCategory, BillingReportKind, Organization, SubPartner};
use crate::{
    Context, Draft, HubError, Id, Key, Limits, Mark, Order, Page, PageRequest, Record, Scope, Sought,
    Timestamp, World,
};

pub(super) use usage::{Span, spans};
pub use usage::{Usage, usage};

/// How far back billing goes.
const YEARS: i64 = 5;

/// What a request for a billing report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBillingReport {
    /// Midnight at the beginning of the first day.
    pub first_day: Timestamp,
    /// Midnight at the beginning of the last day.
    pub last_day: Timestamp,
    /// What a line of it is about.
    pub kind: BillingReportKind,
    /// What it counts.
    pub category: BillingReportCategory,
    /// The only sub-partner that it is about; an id that could not be read is the nil id.
    pub sub_partner: Option<Id<Organization>>,
}

/// How far a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportStatus {
    /// Being made.
    InProgress,
    /// Done.
    Completed,
}

/// How many billing reports a page has (BIL-012).
pub const PAGE: Limits = Limits::at_most(100);

/// Which billing reports are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BillingReportFilter {
    /// With this first day.
    pub first_day: Option<Timestamp>,
    /// With this last day.
    pub last_day: Option<Timestamp>,
    /// Of this kind.
    pub kind: Option<BillingReportKind>,
    /// As far as this; of the hub's own making none fails.
    pub status: Sought<ReportStatus>,
    /// About this sub-partner alone.
    pub sub_partner: Option<Id<Organization>>,
    /// What the list is sorted by.
    pub sort_by: SortBy,
}

/// What a list of billing reports is sorted by, the latest first (BIL-012).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// The order in which they were asked for.
    Id,
    /// The first day.
    #[default]
    FirstDay,
    /// The last day.
    LastDay,
    /// The status.
    Status,
}

impl BillingReport {
    /// How far it is at `now` (BIL-006).
    pub fn status_at(&self, now: Timestamp) -> ReportStatus {
        if now < self.ready_at { ReportStatus::InProgress } else { ReportStatus::Completed }
    }
}

/// Asks for a billing report.
///
/// Refused when the sub-partner is not one of the caller's, for days that are not over, too long ago or in the
/// wrong order, and for a count of the moment over all customers together.
pub fn create(
    draft: &mut Draft,
    context: &Context<'_>,
    new: &NewBillingReport,
) -> Result<Arc<BillingReport>, HubError> {
    let owner = access::owner(draft, context, Errand::OrderBilling, Scope::BillingReportsWrite)?;
    if let Some(sub_partner) = new.sub_partner {
        let is_own = |found: &&Arc<SubPartner>| found.partner == owner || sub_partner == owner;
        let found = draft.sub_partner(sub_partner).filter(is_own);
        found.ok_or_else(|| HubError::broken(&SUB_PARTNER_IS_OWN).at("subPartnerOrgId"))?;
    }
    check_days(context.now, new)?;
    if new.category == BillingReportCategory::PointInTime && new.kind == BillingReportKind::Partner {
        return Err(HubError::broken(&POINT_IN_TIME_IS_NOT_PER_PARTNER).at("type").saw("PARTNER"));
    }
    let report = Arc::new(BillingReport {
        id: context.ids.next(),
        owner,
        sub_partner: new.sub_partner,
        kind: new.kind,
        category: new.category,
        first_day: new.first_day,
        last_day: new.last_day,
        created_by: context.caller.name.clone(),
        created: context.now,
        ready_at: context.now + context.settings.report_delay_ms,
    });
    draft.put(Record::BillingReport(report.clone()));
    Ok(report)
}

/// Gives one billing report. Refused when it is not the caller's (BIL-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<BillingReport>,
) -> Result<&'a Arc<BillingReport>, HubError> {
    let owner = access::owner(world, context, Errand::ReadBilling, Scope::BillingReportsRead)?;
    of_owner(world, owner, id)
}

/// Lists the billing reports of the caller.
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &BillingReportFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<BillingReport>>, HubError> {
    let owner = access::owner(world, context, Errand::ReadBilling, Scope::BillingReportsRead)?;
    let is_wanted = |report: &&Arc<BillingReport>| {
        report.owner == owner
            && filter.first_day.is_none_or(|day| report.first_day == day)
            && filter.last_day.is_none_or(|day| report.last_day == day)
            && filter.kind.is_none_or(|kind| report.kind == kind)
            && filter.status.takes(|status| report.status_at(context.now) == *status)
            && filter.sub_partner.is_none_or(|id| report.sub_partner == Some(id))
    };
    let mut found: Vec<_> = world.billing_reports().filter(is_wanted).collect();
    let mark = |report: &BillingReport| Mark {
        time: match filter.sort_by {
            SortBy::Id => None,
            SortBy::FirstDay => Some(report.first_day),
            SortBy::LastDay => Some(report.last_day),
            SortBy::Status => Some(Timestamp::from_millis(report.status_at(context.now) as i64)),
        },
        id: report.id.uuid(),
    };
    found.sort_by_key(|report| Reverse(mark(report)));
    Ok(Page::of(found.into_iter(), wanted, Order::NewestFirst, mark))
}

/// Deletes a billing report, and with it the address to download it from.
pub fn remove(draft: &mut Draft, context: &Context<'_>, id: Id<BillingReport>) -> Result<(), HubError> {
    let owner = access::owner(draft, context, Errand::OrderBilling, Scope::BillingReportsWrite)?;
    of_owner(draft, owner, id)?;
    draft.remove(Key::BillingReport(id));
    Ok(())
}

/// A report that somebody downloads without saying who he is. Refused until it is done, and to who was not told the
/// address (BIL-011).
pub fn download(
    world: &World,
    now: Timestamp,
    id: Id<BillingReport>,
    knows_the_address: bool,
) -> Result<&Arc<BillingReport>, HubError> {
    let is_done = |report: &&Arc<BillingReport>| report.status_at(now) == ReportStatus::Completed;
    let done = world.billing_report(id).filter(is_done).filter(|_| knows_the_address);
    done.ok_or_else(|| HubError::broken(&DOWNLOAD_IS_SIGNED))
}

fn of_owner(
    world: &World,
    owner: Id<Organization>,
    id: Id<BillingReport>,
) -> Result<&Arc<BillingReport>, HubError> {
    let found = world.billing_report(id).filter(|report| report.owner == owner);
    found.ok_or_else(|| HubError::broken(&BILLING_REPORT_IS_KNOWN))
}

fn check_days(now: Timestamp, new: &NewBillingReport) -> Result<(), HubError> {
    let today = now.start_of_day();
    for (field, day) in [("billingStartDate", new.first_day), ("billingEndDate", new.last_day)] {
        if day >= today {
            let today = advice::TODAY_IS.with("day", today.day().to_string());
            return Err(HubError::broken(&BILLING_DAYS_ARE_PAST).at(field).saw(day.day()).advise(today));
        }
        if day < today.years_before(YEARS) {
            return Err(HubError::broken(&BILLING_DAYS_ARE_OF_FIVE_YEARS).at(field).saw(day.day()));
        }
    }
    if new.first_day > new.last_day {
        let refusal = HubError::broken(&BILLING_DAYS_ARE_IN_ORDER).at("billingStartDate");
        return Err(refusal.saw(new.first_day.day()));
    }
    Ok(())
}
