//! Charts of plain numbers as inline SVG, in the colours of the style sheet.
//!
//! A chart has a title for who does not see it; its figures stand in a table beside it. Nothing here knows what they count.

use maud::{Markup, html};

const WIDTH: f64 = 360.0;
const LEFT: f64 = 40.0;

/// A bar for each figure, below its name. The id is that of the chart.
pub fn bars(id: &str, title: &str, figures: &[(&str, u32)]) -> Markup {
    const ROW: f64 = 40.0;
    let most = figures.iter().map(|(_, figure)| *figure).max().unwrap_or_default().max(1);
    let longest = WIDTH - LEFT;
    framed(
        id,
        title,
        ROW * length(figures.len()),
        html! {
            @for (at, (name, figure)) in figures.iter().enumerate() {
                @let top = ROW * length(at);
                @let width = longest * f64::from(*figure) / f64::from(most);
                text x="0" y=(top + 13.0) { (name) }
                rect.s1 x="0" y=(top + 19.0) width=(rounded(width)) height="14" {}
                text x=(rounded(width + 6.0)) y=(top + 31.0) { (figure) }
            }
        },
    )
}

/// A line through the figures, which are as far apart as each other.
pub fn line(id: &str, title: &str, figures: &[(String, usize)]) -> Markup {
    const HEIGHT: f64 = 180.0;
    const TOP: f64 = 14.0;
    const BOTTOM: f64 = 150.0;
    let most = figures.iter().map(|(_, figure)| *figure).max().unwrap_or_default().max(1);
    let step = (WIDTH - LEFT - 10.0) / length(figures.len().saturating_sub(1)).max(1.0);
    let place = |(at, (_, figure)): (usize, &(String, usize))| {
        let height = (BOTTOM - TOP) * length(*figure) / length(most);
        (rounded(LEFT + step * length(at)), rounded(BOTTOM - height))
    };
    let places: Vec<_> = figures.iter().enumerate().map(place).collect();
    let points: Vec<_> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    framed(
        id,
        title,
        HEIGHT,
        html! {
            line.axis x1=(LEFT) y1=(BOTTOM) x2=(WIDTH) y2=(BOTTOM) {}
            line.axis x1=(LEFT) y1=(TOP) x2=(LEFT) y2=(BOTTOM) {}
            text x=(LEFT - 6.0) y=(TOP + 4.0) text-anchor="end" { (most) }
            text x=(LEFT - 6.0) y=(BOTTOM + 4.0) text-anchor="end" { "0" }
            polyline.s1 points=(points.join(" ")) {}
            @for ((x, y), (name, figure)) in places.iter().zip(figures) {
                circle.s1 cx=(x) cy=(y) r="3" { title { (name) ": " (figure) } }
            }
            @if let Some((name, _)) = figures.first() { text x=(LEFT) y=(BOTTOM + 20.0) { (name) } }
            @if let Some((name, _)) = figures.last() {
                text x=(WIDTH) y=(BOTTOM + 20.0) text-anchor="end" { (name) }
            }
        },
    )
}

fn framed(id: &str, title: &str, height: f64, content: Markup) -> Markup {
    let title_id = format!("{id}-title");
    html! {
        svg.chart id=(id) role="img" aria-labelledby=(title_id) viewBox=(format!("0 0 {WIDTH} {height}")) {
            title id=(title_id) { (title) }
            (content)
        }
    }
}

/// A number of things as a length; what is beyond 4,294,967,295 is drawn as that.
fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn rounded(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_of_the_largest_figure_and_the_others_are_in_proportion() {
        let drawn = bars("b", "Bars", &[("one", 1), ("four", 4), ("none", 0)]).into_string();
        assert!(drawn.contains(r#"viewBox="0 0 360 120""#), "{drawn}");
        for width in [r#"width="80""#, r#"width="320""#, r#"width="0""#] {
            assert!(drawn.contains(width), "{width}: {drawn}");
        }
    }

    #[test]
    fn a_line_begins_and_ends_at_the_edges_and_zero_is_at_the_bottom() {
        let figures = [("a".to_owned(), 0), ("b".to_owned(), 2)];
        let drawn = line("l", "Line", &figures).into_string();
        assert!(drawn.contains(r#"points="40,150 350,14""#), "{drawn}");
        assert!(line("l", "Line", &[]).into_string().contains(r#"points="""#), "no figures, no line");
    }
}
