//! The list of users: search, filters, page by page.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::users::{self, UserFilter};
use hub_core::record::{Person, PersonStatus};
use hub_core::{Context, HubError, Package, PackageSet, PageRequest, World};
use maud::{Markup, html};

use super::choices::{self, Choice};
use super::{banner, held_back, path, show};
use crate::control_hub::users::STATUSES;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{offer, table};

const FILTERS: [&str; 4] = ["search", "package", "status", "location"];
const HEADINGS: [&str; 6] =
    ["user-name", "user-email", "user-status", "user-package", "user-location", "user-number"];

pub(super) async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let wanted = table::wanted(&visitor);
    let form = sought(&visitor);
    let filter = filter(&visitor)?;
    let held_back = held_back(&visitor, &org);
    let found = visitor.read(|world, context| {
        let list = list(&visitor, world, context, &org, &filter, wanted)?;
        Ok::<_, HubError>(html! {
            (search(&visitor, &org, &form, &choices::locations(world, context, &org)?))
            (list)
        })
    })?;
    let body = html! {
        (banner(&visitor, held_back.as_ref()))
        div.actions {
            (offer::link(&visitor, "primary", "manage-users", &path(&org, "/manage"), held_back.as_ref()))
        }
        (found)
    };
    Ok(show(&visitor, &visitor.text("menu-users"), body))
}

/// The state of a user.
pub(super) fn state_of(visitor: &Visitor, person: &Person) -> Markup {
    let tone = match person.status {
        PersonStatus::Active => "state good",
        PersonStatus::Pending => "state warn",
        PersonStatus::Suspended => "state bad",
    };
    html! { span class=(tone) { (visitor.word("person-status", person.status.title())) } }
}

/// The titles of packages.
pub(super) fn titles(packages: PackageSet) -> String {
    packages.iter().map(Package::title).collect::<Vec<_>>().join(", ")
}

fn sought(visitor: &Visitor) -> Form {
    let mut query = visitor.query();
    let values = FILTERS.map(|name| (name, query.text(name).unwrap_or_default()));
    Form::with(values.iter().map(|(name, value)| (*name, &**value)))
}

fn filter(visitor: &Visitor) -> Result<UserFilter, HubError> {
    let mut query = visitor.query();
    Ok(UserFilter {
        search: query.text("search").map(Into::into),
        package: query.text("package").map(Into::into),
        status: query.choice("status", &STATUSES)?,
        location: query.text("location").as_deref().map(wire_id::read),
    })
}

fn search(visitor: &Visitor, org: &str, form: &Form, locations: &[Choice]) -> Markup {
    let any = || (String::new(), visitor.text("filter-any-user"));
    let with_any = |choices: Vec<Choice>| [any()].into_iter().chain(choices).collect::<Vec<_>>();
    let status =
        |(id, status): (&str, PersonStatus)| (id.to_owned(), visitor.word("person-status", status.title()));
    let statuses = with_any(STATUSES.map(status).into());
    let package = |package: Package| (package.id().to_owned(), package.title().to_owned());
    let packages = with_any(Package::all().filter(|it| it.is_for_subscribers()).map(package).collect());
    html! {
        form.search role="search" method="get" action=(visitor.href(&path(org, ""))) {
            (Text::of("search", "users-search").kind("search").show(visitor, form))
            (fields::select(visitor, form, "package", "user-package", &packages))
            (fields::select(visitor, form, "status", "user-status", &statuses))
            (fields::select(visitor, form, "location", "user-location", &with_any(locations.to_vec())))
            button #search-users { (visitor.text("users-find")) }
        }
    }
}

fn list(
    visitor: &Visitor,
    world: &World,
    context: &Context<'_>,
    org: &str,
    filter: &UserFilter,
    wanted: PageRequest,
) -> Result<Markup, HubError> {
    let page = users::list(world, context, wire_id::read(org), filter, wanted)?;
    let row = |person: &Arc<Person>| row(visitor, world, org, person);
    let rows: Vec<_> = page.items.iter().map(row).collect();
    Ok(html! {
        @if rows.is_empty() {
            (none(visitor, org, filter))
        } @else {
            (table::table(visitor, "menu-users", &HEADINGS, &rows))
        }
        (table::pager(visitor, wanted, rows.len(), page.next.is_some()))
    })
}

fn row(visitor: &Visitor, world: &World, org: &str, person: &Person) -> Vec<Markup> {
    let user = wire_id::of(person.id);
    let subscriber = world.subscriber_of(person.id);
    let has_errors = subscriber.is_some_and(|subscriber| !subscriber.errors.is_empty());
    let location = person.location.and_then(|id| world.location(id));
    vec![
        html! { a href=(visitor.href(&path_of(org, &user))) { bdi { (person.shown_name()) } } },
        html! { bdi { (person.email) } },
        state_of(visitor, person),
        html! {
            @if let Some(subscriber) = subscriber { bdi { (titles(subscriber.packages)) } }
            @if has_errors { " " span class="state bad" { (visitor.text("package-status-error")) } }
            @if person.is_external { " " span class="state warn" { (visitor.text("user-is-external")) } }
        },
        html! { @if let Some(location) = location { bdi { (location.name) } } },
        numbers(person),
    ]
}

fn path_of(org: &str, user: &wire_id::WireId) -> String {
    super::path_of(org, user.as_str(), "")
}

/// Number and extension of a user.
fn numbers(person: &Person) -> Markup {
    html! {
        @if let Some(number) = person.phone_number { bdi { (number) } }
        @if person.phone_number.is_some() && person.extension.is_some() { " / " }
        @if let Some(extension) = person.extension { bdi { (extension) } }
    }
}

/// What to say where nobody is listed.
fn none(visitor: &Visitor, org: &str, filter: &UserFilter) -> Markup {
    let (says, next) = match *filter == UserFilter::default() {
        true => ("users-none", None),
        false => ("users-none-found", Some((path(org, ""), "users-show-all"))),
    };
    table::empty(visitor, says, next.as_ref().map(|(path, label)| (&**path, *label)))
}
