//! User imports: a CSV file planned, or taken in.
//!
//! Both run on a thread of their own, because a file of 20,000 users takes longer than others should wait.

use std::panic;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use hub_core::record::{ImportBehavior, Organization};
use hub_core::{Draft, HubError, Id, bulk};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use tokio::runtime::Handle;

use super::tasks::TaskView;
use crate::app::App;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::upload::Upload;
use crate::http::{answer, wire_id};
use crate::plan_body::PlanBody;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/hub/v1/organizations/{org}/user-imports", post(import))
        .route("/hub/v1/organizations/{org}/user-imports/plan", post(plan))
        .layer(DefaultBodyLimit::disable())
}

fn behavior(call: &mut Call) -> Result<ImportBehavior, HubError> {
    let words = ImportBehavior::ALL.map(|behavior| (behavior.name(), behavior));
    let behavior = call.parameters.choice("behavior", &words)?;
    behavior.ok_or_else(|| {
        let choices = words.map(|(word, _)| word).join(" or ");
        HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("behavior").advise(format!("Say {choices}."))
    })
}

async fn import(mut call: Call, Path(org): Path<String>, file: Upload) -> Result<Response, Problem> {
    let behavior = behavior(&mut call)?;
    call.finish()?;
    apart(move || {
        let organization: Id<Organization> = wire_id::read(&org);
        let take_in = call.write("import users", |draft, context| {
            let name = file.name.as_deref();
            let task = bulk::import(draft, context, organization, behavior, name, &file.content)?;
            Ok((task, context.now))
        });
        let (task, now) = Handle::current().block_on(take_in)?;
        let organization = wire_id::of(organization);
        let url = call.url(&format!("/hub/v1/organizations/{organization}/tasks/{}", task.id));
        Ok(answer::at(answer::json(StatusCode::ACCEPTED, &TaskView::of(&task, now)), &url))
    })
    .await
}

async fn plan(mut call: Call, Path(org): Path<String>, file: Upload) -> Result<Response, Problem> {
    let behavior = behavior(&mut call)?;
    call.finish()?;
    apart(move || {
        let organization = wire_id::read(&org);
        let plan = call.read(|world, context| {
            bulk::plan(&mut Draft::of(world), context, organization, behavior, &file.content)
        })?;
        Ok(answer::json(StatusCode::OK, &PlanBody::from(&plan)))
    })
    .await
}

/// Runs long work where it holds up nobody.
async fn apart(
    work: impl FnOnce() -> Result<Response, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| panic::resume_unwind(error.into_panic()))
}
