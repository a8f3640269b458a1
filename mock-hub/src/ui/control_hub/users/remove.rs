//! Removing a user with all that he has, after asking.

use axum::response::Response;
use hub_core::HubError;
use hub_core::World;
use hub_core::operation::users;
use hub_core::record::Person;
use maud::{Markup, html};

use super::question::Question;
use super::{list, path, sheet};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &org, &user, &Form::default())
}

pub(super) async fn submit(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (own, id) = (wire_id::read(&org), wire_id::read(&user));
    match visitor.write("remove user", |draft, context| users::remove(draft, context, own, id)).await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&path(&org, ""), "done-user-removed"))),
        Err(fault) => show(&visitor, &org, &user, &form.refused(fault)),
    }
}

fn show(visitor: &Visitor, org: &str, user: &str, form: &Form) -> Result<Response, Fault> {
    let what_goes = visitor.read(|world, context| {
        let person = users::get(world, context, wire_id::read(org), wire_id::read(user))?;
        Ok::<_, HubError>(what_goes(visitor, world, person))
    })?;
    let question = Question { label: "user-remove", below: "/remove" };
    let body = question.ask(visitor, org, user, form, &what_goes);
    Ok(sheet(visitor, &visitor.text("user-remove-title"), body).show_form(visitor, form))
}

fn what_goes(visitor: &Visitor, world: &World, person: &Person) -> Markup {
    let packages = world.subscriber_of(person.id).map(|subscriber| list::titles(subscriber.packages));
    html! {
        p { (visitor.text("user-remove-lead")) }
        dl {
            dt { (visitor.text("user-name")) }
            dd { bdi { (person.shown_name()) } }
            dt { (visitor.text("user-email")) }
            dd { bdi { (person.email) } }
            @if let Some(packages) = packages {
                dt { (visitor.text("user-package")) }
                dd { bdi { (packages) } }
            }
            @if let Some(number) = person.phone_number {
                dt { (visitor.text("user-phone-number")) }
                dd { bdi { (number) } }
            }
            dt { (visitor.text("user-licenses")) }
            dd { (person.licenses.len()) }
        }
    }
}
