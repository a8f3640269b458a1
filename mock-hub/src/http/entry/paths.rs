//! Which paths are what: whose requests need a token, are logged, or are answered whatever becomes of the journal.
//!
//! Separate from the pass, because the API description and the checks of who may ask go by the same lists. What there
//! is at a path is the business of the routes.

/// Paths that need a bearer token.
const FOR_CALLERS: [&str; 4] = ["/v1/", "/hub/", "/identity/", "/downloads/reports/"];
/// Those of them where a client gets its first token.
const FOR_ANYBODY: [&str; 2] = ["/v1/authorize", "/v1/access_token"];
/// Where the control API is.
pub(crate) const CONTROL: &str = "/_mock/";
/// Paths whose requests are not logged: they steer or watch the hub. Pages are logged where they change something.
const STEERING: [&str; 11] = [
    CONTROL,
    "/assets",
    "/healthz",
    "/readyz",
    "/metrics",
    "/docs",
    "/openapi.json",
    "/behind-the-scenes",
    "/language",
    "/sign-in",
    "/sign-out",
];

/// Paths that are answered whatever becomes of the journal, and from this replica alone: they watch it, or are the same for
/// ever.
const OF_THIS_REPLICA: [&str; 6] = ["/assets", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"];

/// Whether only callers with a token are answered at this path.
pub(crate) fn is_for_callers(path: &str) -> bool {
    is_for_clients(path) && !gives_tokens(path)
}

/// Whether a client gets its first token at this path, so that tokens and codes go through it.
pub(super) fn gives_tokens(path: &str) -> bool {
    FOR_ANYBODY.contains(&path)
}

/// Whether this is a path of the API, and not of a page.
pub(crate) fn is_for_clients(path: &str) -> bool {
    FOR_CALLERS.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether a request at this path steers or watches the hub, and is no use of it.
pub(super) fn is_steering(path: &str) -> bool {
    STEERING.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether a path is answered from this replica alone.
pub(super) fn is_of_this_replica(path: &str) -> bool {
    OF_THIS_REPLICA.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether a path is answered also where the sandbox of the request cannot be used.
pub(super) fn needs_no_sandbox(path: &str) -> bool {
    path.starts_with(CONTROL) || is_of_this_replica(path)
}
