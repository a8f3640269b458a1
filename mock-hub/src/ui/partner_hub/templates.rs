//! Onboarding templates and their provisioning ids.

use std::sync::Arc;

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::templates;
use hub_core::record::{ProvisioningState, Template};
use maud::{Markup, html};

use super::{show, state};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::http::word::Word;
use crate::ui::fault::Fault;
use crate::ui::table;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    const HEADINGS: [&str; 4] =
        ["template-name", "template-state", "template-country", "template-provisioning-id"];
    let wanted = table::wanted(&visitor);
    let page = visitor.read(|world, context| templates::list(world, context, wanted))?;
    let row = |template: &Arc<Template>| {
        vec![
            html! { a href=(visitor.href(&path_of(template))) { bdi { (template.name) } } },
            state_of(&visitor, template.provisioning_state),
            html! { (template.country) },
            html! { code { (wire_id::of(template.id)) } },
        ]
    };
    let rows: Vec<_> = page.items.iter().map(row).collect();
    let body = html! {
        p.lead { (visitor.text("templates-lead")) }
        @let none = table::empty(&visitor, "templates-none", None);
        (table::table_or(&visitor, "menu-templates", &HEADINGS, &rows, none))
        (table::pager(&visitor, wanted, rows.len(), page.next.is_some()))
    };
    Ok(show(&visitor, &visitor.text("menu-templates"), body))
}

pub(super) async fn one(Seen(visitor): Seen, Path(id): Path<String>) -> Result<Response, Fault> {
    let (template, owner) = visitor.read(|world, context| {
        let template = templates::get(world, context, wire_id::read(&id))?;
        let owner = world.organization(template.owner).map(|owner| owner.name.to_string());
        Ok::<_, HubError>((template.clone(), owner.unwrap_or_default()))
    })?;
    let body = html! {
        p { a href=(visitor.href("/templates")) { (visitor.text("template-back")) } }
        dl {
            dt { (visitor.text("template-provisioning-id")) }
            dd {
                code #provisioning-id { (wire_id::of(template.id)) } " "
                button.link data-copies="provisioning-id" data-copied=(visitor.text("copied")) hidden {
                    (visitor.text("copy"))
                }
            }
            dt { (visitor.text("template-state")) }
            dd { (state_of(&visitor, template.provisioning_state)) }
            dt { (visitor.text("template-country")) }
            dd { (template.country) }
            dt { (visitor.text("customer-subscription")) }
            dd { (template.subscription) }
            dt { (visitor.text("template-owner")) }
            dd { bdi { (owner) } }
        }
        p { (visitor.text("template-use")) }
    };
    Ok(show(&visitor, &template.name, body))
}

/// Whether a template or sub-partner may be used, in words.
pub(super) fn state_of(visitor: &Visitor, of: ProvisioningState) -> Markup {
    let tone = if of == ProvisioningState::Active { "good" } else { "bad" };
    state(visitor, "provisioning-state", Word(of).text(), tone)
}

fn path_of(template: &Template) -> String {
    format!("/templates/{}", wire_id::of(template.id))
}
