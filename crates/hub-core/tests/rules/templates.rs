//! Onboarding templates as Partner Hub lists them.

use hub_core::operation::templates;
use hub_core::{Id, PageRequest};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

fn listed(hub: &Hub) -> String {
    let page = hub.peek(|draft, context| templates::list(draft, context, PageRequest::ALL)).unwrap();
    page.items.iter().map(|template| &*template.name).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_partner_has_its_templates_and_a_sub_partner_those_of_its_partner() {
    let mut hub = Hub::demo();
    assert_eq!(listed(&hub), "Retired, Europe, Standard");
    hub.caller.on_behalf_of = Some(hub.sub_partner("Lakeside Telecom"));
    assert_eq!(listed(&hub), "Retired, Europe, Standard");
}

/// CUS-001.
#[test]
fn a_template_is_shown_by_its_provisioning_id_cus_001() {
    let hub = Hub::demo();
    let get = |id| {
        hub.peek(|draft, context| templates::get(draft, context, id).map(|found| found.name.to_string()))
    };
    assert_eq!(get(hub.template("Europe")).unwrap(), "Europe");
    assert_snapshot!(
        told(get(Id::MIN).map(drop)),
        @"`provisioningId` names an onboarding template of the partner (CUS-001)"
    );
}
