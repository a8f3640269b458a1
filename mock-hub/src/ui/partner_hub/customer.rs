//! One customer: how far it is, what it is offered, and the way into its Control Hub.
//!
//! While something is under way the page goes on by itself.

use axum::response::Response;
use hub_core::operation::access::{Errand, Place};
use hub_core::operation::customers::{self, Lacks};
use hub_core::record::{Customer, Fault as Failure, OfferedPackage, PackageStatus};
use hub_core::{Context, HubError, World};
use maud::{Markup, html};

use super::customers::{name_of, path_of, state_of};
use super::{show, state};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::layout::{self, moment};
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{offer, table};

pub(super) async fn page(Seen(visitor): Seen, Path(id): Path<String>) -> Result<Response, Fault> {
    let (title, body) = visitor.read(|world, context| {
        let customer = customers::get(world, context, wire_id::read(&id))?;
        let title = name_of(world, customer).to_owned();
        Ok::<_, HubError>((title, details(&visitor, world, context, customer)))
    })?;
    Ok(show(&visitor, &title, body))
}

fn details(visitor: &Visitor, world: &World, context: &Context<'_>, customer: &Customer) -> Markup {
    html! {
        p { a href=(visitor.href("/customers")) { (visitor.text("customer-back")) } }
        div #customer data-goes-on[!customer.is_settled_at(context.now)] {
            (actions(visitor, context, customer))
            (progress(visitor, context, customer))
            (failures(visitor, "customer-errors", &customer.errors))
            (setup(visitor, world, context, customer))
            (facts(visitor, world, context, customer))
            h2 { (visitor.text("customers-packages")) }
            (packages(visitor, world, context, customer))
        }
    }
}

fn actions(visitor: &Visitor, context: &Context<'_>, customer: &Customer) -> Markup {
    let path = path_of(customer);
    let place = Place::Customer(customer.id);
    let change = visitor.held_back(Errand::Change, place);
    let remove = visitor.held_back(Errand::Remove, place);
    html! {
        div.actions {
            @if customer.shows_organization_at(context.now) {
                a.button.primary #launch href=(visitor.href(&control_hub_of(customer))) {
                    (visitor.text("customer-launch"))
                }
            } @else {
                a.button #launch role="link" aria-disabled="true" aria-describedby="launch-waits" {
                    (visitor.text("customer-launch"))
                }
                small id="launch-waits" { (visitor.text("customer-launch-waits")) }
            }
            (offer::link(visitor, "", "customer-edit", &format!("{path}/edit"), change.as_ref()))
            (offer::link(visitor, "danger", "customer-remove", &format!("{path}/remove"), remove.as_ref()))
        }
    }
}

/// The first page of a customer's Control Hub.
fn control_hub_of(customer: &Customer) -> String {
    format!("/organizations/{}", wire_id::of(customer.organization))
}

fn progress(visitor: &Visitor, context: &Context<'_>, customer: &Customer) -> Markup {
    let (from, to) = (customer.accepted_at, customer.ready_at);
    html! {
        @if !customer.is_settled_at(context.now) {
            div.card #progress {
                p { (state_of(visitor, customer, context)) " " (visitor.text("customer-goes-on")) }
                (layout::progress(visitor, "customer-progress", from, to, context.now))
            }
        }
    }
}

fn failures(visitor: &Visitor, heading: &str, failures: &[Failure]) -> Markup {
    html! {
        @if !failures.is_empty() {
            div.refusal {
                h2 { (visitor.text(heading)) }
                ul { @for failure in failures { li { (said(failure)) } } }
            }
        }
    }
}

fn said(failure: &Failure) -> Markup {
    html! {
        @if let Some(code) = failure.code { (code) ": " }
        bdi { (failure.description) }
    }
}

/// The links that set a customer up, each as long as it is wanted (CUS-032).
fn setup(visitor: &Visitor, world: &World, context: &Context<'_>, customer: &Customer) -> Markup {
    let lacks = Lacks::of(world, customer);
    let has_control_hub = customer.shows_organization_at(context.now);
    let home = control_hub_of(customer);
    html! {
        @if has_control_hub && (lacks.phone_numbers || lacks.users) {
            section.card #setup aria-labelledby="setup-title" {
                h2 #setup-title { (visitor.text("customer-setup")) }
                p { (visitor.text("customer-setup-lead")) }
                div.actions {
                    @if lacks.phone_numbers {
                        a.button href=(visitor.href(&format!("{home}/locations"))) {
                            (visitor.text("customer-add-phone-numbers"))
                        }
                    }
                    @if lacks.users {
                        a.button href=(visitor.href(&format!("{home}/users"))) {
                            (visitor.text("customer-add-users"))
                        }
                    }
                }
            }
        }
    }
}

fn facts(visitor: &Visitor, world: &World, context: &Context<'_>, customer: &Customer) -> Markup {
    let organization = world.organization(customer.organization);
    let template = world.template(customer.template);
    let seller = world.sub_partner(customer.owner).and_then(|found| world.organization(found.organization));
    let fact = |label: &str, value: Markup| html! { dt { (visitor.text(label)) } dd { (value) } };
    html! {
        h2 { (visitor.text("customer-facts")) }
        dl {
            (fact("customers-status", state_of(visitor, customer, context)))
            (fact("customers-external-id", html! { bdi { (customer.external_id) } }))
            @if let Some(email) = organization.and_then(|it| it.primary_admin.as_ref()) {
                (fact("customer-primary-email", html! { bdi { (email) } }))
            }
            (fact("customer-address", html! { bdi { (customer.address.in_one_line()) } }))
            (fact("customers-users", html! { (customers::users_of(world, customer)) }))
            @if let Some(template) = template {
                (fact("customer-template", html! {
                    a href=(visitor.href(&format!("/templates/{}", wire_id::of(template.id)))) {
                        bdi { (template.name) }
                    }
                }))
            }
            @if let Some(seller) = seller { (fact("customer-sub-partner", html! { bdi { (seller.name) } })) }
            (fact("customer-subscription", html! { (customer.subscription) }))
            (fact("customer-id", html! { code { (wire_id::of(customer.id)) } }))
            @if customer.shows_organization_at(context.now) {
                (fact("customer-organization-id", html! { code { (wire_id::of(customer.organization)) } }))
            }
            @if let Some(time) = customer.id.made_at() { (fact("customers-created", moment(time))) }
        }
    }
}

fn packages(visitor: &Visitor, world: &World, context: &Context<'_>, customer: &Customer) -> Markup {
    const HEADINGS: [&str; 5] =
        ["package-name", "customers-status", "package-quantity", "package-used", "package-remarks"];
    let row = |(offer, status): (&OfferedPackage, PackageStatus)| {
        vec![
            html! { (offer.package.title()) },
            html! {
                (package_state(visitor, status))
                @if offer.is_suspended { " " span.state.bad { (visitor.text("package-suspended")) } }
            },
            html! {
                @match offer.quantity {
                    Some(quantity) => (quantity),
                    None => (visitor.text("package-unlimited")),
                }
            },
            html! {
                @if offer.package.is_for_subscribers() {
                    (world.holders_of_package(customer.id, offer.package))
                } @else { (visitor.text("package-of-customer")) }
            },
            html! {
                @for failure in &offer.errors { p { (visitor.text("package-error")) ": " (said(failure)) } }
                @for failure in &offer.warnings { p { (visitor.text("package-warning")) ": " (said(failure)) } }
            },
        ]
    };
    let rows: Vec<_> = customer.packages_at(context.now).map(row).collect();
    table::table(visitor, "customers-packages", &HEADINGS, &rows)
}

fn package_state(visitor: &Visitor, status: PackageStatus) -> Markup {
    let tone = match status {
        PackageStatus::Provisioned => "good",
        PackageStatus::Error => "bad",
        PackageStatus::Provisioning | PackageStatus::Deleting => "warn",
    };
    state(visitor, "package-status", status.name(), tone)
}
