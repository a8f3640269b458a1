//! A size with its unit, as it is printed in tables and along the axes of plots.

use std::fmt;

/// A size with its unit.
#[derive(Clone, Copy)]
pub(crate) enum Quantity {
    Seconds(f64),
    Bytes(f64),
    PerSecond(f64),
}

impl Quantity {
    pub(crate) const MIB: f64 = 1024.0 * 1024.0;

    pub(crate) fn value(self) -> f64 {
        let (Quantity::Seconds(value) | Quantity::Bytes(value) | Quantity::PerSecond(value)) = self;
        value
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Quantity::Seconds(value) if value < 1e-3 => write!(f, "{:.2} µs", value * 1e6),
            Quantity::Seconds(value) if value < 1.0 => write!(f, "{:.2} ms", value * 1e3),
            Quantity::Seconds(value) => write!(f, "{value:.2} s"),
            Quantity::Bytes(value) if value < Self::MIB => write!(f, "{:.2} KiB", value / 1024.0),
            Quantity::Bytes(value) => write!(f, "{:.1} MiB", value / Self::MIB),
            Quantity::PerSecond(value) => write!(f, "{value:.0}/s"),
        }
    }
}
