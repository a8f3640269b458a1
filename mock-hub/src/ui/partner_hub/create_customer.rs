//! A new customer: the form, its precheck, and the beginning of provisioning.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::access::{self, Errand, Place};
use hub_core::operation::{customers, templates};
use hub_core::record::{ProvisioningState, Template};
use hub_core::{Context, HubError, PageRequest, World};
use maud::{Markup, html};

use super::customer_form;
use super::customers::path_of;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    show(&visitor, &customer_form::blank(), false)
}

pub(super) async fn submit(Seen(visitor): Seen, form: Form) -> Result<Response, Fault> {
    let done =
        if form.has("precheck") { precheck(&visitor, &form) } else { provision(&visitor, &form).await };
    match done {
        Ok(Some(path)) => Ok(visitor.go_to(&with_notice(&path, "done-customer-provisioning"))),
        Ok(None) => show(&visitor, &form, true),
        Err(fault) => show(&visitor, &form.refused(fault), false),
    }
}

fn precheck(visitor: &Visitor, form: &Form) -> Result<Option<String>, Fault> {
    let new = customer_form::new_customer(form, true)?;
    visitor.read(|world, context| customers::precheck(world, context, &new))?;
    Ok(None)
}

async fn provision(visitor: &Visitor, form: &Form) -> Result<Option<String>, Fault> {
    let new = customer_form::new_customer(form, false)?;
    let provision = |draft: &mut _, context: &Context<'_>| customers::provision(draft, context, &new);
    let customer = visitor.write("provision customer", provision).await?;
    Ok(Some(path_of(&customer)))
}

fn show(visitor: &Visitor, form: &Form, is_prechecked: bool) -> Result<Response, Fault> {
    let templates = visitor.read(|world, context| {
        access::permits(world, context, Errand::Provision, Place::PartnerHub)?;
        choices(visitor, world, context)
    })?;
    let body = html! {
        p { a href=(visitor.href("/customers")) { (visitor.text("customer-back")) } }
        (outcome(visitor, is_prechecked))
        (fields::summary(visitor, form))
        (fields::form(visitor, "/customers/new", html! {
            (fields::select(visitor, form, "provisioningId", "customer-template", &templates))
            (organization(visitor, form))
            (customer_form::packages(visitor, form))
            (customer_form::address(visitor, form))
            (customer_form::location(visitor, form, "customer-location-hint"))
            div.actions {
                button.primary #create { (visitor.text("customers-create")) }
                button #precheck name="precheck" value="true" { (visitor.text("customer-precheck")) }
            }
        }))
    };
    let title = visitor.text("customers-create");
    Ok(Sheet { console: Console::PartnerHub, title: &title, body }.show_form(visitor, form))
}

/// What a precheck that found nothing says.
pub(super) fn outcome(visitor: &Visitor, is_prechecked: bool) -> Markup {
    html! {
        @if is_prechecked { p.notice #prechecked role="status" { (visitor.text("customer-prechecked")) } }
    }
}

fn choices(
    visitor: &Visitor,
    world: &World,
    context: &Context<'_>,
) -> Result<Vec<(String, String)>, HubError> {
    let none = (String::new(), visitor.text("customer-template-choose"));
    let found = templates::list(world, context, PageRequest::ALL)?;
    let choice = |template: &Arc<Template>| {
        let suspended = format!(" ({})", visitor.word("provisioning-state", "suspended"));
        let is_suspended = template.provisioning_state == ProvisioningState::Suspended;
        let words = format!("{}{}", template.name, if is_suspended { &*suspended } else { "" });
        (wire_id::of(template.id).to_string(), words)
    };
    Ok([none].into_iter().chain(found.items.iter().map(choice)).collect())
}

fn organization(visitor: &Visitor, form: &Form) -> Markup {
    let is_existing = form.given("orgId").is_some() || form.fault_at("orgId").is_some();
    html! {
        fieldset {
            legend { (visitor.text("customer-organization")) }
            (Text::of("customerInfo.name", "customers-name").show(visitor, form))
            (Text::of("customerInfo.primaryEmail", "customer-primary-email").kind("email")
                .hint("customer-primary-email-hint").show(visitor, form))
            (Text::of("externalId", "customers-external-id").required().hint("customer-external-id-hint")
                .show(visitor, form))
            details open[is_existing] {
                summary { (visitor.text("customer-existing")) }
                (Text::of("orgId", "customer-organization-id").hint("customer-existing-hint").show(visitor, form))
            }
        }
    }
}
