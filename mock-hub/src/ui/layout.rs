//! What all pages have in common: head, menus, language, who is signed in.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use hub_core::operation::access::{ControlHub, Errand, Place};
use hub_core::record::Organization;
use hub_core::{Id, Timestamp};
use maud::{DOCTYPE, Markup, html};

use super::assets;
use super::fault::{Fault, cited};
use super::fields;
use super::form::Form;
use super::notice::notice;
use super::visitor::Visitor;
use crate::http::wire_id;
use crate::messages::Language;

/// The headers of every page: nothing from elsewhere is loaded or run, and nobody frames it.
pub(super) const HEADERS: [(HeaderName, &str); 4] = [
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "same-origin"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
];

/// Whose pages these are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Console {
    /// The partner's side.
    PartnerHub,
    /// One customer's side: the id of its organization as it is in the path, and its name.
    ControlHub { organization: String, name: String },
    /// For developers.
    BehindTheScenes,
    /// Nobody's yet.
    Door,
}

/// A message id, and the path that it leads to.
type Entry = (&'static str, String);

impl Console {
    /// The console that the page of a visitor belongs to.
    pub fn of_path(visitor: &Visitor) -> Self {
        let mut segments = visitor.path().trim_start_matches('/').split('/');
        match segments.next() {
            Some("behind-the-scenes") => Console::BehindTheScenes,
            _ if !visitor.is_signed_in() => Console::Door,
            Some("organizations") => Console::of_organization(visitor, segments.next().unwrap_or_default()),
            _ => Console::PartnerHub,
        }
    }

    fn of_organization(visitor: &Visitor, organization: &str) -> Self {
        let id: Id<Organization> = wire_id::read(organization);
        // A visitor who does not see the organization is not told its name either (CUS-015).
        let name = visitor.read(|world, context| {
            let opened = ControlHub::open(world, context, id).ok();
            opened.map(|opened| opened.organization.name.to_string())
        });
        Console::ControlHub { organization: organization.to_owned(), name: name.unwrap_or_default() }
    }

    fn title(&self) -> &'static str {
        match self {
            Console::PartnerHub => "partner-hub",
            Console::ControlHub { .. } => "control-hub",
            Console::BehindTheScenes => "behind-the-scenes",
            Console::Door => "mock-hub",
        }
    }

    fn home(&self) -> String {
        match self {
            Console::ControlHub { organization, .. } => format!("/organizations/{organization}"),
            Console::BehindTheScenes => "/behind-the-scenes/requests".to_owned(),
            Console::PartnerHub | Console::Door => "/".to_owned(),
        }
    }

    /// What the console has for this visitor.
    fn menu(&self, visitor: &Visitor) -> Vec<Entry> {
        let below = |base: &str, entries: &[(&'static str, &str)]| {
            entries.iter().map(|(id, path)| (*id, format!("{base}{path}"))).collect()
        };
        match self {
            Console::PartnerHub => {
                let open = PARTNER_HUB.iter().filter(|(_, _, (errand, place))| {
                    visitor.is_signed_in() && visitor.held_back(*errand, *place).is_none()
                });
                open.map(|(id, path, _)| (*id, (*path).to_owned())).collect()
            }
            Console::ControlHub { organization, .. } => {
                below(&format!("/organizations/{organization}"), &CONTROL_HUB)
            }
            Console::BehindTheScenes => below("/behind-the-scenes", &BEHIND_THE_SCENES),
            Console::Door => Vec::new(),
        }
    }
}

/// With what a page is about, because not every administrator of a partner sees all of them.
const PARTNER_HUB: [(&str, &str, (Errand, Place)); 6] = [
    ("menu-customers", "/customers", (Errand::Look, Place::PartnerHub)),
    ("menu-templates", "/templates", (Errand::Look, Place::PartnerHub)),
    ("menu-sub-partners", "/sub-partners", (Errand::ListSubPartners, Place::PartnerHub)),
    ("menu-administrators", "/administrators", (Errand::ListAssignments, Place::Staff)),
    ("menu-analytics", "/analytics", (Errand::Look, Place::PartnerHub)),
    ("menu-billing", "/billing", (Errand::ReadBilling, Place::PartnerHub)),
];
const CONTROL_HUB: [(&str, &str); 6] = [
    ("menu-overview", ""),
    ("menu-users", "/users"),
    ("menu-locations", "/locations"),
    ("menu-licenses", "/licenses"),
    ("menu-tasks", "/tasks"),
    ("menu-settings", "/settings"),
];
const BEHIND_THE_SCENES: [(&str, &str); 5] = [
    ("menu-requests", "/requests"),
    ("menu-sandboxes", "/sandboxes"),
    ("menu-clock", "/clock"),
    ("menu-faults", "/faults"),
    ("menu-rules", "/rules"),
];

/// A page about to be shown.
#[derive(Debug)]
pub struct Sheet<'a> {
    pub console: Console,
    /// The heading, which is the window's title too.
    pub title: &'a str,
    pub body: Markup,
}

impl Sheet<'_> {
    /// The page.
    pub fn show(&self, visitor: &Visitor) -> Response {
        self.show_with(visitor, StatusCode::OK)
    }

    /// The same with another status.
    pub fn show_with(&self, visitor: &Visitor, status: StatusCode) -> Response {
        let mut response = Response::new(self.markup(visitor).into_string().into());
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response
    }

    /// The page of a form; where it was refused, with the status of the refusal and the name of its rule.
    pub fn show_form(&self, visitor: &Visitor, form: &Form) -> Response {
        cited(self.show_with(visitor, form.status()), form.fault().and_then(Fault::rule))
    }

    fn markup(&self, visitor: &Visitor) -> Markup {
        let console = visitor.text(self.console.title());
        html! {
            (DOCTYPE)
            html lang=(visitor.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · " (console) }
                    link rel="icon" href=(visitor.href(&assets::icon())) type="image/svg+xml";
                    link rel="stylesheet" href=(visitor.href(&assets::style()));
                    script src=(visitor.href(&assets::script())) defer {}
                }
                body {
                    a.skip href="#main" { (visitor.text("skip-to-content")) }
                    (self.header(visitor))
                    div.frame {
                        (self.menu(visitor))
                        main #main tabindex="-1" {
                            (acting(visitor))
                            h1 { bdi { (self.title) } }
                            (notice(visitor))
                            (self.body)
                        }
                    }
                    (footer(visitor))
                }
            }
        }
    }

    fn header(&self, visitor: &Visitor) -> Markup {
        html! {
            header.top {
                a.brand href=(visitor.href(&self.console.home())) { (visitor.text(self.console.title())) }
                @if let Console::ControlHub { name, .. } = &self.console {
                    span.of { bdi { (name) } }
                }
                nav.consoles aria-label=(visitor.text("menu-consoles")) {
                    @if visitor.is_of_a_partner() {
                        a href=(visitor.href("/customers")) { (visitor.text("partner-hub")) }
                    }
                    a href=(visitor.href("/behind-the-scenes/requests")) { (visitor.text("behind-the-scenes")) }
                }
                (languages(visitor))
                (account(visitor))
            }
        }
    }

    fn menu(&self, visitor: &Visitor) -> Markup {
        let entries = self.console.menu(visitor);
        let path = visitor.path();
        let leads_here =
            |to: &str| path == to || path.strip_prefix(to).is_some_and(|rest| rest.starts_with('/'));
        let current = entries.iter().filter(|(_, to)| leads_here(to)).max_by_key(|(_, to)| to.len());
        html! {
            @if !entries.is_empty() {
                nav.side aria-label=(visitor.text(self.console.title())) {
                    ul {
                        @for entry in &entries {
                            li {
                                a href=(visitor.href(&entry.1)) aria-current=[(current == Some(entry)).then_some("page")] {
                                    (visitor.text(entry.0))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A moment as people read it, and as machines do.
pub fn moment(time: Timestamp) -> Markup {
    let text = time.to_string();
    let (day, rest) = text.split_once('T').unwrap_or((&text, ""));
    html! { time datetime=(text) { span { (day) } " " span { (rest.get(..8).unwrap_or(rest)) } } }
}

/// How far something is on its way from one moment to another, in whatever order a world has them.
pub fn progress(visitor: &Visitor, label: &str, from: Timestamp, to: Timestamp, now: Timestamp) -> Markup {
    let all = (to.as_millis() - from.as_millis()).max(1);
    let done = (now.as_millis() - from.as_millis()).clamp(0, all);
    html! { progress max=(all) value=(done) aria-label=(visitor.text(label)) {} }
}

fn languages(visitor: &Visitor) -> Markup {
    html! {
        div.languages role="group" aria-label=(visitor.text("language")) {
            @for language in Language::ALL {
                (fields::form(visitor, &format!("/language/{}", language.tag()), html! {
                    input type="hidden" name="to" value=(visitor.here());
                    button.link lang=(language.tag()) aria-pressed=(language == visitor.language) { (language.name()) }
                }))
            }
        }
    }
}

fn account(visitor: &Visitor) -> Markup {
    html! {
        div.account {
            @if visitor.is_signed_in() {
                bdi.who { (visitor.caller().name) }
                (fields::form(visitor, "/sign-out", html! {
                    button.link { (visitor.text("sign-out")) }
                }))
            } @else {
                a href=(visitor.href("/sign-in")) { (visitor.text("sign-in")) }
            }
        }
    }
}

/// For which sub-partner the visitor acts, if for one, and the way back.
fn acting(visitor: &Visitor) -> Markup {
    let Some(id) = visitor.acts_for() else { return html! {} };
    let head = visitor.sandbox.head();
    let name =
        head.world.organization(id).map_or_else(|| wire_id::of(id).to_string(), |it| it.name.to_string());
    html! {
        div.notice role="status" {
            p { (visitor.say("acts-for", &[("name", name.into())])) }
            (fields::form(visitor, "/sub-partners/leave", html! {
                button { (visitor.text("acts-for-leave")) }
            }))
        }
    }
}

fn footer(visitor: &Visitor) -> Markup {
    html! {
        footer.bottom {
            p { (visitor.text("not-a-cisco-product")) }
            p {
                a href=(visitor.href("/docs/")) { (visitor.text("api-description")) }
                " · "
                span { (visitor.say("in-sandbox", &[("name", visitor.sandbox.name().as_str().into())])) }
                " · "
                (moment(visitor.sandbox.now()))
            }
        }
    }
}
