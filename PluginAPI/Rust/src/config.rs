//! What an instance is made from.

use crate::error::Error;
use crate::json::Json;

/// What an instance is made from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The id that the manifest gave this instance.
    pub instance: String,
    /// The instance's configuration: checked against the plugin's schema, with defaults filled in.
    pub config: Config,
    pub(crate) services: Vec<(&'static str, u32)>,
}

impl Setup {
    /// Does the host give this service ("jackfield.log")?
    pub fn has_service(&self, id: &str) -> bool {
        self.services.iter().any(|(each, revision)| *each == id && *revision > 0)
    }
}

/// Configuration, read key by key; errors name the key and never tell a value.
#[derive(Clone, Debug)]
pub struct Config {
    json: Json,
}

impl Config {
    /// From the text that the host hands over; none is an empty object.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if it is no JSON object.
    pub fn parse(text: &str) -> Result<Config, Error> {
        if text.trim().is_empty() {
            return Ok(Config { json: Json::Object(Vec::new()) });
        }
        let json = Json::parse(text)
            .map_err(|error| Error::invalid_argument(format!("the configuration is not JSON: {}", error)))?;
        if json.members().is_none() {
            let what = json.kind();
            return Err(Error::invalid_argument(format!("the configuration is {}, where an object is expected", what)));
        }
        Ok(Config { json })
    }

    /// The whole object.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// A text.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if the key has a value of another kind; so for the methods below.
    pub fn text(&self, key: &str, default: &str) -> Result<String, Error> {
        self.read(key, "a string", default.to_owned(), |value| value.as_str().map(str::to_owned))
    }

    /// A number.
    pub fn number(&self, key: &str, default: f64) -> Result<f64, Error> {
        self.read(key, "a number", default, Json::as_f64)
    }

    /// A whole number from 0.
    pub fn count(&self, key: &str, default: u64) -> Result<u64, Error> {
        self.read(key, "a whole number", default, Json::as_u64)
    }

    /// `true` or `false`
    pub fn flag(&self, key: &str, default: bool) -> Result<bool, Error> {
        self.read(key, "true or false", default, Json::as_bool)
    }

    /// A list of texts.
    pub fn texts(&self, key: &str, default: &[&str]) -> Result<Vec<String>, Error> {
        let default = default.iter().map(|&text| text.to_owned()).collect();
        self.read(key, "a list of strings", default, |value| {
            value.values()?.iter().map(|each| each.as_str().map(str::to_owned)).collect()
        })
    }

    fn read<T>(&self, key: &str, expected: &str, default: T, convert: impl Fn(&Json) -> Option<T>) -> Result<T, Error> {
        match self.json.get(key) {
            None | Some(Json::Null) => Ok(default),
            Some(value) => convert(value).ok_or_else(|| {
                Error::invalid_argument(format!("config.{} is {}, where {} is expected", key, value.kind(), expected))
            }),
        }
    }
}
