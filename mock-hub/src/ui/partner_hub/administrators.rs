//! The partner's administrators, and which customers each of them looks after.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::access::{Errand, Place};
use hub_core::operation::customers::{self, CustomerFilter};
use hub_core::operation::partner_admins;
use hub_core::record::{Customer, Organization, Person};
use hub_core::{Context, HubError, Id, PageRequest, Role, Roles, World};
use maud::{Markup, html};

use super::customers::name_of;
use super::show;
use crate::control::tokens;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::table;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    const HEADINGS: [&str; 4] =
        ["administrator-name", "administrator-email", "administrator-roles", "administrator-customers"];
    let wanted = table::wanted(&visitor);
    let (rows, has_more) = visitor.read(|world, context| {
        let page = partner_admins::all(world, context, wanted)?;
        let row = |person: &Arc<Person>| row(&visitor, world, context, person);
        let rows = page.items.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        Ok::<_, HubError>((rows, page.next.is_some()))
    })?;
    let body = html! {
        p.lead { (visitor.text("administrators-lead")) }
        @let none = table::empty(&visitor, "administrators-none", None);
        (table::table_or(&visitor, "menu-administrators", &HEADINGS, &rows, none))
        (table::pager(&visitor, wanted, rows.len(), has_more))
    };
    Ok(show(&visitor, &visitor.text("menu-administrators"), body))
}

fn row(
    visitor: &Visitor,
    world: &World,
    context: &Context<'_>,
    person: &Person,
) -> Result<Vec<Markup>, HubError> {
    let path = path_of(person.id);
    let customers = match partner_admins::has_all_customers(person) {
        true => visitor.text("administrator-has-all"),
        false => partner_admins::organizations(world, context, person.id)?.len().to_string(),
    };
    Ok(vec![
        html! { a href=(visitor.href(&path)) { bdi { (person.shown_name()) } } },
        html! { bdi { (person.email) } },
        html! { (roles(visitor, &person.roles)) },
        html! { (customers) },
    ])
}

/// The partner's roles of somebody, in words.
fn roles(visitor: &Visitor, roles: &Roles) -> String {
    let kind = |role: Role| tokens::kind_of(&Roles::of(&[role]));
    let words = roles.iter().filter(|role| role.is_of_a_partner()).filter_map(kind);
    words.map(|word| visitor.word("kind", word)).collect::<Vec<_>>().join(", ")
}

pub(super) async fn one(Seen(visitor): Seen, Path(id): Path<String>) -> Result<Response, Fault> {
    show_one(&visitor, wire_id::read(&id))
}

fn show_one(visitor: &Visitor, id: Id<Person>) -> Result<Response, Fault> {
    let search = visitor.query().text("search").unwrap_or_default();
    let (person, customers) = visitor.read(|world, context| {
        let person = partner_admins::one(world, context, id)?;
        let customers = match partner_admins::has_all_customers(&person) {
            true => html! { p { (visitor.text("administrator-has-all-hint")) } },
            false => assignments(visitor, world, context, id, &search)?,
        };
        Ok::<_, HubError>((person, customers))
    })?;
    let body = html! {
        p { a href=(visitor.href("/administrators")) { (visitor.text("administrator-back")) } }
        dl {
            dt { (visitor.text("administrator-email")) }
            dd { bdi { (person.email) } }
            dt { (visitor.text("administrator-roles")) }
            dd { (roles(visitor, &person.roles)) }
        }
        h2 { (visitor.text("administrator-customers")) }
        (customers)
    };
    Ok(show(visitor, &person.shown_name(), body))
}

fn assignments(
    visitor: &Visitor,
    world: &World,
    context: &Context<'_>,
    id: Id<Person>,
    search: &str,
) -> Result<Markup, HubError> {
    let assigned = partner_admins::organizations(world, context, id)?;
    let customers = assigned.iter().filter_map(|organization| world.customer_of(*organization));
    let may_not = visitor.held_back(Errand::Appoint, Place::Staff);
    let button = |customer: &Customer, deed, words| match may_not {
        Some(_) => html! {},
        None => assign_button(visitor, world, id, customer, deed, words),
    };
    let row = |customer: &Arc<Customer>, button: Markup| {
        vec![html! { bdi { (name_of(world, customer)) } }, html! { bdi { (customer.external_id) } }, button]
    };
    let rows: Vec<_> =
        customers.map(|it| row(it, button(it, "unassign", "administrator-unassign-from"))).collect();
    let found = match search.is_empty() {
        true => Vec::new(),
        false => unassigned(world, context, &assigned, search)?,
    };
    let offered: Vec<_> =
        found.iter().map(|it| row(it, button(it, "assign", "administrator-assign-to"))).collect();
    Ok(html! {
        @let none = table::empty(visitor, "administrator-has-none", None);
        (table::table_or(visitor, "administrator-customers", &CUSTOMER_HEADINGS, &rows, none))
        h2 { (visitor.text("administrator-assign")) }
        @if let Some(refusal) = &may_not { (fields::refusal(visitor, refusal)) }
        (search_form(visitor, id, search))
        @if !search.is_empty() {
            @let none = table::empty(visitor, "administrator-none-found", None);
            (table::table_or(visitor, "administrator-assign", &CUSTOMER_HEADINGS, &offered, none))
        }
    })
}

const CUSTOMER_HEADINGS: [&str; 3] = ["customers-name", "customers-external-id", "administrator-assignment"];

/// The first customers that a search finds and that are not assigned already.
fn unassigned(
    world: &World,
    context: &Context<'_>,
    assigned: &[Id<Organization>],
    search: &str,
) -> Result<Vec<Arc<Customer>>, HubError> {
    let filter = CustomerFilter { search: Some(search.into()), ..CustomerFilter::default() };
    let page = customers::list(world, context, &filter, PageRequest::of(0, assigned.len() + table::ROWS))?;
    let others = page.items.into_iter().filter(|customer| !assigned.contains(&customer.organization));
    Ok(others.take(table::ROWS).collect())
}

fn search_form(visitor: &Visitor, id: Id<Person>, search: &str) -> Markup {
    let form = Form::with([("search", search)]);
    html! {
        form.search role="search" method="get" action=(visitor.href(&path_of(id))) {
            (Text::of("search", "customers-search").kind("search").show(visitor, &form))
            button { (visitor.text("filter-search")) }
        }
    }
}

fn assign_button(
    visitor: &Visitor,
    world: &World,
    id: Id<Person>,
    customer: &Customer,
    deed: &str,
    words: &str,
) -> Markup {
    let label = visitor.say(words, &[("name", name_of(world, customer).into())]);
    fields::form(
        visitor,
        &format!("{}/{deed}", path_of(id)),
        html! {
            input type="hidden" name="organization" value=(wire_id::of(customer.organization));
            button { (label) }
        },
    )
}

fn path_of(id: Id<Person>) -> String {
    format!("/administrators/{}", wire_id::of(id))
}

pub(super) async fn assign(
    Seen(visitor): Seen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let (person, organization) = (wire_id::read(&id), wire_id::read(form.value("organization")));
    let assign =
        |draft: &mut _, context: &Context<'_>| partner_admins::assign(draft, context, organization, person);
    visitor.write("assign partner admin", assign).await?;
    Ok(visitor.go_to(&with_notice(&path_of(person), "done-administrator-assigned")))
}

pub(super) async fn unassign(
    Seen(visitor): Seen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let (person, organization) = (wire_id::read(&id), wire_id::read(form.value("organization")));
    let unassign =
        |draft: &mut _, context: &Context<'_>| partner_admins::unassign(draft, context, organization, person);
    visitor.write("unassign partner admin", unassign).await?;
    Ok(visitor.go_to(&with_notice(&path_of(person), "done-administrator-unassigned")))
}
