//! JSON (RFC 8259): configuration, arguments of tools, dialects of servers.

mod number;
mod parse;
mod write;

pub use number::Number;
pub use parse::{ParseError, DEPTH_LIMIT};

/// A JSON value. Objects keep the order of their members.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// As it was written, so that nothing is lost.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object. Of two members with one name the last one counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Read a whole document.
    ///
    /// # Errors
    ///
    /// What is wrong, and at which byte; also for a document that is nested deeper than [`DEPTH_LIMIT`].
    pub fn parse(text: &str) -> Result<Json, ParseError> {
        parse::document(text)
    }

    /// An object with these members.
    pub fn object<Name: Into<String>>(members: impl IntoIterator<Item = (Name, Json)>) -> Json {
        Json::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// An array of these values.
    pub fn list<Value: Into<Json>>(values: impl IntoIterator<Item = Value>) -> Json {
        Json::List(values.into_iter().map(Into::into).collect())
    }

    /// A member of an object; `None` if there is none, or if this is no object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members()?.iter().rev().find(|(each, _)| each == name).map(|(_, value)| value)
    }

    /// The members of an object.
    pub fn members(&self) -> Option<&[(String, Json)]> {
        match self {
            Json::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The values of an array.
    pub fn values(&self) -> Option<&[Json]> {
        match self {
            Json::List(values) => Some(values),
            _ => None,
        }
    }

    /// A string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A number, as near as a double comes.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Json::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// A whole number that fits, however it is written.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Json::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// A whole number from 0 that fits, however it is written.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Json::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// What kind of value it is, in words: "a string".
    pub fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Number(_) => "a number",
            Json::Text(_) => "a string",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl<Value: Into<Json>> From<Option<Value>> for Json {
    fn from(value: Option<Value>) -> Json {
        value.map_or(Json::Null, Into::into)
    }
}
