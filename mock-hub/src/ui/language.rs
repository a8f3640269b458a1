//! The language that a visitor chooses, which his browser keeps.

use axum::response::Response;

use super::fault::Fault;
use super::form::Form;
use super::own_path;
use super::session::LANGUAGE;
use super::visitor::Seen;
use crate::http::path::Path;
use crate::messages::Language;

/// Keeps the language and goes back to the page that it was chosen on.
pub(super) async fn choose(
    Seen(visitor): Seen,
    Path(tag): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let language = Language::of_tag(&tag).map(Language::tag);
    Ok(visitor.go_to_with(own_path(form.value("to")), LANGUAGE, language))
}
