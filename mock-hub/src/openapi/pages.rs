//! The document itself, `/openapi.json`, and the page that shows it, `/docs/`.
//!
//! The page is Swagger UI with all its files in the binary. It finds the document beside it, so that it works behind
//! the prefix of a sandbox and behind a proxy.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;
use axum::routing::get;
use hub_core::HubError;
use hub_rules::platform::PATH_EXISTS;
use utoipa_swagger_ui::{Config, SwaggerFile};

use super::{Text, document};
use crate::app::App;
use crate::http::call::Here;
use crate::http::path::Path;
use crate::http::problem::Problem;

const PAGE: &str = "index.html";
/// As for pages of ours, but for what Swagger UI cannot do without: styles within the page, and pictures within styles.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
);

/// The routes of the document and its page, which the document does not speak of.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/openapi.json", get(text))
        .route("/docs", get(page_beside))
        .route("/docs/", get(page))
        .route("/docs/{file}", get(file))
}

async fn text(State(app): State<Arc<App>>, Here(base): Here) -> Response {
    let text = app.document.get_or_init(|| Text::of(&document()));
    answer_with("application/json".to_owned(), text.at(&base))
}

/// The page at an address whose last part is not a folder, so it is told which one its files are in.
async fn page_beside() -> Result<Response, Problem> {
    let page = asset(PAGE)?;
    let text = std::str::from_utf8(&page.bytes).expect("the page is text");
    let text = text.replacen("<head>", "<head>\n    <base href=\"docs/\" />", 1);
    Ok(answer_with(page.content_type, text.into_bytes()))
}

async fn page() -> Result<Response, Problem> {
    asset(PAGE).map(|file| answer_with(file.content_type, file.bytes))
}

async fn file(Path(name): Path<String>) -> Result<Response, Problem> {
    asset(&name).map(|file| answer_with(file.content_type, file.bytes))
}

/// A file of Swagger UI, which is told where the document is and that nobody else is to be asked about it.
fn asset(name: &str) -> Result<SwaggerFile<'static>, Problem> {
    let config = Config::from("../openapi.json").validator_url("none").persist_authorization(true);
    let file = utoipa_swagger_ui::serve(name, Arc::new(config)).ok().flatten();
    file.ok_or_else(|| HubError::broken(&PATH_EXISTS).saw(format!("/docs/{name}")).into())
}

fn answer_with(media_type: String, bytes: impl Into<Body>) -> Response {
    let mut response = Response::new(bytes.into());
    let media_type = HeaderValue::try_from(media_type).expect("the media types of our files are ASCII");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media_type);
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
