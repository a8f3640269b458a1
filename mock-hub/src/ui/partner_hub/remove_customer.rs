//! The removal of a customer: what goes and what stays, and then the deed.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::access::{Errand, Place, permits};
use hub_core::operation::customers;
use maud::html;

use super::customers::{name_of, path_of};
use super::show;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::visitor::Seen;

pub(super) async fn page(Seen(visitor): Seen, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = wire_id::read(&id);
    let (customer, name, users) = visitor.read(|world, context| {
        permits(world, context, Errand::Remove, Place::Customer(id))?;
        let customer = customers::get(world, context, id)?;
        let users = customers::users_of(world, customer);
        Ok::<_, HubError>((customer.clone(), name_of(world, customer).to_owned(), users))
    })?;
    let path = path_of(&customer);
    let title = visitor.say("customer-remove-title", &[("name", name.into())]);
    let body = html! {
        div.warning { p { (visitor.say("customer-remove-lead", &[("users", users.into())])) } }
        (fields::form(&visitor, &format!("{path}/remove"), html! {
            div.actions {
                button.danger #remove { (visitor.text("customer-remove")) }
                a.button href=(visitor.href(&path)) { (visitor.text("cancel")) }
            }
        }))
    };
    Ok(show(&visitor, &title, body))
}

pub(super) async fn submit(Seen(visitor): Seen, Path(id): Path<String>, _: Form) -> Result<Response, Fault> {
    let id = wire_id::read(&id);
    visitor.write("remove customer", |draft, context| customers::remove(draft, context, id)).await?;
    Ok(visitor.go_to(&with_notice("/customers", "done-customer-deleting")))
}
