//! Changes of a customer: packages, quantities, external id, address; and whether they would be refused.

use axum::response::Response;
use hub_core::operation::access::{self, Errand, Place};
use hub_core::operation::customers;
use hub_core::record::Customer;
use hub_core::{Context, HubError, Id};
use maud::html;

use super::create_customer::outcome;
use super::customer_form;
use super::customers::{name_of, path_of};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(Seen(visitor): Seen, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = wire_id::read(&id);
    let form = visitor.read(|world, context| {
        let customer = customers::get(world, context, id)?;
        Ok::<_, HubError>(customer_form::filled(customer, context))
    })?;
    show(&visitor, id, &form, false)
}

pub(super) async fn submit(
    Seen(visitor): Seen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let id = wire_id::read(&id);
    let done =
        if form.has("precheck") { precheck(&visitor, id, &form) } else { update(&visitor, id, &form).await };
    match done {
        Ok(Some(path)) => Ok(visitor.go_to(&with_notice(&path, "done-customer-updating"))),
        Ok(None) => show(&visitor, id, &form, true),
        Err(fault) => show(&visitor, id, &form.refused(fault), false),
    }
}

fn precheck(visitor: &Visitor, id: Id<Customer>, form: &Form) -> Result<Option<String>, Fault> {
    let wanted = customer_form::update(form)?;
    visitor.read(|world, context| customers::precheck_update(world, context, id, &wanted))?;
    Ok(None)
}

async fn update(visitor: &Visitor, id: Id<Customer>, form: &Form) -> Result<Option<String>, Fault> {
    let wanted = customer_form::update(form)?;
    let update = |draft: &mut _, context: &Context<'_>| customers::update(draft, context, id, &wanted);
    let customer = visitor.write("update customer", update).await?;
    Ok(Some(path_of(&customer)))
}

fn show(visitor: &Visitor, id: Id<Customer>, form: &Form, is_prechecked: bool) -> Result<Response, Fault> {
    let (customer, name, held_back) = visitor.read(|world, context| {
        let customer = customers::get(world, context, id)?;
        let held_back = access::permits(world, context, Errand::Change, Place::Customer(id)).err();
        Ok::<_, HubError>((customer.clone(), name_of(world, customer).to_owned(), held_back))
    })?;
    // What holds back from the form is the whole page, unless it is what was just said against the form.
    if let Some(refusal) = held_back.filter(|_| form.fault().is_none()) {
        return Err(refusal.into());
    }
    let path = path_of(&customer);
    let body = html! {
        p { a href=(visitor.href(&path)) { (visitor.text("customer-back-to")) } }
        (outcome(visitor, is_prechecked))
        (fields::summary(visitor, form))
        (fields::form(visitor, &format!("{path}/edit"), html! {
            (Text::of("externalId", "customers-external-id").required().show(visitor, form))
            (customer_form::packages(visitor, form))
            (customer_form::address(visitor, form))
            (customer_form::location(visitor, form, "customer-location-hint-of-change"))
            div.actions {
                button.primary #save { (visitor.text("customer-save")) }
                button #precheck name="precheck" value="true" { (visitor.text("customer-precheck")) }
            }
        }))
    };
    let title = visitor.say("customer-edit-title", &[("name", name.into())]);
    Ok(Sheet { console: Console::PartnerHub, title: &title, body }.show_form(visitor, form))
}
