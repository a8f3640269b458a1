//! Control Hub's users: the list, the ways to manage them, the page of each.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::support::{CUSTOMERS, Hub};

const PARTNER: &str = "partner-full-admin";
const CUSTOMER: &str = "customer-full-admin";

/// Acme Dental as a visitor of its Control Hub meets it.
struct Acme {
    hub: Hub,
    /// The path of the API.
    api: String,
    /// The path of the pages about users.
    users: String,
}

impl Acme {
    async fn demo() -> Self {
        let hub = Hub::demo().await;
        let api = organization(&hub, "acme-dental").await;
        let id = api.rsplit('/').next().unwrap().to_owned();
        Acme { hub, users: format!("/organizations/{id}/users"), api }
    }

    async fn set(&self, change: Value) {
        let answer = self.hub.call(Method::PATCH, &format!("{}/settings", self.api), change).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    /// The users whom the API finds by a text.
    async fn found(&self, text: &str) -> Vec<Value> {
        let found = self.hub.get(&format!("{}/users?search={text}", self.api)).await.json();
        found["items"].as_array().unwrap().clone()
    }

    async fn user(&self, text: &str) -> Value {
        self.found(text).await.remove(0)
    }

    async fn page_of(&self, text: &str) -> String {
        format!("{}/{}", self.users, self.user(text).await["id"].as_str().unwrap())
    }

    fn at(&self, below: &str) -> String {
        format!("{}{below}", self.users)
    }

    async fn location(&self) -> String {
        self.user("alice").await["location"]["id"].as_str().unwrap().to_owned()
    }
}

/// The path that the API has for the organization of a customer.
async fn organization(hub: &Hub, external_id: &str) -> String {
    let customers = hub.get(&format!("{CUSTOMERS}?externalId={external_id}")).await.json();
    format!("/hub/v1/organizations/{}", customers["items"][0]["orgId"].as_str().unwrap())
}

fn refused_by(page: &Page) -> &str {
    page.answer.header("x-mock-hub-rule")
}

#[tokio::test]
async fn users_are_listed_in_both_languages_searched_and_filtered() {
    let acme = Acme::demo().await;
    let english = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let page = english.get(&acme.users).await;
    let alice =
        "Alice Anderson alice@acme-dental.example.com Active Webex Suite Head Office +14085550101 / 1001";
    assert!(page.main().contains(alice), "{}", page.main());
    assert!(page.main().contains("Webex Calling Error"), "who is stuck is told from others");
    assert_eq!(page.link("Manage users"), acme.at("/manage"));
    let spanish = Browser::signed_in(&acme.hub, PARTNER, "es").await.get(&acme.users).await;
    assert!(spanish.main().starts_with("Usuarios Administrar usuarios"), "{}", spanish.main());
    for (query, who) in [
        ("search=ALICE", "alice@"),
        ("package=webex_voice", "eva@"),
        ("status=pending&package=webex_suite", "ines@"),
        (&format!("location={}&search=carla", acme.location().await), "carla@"),
    ] {
        let found = english.get(&format!("{}?{query}", acme.users)).await.main();
        assert_eq!(found.matches("@acme-dental.example.com").count(), 1, "{query}: {found}");
        assert!(found.contains(who), "{query}: {found}");
    }
    let none = english.get(&acme.at("?search=nobody")).await;
    assert!(none.main().contains("No user is like that."), "{}", none.main());
    assert_eq!(none.link("Show all users"), acme.users);
}

#[tokio::test]
async fn a_long_list_is_paged() {
    let acme = Acme::demo().await;
    acme.set(json!({ "directorySynchronization": true })).await;
    let users: Vec<_> = (0..120)
        .map(|n| json!({ "email": format!("u{n}@acme-dental.example.com"), "firstName": "User", "lastName": format!("Number {n}") }))
        .collect();
    acme.hub.post(&format!("{}/directory-synchronization", acme.api), json!({ "users": users })).await;
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let first = browser.get(&acme.at("?search=Number")).await;
    assert!(
        first.main().contains("User Number 119") && first.main().contains("1 to 50 Next"),
        "{}",
        first.main()
    );
    let second = browser.get(&first.link("Next")).await;
    assert!(second.main().contains("User Number 69") && !second.main().contains("User Number 70 "));
    let last = browser.get(&second.link("Next")).await;
    assert!(last.main().contains("101 to 120") && !last.has_link("Next"), "{}", last.main());
}

#[tokio::test]
async fn manage_users_has_the_four_ways_with_the_labels_of_the_article() {
    let acme = Acme::demo().await;
    for (language, labels) in [
        ("en", ["Manually Add Users", "CSV add or edit", "Claim users", "Directory Synchronization"]),
        (
            "es",
            [
                "Agregar usuarios manualmente",
                "Agregar o editar CSV",
                "Reclamar usuarios",
                "Sincronización de directorios",
            ],
        ),
    ] {
        let page = Browser::signed_in(&acme.hub, PARTNER, language).await.get(&acme.at("/manage")).await;
        let paths = ["/add", "/csv", "/claim", "/directory"];
        assert_eq!(labels.map(|label| page.link(label)), paths.map(|below| acme.at(below)));
    }
}

/// USR-003.
#[tokio::test]
async fn with_a_directory_in_charge_adding_and_claiming_are_not_offered_usr_003() {
    let acme = Acme::demo().await;
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let blank = browser.get(&acme.at("/add")).await;
    acme.set(json!({ "directorySynchronization": true })).await;
    let manage = browser.get(&acme.at("/manage")).await;
    let sentence = "While directory synchronization is on, users are neither added by hand nor claimed";
    assert_eq!(manage.main().matches(sentence).count(), 2, "{}", manage.main());
    assert_eq!(manage.answer.body.matches("aria-disabled=\"true\"").count(), 2);
    for below in ["/add", "/claim"] {
        let page = browser.get(&acme.at(below)).await;
        assert!(page.main().contains(sentence) && !page.answer.body.contains("<fieldset"), "{}", page.main());
    }
    let late = browser
        .submit(&blank, &acme.at("/add"), &[("email", "x@acme-dental.example.com"), ("do", "begin")])
        .await;
    assert_eq!((late.status(), refused_by(&late)), (StatusCode::FORBIDDEN, "USR-003"));
}

/// CUS-027 and API-006, with CUS-029.
#[tokio::test]
async fn who_is_held_back_sees_why_and_names_stay_editable_cus_029() {
    let acme = Acme::demo().await;
    let alice = acme.page_of("alice").await;
    acme.set(json!({ "restrictedAdministratorMode": true })).await;
    let browser = Browser::signed_in(&acme.hub, CUSTOMER, "en").await;
    let reader = Browser::signed_in(&acme.hub, "customer-read-only", "en").await;
    for (browser, rule) in [(&browser, "(CUS-027)"), (&reader, "(API-006)")] {
        for path in [&acme.users, &acme.at("/manage"), &acme.at("/add"), &acme.at("/claim"), &alice] {
            let page = browser.get(path).await;
            assert_eq!(page.status(), StatusCode::OK);
            assert!(page.main().contains(rule), "{path}: {}", page.main());
        }
        assert!(!browser.get(&acme.users).await.answer.body.contains(&acme.at("/manage\"")));
    }
    let edit = browser.get(&format!("{alice}/edit")).await;
    assert!(edit.main().contains("Names can be changed all the same."), "{}", edit.main());
    let action = format!("{alice}/edit");
    let refused = browser.submit(&edit, &action, &[("firstName", "Alicia"), ("title", "Boss")]).await;
    assert_eq!((refused.status(), refused_by(&refused)), (StatusCode::FORBIDDEN, "CUS-027"));
    assert_eq!(refused.form(&action).value("title"), "Boss", "nothing that was typed is lost");
    let done = browser.submit(&refused, &action, &[("title", "")]).await;
    assert!(done.main().contains("The user was changed."), "{}", done.main());
    assert_eq!(acme.user("alice").await["firstName"], "Alicia");
    let read = reader.get(&action).await;
    let refused = reader.submit(&read, &action, &[("firstName", "Ann")]).await;
    assert_eq!(refused_by(&refused), "API-006");
    acme.set(json!({ "restrictedAdministratorMode": false })).await;
    assert_eq!(browser.get(&acme.users).await.link("Manage users"), acme.at("/manage"));
    assert!(!browser.get(&alice).await.main().contains("CUS-027"));
}

#[tokio::test]
async fn an_organization_that_a_visitor_does_not_see_shows_nothing_not_even_its_name_cus_015() {
    let acme = Acme::demo().await;
    let other = organization(&acme.hub, "panaderia-sol").await.replace("/hub/v1", "");
    let customer = Browser::signed_in(&acme.hub, CUSTOMER, "en").await;
    let partner = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    for below in ["", "/manage", "/add", "/claim", "/directory"] {
        let foreign = customer.get(&format!("{other}/users{below}")).await;
        assert_eq!((foreign.status(), refused_by(&foreign)), (StatusCode::FORBIDDEN, "API-006"), "{below}");
        assert!(!foreign.text().contains("Panadería"), "{}", foreign.text());
        let unknown = partner.get(&format!("/organizations/nothing/users{below}")).await;
        assert_eq!((unknown.status(), refused_by(&unknown)), (StatusCode::NOT_FOUND, "CUS-015"), "{below}");
    }
}

/// Facts 1.3.1, step by step, and 1.3.11: a failure does not stop the others, and is corrected.
#[tokio::test]
async fn users_are_added_by_the_wizard_and_who_is_refused_is_corrected() {
    let acme = Acme::demo().await;
    let (add, location) = (acme.at("/add"), acme.location().await);
    let browser = Browser::signed_in(&acme.hub, PARTNER, "es").await;
    let users = browser.get(&acme.users).await;
    let manage = browser.get(&users.link("Administrar usuarios")).await;
    let basic = browser.get(&manage.link("Agregar usuarios manualmente")).await;
    assert!(basic.main().contains("Información básica"), "{}", basic.main());
    let nora = [
        ("firstName", "Nora"),
        ("lastName", "Novák \"<b>&"),
        ("email", "nora@acme-dental.example.com"),
        ("package", "webex_calling"),
        ("locationId", &*location),
        ("do", "begin"),
    ];
    let refused = browser.submit(&basic, &add, &nora).await;
    assert_eq!(refused_by(&refused), "SUB-008", "{}", refused.main());
    assert_eq!(refused.form(&add).value("lastName"), "Novák \"<b>&");
    assert_eq!(refused.form(&add).value("package"), "webex_calling");
    let more = browser.submit(&refused, &add, &[("extension", "1020"), ("do", "begin")]).await;
    assert!(more.main().contains("1 de 25") && more.main().contains("Se puede agregar"), "{}", more.main());
    assert_eq!(more.form(&add).value("package"), "webex_calling", "as the last one");
    let duplicate = [
        ("email", "alice@acme-dental.example.com"),
        ("firstName", "A"),
        ("lastName", "B"),
        ("extension", "1021"),
    ];
    let refused = browser.submit(&more, &add, &[&duplicate[..], &[("do", "more")]].concat()).await;
    assert_eq!((refused.status(), refused_by(&refused)), (StatusCode::FORBIDDEN, "USR-004"));
    assert_eq!(refused.form(&add).value("extension"), "1021");
    assert!(refused.main().contains("1 de 25"), "the users so far stay: {}", refused.main());
    let results = browser.submit(&refused, &add, &[("do", "finish")]).await;
    assert!(results.main().contains("1 usuario completado, 1 rechazado."), "{}", results.main());
    assert!(results.main().contains("(USR-004"), "{}", results.main());
    assert_eq!(results.link("Cerrar"), acme.users);
    let correct = browser.submit(&results, &add, &[("edit", "0")]).await;
    assert_eq!(correct.form(&add).value("email"), "alice@acme-dental.example.com");
    let again =
        browser.submit(&correct, &add, &[("email", "olaf@acme-dental.example.com"), ("do", "finish")]).await;
    assert!(again.main().contains("1 usuario completado, 0 rechazados."), "{}", again.main());
    let nora = acme.user("nora").await;
    assert_eq!((&nora["packages"][0], &nora["extension"]), (&json!("webex_calling"), &json!("1020")));
    assert_eq!((&nora["lastName"], &nora["status"]), (&json!("Novák \"<b>&"), &json!("pending")));
    assert_eq!(acme.user("olaf").await["extension"], "1021");
}

/// USR-001.
#[tokio::test]
async fn the_26th_user_is_refused_and_nothing_is_lost_usr_001() {
    let acme = Acme::demo().await;
    let add = acme.at("/add");
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let first = [
        ("firstName", "Ann"),
        ("lastName", "First"),
        ("email", "ann@acme-dental.example.com"),
        ("package", "webex_meetings"),
        ("do", "begin"),
    ];
    let more = browser.submit(&browser.get(&add).await, &add, &first).await;
    let line = |n| format!("Max,Mustermann mit einem langen Namen,max.{n}@acme-dental.example.com");
    let lines = |count| (1..=count).map(line).collect::<Vec<_>>().join("\n");
    let refused = browser.submit(&more, &add, &[("pasted", &lines(25)), ("do", "more")]).await;
    assert_eq!(refused_by(&refused), "USR-001", "{}", refused.main());
    assert!(refused.form(&add).value("pasted").trim().ends_with(&line(25)), "the lines stay");
    assert!(refused.main().contains("1 of 25"), "{}", refused.main());
    let full = browser.submit(&refused, &add, &[("pasted", &lines(24)), ("do", "more")]).await;
    assert!(full.main().contains("25 of 25") && full.main().contains("USR-001"), "{}", full.main());
    assert!(!full.answer.body.contains("id=\"add-another\""), "nobody more is asked for");
    let sent: usize = full.form(&add).values().iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(sent < 10_000, "{sent} bytes");
    let fewer = browser.submit(&full, &add, &[("remove", "0")]).await;
    assert!(fewer.main().contains("24 of 25") && !fewer.main().contains("ann@"), "{}", fewer.main());
    let results = browser.submit(&full, &add, &[("do", "finish")]).await;
    assert!(results.main().contains("25 users done, 0 refused."), "{}", results.main());
    assert_eq!(acme.found("max.").await.len(), 24);
}

/// USR-002, USR-006.
#[tokio::test]
async fn required_attributes_are_asked_for_and_one_user_is_added_at_a_time_usr_002() {
    let acme = Acme::demo().await;
    acme.set(json!({ "requiredAttributes": ["department"] })).await;
    let add = acme.at("/add");
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let basic = browser.get(&add).await;
    let typed = [
        ("firstName", "Ann"),
        ("lastName", "One"),
        ("email", "ann@acme-dental.example.com"),
        ("do", "begin"),
    ];
    let refused = browser.submit(&basic, &add, &typed).await;
    assert_eq!(refused_by(&refused), "USR-006");
    assert!(refused.answer.body.contains("id=\"attributes.department-error\""), "beside the field");
    let more = browser.submit(&refused, &add, &[("attributes.department", "Sales"), ("do", "begin")]).await;
    assert!(
        more.main().contains("USR-002") && !more.answer.body.contains("id=\"add-another\""),
        "{}",
        more.main()
    );
    let results = browser.submit(&more, &add, &[("do", "finish")]).await;
    assert!(results.main().contains("1 user done"), "{}", results.main());
    assert_eq!(acme.user("ann@").await["attributes"]["department"], "Sales");
}

#[tokio::test]
async fn users_are_claimed_and_who_is_refused_stays_in_the_field() {
    let acme = Acme::demo().await;
    let claim = acme.at("/claim");
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let page = browser.get(&claim).await;
    let typed =
        [("users", "free.user@example.net, alice@acme-dental.example.com"), ("package", "webex_meetings")];
    let results = browser.submit(&page, &claim, &typed).await;
    assert!(results.main().contains("free.user@example.net Waiting for consent"), "{}", results.main());
    assert!(results.main().contains("alice@acme-dental.example.com Refused"), "{}", results.main());
    assert_eq!(results.form(&claim).value("users").trim(), "alice@acme-dental.example.com");
    let none = browser.submit(&results, &claim, &[("users", " ")]).await;
    assert_eq!(refused_by(&none), "USR-001");
}

#[tokio::test]
async fn a_directory_is_turned_on_and_synchronized() {
    let acme = Acme::demo().await;
    let (here, switch) = (acme.at("/directory"), acme.at("/directory/switch"));
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let off = browser.get(&here).await;
    assert!(off.main().contains("USR-013"), "{}", off.main());
    let on = browser.submit(&off, &switch, &[]).await;
    assert!(on.main().contains("Directory synchronization is on."), "{}", on.main());
    let broken = browser.submit(&on, &here, &[("users", "{")]).await;
    assert_eq!(refused_by(&broken), "API-001");
    assert_eq!(broken.form(&here).value("users").trim(), "{");
    let list = r#"{"users":[{"email":"dora@acme-dental.example.com","firstName":"Dora","lastName":"Diaz"},{"email":"lucia@panaderia-sol.example.com"}]}"#;
    let done = browser.submit(&broken, &here, &[("users", list)]).await;
    assert!(done.main().contains("1 user done, 1 refused."), "{}", done.main());
    assert!(done.main().contains("dora@acme-dental.example.com Added") && done.main().contains("(USR-005"));
    assert_eq!(acme.user("dora").await["isOfDirectory"], true);
    let shrug = browser.submit(&done, &switch, &[("directorySynchronization", "perhaps")]).await;
    assert_eq!((shrug.status(), refused_by(&shrug)), (StatusCode::BAD_REQUEST, "API-002"));
    assert!(shrug.main().contains("Setting On While it is on"), "{}", shrug.main());
    let off = browser.submit(&done, &switch, &[]).await;
    assert!(off.main().contains("Directory synchronization is off."), "{}", off.main());
}

/// Facts 1.5.1, step by step.
#[tokio::test]
async fn a_package_is_changed_as_the_article_has_it() {
    let acme = Acme::demo().await;
    let (david, location) = (acme.page_of("david").await, acme.location().await);
    let action = format!("{david}/package");
    let browser = Browser::signed_in(&acme.hub, PARTNER, "es").await;
    let list = browser.get(&acme.users).await;
    let page = browser.get(&list.link("David Diaz")).await;
    assert!(page.main().contains("Paquete Webex Meetings Cambiar paquete >"), "{}", page.main());
    let choice = browser.get(&page.link("Cambiar paquete >")).await;
    assert!(choice.main().contains("Webex Suite"), "{}", choice.main());
    let meetings = browser.get(&format!("{action}?package=webex_meetings")).await;
    assert!(!meetings.answer.body.contains("id=\"extension\""), "no calling, no number");
    let suite = browser.get(&format!("{action}?package=webex_suite")).await;
    assert!(
        suite.answer.body.contains("<option value=\"+14085550120\">Head Office</option>"),
        "free numbers are suggested"
    );
    let typed = [("locationId", &*location), ("phoneNumber", "+1 408 555 0101"), ("extension", "1050")];
    let refused = browser.submit(&suite, &action, &typed).await;
    assert_eq!(
        (refused.status(), refused_by(&refused)),
        (StatusCode::CONFLICT, "NUM-003"),
        "{}",
        refused.main()
    );
    assert!(refused.answer.body.contains("id=\"phoneNumber-error\""));
    assert_eq!(refused.form(&action).value("extension"), "1050");
    let done = browser.submit(&refused, &action, &[("phoneNumber", "+14085550120")]).await;
    assert_eq!(done.path, format!("{david}?done=package-changed"));
    assert!(done.main().contains("Se ha cambiado el paquete."), "{}", done.main());
    let user = acme.user("david").await;
    assert_eq!((&user["packages"][0], &user["phoneNumber"]), (&json!("webex_suite"), &json!("+14085550120")));
}

/// SUB-012, facts 1.4.6.
#[tokio::test]
async fn a_package_in_error_says_why_and_what_helps_sub_012() {
    let acme = Acme::demo().await;
    let sam = acme.page_of("sam@").await;
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let page = browser.get(&sam).await;
    assert!(page.main().contains("Webex Calling settings of the user cannot be reached."), "{}", page.main());
    let change = browser.get(&format!("{sam}/package?package=webex_voice")).await;
    let refused = browser.submit(&change, &format!("{sam}/package"), &[]).await;
    assert_eq!(refused_by(&refused), "SUB-012");
    let ask = browser.get(&page.link("Unassign package")).await;
    assert!(ask.main().contains("Name Sam Stuck Package Webex Calling"), "{}", ask.main());
    let gone = browser.submit(&ask, &format!("{sam}/package/unassign"), &[]).await;
    assert!(gone.main().contains("The package was unassigned."), "{}", gone.main());
    let change = browser.get(&format!("{sam}/package?package=webex_voice")).await;
    let location = acme.location().await;
    let typed = [("locationId", &*location), ("extension", "1099")];
    let done = browser.submit(&change, &format!("{sam}/package"), &typed).await;
    assert!(done.main().contains("The package was changed."), "{}", done.main());
    assert!(acme.user("sam@").await["errors"].as_array().unwrap().is_empty());
}

/// SUB-013.
#[tokio::test]
async fn an_external_user_is_offered_no_package_sub_013() {
    let acme = Acme::demo().await;
    let erin = acme.page_of("consultant@").await;
    let page = Browser::signed_in(&acme.hub, PARTNER, "en").await.get(&erin).await;
    assert!(
        page.main().contains("A wholesale package is not given to an external user (SUB-013"),
        "{}",
        page.main()
    );
    assert!(!page.answer.body.contains(&format!("href=\"{erin}/package\"")), "the link leads nowhere");
}

#[tokio::test]
async fn editing_a_user_changes_what_was_typed_and_nothing_else() {
    let acme = Acme::demo().await;
    let alice = acme.page_of("alice").await;
    let (before, edit) = (acme.user("alice").await, format!("{alice}/edit"));
    let browser = Browser::signed_in(&acme.hub, CUSTOMER, "en").await;
    let page = browser.get(&edit).await;
    let typed = [("title", "Dentist"), ("emails", "alicia@acme-dental.example.com")];
    let done = browser.submit(&page, &edit, &typed).await;
    assert!(done.main().contains("Job title Dentist"), "{}", done.main());
    let mut after = acme.user("alicia").await;
    assert_eq!((&after["attributes"]["title"], &after["email"]), (&json!("Dentist"), &json!(typed[1].1)));
    for field in ["attributes", "email", "lastModified"] {
        after[field] = before[field].clone();
    }
    assert_eq!(after, before);
    let taken =
        browser.submit(&browser.get(&edit).await, &edit, &[("emails", "bob@acme-dental.example.com")]).await;
    assert_eq!(refused_by(&taken), "PPL-014");
    assert!(taken.answer.body.contains("id=\"emails-error\""));
}

#[tokio::test]
async fn removing_a_user_asks_first() {
    let acme = Acme::demo().await;
    let david = acme.page_of("david").await;
    let browser = Browser::signed_in(&acme.hub, PARTNER, "en").await;
    let ask = browser.get(&browser.get(&david).await.link("Remove user")).await;
    assert!(ask.main().contains("Remove the user?") && ask.main().contains("david@"), "{}", ask.main());
    assert_eq!(acme.found("david").await.len(), 1, "nothing has happened yet");
    let gone = browser.submit(&ask, &format!("{david}/remove"), &[]).await;
    assert!(gone.main().contains("The user was removed."), "{}", gone.main());
    assert!(acme.found("david").await.is_empty());
    assert_eq!(refused_by(&browser.get(&david).await), "PPL-001");
}
