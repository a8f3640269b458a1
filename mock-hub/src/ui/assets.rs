//! Style, script and icon: files of ours in the binary, at addresses that change with their content, so that browsers
//! keep them for good.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::app::App;

const STYLE: &str = include_str!("assets/pages.css");
const SCRIPT: &str = include_str!("assets/pages.js");
const ICON: &str = include_str!("assets/icon.svg");

/// What tells these files from those of another version.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    [STYLE, SCRIPT, ICON].hash(&mut hasher);
    format!("{:016x}", hasher.finish())
});

/// The routes of the files.
pub(super) fn routes() -> Router<Arc<App>> {
    let serve = |path: &'static str, media_type: &'static str, text: &'static str| {
        let headers = [
            (CONTENT_TYPE, media_type),
            (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        Router::new().route(path, get(move || async move { (headers, text).into_response() }))
    };
    Router::new()
        .merge(serve("/assets/{version}/pages.css", "text/css; charset=utf-8", STYLE))
        .merge(serve("/assets/{version}/pages.js", "text/javascript; charset=utf-8", SCRIPT))
        .merge(serve("/assets/{version}/icon.svg", "image/svg+xml", ICON))
}

/// The path of the style sheet.
pub(super) fn style() -> String {
    path("pages.css")
}

/// The path of the script.
pub(super) fn script() -> String {
    path("pages.js")
}

/// The path of the icon.
pub(super) fn icon() -> String {
    path("icon.svg")
}

fn path(file: &str) -> String {
    format!("/assets/{}/{file}", *VERSION)
}
