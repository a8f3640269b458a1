//! An authorization is kept like everything else, and of two who exchange its code one is first.

use std::sync::Arc;

use hub_core::{HubError, Timestamp};
use hub_rules::platform::TOKEN_IS_VALID;
use hub_store::{
    Authorization, Entry, Event, ForkOptions, Grant, Head, RefreshToken, Sandbox, Token, WriteError,
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::small_hub::{caller, name, new_year, on_each_journal, open, rule_of, start, token, with_main};

fn authorization(code: &str) -> Authorization {
    Authorization {
        code: code.into(),
        code_expires: new_year() + 600_000,
        client: "C1".into(),
        redirect_uri: "http://localhost:6001/redirect".into(),
        scope: "spark:all".into(),
        label: "customer-full-admin".into(),
        caller: caller(),
        refresh: None,
    }
}

/// Gives an application a code.
pub(crate) async fn let_in(sandbox: &Sandbox, code: &str) -> Result<Grant, WriteError> {
    let grant = Grant { authorization: authorization(code), token: None };
    sandbox.authorize("let in", |_, _| Ok(grant.clone())).await
}

/// Exchanges a code for an access token of this text; refused when somebody was first.
pub(crate) async fn exchange(sandbox: &Sandbox, code: &str, text: &str) -> Result<Grant, WriteError> {
    sandbox.authorize("exchange", |head, now| exchanged(head, now, code, text)).await
}

fn exchanged(head: &Head, now: Timestamp, code: &str, text: &str) -> Result<Grant, HubError> {
    let found = head.authorization_of_code(code).filter(|found| found.refresh.is_none());
    let found = found.ok_or_else(|| HubError::broken(&TOKEN_IS_VALID))?;
    let refresh = RefreshToken { token: format!("{text}.refresh").into(), expires: now + 1000 };
    let token = Token { expires: Some(now + 500), ..token(text) };
    let authorization = Authorization { refresh: Some(refresh), ..Authorization::clone(found) };
    Ok(Grant { authorization, token: Some(token) })
}

#[tokio::test]
async fn a_code_leads_to_an_access_token_and_a_refresh_token() {
    let (sandboxes, main) = with_main().await;
    let_in(&main, "main.code.1").await.unwrap();
    assert!(main.head().authorization_of_code("main.code.1").unwrap().refresh.is_none());
    assert!(sandboxes.by_token("main.code.1").is_none(), "a code is no access token");
    exchange(&main, "main.code.1", "t").await.unwrap();
    let (owner, token) = sandboxes.by_token("t").unwrap();
    assert_eq!((owner.name(), token.expires), (main.name(), Some(new_year() + 500)));
    assert_eq!(main.head().token_labelled("customer-full-admin"), Some(&token));
    assert!(sandboxes.by_token("t.refresh").is_none(), "nor is a refresh token");
    let head = main.head();
    let found = head.authorization_of_refresh_token("t.refresh").unwrap();
    assert_eq!(Some(found), head.authorization_of_code("main.code.1"));
    assert!(head.authorization_of_refresh_token("main.code.1").is_none());
}

#[tokio::test]
async fn another_refresh_token_takes_the_place_of_the_first() {
    let (_, main) = with_main().await;
    for text in ["a", "b"] {
        let refresh = RefreshToken { token: text.into(), expires: new_year() };
        let authorization = Authorization { refresh: Some(refresh), ..authorization("c") };
        let grant = Grant { authorization, token: None };
        main.authorize("refresh", |_, _| Ok(grant.clone())).await.unwrap();
    }
    assert!(main.head().authorization_of_refresh_token("a").is_none());
    assert!(main.head().authorization_of_refresh_token("b").is_some());
}

#[tokio::test]
async fn authorizations_outlive_the_process_and_a_reset_and_are_not_forked() {
    on_each_journal(async |reopen| {
        let live = open(&reopen().await).await;
        let main = live.create(name("main"), start()).await.unwrap();
        let_in(&main, "c").await.unwrap();
        let_in(&main, "d").await.unwrap();
        exchange(&main, "c", "t").await.unwrap();
        main.reset().await.unwrap();
        let fork = live.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
        assert!(fork.head().authorization_of_code("d").is_none());
        let again = open(&reopen().await).await;
        assert_eq!(again.get("main").unwrap().head(), main.head());
        assert!(again.by_token("t").is_some());
        assert_eq!(rule_of(exchange(&again.get("main").unwrap(), "c", "t2").await), "API-005");
        assert_eq!(rule_of(exchange(&again.get("main").unwrap(), "d", "t3").await), "accepted");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_exchange_one_code_in_two_stores_exactly_one_wins() {
    const CLIENTS: usize = 24;
    on_each_journal(async |reopen| {
        let here = open(&reopen().await).await;
        let main = here.create(name("main"), start()).await.unwrap();
        let_in(&main, "c").await.unwrap();
        let views: [Arc<Sandbox>; 2] = [main, open(&reopen().await).await.get("main").unwrap()];
        let mut clients = JoinSet::new();
        for client in 0..CLIENTS {
            let sandbox = views[client % 2].clone();
            clients.spawn(async move { rule_of(exchange(&sandbox, "c", &format!("t{client}")).await) });
        }
        let told = clients.join_all().await;
        let count = |what| told.iter().filter(|answer| **answer == what).count();
        assert_eq!((count("accepted"), count("API-005")), (1, CLIENTS - 1), "{told:?}");
        let heads = (views[0].catch_up().await.unwrap(), views[1].catch_up().await.unwrap());
        assert_eq!(heads.0, heads.1);
        assert_eq!(heads.0.tokens.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_format_of_authorizations_in_the_journal_is_this() {
    let (_, main) = with_main().await;
    let_in(&main, "c").await.unwrap();
    exchange(&main, "c", "t").await.unwrap();
    let events: Vec<_> = main.entries(1).await.unwrap().iter().map(|entry| json!(entry.event)).collect();
    let caller = json!({
        "name": "admin@example.com",
        "organization": "00000000-0000-0000-0000-000000000100",
        "roles": ["customer-full-admin"],
    });
    let mut authorization = json!({
        "code": "c",
        "code_expires": 1_767_226_200_000_u64,
        "client": "C1",
        "redirect_uri": "http://localhost:6001/redirect",
        "scope": "spark:all",
        "label": "customer-full-admin",
        "caller": caller,
    });
    assert_eq!(events[0], json!({ "authorized": { "authorization": authorization } }));
    authorization["refresh"] = json!({ "token": "t.refresh", "expires": 1_767_225_601_000_u64 });
    let token = json!({
        "token": "t",
        "label": "customer-full-admin",
        "caller": caller,
        "expires": 1_767_225_600_500_u64,
    });
    let exchanged = json!({ "authorized": { "authorization": authorization, "token": token } });
    assert_eq!(events[1], exchanged);
    let read: Event = serde_json::from_value(exchanged).unwrap();
    let entries: Vec<Arc<Entry>> = main.entries(2).await.unwrap();
    assert_eq!(read, entries[0].event);
}
