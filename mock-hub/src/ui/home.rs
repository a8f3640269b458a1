//! The first page: Partner Hub for a partner's administrators, Control Hub for a customer's own.

use axum::response::Response;

use super::visitor::Seen;
use crate::http::wire_id;

/// Sends the visitor to the console that is his.
pub(super) async fn page(Seen(visitor): Seen) -> Response {
    match visitor.is_of_a_partner() {
        true => visitor.go_to("/customers"),
        false => visitor.go_to(&format!("/organizations/{}", wire_id::of(visitor.caller().organization))),
    }
}
