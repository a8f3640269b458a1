//! Steps of a random history that administrators take by hand in Control Hub: users, packages, directories, settings.

use std::sync::Arc;

use hub_core::operation::PlacementRequest;
use hub_core::operation::automatic_licenses::AutomaticAssignment;
use hub_core::operation::groups::{self, GroupChange};
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::users::{self, ClaimedUser, DirectoryUser, NewUser, UserPackageChange};
use hub_core::record::{Subscriber, SubscriberStatus};
use hub_core::{HubError, Id, Package};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{EMAILS, EXTENSIONS, PACKAGES};
use crate::hub::Hub;

/// What is done; an index picks among the customers, their people, licences or groups that are there.
#[derive(Debug, Clone)]
pub(crate) struct ByHandStep {
    what: What,
    customer: Index,
    pick: Index,
    users: Vec<UserDraw>,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Add,
    Claim,
    Synchronize,
    ChangePackage,
    Unassign,
    Remove,
    SignIn,
    Consent,
    Join,
    SwitchDirectory(bool),
    Automatic(u8),
    Require(bool),
}

/// A user as he is drawn.
#[derive(Debug, Clone)]
pub(crate) struct UserDraw {
    email: &'static str,
    package: Option<&'static str>,
    extension: &'static str,
    attribute: &'static str,
}

pub(crate) fn by_hand_step() -> impl Strategy<Value = ByHandStep> {
    let what = prop_oneof![
        4 => Just(What::Add),
        2 => Just(What::Claim),
        3 => Just(What::Synchronize),
        4 => Just(What::ChangePackage),
        1 => Just(What::Unassign),
        1 => Just(What::Remove),
        1 => Just(What::SignIn),
        2 => Just(What::Consent),
        2 => Just(What::Join),
        2 => proptest::bool::weighted(0.5).prop_map(What::SwitchDirectory),
        2 => (0..4_u8).prop_map(What::Automatic),
        1 => proptest::bool::weighted(0.3).prop_map(What::Require),
    ];
    let attributes = ["title", "department", "shoeSize"];
    let user = (select(&EMAILS[..]), proptest::option::weighted(0.8, select(&PACKAGES[..])), {
        (select(&EXTENSIONS[..]), select(attributes.to_vec()))
    });
    let user = user.prop_map(|(email, package, (extension, attribute))| UserDraw {
        email,
        package,
        extension,
        attribute,
    });
    (what, any::<Index>(), any::<Index>(), vec(user, 0..4))
        .prop_map(|(what, customer, pick, users)| ByHandStep { what, customer, pick, users })
}

impl UserDraw {
    fn placement(&self, hub: &Hub, organization: Id<hub_core::record::Organization>) -> PlacementRequest {
        PlacementRequest {
            location: hub.world.locations_of(organization).next().map(|location| location.id),
            phone_number: None,
            extension: Some(self.extension.into()),
        }
    }

    fn attributes(&self) -> Vec<(Box<str>, Box<str>)> {
        vec![(self.attribute.into(), "x".into())]
    }
}

pub(crate) fn take(hub: &mut Hub, step: &ByHandStep) -> Result<(), HubError> {
    let customers: Vec<_> = hub.world.customers_of(hub.partner()).map(|found| found.organization).collect();
    let org = *step.customer.get(&customers);
    let people: Vec<_> = hub.world.people_of(org).map(|person| person.id).collect();
    let place: Vec<_> = step.users.iter().map(|user| user.placement(hub, org)).collect();
    let drawn = || step.users.iter().zip(place.iter().cloned());
    match step.what {
        What::Add => {
            let new: Vec<_> = drawn()
                .map(|(user, placement)| NewUser {
                    email: user.email.into(),
                    first_name: Some("Ana".into()),
                    last_name: Some("Ruiz".into()),
                    display_name: None,
                    package: user.package.map(Into::into),
                    placement,
                    attributes: user.attributes(),
                })
                .collect();
            hub.run(|draft, context| users::add(draft, context, org, &new)).map(drop)
        }
        What::Claim => {
            let claimed: Vec<_> = drawn()
                .map(|(user, placement)| ClaimedUser {
                    email: user.email.into(),
                    package: user.package.unwrap_or("webex_meetings").into(),
                    placement,
                })
                .collect();
            hub.run(|draft, context| users::claim(draft, context, org, &claimed)).map(drop)
        }
        What::Synchronize => {
            let listed = step.users.iter().map(|user| DirectoryUser {
                email: user.email.into(),
                first_name: Some("Ana".into()),
                attributes: user.attributes(),
                ..DirectoryUser::default()
            });
            let listed: Vec<_> = listed.collect();
            hub.run(|draft, context| users::synchronize(draft, context, org, &listed)).map(drop)
        }
        What::SignIn => {
            let email = step.users.first().map_or(EMAILS[0], |user| user.email);
            hub.run(|draft, context| users::sign_in(draft, context, email)).map(drop)
        }
        What::Consent => {
            let is_waiting = |one: &&Arc<Subscriber>| one.status == SubscriberStatus::PendingUserMigration;
            let consents = hub.world.subscribers().filter(is_waiting).map(|one| one.person);
            let accepts = hub.world.people_of(org).filter(|person| person.pending.is_some());
            let waiting: Vec<_> = consents.chain(accepts.map(|person| person.id)).collect();
            let Some(id) = waiting.get(step.pick.index(waiting.len().max(1))) else { return Ok(()) };
            let email = hub.world.person(*id).unwrap().email.clone();
            hub.run(|draft, context| users::sign_in(draft, context, email.as_str())).map(drop)
        }
        What::SwitchDirectory(_) | What::Automatic(_) | What::Require(_) => change_settings(hub, step, org),
        _ if people.is_empty() => Ok(()),
        _ => with_one(hub, step, org, *step.pick.get(&people)),
    }
}

fn with_one(
    hub: &mut Hub,
    step: &ByHandStep,
    org: Id<hub_core::record::Organization>,
    id: Id<hub_core::record::Person>,
) -> Result<(), HubError> {
    if hub.world.person(id).unwrap().email.as_str() == "owner@old-mill.example.com" {
        return Ok(()); // other steps look for him
    }
    let user = step.users.first();
    match step.what {
        What::Remove => hub.run(|draft, context| users::remove(draft, context, org, id)),
        What::Join => {
            let Some(group) = hub.world.groups_of(org).next().map(|group| group.id) else { return Ok(()) };
            let change = GroupChange { added: vec![id], ..GroupChange::default() };
            hub.run(|draft, context| groups::change(draft, context, group, &change)).map(drop)
        }
        _ => {
            let package = user.and_then(|user| user.package).filter(|_| !matches!(step.what, What::Unassign));
            let change = UserPackageChange {
                package: package.map(Into::into),
                placement: user.map(|user| user.placement(hub, org)).unwrap_or_default(),
            };
            hub.run(|draft, context| users::change_package(draft, context, org, id, &change)).map(drop)
        }
    }
}

fn change_settings(
    hub: &mut Hub,
    step: &ByHandStep,
    org: Id<hub_core::record::Organization>,
) -> Result<(), HubError> {
    let mut change = SettingsChange::default();
    let all: Vec<_> = hub.world.licenses_of(org).map(|license| license.id).collect();
    let of_meetings = hub.world.licenses_of(org).find(|it| it.package == Some(Package::WebexMeetings));
    let mut licenses: Vec<_> = of_meetings.map(|license| license.id).into_iter().collect();
    licenses.extend(all.get(step.pick.index(all.len().max(1))));
    let groups: Vec<_> = hub.world.groups_of(org).map(|group| (group.id, licenses.clone())).collect();
    match step.what {
        What::SwitchDirectory(is_on) => change.has_directory = Some(is_on),
        What::Require(is_on) => {
            change.required_attributes = Some(is_on.then(|| "title".into()).into_iter().collect());
        }
        What::Automatic(0) => change.automatic_licenses = Some(AutomaticAssignment::Off),
        What::Automatic(1) => {
            change.automatic_licenses = Some(AutomaticAssignment::Organization(licenses));
        }
        _ => change.automatic_licenses = Some(AutomaticAssignment::Groups(groups)),
    }
    hub.run(|draft, context| organizations::change_settings(draft, context, org, &change)).map(drop)
}
