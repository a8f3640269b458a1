//! How costs grow: with users, customers, sandboxes, remembered requests and journal entries, at four sizes each.
//!
//! What is measured here is one request after another, so a cost is the time of one exchange. How steep a cost is at
//! the end, from the third size to the fourth, is its exponent: 0 is no growth, 1 is linear.

mod customers;
mod journal_entries;
mod log_entries;
mod sandboxes;
mod users;

use std::fs;

use anyhow::{Context, Result};

use crate::Run;
use crate::plot::{Curve, Plot};
use crate::quantity::Quantity;
use crate::table::Growth;

const ABOUT: &str = "\
The quickest of several single requests at four sizes, each ten times the one before. The exponent is the slope from the
third size to the fourth in the plots: 0 is no growth, 1 is linear.";

/// What things cost at several sizes.
struct Costs {
    /// What there are more and more of.
    things: &'static str,
    curves: Vec<Curve>,
    memory: Curve,
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Growth", ABOUT);
    let mut memory = Vec::new();
    for measure in
        [users::costs, customers::costs, sandboxes::costs, log_entries::costs, journal_entries::costs]
    {
        let Costs { things, curves, memory: occupied } = measure(run)?;
        for curve in &curves {
            run.table.add_growth(curve.growth(things, Quantity::Seconds));
        }
        run.table.add_growth(occupied.growth(things, Quantity::Bytes));
        let title = format!("Costs by {things}");
        show(run, things, &Plot { title, x_axis: things, unit: Quantity::Seconds, curves })?;
        memory.push(Curve { name: things.to_owned(), ..occupied });
    }
    let title = "What the server occupies".to_owned();
    show(run, "memory", &Plot { title, x_axis: "how many", unit: Quantity::Bytes, curves: memory })
}

/// Draws a plot and shows it on the page.
fn show(run: &mut Run, name: &str, plot: &Plot) -> Result<()> {
    let file = format!("{}.svg", name.replace(' ', "-"));
    fs::create_dir_all(&run.figures)?;
    fs::write(run.figures.join(&file), plot.svg()).with_context(|| format!("cannot write {file}"))?;
    run.table.show(format!("![{}](performance/{file})", plot.title));
    Ok(())
}

impl Costs {
    fn of(things: &'static str) -> Self {
        let memory = Curve { name: "memory of the server".to_owned(), points: Vec::new() };
        Costs { things, curves: Vec::new(), memory }
    }

    fn record(&mut self, name: &str, size: u32, seconds: f64) {
        match self.curves.iter_mut().find(|curve| curve.name == name) {
            Some(curve) => curve.points.push((size, seconds)),
            None => self.curves.push(Curve { name: name.to_owned(), points: vec![(size, seconds)] }),
        }
    }
}

impl Curve {
    fn growth(&self, things: &str, unit: fn(f64) -> Quantity) -> Growth {
        let point = |at: Option<&(u32, f64)>| at.map_or((0, unit(0.0)), |(size, cost)| (*size, unit(*cost)));
        Growth {
            cost: format!("{}, by {things}", self.name),
            smallest: point(self.points.first()),
            largest: point(self.points.last()),
            exponent: self.exponent(),
        }
    }
}
