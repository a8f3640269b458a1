//! Lists that are walked page by page while others write (API-018), and what a filter finds without walking.

use std::sync::Arc;

use hub_core::operation::customers::{self, CustomerFilter};
use hub_core::operation::subscribers::{self, SortBy, SubscriberFilter};
use hub_core::record::Customer;
use hub_core::{Mark, Order, Page, PageRequest, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::history::{Step, history, step, take};
use crate::hub::Hub;

/// A page of marks, and the mark to go on behind.
type Marks = (Vec<Mark>, Option<Mark>);

/// Walks a list, with some steps of others between one page and the next, until it ends.
///
/// Gives what was seen, and what kept its place all the time.
fn walk(
    hub: &mut Hub,
    steps: &[Step],
    max: usize,
    list: impl Fn(&Hub, PageRequest) -> Marks,
) -> [Vec<Mark>; 2] {
    let (mut seen, mut after) = (Vec::new(), None);
    let (mut kept, _) = list(hub, PageRequest::ALL);
    let mut between = steps.chunks(2);
    for page in 0.. {
        assert!(page < 1000, "the walk ends");
        let (marks, next) = list(hub, PageRequest { offset: seen.len(), max, after });
        seen.extend(marks);
        if next.is_none() {
            break;
        }
        after = next;
        between.next().unwrap_or_default().iter().for_each(|step| take(hub, step));
        let (there, _) = list(hub, PageRequest::ALL);
        kept.retain(|mark| there.contains(mark));
    }
    [seen, kept]
}

fn subscriber_marks(hub: &Hub, filter: &SubscriberFilter, wanted: PageRequest) -> Marks {
    let page = hub.peek(|draft, context| subscribers::list(draft, context, filter, wanted).map(Page::cloned));
    let page = page.unwrap();
    let time = |at| (filter.sort_by == SortBy::LastStatusChange).then_some(at);
    let mark = |id: uuid::Uuid, at| Mark { time: time(at), id };
    (page.items.iter().map(|it| mark(it.id.uuid(), it.last_status_change)).collect(), page.next)
}

fn customer_page(hub: &Hub, filter: &CustomerFilter, wanted: PageRequest) -> Page<Arc<Customer>> {
    hub.peek(|draft, context| customers::list(draft, context, filter, wanted)).unwrap()
}

fn customer_marks(hub: &Hub, wanted: PageRequest) -> Marks {
    let page = customer_page(hub, &CustomerFilter::default(), wanted);
    (page.items.iter().map(|customer| Mark::of(customer.id)).collect(), page.next)
}

/// A filter for what this customer is found by without a look at the others.
fn filters_of(customer: &Customer) -> [CustomerFilter; 2] {
    let (external_id, organization) = (Some(customer.external_id.clone()), Some(customer.organization));
    [
        CustomerFilter { external_id, ..CustomerFilter::default() },
        CustomerFilter { organization, ..CustomerFilter::default() },
    ]
}

fn is_in_order(marks: &[Mark], order: Order) -> bool {
    match order {
        Order::NewestFirst => marks.is_sorted_by(|a, b| a > b),
        Order::OldestFirst => marks.is_sorted_by(|a, b| a < b),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_through_subscribers_misses_and_repeats_nothing_api_018(
        before in vec(step(), 0..6),
        meanwhile in vec(step(), 0..16),
        max in 1_usize..5,
        order in select(&[Order::NewestFirst, Order::OldestFirst][..]),
        sort_by in select(&[SortBy::Created, SortBy::LastStatusChange][..]),
    ) {
        let mut hub = history(&before);
        let filter = SubscriberFilter { order, sort_by, ..SubscriberFilter::default() };
        let list = |hub: &Hub, wanted| subscriber_marks(hub, &filter, wanted);
        let [seen, kept] = walk(&mut hub, &meanwhile, max, list);
        prop_assert!(is_in_order(&seen, order), "no entry is seen twice in one place: {:?}", seen);
        prop_assert!(kept.iter().all(|mark| seen.contains(mark)), "{:?} of {:?}", seen, kept);
    }

    #[test]
    fn a_walk_through_customers_misses_and_repeats_nothing_api_018(
        meanwhile in vec(step(), 0..16),
        max in 1_usize..3,
    ) {
        let mut hub = Hub::demo();
        let [seen, kept] = walk(&mut hub, &meanwhile, max, customer_marks);
        prop_assert!(is_in_order(&seen, Order::NewestFirst), "{:?}", seen);
        prop_assert!(kept.iter().all(|mark| seen.contains(mark)), "{:?} of {:?}", seen, kept);
    }

    #[test]
    fn a_list_by_external_id_or_organization_has_what_the_whole_list_has_of_it(steps in vec(step(), 0..16)) {
        let hub = history(&steps);
        let whole = customer_page(&hub, &CustomerFilter::default(), PageRequest::ALL).items;
        for record in hub.world.records() {
            let Record::Customer(customer) = record else { continue };
            let is_listed = whole.contains(&customer);
            let shows_organization = is_listed && customer.shows_organization_at(hub.now);
            for (filter, is_wanted) in filters_of(&customer).iter().zip([is_listed, shows_organization]) {
                let wanted: Vec<_> = Some(customer.clone()).filter(|_| is_wanted).into_iter().collect();
                prop_assert_eq!(&customer_page(&hub, filter, PageRequest::ALL).items, &wanted);
                let behind = PageRequest { after: Some(Mark::of(customer.id)), ..PageRequest::ALL };
                prop_assert_eq!(customer_page(&hub, filter, behind).items, []);
            }
        }
    }
}

#[test]
fn without_a_mark_a_page_begins_behind_its_offset() {
    let hub = Hub::demo();
    let filter = SubscriberFilter::default();
    let list = |wanted| subscriber_marks(&hub, &filter, wanted);
    let (all, _) = list(PageRequest::ALL);
    let (third, next) = list(PageRequest::of(2, 1));
    assert_eq!((&third[..], next), (&all[2..3], Some(all[2])));
    assert_eq!(list(PageRequest::of(all.len(), 1)), (Vec::new(), None));
    assert_eq!(list(PageRequest { after: Some(all[1]), ..PageRequest::of(99, 1) }).0, third);
}
