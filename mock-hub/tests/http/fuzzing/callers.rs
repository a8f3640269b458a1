//! Who asks, in which sandbox, and what is known of him: every kind of administrator, and those who are nobody.

use hub_core::Caller;
use mock_hub::app::App;
use mock_hub::control::tokens;

use super::choices::Choices;
use super::lexicon::Lexicon;
use super::{NAMES, TokenTexts};

/// One who asks.
#[derive(Debug)]
pub(super) struct Asker {
    /// What stands in front of the path.
    pub(super) prefix: String,
    pub(super) authorization: Option<Vec<u8>>,
    /// The sandbox that the request is about; none where it is neither of the two.
    pub(super) sandbox: Option<&'static str>,
    /// Who the hub has to take him for; none = nobody.
    pub(super) caller: Option<Caller>,
}

#[derive(Clone, Copy)]
enum Token {
    /// A demo token, which is good behind every prefix.
    Demo,
    /// A standing token of one sandbox.
    Own,
    /// One that the hub has given somebody.
    Heard,
    Scoped,
    Expired,
    Garbage,
    None,
}

impl Asker {
    /// Mostly an administrator with the label `often`.
    pub(super) fn draw(
        choices: &mut Choices<'_>,
        app: &App,
        texts: &TokenTexts,
        lexicon: &Lexicon,
        often: &'static str,
    ) -> Self {
        let token = choices.weighed(&[
            (40, Token::Demo),
            (4, Token::Own),
            (4, Token::Heard),
            (1, Token::Scoped),
            (1, Token::Expired),
            (1, Token::Garbage),
            (1, Token::None),
        ]);
        let named =
            choices.weighed(&[(24, None), (12, Some(NAMES[1])), (4, Some(NAMES[0])), (1, Some("nobody"))]);
        let label = label(choices, often);
        let text = match token {
            Token::Demo => Some(format!("demo-{label}")),
            Token::Own => {
                let of = *choices.of(&NAMES);
                own(app, of, label)
            }
            Token::Heard => {
                let heard = lexicon.values(choices.of::<&str>(&["access_token", "token"]));
                let heard = choices.of_any(heard).and_then(|text| text.as_str());
                heard.map(str::to_owned).or_else(|| own(app, NAMES[0], label))
            }
            Token::Scoped => Some(texts.scoped.clone()),
            Token::Expired => Some(texts.expired.clone()),
            Token::Garbage => Some(garbage(choices).to_owned()),
            Token::None => None,
        };
        let known = match token {
            Token::Demo => own(app, named.unwrap_or(NAMES[0]), label),
            _ => text.clone(),
        };
        let (owner, known) = known.and_then(|text| app.sandboxes.by_token(&text)).unzip();
        let owner = owner.map(|owner| owner.name().to_string());
        let home = named.or(owner.as_deref()).unwrap_or(NAMES[0]).to_owned();
        let now = app.known_sandbox(&home).ok().map(|sandbox| sandbox.now());
        let is_good = owner.as_ref() == Some(&home);
        let known = known.filter(|token| is_good && now.is_some_and(|now| token.is_valid_at(now)));
        let scheme = *choices.of(&["Bearer ", "Bearer ", "Bearer ", "bearer  "]);
        Asker {
            prefix: named.map(|name| format!("/s/{name}")).unwrap_or_default(),
            authorization: text.map(|text| format!("{scheme}{text}").into_bytes()),
            sandbox: NAMES.into_iter().find(|name| *name == home).filter(|_| now.is_some()),
            caller: known.map(|token| token.caller.clone()),
        }
    }
}

/// The text of a sandbox's standing token.
fn own(app: &App, sandbox: &str, label: &str) -> Option<String> {
    let head = app.known_sandbox(sandbox).ok()?.head();
    head.token_labelled(label).map(|token| token.token.to_string())
}

/// The kind of administrator.
fn label(choices: &mut Choices<'_>, often: &'static str) -> &'static str {
    let all: Vec<&str> = tokens::labels().collect();
    match choices.seldom(2) {
        true => choices.of::<&str>(&all),
        false => often,
    }
}

fn garbage(choices: &mut Choices<'_>) -> &'static str {
    choices.of::<&str>(&[
        "",
        "demo-",
        "demo-nobody",
        "demo-partner-full-admin x",
        "\u{e9}",
        "default.code.x",
        ",",
    ])
}
