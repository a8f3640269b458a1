//! What a billing report counts: who had which package on which days, out of what was done to the world.
//!
//! Pure: deeds in, lines out. A customer or user that is gone by now is told as it was when it had the package.
//! Where the clock was put back, the days after that were lived again, and only the later life counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::Deed;
use crate::record::{
    BillingReport, BillingReportCategory, BillingReportKind, Customer, License, Organization, Person,
    SubscriberStatus,
};
use crate::{Change, Id, Key, Package, Record, Timestamp, World};

/// A line of a billing report.
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// The organization of the partner or sub-partner whose customer it is.
    pub seller: Arc<Organization>,
    /// The package.
    pub package: Package,
    /// The customer with its organization, unless the line is about all of them.
    pub customer: Option<(Arc<Customer>, Arc<Organization>)>,
    /// The user, if the line is about one.
    pub person: Option<Arc<Person>>,
    /// The licences of the package (BIL-008), unless the line is about all customers.
    pub licenses: Arc<[Arc<License>]>,
    /// How many customers have users with the package.
    pub customers: usize,
    /// How many users have it.
    pub users: usize,
    /// On how many days, counted for each user (BIL-007); of the moment, none.
    pub days: u64,
}

/// Counts what a report is about, in the order of sellers, customers, users and packages.
///
/// `deeds` are all since `start`. Those behind the one that asked for the report do not count, so that the
/// report is the same whenever it is downloaded.
pub fn usage<'a>(start: World, deeds: impl Iterator<Item = Deed<'a>>, report: &BillingReport) -> Vec<Usage> {
    let before = deeds.take_while(|deed| !deed.changes.iter().any(|change| asks_for(change, report)));
    let spans = spans(start, before, report.created);
    let mut lines: BTreeMap<Line, (Usage, Heads)> = BTreeMap::new();
    for span in spans {
        let days = days_of(report, &span);
        if days == 0 || !is_covered(report, &span) {
            continue;
        }
        let (line, users) = lines
            .entry(line_of(report.kind, &span.held))
            .or_insert_with(|| (opened(report.kind, &span.held), (BTreeSet::new(), BTreeSet::new())));
        users.0.insert(span.held.customer.id);
        users.1.insert(span.held.person.id);
        line.days += days;
    }
    lines.into_values().map(|(line, heads)| counted(report.category, line, &heads)).collect()
}

/// Who had which package of whom from when until when, up to `now`.
pub(in crate::operation) fn spans<'a>(
    start: World,
    deeds: impl Iterator<Item = Deed<'a>>,
    now: Timestamp,
) -> Vec<Span> {
    let mut ledger = Ledger::open(start);
    deeds.for_each(|deed| ledger.follow(&deed));
    ledger.close(now)
}

/// Customers and users of a line.
type Heads = (BTreeSet<Id<Customer>>, BTreeSet<Id<Person>>);

/// What a line is about; nil where it is about all.
type Line = (Id<Organization>, Id<Customer>, Id<Person>, Package);

fn asks_for(change: &Change, report: &BillingReport) -> bool {
    matches!(change, Change::Put(Record::BillingReport(put)) if put.id == report.id)
}

fn line_of(kind: BillingReportKind, held: &Held) -> Line {
    let customer = if kind == BillingReportKind::Partner { Id::MIN } else { held.customer.id };
    let person = if kind == BillingReportKind::User { held.person.id } else { Id::MIN };
    (held.seller.id, customer, person, held.package)
}

fn opened(kind: BillingReportKind, held: &Held) -> Usage {
    let is_of_partner = kind == BillingReportKind::Partner;
    Usage {
        seller: held.seller.clone(),
        package: held.package,
        customer: (!is_of_partner).then(|| (held.customer.clone(), held.organization.clone())),
        person: (kind == BillingReportKind::User).then(|| held.person.clone()),
        licenses: if is_of_partner { Arc::default() } else { held.licenses.clone() },
        customers: 0,
        users: 0,
        days: 0,
    }
}

fn counted(category: BillingReportCategory, line: Usage, (customers, users): &Heads) -> Usage {
    let days = if category == BillingReportCategory::PointInTime { 0 } else { line.days };
    Usage { customers: customers.len(), users: users.len(), days, ..line }
}

/// On how many days of the report the package was held; of the moment, 1 or none.
fn days_of(report: &BillingReport, span: &Span) -> u64 {
    if report.category == BillingReportCategory::PointInTime {
        return u64::from(span.from <= report.created && span.until > report.created);
    }
    let end_of_first = report.first_day + (Timestamp::DAY_MS - 1);
    let day_ends_before = |time: Timestamp| {
        let since = time.as_millis() - end_of_first.as_millis();
        u64::try_from((since + Timestamp::DAY_MS - 1).div_euclid(Timestamp::DAY_MS)).unwrap_or(0)
    };
    let behind = report.last_day + Timestamp::DAY_MS;
    day_ends_before(span.until.min(behind)).saturating_sub(day_ends_before(span.from))
}

/// Whether the report is about the seller (BIL-010).
fn is_covered(report: &BillingReport, span: &Span) -> bool {
    match report.sub_partner {
        Some(only) => span.held.seller.id == only,
        None => span.held.seller.id == report.owner || span.held.partner == Some(report.owner),
    }
}

/// A package that a user has, with all that a line says of it.
#[derive(Debug, Clone)]
pub(in crate::operation) struct Held {
    seller: Arc<Organization>,
    /// The partner of a seller who is a sub-partner.
    partner: Option<Id<Organization>>,
    pub(in crate::operation) customer: Arc<Customer>,
    organization: Arc<Organization>,
    person: Arc<Person>,
    pub(in crate::operation) package: Package,
    licenses: Arc<[Arc<License>]>,
}

/// From when until when, exclusively, it was held.
#[derive(Debug)]
pub(in crate::operation) struct Span {
    pub(in crate::operation) from: Timestamp,
    pub(in crate::operation) until: Timestamp,
    pub(in crate::operation) held: Held,
}

/// Who holds which package of whom.
type Holder = (Id<Person>, Id<Customer>, Package);

/// Who holds what, followed through time.
struct Ledger {
    world: World,
    latest: Timestamp,
    /// What is held, and since when.
    open: BTreeMap<Holder, (Timestamp, Held)>,
    closed: Vec<Span>,
}

impl Ledger {
    /// Those who have a package at the beginning have had it since they are subscribers.
    fn open(world: World) -> Self {
        let mut ledger = Ledger { world, latest: Timestamp::MIN, open: BTreeMap::new(), closed: Vec::new() };
        let subscribers: Vec<_> = ledger.world.subscribers().map(|it| (it.id, it.created)).collect();
        for (subscriber, since) in subscribers {
            for (key, held) in held_by(&ledger.world, subscriber) {
                ledger.open.insert(key, (since, held));
            }
        }
        ledger
    }

    fn follow(&mut self, deed: &Deed<'_>) {
        if deed.at < self.latest {
            self.live_again_from(deed.at);
        }
        self.latest = deed.at;
        let touched: BTreeSet<_> = deed.changes.iter().filter_map(subscriber_of).collect();
        let before: Vec<_> = touched.iter().flat_map(|id| held_by(&self.world, *id)).collect();
        for change in deed.changes {
            self.world.apply(change.clone());
        }
        let after: BTreeMap<_, _> = touched.iter().flat_map(|id| held_by(&self.world, *id)).collect();
        for (key, _) in before.into_iter().filter(|(key, _)| !after.contains_key(key)) {
            if let Some((from, held)) = self.open.remove(&key) {
                self.closed.push(Span { from, until: deed.at, held });
            }
        }
        for (key, held) in after {
            self.open.entry(key).or_insert((deed.at, held));
        }
    }

    /// Forgets what was held after `time`, to which the clock was put back.
    fn live_again_from(&mut self, time: Timestamp) {
        self.closed.retain_mut(|span| {
            span.until = span.until.min(time);
            span.from < span.until
        });
        for (since, _) in self.open.values_mut() {
            *since = (*since).min(time);
        }
    }

    fn close(mut self, asked_at: Timestamp) -> Vec<Span> {
        if asked_at < self.latest {
            self.live_again_from(asked_at);
        }
        let still_held = std::mem::take(&mut self.open).into_values();
        self.closed.extend(still_held.map(|(from, held)| Span { from, until: Timestamp::MAX, held }));
        self.closed
    }
}

fn subscriber_of(change: &Change) -> Option<Id<crate::record::Subscriber>> {
    match change {
        Change::Put(Record::Subscriber(subscriber)) => Some(subscriber.id),
        Change::Remove(Key::Subscriber(id)) => Some(*id),
        _ => None,
    }
}

type Holding = (Holder, Held);

/// What a subscriber has, once provisioned.
fn held_by(world: &World, subscriber: Id<crate::record::Subscriber>) -> Vec<Holding> {
    let found = world.subscriber(subscriber).filter(|it| it.status == SubscriberStatus::Provisioned);
    let Some(subscriber) = found else { return Vec::new() };
    let customer = world.customer(subscriber.customer).expect("a subscriber has a customer");
    let person = world.person(subscriber.person).expect("a subscriber is a person");
    let organization = world.organization(customer.organization).expect("a customer has an organization");
    let seller = world.organization(customer.owner).expect("a seller has an organization");
    let partner = world.sub_partner(customer.owner).map(|found| found.partner);
    let holding = |package| {
        let offer = customer.packages.iter().find(|offer| offer.package == package);
        let licenses = offer.into_iter().flat_map(|offer| offer.licenses.iter());
        let held = Held {
            seller: seller.clone(),
            partner,
            customer: customer.clone(),
            organization: organization.clone(),
            person: person.clone(),
            package,
            licenses: licenses.filter_map(|id| world.license(*id)).cloned().collect(),
        };
        ((person.id, customer.id, package), held)
    };
    subscriber.packages.iter().map(holding).collect()
}
