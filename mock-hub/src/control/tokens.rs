//! Access tokens of a sandbox: a standing token for each of the usual kinds of administrators, and others as asked for,
//! that of a user who is no administrator among them.
//!
//! Standing tokens carry the label of their role alone; [`renew`] keeps them fitting the world, which may be
//! replaced by one with another partner.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hub_core::record::Organization;
use hub_core::{Caller, Email, HubError, Id, Role, Roles, Scope, World};
use hub_rules::advice;
use hub_store::{Head, Sandbox, StoreError, Token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::order::Order;
use super::refused;
use crate::app::App;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::room::require_at_most;
use crate::http::{answer, wire_id};
use crate::openapi::family::{Family, routes};

/// The label of the administrator who may do everything a partner may.
pub const FULL_ADMIN: &str = "partner-full-admin";

/// A kind of caller, by his roles.
struct Kind {
    label: &'static str,
    roles: &'static [Role],
    side: Side,
}

/// Where a caller belongs.
#[derive(PartialEq)]
enum Side {
    Partner,
    Customer,
}

/// The kinds with a standing token stand first.
const KINDS: [Kind; 13] = [
    kind(FULL_ADMIN, &[Role::PartnerFullAdmin, Role::WholesaleAdmin], Side::Partner),
    kind("partner-admin", &[Role::PartnerAdmin], Side::Partner),
    kind("partner-read-only", &[Role::PartnerReadOnly], Side::Partner),
    kind("wholesale-admin", &[Role::WholesaleAdmin], Side::Partner),
    kind("customer-full-admin", &[Role::CustomerFullAdmin], Side::Customer),
    kind("customer-user-admin", &[Role::CustomerUserAdmin], Side::Customer),
    kind("customer-read-only", &[Role::CustomerReadOnly], Side::Customer),
    kind("customer-support-admin", &[Role::CustomerSupportAdmin], Side::Customer),
    kind("customer-device-admin", &[Role::CustomerDeviceAdmin], Side::Customer),
    kind("compliance-officer", &[Role::ComplianceOfficer], Side::Customer),
    kind("help-desk-basic", &[Role::HelpDeskBasic], Side::Partner),
    kind("help-desk-advanced", &[Role::HelpDeskAdvanced], Side::Partner),
    kind("user", &[], Side::Customer),
];
const STANDING: usize = 7;

const fn kind(label: &'static str, roles: &'static [Role], side: Side) -> Kind {
    Kind { label, roles, side }
}

/// The labels of all kinds of callers.
pub fn labels() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.label)
}

/// The kind of administrator that somebody with these roles is, by the first of them in the order of kinds.
pub fn kind_of(roles: &Roles) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|kind| kind.roles.first().is_some_and(|role| roles.has_any(&[*role])))
        .map(|kind| kind.label)
}

/// The e-mail address of the administrator with a standing token; the demo world assigns customers by it.
pub fn address_of(label: &str) -> String {
    [label, "@example.com"].concat()
}

/// The standing token of a label.
pub fn with_label(head: &Head, label: &str) -> Option<Arc<Token>> {
    head.token_labelled(label).cloned()
}

/// Grants the standing tokens that the sandbox lacks or that do not fit its world any more, as one entry.
pub async fn renew(sandbox: &Sandbox) -> Result<(), StoreError> {
    let head = sandbox.head();
    sandbox.grant(KINDS[..STANDING].iter().filter_map(|kind| renewed(kind, sandbox, &head)).collect()).await
}

/// Grants the standing tokens that the sandbox lacks: all of them, where the hub ended between making it and granting.
pub async fn complete(sandbox: &Sandbox) -> Result<(), StoreError> {
    let head = sandbox.head();
    let lacking = KINDS[..STANDING].iter().filter(|kind| with_label(&head, kind.label).is_none());
    sandbox.grant(lacking.filter_map(|kind| renewed(kind, sandbox, &head)).collect()).await
}

/// The standing token of a kind, if it is to be granted anew.
fn renewed(kind: &Kind, sandbox: &Sandbox, head: &Head) -> Option<Token> {
    let caller = caller(kind, home_of(kind, &head.world)?, None);
    let caller = known_as_person(caller, &head.world);
    let present = with_label(head, kind.label);
    let was = present.as_ref().map(|token| &token.caller);
    let was = was.filter(|was| was.organization == caller.organization).and_then(|was| was.person);
    let caller = Caller { person: caller.person.or(was), ..caller };
    if present.as_ref().is_some_and(|token| token.caller == caller) {
        return None;
    }
    let new = || new_text(sandbox, kind.label);
    let text = present.map_or_else(new, |token| token.token.clone());
    Some(Token { token: text, label: kind.label.into(), caller, expires: None })
}

/// A text that nobody can guess and no other token has: it names its sandbox and what it is.
pub fn new_text(sandbox: &Sandbox, what: &str) -> Arc<str> {
    let mut buffer = Uuid::encode_buffer();
    let secret = Uuid::new_v4();
    [sandbox.name().as_str(), ".", what, ".", secret.simple().encode_lower(&mut buffer)].concat().into()
}

/// Refuses one more token, or authorization, where the sandbox keeps enough (API-055).
pub fn require_room(app: &App, head: &Head) -> Result<(), HubError> {
    require_at_most(head.granted() + 1, app.options.max_tokens, &advice::ROOM_FOR_TOKENS)
}

/// A label for a token of an administrator, beside the standing one.
pub fn new_label(kind: &str) -> Box<str> {
    format!("{kind}.{:08x}", Uuid::new_v4().as_fields().0).into()
}

/// The first partner's organization, or that of its oldest customer.
fn home_of(kind: &Kind, world: &World) -> Option<Id<Organization>> {
    let partner = world.partners().next()?.organization;
    match kind.side {
        Side::Partner => Some(partner),
        Side::Customer => world.customers_of(partner).last().map(|customer| customer.organization),
    }
}

fn caller(kind: &Kind, organization: Id<Organization>, scopes: Option<Box<[Scope]>>) -> Caller {
    Caller {
        name: address_of(kind.label).into(),
        organization,
        roles: Roles::of(kind.roles),
        scopes,
        on_behalf_of: None,
        person: None,
    }
}

/// The caller with the person of his organization who has his address, if there is one.
fn known_as_person(caller: Caller, world: &World) -> Caller {
    let person = Email::parse(&caller.name).ok().and_then(|email| world.person_by_email(&email));
    let person = person.filter(|person| person.organization == caller.organization);
    Caller { person: person.map(|person| person.id), ..caller }
}

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(grant))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewToken {
    role: String,
    /// Who the caller is, where it is not the one of the role's standing token.
    email: Option<String>,
    #[schema(value_type = Option<Vec<String>>)]
    scopes: Option<Box<[Scope]>>,
    lifetime_seconds: Option<f64>,
    organization: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct TokenBody<'a> {
    token: &'a str,
    role: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
}

/// Grants a token with a role, scopes and lifetime.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes/{name}/tokens", tag = "Control", operation_id = "grantToken",
    params(("name" = String, Path)),
    request_body = NewToken,
    responses((status = 201, description = "The token.", body = TokenBody)),
)]
async fn grant(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Order(new): Order<NewToken>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    require_room(&app, &sandbox.head())?;
    let known = || labels().collect::<Vec<_>>().join(", ");
    let kind = KINDS.iter().find(|kind| kind.label == new.role);
    let kind = kind.ok_or_else(|| refused(format!("role: use one of {}.", known())))?;
    let organization = organization(kind, &sandbox.head().world, new.organization.as_deref())?;
    let expires = new.lifetime_seconds.map(lifetime_ms).transpose()?;
    let expires = expires.map(|millis| sandbox.now() + millis);
    let text = new_text(&sandbox, kind.label);
    let label = new_label(kind.label);
    let mut caller = caller(kind, organization, new.scopes);
    if let Some(text) = &new.email {
        caller.name = email(text)?;
    }
    let caller = known_as_person(caller, &sandbox.head().world);
    sandbox.grant(vec![Token { token: text.clone(), label, caller, expires }]).await?;
    let expires = expires.map(|at| at.to_string());
    Ok(answer::json(StatusCode::CREATED, &TokenBody { token: &text, role: kind.label, expires }))
}

fn email(text: &str) -> Result<Box<str>, Problem> {
    let malformed = |_| refused(format!("email: `{text}` is not an e-mail address."));
    Ok(Email::parse(text).map_err(malformed)?.as_str().into())
}

fn organization(kind: &Kind, world: &World, wanted: Option<&str>) -> Result<Id<Organization>, Problem> {
    let Some(wanted) = wanted else {
        let lacking = "organization: name one, the world has none for this role.";
        return home_of(kind, world).ok_or_else(|| refused(lacking));
    };
    let id = wire_id::read(wanted);
    let unknown = || {
        let why = format!("organization: there is no organization `{wanted}`.");
        Problem::of_control(StatusCode::NOT_FOUND, why)
    };
    world.organization(id).map(|_| id).ok_or_else(unknown)
}

fn lifetime_ms(seconds: f64) -> Result<i64, Problem> {
    if seconds.is_nan() || seconds < 0.0 {
        return Err(refused(format!("lifetimeSeconds: {seconds} is not a number from 0.")));
    }
    #[expect(clippy::cast_possible_truncation, reason = "a cast that saturates is what is wanted")]
    Ok((seconds * 1000.0) as i64)
}

#[cfg(test)]
mod tests {
    use hub_core::demo::PARTNER_ADMIN;

    use super::*;

    #[test]
    fn every_kind_is_named_after_a_role_of_its_own() {
        let administrators = KINDS.iter().filter(|kind| kind.label != "user");
        for kind in administrators {
            assert_eq!(kind_of(&Roles::of(&kind.roles[..1])), Some(kind.label));
        }
        assert_eq!(kind_of(&Roles::default()), None);
    }

    #[test]
    fn the_demo_assigns_customers_to_the_standing_partner_administrator() {
        assert_eq!(address_of("partner-admin"), PARTNER_ADMIN);
    }
}
