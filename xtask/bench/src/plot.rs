//! Curves on two logarithmic axes, as an SVG file that stands alone.
//!
//! Libraries for charts bring fonts and image formats; a plot of a few points needs lines and text.

use maud::{Markup, html};

use crate::quantity::Quantity;

/// Costs by size.
pub(crate) struct Curve {
    pub(crate) name: String,
    /// Sizes, which grow, and what each costs.
    pub(crate) points: Vec<(u32, f64)>,
}

/// Curves with a title and a unit.
pub(crate) struct Plot {
    pub(crate) title: String,
    pub(crate) x_axis: &'static str,
    pub(crate) unit: fn(f64) -> Quantity,
    pub(crate) curves: Vec<Curve>,
}

/// Colours that can be told apart by who does not see all of them.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#000000"];
const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 400.0;
/// The field of the curves.
const LEFT: f64 = 80.0;
const RIGHT: f64 = 480.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 340.0;
const LINE: f64 = 20.0;

/// An axis of whole decades: from 10 to the power of `from` to 10 to the power of `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Axis {
    from: i32,
    to: i32,
}

impl Axis {
    /// An axis with room for all values.
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            let power = value.max(f64::MIN_POSITIVE).log10();
            (least, most) = (least.min(power), most.max(power));
        }
        let whole = |power: f64| if power.is_finite() { power as i32 } else { 0 };
        // A curve that ends on a decade ends at the edge, not a decade before it.
        let (from, to) = (whole((least + 1e-9).floor()), whole((most - 1e-9).ceil()));
        Axis { from, to: to.max(from + 1) }
    }

    fn decades(self) -> impl Iterator<Item = i32> {
        self.from..=self.to
    }

    /// Where a value is, as a share of the axis.
    fn share(self, value: f64) -> f64 {
        (value.max(f64::MIN_POSITIVE).log10() - f64::from(self.from)) / f64::from(self.to - self.from)
    }
}

impl Curve {
    /// The slope between the last two points on logarithmic axes: 0 is no growth, 1 is linear.
    pub(crate) fn exponent(&self) -> f64 {
        let [.., (few, cheap), (many, dear)] = self.points[..] else { return 0.0 };
        (dear / cheap).log10() / (f64::from(many) / f64::from(few)).log10()
    }
}

impl Plot {
    pub(crate) fn svg(&self) -> String {
        let points = || self.curves.iter().flat_map(|curve| &curve.points);
        let x = Axis::of(points().map(|(size, _)| f64::from(*size)));
        let y = Axis::of(points().map(|(_, cost)| *cost));
        let drawn = html! {
            svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label=(self.title)
                viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) font-family="sans-serif" font-size="13" {
                rect width="100%" height="100%" fill="#ffffff" {}
                text x=(LEFT) y="28" font-size="16" { (self.title) }
                (self.grid(x, y))
                @for (number, curve) in self.curves.iter().enumerate() {
                    (drawn(curve, COLOURS[number % COLOURS.len()], x, y))
                    (legend(curve, COLOURS[number % COLOURS.len()], number))
                }
            }
        };
        drawn.into_string() + "\n"
    }

    fn grid(&self, x: Axis, y: Axis) -> Markup {
        html! {
            g stroke="#dddddd" {
                @for decade in x.decades() {
                    @let at = across(x, power_of_ten(decade));
                    line x1=(at) y1=(TOP) x2=(at) y2=(BOTTOM) {}
                }
                @for decade in y.decades() {
                    @let at = up(y, power_of_ten(decade));
                    line x1=(LEFT) y1=(at) x2=(RIGHT) y2=(at) {}
                }
            }
            g fill="#444444" {
                @for decade in x.decades() {
                    text x=(across(x, power_of_ten(decade))) y=(BOTTOM + LINE) text-anchor="middle" {
                        (thousands(decade))
                    }
                }
                @for decade in y.decades() {
                    text x=(LEFT - 8.0) y=(up(y, power_of_ten(decade)) + 4.0) text-anchor="end" {
                        (self.unit_of(decade))
                    }
                }
                text x=(f64::midpoint(LEFT, RIGHT)) y=(BOTTOM + 2.0 * LINE) text-anchor="middle" { (self.x_axis) }
            }
        }
    }

    /// A power of ten in the unit of the plot, without the zeros behind the point.
    fn unit_of(&self, decade: i32) -> String {
        match (self.unit)(power_of_ten(decade)) {
            Quantity::Bytes(_) => format!("10^{decade} bytes"),
            quantity => quantity.to_string().replace(".00", ""),
        }
    }
}

fn drawn(curve: &Curve, colour: &str, x: Axis, y: Axis) -> Markup {
    let places: Vec<(f64, f64)> =
        curve.points.iter().map(|(size, cost)| (across(x, f64::from(*size)), up(y, *cost))).collect();
    let line: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    html! {
        polyline points=(line.join(" ")) fill="none" stroke=(colour) stroke-width="2" {}
        @for (x, y) in places { circle cx=(x) cy=(y) r="3.5" fill=(colour) {} }
    }
}

/// A curve's name, with its exponent.
fn legend(curve: &Curve, colour: &str, number: usize) -> Markup {
    let at = TOP + LINE * (number as f64 + 0.5);
    html! {
        rect x=(RIGHT + 16.0) y=(at - 10.0) width="12" height="12" fill=(colour) {}
        text x=(RIGHT + 34.0) y=(at) { (curve.name) ", n^" (format!("{:.2}", curve.exponent())) }
    }
}

fn across(axis: Axis, value: f64) -> f64 {
    rounded(LEFT + (RIGHT - LEFT) * axis.share(value))
}

fn up(axis: Axis, value: f64) -> f64 {
    rounded(BOTTOM - (BOTTOM - TOP) * axis.share(value))
}

fn power_of_ten(decade: i32) -> f64 {
    10f64.powi(decade)
}

fn thousands(decade: i32) -> String {
    match decade {
        ..3 => format!("{}", power_of_ten(decade)),
        3..6 => format!("{},000", power_of_ten(decade - 3)),
        _ => format!("{},000,000", power_of_ten(decade - 6)),
    }
}

fn rounded(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(name: &str, points: &[(u32, f64)]) -> Curve {
        Curve { name: name.to_owned(), points: points.to_vec() }
    }

    #[test]
    fn the_exponent_is_the_slope_at_the_end() {
        let sizes = [(10, 1.0), (100, 1.0), (1_000, 10.0)];
        assert_eq!(curve("bent", &sizes).exponent(), 1.0);
        assert_eq!(curve("flat", &sizes[..2]).exponent(), 0.0);
        assert_eq!(curve("square", &[(10, 1.0), (100, 100.0)]).exponent(), 2.0);
    }

    #[test]
    fn an_axis_ends_where_its_values_end() {
        assert_eq!(Axis::of([10.0, 1_000.0].into_iter()), Axis { from: 1, to: 3 });
        assert_eq!(Axis::of([0.0002, 0.03].into_iter()), Axis { from: -4, to: -1 });
        assert_eq!(Axis::of([5.0].into_iter()), Axis { from: 0, to: 1 });
    }

    #[test]
    fn a_curve_goes_from_corner_to_corner_when_it_is_linear() {
        let curves = vec![curve("a < b", &[(10, 1e-6), (100, 1e-5)])];
        let plot = Plot { title: "Costs".to_owned(), x_axis: "users", unit: Quantity::Seconds, curves };
        let svg = plot.svg();
        assert!(svg.contains(r#"points="80,340 480,50""#), "{svg}");
        assert!(svg.contains("a &lt; b, n^1.00"), "{svg}");
        for label in [">1 µs<", ">10 µs<", ">10<", ">100<"] {
            assert!(svg.contains(label), "{label}: {svg}");
        }
    }
}
