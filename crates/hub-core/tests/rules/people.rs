//! People: who sees whom, and how they are found.

use hub_core::operation::people::{self, PersonFilter};
use hub_core::record::Person;
use hub_core::{Id, Mark, PageRequest, Role, Roles};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

const FIRST: PageRequest = PageRequest::ALL;

fn find(hub: &Hub, range: PageRequest, adjust: impl FnOnce(&mut PersonFilter)) -> String {
    let mut filter = PersonFilter::default();
    adjust(&mut filter);
    let found = hub.peek(|draft, context| people::list(draft, context, &filter, range));
    match found {
        Ok(found) => {
            let names = found.page.items.iter().map(|person| person.shown_name()).collect::<Vec<_>>();
            let more = if found.page.next.is_some() { " and more" } else { "" };
            let missing =
                if found.missing.is_empty() { String::new() } else { format!("; not {:?}", found.missing) };
            format!("{}{more}{missing}", names.join(", "))
        }
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn people_of_an_unseen_organization_are_nobody_ppl_001() {
    let mut hub = Hub::demo();
    let get = |hub: &Hub, id: Id<Person>| told(hub.peek(|draft, context| people::get(draft, context, id)));
    let (alice, frida) =
        (hub.person("alice@acme-dental.example.com").id, hub.person("free.user@example.net").id);
    assert_snapshot!(get(&hub, alice), @"accepted");
    assert_snapshot!(get(&hub, frida), @"The person exists and belongs to an organization that the caller sees (PPL-001)");
    assert_snapshot!(get(&hub, Id::MIN), @"The person exists and belongs to an organization that the caller sees (PPL-001)");
    let sol = hub.customer("panaderia-sol").organization;
    hub.call_as("lucia@panaderia-sol.example.com", sol, &[Role::CustomerFullAdmin]);
    assert_snapshot!(get(&hub, alice), @"The person exists and belongs to an organization that the caller sees (PPL-001)");
    assert_snapshot!(
        find(&hub, FIRST, |filter| filter.email = Some("alice@acme-dental.example.com".into())),
        @""
    );
    assert_snapshot!(
        find(&hub, FIRST, |filter| filter.organization = Some(hub.customer("acme-dental").organization)),
        @"orgId: `orgId` names an organization that the partner manages (CUS-015)"
    );
}

/// PPL-016.
#[test]
fn who_is_no_administrator_says_whom_he_looks_for_ppl_004() {
    let mut hub = Hub::demo();
    let sol = hub.customer("panaderia-sol").organization;
    hub.call_as("lucia@panaderia-sol.example.com", sol, &[]);
    assert_snapshot!(find(&hub, FIRST, |_| {}), @"email: Who is no administrator lists people only by e-mail address or display name (PPL-004)");
    assert_snapshot!(find(&hub, FIRST, |filter| filter.display_name = Some("mateo".into())), @"Mateo Núñez");
    let me = hub.peek(|draft, context| people::me(draft, context)).unwrap();
    assert_eq!(me.email.as_str(), "lucia@panaderia-sol.example.com");
}

#[test]
fn people_are_found_by_ids_roles_and_place_ppl_008() {
    let hub = Hub::demo();
    let alice = hub.person("alice@acme-dental.example.com").id;
    assert_snapshot!(find(&hub, FIRST, |filter| filter.ids = vec![Id::MIN, alice]), @"Alice Anderson; not [0]");
    assert_snapshot!(
        find(&hub, FIRST, |filter| filter.ids = vec![alice; 86]),
        @"id: A list of people by id names at most 85 of them (PPL-008; saw `86 ids`)"
    );
    let acme = hub.customer("acme-dental").organization;
    assert_snapshot!(
        find(&hub, FIRST, |filter| {
            filter.organization = Some(acme);
            filter.roles = vec!["id_user_admin".into(), "id_readonly_admin".into()];
        }),
        @"customer-user-admin@example.com, customer-read-only@example.com"
    );
    let madrid = hub.location("panaderia-sol", "Madrid Centro");
    assert_snapshot!(
        find(&hub, FIRST, |filter| {
            filter.organization = Some(hub.customer("panaderia-sol").organization);
            filter.location = Some(madrid);
        }),
        @"Lucía Gómez, Mateo Núñez"
    );
}

#[test]
fn a_page_goes_on_behind_the_last_person_api_018() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let page =
        |after: Option<Id<Person>>| PageRequest { after: after.map(Mark::of), ..PageRequest::of(0, 2) };
    let of_acme = |filter: &mut PersonFilter| filter.organization = Some(acme);
    assert_snapshot!(find(&hub, page(None), of_acme), @"admin@acme-dental.example.com, Alice Anderson and more");
    let alice = hub.person("alice@acme-dental.example.com");
    hub.caller.roles = Roles::of(&[Role::PartnerFullAdmin]);
    assert_snapshot!(find(&hub, page(Some(alice.id)), of_acme), @"Bob Brown, Carla Costa and more");
}
