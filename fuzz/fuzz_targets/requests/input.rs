//! An input as requests, one after the other, with an empty line between them.
//!
//! The first line of one says what is asked, by whom, about which records, and the query; the rest is the body:
//!
//! ```text
//! updatePerson customer-full-admin 0?callingData=true
//! {"emails":["new@example.com"]}
//! ```
//!
//! Operations are called as in the document of the server, so that an input means the same when there is one more. What is
//! no operation or nobody stands for some all the same, or most mutations would be in vain. The further words fill the path
//! in their order: a number is one of the records that fit there, anything else is itself.
//! Separate from the target, because a test of the server reads the seeds with it.

use axum::body::Body;
use axum::http::{Method, Request};
use hub_core::{Record, World};
use mock_hub::control::tokens;
use mock_hub::http::wire_id;
use mock_hub::openapi;

/// The most requests of an input.
const MOST: usize = 4;
/// Making and deleting whole sandboxes, which would be there for the next input, or not.
const LEFT_OUT: [&str; 2] = ["createSandbox", "deleteSandbox"];

/// What can be asked for.
pub(crate) struct Operations(Vec<Operation>);

pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The first that the document names and that a text can be.
    pub(crate) media_type: Option<String>,
}

/// A request as it stands in an input.
pub(crate) struct Asked<'a> {
    pub(crate) operation: &'a Operation,
    caller: &'static str,
    about: Vec<&'a str>,
    query: &'a str,
    body: &'a [u8],
}

impl Operations {
    /// Those of the document, but for the ones that are left out.
    pub(crate) fn documented() -> Self {
        let document = openapi::document();
        let paths = document["paths"].as_object().expect("a document has paths");
        let mut operations = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().expect("what stands at a path is an object") {
                let content = operation["requestBody"]["content"].as_object().into_iter().flatten();
                let media_type =
                    content.map(|(name, _)| name.clone()).find(|name| name != "multipart/form-data");
                let name = operation["operationId"].as_str().expect("an operation has a name").to_owned();
                let method = method.to_uppercase().parse().expect("a document names methods");
                if !LEFT_OUT.contains(&&*name) {
                    operations.push(Operation { name, method, path: path.clone(), media_type });
                }
            }
        }
        Operations(operations)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Operation> {
        self.0.iter()
    }

    /// The requests of an input, as far as they can be read.
    pub(crate) fn read<'a>(&'a self, input: &'a [u8]) -> impl Iterator<Item = Asked<'a>> {
        let mut left = input;
        let texts = std::iter::from_fn(move || {
            let text;
            (text, left) = cut(left, b"\n\n");
            (!text.is_empty()).then_some(text)
        });
        texts.take(MOST).filter_map(|text| self.asked(text))
    }

    fn asked<'a>(&'a self, text: &'a [u8]) -> Option<Asked<'a>> {
        let (line, body) = cut(text, b"\n");
        let line = std::str::from_utf8(line).ok()?;
        let (words, query) = line.split_once('?').unwrap_or((line, ""));
        let mut words = words.split(' ');
        let operation = self.named(words.next().unwrap_or_default());
        let label = words.next().unwrap_or_default();
        let caller = tokens::labels().find(|known| *known == label).unwrap_or(tokens::FULL_ADMIN);
        Some(Asked { operation, caller, about: words.collect(), query, body })
    }

    /// The operation that is called so, or some other.
    fn named(&self, name: &str) -> &Operation {
        let other = name.bytes().map(usize::from).sum::<usize>() % self.0.len();
        self.iter().find(|operation| operation.name == name).unwrap_or(&self.0[other])
    }
}

impl Asked<'_> {
    /// The request to a sandbox with this world, if the words make an address.
    pub(crate) fn request(&self, sandbox: &str, world: &World) -> Option<Request<Body>> {
        let mut about = self.about.iter().copied();
        let filled = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some("name") => sandbox.to_owned(),
            Some(parameter) => filling(parameter, about.next().unwrap_or("0"), world),
            None => part.to_owned(),
        };
        let path = self.operation.path.split('/').map(filled).collect::<Vec<_>>().join("/");
        let request = Request::builder()
            .method(&self.operation.method)
            .uri(format!("/s/{sandbox}{path}?{}", self.query))
            .header("host", "localhost")
            .header("authorization", format!("Bearer demo-{}", self.caller))
            .header("content-type", self.operation.media_type.as_deref().unwrap_or("application/json"));
        request.body(Body::from(self.body.to_vec())).ok()
    }
}

/// What stands before a mark, and what behind it.
fn cut<'a>(text: &'a [u8], mark: &[u8]) -> (&'a [u8], &'a [u8]) {
    match text.windows(mark.len()).position(|window| window == mark) {
        Some(at) => (&text[..at], &text[at + mark.len()..]),
        None => (text, &[]),
    }
}

/// What a word stands for in the place of a parameter.
fn filling(parameter: &str, word: &str, world: &World) -> String {
    let Ok(number) = word.parse::<usize>() else { return word.to_owned() };
    let parameter = if parameter == "userId" { "personId" } else { parameter };
    let named = world.records().filter_map(|record| named(world, &record));
    let fitting: Vec<String> = named.filter(|(name, _)| *name == parameter).map(|(_, id)| id).collect();
    match fitting.is_empty() {
        true => word.to_owned(),
        false => fitting[number % fitting.len()].clone(),
    }
}

/// The parameter that names a record, and its id.
fn named(world: &World, record: &Record) -> Option<(&'static str, String)> {
    Some(match record {
        Record::Organization(it) => ("orgId", wire_id::of(it.id).to_string()),
        Record::Customer(it) => ("customerId", wire_id::of(it.id).to_string()),
        Record::Subscriber(it) => ("subscriberId", wire_id::of(it.id).to_string()),
        Record::Person(it) => ("personId", wire_id::of(it.id).to_string()),
        Record::Location(it) => ("locationId", wire_id::of(it.id).to_string()),
        Record::License(it) => ("licenseId", wire_id::of_license(world, it).to_string()),
        Record::Task(it) => ("taskId", it.id.uuid().to_string()),
        Record::Device(it) => ("deviceId", wire_id::of(it.id).to_string()),
        Record::Group(it) => ("groupId", wire_id::of_group(it).to_string()),
        Record::BillingReport(it) => ("id", wire_id::of(it.id).to_string()),
        Record::Report(it) => ("reportId", wire_id::of(it.id).to_string()),
        Record::DisableCallingJob(it) => ("jobId", wire_id::of(it.id).to_string()),
        _ => return None,
    })
}
