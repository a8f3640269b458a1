//! Taking a user's package away, after asking. The user stays.

use axum::response::Response;
use hub_core::HubError;
use hub_core::operation::users::{self, UserPackageChange};
use maud::html;

use super::question::Question;
use super::{list, path_of, sheet};
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::form::Form;
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};

pub(super) async fn page(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &org, &user, &Form::default())
}

pub(super) async fn submit(
    Seen(visitor): Seen,
    Path((org, user)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let (own, id) = (wire_id::read(&org), wire_id::read(&user));
    let none = UserPackageChange::default();
    let written = visitor.write("change user package", |draft, context| {
        users::change_package(draft, context, own, id, &none).map(drop)
    });
    match written.await {
        Ok(()) => Ok(visitor.go_to(&with_notice(&path_of(&org, &user, ""), "done-package-unassigned"))),
        Err(fault) => show(&visitor, &org, &user, &form.refused(fault)),
    }
}

fn show(visitor: &Visitor, org: &str, user: &str, form: &Form) -> Result<Response, Fault> {
    let (name, packages) = visitor.read(|world, context| {
        let person = users::get(world, context, wire_id::read(org), wire_id::read(user))?;
        let packages = world.subscriber_of(person.id).map(|subscriber| subscriber.packages);
        Ok::<_, HubError>((person.shown_name(), list::titles(packages.unwrap_or_default())))
    })?;
    let question = Question { label: "user-unassign", below: "/package/unassign" };
    let body = question.ask(
        visitor,
        org,
        user,
        form,
        &html! {
            p { (visitor.text("user-unassign-lead")) }
            dl {
                dt { (visitor.text("user-name")) }
                dd { bdi { (name) } }
                dt { (visitor.text("user-package")) }
                dd { bdi { (packages) } }
            }
        },
    );
    Ok(sheet(visitor, &visitor.text("user-unassign-title"), body).show_form(visitor, form))
}
