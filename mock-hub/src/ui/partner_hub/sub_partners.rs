//! Sub-partners, and acting for one of them: the browser keeps for whom, so that all pages are about its customers.

use std::sync::Arc;

use axum::response::Response;
use hub_core::operation::access::{Errand, Place, permits};
use hub_core::operation::sub_partners;
use hub_core::record::SubPartner;
use hub_core::{Caller, HubError, World};
use maud::{Markup, html};

use super::show;
use super::templates::state_of;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::layout::moment;
use crate::ui::notice::with_notice;
use crate::ui::session::ACTS_FOR;
use crate::ui::table;
use crate::ui::visitor::{Seen, Visitor};

const HEADINGS: [&str; 6] = [
    "sub-partner-name",
    "template-state",
    "customer-subscription",
    "customers-created",
    "sub-partner-billed-from",
    "sub-partner-act-title",
];

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    let wanted = table::wanted(&visitor);
    let (rows, has_more) = visitor.read(|world, context| {
        let page = sub_partners::list(world, context, None, wanted)?;
        let row = |sub_partner: &Arc<SubPartner>| row(&visitor, world, sub_partner);
        Ok::<_, HubError>((page.items.iter().map(row).collect::<Vec<_>>(), page.next.is_some()))
    })?;
    let body = html! {
        p.lead { (visitor.text("sub-partners-lead")) }
        @let none = table::empty(&visitor, "sub-partners-none", None);
        (table::table_or(&visitor, "menu-sub-partners", &HEADINGS, &rows, none))
        (table::pager(&visitor, wanted, rows.len(), has_more))
    };
    Ok(show(&visitor, &visitor.text("menu-sub-partners"), body))
}

/// Begins to act for a sub-partner that the visitor's partner has.
pub(super) async fn act(Seen(visitor): Seen, Path(id): Path<String>, _: Form) -> Result<Response, Fault> {
    let organization = wire_id::read(&id);
    let caller = Caller { on_behalf_of: Some(organization), ..visitor.caller().clone() };
    let may = visitor.sandbox.read(&caller, |world, it| permits(world, it, Errand::Look, Place::PartnerHub));
    may?;
    let kept = wire_id::of(organization);
    Ok(visitor.go_to_with("/customers", ACTS_FOR, Some(kept.as_str())))
}

/// Goes on for the visitor's own partner.
pub(super) async fn leave(Seen(visitor): Seen, _: Form) -> Response {
    visitor.go_to_with(&with_notice("/customers", "done-acting-ended"), ACTS_FOR, None)
}

fn row(visitor: &Visitor, world: &World, sub_partner: &SubPartner) -> Vec<Markup> {
    let id = sub_partner.organization;
    let name = world.organization(id).map_or("", |organization| &organization.name);
    let act = visitor.say("sub-partner-act", &[("name", name.into())]);
    vec![
        html! { bdi { (name) } },
        state_of(visitor, sub_partner.provisioning_state),
        html! { (sub_partner.subscription) },
        moment(sub_partner.created),
        moment(sub_partner.billing_start),
        fields::form(visitor, &format!("/sub-partners/{}/act", wire_id::of(id)), html! { button { (act) } }),
    ]
}
