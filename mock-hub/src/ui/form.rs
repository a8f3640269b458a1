//! What a form of ours sent: checked to be ours, and kept as it was typed, so that nothing is lost when it is refused.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use hub_core::HubError;
use hub_rules::platform::{FORM_IS_OF_THIS_HUB, REQUIRED_FIELD_IS_PRESENT};

use super::fault::Fault;
use super::visitor::Visitor;
use crate::app::App;
use crate::http::body;
use crate::http::parameters::Parameters;
use crate::http::secret;
use crate::http::upload::{self, Fields, Upload};

/// The name of the field that holds the key.
pub const KEY: &str = "form-key";

/// The values of a form, and what was said against them.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    fault: Option<Fault>,
}

impl Form {
    /// A form that is to be filled in, with these values to begin with.
    pub fn with<'v>(values: impl IntoIterator<Item = (&'v str, &'v str)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Form { values, fault: None }
    }

    /// The value of a field as it was typed; empty if there is none.
    pub fn value(&self, name: &str) -> &str {
        value_in(&self.values, name)
    }

    /// The value without blanks around it; none where nothing is left.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.value(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every name and value, as they were typed.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Every value of a field that may stand several times.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Whether a box is checked, or a button of this name was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(known, _)| known == name)
    }

    /// Puts a value in the place of those of this name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.to_owned()));
    }

    /// What one of a few known words stands for, which a page of ours always sends.
    ///
    /// Refused where there is none (API-003), and for any other word (API-002).
    pub fn chosen<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<T, HubError> {
        let chosen = self.parameters().choice(name, words)?;
        chosen.ok_or_else(|| HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(name))
    }

    /// Its values, to be read as those of the API are.
    pub fn parameters(&self) -> Parameters {
        self.values.clone().into()
    }

    /// The same form with what was said against it.
    #[must_use]
    pub fn refused(self, fault: impl Into<Fault>) -> Self {
        Form { fault: Some(fault.into()), ..self }
    }

    /// What was said against it.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// What was said against a field, or against one of the values in it, such as `phoneNumbers[1]`.
    pub fn fault_at(&self, field: &str) -> Option<&Fault> {
        let is_in = |place: &str| {
            place.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        self.fault.as_ref().filter(|fault| fault.field().is_some_and(is_in))
    }

    /// The status of a page with this form.
    pub fn status(&self) -> StatusCode {
        self.fault.as_ref().map_or(StatusCode::OK, Fault::status)
    }
}

/// A form that ends with a file, which is not read unless a page of this session sent it.
#[derive(Debug)]
pub struct FormWithFile {
    pub form: Form,
    pub file: Result<Upload, HubError>,
}

fn value_in<'f>(values: &'f [(String, String)], name: &str) -> &'f str {
    values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Refuses what no page of this session sent (API-020).
pub fn require_key(visitor: &Visitor, key: &str) -> Result<(), HubError> {
    match secret::is_same(key, &visitor.form_key()) {
        true => Ok(()),
        false => Err(HubError::broken(&FORM_IS_OF_THIS_HUB)),
    }
}

impl FromRequest<Arc<App>> for Form {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &Arc<App>) -> Result<Self, Fault> {
        let visitor = Visitor::in_extensions(request.extensions());
        let bytes = body::whole(request.into_body()).await?;
        let form = Form { values: form_urlencoded::parse(&bytes).into_owned().collect(), fault: None };
        require_key(&visitor, form.value(KEY))?;
        Ok(form)
    }
}

impl FromRequest<Arc<App>> for FormWithFile {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Fault> {
        let visitor = Visitor::in_extensions(request.extensions());
        let is_ours = |fields: &Fields| require_key(&visitor, value_in(fields, KEY));
        let (values, file) = upload::of_page(request, app, is_ours).await;
        require_key(&visitor, value_in(&values, KEY))?;
        Ok(FormWithFile { form: Form { values, fault: None }, file })
    }
}
