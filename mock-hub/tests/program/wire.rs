//! Bytes on a connection: lengths, reuse, HEAD, sizes.

use std::io::{BufReader, Read, Write};

use insta::assert_snapshot;

use crate::process::{ADMIN, CUSTOMERS, Hub, read_response, write_head};

const FORM: &str = "multipart/form-data; boundary=here";

#[test]
fn one_connection_carries_answers_and_refusals_of_every_kind() {
    let hub = Hub::start(&[]);
    let mut stream = hub.connect().unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let mut ask = |line: &str, headers: &str, body: &str| {
        let length =
            if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        write_head(&mut stream, line, &format!("{headers}{length}"));
        stream.write_all(body.as_bytes()).unwrap();
        let (head, body) = read_response(&mut answers, line.starts_with("HEAD"));
        let text = String::from_utf8(body).unwrap();
        assert!(!head.contains("connection:"), "{head}");
        let status = head.split(' ').nth(1).unwrap().to_owned();
        if !line.starts_with("HEAD") {
            let body: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(body["message"].is_string(), status != "200", "{head}{text}");
        }
        (status, head)
    };
    let json = "content-type: application/json\r\n";
    let post = format!("POST {CUSTOMERS}");
    assert_eq!(ask("GET /v1/wholesale/nothing", "", "").0, "404");
    assert_eq!(ask("GET /nothing", "", "").0, "404");
    assert_eq!(ask(&format!("PATCH {CUSTOMERS}"), "", "").0, "405");
    assert_eq!(ask(&format!("GET /s/default{CUSTOMERS}?max=ten"), "", "").0, "400");
    assert_eq!(ask(&post, json, "{").0, "400");
    assert_eq!(ask(&post, "content-type: text/xml\r\n", "<a/>").0, "415");
    assert_eq!(ask("GET /s/nowhere/v1/wholesale/customers", "", "").0, "404");

    let (status, got) = ask(&format!("GET {CUSTOMERS}"), "", "");
    assert_eq!(status, "200");
    let (status, headed) = ask(&format!("HEAD {CUSTOMERS}"), "", "");
    assert_eq!(status, "200");
    let length =
        |head: &str| head.lines().find(|line| line.starts_with("content-length")).unwrap().to_owned();
    assert_eq!(length(&got), length(&headed));
    assert_eq!(ask("HEAD /v1/wholesale/nothing", "", "").0, "404");
    assert_eq!(ask(&format!("GET {CUSTOMERS}"), "", "").0, "200", "the connection is still in step");
}

#[test]
fn a_missing_token_and_a_large_body_are_refused_on_the_wire() {
    let hub = Hub::start(&["--max-body-bytes", "100"]);
    let mut stream = hub.connect().unwrap();
    stream.write_all(format!("GET {CUSTOMERS} HTTP/1.1\r\nhost: hub.test\r\n\r\n").as_bytes()).unwrap();
    let (head, body) = read_response(&mut BufReader::new(stream), false);
    assert!(head.starts_with("HTTP/1.1 401 ") && head.contains("www-authenticate: Bearer"), "{head}");
    assert!(serde_json::from_slice::<serde_json::Value>(&body).is_ok());

    let large = hub.send("POST", CUSTOMERS, "application/json", &[b' '; 101]);
    assert_eq!(large.status, 413, "{}", large.text());
}

#[test]
fn an_answer_before_the_end_of_the_body_says_that_the_connection_ends() {
    let hub = Hub::start(&["--max-body-bytes", "100"]);
    let admin = format!("authorization: Bearer {ADMIN}\r\n");
    let (long, chunked) = ("content-length: 1000000\r\n", "transfer-encoding: chunked\r\n");
    let too_much = " ".repeat(101);
    for (token, length, sent, status) in [
        ("", "content-length: 2\r\n", "{}", "401"),
        ("", "content-length: 2\r\n", "", "401"),
        ("", chunked, "", "401"),
        (&admin, long, &too_much, "413"),
        (&admin, chunked, &format!("65\r\n{too_much}\r\n"), "413"),
    ] {
        let mut stream = hub.connect().unwrap();
        let headers = format!("host: hub.test\r\ncontent-type: application/json\r\n{token}{length}");
        let request = format!("POST {CUSTOMERS} HTTP/1.1\r\n{headers}\r\n{sent}");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answers = BufReader::new(stream);
        let (head, _) = read_response(&mut answers, false);
        assert_eq!(head.split(' ').nth(1), Some(status), "{request}");
        assert!(head.contains("connection: close\r\n"), "{request}{head}");
        assert_eq!(answers.read(&mut [0]).unwrap(), 0, "{request}");
    }
}

#[test]
fn a_body_that_is_too_long_by_its_own_word_is_refused_before_it_is_sent() {
    let hub = Hub::start(&["--max-body-bytes", "100"]);
    for kind in ["application/json", "text/csv"] {
        for (length, status) in [(100, "100"), (101, "413")] {
            let mut stream = hub.connect().unwrap();
            let headers =
                format!("content-type: {kind}\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n");
            write_head(&mut stream, &format!("POST {}", imports(&hub)), &headers);
            let (head, _) = read_response(&mut BufReader::new(stream), false);
            assert_eq!(head.split(' ').nth(1), Some(status), "{kind} {length}: {head}");
        }
    }
}

#[test]
fn a_body_that_does_not_come_to_its_end_has_done_nothing_and_may_be_sent_again_api_015() {
    let hub = Hub::start(&["--request-timeout", "0.5"]);
    let imports = imports(&hub);
    let begun =
        [(CUSTOMERS, "application/json"), (&*imports, "text/csv"), (&*imports, FORM)].map(|(path, kind)| {
            let mut stream = hub.connect().unwrap();
            let headers = format!("content-type: {kind}\r\ncontent-length: 5000\r\n");
            write_head(&mut stream, &format!("POST {path}"), &headers);
            stream.write_all(b"{").unwrap();
            stream
        });
    let said = begun.map(|stream| {
        let (head, body) = read_response(&mut BufReader::new(stream), false);
        assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("x-mock-hub-rule: API-015"), "{head}");
        assert!(head.contains("retry-after: 1\r\n"), "{head}");
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        body["message"].as_str().unwrap().to_owned()
    });
    assert_snapshot!(said[0], @"The hub answers a request within its time limit. The body of the request did not come to its end within it, and nothing was done: send it again.");
    assert_eq!(said[1..], [&*said[0]; 2]);
}

/// Where the first customer's users are imported.
fn imports(hub: &Hub) -> String {
    let customers = hub.get(CUSTOMERS).json();
    let organization = customers["items"][0]["orgId"].as_str().unwrap();
    format!("/hub/v1/organizations/{organization}/user-imports?behavior=add-services-only")
}

#[test]
fn a_document_may_come_in_pieces_of_unknown_number() {
    let hub = Hub::start(&[]);
    let mut stream = hub.connect().unwrap();
    write_head(&mut stream, "POST /_mock/v1/sandboxes", "transfer-encoding: chunked\r\n");
    for piece in [r#"{"name":"#, r#""chunked"}"#] {
        stream.write_all(format!("{:x}\r\n{piece}\r\n", piece.len()).as_bytes()).unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    let (head, _) = read_response(&mut BufReader::new(stream), false);
    assert!(head.starts_with("HTTP/1.1 201 ") && !head.contains("connection:"), "{head}");
}
