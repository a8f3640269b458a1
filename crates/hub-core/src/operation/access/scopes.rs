//! What a token may be used for. Which scope an operation needs is said by the operation, because the families of the API
//! differ in it.

use hub_rules::advice;
use hub_rules::platform::SCOPE_ALLOWS_IT;

use crate::{Context, HubError, Scope};

/// Refuses a caller whose token lacks the scope (API-007).
pub fn require_scope(context: &Context<'_>, scope: Scope) -> Result<(), HubError> {
    let lacks_it = context.caller.scopes.as_ref().is_some_and(|scopes| !scopes.contains(&scope));
    match lacks_it {
        true => {
            Err(HubError::broken(&SCOPE_ALLOWS_IT).advise(advice::NEEDS_SCOPE.with("scope", scope.name())))
        }
        false => Ok(()),
    }
}

/// Whichever of these scopes the caller has: any of them will do. Without one, the first, which is then refused.
pub(crate) fn any_of(context: &Context<'_>, scopes: &[Scope]) -> Scope {
    let has = |scope: &&Scope| require_scope(context, **scope).is_ok();
    *scopes.iter().find(has).unwrap_or(&scopes[0])
}
