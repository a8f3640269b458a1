//! The files to begin with, for a browser: it has a session and no bearer token, which the API's addresses want.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use hub_core::bulk::{self, ExportContent};

use crate::app::App;
use crate::http::apart::apart;
use crate::http::path::Path;
use crate::http::{answer, wire_id};
use crate::ui::fault::Fault;
use crate::ui::visitor::Seen;

/// The routes of the files.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/users/csv/template.csv", get(template))
        .route("/organizations/{org}/users/csv/export.csv", get(export))
}

async fn template(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let file = visitor.read(|world, context| bulk::template(world, context, wire_id::read(&org)))?;
    Ok(answer::csv("template.csv", file))
}

async fn export(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let words = ExportContent::ALL.map(|content| (content.name(), content));
    let content = visitor.query().choice("content", &words)?.unwrap_or_default();
    let file = apart(move || {
        visitor.read(|world, context| bulk::export(world, context, wire_id::read(&org), content))
    });
    Ok(answer::csv("export.csv", file.await?))
}
