//! Uploaded files: the body itself, or the part `file` of a form (CSV-009).
//!
//! Separate from what is done with a file. Nothing here looks into it.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use futures_util::StreamExt;
use hub_core::HubError;
use hub_core::bulk::Intake;
use hub_rules::advice;
use hub_rules::bulk::FILE_IS_CSV;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use utoipa::ToSchema;

use super::body;
use super::pieces::{self, Watch};
use super::problem::Problem;
use crate::app::App;

/// An uploaded file.
#[derive(Debug)]
pub struct Upload {
    /// Its name, where a form gives one.
    pub name: Option<String>,
    /// The file, or as much of one with too many rows as refuses it (CSV-007).
    pub content: Vec<u8>,
}

/// The form of an upload, as the OpenAPI document has it.
#[derive(Debug, ToSchema)]
pub struct FileForm {
    #[schema(content_media_type = "text/csv")]
    pub file: String,
}

impl FromRequest<Arc<App>> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let watch: Option<Watch> = request.extensions().get().cloned();
        let watch = watch.expect("entry watches the bodies of uploads");
        let read = match body::media_type(request.headers()).as_deref() {
            None | Some("text/csv") => of_body(request, app).await,
            Some("multipart/form-data") => of_form(request, app).await,
            Some(other) => {
                let refusal = HubError::broken(&FILE_IS_CSV).at("Content-Type").saw(other);
                Err(refusal.advise(&advice::SEND_CSV))
            }
        };
        // A form that ends too early and a form that is too long look the same to its reader.
        Ok(read.map_err(|refusal| watch.excess().unwrap_or(refusal))?)
    }
}

/// The body, no further than its rows can matter.
async fn of_body(request: Request, app: &App) -> Result<Upload, HubError> {
    let mut stream = request.into_body().into_data_stream();
    let mut intake = Intake::new(app.options.max_rows);
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| body::too_large(app.options.max_body_bytes))?;
        if !intake.push(&piece) {
            break;
        }
    }
    Ok(Upload { name: None, content: intake.into_file() })
}

/// The part `file` of a form, no further than its rows can matter.
async fn of_form(request: Request, app: &Arc<App>) -> Result<Upload, HubError> {
    let malformed = |why: &dyn std::fmt::Display| {
        HubError::broken(&FILE_IS_CSV).advise(advice::FORM_FAULT.with("error", why.to_string()))
    };
    let (parts, body) = request.into_parts();
    let body = pieces::for_forms(body).await.map_err(|error| malformed(&error))?;
    let request = Request::from_parts(parts, body);
    let mut form =
        Multipart::from_request(request, app).await.map_err(|error| malformed(&error.body_text()))?;
    while let Some(mut part) = form.next_field().await.map_err(|error| malformed(&error.body_text()))? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().map(str::to_owned);
        if name.as_ref().is_some_and(|name| !name.to_ascii_lowercase().ends_with(".csv")) {
            return Err(HubError::broken(&FILE_IS_CSV).at("file").saw(name.unwrap_or_default()));
        }
        let mut intake = Intake::new(app.options.max_rows);
        while let Some(piece) = part.chunk().await.map_err(|error| malformed(&error.body_text()))? {
            if !intake.push(&piece) {
                break;
            }
        }
        return Ok(Upload { name, content: intake.into_file() });
    }
    Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("file"))
}
