//! What the program keeps to itself, whatever it is told to log.

use std::fs;

use serde_json::Value;

use crate::process::{CUSTOMERS, Folder, Hub};

const OWN: &str = "own-token-of-this-hub-6b1f";
const CLIENT: &str = "C1:client-secret-93ad";
const REDIRECT: &str = "http://127.0.0.1:9/back";
const FORM: &str = "application/x-www-form-urlencoded";

/// The value of a parameter of an address.
fn parameter(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').unwrap();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(known, _)| known == name).unwrap().1.into_owned()
}

fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap().to_owned()
}

/// Uses a hub with every kind of secret, right and wrong, and gives all of them.
fn use_secrets(hub: &Hub) -> Vec<String> {
    let mut secrets: Vec<String> =
        [OWN, "client-secret-93ad", "wrong-token-11ce", "wrong-secret-52d0"].map(Into::into).into();
    let as_whom = |token: &str, method: &str, path: &str, media_type: &str, body: &str| {
        hub.send_as(token, method, path, media_type, body.as_bytes())
    };
    assert_eq!(as_whom(OWN, "GET", CUSTOMERS, "", "").status, 200);
    assert_eq!(as_whom("wrong-token-11ce", "GET", CUSTOMERS, "", "").status, 401);

    let new = as_whom(OWN, "POST", "/_mock/v1/sandboxes", "application/json", r#"{"name": "other"}"#).json();
    secrets
        .extend(new["tokens"].as_object().unwrap().values().map(|token| token.as_str().unwrap().to_owned()));
    let role = r#"{"role": "partner-full-admin"}"#;
    let given = as_whom(OWN, "POST", "/_mock/v1/sandboxes/other/tokens", "application/json", role).json();
    secrets.push(text(&given, "token"));
    assert_eq!(as_whom(&secrets[secrets.len() - 1], "GET", CUSTOMERS, "", "").status, 200);

    let asked = format!(
        "/v1/authorize?client_id=C1&response_type=code&redirect_uri={REDIRECT}&scope=spark-admin%3Apeople_read&login_hint=partner-full-admin"
    );
    let code = parameter(as_whom(OWN, "GET", &asked, "", "").header("location"), "code");
    let grant = |secret: &str, rest: &str| {
        let body = format!("client_id=C1&client_secret={secret}&{rest}");
        as_whom("", "POST", "/v1/access_token", FORM, &body)
    };
    let exchange = format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}");
    assert_eq!(grant("wrong-secret-52d0", &exchange).status, 401);
    let granted = grant("client-secret-93ad", &exchange).json();
    let refresh = format!("grant_type=refresh_token&refresh_token={}", text(&granted, "refresh_token"));
    let again = grant("client-secret-93ad", &refresh).json();
    secrets.extend([
        code,
        text(&granted, "access_token"),
        text(&granted, "refresh_token"),
        text(&again, "access_token"),
    ]);

    let door = as_whom("", "GET", "/sign-in", "", "");
    let session = door.header("set-cookie").split(['=', ';']).nth(1).unwrap().to_owned();
    let key =
        door.text().split("name=\"form-key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(
        as_whom("", "POST", "/sign-out", FORM, &format!("form-key={key}")).status,
        403,
        "without the cookie"
    );
    secrets.extend([session, key]);
    secrets
}

#[test]
fn no_token_and_no_secret_is_logged_at_any_level() {
    let folder = Folder::new();
    let log = folder.path("log");
    let hub =
        Hub::logging("trace", fs::File::create(&log).unwrap(), &["--token", OWN, "--oauth-client", CLIENT]);
    let secrets = use_secrets(&hub);
    assert!(secrets.len() >= 16, "{secrets:?}");
    let logged = fs::read_to_string(&log).unwrap();
    assert!(logged.contains("/v1/access_token"), "the log is there: {logged}");
    for secret in &secrets {
        assert!(secret.len() >= 16, "{secret} may stand anywhere");
        assert!(!logged.contains(&**secret), "{secret} is in the log");
    }
    for sandbox in ["default", "other"] {
        let path = format!("/_mock/v1/sandboxes/{sandbox}/requests");
        let kept = hub.send_as(OWN, "GET", &path, "", b"");
        assert_eq!(kept.status, 200);
        for secret in &secrets {
            assert!(!kept.text().contains(&**secret), "{secret} is in the request log of {sandbox}");
        }
    }
}
