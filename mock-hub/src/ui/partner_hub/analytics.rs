//! Analytics: how many users have each package, and how the number of subscribers went; as charts, tables and files.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::analytics;
use hub_core::{Package, Timestamp};
use maud::{Markup, html};

use super::show;
use crate::http::apart::apart;
use crate::http::{answer, table as csv};
use crate::ui::fault::Fault;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{chart, table};

/// The spans of time that can be looked at: the word, how many days a step has, and how many steps there are.
const SPANS: [(&str, i64, i64); 2] = [("month", 1, 30), ("year", 30, 12)];

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    let packages = visitor.read(analytics::packages_in_use)?;
    let trend = trend(&visitor).await?;
    let body = html! {
        section #packages {
            h2 { (visitor.text("analytics-packages")) }
            @if packages.is_empty() {
                (table::empty(&visitor, "analytics-none", Some(("/customers", "menu-customers"))))
            } @else {
                (packages_shown(&visitor, &packages))
            }
        }
        section #subscribers {
            h2 { (visitor.text("analytics-subscribers")) }
            (spans(&visitor))
            (trend_shown(&visitor, &trend))
        }
    };
    Ok(show(&visitor, &visitor.text("menu-analytics"), body))
}

pub(super) async fn packages_file(Seen(visitor): Seen) -> Result<Response, Fault> {
    let packages = visitor.read(analytics::packages_in_use)?;
    let row = |(package, users): &(Package, u32)| {
        [package.id().to_owned(), package.title().to_owned(), users.to_string()]
    };
    let file = csv::csv(&["PACKAGE", "PACKAGE_NAME", "USERS"], packages.iter().map(row));
    Ok(answer::csv("packages.csv", file))
}

pub(super) async fn subscribers_file(Seen(visitor): Seen) -> Result<Response, Fault> {
    let trend = trend(&visitor).await?;
    let row = |(day, subscribers): &(String, usize)| [day.clone(), subscribers.to_string()];
    Ok(answer::csv("subscribers.csv", csv::csv(&["DAY", "SUBSCRIBERS"], trend.iter().map(row))))
}

fn packages_shown(visitor: &Visitor, packages: &[(Package, u32)]) -> Markup {
    let figures: Vec<_> = packages.iter().map(|(package, users)| (package.title(), *users)).collect();
    let rows: Vec<_> =
        figures.iter().map(|(title, users)| vec![html! { (title) }, html! { (users) }]).collect();
    html! {
        (chart::bars("packages-chart", &visitor.text("analytics-packages"), &figures))
        (table::table(visitor, "analytics-packages", &["package-name", "customers-users"], &rows))
        (download(visitor, "/analytics/packages.csv", "analytics-download-packages"))
    }
}

fn trend_shown(visitor: &Visitor, trend: &[(String, usize)]) -> Markup {
    let rows: Vec<_> =
        trend.iter().rev().map(|(day, count)| vec![html! { (day) }, html! { (count) }]).collect();
    let file = format!("/analytics/subscribers.csv?span={}", span(visitor).0);
    html! {
        (chart::line("subscribers-chart", &visitor.text("analytics-subscribers"), trend))
        details {
            summary { (visitor.text("analytics-figures")) }
            (table::table(visitor, "analytics-subscribers", &["analytics-day", "analytics-count"], &rows))
        }
        (download(visitor, &file, "analytics-download-subscribers"))
    }
}

fn download(visitor: &Visitor, path: &str, label: &str) -> Markup {
    html! { p { a.button href=(visitor.href(path)) download { (visitor.text(label)) } } }
}

fn spans(visitor: &Visitor) -> Markup {
    let chosen = span(visitor).0;
    html! {
        nav.actions aria-label=(visitor.text("analytics-span")) {
            @for (word, _, _) in SPANS {
                a.button href=(visitor.href(&format!("/analytics?span={word}")))
                    aria-current=[(word == chosen).then_some("true")] { (visitor.word("analytics-span", word)) }
            }
        }
    }
}

fn span(visitor: &Visitor) -> (&'static str, i64, i64) {
    let wanted = visitor.query().text("span");
    let found = SPANS.into_iter().find(|(word, _, _)| wanted.as_deref() == Some(*word));
    found.unwrap_or(SPANS[0])
}

/// The days that are looked at, the last of which is today, with the subscribers at their ends, or so far.
async fn trend(visitor: &Arc<Visitor>) -> Result<Vec<(String, usize)>, Fault> {
    let owner = visitor.read(analytics::owner)?;
    let (_, days, steps) = span(visitor);
    let today = visitor.sandbox.now().start_of_day();
    let moments: Vec<_> =
        (0..=steps).rev().map(|step| today + ((1 - step * days) * Timestamp::DAY_MS - 1)).collect();
    let names = moments.iter().map(|moment| moment.day()).collect::<Vec<_>>();
    let history = visitor.sandbox.history().await?;
    let visitor = visitor.clone();
    let count = move || {
        visitor.read(|_, context| {
            analytics::subscribers_at(history.start(), history.deeds(), context, owner, &moments)
        })
    };
    Ok(names.into_iter().zip(apart(count).await).collect())
}
