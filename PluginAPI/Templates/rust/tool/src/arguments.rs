//! Arguments as a model wrote them: the errors tell it what would be right.

use crate::units::{Kind, Unit, UNITS};
use jackfield::{Error, Json};

pub struct Arguments {
    json: Json,
}

impl Arguments {
    /// An object with no members but these.
    pub fn parse(text: &str, names: &[&str]) -> Result<Arguments, Error> {
        let json = Json::parse(text)
            .map_err(|error| Error::invalid_argument(format!("the arguments are not JSON: {}", error)))?;
        let members = json.members().ok_or_else(|| {
            Error::invalid_argument(format!("the arguments are {}, where an object is expected", json.kind()))
        })?;
        if let Some((name, _)) = members.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            return Err(Error::invalid_argument(format!("{:?} is none of {}", name, names.join(", "))));
        }
        Ok(Arguments { json })
    }

    pub fn number(&self, name: &str) -> Result<f64, Error> {
        self.json
            .get(name)
            .and_then(Json::as_f64)
            .ok_or_else(|| Error::invalid_argument(format!("{}: a number is expected", name)))
    }

    pub fn unit(&self, name: &str) -> Result<&'static Unit, Error> {
        let names = || UNITS.iter().map(|unit| unit.name).collect::<Vec<_>>().join(", ");
        match self.json.get(name).and_then(Json::as_str) {
            None => Err(Error::invalid_argument(format!("{}: one of {} is expected", name, names()))),
            Some(text) => Unit::find(text)
                .ok_or_else(|| Error::invalid_argument(format!("{}: {:?} is none of {}", name, text, names()))),
        }
    }

    /// `None` if it is left out.
    pub fn kind(&self, name: &str) -> Result<Option<Kind>, Error> {
        let value = match self.json.get(name) {
            None => return Ok(None),
            Some(value) => value,
        };
        let found = Kind::ALL.iter().find(|kind| value.as_str() == Some(kind.name()));
        let expected = "length, mass, temperature";
        found
            .map(|kind| Some(*kind))
            .ok_or_else(|| Error::invalid_argument(format!("{}: one of {} is expected", name, expected)))
    }
}
