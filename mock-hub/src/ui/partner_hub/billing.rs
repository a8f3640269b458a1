//! Billing reports: asked for, watched while they are made, downloaded, deleted.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::access::{Errand, Place, permits};
use hub_core::operation::billing::{self, BillingReportFilter, NewBillingReport, ReportStatus, SortBy};
use hub_core::record::{BillingReport, BillingReportCategory, BillingReportKind};
use hub_core::{Context, HubError, Id, PageRequest, Timestamp};
use hub_rules::expected;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use maud::{Markup, html};

use super::{show, state};
use crate::api;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::http::word::{Word, Worded};
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{self, Console, Sheet, moment};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{offer, table};

const HEADINGS: [&str; 6] = [
    "billing-days",
    "billing-kind",
    "billing-category",
    "customers-status",
    "billing-asked-for",
    "billing-deeds",
];

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    let today = visitor.sandbox.now().start_of_day();
    let day = |days: i64| (today + days * Timestamp::DAY_MS).day();
    let form = Form::with([("billingStartDate", &*day(-30)), ("billingEndDate", &*day(-1))]);
    show_list(&visitor, &form)
}

pub(super) async fn submit(Seen(visitor): Seen, form: Form) -> Result<Response, Fault> {
    match create(&visitor, &form).await {
        Ok(()) => Ok(visitor.go_to(&with_notice("/billing", "done-billing-asked-for"))),
        Err(fault) => show_list(&visitor, &form.refused(fault)),
    }
}

async fn create(visitor: &Visitor, form: &Form) -> Result<(), Fault> {
    let mut parameters = form.parameters();
    let mut day = |name| {
        let day = parameters.read(name, &expected::DAY, Timestamp::parse_day)?;
        day.ok_or_else(|| HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(name))
    };
    let (first_day, last_day) = (day("billingStartDate")?, day("billingEndDate")?);
    let new = NewBillingReport {
        first_day,
        last_day,
        kind: parameters.choice("type", BillingReportKind::WORDS)?.unwrap_or_default(),
        category: parameters.choice("category", BillingReportCategory::WORDS)?.unwrap_or_default(),
        sub_partner: None,
    };
    let create = |draft: &mut _, context: &Context<'_>| billing::create(draft, context, &new);
    visitor.write("create billing report", create).await?;
    Ok(())
}

fn show_list(visitor: &Visitor, form: &Form) -> Result<Response, Fault> {
    let wanted = table::wanted(visitor);
    let list = visitor.read(|world, context| {
        let filter = BillingReportFilter { sort_by: SortBy::Id, ..BillingReportFilter::default() };
        let page = billing::list(world, context, &filter, wanted)?;
        Ok::<_, HubError>(list(visitor, context, &page.items, wanted, page.next.is_some()))
    })?;
    let body = html! {
        (list)
        (request(visitor, form))
    };
    let title = visitor.text("menu-billing");
    Ok(Sheet { console: Console::PartnerHub, title: &title, body }.show_form(visitor, form))
}

fn list(
    visitor: &Visitor,
    context: &Context<'_>,
    reports: &[Arc<BillingReport>],
    wanted: PageRequest,
    has_more: bool,
) -> Markup {
    let goes_on = reports.iter().any(|report| report.status_at(context.now) == ReportStatus::InProgress);
    let may_not = visitor.held_back(Errand::OrderBilling, Place::PartnerHub);
    let row = |report: &Arc<BillingReport>| row(visitor, context, report, may_not.is_none());
    let rows: Vec<_> = reports.iter().map(row).collect();
    html! {
        div #reports data-goes-on[goes_on] {
            @let none = table::empty(visitor, "billing-none", None);
            (table::table_or(visitor, "menu-billing", &HEADINGS, &rows, none))
        }
        (table::pager(visitor, wanted, rows.len(), has_more))
    }
}

fn row(visitor: &Visitor, context: &Context<'_>, report: &BillingReport, may_remove: bool) -> Vec<Markup> {
    let status = report.status_at(context.now);
    let is_done = status == ReportStatus::Completed;
    let days = days_of(report);
    let of = |id| visitor.say(id, &[("days", days.clone().into())]);
    vec![
        html! { (days) },
        html! { (visitor.word("billing-kind", Word(report.kind).text())) },
        html! { (visitor.word("billing-category", Word(report.category).text())) },
        html! {
            (state(visitor, "report-status", Word(status).text(), if is_done { "good" } else { "warn" }))
            @if !is_done {
                (layout::progress(visitor, "billing-progress", report.created, report.ready_at, context.now))
            }
        },
        moment(report.created),
        html! {
            div.actions {
                @if is_done {
                    a.button href=(visitor.href(&api::billing::download_path(&visitor.sandbox, report.id)))
                        download aria-label=(of("billing-download-of")) { (visitor.text("billing-download")) }
                }
                @if may_remove {
                    a.button.danger href=(visitor.href(&remove_path(report.id)))
                        aria-label=(of("billing-remove-of")) { (visitor.text("billing-remove")) }
                }
            }
        },
    ]
}

fn days_of(report: &BillingReport) -> String {
    format!("{} – {}", report.first_day.day(), report.last_day.day())
}

fn remove_path(id: Id<BillingReport>) -> String {
    format!("/billing/{}/remove", wire_id::of(id))
}

fn request(visitor: &Visitor, form: &Form) -> Markup {
    let may_not = visitor.held_back(Errand::OrderBilling, Place::PartnerHub);
    let day = |name, label| Text::of(name, label).kind("date").required().show(visitor, form);
    html! {
        section #request aria-labelledby="request-title" {
            h2 #request-title { (visitor.text("billing-request")) }
            (fields::summary(visitor, form))
            (fields::form(visitor, "/billing", html! {
                div.columns {
                    (day("billingStartDate", "billing-first-day"))
                    (day("billingEndDate", "billing-last-day"))
                    (choice::<BillingReportKind>(visitor, form, "type", "billing-kind"))
                    (choice::<BillingReportCategory>(visitor, form, "category", "billing-category"))
                }
                div.actions { (offer::button(visitor, "primary", "billing-ask", may_not.as_ref())) }
            }))
        }
    }
}

/// A choice among the words of a type.
fn choice<T: Worded>(visitor: &Visitor, form: &Form, name: &str, family: &str) -> Markup {
    let option = |(word, _): &(&'static str, T)| ((*word).to_owned(), visitor.word(family, word));
    let options: Vec<_> = T::WORDS.iter().map(option).collect();
    fields::select(visitor, form, name, family, &options)
}

/// Asks whether a report is to be deleted.
pub(super) async fn confirm(Seen(visitor): Seen, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = wire_id::read(&id);
    let report = visitor.read(|world, context| {
        permits(world, context, Errand::OrderBilling, Place::PartnerHub)?;
        billing::get(world, context, id).cloned()
    })?;
    let body = html! {
        div.warning { p { (visitor.say("billing-remove-lead", &[("days", days_of(&report).into())])) } }
        (fields::form(&visitor, &remove_path(id), html! {
            div.actions {
                button.danger #remove { (visitor.text("billing-remove")) }
                a.button href=(visitor.href("/billing")) { (visitor.text("cancel")) }
            }
        }))
    };
    Ok(show(&visitor, &visitor.text("billing-remove-title"), body))
}

pub(super) async fn remove(Seen(visitor): Seen, Path(id): Path<String>, _: Form) -> Result<Response, Fault> {
    let id = wire_id::read(&id);
    visitor.write("delete billing report", |draft, context| billing::remove(draft, context, id)).await?;
    Ok(visitor.go_to(&with_notice("/billing", "done-billing-removed")))
}
