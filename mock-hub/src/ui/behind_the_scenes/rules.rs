//! The catalogue of rules: what the hub does and says, and where that was read.

use axum::response::Response;
use hub_rules::{AREAS, Rule};
use maud::{Markup, html};

use crate::ui::fields::Text;
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::table::empty;
use crate::ui::visitor::{Seen, Visitor};

const HERE: &str = "/behind-the-scenes/rules";

pub(super) async fn page(Seen(visitor): Seen) -> Response {
    let sought = visitor.query().text("search").unwrap_or_default();
    let form = Form::with([("search", &*sought)]);
    let areas: Vec<_> = AREAS.iter().map(|(area, rules)| (*area, found(&visitor, rules, &sought))).collect();
    let title = visitor.text("menu-rules");
    let body = html! {
        p.lead { (visitor.text("rules-lead")) }
        form.search method="get" action=(visitor.href(HERE)) role="search" {
            (Text::of("search", "rules-search").kind("search").show(&visitor, &form))
            button { (visitor.text("search")) }
        }
        @if areas.iter().all(|(_, rules)| rules.is_empty()) {
            (empty(&visitor, "rules-none", Some((HERE, "rules-all"))))
        }
        @for (area, rules) in areas.iter().filter(|(_, rules)| !rules.is_empty()) {
            section { h2 { (visitor.language.area(area)) } @for rule in rules { (entry(&visitor, rule)) } }
        }
    };
    Sheet { console: Console::BehindTheScenes, title: &title, body }.show(&visitor)
}

/// The rules with the text in their id, sentence, source or evidence.
fn found(visitor: &Visitor, rules: &[&'static Rule], sought: &str) -> Vec<&'static Rule> {
    let sought = sought.to_lowercase();
    let has = |rule: &Rule| {
        let evidence = visitor.text(&format!("evidence-{}", rule.evidence.name()));
        let texts = [rule.id, &visitor.language.rule(rule), rule.source, &evidence];
        texts.iter().any(|text| text.to_lowercase().contains(&sought))
    };
    rules.iter().copied().filter(|rule| has(rule)).collect()
}

fn entry(visitor: &Visitor, rule: &Rule) -> Markup {
    html! {
        article.card id=(rule.id) {
            h3 { a href=(format!("#{}", rule.id)) { (rule.id) } }
            p { (visitor.language.rule(rule)) }
            p.source {
                span.state { (visitor.text(&format!("evidence-{}", rule.evidence.name()))) }
                " " (visitor.text(&format!("ends-in-{}", rule.refusal.name())))
                @if let Some(code) = rule.error_code { " · " (visitor.text("rules-error-code")) " " (code) }
                " · " (rule.source)
            }
        }
    }
}
