//! The overview of an organization: what it is, what it has, what is left to set up, and what goes on.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use hub_core::operation::access::{ControlHub, Errand, Place};
use hub_core::operation::customers::Lacks;
use hub_core::operation::tasks;
use hub_core::record::{CustomerStatus, Organization, PersonStatus, Task};
use hub_core::{Context, HubError, Id, World};
use hub_rules::customers::RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS;
use maud::{Markup, html};

use super::tasks::list;
use crate::app::App;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::layout::{Console, Sheet};
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer, table};

/// The route of the page.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/organizations/{org}", get(page))
}

/// What the page shows.
struct Overview {
    name: String,
    status: CustomerStatus,
    packages: Vec<PackageInUse>,
    /// Users by whether they have signed in.
    users: [(PersonStatus, usize); 3],
    lacks: Lacks,
    running: Option<Arc<Task>>,
}

struct PackageInUse {
    title: &'static str,
    status: &'static str,
    quantity: Option<u32>,
    used: u32,
}

impl Overview {
    fn of(world: &World, context: &Context<'_>, id: Id<Organization>) -> Result<Self, HubError> {
        let ControlHub { organization, customer } = ControlHub::open(world, context, id)?;
        let packages = customer.packages_at(context.now).map(|(offer, status)| PackageInUse {
            title: offer.package.title(),
            status: status.name(),
            quantity: offer.quantity,
            used: world.holders_of_package(customer.id, offer.package),
        });
        Ok(Overview {
            name: organization.name.to_string(),
            status: customer.status_at(context.now),
            packages: packages.collect(),
            users: users_by_status(world, id),
            lacks: Lacks::of(world, &customer),
            running: tasks::unfinished(world, context, id)?,
        })
    }
}

/// Counts users in one pass: the page is fetched again and again while an import goes on.
fn users_by_status(world: &World, organization: Id<Organization>) -> [(PersonStatus, usize); 3] {
    let mut counts = [PersonStatus::Active, PersonStatus::Pending, PersonStatus::Suspended].map(|it| (it, 0));
    for person in world.people_of(organization) {
        let counted = counts.iter_mut().filter(|(status, _)| *status == person.status);
        counted.for_each(|(_, count)| *count += 1);
    }
    counts
}

async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let id = wire_id::read(&org);
    let overview = visitor.read(|world, context| Overview::of(world, context, id))?;
    let held_back = visitor.held_back(Errand::ManageUsers, Place::ControlHub(id));
    let body = html! {
        (banner(&visitor, held_back.as_ref()))
        p { (visitor.text("overview-status")) " " (status(&visitor, overview.status)) }
        (set_up(&visitor, &org, overview.lacks, held_back.as_ref()))
        @if overview.running.is_some() {
            section {
                h2 #running { (visitor.text("overview-running")) }
                (list(&visitor, &org, overview.running.as_slice()))
            }
        }
        (users(&visitor, &org, &overview))
        (packages(&visitor, &overview))
    };
    Ok(Sheet { console: Console::of_path(&visitor), title: &overview.name, body }.show(&visitor))
}

/// What Control Hub shows the customer's administrators on all pages of users while restricted mode is on.
fn banner(visitor: &Visitor, held_back: Option<&HubError>) -> Markup {
    let restriction = held_back.filter(|it| it.rule == &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS);
    html! {
        @if let Some(refusal) = restriction {
            div #restricted-mode .warning role="status" { (fields::refusal(visitor, refusal)) }
        }
    }
}

fn status(visitor: &Visitor, status: CustomerStatus) -> Markup {
    let kind = match status {
        CustomerStatus::Provisioned => "good",
        CustomerStatus::Error | CustomerStatus::ProvisionedWithErrors => "bad",
        _ => "warn",
    };
    html! { span class=(format!("state {kind}")) { (visitor.word("customer-status", status.name())) } }
}

/// What is left to do in a new organization (CUS-032).
fn set_up(visitor: &Visitor, org: &str, lacks: Lacks, held_back: Option<&HubError>) -> Markup {
    let home = format!("/organizations/{org}");
    html! {
        @if lacks.users || lacks.phone_numbers {
            section aria-labelledby="set-up" {
                h2 #set-up { (visitor.text("overview-set-up")) }
                div.actions {
                    @if lacks.users {
                        (offer::link(visitor, "primary", "overview-add-users", &format!("{home}/users/manage"), held_back))
                    }
                    @if lacks.phone_numbers {
                        a.button href=(visitor.href(&format!("{home}/locations"))) { (visitor.text("overview-add-numbers")) }
                    }
                }
            }
        }
    }
}

fn users(visitor: &Visitor, org: &str, overview: &Overview) -> Markup {
    html! {
        section aria-labelledby="users" {
            h2 #users { (visitor.text("menu-users")) }
            ul.cards {
                @for (status, count) in overview.users {
                    @let word = status.title();
                    li.card id=(format!("users-{word}")) {
                        div.figure { (count) }
                        a href=(visitor.href(&format!("/organizations/{org}/users?status={}", word.to_lowercase()))) {
                            (visitor.word("person-status", word))
                        }
                    }
                }
            }
        }
    }
}

fn packages(visitor: &Visitor, overview: &Overview) -> Markup {
    let rows = overview.packages.iter().map(|package| {
        let quantity = package.quantity.map(|quantity| quantity.to_string());
        vec![
            html! { bdi { (package.title) } },
            html! { (visitor.word("package-status", package.status)) },
            html! { (package.used) },
            html! { (quantity.unwrap_or_else(|| visitor.text("overview-any-number"))) },
        ]
    });
    let rows: Vec<_> = rows.collect();
    let headings = ["heading-package", "heading-state", "heading-used", "heading-quantity"];
    html! {
        section {
            h2 #packages { (visitor.text("overview-packages")) }
            @if rows.is_empty() {
                (table::empty(visitor, "overview-no-packages", None))
            } @else {
                (table::table(visitor, "overview-packages", &headings, &rows))
            }
        }
    }
}
