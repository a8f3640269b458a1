//! A browser without a screen: keeps cookies, follows links and redirects, and sends forms as they stand in a page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::support::{Answer, Hub};

/// What is typed into a form: name and value.
pub(crate) type Typed<'a> = &'a [(&'a str, &'a str)];

const FORM: &str = "application/x-www-form-urlencoded";

/// Somebody who looks at the pages of a hub.
pub(crate) struct Browser<'h> {
    hub: &'h Hub,
    language: &'static str,
    cookies: RefCell<BTreeMap<String, String>>,
    referer: RefCell<Option<String>>,
}

/// A page, and where it was found.
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) answer: Answer,
}

impl<'h> Browser<'h> {
    /// A browser that nobody has signed in with.
    pub(crate) fn new(hub: &'h Hub, language: &'static str) -> Self {
        Browser { hub, language, cookies: RefCell::default(), referer: RefCell::default() }
    }

    /// A browser in which the demo administrator with this label has signed in.
    pub(crate) async fn signed_in(hub: &'h Hub, label: &str, language: &'static str) -> Self {
        let browser = Browser::new(hub, language);
        browser.sign_in(label).await;
        browser
    }

    /// Another browser with the same cookies.
    pub(crate) fn with_cookies_of(other: &Browser<'h>) -> Self {
        Browser { cookies: other.cookies.clone(), ..Browser::new(other.hub, other.language) }
    }

    /// A browser with the same cookies that comes to another hub.
    pub(crate) fn at<'o>(&self, hub: &'o Hub) -> Browser<'o> {
        Browser { cookies: self.cookies.clone(), ..Browser::new(hub, self.language) }
    }

    /// Has this text for the session of a sandbox.
    pub(crate) fn put_session(&self, sandbox: &str, text: &str) {
        self.cookies.borrow_mut().insert(format!("mock-hub-{sandbox}-session"), text.to_owned());
    }

    /// Presses the button of a demo administrator on the sign-in page.
    pub(crate) async fn sign_in(&self, label: &str) -> Page {
        let door = self.get("/sign-in").await;
        let address = format!("{label}@example.com");
        let form = door.form("/v1/authorize");
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(form.hidden()).append_pair("login_hint", &address);
        self.get(&format!("/v1/authorize?{}", query.finish())).await
    }

    /// Opens an address, and goes on to where it leads.
    pub(crate) async fn get(&self, path: &str) -> Page {
        self.go(Method::GET, path, "").await
    }

    /// Sends the form of a page that goes to `action`, with these values in the place of those that stand there.
    pub(crate) async fn submit(&self, page: &Page, action: &str, typed: Typed<'_>) -> Page {
        let form = page.form(action);
        let stands = form.values();
        let kept = stands.iter().filter(|(name, _)| typed.iter().all(|(known, _)| known != name));
        let pairs = kept.map(|(name, value)| (&**name, &**value)).chain(typed.iter().copied());
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.go(Method::POST, action, &body).await
    }

    /// Sends a form that no page has shown.
    pub(crate) async fn post_unseen(&self, path: &str, typed: Typed<'_>) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
        self.go(Method::POST, path, &body).await
    }

    /// Sends a form, and says which page it stood in.
    pub(crate) async fn post_from(&self, from: &str, path: &str, typed: Typed<'_>) -> Page {
        self.referer.replace(Some(format!("http://hub.test{from}")));
        let page = self.post_unseen(path, typed).await;
        self.referer.replace(None);
        page
    }

    /// Sends a body as it is, to where no redirect is followed.
    pub(crate) async fn send(&self, method: Method, path: &str, media_type: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "hub.test")
            .header("accept", "text/html")
            .header("accept-language", self.language)
            .header("cookie", self.cookie())
            .header("referer", self.referer.borrow().clone().unwrap_or_default())
            .header("content-type", media_type)
            .body(Body::from(body))
            .unwrap();
        let (_, answer) = self.hub.exchange(request).await;
        for cookie in answer.headers.get_all("set-cookie") {
            self.keep(cookie.to_str().unwrap());
        }
        answer
    }

    fn cookie(&self) -> String {
        let cookies = self.cookies.borrow();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The same where the form has a file as its last part: its name and content.
    pub(crate) async fn upload(
        &self,
        page: &Page,
        action: &str,
        typed: Typed<'_>,
        file: (&str, &str),
    ) -> Page {
        let key = page.form(action).value("form-key");
        let fields = [("form-key", &*key)].into_iter().chain(typed.iter().copied());
        self.send_multipart(action, fields, file).await
    }

    async fn send_multipart<'t>(
        &self,
        path: &str,
        fields: impl Iterator<Item = (&'t str, &'t str)>,
        (name, content): (&str, &str),
    ) -> Page {
        const DISPOSITION: &str = "--b\r\nContent-Disposition: form-data; name=";
        let fields = fields.map(|(name, value)| format!("{DISPOSITION}\"{name}\"\r\n\r\n{value}\r\n"));
        let file =
            format!("{DISPOSITION}\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}");
        let body = format!("{}{file}\r\n--b--\r\n", fields.collect::<String>());
        self.go_with(Method::POST, path, "multipart/form-data; boundary=b", body.into_bytes()).await
    }

    async fn go(&self, method: Method, path: &str, body: &str) -> Page {
        self.go_with(method, path, FORM, body.as_bytes().to_vec()).await
    }

    async fn go_with(&self, method: Method, path: &str, media_type: &str, body: Vec<u8>) -> Page {
        let mut path = path.to_owned();
        let mut answer = self.send(method, &path, media_type, body).await;
        for _ in 0..5 {
            if !answer.status.is_redirection() {
                break;
            }
            path = answer.header("location").replace("http://hub.test", "");
            answer = self.send(Method::GET, &path, FORM, Vec::new()).await;
        }
        assert!(!answer.status.is_redirection(), "{path} leads in circles");
        Page { path, answer }
    }

    fn keep(&self, header: &str) {
        let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
        let (name, value) = pair.split_once('=').unwrap();
        let mut cookies = self.cookies.borrow_mut();
        match attributes.contains("Max-Age=0") {
            true => cookies.remove(name),
            false => cookies.insert(name.to_owned(), value.to_owned()),
        };
    }
}

impl Page {
    pub(crate) fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// What a reader sees: the text without tags, blanks folded.
    pub(crate) fn text(&self) -> String {
        text_of(&self.answer.body)
    }

    /// The text of the main part.
    pub(crate) fn main(&self) -> String {
        let (_, rest) = self.answer.body.split_once("<main").expect("every page has a main part");
        text_of(&format!("<main{}", rest.split("</main>").next().unwrap()))
    }

    /// Where the link with these words leads.
    pub(crate) fn link(&self, words: &str) -> String {
        let links = self.answer.body.split("<a ").skip(1).filter_map(|rest| rest.split_once("</a>"));
        let mut found = links.filter(|(link, _)| text_of(&format!("<a {link}")) == words);
        let (link, _) =
            found.next().unwrap_or_else(|| panic!("no link `{words}` in {}: {}", self.path, self.text()));
        unescaped(attribute(link, "href").expect("a link leads somewhere"))
    }

    /// Whether there is a link with these words.
    pub(crate) fn has_link(&self, words: &str) -> bool {
        let links = self.answer.body.split("<a ").skip(1).filter_map(|rest| rest.split_once("</a>"));
        links.map(|(link, _)| text_of(&format!("<a {link}"))).any(|text| text == words)
    }

    /// The form that goes to this path.
    pub(crate) fn form(&self, action: &str) -> FormOnPage<'_> {
        let forms = self.answer.body.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
        let mut found =
            forms.filter(|form| attribute(form, "action").map(unescaped).as_deref() == Some(action));
        let html = found.next();
        FormOnPage {
            html: html.unwrap_or_else(|| panic!("no form to {action} in {}: {}", self.path, self.text())),
        }
    }
}

/// A form of a page.
pub(crate) struct FormOnPage<'p> {
    html: &'p str,
}

impl FormOnPage<'_> {
    /// What would be sent if nothing were typed or pressed.
    pub(crate) fn values(&self) -> Vec<(String, String)> {
        let inputs = self.tags("input").filter(|tag| {
            let kind = attribute(tag, "type").unwrap_or("text");
            !matches!(kind, "checkbox" | "radio") || tag.contains(" checked")
        });
        let inputs =
            inputs.filter(|tag| !tag.contains(" disabled") && attribute(tag, "type") != Some("file"));
        let value = |tag: &str| unescaped(attribute(tag, "value").unwrap_or("on"));
        let inputs = inputs.filter_map(|tag| Some((unescaped(attribute(tag, "name")?), value(tag))));
        inputs.chain(self.chosen()).chain(self.areas()).collect()
    }

    /// The hidden values.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let hidden = self.tags("input").filter(|tag| attribute(tag, "type") == Some("hidden"));
        let value = |tag: &str, name| unescaped(attribute(tag, name).unwrap_or_default());
        hidden.map(|tag| (value(tag, "name"), value(tag, "value"))).collect()
    }

    /// The value of a field as it stands.
    pub(crate) fn value(&self, name: &str) -> String {
        let found = self.values().into_iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("no field {name}: {}", self.html)).1
    }

    fn tags<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let opening = format!("<{name} ");
        let starts: Vec<_> = self.html.match_indices(&opening).map(|(at, _)| at).collect();
        starts.into_iter().map(|at| self.html[at..].split('>').next().unwrap())
    }

    fn chosen(&self) -> Vec<(String, String)> {
        let selects = self.html.split("<select ").skip(1).filter_map(|rest| rest.split("</select>").next());
        let chosen = selects.filter_map(|select| {
            let options: Vec<_> = select.split("<option ").skip(1).collect();
            let selected =
                options.iter().find(|option| option.split('>').next().unwrap().contains(" selected"));
            let value = attribute(selected.or(options.first())?, "value")?;
            Some((attribute(select, "name")?.to_owned(), unescaped(value)))
        });
        chosen.collect()
    }

    fn areas(&self) -> Vec<(String, String)> {
        let areas = self.html.split("<textarea ").skip(1).filter_map(|rest| rest.split("</textarea>").next());
        let typed = areas.filter_map(|area| {
            let (tag, text) = area.split_once('>')?;
            let text = text.strip_prefix('\n').unwrap_or(text);
            Some((attribute(tag, "name")?.to_owned(), unescaped(text)))
        });
        typed.collect()
    }
}

/// An attribute of the first tag of a piece of HTML, as our templates write it.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let tag = tag.split('>').next()?;
    let opening = format!("{name}=\"");
    let mut found = tag.match_indices(&opening).map(|(at, _)| at);
    let at = found.find(|at| *at == 0 || tag.as_bytes()[at - 1] == b' ')?;
    tag[at + opening.len()..].split('"').next()
}

fn text_of(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text = pieces.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(" ");
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
