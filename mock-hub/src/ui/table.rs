//! Tables of records, page by page, and what stands in their place when there are none.

use hub_core::PageRequest;
use maud::{Markup, html};

use super::visitor::Visitor;

/// How many rows a page has.
pub const ROWS: usize = 50;

/// A table: the ids of its headings, and the cells of each row, the first of which names it.
pub fn table(visitor: &Visitor, caption: &str, headings: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(visitor.text(caption)) {
            table {
                caption.unseen { (visitor.text(caption)) }
                thead { tr { @for heading in headings { th scope="col" { (visitor.text(heading)) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The same, or what stands in its place where it has no rows.
pub fn table_or(
    visitor: &Visitor,
    caption: &str,
    headings: &[&str],
    rows: &[Vec<Markup>],
    none: Markup,
) -> Markup {
    if rows.is_empty() { none } else { table(visitor, caption, headings, rows) }
}

/// What to say, and what to do next, where a list has nothing.
pub fn empty(visitor: &Visitor, says: &str, next: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            p { (visitor.text(says)) }
            @if let Some((path, label)) = next {
                p { a.button href=(visitor.href(path)) { (visitor.text(label)) } }
            }
        }
    }
}

/// The part of a list that a visitor wants to see: `offset` in the query, [`ROWS`] at a time.
pub fn wanted(visitor: &Visitor) -> PageRequest {
    let offset = visitor.query().text("offset").and_then(|text| text.parse::<u32>().ok());
    PageRequest { offset: offset.map_or(0, |offset| offset as usize), max: ROWS, after: None }
}

/// The ways to the pages before and behind this one; filters stay.
pub fn pager(visitor: &Visitor, wanted: PageRequest, shown: usize, has_more: bool) -> Markup {
    let (first, last) = (wanted.offset + 1, wanted.offset + shown);
    let before = wanted.offset.saturating_sub(wanted.max);
    html! {
        @if wanted.offset > 0 || has_more {
            nav.pager aria-label=(visitor.text("pages")) {
                @if wanted.offset > 0 {
                    a rel="prev" href=(at(visitor, before)) { (visitor.text("page-before")) }
                }
                @if shown > 0 {
                    span { (visitor.say("page-range", &[("first", first.into()), ("last", last.into())])) }
                }
                @if has_more {
                    a rel="next" href=(at(visitor, last)) { (visitor.text("page-behind")) }
                }
            }
        }
    }
}

/// This page with another offset.
fn at(visitor: &Visitor, offset: usize) -> String {
    let here = visitor.here();
    let query = here.split_once('?').map_or("", |(_, query)| query);
    let mut changed = form_urlencoded::Serializer::new(String::new());
    changed.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "offset"));
    changed.append_pair("offset", &offset.to_string());
    format!("{}?{}", visitor.href(visitor.path()), changed.finish())
}
