//! The partner's administrators, and which customers each of them looks after.

use std::collections::{HashMap, HashSet};

use axum::response::Response;
use hub_core::operation::access::{Errand, Place};
use hub_core::operation::customers::{self, CustomerFilter};
use hub_core::operation::partner_admins;
use hub_core::record::{Customer, Organization, Person};
use hub_core::{Context, Email, HubError, Id, PageRequest, Role, Roles, World};
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
        let counts = partner_admins::counts(world, context)?;
        let rows: Vec<_> = page.items.iter().map(|person| row(&visitor, &counts, person)).collect();
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

fn row(visitor: &Visitor, counts: &HashMap<Email, usize>, person: &Person) -> Vec<Markup> {
    let customers = match partner_admins::has_all_customers(person) {
        true => visitor.text("administrator-has-all"),
        false => counts.get(&person.email).unwrap_or(&0).to_string(),
    };
    vec![
        html! { a href=(visitor.href(&path_of(person.id))) { bdi { (person.shown_name()) } } },
        html! { bdi { (person.email) } },
        html! { (roles(visitor, &person.roles)) },
        html! { (customers) },
    ]
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
    let (person, customers) = visitor.read(|world, context| {
        let person = partner_admins::one(world, context, id)?;
        let customers = match partner_admins::has_all_customers(&person) {
            true => html! { p { (visitor.text("administrator-has-all-hint")) } },
            false => Assignments::of(visitor, world, context, id)?.show()?,
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

const CUSTOMER_HEADINGS: [&str; 3] = ["customers-name", "customers-external-id", "administrator-assignment"];

/// The customers of one administrator, and those that he could be given.
struct Assignments<'a> {
    visitor: &'a Visitor,
    world: &'a World,
    context: &'a Context<'a>,
    administrator: Id<Person>,
    /// The organizations of his customers, newest first.
    assigned: Vec<Id<Organization>>,
    /// What keeps the visitor from changing that.
    may_not: Option<HubError>,
}

impl<'a> Assignments<'a> {
    fn of(
        visitor: &'a Visitor,
        world: &'a World,
        context: &'a Context<'a>,
        administrator: Id<Person>,
    ) -> Result<Self, HubError> {
        let assigned = partner_admins::organizations(world, context, administrator)?;
        let may_not = visitor.held_back(Errand::Appoint, Place::Staff);
        Ok(Assignments { visitor, world, context, administrator, assigned, may_not })
    }

    fn show(&self) -> Result<Markup, HubError> {
        let search = self.visitor.query().text("search").unwrap_or_default();
        Ok(html! {
            (self.held())
            h2 { (self.visitor.text("administrator-assign")) }
            @if let Some(refusal) = &self.may_not { (fields::refusal(self.visitor, refusal)) }
            (search_form(self.visitor, self.administrator, &search))
            @if !search.is_empty() { (self.offered(&search)?) }
        })
    }

    /// Those that he has, page by page.
    fn held(&self) -> Markup {
        let wanted = table::wanted(self.visitor);
        let shown = self.assigned.iter().skip(wanted.offset).take(wanted.max);
        let customers = shown.filter_map(|organization| self.world.customer_of(*organization));
        let rows: Vec<_> =
            customers.map(|it| self.row(it, "unassign", "administrator-unassign-from")).collect();
        let has_more = self.assigned.len() > wanted.offset + rows.len();
        html! {
            @let none = table::empty(self.visitor, "administrator-has-none", None);
            (table::table_or(self.visitor, "administrator-customers", &CUSTOMER_HEADINGS, &rows, none))
            (table::pager(self.visitor, wanted, rows.len(), has_more))
        }
    }

    /// The first that a search finds and that he does not have.
    fn offered(&self, search: &str) -> Result<Markup, HubError> {
        let assigned: HashSet<_> = self.assigned.iter().collect();
        let filter = CustomerFilter { search: Some(search.into()), ..CustomerFilter::default() };
        let wanted = PageRequest::of(0, assigned.len() + table::ROWS);
        let found = customers::list(self.world, self.context, &filter, wanted)?.items;
        let others = found.iter().filter(|customer| !assigned.contains(&customer.organization));
        let others = others.take(table::ROWS);
        let rows: Vec<_> = others.map(|it| self.row(it, "assign", "administrator-assign-to")).collect();
        let none = table::empty(self.visitor, "administrator-none-found", None);
        Ok(table::table_or(self.visitor, "administrator-assign", &CUSTOMER_HEADINGS, &rows, none))
    }

    /// A customer, with a button for a deed that `words` name.
    fn row(&self, customer: &Customer, deed: &str, words: &str) -> Vec<Markup> {
        vec![
            html! { bdi { (name_of(self.world, customer)) } },
            html! { bdi { (customer.external_id) } },
            html! { @if self.may_not.is_none() { (self.button(customer, deed, words)) } },
        ]
    }

    fn button(&self, customer: &Customer, deed: &str, words: &str) -> Markup {
        let label = self.visitor.say(words, &[("name", name_of(self.world, customer).into())]);
        let action = format!("{}/{deed}", path_of(self.administrator));
        let content = html! {
            input type="hidden" name="organization" value=(wire_id::of(customer.organization));
            button { (label) }
        };
        fields::form(self.visitor, &action, content)
    }
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
