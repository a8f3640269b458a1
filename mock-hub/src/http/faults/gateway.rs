//! Answers that are none of the hub's: those of gateways in front of it.
//!
//! Proxies and load balancers answer with pages of HTML, plain text or nothing at all, and they do so also where the
//! hub has done its work by then. Such an answer has neither the error body of Webex nor the header of a rule; whose
//! request it answers can still be told by its tracking id, as the log is read by it.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use bytes::Bytes;

use super::rule_of;
use super::script::{Gateway, Refuse};
use crate::http::entry::TRACKING_ID;
use crate::http::problem::Cited;

/// What a body is where the script does not say it.
const HTML: &str = "text/html; charset=utf-8";

/// What a gateway answers.
#[derive(Debug, Clone)]
pub(super) struct GatewayAnswer {
    status: StatusCode,
    retry_after_s: Option<u32>,
    content_type: Option<HeaderValue>,
    body: Bytes,
}

impl GatewayAnswer {
    /// What hides the answer of the hub.
    pub(super) fn of(gateway: &Gateway) -> Self {
        let Gateway { status, retry_after, body, content_type } = gateway;
        let status = StatusCode::from_u16(*status).expect("a script is checked");
        let body = body.clone().unwrap_or_else(|| page(status));
        GatewayAnswer::with(status, *retry_after, body, content_type.as_deref())
    }

    /// A refusal that has a body of its own.
    pub(super) fn of_refusal(refuse: &Refuse) -> Option<Self> {
        let status = StatusCode::from_u16(refuse.status).expect("a script is checked");
        let body = refuse.body.clone()?;
        Some(GatewayAnswer::with(status, refuse.retry_after, body, refuse.content_type.as_deref()))
    }

    fn with(
        status: StatusCode,
        retry_after_s: Option<u32>,
        body: String,
        content_type: Option<&str>,
    ) -> Self {
        let content_type = (!body.is_empty())
            .then(|| HeaderValue::from_str(content_type.unwrap_or(HTML)).expect("a script is checked"));
        GatewayAnswer { status, retry_after_s, content_type, body: body.into() }
    }

    /// In the place of the hub's answer, of which only the tracking id is left.
    pub(super) fn hide(&self, method: &Method, parts: &mut Parts) -> Bytes {
        let tracking_id = parts.headers.remove(TRACKING_ID);
        parts.status = self.status;
        parts.headers = self.headers();
        parts.headers.extend(tracking_id.map(|id| (TRACKING_ID, id)));
        if *method == Method::HEAD { Bytes::new() } else { self.body.clone() }
    }

    /// In the place of an answer that the hub never made; the log has the rule that stands for the status.
    pub(super) fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers();
        if let Some(rule) = rule_of(self.status) {
            response.extensions_mut().insert(Cited(rule));
        }
        response
    }

    fn headers(&self) -> HeaderMap {
        let content_type = self.content_type.clone().map(|it| (CONTENT_TYPE, it));
        let retry_after = self.retry_after_s.map(|seconds| (RETRY_AFTER, seconds.into()));
        content_type.into_iter().chain(retry_after).collect()
    }
}

/// What most gateways say of a status.
fn page(status: StatusCode) -> String {
    format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
}
