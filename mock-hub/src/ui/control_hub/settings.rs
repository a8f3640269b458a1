//! The settings of an organization, each a form of its own: who may not change one sees it with the rule that holds back.

mod automatic;
mod content;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::record::{Organization, OrganizationSettings};
use hub_core::{Context, HubError, Id, World};
use hub_rules::expected;
use hub_rules::platform::PATH_EXISTS;
use maud::{Markup, html};

use crate::app::App;
use crate::http::path::Path;
use crate::http::wire_id;
use crate::ui::fault::Fault;
use crate::ui::fields;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::notice::with_notice;
use crate::ui::visitor::{Seen, Visitor};

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/organizations/{org}/settings", get(page))
        .route("/organizations/{org}/settings/{setting}", post(change))
}

/// A setting that is changed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    RestrictedMode,
    Directory,
    AutomaticLicenses,
    RequiredAttributes,
    ImportSpeed,
}

impl Setting {
    const ALL: [(&'static str, Setting); 5] = [
        ("restricted-mode", Setting::RestrictedMode),
        ("directory", Setting::Directory),
        ("automatic-licenses", Setting::AutomaticLicenses),
        ("required-attributes", Setting::RequiredAttributes),
        ("import-speed", Setting::ImportSpeed),
    ];

    /// The one whose form goes to this address. Refused for an address of none (API-008).
    fn of(word: &str) -> Result<Self, HubError> {
        let found = Setting::ALL.into_iter().find(|(known, _)| *known == word);
        found.map(|(_, setting)| setting).ok_or_else(|| HubError::broken(&PATH_EXISTS).saw(word))
    }

    /// What its form asks for.
    fn change(self, form: &Form) -> Result<SettingsChange, HubError> {
        let mut change = SettingsChange::default();
        match self {
            Setting::RestrictedMode => {
                change.has_restricted_administrators = Some(form.has("restrictedAdministratorMode"));
            }
            Setting::Directory => change.has_directory = Some(form.has("directorySynchronization")),
            Setting::AutomaticLicenses => change.automatic_licenses = Some(automatic::asked(form)?),
            Setting::RequiredAttributes => {
                change.required_attributes = Some(form.all("requiredAttributes").map(Into::into).collect());
            }
            Setting::ImportSpeed => {
                let speed = form.parameters().whole_number("importRowsPerSecond", &expected::WHOLE_NUMBER)?;
                change.import_rows_per_second = Some(speed);
            }
        }
        Ok(change)
    }
}

/// A form that was refused, and the setting that it is of.
type Refused<'f> = Option<(Setting, &'f Form)>;

async fn page(Seen(visitor): Seen, Path(org): Path<String>) -> Result<Response, Fault> {
    show(&visitor, &org, None)
}

async fn change(
    Seen(visitor): Seen,
    Path((org, setting)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Fault> {
    let setting = Setting::of(&setting)?;
    let path = format!("/organizations/{org}/settings");
    match keep(&visitor, wire_id::read(&org), setting, &form).await {
        Ok(_) => Ok(visitor.go_to(&with_notice(&path, "done-setting-kept"))),
        Err(fault) => show(&visitor, &org, Some((setting, &form.refused(fault)))),
    }
}

async fn keep(
    visitor: &Visitor,
    organization: Id<Organization>,
    setting: Setting,
    form: &Form,
) -> Result<OrganizationSettings, Fault> {
    let change = setting.change(form)?;
    let write = visitor.write("change settings", |draft, context| {
        organizations::change_settings(draft, context, organization, &change)
    });
    write.await
}

fn show(visitor: &Visitor, org: &str, refused: Refused<'_>) -> Result<Response, Fault> {
    let id = wire_id::read(org);
    let sections = visitor.read(|world, context| {
        let settings = organizations::settings(world, context, id)?;
        let section = |(word, setting)| {
            let stored = content::stored(world, id, &settings, setting);
            let form = refused.filter(|(of, _)| *of == setting).map_or(&stored, |(_, form)| form);
            // Who may send its form as it stands may send another.
            let as_it_stands = setting.change(&stored)?;
            let held_back = organizations::permits_changing(world, context, id, &as_it_stands).err();
            let fields = content::fields(visitor, (world, context), id, setting, form)?;
            Ok(section(visitor, org, word, &fields, held_back.as_ref()))
        };
        Setting::ALL.into_iter().map(section).collect::<Result<Vec<_>, HubError>>()
    })?;
    let form = refused.map(|(_, form)| form);
    let body = html! {
        @if let Some(form) = form { (fields::summary(visitor, form)) }
        @for section in sections { (section) }
    };
    let title = visitor.text("menu-settings");
    let sheet = Sheet { console: Console::of_path(visitor), title: &title, body };
    Ok(form.map_or_else(|| sheet.show(visitor), |form| sheet.show_form(visitor, form)))
}

/// A setting: what it does, and its form, out of use for whoever may not change it.
fn section(
    visitor: &Visitor,
    org: &str,
    word: &str,
    content: &Markup,
    held_back: Option<&HubError>,
) -> Markup {
    let id = format!("setting-{word}");
    html! {
        section.card id=(id) aria-labelledby=(format!("{id}-title")) {
            h2 id=(format!("{id}-title")) { (visitor.text(&id)) }
            p { (visitor.word("setting-says", word)) }
            (fields::form(visitor, &format!("/organizations/{org}/settings/{word}"), html! {
                fieldset.bare disabled[held_back.is_some()] aria-labelledby=(format!("{id}-title")) { (content) }
                (button(visitor, word, held_back))
            }))
        }
    }
}

fn button(visitor: &Visitor, word: &str, held_back: Option<&HubError>) -> Markup {
    let reason = format!("{word}-held-back");
    html! {
        button.primary disabled[held_back.is_some()] aria-describedby=[held_back.map(|_| &reason)] {
            (visitor.text("setting-keep"))
        }
        @if let Some(refusal) = held_back {
            " " small id=(reason) { bdi { (visitor.language.refusal(refusal)) } }
        }
    }
}

/// The world and who looks at it.
type Sight<'a> = (&'a World, &'a Context<'a>);
