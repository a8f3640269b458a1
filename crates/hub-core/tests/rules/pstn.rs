//! PSTN connections of Acme Dental's head office.

use hub_core::operation::pstn::{self, OPTIONS, PstnChoice};
use hub_core::record::PremisesRoute;
use hub_core::{Id, Scope};
use insta::assert_snapshot;
use uuid::Uuid;

use crate::hub::{Hub, told};

fn set(hub: &mut Hub, choice: &PstnChoice) -> String {
    let location = hub.location("acme-dental", "Head Office");
    told(hub.run(|draft, context| pstn::set(draft, context, None, location, choice)))
}

fn get(hub: &Hub) -> String {
    let location = hub.location("acme-dental", "Head Office");
    match hub.peek(|draft, context| pstn::get(draft, context, None, location)) {
        Ok(option) => option.name.to_owned(),
        Err(refusal) => refusal.to_string(),
    }
}

fn option(id: Uuid) -> PstnChoice {
    PstnChoice { option: Some(id), ..PstnChoice::default() }
}

#[test]
fn a_location_has_no_connection_until_one_is_set_loc_012() {
    let mut hub = Hub::demo();
    assert_snapshot!(get(&hub), @"locationId: The location has a PSTN connection (LOC-012). PSTN for the location is not configured.");
    assert_snapshot!(set(&mut hub, &option(OPTIONS[1].id)), @"accepted");
    assert_snapshot!(get(&hub), @"Northwind Cloud PSTN");
    let premises =
        PstnChoice { option: None, route: Some(PremisesRoute::Trunk), route_id: Some("trunk-7".into()) };
    assert_snapshot!(set(&mut hub, &premises), @"accepted");
    assert_snapshot!(get(&hub), @"Premises-based PSTN");
}

#[test]
fn a_connection_is_one_option_that_can_be_set_loc_013_loc_014_loc_015() {
    let mut hub = Hub::demo();
    assert_snapshot!(set(&mut hub, &PstnChoice::default()), @"id: A PSTN connection is set by `id`, or by `premiseRouteType` and `premiseRouteId` together (LOC-013)");
    let half = PstnChoice { route: Some(PremisesRoute::RouteGroup), ..PstnChoice::default() };
    assert_snapshot!(set(&mut hub, &half), @"id: A PSTN connection is set by `id`, or by `premiseRouteType` and `premiseRouteId` together (LOC-013)");
    assert_snapshot!(set(&mut hub, &option(Uuid::nil())), @"id: A PSTN connection is one of the options that the location has (LOC-014)");
    assert_snapshot!(set(&mut hub, &option(OPTIONS[2].id)), @"id: Only premises-based and non-integrated PSTN connections are set up through the API, premises-based ones by their route (LOC-015; saw `Cisco Calling Plans`)");
    assert_snapshot!(set(&mut hub, &option(OPTIONS[0].id)), @"id: Only premises-based and non-integrated PSTN connections are set up through the API, premises-based ones by their route (LOC-015; saw `Premises-based PSTN`)");
}

#[test]
fn options_are_those_of_a_calling_location() {
    let mut hub = Hub::demo();
    let options = |hub: &Hub, location| {
        told(hub.peek(|draft, context| pstn::options(draft, context, None, location, &[])))
    };
    let location = hub.location("acme-dental", "Head Office");
    assert_snapshot!(options(&hub, location), @"accepted");
    assert_snapshot!(options(&hub, Id::MIN), @"locationId: The location exists in an organization of the caller, and in the one that `orgId` names if it is given (LOC-001)");
    hub.caller.scopes = Some([Scope::CallingRead].into());
    assert_snapshot!(options(&hub, location), @"The token carries the scope that the endpoint needs (API-007). It needs spark-admin:telephony_pstn_read.");
}
