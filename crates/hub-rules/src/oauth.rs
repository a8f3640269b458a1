//! How an application gets tokens: authorization codes, access tokens, refresh tokens, scopes.

#![expect(missing_docs, reason = "each constant says its sentence in `says`")]

use crate::{Evidence, Refusal, Rule};

pub const REQUEST_IS_COMPLETE: Rule = Rule {
    id: "OAU-001",
    says: "A request for authorization or for a token has each parameter that it needs, once.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 3.1, 3.2 and 4.1; that the service asks for the same is assumed",
    error_code: None,
};

pub const REDIRECT_ADDRESS_IS_FIT: Rule = Rule {
    id: "OAU-002",
    says: "`redirect_uri` is an absolute address without fragment, over http, https or a scheme of the application's own.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 3.1.2; the real service knows the addresses of registered integrations",
    error_code: None,
};

pub const RESPONSE_IS_A_CODE: Rule = Rule {
    id: "OAU-003",
    says: "`response_type` is `code`.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "SDK examples and field notes sign in with the authorization code grant; RFC 6749, 4.1.1; that others are refused is assumed",
    error_code: None,
};

pub const SCOPE_IS_NAMED: Rule = Rule {
    id: "OAU-004",
    says: "`scope` names at least one scope; those that the hub does not know are accepted and open nothing.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 3.3; the real service knows the scopes of registered integrations",
    error_code: None,
};

pub const ADMINISTRATOR_IS_KNOWN: Rule = Rule {
    id: "OAU-005",
    says: "Whoever signs in has administrator roles as a person, or was granted a token of the sandbox that still holds; who was deleted does not sign in.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "mock-hub: parameter login_hint",
    error_code: None,
};

pub const SIGN_IN_IS_FOR_THE_OWNER: Rule = Rule {
    id: "OAU-006",
    says: "Where other machines can reach the hub, signing in takes the token that the hub was started with.",
    refusal: Refusal::Unauthorized,
    evidence: Evidence::Assumed,
    source: "mock-hub option --token",
    error_code: None,
};

pub const GRANT_TYPE_IS_KNOWN: Rule = Rule {
    id: "OAU-007",
    says: "`grant_type` is `authorization_code` or `refresh_token`.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "SDK examples and field notes use the authorization code and refresh grants; RFC 6749, 4.1.3 and 6; that others are refused is assumed",
    error_code: None,
};

pub const CLIENT_IS_REGISTERED: Rule = Rule {
    id: "OAU-008",
    says: "Client id and secret are those of a registered integration; all are, unless the hub was told which.",
    refusal: Refusal::Unauthorized,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 5.2; mock-hub option --oauth-client",
    error_code: None,
};

pub const CODE_IS_GOOD_ONCE: Rule = Rule {
    id: "OAU-009",
    says: "An authorization code is one that the hub gave, and it is exchanged once.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 4.1.2",
    error_code: None,
};

pub const CODE_IS_FRESH: Rule = Rule {
    id: "OAU-010",
    says: "An authorization code is exchanged within 10 minutes of the sandbox clock.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "developer.webex.com, Authentication: a code lasts a short time; 10 minutes from RFC 6749, 4.1.2",
    error_code: None,
};

pub const GRANT_IS_THE_CLIENTS_OWN: Rule = Rule {
    id: "OAU-011",
    says: "A code or refresh token is used by the client that it was given to, and a code with its `redirect_uri`.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 4.1.3 and 6",
    error_code: None,
};

pub const REFRESH_TOKEN_LASTS_90_DAYS: Rule = Rule {
    id: "OAU-012",
    says: "A refresh token is one that the hub gave, and it was used or given within the last 90 days of the sandbox clock.",
    refusal: Refusal::Invalid,
    evidence: Evidence::Observed,
    source: "field notes: 90 days; that each use begins them anew is assumed",
    error_code: None,
};

pub const ACCESS_TOKEN_LASTS_14_DAYS: Rule = Rule {
    id: "OAU-013",
    says: "The access token of an application lasts 14 days of the sandbox clock.",
    refusal: Refusal::Never,
    evidence: Evidence::Observed,
    source: "WebexPythonSDK: example of an access token",
    error_code: None,
};

pub const REFRESHING_KEEPS_THE_REFRESH_TOKEN: Rule = Rule {
    id: "OAU-014",
    says: "Refreshing gives a new access token and the same refresh token; access tokens from before last until they expire.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "no source says it; clients keep whichever refresh token the answer names",
    error_code: None,
};

pub const TOKEN_CARRIES_THE_SCOPES: Rule = Rule {
    id: "OAU-015",
    says: "An access token carries the scopes that its application asked for, and the answer names them as they were asked for.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 3.3; that a token is limited by what was asked for is assumed, from the scopes that the API description says operations need",
    error_code: None,
};

pub const WHO_SIGNS_IN_HAS_HIS_PRESENT_ROLES: Rule = Rule {
    id: "OAU-016",
    says: "Who signs in as a person has the roles that he has then; who was granted a token and has none has those of the token.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "mock-hub: POST /_mock/v1/sandboxes/{name}/tokens",
    error_code: None,
};

pub const TOKEN_HOLDS_UNTIL_IT_EXPIRES: Rule = Rule {
    id: "OAU-017",
    says: "An access token holds until its lifetime is over, however often it is used.",
    refusal: Refusal::Never,
    evidence: Evidence::Assumed,
    source: "RFC 6749, 5.1: expires_in; that the service does the same is assumed",
    error_code: None,
};

/// The rules of this area, by id.
pub(crate) const RULES: &[&Rule] = &[
    &REQUEST_IS_COMPLETE,
    &REDIRECT_ADDRESS_IS_FIT,
    &RESPONSE_IS_A_CODE,
    &SCOPE_IS_NAMED,
    &ADMINISTRATOR_IS_KNOWN,
    &SIGN_IN_IS_FOR_THE_OWNER,
    &GRANT_TYPE_IS_KNOWN,
    &CLIENT_IS_REGISTERED,
    &CODE_IS_GOOD_ONCE,
    &CODE_IS_FRESH,
    &GRANT_IS_THE_CLIENTS_OWN,
    &REFRESH_TOKEN_LASTS_90_DAYS,
    &ACCESS_TOKEN_LASTS_14_DAYS,
    &REFRESHING_KEEPS_THE_REFRESH_TOKEN,
    &TOKEN_CARRIES_THE_SCOPES,
    &WHO_SIGNS_IN_HAS_HIS_PRESENT_ROLES,
    &TOKEN_HOLDS_UNTIL_IT_EXPIRES,
];
