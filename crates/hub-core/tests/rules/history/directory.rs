//! Steps of a random history that a directory takes: users and groups by SCIM.

use hub_core::HubError;
use hub_core::operation::{scim_groups, scim_users};
use hub_core::scim::Document;
use hub_core::scim::schema::{GROUP, PATCH, USER};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::EMAILS;
use crate::hub::Hub;

/// What is done, with whom, and what for; an index picks among the people that are there.
#[derive(Debug, Clone)]
pub(crate) struct DirectoryStep {
    what: What,
    whom: Index,
    email: &'static str,
    patch: usize,
}

#[derive(Debug, Clone, Copy)]
enum What {
    AddUser,
    PutUser,
    PatchUser,
    RemoveUser,
    AddGroup,
    PatchGroup,
    RemoveGroup,
}

const DONE: [What; 7] = [
    What::AddUser,
    What::PutUser,
    What::PatchUser,
    What::RemoveUser,
    What::AddGroup,
    What::PatchGroup,
    What::RemoveGroup,
];

pub(crate) fn directory_step() -> impl Strategy<Value = DirectoryStep> {
    let drawn = (select(&DONE[..]), any::<Index>(), select(&EMAILS[..]), 0..4_usize);
    drawn.prop_map(|(what, whom, email, patch)| DirectoryStep { what, whom, email, patch })
}

fn object(value: Value) -> Document {
    serde_json::from_value(value).unwrap()
}

impl DirectoryStep {
    fn user(&self) -> Document {
        let active = self.patch != 3;
        object(
            json!({ "schemas": [USER.core.id], "userName": self.email, "userType": "user", "active": active }),
        )
    }

    fn user_patch(&self) -> Document {
        let operation = match self.patch {
            0 => json!({ "op": "replace", "path": "userName", "value": self.email }),
            1 => json!({ "op": "add", "path": "phoneNumbers", "value": [{ "value": "1", "type": "fax" }] }),
            2 => json!({ "op": "remove", "path": "name" }),
            _ => json!({ "op": "replace", "path": "emails[type eq \"home\"].value", "value": self.email }),
        };
        object(json!({ "schemas": [PATCH], "Operations": [operation] }))
    }

    fn group(&self, member: &str) -> Document {
        let name = ["Sales", "Service", "SALES", " "][self.patch];
        object(json!({ "schemas": [GROUP.core.id], "displayName": name, "members": [{ "value": member }] }))
    }

    fn group_patch(&self, member: &str) -> Document {
        let verb = ["add", "add", "remove", "replace"][self.patch];
        let operation = json!({ "op": verb, "path": "members", "value": [{ "value": member }] });
        object(json!({ "schemas": [PATCH], "Operations": [operation] }))
    }
}

pub(crate) fn take(hub: &mut Hub, step: &DirectoryStep) -> Result<(), HubError> {
    let managed = hub.world.customers_of(hub.partner()).map(|customer| customer.organization);
    let people: Vec<_> =
        managed.collect::<Vec<_>>().into_iter().flat_map(|org| hub.world.people_of(org)).cloned().collect();
    if people.is_empty() {
        return Ok(());
    }
    let person = step.whom.get(&people);
    if person.email.as_str() == "owner@old-mill.example.com" {
        return Ok(()); // other steps look for him
    }
    let (id, org) = (person.id, person.organization);
    let member = id.to_string();
    let group = hub.world.groups_of(org).map(|group| group.id).nth(step.patch % 2);
    hub.run(|draft, context| match (step.what, group) {
        (What::AddUser, _) => scim_users::create(draft, context, org, &step.user()).map(drop),
        (What::PutUser, _) => scim_users::replace(draft, context, org, id, &step.user()).map(drop),
        (What::PatchUser, _) => scim_users::patch(draft, context, org, id, &step.user_patch()).map(drop),
        (What::RemoveUser, _) => scim_users::remove(draft, context, org, id),
        (What::AddGroup, _) => scim_groups::create(draft, context, org, &step.group(&member)).map(drop),
        (What::PatchGroup, Some(group)) => {
            scim_groups::patch(draft, context, org, group, &step.group_patch(&member)).map(drop)
        }
        (What::RemoveGroup, Some(group)) => scim_groups::remove(draft, context, org, group),
        (What::PatchGroup | What::RemoveGroup, None) => Ok(()),
    })
}
