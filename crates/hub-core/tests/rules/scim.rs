//! SCIM users: what a document means to the hub.

use hub_core::operation::scim_users;
use hub_core::record::{Attribute, Person, PersonStatus};
use hub_core::scim::Document;
use hub_core::scim::schema::{PATCH, USER};
use hub_core::{Email, HubError, Id, Role, Scope};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::hub::{Hub, told};

const LUCIA: &str = "lucia@panaderia-sol.example.com";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const WEBEX: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

fn object(value: Value) -> Document {
    serde_json::from_value(value).unwrap()
}

fn user(name: &str, more: Value) -> Document {
    let mut user = object(json!({ "schemas": [USER.core.id], "userName": name, "userType": "user" }));
    user.extend(object(more));
    user
}

fn show(hub: &Hub, email: &str) -> Document {
    let person = hub.person(email);
    hub.peek(|draft, context| scim_users::get(draft, context, person.organization, person.id)).unwrap()
}

fn create(hub: &mut Hub, name: &str, more: Value) -> Result<Document, HubError> {
    let organization = hub.customer("panaderia-sol").organization;
    let document = user(name, more);
    hub.run(|draft, context| scim_users::create(draft, context, organization, &document))
}

fn replace(hub: &mut Hub, email: &str, document: &Document) -> Result<Document, HubError> {
    let person = hub.person(email);
    hub.run(|draft, context| scim_users::replace(draft, context, person.organization, person.id, document))
}

fn patch(hub: &mut Hub, email: &str, operations: Value) -> Result<Document, HubError> {
    let person = hub.person(email);
    let body = object(json!({ "schemas": [PATCH], "Operations": operations }));
    hub.run(|draft, context| scim_users::patch(draft, context, person.organization, person.id, &body))
}

/// Puts the document in the place of itself.
fn echo(hub: &mut Hub, email: &str) -> (Person, Person) {
    let before = Person::clone(&hub.person(email));
    let document = show(hub, email);
    hub.wait_ms(1000);
    replace(hub, email, &document).unwrap();
    (before, Person::clone(&hub.person(email)))
}

/// SCM-012 and SCM-013: what the document does not own, it does not change.
#[test]
fn a_document_that_is_put_back_changes_nothing_scm_012_scm_013() {
    let mut hub = Hub::demo();
    let people: Vec<_> = hub.world.people_of(hub.customer("panaderia-sol").organization).cloned().collect();
    for person in people {
        let (before, after) = echo(&mut hub, person.email.as_str());
        assert_eq!(before, after);
    }
}

#[test]
fn what_a_put_leaves_out_is_emptied_except_status_roles_and_calling_data_scm_012_scm_013() {
    let mut hub = Hub::demo();
    patch(
        &mut hub,
        LUCIA,
        json!([{ "op": "add", "value": { "title": "Baker", "roles": [{ "value": "id_user_admin" }] } }]),
    )
    .unwrap();
    let before = hub.person(LUCIA);
    assert!(before.is_calling_user() && before.attribute(Attribute::Title) == Some("Baker"));
    replace(&mut hub, LUCIA, &user(LUCIA, json!({}))).unwrap();
    let after = hub.person(LUCIA);
    assert_eq!((after.attribute(Attribute::Title), &after.first_name), (None, &None));
    assert_eq!((after.status, &after.roles), (before.status, &before.roles));
    assert_eq!((after.phone_number, after.extension), (before.phone_number, before.extension));
}

#[test]
fn what_the_hub_does_not_act_upon_is_kept_and_shown_again() {
    let mut hub = Hub::demo();
    let more = json!({
        "nickName": "An", "externalId": "7", "photos": [{ "value": "https://x.example/a", "type": "photo" }],
        "emails": [{ "value": "ana@home.example", "type": "home", "display": "home" }],
        "addresses": [{ "type": "work", "country": "ES" }, { "type": "home", "country": "NO" }],
        (ENTERPRISE): { "costCenter": "9" },
        (WEBEX): { "extensionAttribute3": ["a", "b"], "sipAddresses": [{ "value": "a@sip.example" }] },
        "urn:example:unknown": { "ignored": true },
    });
    let shown = create(&mut hub, "ana@x.example", more).unwrap();
    let lines: Vec<_> = shown.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    active: true
    addresses: [{"country":"ES","type":"work"},{"country":"NO","type":"home"}]
    displayName: "ana@x.example"
    emails: [{"primary":true,"type":"work","value":"ana@x.example"},{"display":"home","type":"home","value":"ana@home.example"}]
    externalId: "7"
    id: "019c186e-2e80-7000-800f-a40000000000"
    meta: {"created":"2026-02-01T09:00:00.000Z","lastModified":"2026-02-01T09:00:00.000Z","resourceType":"User","version":"W/\"faf747a3d523b9a\""}
    nickName: "An"
    photos: [{"type":"photo","value":"https://x.example/a"}]
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:scim:schemas:extension:cisco:webexidentity:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"costCenter":"9"}
    urn:scim:schemas:extension:cisco:webexidentity:2.0:User: {"accountStatus":["pending"],"extensionAttribute3":["a","b"],"meta":{"organizationId":"019b8d77-8920-7000-8000-5c0000000000"},"sipAddresses":[{"value":"a@sip.example"}]}
    userName: "ana@x.example"
    userType: "user"
    "#);
    let (before, after) = echo(&mut hub, "ana@x.example");
    assert_eq!(before, after);
    assert_eq!(shown["meta"], show(&hub, "ana@x.example")["meta"]);
}

/// SCM-011.
#[test]
fn inactive_is_suspended_and_active_again_is_signed_in_scm_011() {
    let mut hub = Hub::demo();
    let active = |value: Value| json!([{ "op": "replace", "path": "active", "value": value }]);
    let packages = hub.subscriber(LUCIA).packages;
    patch(&mut hub, LUCIA, active(json!(false))).unwrap();
    assert_eq!(hub.person(LUCIA).status, PersonStatus::Suspended);
    assert_eq!(show(&hub, LUCIA)[WEBEX]["accountStatus"], json!(["disabled"]));
    assert_eq!(hub.subscriber(LUCIA).packages, packages);
    patch(&mut hub, LUCIA, active(json!("True"))).unwrap();
    assert_eq!(hub.person(LUCIA).status, PersonStatus::Active);
}

#[test]
fn the_primary_work_address_goes_with_the_user_name_scm_008() {
    let mut hub = Hub::demo();
    let work = "emails[type eq \"work\"].value";
    let only_email = json!([{ "op": "replace", "path": work, "value": "sol@x.example" }]);
    assert_snapshot!(told(patch(&mut hub, LUCIA, only_email)), @"emails[0].value: The primary work address among the `emails` of a user is its `userName` (SCM-008; saw `sol@x.example`)");
    let both = json!([
        { "op": "replace", "path": "userName", "value": "sol@x.example" },
        { "op": "replace", "path": work, "value": "sol@x.example" },
    ]);
    let shown = patch(&mut hub, LUCIA, both).unwrap();
    assert_eq!(shown["emails"], json!([{ "value": "sol@x.example", "type": "work", "primary": true }]));
    let only_name = json!([{ "op": "replace", "path": "userName", "value": LUCIA }]);
    let shown = patch(&mut hub, "sol@x.example", only_name).unwrap();
    assert_eq!(shown["emails"], json!([{ "value": LUCIA, "type": "work", "primary": true }]));
    let taken = json!([{ "op": "replace", "path": "userName", "value": "mateo@panaderia-sol.example.com" }]);
    assert_snapshot!(told(patch(&mut hub, LUCIA, taken)), @"userName: An e-mail address is that of one person of the whole hub, in whatever case it is written (PPL-014; saw `mateo@panaderia-sol.example.com`)");
}

#[test]
fn the_manager_is_a_user_of_the_same_organization_scm_009() {
    let mut hub = Hub::demo();
    let manager =
        |id: Id<Person>| json!([{ "op": "add", "path": "manager", "value": { "value": id.to_string() } }]);
    let mateo = hub.person("mateo@panaderia-sol.example.com");
    let shown = patch(&mut hub, LUCIA, manager(mateo.id)).unwrap();
    assert_eq!(shown[ENTERPRISE]["manager"]["displayName"], json!(mateo.shown_name()));
    assert_eq!(hub.person(LUCIA).attribute(Attribute::Manager), Some(mateo.email.as_str()));
    let foreign = hub.person("alice@acme-dental.example.com").id;
    let refused = patch(&mut hub, LUCIA, manager(foreign)).unwrap_err();
    assert_eq!(
        (refused.rule.id, refused.field()),
        ("SCM-009", Some("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager.value"))
    );
    patch(&mut hub, LUCIA, json!([{ "op": "remove", "path": "manager" }])).unwrap();
    assert_eq!(hub.person(LUCIA).attribute(Attribute::Manager), None);
}

#[test]
fn roles_are_given_by_who_administers_the_organization_scm_010_api_006() {
    let mut hub = Hub::demo();
    let roles = |name: &str| json!([{ "op": "replace", "path": "roles", "value": [{ "value": name, "type": "cirole" }] }]);
    patch(&mut hub, LUCIA, roles("id_full_admin")).unwrap();
    assert!(hub.person(LUCIA).roles.has_any(&[Role::CustomerFullAdmin]));
    assert_snapshot!(told(patch(&mut hub, LUCIA, roles("location_admin"))), @"roles[0].value: A role that SCIM gives a user is one of those that the service lets it give, which location and site administrators are not (SCM-010; saw `location_admin`)");
    let organization = hub.customer("panaderia-sol").organization;
    hub.adjust_organization(organization, |it| it.settings.has_restricted_administrators = false);
    hub.call_as("user-admin@x.example", organization, &[Role::CustomerUserAdmin]);
    assert_snapshot!(told(patch(&mut hub, LUCIA, roles("id_user_admin"))), @"roles: The administrator role behind the token allows the operation (API-006)");
    assert_snapshot!(told(patch(&mut hub, LUCIA, roles("id_full_admin"))), @"accepted");
}

/// API-006: partner roles are the partner's to give, in SCIM as in people requests.
#[test]
fn a_full_administrator_of_the_partners_own_organization_makes_no_partner_administrators_api_006() {
    let mut hub = Hub::demo();
    let partner = hub.caller.organization;
    let make = |hub: &mut Hub, name: &str, role: &str| {
        let document = user(name, json!({ "roles": [{ "value": role }] }));
        told(hub.run(|draft, context| scim_users::create(draft, context, partner, &document)))
    };
    assert_snapshot!(make(&mut hub, "ana@partner.example", "id_readonly_admin"), @"accepted");
    hub.call_as("full@partner.example", partner, &[Role::CustomerFullAdmin]);
    assert_snapshot!(make(&mut hub, "bea@partner.example", "id_full_admin"), @"roles: The administrator role behind the token allows the operation (API-006)");
    let taken = json!([{ "op": "remove", "path": "roles" }]);
    assert_snapshot!(told(patch(&mut hub, "ana@partner.example", taken)), @"roles: The administrator role behind the token allows the operation (API-006)");
}

#[test]
fn administrators_of_the_customer_are_held_back_cus_027() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    hub.call_as("admin@x.example", organization, &[Role::CustomerFullAdmin]);
    assert_snapshot!(told(create(&mut hub, "ana@x.example", json!({}))), @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
}

/// CUS-029.
#[test]
fn administrators_who_are_held_back_change_names_and_nothing_else() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    hub.call_as("admin@x.example", organization, &[Role::CustomerFullAdmin]);
    let rename = json!([{ "op": "replace", "path": "name.givenName", "value": "Luz" }]);
    assert_snapshot!(told(patch(&mut hub, LUCIA, rename)), @"accepted");
    let mut document = show(&hub, LUCIA);
    document.insert("displayName".into(), "Luz de Sol".into());
    assert_snapshot!(told(replace(&mut hub, LUCIA, &document)), @"accepted");
    assert_eq!(hub.person(LUCIA).shown_name(), "Luz de Sol");
    let retitle = json!([{ "op": "add", "path": "title", "value": "Baker" }]);
    assert_snapshot!(told(patch(&mut hub, LUCIA, retitle)), @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    document.insert("userName".into(), "luz@x.example".into());
    assert_snapshot!(told(replace(&mut hub, LUCIA, &document)), @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
}

#[test]
fn the_scope_to_write_is_one_to_read_api_007() {
    let mut hub = Hub::demo();
    let look = |hub: &Hub| told(hub.peek(|draft, context| scim_users::me(draft, context)));
    hub.caller.scopes = Some([Scope::IdentityPeopleWrite].into());
    assert_eq!(look(&hub), "accepted");
    hub.caller.scopes = Some([Scope::PeopleRead].into());
    assert_snapshot!(look(&hub), @"The token carries the scope that the endpoint needs (API-007). It needs identity:people_read.");
}

#[test]
fn unknown_attributes_are_refused_in_strict_mode_only_api_004() {
    let mut hub = Hub::demo();
    assert!(create(&mut hub, "ana@x.example", json!({ "colour": "red" })).is_ok());
    hub.settings.is_strict = true;
    assert_snapshot!(told(create(&mut hub, "bea@x.example", json!({ "name": { "colour": "red" } }))), @"name.colour: A request has no body field that the API description does not know: in the control API always, elsewhere in strict mode, and then no such query parameter either (API-004)");
}

#[test]
fn the_difference_between_two_worlds_knows_an_address_that_went_from_one_user_to_another() {
    let mut hub = Hub::demo();
    let start = hub.world.clone();
    let (nerea, mateo) = ("nerea@panaderia-sol.example.com", "mateo@panaderia-sol.example.com");
    let person = hub.person(nerea);
    hub.run(|draft, context| scim_users::remove(draft, context, person.organization, person.id)).unwrap();
    let rename = |name| json!([{ "op": "replace", "path": "userName", "value": name }]);
    patch(&mut hub, mateo, rename(nerea)).unwrap();
    let mut patched = start.clone();
    start.changes_to(&hub.world).into_iter().for_each(|change| drop(patched.apply(change)));
    assert!(patched == hub.world);
    assert_eq!(patched.check(), Ok(()));
}

#[test]
fn a_removed_user_leaves_nothing_behind() {
    let mut hub = Hub::demo();
    let person = hub.person(LUCIA);
    hub.run(|draft, context| scim_users::remove(draft, context, person.organization, person.id)).unwrap();
    assert_eq!(hub.world.subscriber_of(person.id), None);
    assert_eq!(hub.world.person_by_email(&Email::parse(LUCIA).unwrap()), None);
    let again = hub.run(|draft, context| scim_users::remove(draft, context, person.organization, person.id));
    assert_snapshot!(told(again), @"userId: The user of a SCIM request belongs to the organization in its path (SCM-001)");
}
