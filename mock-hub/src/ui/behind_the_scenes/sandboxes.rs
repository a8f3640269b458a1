//! Sandboxes: made, forked, taken back, deleted.

use std::sync::Arc;

use axum::response::Response;
use hub_store::Sandbox;
use maud::{Markup, html};
use serde_json::Value;

use crate::app::App;
use crate::control::sandboxes::{self, NewSandbox, WorldChoice};
use crate::control::snapshots;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::ui::fault::Fault;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet, moment};
use crate::ui::notice::with_notice;
use crate::ui::table::table;
use crate::ui::visitor::{Seen, Visitor};

const HERE: &str = "/behind-the-scenes/sandboxes";

pub(super) async fn page(Seen(visitor): Seen) -> Result<Response, Fault> {
    show(&visitor, &Form::default()).await
}

async fn show(visitor: &Visitor, form: &Form) -> Result<Response, Fault> {
    let all = visitor.app.all_sandboxes().await?;
    let rows: Vec<_> = all.iter().map(|sandbox| row(visitor, sandbox)).collect();
    let title = visitor.text("menu-sandboxes");
    let headings = ["sandbox-name", "sandbox-clock", "sandbox-head", "sandbox-origin"];
    let body = html! {
        p.lead { (visitor.text("sandboxes-lead")) }
        (fields::summary(visitor, form))
        (table(visitor, "menu-sandboxes", &headings, &rows))
        h2 { (visitor.text("sandbox-new")) }
        (fields::form(visitor, HERE, html! {
            (Text::of("name", "sandbox-name").hint("sandbox-name-hint").show(visitor, form))
            (fields::select(visitor, form, "world", "sandbox-world", &starts(visitor, &all)))
            (Text::of("at", "sandbox-at").hint("sandbox-at-hint").show(visitor, form))
            button.primary { (visitor.text("sandbox-new")) }
        }))
    };
    Ok(Sheet { console: Console::BehindTheScenes, title: &title, body }.show_with(visitor, form.status()))
}

/// What a sandbox can start from: a world of the program, or another sandbox.
fn starts(visitor: &Visitor, all: &[Arc<Sandbox>]) -> Vec<(String, String)> {
    let worlds = ["demo", "empty"].map(|name| (name.to_owned(), visitor.word("world", name)));
    let forks = all.iter().map(|sandbox| {
        let name = sandbox.name().as_str();
        (format!("fork:{name}"), visitor.say("sandbox-fork-of", &[("name", name.into())]))
    });
    worlds.into_iter().chain(forks).collect()
}

fn row(visitor: &Visitor, sandbox: &Sandbox) -> Vec<Markup> {
    let name = sandbox.name().as_str();
    vec![
        html! { a href=(visitor.href(&format!("{HERE}/{name}"))) { (name) } },
        moment(sandbox.now()),
        html! { (sandbox.head().seq) },
        html! { @if let Some(base) = sandbox.forked_from() { (base.sandbox) " · " (base.seq) } },
    ]
}

pub(super) async fn create(Seen(visitor): Seen, form: Form) -> Result<Response, Fault> {
    let chosen = form.value("world");
    let from = chosen.strip_prefix("fork:").map(str::to_owned);
    let world = from.is_none().then(|| form.given("world")).flatten();
    let new = NewSandbox {
        name: form.given("name").map(str::to_owned),
        world: world.map(|name| WorldChoice::Named(name.to_owned())),
        at: form.given("at").map(|at| Value::from(at.to_owned())),
        from,
        ..NewSandbox::default()
    };
    match sandboxes::make(&visitor.app, new).await {
        Ok(made) => {
            let there = format!("{HERE}/{}", made.name());
            Ok(visitor.go_to(&with_notice(&there, "done-sandbox-made")))
        }
        Err(problem) => show(&visitor, &form.refused(problem)).await,
    }
}

pub(super) async fn one(Seen(visitor): Seen, Path(name): Path<String>) -> Result<Response, Fault> {
    show_one(&visitor, &name, &Form::default()).await
}

async fn show_one(visitor: &Visitor, name: &str, form: &Form) -> Result<Response, Fault> {
    let sandbox = visitor.app.sandbox(name).await?;
    let title = visitor.say("in-sandbox", &[("name", name.into())]);
    let below = |path: &str| format!("{HERE}/{name}/{path}");
    let body = html! {
        (fields::summary(visitor, form))
        (facts(visitor, &sandbox))
        h2 { (visitor.text("sandbox-snapshots")) }
        (snapshots_of(visitor, &sandbox))
        (fields::form(visitor, &below("snapshots"), html! {
            (Text::of("name", "snapshot-name").show(visitor, form))
            button { (visitor.text("snapshot-take")) }
        }))
        h2 { (visitor.text("sandbox-back")) }
        p { (visitor.text("sandbox-reset-lead")) }
        div.actions {
            (fields::form(visitor, &below("reset"), html! { button { (visitor.text("sandbox-reset")) } }))
            @if name != App::DEFAULT {
                a.button.danger href=(visitor.href(&below("delete"))) { (visitor.text("sandbox-delete")) }
            }
        }
    };
    let sheet = Sheet { console: Console::BehindTheScenes, title: &title, body };
    Ok(sheet.show_with(visitor, form.status()))
}

fn facts(visitor: &Visitor, sandbox: &Sandbox) -> Markup {
    let home = home_of(visitor, sandbox);
    html! {
        dl.card {
            dt { (visitor.text("sandbox-pages")) }
            dd { a href=(home) { (home) } }
            dt { (visitor.text("sandbox-api")) }
            dd { code { (home) "v1" } }
            dt { (visitor.text("sandbox-clock")) }
            dd { (moment(sandbox.now())) }
            dt { (visitor.text("sandbox-head")) }
            dd { (sandbox.head().seq) }
            @if let Some(base) = sandbox.forked_from() {
                dt { (visitor.text("sandbox-origin")) }
                dd { (base.sandbox) " · " (base.seq) }
            }
        }
    }
}

/// The address of the pages of a sandbox, which may be another one than the visitor's.
fn home_of(visitor: &Visitor, sandbox: &Sandbox) -> String {
    let own = format!("/s/{}", visitor.sandbox.name());
    let root = visitor.url("");
    format!("{}/s/{}/", root.strip_suffix(&own).unwrap_or(&root), sandbox.name())
}

fn snapshots_of(visitor: &Visitor, sandbox: &Sandbox) -> Markup {
    let head = sandbox.head();
    let path = format!("{HERE}/{}/restore", sandbox.name());
    html! {
        @if head.snapshots.is_empty() { p { (visitor.text("snapshots-none")) } }
        ul {
            @for (name, snapshot) in head.snapshots.iter() {
                li {
                    (fields::form(visitor, &path, html! {
                        bdi { (name) } " · " (snapshot.seq) " "
                        button.link name="snapshot" value=(name) { (visitor.text("snapshot-restore")) }
                    }))
                }
            }
        }
    }
}

pub(super) async fn snapshot(
    Seen(visitor): Seen,
    Path(name): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let sandbox = visitor.app.sandbox(&name).await?;
    let taken = snapshots::take_in(&visitor.app, &sandbox, form.value("name").trim()).await;
    answer(&visitor, &name, form, taken.map(|_| ()), "done-snapshot-taken").await
}

pub(super) async fn restore(
    Seen(visitor): Seen,
    Path(name): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let restored = snapshots::restore_in(&*visitor.app.sandbox(&name).await?, form.value("snapshot")).await;
    answer(&visitor, &name, form, restored, "done-snapshot-restored").await
}

pub(super) async fn reset(
    Seen(visitor): Seen,
    Path(name): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    let outcome = snapshots::reset_in(&*visitor.app.sandbox(&name).await?).await;
    answer(&visitor, &name, form, outcome, "done-sandbox-reset").await
}

async fn answer(
    visitor: &Visitor,
    name: &str,
    form: Form,
    outcome: Result<(), Problem>,
    done: &'static str,
) -> Result<Response, Fault> {
    match outcome {
        Ok(()) => Ok(visitor.go_to(&with_notice(&format!("{HERE}/{name}"), done))),
        Err(problem) => show_one(visitor, name, &form.refused(problem)).await,
    }
}

/// Asks before a sandbox is deleted.
pub(super) async fn ask(Seen(visitor): Seen, Path(name): Path<String>) -> Result<Response, Fault> {
    visitor.app.sandbox(&name).await?;
    let title = visitor.say("sandbox-delete-title", &[("name", (&*name).into())]);
    let body = html! {
        p { (visitor.text("sandbox-delete-lead")) }
        div.actions {
            (fields::form(&visitor, &format!("{HERE}/{name}/delete"), html! {
                button.danger { (visitor.text("sandbox-delete")) }
            }))
            a href=(visitor.href(&format!("{HERE}/{name}"))) { (visitor.text("cancel")) }
        }
    };
    Ok(Sheet { console: Console::BehindTheScenes, title: &title, body }.show(&visitor))
}

pub(super) async fn delete(
    Seen(visitor): Seen,
    Path(name): Path<String>,
    form: Form,
) -> Result<Response, Fault> {
    match sandboxes::remove(&visitor.app, &name).await {
        Ok(()) => Ok(visitor.go_to(&with_notice(HERE, "done-sandbox-deleted"))),
        Err(problem) => show_one(&visitor, &name, &form.refused(problem)).await,
    }
}
