//! Ordinary answers: JSON, CSV, nothing; with a `Location` where the API description has one.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LINK, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hub_core::{Mark, PageRequest};
use serde::Serialize;
use utoipa::ToSchema;

use super::call::Call;
use super::paging;

/// An answer in JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    written(status, serde_json::to_vec(body).expect("our answers have a JSON form"))
}

/// An answer in JSON that is written already.
pub fn written(status: StatusCode, body: Vec<u8>) -> Response {
    with_type(status, HeaderValue::from_static("application/json"), body)
}

/// An answer in CSV, to be saved under a name.
pub fn csv(file_name: &'static str, body: Vec<u8>) -> Response {
    let mut response = with_type(StatusCode::OK, HeaderValue::from_static("text/csv; charset=utf-8"), body);
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{file_name}\""));
    let disposition = disposition.expect("our file names are plain ASCII");
    response.headers_mut().insert(axum::http::header::CONTENT_DISPOSITION, disposition);
    response
}

/// An answer that is a zip file.
pub fn zip(body: Vec<u8>) -> Response {
    with_type(StatusCode::OK, HeaderValue::from_static("application/zip"), body)
}

/// An answer that is text of this type.
pub fn text(media_type: &'static str, body: String) -> Response {
    with_type(StatusCode::OK, HeaderValue::from_static(media_type), body.into())
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Adds the address of the resource.
pub fn at(mut response: Response, url: &str) -> Response {
    let url = HeaderValue::try_from(url).expect("our addresses are visible ASCII");
    response.headers_mut().insert(LOCATION, url);
    response
}

/// A list on the wire.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<'a, T> {
    items: &'a [T],
}

/// An answer with a whole list.
pub fn list<T: Serialize>(items: &[T]) -> Response {
    json(StatusCode::OK, &List { items })
}

/// One page of a list: `{"items": [...]}` and the `Link` header, which leads to what is behind `next`.
pub fn page<T: Serialize>(call: &Call, wanted: PageRequest, items: &[T], next: Option<Mark>) -> Response {
    paged(call, wanted, &List { items }, next)
}

/// The same where the body is not a list alone.
pub fn paged(call: &Call, wanted: PageRequest, body: &impl Serialize, next: Option<Mark>) -> Response {
    let body = serde_json::to_vec(body).expect("our answers have a JSON form");
    written_page(call, wanted, body, next)
}

/// The same where the body is written already.
pub fn written_page(call: &Call, wanted: PageRequest, body: Vec<u8>, next: Option<Mark>) -> Response {
    let mut response = written(StatusCode::OK, body);
    if let Some(links) = paging::links(&call.own_url(), call.query(), wanted, next) {
        response.headers_mut().insert(LINK, links);
    }
    response
}

fn with_type(status: StatusCode, media_type: HeaderValue, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
