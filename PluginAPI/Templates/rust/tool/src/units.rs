//! The units and what they are worth.

/// What can be converted into each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Length,
    Mass,
    Temperature,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Length, Kind::Mass, Kind::Temperature];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Length => "length",
            Kind::Mass => "mass",
            Kind::Temperature => "temperature",
        }
    }
}

/// A unit: `value * factor + offset` is the value in the kind's first unit.
pub struct Unit {
    pub name: &'static str,
    pub kind: Kind,
    factor: f64,
    offset: f64,
}

const fn unit(name: &'static str, kind: Kind, factor: f64, offset: f64) -> Unit {
    Unit { name, kind, factor, offset }
}

/// Of each kind the first one is what the others are measured in.
pub const UNITS: &[Unit] = &[
    unit("m", Kind::Length, 1.0, 0.0),
    unit("km", Kind::Length, 1000.0, 0.0),
    unit("cm", Kind::Length, 0.01, 0.0),
    unit("mm", Kind::Length, 0.001, 0.0),
    unit("in", Kind::Length, 0.0254, 0.0),
    unit("ft", Kind::Length, 0.3048, 0.0),
    unit("mi", Kind::Length, 1609.344, 0.0),
    unit("kg", Kind::Mass, 1.0, 0.0),
    unit("g", Kind::Mass, 0.001, 0.0),
    unit("lb", Kind::Mass, 0.45359237, 0.0),
    unit("oz", Kind::Mass, 0.028349523125, 0.0),
    unit("C", Kind::Temperature, 1.0, 0.0),
    unit("F", Kind::Temperature, 5.0 / 9.0, -160.0 / 9.0),
    unit("K", Kind::Temperature, 1.0, -273.15),
];

impl Unit {
    pub fn find(name: &str) -> Option<&'static Unit> {
        UNITS.iter().find(|unit| unit.name == name)
    }

    /// Between units of one kind.
    pub fn convert(value: f64, from: &Unit, to: &Unit) -> f64 {
        (value * from.factor + from.offset - to.offset) / to.factor
    }
}
