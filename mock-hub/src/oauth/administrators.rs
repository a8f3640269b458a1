//! Who can sign in: the administrators of a sandbox, as far as they have a token there (OAU-005).
//!
//! An address stands for one administrator. Where it has tokens of several roles or organizations, the standing token
//! decides, then the first role in the order of the standing ones.

use std::collections::HashSet;

use hub_core::{Caller, HubError};
use hub_rules::advice;
use hub_rules::oauth::ADMINISTRATOR_IS_KNOWN;
use hub_store::Head;

use crate::control::tokens;

/// Somebody who can sign in.
#[derive(Debug)]
pub(super) struct Administrator<'a> {
    /// The kind of administrator, such as `partner-full-admin`.
    pub(super) kind: &'a str,
    pub(super) caller: &'a Caller,
    /// The name of his organization.
    pub(super) organization: &'a str,
    is_standing: bool,
}

/// All of them: those with a standing token first, in the order of roles, then by address.
pub(super) fn all(head: &Head) -> Vec<Administrator<'_>> {
    let mut all: Vec<_> = head
        .labelled()
        .filter_map(|(label, token)| {
            let kind = label.split('.').next().unwrap_or(label);
            let rank = tokens::labels().position(|known| known == kind)?;
            let organization = &head.world.organization(token.caller.organization)?.name;
            let (caller, is_standing) = (&token.caller, kind == label);
            Some((rank, Administrator { kind, caller, organization, is_standing }))
        })
        .collect();
    all.sort_by_key(|(rank, it)| (!it.is_standing, *rank, &*it.caller.name));
    let mut seen = HashSet::new();
    let all = all.into_iter().map(|(_, administrator)| administrator);
    all.filter(|it| seen.insert(&*it.caller.name)).collect()
}

/// The one with this e-mail address, or with the standing token of this label.
pub(super) fn find<'a>(head: &'a Head, hint: &str) -> Result<Administrator<'a>, HubError> {
    let is_meant =
        |it: &Administrator| it.caller.name.eq_ignore_ascii_case(hint) || (it.is_standing && it.kind == hint);
    let all = all(head);
    let known: Vec<&str> = all.iter().map(|it| &*it.caller.name).collect();
    let known = advice::THESE_CAN_SIGN_IN.with("names", known.join(", "));
    let unknown = || HubError::broken(&ADMINISTRATOR_IS_KNOWN).at("login_hint").saw(hint).advise(known);
    all.into_iter().find(is_meant).ok_or_else(unknown)
}
