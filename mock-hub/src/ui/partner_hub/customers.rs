//! The list of customers: search, filters, page by page.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::access::{Errand, Place};
use hub_core::operation::customers::{self, CustomerFilter, Lacks};
use hub_core::record::{Customer, CustomerStatus};
use hub_core::{Context, HubError, Package, PageRequest, World};
use maud::{Markup, html};

use super::{show, state};
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::moment;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{offer, table};

const HEADINGS: [&str; 6] = [
    "customers-name",
    "customers-external-id",
    "customers-status",
    "customers-packages",
    "customers-users",
    "customers-created",
];

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    let wanted = table::wanted(&visitor);
    let form = sought(&visitor);
    let filter = filter(&visitor)?;
    let list = visitor.read(|world, context| list(&visitor, world, context, &filter, wanted))?;
    let body = html! {
        (create_button(&visitor))
        (search(&visitor, &form))
        (list)
    };
    Ok(show(&visitor, &visitor.text("menu-customers"), body))
}

/// The page of a customer.
pub(super) fn path_of(customer: &Customer) -> String {
    format!("/customers/{}", wire_id::of(customer.id))
}

/// The state of a customer as it is shown everywhere.
pub(super) fn state_of(visitor: &Visitor, customer: &Customer, context: &Context<'_>) -> Markup {
    let status = customer.status_at(context.now);
    let tone = match status {
        CustomerStatus::Provisioned => "good",
        CustomerStatus::Error | CustomerStatus::ProvisionedWithErrors => "bad",
        _ => "warn",
    };
    state(visitor, "customer-status", status.name(), tone)
}

/// The name of a customer's organization.
pub(super) fn name_of<'w>(world: &'w World, customer: &Customer) -> &'w str {
    world.organization(customer.organization).map_or("", |organization| &organization.name)
}

fn sought(visitor: &Visitor) -> Form {
    let mut query = visitor.query();
    let values = ["search", "status", "package"].map(|name| (name, query.text(name).unwrap_or_default()));
    Form::with(values.iter().map(|(name, value)| (*name, &**value)))
}

fn filter(visitor: &Visitor) -> Result<CustomerFilter, HubError> {
    let mut query = visitor.query();
    let package = query.text("package").map(|id| Package::parse(&id)).transpose();
    Ok(CustomerFilter {
        search: query.text("search").map(Into::into),
        statuses: query.choices("status", &CustomerStatus::ALL.map(|status| (status.name(), status)))?,
        package: package.map_err(|refusal| refusal.at("package"))?,
        ..CustomerFilter::default()
    })
}

fn create_button(visitor: &Visitor) -> Markup {
    let held_back = visitor.held_back(Errand::Provision, Place::PartnerHub);
    html! {
        div.actions { (offer::link(visitor, "primary", "customers-create", "/customers/new", held_back.as_ref())) }
    }
}

fn search(visitor: &Visitor, form: &Form) -> Markup {
    let any = || (String::new(), visitor.text("filter-any"));
    let status =
        |status: &CustomerStatus| (status.name().to_owned(), visitor.word("customer-status", status.name()));
    let statuses: Vec<_> = [any()].into_iter().chain(CustomerStatus::ALL.iter().map(status)).collect();
    let package = |package: Package| (package.id().to_owned(), package.title().to_owned());
    let packages: Vec<_> = [any()].into_iter().chain(Package::all().map(package)).collect();
    html! {
        form.search role="search" method="get" action=(visitor.href("/customers")) {
            (Text::of("search", "customers-search").kind("search").show(visitor, form))
            (fields::select(visitor, form, "status", "customers-status", &statuses))
            (fields::select(visitor, form, "package", "customers-package", &packages))
            button { (visitor.text("filter-search")) }
        }
    }
}

fn list(
    visitor: &Visitor,
    world: &World,
    context: &Context<'_>,
    filter: &CustomerFilter,
    wanted: PageRequest,
) -> Result<Markup, HubError> {
    let page = customers::list(world, context, filter, wanted)?;
    let goes_on = page.items.iter().any(|customer| !customer.is_settled_at(context.now));
    let row = |customer: &Arc<Customer>| row(visitor, world, context, customer);
    let rows: Vec<_> = page.items.iter().map(row).collect();
    Ok(html! {
        div #customers data-goes-on[goes_on] {
            (table::table_or(visitor, "menu-customers", &HEADINGS, &rows, none(visitor, filter)))
        }
        (table::pager(visitor, wanted, rows.len(), page.next.is_some()))
    })
}

fn none(visitor: &Visitor, filter: &CustomerFilter) -> Markup {
    if *filter != CustomerFilter::default() {
        return table::empty(visitor, "customers-none-found", Some(("/customers", "filter-all")));
    }
    let may_create = visitor.held_back(Errand::Provision, Place::PartnerHub).is_none();
    table::empty(visitor, "customers-none", may_create.then_some(("/customers/new", "customers-create")))
}

fn row(visitor: &Visitor, world: &World, context: &Context<'_>, customer: &Customer) -> Vec<Markup> {
    let packages: Vec<_> =
        customer.packages_at(context.now).map(|(offer, _)| offer.package.title()).collect();
    let is_ready_for_setup = Lacks::of(world, customer).users && customer.shows_organization_at(context.now);
    vec![
        html! { a href=(visitor.href(&path_of(customer))) { bdi { (name_of(world, customer)) } } },
        html! { bdi { (customer.external_id) } },
        html! {
            (state_of(visitor, customer, context))
            @if is_ready_for_setup { " " span.state { (visitor.text("customers-ready-for-setup")) } }
        },
        html! { div.wide { (packages.join(", ")) } },
        html! { (customers::users_of(world, customer)) },
        html! { @if let Some(time) = customer.id.made_at() { (moment(time)) } },
    ]
}
