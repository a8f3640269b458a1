//! Uploaded files: the body itself, or the part `file` of a form (CSV-009), of a client's or of a page of ours.
//!
//! Separate from what is done with a file. Nothing here looks into it.

use std::fmt::Display;
use std::sync::Arc;

use axum::extract::multipart::Field;
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

/// The media types of bodies that are files, or end with one.
pub const MEDIA_TYPES: [&str; 2] = ["text/csv", "multipart/form-data"];

/// Name and value of the fields of a form that stand in front of its file.
pub type Fields = Vec<(String, String)>;

impl FromRequest<Arc<App>> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let watch = watch_of(&request);
        let read = match body::media_type(request.headers()).as_deref() {
            None | Some("text/csv") => of_body(request, app).await,
            Some("multipart/form-data") => of_form(request, app, &mut Fields::new(), |_| Ok(())).await,
            Some(other) => {
                let refusal = HubError::broken(&FILE_IS_CSV).at("Content-Type").saw(other);
                Err(refusal.advise(&advice::SEND_CSV))
            }
        };
        Ok(read.map_err(|refusal| excess(watch.as_ref()).unwrap_or(refusal))?)
    }
}

/// Reads a form whose last part is the file: the fields, and then the file, unless `admits` refuses the fields.
pub async fn of_page(
    request: Request,
    app: &Arc<App>,
    admits: impl FnOnce(&Fields) -> Result<(), HubError>,
) -> (Fields, Result<Upload, HubError>) {
    let watch = watch_of(&request);
    let mut fields = Fields::new();
    let read = of_form(request, app, &mut fields, admits).await;
    (fields, read.map_err(|refusal| excess(watch.as_ref()).unwrap_or(refusal)))
}

fn watch_of(request: &Request) -> Option<Watch> {
    request.extensions().get().cloned()
}

/// A form that ends too early and a form that is too long look the same to its reader; the watch knows.
fn excess(watch: Option<&Watch>) -> Option<HubError> {
    watch.and_then(Watch::excess)
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

/// The part `file` of a form, no further than its rows can matter; what stands in front of it is added to `fields`.
async fn of_form(
    request: Request,
    app: &Arc<App>,
    fields: &mut Fields,
    admits: impl FnOnce(&Fields) -> Result<(), HubError>,
) -> Result<Upload, HubError> {
    let (parts, body) = request.into_parts();
    let body = pieces::for_forms(body).await.map_err(malformed)?;
    let request = Request::from_parts(parts, body);
    let form = Multipart::from_request(request, app).await;
    let mut form = form.map_err(|error| malformed(error.body_text()))?;
    while let Some(part) = form.next_field().await.map_err(|error| malformed(error.body_text()))? {
        if part.name() == Some("file") {
            admits(fields)?;
            return of_part(part, app).await;
        }
        fields.push(field(part).await?);
    }
    Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("file"))
}

/// A field, no further than its value can matter.
async fn field(mut part: Field<'_>) -> Result<(String, String), HubError> {
    const LONGEST: usize = 1024;
    let name = part.name().unwrap_or_default().to_owned();
    let mut value = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|error| malformed(error.body_text()))? {
        value.extend_from_slice(&piece[..piece.len().min(LONGEST - value.len())]);
    }
    Ok((name, String::from_utf8_lossy(&value).into_owned()))
}

/// A file; browsers send one without a name where none was chosen.
async fn of_part(mut part: Field<'_>, app: &App) -> Result<Upload, HubError> {
    let name = part.file_name().map(str::to_owned);
    if name.as_deref() == Some("") {
        return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("file"));
    }
    if name.as_ref().is_some_and(|name| !name.to_ascii_lowercase().ends_with(".csv")) {
        return Err(HubError::broken(&FILE_IS_CSV).at("file").saw(name.unwrap_or_default()));
    }
    let mut intake = Intake::new(app.options.max_rows);
    while let Some(piece) = part.chunk().await.map_err(|error| malformed(error.body_text()))? {
        if !intake.push(&piece) {
            break;
        }
    }
    Ok(Upload { name, content: intake.into_file() })
}

fn malformed(why: impl Display) -> HubError {
    HubError::broken(&FILE_IS_CSV).advise(advice::FORM_FAULT.with("error", why.to_string()))
}
