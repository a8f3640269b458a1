//! Each check against a client that it is about, and against one that it is not.

use jiff::{SignedDuration, Timestamp};

use super::*;

/// Requests in the order in which they came.
struct Log(Vec<Exchange>);

impl Log {
    fn new() -> Self {
        Log(Vec::new())
    }

    /// One more request, so many seconds behind the beginning.
    fn at(mut self, seconds: f64, request: &str, status: u16) -> Self {
        let (method, address) = request.split_once(' ').unwrap();
        let (path, query) =
            address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
        self.0.push(Exchange {
            id: self.0.len() as u64 + 1,
            time: Timestamp::UNIX_EPOCH + SignedDuration::from_secs_f64(seconds),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            status,
            caller: None,
            rule: None,
            fault: None,
            tracking_id: String::new(),
            retry_after: None,
            next: None,
            request_body: None,
            request_body_bytes: 0,
            response_body: None,
        });
        self
    }

    /// Says more about the last request.
    fn with(mut self, more: impl FnOnce(&mut Exchange)) -> Self {
        more(self.0.last_mut().unwrap());
        self
    }

    /// What is held against the client, by the names of the checks.
    fn found(&self) -> Vec<&'static str> {
        judge(&self.0)
            .into_iter()
            .filter(|judgement| judgement.what.is_some())
            .map(|judgement| judgement.name)
            .collect()
    }
}

#[test]
fn who_is_told_to_wait_waits_that_long() {
    let again_after = |seconds| {
        let log = Log::new().at(0.0, "GET /v1/people", 429).with(|refused| refused.retry_after = Some(2.0));
        log.at(seconds, "GET /v1/people", 200).found()
    };
    assert_eq!(again_after(1.9), ["retry-pacing"]);
    assert_eq!(again_after(2.0), [""; 0]);
}

#[test]
fn who_is_refused_again_and_again_gives_up() {
    let tries = |count: u8| {
        (0..count)
            .fold(Log::new(), |log, number| log.at(f64::from(number) * 10.0, "GET /v1/people", 503))
            .found()
    };
    assert_eq!(tries(11), ["bounded-retries"]);
    assert_eq!(tries(10), [""; 0]);
}

#[test]
fn who_reads_a_second_page_reads_the_last() {
    let two_pages = Log::new()
        .at(0.0, "GET /v1/people?max=1", 200)
        .with(|page| page.next = Some("/v1/people?max=1&cursor=2".into()))
        .at(1.0, "GET /v1/people?max=1&cursor=2", 200)
        .with(|page| page.next = Some("/v1/people?max=1&cursor=3".into()));
    assert_eq!(two_pages.found(), ["paging-to-the-end"]);
    assert_eq!(two_pages.at(2.0, "GET /v1/people?max=1&cursor=3", 200).found(), [""; 0]);
    let one_page = Log::new()
        .at(0.0, "GET /v1/people?max=1", 200)
        .with(|page| page.next = Some("/v1/people?p=2".into()));
    assert_eq!(one_page.found(), [""; 0], "one page may be all that is wanted");
}

#[test]
fn who_waits_looks_at_most_three_times_a_second() {
    let looks = |pause: f64, change: bool| {
        let looked = |log: Log, number: u8| {
            let body = if change { number.to_string() } else { "same".to_owned() };
            log.at(f64::from(number) * pause, "GET /v1/x", 200).with(|look| look.response_body = Some(body))
        };
        (0..8).fold(Log::new(), looked).found()
    };
    assert_eq!(looks(0.1, false), ["bounded-polling"]);
    assert_eq!(looks(0.5, false), [""; 0]);
    assert_eq!(looks(0.1, true), [""; 0], "what changes was worth a look");
}

#[test]
fn a_write_with_a_clear_answer_is_not_sent_again() {
    let twice = |status, fault| {
        let log = Log::new().at(0.0, "POST /v1/x", status).with(|first| first.fault = fault);
        log.at(9.0, "POST /v1/x", 201).found()
    };
    assert_eq!(twice(201, None), ["no-write-without-reason"]);
    assert_eq!(twice(409, None), ["no-write-without-reason"]);
    assert_eq!(twice(403, Some(1)), ["no-write-without-reason"], "refused by script, and clearly");
    for (status, fault) in [(201, Some(1)), (429, None), (503, None), (401, None), (444, Some(1))] {
        assert_eq!(twice(status, fault), [""; 0], "{status}");
    }
    let others_between =
        Log::new().at(0.0, "POST /v1/x", 200).at(1.0, "POST /v1/y", 200).at(2.0, "POST /v1/x", 200);
    assert_eq!(others_between.found(), [""; 0]);
}

#[test]
fn a_token_in_an_address_is_seen() {
    assert_eq!(Log::new().at(0.0, "GET /v1/people?access_token=x", 200).found(), ["no-token-in-urls"]);
    assert_eq!(Log::new().at(0.0, "GET /v1/authorize?code=x", 302).found(), [""; 0]);
}
