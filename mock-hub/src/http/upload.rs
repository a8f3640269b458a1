//! Uploaded files: the body itself, or the part `file` of a form (CSV-009).
//!
//! Separate from what is done with a file. Nothing here looks into it.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::bulk::FILE_IS_CSV;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use utoipa::ToSchema;

use super::body;
use super::problem::Problem;
use crate::app::App;

/// An uploaded file.
#[derive(Debug)]
pub struct Upload {
    /// Its name, where a form gives one.
    pub name: Option<String>,
    pub content: Bytes,
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
        match body::media_type(request.headers()).as_deref() {
            None | Some("text/csv") => {
                let content = body::whole(request.into_body()).await?;
                Ok(Upload { name: None, content })
            }
            Some("multipart/form-data") => Ok(of_form(request, app).await?),
            Some(other) => {
                let refusal = HubError::broken(&FILE_IS_CSV).at("Content-Type").saw(other);
                Err(refusal.advise(&advice::SEND_CSV).into())
            }
        }
    }
}

/// The part `file` of a form.
async fn of_form(request: Request, app: &Arc<App>) -> Result<Upload, HubError> {
    let malformed = |why: &dyn std::fmt::Display| {
        HubError::broken(&FILE_IS_CSV).advise(advice::FORM_FAULT.with("error", why.to_string()))
    };
    let mut form =
        Multipart::from_request(request, app).await.map_err(|error| malformed(&error.body_text()))?;
    while let Some(part) = form.next_field().await.map_err(|error| malformed(&error.body_text()))? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().map(str::to_owned);
        if name.as_ref().is_some_and(|name| !name.to_ascii_lowercase().ends_with(".csv")) {
            return Err(HubError::broken(&FILE_IS_CSV).at("file").saw(name.unwrap_or_default()));
        }
        let content = part.bytes().await.map_err(|error| malformed(&error.body_text()))?;
        return Ok(Upload { name, content });
    }
    Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("file"))
}
