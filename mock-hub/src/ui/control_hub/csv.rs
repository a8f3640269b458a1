//! CSV add or edit: template and export to begin with, a file and what FALSE means in it. What comes next is in `preview`.
//!
//! A file that is refused whole comes back to this page with the reason; one that can be imported is kept, and nothing
//! happens until it is submitted.

mod downloads;
mod preview;
pub(super) mod rows;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use hub_core::bulk::ExportContent;
use hub_core::operation::access::{ControlHub, Errand, Place};
use hub_core::record::ImportBehavior;
use hub_core::{HubError, Id};
use maud::{Markup, html};
use uuid::Uuid;

use crate::app::App;
use crate::control_hub::imports;
use crate::http::path::Path;
use crate::http::upload::Upload;
use crate::http::wire_id;
use crate::ui::fault::{Fault, cited};
use crate::ui::form::{Form, FormWithFile};
use crate::ui::layout::{Console, Sheet};
use crate::ui::staged::StagedFile;
use crate::ui::visitor::{Seen, Visitor};
use crate::ui::{fields, offer};

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/users/csv", get(page).post(upload))
        .route("/organizations/{org}/users/csv/{file}", get(preview::page).post(preview::submit))
        .merge(downloads::routes())
        .layer(DefaultBodyLimit::disable())
}

/// The path of the page.
fn path(org: &str) -> String {
    format!("/organizations/{org}/users/csv")
}

async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    let chosen = visitor.query().text("behavior").unwrap_or_default();
    show(&visitor, &org, &Form::with([("behavior", &*chosen)]), StatusCode::OK)
}

/// Keeps a file that can be imported, and shows what would come of it.
async fn upload(
    Seen(visitor): Seen,
    Path(org): Path<String>,
    FormWithFile { form, file }: FormWithFile,
) -> Result<Response, Fault> {
    match stage(&visitor, &org, &form, file).await {
        Ok(staged) => {
            visitor.app.staged.keep(&staged).await?;
            Ok(visitor.go_to(&format!("{}/{}", path(&org), staged.id)))
        }
        Err(refusal) => refused(&visitor, &org, form, refusal),
    }
}

async fn stage(
    visitor: &Arc<Visitor>,
    org: &str,
    form: &Form,
    file: Result<Upload, HubError>,
) -> Result<Arc<StagedFile>, HubError> {
    let staged = Arc::new(StagedFile {
        id: Uuid::new_v4(),
        session: visitor.session.text().into(),
        organization: wire_id::read(org),
        behavior: imports::behavior(&mut form.parameters())?,
        file: file?,
        since: visitor.app.wall(),
    });
    preview::plan(visitor, &staged).await?;
    Ok(staged)
}

/// The page again, with what was chosen and what was said against it.
fn refused(visitor: &Visitor, org: &str, form: Form, refusal: HubError) -> Result<Response, Fault> {
    let form = form.refused(refusal);
    show(visitor, org, &form, form.status())
}

/// The page for who comes back to a file that is not kept any more.
fn gone(visitor: &Visitor, org: &str) -> Result<Response, Fault> {
    show(visitor, org, &Form::default(), StatusCode::GONE)
}

fn show(visitor: &Visitor, org: &str, form: &Form, status: StatusCode) -> Result<Response, Fault> {
    let organization = wire_id::read(org);
    visitor.read(|world, context| ControlHub::open(world, context, organization).map(drop))?;
    let held_back = visitor.held_back(Errand::ManageUsers, Place::ControlHub(organization));
    let body = html! {
        p.lead { (visitor.text("csv-lead")) }
        @if status == StatusCode::GONE {
            p.warning role="alert" tabindex="-1" { (visitor.text("csv-gone")) }
        }
        (summary(visitor, form))
        (downloads(visitor, org))
        section aria-labelledby="upload" {
            h2 #upload { (visitor.text("csv-upload-title")) }
            form method="post" action=(visitor.href(&path(org))) enctype="multipart/form-data" novalidate {
                (fields::key(visitor))
                (behavior(visitor, form))
                (file(visitor, form))
                div.actions { (offer::button(visitor, "primary", "csv-upload", held_back.as_ref())) }
            }
        }
    };
    let title = visitor.text("csv-title");
    let sheet = Sheet { console: Console::of_path(visitor), title: &title, body };
    Ok(cited(sheet.show_with(visitor, status), form.fault().and_then(Fault::rule)))
}

/// What was said against the upload; all of it but the behaviour is about the file, wherever in it the fault is.
fn summary(visitor: &Visitor, form: &Form) -> Markup {
    let field = if is_of_behavior(form) { "behavior" } else { "file" };
    html! {
        @if let Some(fault) = form.fault() {
            div.refusal role="alert" tabindex="-1" {
                (fault.words(visitor))
                p { a href=(format!("#{field}")) { (visitor.text("refusal-go-to-field")) } }
            }
        }
    }
}

fn is_of_behavior(form: &Form) -> bool {
    form.fault_at("behavior").is_some()
}

fn downloads(visitor: &Visitor, org: &str) -> Markup {
    let path = path(org);
    html! {
        section aria-labelledby="download" {
            h2 #download { (visitor.text("csv-download-title")) }
            p { (visitor.text("csv-download-lead")) }
            div.actions {
                a.button download href=(visitor.href(&format!("{path}/template.csv"))) {
                    (visitor.text("csv-template"))
                }
                @for content in ExportContent::ALL {
                    a.button download href=(visitor.href(&format!("{path}/export.csv?content={}", content.name()))) {
                        (visitor.word("csv-export", content.name()))
                    }
                }
            }
        }
    }
}

/// The choice of what FALSE means. Nothing is chosen beforehand: it decides about what users lose.
fn behavior(visitor: &Visitor, form: &Form) -> Markup {
    let error = is_of_behavior(form).then_some("behavior-error");
    html! {
        fieldset #behavior aria-describedby=[error] {
            legend { (visitor.text("csv-behavior")) }
            @for name in ImportBehavior::ALL.map(ImportBehavior::name) {
                @let id = format!("behavior-{name}");
                div.field.choice {
                    input id=(id) name="behavior" type="radio" value=(name) required
                        checked[form.value("behavior") == name] aria-describedby=(format!("{id}-hint"));
                    label for=(id) { (visitor.text(&id)) }
                }
                p.hint id=(format!("{id}-hint")) { (visitor.word("csv-hint", name)) }
            }
            @if let Some(id) = error { (error_text(visitor, form, id)) }
        }
    }
}

fn file(visitor: &Visitor, form: &Form) -> Markup {
    let error = (form.fault().is_some() && !is_of_behavior(form)).then_some("file-error");
    let described_by = ["file-hint"].into_iter().chain(error).collect::<Vec<_>>().join(" ");
    html! {
        div.drop data-drop {
            div.field {
                label for="file" { (visitor.text("csv-file")) }
                p #file-hint .hint { (visitor.say("csv-file-hint", &[("rows", visitor.app.options.max_rows.into())])) }
                input id="file" name="file" type="file" accept=".csv,text/csv" required
                    aria-invalid=[error.map(|_| "true")] aria-describedby=(described_by);
                @if let Some(id) = error { (error_text(visitor, form, id)) }
            }
        }
    }
}

fn error_text(visitor: &Visitor, form: &Form, id: &str) -> Markup {
    html! {
        @if let Some(fault) = form.fault() {
            p.error id=(id) { bdi { (fault.sentence(visitor)) } }
        }
    }
}

/// The id of a file in a path; what is none becomes one that no file has.
fn file_id(text: &str) -> Uuid {
    Uuid::try_parse(text).unwrap_or_default()
}

/// The file that the visitor has uploaded for an organization, if it is kept.
async fn kept(visitor: &Visitor, org: &str, file: &str) -> Result<Option<Arc<StagedFile>>, Fault> {
    let organization: Id<_> = wire_id::read(org);
    let (session, now) = (visitor.session.text(), visitor.app.wall());
    let found = visitor.app.staged.find(session, organization, file_id(file), now).await?;
    Ok(found.map(Arc::new))
}
