//! Groups as directories see them: SCIM documents.
//!
//! Members are people: groups within groups and machines are not simulated. What the hub does not act upon (usage,
//! owners, delegates, inheritances) it keeps and shows again.

use std::sync::Arc;

use hub_rules::groups::GROUP_IS_KNOWN;
use hub_rules::platform::{PATH_IS_SIMULATED, VALUE_HAS_ITS_TYPE};
use hub_rules::{advice, expected};
use serde_json::{Value, json};
use uuid::Uuid;

use super::access::{self, Errand};
use super::groups::{self, FoundGroups, GroupSearch};
use super::scim_users::{FoundDocuments, version};
use crate::record::{Group, Organization, Person};
use crate::scim::schema::GROUP;
use crate::scim::{Document, PatchOperation, lawful, objects, patch as patched, text};
use crate::{Context, Draft, HubError, Id, Scope, World};

const WEBEX: &str = GROUP.extensions[0].id;
/// What a group is for unless it says so.
const USAGE: &str = "policy";
/// Who made a group.
const SOURCE: &str = "Webex";

/// Some of the members of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMembers {
    /// The group.
    pub group: Arc<Group>,
    /// The members as documents.
    pub members: Vec<Value>,
}

fn open(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    errand: Errand,
) -> Result<(), HubError> {
    let scope = match errand {
        Errand::Look => access::any_of(context, &[Scope::IdentityPeopleRead, Scope::IdentityPeopleWrite]),
        _ => Scope::IdentityPeopleWrite,
    };
    access::organization(world, context, Some(organization), errand, scope).map(drop)
}

fn group(world: &World, organization: Id<Organization>, id: Id<Group>) -> Result<&Arc<Group>, HubError> {
    let found = world.group(id).filter(|group| group.organization == organization);
    found.ok_or_else(|| HubError::broken(&GROUP_IS_KNOWN).at("groupId"))
}

/// Finds groups. Refused when the caller does not see the organization (CUS-015).
pub fn search(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    search: &GroupSearch,
    has_members: bool,
) -> Result<FoundDocuments, HubError> {
    open(world, context, organization, Errand::Look)?;
    let FoundGroups { total, groups } = groups::found(world, organization, search);
    let documents = groups.iter().map(|group| document(world, group, has_members)).collect();
    Ok(FoundDocuments { total, documents })
}

/// Shows a group. Refused when the organization has none of this id (GRP-001).
pub fn get(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Group>,
) -> Result<Document, HubError> {
    open(world, context, organization, Errand::Look)?;
    Ok(document(world, group(world, organization, id)?, true))
}

/// Shows members of a group.
pub fn members_of(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Group>,
    (start, count): (usize, usize),
) -> Result<FoundMembers, HubError> {
    open(world, context, organization, Errand::Look)?;
    let group = group(world, organization, id)?.clone();
    let page = group.members.iter().skip(start).take(count);
    let members = page.map(|id| member(world, *id)).collect();
    Ok(FoundMembers { group, members })
}

/// Makes a group. Refused for who does not administer the organization (API-006), when the document is not lawful, and
/// as [`groups::create`] refuses.
pub fn create(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    body: &Document,
) -> Result<Document, HubError> {
    open(draft, context, organization, Errand::Administer)?;
    let body = lawful(body, &GROUP, context.settings.is_strict)?;
    let group = written(groups::blank(context, organization), &body)?;
    let group = groups::keep(draft, context, group)?;
    Ok(document(draft, &group, true))
}

/// Writes a document in the place of a group's; what it leaves out is emptied.
pub fn replace(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Group>,
    body: &Document,
) -> Result<Document, HubError> {
    open(draft, context, organization, Errand::Administer)?;
    let before = Group::clone(group(draft, organization, id)?);
    let body = lawful(body, &GROUP, context.settings.is_strict)?;
    let group = groups::keep(draft, context, written(before, &body)?)?;
    Ok(document(draft, &group, true))
}

/// Changes a group's document by operations.
pub fn patch(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Group>,
    body: &Document,
) -> Result<Document, HubError> {
    open(draft, context, organization, Errand::Administer)?;
    let before = Group::clone(group(draft, organization, id)?);
    let operations = PatchOperation::list(body)?;
    let mut whole = document(draft, &before, false);
    let members: Vec<_> = before.members.iter().map(|id| member(draft, *id)).collect();
    whole.insert("members".into(), members.into());
    let body = lawful(&patched(&whole, &GROUP, &operations)?, &GROUP, context.settings.is_strict)?;
    let group = groups::keep(draft, context, written(before, &body)?)?;
    Ok(document(draft, &group, true))
}

/// Removes a group; its members stay.
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Group>,
) -> Result<(), HubError> {
    open(draft, context, organization, Errand::Administer)?;
    group(draft, organization, id)?;
    groups::take_away(draft, organization, id);
    Ok(())
}

/// A group's document, without the addresses of resources, which only a server knows.
pub(super) fn document(world: &World, group: &Group, has_members: bool) -> Document {
    let mut document = Document::new();
    let schemas: Vec<_> = GROUP.schemas().map(|schema| schema.id).collect();
    document.insert("schemas".into(), schemas.into());
    document.insert("id".into(), group.id.to_string().into());
    document.insert("displayName".into(), (*group.name).into());
    if let Some(external_id) = &group.external_id {
        document.insert("externalId".into(), (**external_id).into());
    }
    let kept = group.directory.as_deref().and_then(|directory| directory.get(WEBEX));
    let mut webex = kept.and_then(Value::as_object).cloned().unwrap_or_default();
    webex.entry("usage").or_insert_with(|| USAGE.into());
    webex.insert("provisionSource".into(), SOURCE.into());
    webex.insert("meta".into(), json!({ "organizationID": group.organization.to_string() }));
    document.insert(WEBEX.into(), webex.into());
    let version = version_of(group, &document);
    if has_members {
        let members: Vec<_> =
            group.members.iter().take(groups::MEMBERS_PAGE.default).map(|id| member(world, *id)).collect();
        document.insert("members".into(), members.into());
    }
    let meta = json!({
        "resourceType": GROUP.name,
        "created": group.created.to_string(),
        "lastModified": group.modified.to_string(),
        "version": version,
    });
    document.insert("meta".into(), meta);
    document
}

/// The version of a group, which is another one when somebody comes or goes.
fn version_of(group: &Group, document: &Document) -> String {
    let ids: Vec<_> = group.members.iter().map(|id| Value::from(id.to_string())).collect();
    let mut whole = document.clone();
    whole.insert("members".into(), ids.into());
    version(&whole)
}

fn member(world: &World, id: Id<Person>) -> Value {
    let name = world.person(id).map(|person| person.shown_name()).unwrap_or_default();
    json!({ "value": id.to_string(), "type": "user", "display": name })
}

/// The group that the document makes of one.
fn written(mut group: Group, body: &Document) -> Result<Group, HubError> {
    group.name = text(body, "displayName").unwrap_or_default().into();
    group.external_id = text(body, "externalId").map(Box::from);
    group.members.clear();
    for (index, member) in objects(body, "members").enumerate() {
        group.members.push(member_id(index, member)?);
    }
    let webex = body.get(WEBEX).and_then(Value::as_object).cloned().unwrap_or_default();
    let is_more = |(name, value): &(String, Value)| name != "usage" || value != USAGE;
    let webex: Document = webex.into_iter().filter(is_more).collect();
    let directory = || Box::new(Document::from_iter([(WEBEX.to_owned(), Value::Object(webex.clone()))]));
    group.directory = (!webex.is_empty()).then(directory);
    Ok(group)
}

fn member_id(index: usize, member: &Document) -> Result<Id<Person>, HubError> {
    if let Some(kind) = text(member, "type").filter(|kind| !kind.eq_ignore_ascii_case("user")) {
        let refusal = HubError::broken(&PATH_IS_SIMULATED).at(format!("members[{index}].type")).saw(kind);
        return Err(refusal.advise(&advice::MEMBERS_ARE_USERS));
    }
    let value = text(member, "value").unwrap_or_default();
    let wrong = || {
        let refusal = HubError::broken(&VALUE_HAS_ITS_TYPE).at(format!("members[{index}].value"));
        refusal.saw(value).advise(advice::expected(&expected::USER_UUID))
    };
    Uuid::try_parse(value).map(Id::from_uuid).map_err(|_| wrong())
}
