//! Bulk requests: up to 100 operations on users and groups in one journal entry.
//!
//! Each runs under a savepoint and is answered by itself. What an operation made is referred to by its `bulkId` in
//! the path and the data of later ones.

use std::collections::BTreeMap;
use std::fmt;

use hub_rules::scim::{
    BULK_HAS_AT_MOST_100_OPERATIONS, BULK_OPERATION_IS_COMPLETE, BULK_REFERENCE_IS_MADE,
    SCHEMAS_NAME_THE_BODY,
};
use hub_rules::{advice, expected};
use serde_json::Value;
use uuid::Uuid;

use super::access::{self, Errand};
use super::{scim_groups, scim_users};
use crate::record::Organization;
use crate::scim::{Document, text};
use crate::{Context, Draft, HubError, Id, Scope};

/// The schema of a bulk request.
pub const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/// What to do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRequest {
    /// The schemas that the body is written in.
    pub schemas: Vec<String>,
    /// The operations.
    pub operations: Vec<BulkOperation>,
    /// After how many refusals the rest is left undone; none = never.
    pub fail_on_errors: Option<i64>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkOperation {
    /// What to do.
    pub method: BulkMethod,
    /// With what: `/Users`, `/Groups`, or one of them.
    pub path: String,
    /// The document, or the patch.
    pub data: Option<Document>,
    /// What later operations call the resource that this one makes.
    pub bulk_id: Option<String>,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkMethod {
    /// Makes a resource.
    Post,
    /// Changes one.
    Patch,
    /// Removes one.
    Delete,
}

/// A kind of resource that a bulk request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkKind {
    /// Users.
    Users,
    /// Groups.
    Groups,
}

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkDone {
    /// The kind of the resource.
    pub kind: BulkKind,
    /// Its id.
    pub id: Uuid,
    /// Its version, unless it was removed.
    pub version: Option<String>,
}

impl fmt::Display for BulkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BulkKind::Users => "Users",
            BulkKind::Groups => "Groups",
        })
    }
}

const MOST: usize = 100;

/// Runs a request. The outcomes are those of its first operations, all of them unless too many were refused.
///
/// Refused as a whole when the caller does not see the organization (CUS-015), `schemas` says that it is no bulk request
/// (SCM-002), or it has too many operations (SCM-015).
pub fn run(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    request: &BulkRequest,
) -> Result<Vec<Result<BulkDone, HubError>>, HubError> {
    access::organization(draft, context, Some(organization), Errand::Look, Scope::IdentityPeopleWrite)?;
    if !request.schemas.iter().any(|schema| schema.eq_ignore_ascii_case(BULK)) {
        let refusal = HubError::broken(&SCHEMAS_NAME_THE_BODY).at("schemas");
        return Err(refusal.advise(advice::expected(expected::AMONG_THEM.with("name", BULK))));
    }
    if request.operations.is_empty() || request.operations.len() > MOST {
        let refusal = HubError::broken(&BULK_HAS_AT_MOST_100_OPERATIONS).at("operations");
        return Err(refusal.saw(request.operations.len()));
    }
    if let Some(most) = request.fail_on_errors.filter(|most| !(1..=100).contains(most)) {
        return Err(HubError::broken(&BULK_HAS_AT_MOST_100_OPERATIONS).at("failOnErrors").saw(most));
    }
    let mut made = BTreeMap::new();
    let mut outcomes = Vec::new();
    let mut errors = 0;
    for (index, operation) in request.operations.iter().enumerate() {
        let step = Step { context, organization, index };
        let outcome = draft.attempt(|draft| step.run(draft, operation, &made));
        match (&outcome, &operation.bulk_id) {
            (Ok(done), Some(bulk_id)) if operation.method == BulkMethod::Post => {
                made.insert(bulk_id.clone(), done.id);
            }
            (Err(_), _) => errors += 1,
            _ => {}
        }
        outcomes.push(outcome);
        if request.fail_on_errors.is_some_and(|most| errors >= most) {
            break;
        }
    }
    Ok(outcomes)
}

type Made = BTreeMap<String, Uuid>;

#[derive(Clone, Copy)]
struct Step<'a> {
    context: &'a Context<'a>,
    organization: Id<Organization>,
    index: usize,
}

impl Step<'_> {
    fn incomplete(self, field: &str) -> HubError {
        HubError::broken(&BULK_OPERATION_IS_COMPLETE).at(format!("operations[{}].{field}", self.index))
    }

    fn run(self, draft: &mut Draft, operation: &BulkOperation, made: &Made) -> Result<BulkDone, HubError> {
        let (kind, named) = self.target(operation, made)?;
        let data = match &operation.data {
            Some(data) => Some(self.resolved(data, made)?),
            None if operation.method == BulkMethod::Delete => None,
            None => return Err(self.incomplete("data")),
        };
        let (draft, context, org) = (draft, self.context, self.organization);
        let shown = match (operation.method, kind, named, data) {
            (BulkMethod::Post, kind, None, Some(data)) => {
                let bulk_id = operation.bulk_id.as_ref().filter(|id| !made.contains_key(*id));
                bulk_id.ok_or_else(|| self.incomplete("bulkId"))?;
                match kind {
                    BulkKind::Users => scim_users::create(draft, context, org, &data)?,
                    BulkKind::Groups => scim_groups::create(draft, context, org, &data)?,
                }
            }
            (BulkMethod::Patch, BulkKind::Users, Some(id), Some(data)) => {
                scim_users::patch(draft, context, org, Id::from_uuid(id), &data)?
            }
            (BulkMethod::Patch, BulkKind::Groups, Some(id), Some(data)) => {
                scim_groups::patch(draft, context, org, Id::from_uuid(id), &data)?
            }
            (BulkMethod::Delete, kind, Some(id), _) => {
                match kind {
                    BulkKind::Users => scim_users::remove(draft, context, org, Id::from_uuid(id))?,
                    BulkKind::Groups => scim_groups::remove(draft, context, org, Id::from_uuid(id))?,
                }
                return Ok(BulkDone { kind, id, version: None });
            }
            _ => return Err(self.incomplete("path")),
        };
        let id = text(&shown, "id").and_then(|id| Uuid::try_parse(id).ok());
        let version = shown.get("meta").and_then(|meta| meta["version"].as_str()).map(str::to_owned);
        Ok(BulkDone { kind, id: id.expect("a document has the UUID of its resource"), version })
    }

    /// The kind and the resource that a path names; an id that cannot be read is the nil id, which nothing has.
    fn target(self, operation: &BulkOperation, made: &Made) -> Result<(BulkKind, Option<Uuid>), HubError> {
        let path = operation.path.trim_start_matches('/');
        let (kind, id) = path.split_once('/').map_or((path, None), |(kind, id)| (kind, Some(id)));
        let kind = match kind {
            "Users" => BulkKind::Users,
            "Groups" => BulkKind::Groups,
            _ => return Err(self.incomplete("path").saw(&operation.path)),
        };
        let Some(id) = id.filter(|id| !id.is_empty()) else { return Ok((kind, None)) };
        if let Some(reference) = id.strip_prefix(REFERENCE) {
            return Ok((kind, Some(self.referred(reference, made)?)));
        }
        Ok((kind, Some(Uuid::try_parse(id).unwrap_or_default())))
    }

    fn referred(self, reference: &str, made: &Made) -> Result<Uuid, HubError> {
        let refusal = || {
            let refusal = HubError::broken(&BULK_REFERENCE_IS_MADE).at(format!("operations[{}]", self.index));
            refusal.saw(reference)
        };
        made.get(reference).copied().ok_or_else(refusal)
    }

    /// The data with ids in the place of references.
    fn resolved(self, data: &Document, made: &Made) -> Result<Document, HubError> {
        let each = data.iter();
        each.map(|(name, value)| Ok((name.clone(), self.resolved_value(value, made)?))).collect()
    }

    fn resolved_value(self, value: &Value, made: &Made) -> Result<Value, HubError> {
        match value {
            Value::String(text) => match text.strip_prefix(REFERENCE) {
                Some(reference) => Ok(self.referred(reference, made)?.to_string().into()),
                None => Ok(value.clone()),
            },
            Value::Array(values) => values.iter().map(|value| self.resolved_value(value, made)).collect(),
            Value::Object(parts) => self.resolved(parts, made).map(Value::Object),
            other => Ok(other.clone()),
        }
    }
}

const REFERENCE: &str = "bulkId:";
