//! Any sequence of requests, to all of the router: what holds whoever asks for what, and however wrongly.
//!
//! The operations come from our own OpenAPI document, so a new one is drawn as soon as it is documented. Nothing here
//! expects a certain answer to a certain request. In each answer it is the contract that has to hold; besides, nobody
//! sees or changes what is not his, no refusal changes anything, and the world stays sound.
//!
//! The cases are the same in every run. `PROPTEST_CASES` asks for more of them, `PROPTEST_RNG_SEED` for others.

mod bodies;
mod callers;
mod choices;
mod document;
mod ids;
mod judge;
mod lexicon;
mod marks;
mod request;
mod start;
mod strangers;
mod values;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use mock_hub::control::tokens::FULL_ADMIN;
use proptest::bool::weighted;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use tokio::runtime::{Builder, Runtime};

use self::callers::Asker;
use self::choices::Choices;
use self::document::{DOCUMENT, Operation};
use self::judge::Side;
use self::lexicon::Lexicon;
use self::request::Drawn;
use self::start::PLANTED;
use self::values::Values;
use crate::support::Hub;

const CASES: u32 = 150;
const SEED: u64 = 20_260_301;
/// The most requests of a case.
const REQUESTS: usize = 40;
/// How many numbers a request is drawn with.
const NUMBERS: Range<usize> = 40..160;
const MAX_BODY_BYTES: usize = 30_000;
/// Who sends most requests of a case.
const LABELS: [&str; 3] = [FULL_ADMIN, "customer-full-admin", "partner-admin"];
/// The sandboxes of a case.
const NAMES: [&str; 2] = ["default", "sibling"];

/// Tokens that are not standing ones.
#[derive(Debug)]
struct TokenTexts {
    expired: String,
    scoped: String,
}

/// What the requests of a case have in common.
#[derive(Debug, Clone, Copy)]
struct Kind {
    is_strict: bool,
    /// Whether what takes time takes none.
    is_instant: bool,
    /// What most of them are about.
    tag: &'static str,
    /// Who sends most of them.
    label: &'static str,
}

impl Kind {
    const PLAIN: Kind = Kind { is_strict: false, is_instant: false, tag: "", label: FULL_ADMIN };

    fn draw() -> impl Strategy<Value = Kind> {
        let tags: BTreeSet<&str> = DOCUMENT.operations.iter().map(|operation| &*operation.tag).collect();
        let drawn = (weighted(0.2), any::<bool>(), select(Vec::from_iter(tags)), select(&LABELS[..]));
        drawn.prop_map(|(is_strict, is_instant, tag, label)| Kind { is_strict, is_instant, tag, label })
    }

    fn options(&self) -> String {
        let strict = if self.is_strict { " --strict" } else { "" };
        let instant = if self.is_instant { " --provisioning-delay 0 --report-delay 0" } else { "" };
        format!("mock-hub --max-body-bytes {MAX_BODY_BYTES}{strict}{instant}")
    }
}

/// A hub under fire.
struct Case {
    kind: Kind,
    hub: Hub,
    texts: TokenTexts,
    lexicon: Lexicon,
    sides: [Side; 2],
    marked: usize,
    /// What was asked so far, for a person to read.
    asked: Vec<String>,
}

impl Case {
    async fn begin(kind: Kind, lexicon: &Lexicon) -> Self {
        let (hub, texts) = start::hub(&kind.options()).await;
        let sides = [0, 1].map(|at| Side::of(&PLANTED[at], NAMES[at], &hub.app));
        Case { kind, hub, texts, lexicon: lexicon.clone(), sides, marked: 0, asked: Vec::new() }
    }

    /// Sends a request that is drawn with these numbers; the error says what should not be so.
    async fn step(&mut self, numbers: &[u16]) -> Result<(), String> {
        let mut choices = Choices::new(numbers);
        let asker = Asker::draw(&mut choices, &self.hub.app, &self.texts, &self.lexicon, self.kind.label);
        let at = usize::from(asker.sandbox == Some(NAMES[1]));
        let homes = self.sides[at].organizations();
        let home = match choices.seldom(4) {
            true => *choices.of(&homes),
            false => homes[0],
        };
        let drawn = Drawn::draw(
            &mut Values {
                is_plain: !choices.seldom(3),
                choices,
                lexicon: &self.lexicon,
                ids: &self.sides[at].ids,
                elsewhere: &self.sides[1 - at].ids,
                home,
                marked: &mut self.marked,
            },
            &asker,
            self.kind.tag,
        );
        self.asked.push(drawn.to_string());
        let (asked, answer) = self.hub.exchange(drawn.request()).await;
        self.lexicon.hear(&drawn.method, &drawn.path, &answer);
        let line = self.asked.last_mut().expect("it was just pushed");
        line.push_str(&format!("\n    -> {} {}", answer.status.as_u16(), answer.header("x-mock-hub-rule")));
        judge::judge(&mut self.sides, &self.hub.app, &drawn, &asker, &asked, &answer)
    }
}

/// What the hub says to plain questions about the customer of the demo tokens, and to nonsense in their parameters.
async fn first_words() -> Lexicon {
    let mut lexicon = Lexicon::default();
    let mut case = Case::begin(Kind::PLAIN, &lexicon).await;
    let (gets, others): (Vec<&Operation>, Vec<_>) =
        DOCUMENT.operations.iter().partition(|operation| operation.method.is_safe());
    for operation in [&*gets, &*gets, &*others].concat() {
        let mut values = Values {
            choices: Choices::new(&[]),
            is_plain: true,
            lexicon: &lexicon,
            ids: &case.sides[0].ids,
            elsewhere: &case.sides[1].ids,
            home: case.sides[0].organizations()[0],
            marked: &mut case.marked,
        };
        let path = request::filled(&mut values, &operation.path);
        let nonsense = operation.query.iter().map(|(name, _, _)| format!("?{name}=nonsense"));
        let plain = operation.method.is_safe().then(String::new);
        for query in plain.into_iter().chain(nonsense) {
            let uri = format!("{path}{query}");
            let answer = case.hub.call(operation.method.clone(), &uri, serde_json::Value::Null).await;
            lexicon.hear(&operation.method, &path, &answer);
        }
    }
    lexicon
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// As many cases as asked for, and the same ones unless others are asked for.
fn config() -> Config {
    let asked = Config { failure_persistence: None, max_shrink_iters: 1500, ..Config::default() };
    let is_set = |name: &str| std::env::var_os(name).is_some();
    Config {
        cases: if is_set("PROPTEST_CASES") { asked.cases } else { CASES },
        rng_seed: if is_set("PROPTEST_RNG_SEED") { asked.rng_seed } else { RngSeed::Fixed(SEED) },
        ..asked
    }
}

#[test]
fn no_sequence_of_requests_breaks_a_promise_of_the_hub() {
    let lexicon = runtime().block_on(first_words());
    let story = RefCell::new(String::new());
    let run = |(kind, requests): (Kind, Vec<Vec<u16>>)| {
        runtime().block_on(async {
            let mut case = Case::begin(kind, &lexicon).await;
            for numbers in &requests {
                if let Err(fault) = case.step(numbers).await {
                    *story.borrow_mut() = case.asked.join("\n");
                    return Err(TestCaseError::fail(fault));
                }
            }
            Ok(())
        })
    };
    let requests = vec(vec(any::<u16>(), NUMBERS), 1..REQUESTS);
    let outcome = TestRunner::new(config()).run(&(Kind::draw(), requests), run);
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(fault, _)) => panic!("{fault}\nafter these requests:\n{}", story.borrow()),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}
