//! Who can sign in: the people with administrator roles, and those who were granted a token (OAU-005).
//!
//! An address stands for one administrator. A person signs in with the roles that he has at that moment (OAU-016). Who
//! has no roles, or is no person of the world, signs in with those of a token: one that the control API granted, or the
//! standing one where the world never knew him as a person. Tokens of applications let nobody sign in.

use std::collections::HashSet;

use hub_core::record::Person;
use hub_core::{Caller, Email, HubError, Timestamp, World};
use hub_rules::advice;
use hub_rules::oauth::ADMINISTRATOR_IS_KNOWN;
use hub_store::{Head, Token};

use crate::control::tokens;

/// Somebody who can sign in.
#[derive(Debug)]
pub struct Administrator<'a> {
    /// The kind of administrator, such as `partner-full-admin`.
    pub kind: &'a str,
    pub caller: Caller,
    /// The name of his organization.
    pub organization: &'a str,
    /// The label of his standing token, if he has one.
    pub standing: Option<&'static str>,
}

/// All of them: those with a standing token first, in the order of kinds, then by address.
pub fn all(head: &Head, now: Timestamp) -> Vec<Administrator<'_>> {
    let people = head.world.people().filter_map(|person| of_person(head, person));
    let mut seen: HashSet<Box<str>> = HashSet::new();
    let mut all: Vec<_> = people.collect();
    seen.extend(all.iter().map(|it| it.caller.name.clone()));
    let mut granted = of_tokens(head, now);
    granted.sort_by_key(|it| rank(it.kind));
    all.extend(granted.into_iter().filter(|it| seen.insert(it.caller.name.clone())));
    all.sort_by_cached_key(|it| {
        (it.standing.map_or(usize::MAX, rank), rank(it.kind), it.caller.name.clone())
    });
    all
}

fn rank(kind: &str) -> usize {
    tokens::labels().position(|known| known == kind).unwrap_or(usize::MAX)
}

fn of_person<'a>(head: &'a Head, person: &Person) -> Option<Administrator<'a>> {
    let caller = Caller {
        name: person.email.as_str().into(),
        organization: person.organization,
        roles: person.roles.clone(),
        scopes: None,
        on_behalf_of: None,
        person: Some(person.id),
    };
    let kind = tokens::kind_of(&caller.roles)?;
    let is_his = |label: &&str| {
        let standing = head.token_labelled(label).map(|token| &token.caller);
        standing.is_some_and(|it| it.name == caller.name && it.organization == caller.organization)
    };
    let standing = tokens::labels().find(is_his);
    Some(Administrator { kind, organization: organization(head, &caller)?, caller, standing })
}

fn of_tokens(head: &Head, now: Timestamp) -> Vec<Administrator<'_>> {
    let of_applications: HashSet<&str> = head.authorizations().map(|it| &*it.label).collect();
    let granted = head.labelled().filter(|(label, _)| !of_applications.contains(label));
    let holding = granted.filter(|(_, token)| token.is_valid_at(now));
    holding.filter_map(|(label, token)| of_token(head, label, token)).collect()
}

/// The administrator of a token: a granted one lets in who is not deleted, a standing one who never was a person.
fn of_token<'a>(head: &'a Head, label: &'a str, token: &Token) -> Option<Administrator<'a>> {
    let standing = tokens::labels().find(|known| *known == label);
    let caller = token.caller.clone();
    let is_let_in = match standing {
        Some(_) => caller.person.is_none() && !is_a_person(&head.world, &caller),
        None => caller.person.is_none_or(|id| head.world.person(id).is_some()),
    };
    let kind = label.split('.').next().unwrap_or(label);
    let organization = organization(head, &caller).filter(|_| is_let_in)?;
    Some(Administrator { kind, caller, organization, standing })
}

fn is_a_person(world: &World, caller: &Caller) -> bool {
    Email::parse(&caller.name).is_ok_and(|email| world.person_by_email(&email).is_some())
}

fn organization<'a>(head: &'a Head, caller: &Caller) -> Option<&'a str> {
    head.world.organization(caller.organization).map(|organization| &*organization.name)
}

/// The one with this e-mail address, or with the standing token of this label.
pub fn find<'a>(head: &'a Head, now: Timestamp, hint: &str) -> Result<Administrator<'a>, HubError> {
    let is_meant =
        |it: &Administrator| it.caller.name.eq_ignore_ascii_case(hint) || it.standing == Some(hint);
    let all = all(head, now);
    let known: Vec<&str> = all.iter().map(|it| &*it.caller.name).collect();
    let known = advice::THESE_CAN_SIGN_IN.with("names", known.join(", "));
    let unknown = || HubError::broken(&ADMINISTRATOR_IS_KNOWN).at("login_hint").saw(hint).advise(known);
    all.into_iter().find(is_meant).ok_or_else(unknown)
}
