//! @ID@: converts units.

use jackfield::tool::{Entry, Event, Output, Request, IDEMPOTENT, READ_ONLY};
use jackfield::{Call, Error, Json, Plugin, Setup, Tool};

mod arguments;
mod units;
use arguments::Arguments;
use units::{Kind, Unit, UNITS};

struct UnitTools {
    decimals: i32,
}

impl Plugin for UnitTools {
    fn create(setup: &Setup) -> Result<Self, Error> {
        Ok(UnitTools { decimals: setup.config.count("decimals", 6)?.min(12) as i32 })
    }
}

impl Tool for UnitTools {
    fn list(&self) -> Vec<Entry> {
        let names = Json::list(UNITS.iter().map(|unit| unit.name)).to_string();
        vec![
            Entry {
                name: "convert".into(),
                description: "Converts a value from one unit to another of the same kind.".into(),
                parameters: format!(
                    concat!(
                        r#"{{"type":"object","properties":{{"value":{{"type":"number"}},"#,
                        r#""from":{{"type":"string","enum":{0}}},"to":{{"type":"string","enum":{0}}}}},"#,
                        r#""required":["value","from","to"],"additionalProperties":false}}"#
                    ),
                    names
                ),
                result: Some(
                    concat!(
                        r#"{"type":"object","properties":{"value":{"type":"number"},"unit":{"type":"string"}},"#,
                        r#""required":["value","unit"]}"#
                    )
                    .into(),
                ),
                flags: READ_ONLY | IDEMPOTENT,
            },
            Entry {
                name: "units".into(),
                description: "Lists the units of one kind, or all of them.".into(),
                parameters: concat!(
                    r#"{"type":"object","properties":{"kind":{"type":"string","#,
                    r#""enum":["length","mass","temperature"]}},"#,
                    r#""additionalProperties":false}"#
                )
                .into(),
                result: None,
                flags: READ_ONLY | IDEMPOTENT,
            },
        ]
    }

    fn call(&self, request: Request, _call: &Call<'_, Event>) -> Result<Output, Error> {
        match request.name.as_str() {
            "convert" => self.convert(&Arguments::parse(&request.arguments, &["value", "from", "to"])?),
            "units" => units(&Arguments::parse(&request.arguments, &["kind"])?),
            other => Err(Error::not_found(format!("no tool is called {:?}: there are convert and units", other))),
        }
    }
}

impl UnitTools {
    fn convert(&self, arguments: &Arguments) -> Result<Output, Error> {
        let value = arguments.number("value")?;
        let (from, to) = (arguments.unit("from")?, arguments.unit("to")?);
        if from.kind != to.kind {
            let message =
                format!("cannot convert {} to {}: {} is not {}", from.name, to.name, from.kind.name(), to.kind.name());
            return Ok(Output::failed(Json::object([("error", message.into())])));
        }
        let scale = 10f64.powi(self.decimals);
        let exact = Unit::convert(value, from, to);
        let rounded = (exact * scale).round() / scale;
        let value = if rounded.is_finite() { rounded } else { exact };
        if !value.is_finite() {
            return Ok(Output::failed(Json::object([("error", "the result is too large for a number".into())])));
        }
        Ok(Output::json(Json::object([("value", value.into()), ("unit", to.name.into())])))
    }
}

fn units(arguments: &Arguments) -> Result<Output, Error> {
    let wanted = arguments.kind("kind")?;
    let kinds = Kind::ALL.iter().filter(|kind| wanted.map_or(true, |wanted| wanted == **kind));
    let members = kinds.map(|kind| {
        let names = UNITS.iter().filter(|unit| unit.kind == *kind).map(|unit| unit.name);
        (kind.name(), Json::list(names))
    });
    Ok(Output::json(Json::object(members)))
}

jackfield::plugin! { id: "@ID@", tool: UnitTools, threads: inline }

#[cfg(test)]
mod tests {
    use super::*;
    use jackfield::testing::{Host, Instance};
    use jackfield::Code;

    fn tools() -> Instance {
        Host::new(jackfield_plugin_v1()).start().unwrap()
    }

    #[test]
    fn each_tool_has_a_schema_that_is_json() {
        for tool in tools().tools().unwrap() {
            assert_eq!(Json::parse(&tool.parameters).unwrap().get("type"), Some(&"object".into()));
        }
    }

    #[test]
    fn a_value_is_converted_and_rounded() {
        let output = tools().call_tool("convert", r#"{"value": 1, "from": "mi", "to": "km"}"#).end.unwrap();
        assert_eq!(output.content, r#"{"value":1.609344,"unit":"km"}"#);
        let output = tools().call_tool("convert", r#"{"value": 100, "from": "C", "to": "F"}"#).end.unwrap();
        assert_eq!(output.content, r#"{"value":212,"unit":"F"}"#);
    }

    #[test]
    fn units_of_two_kinds_are_a_failure_that_the_model_reads() {
        let output = tools().call_tool("convert", r#"{"value": 1, "from": "kg", "to": "m"}"#).end.unwrap();
        assert!(output.is_failed());
        assert_eq!(output.content, r#"{"error":"cannot convert kg to m: mass is not length"}"#);
    }

    #[test]
    fn wrong_arguments_are_refused_with_what_would_be_right() {
        for arguments in
            ["", "[]", "{}", r#"{"value":"1","from":"m","to":"m"}"#, r#"{"value":1,"from":"m","to":"yard"}"#]
        {
            let error = tools().call_tool("convert", arguments).end.unwrap_err();
            assert_eq!(error.code, Code::InvalidArgument, "{}", arguments);
        }
        assert_eq!(tools().call_tool("unknown", "{}").end.unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn the_units_of_a_kind_are_listed() {
        let output = tools().call_tool("units", r#"{"kind": "mass"}"#).end.unwrap();
        assert_eq!(output.content, r#"{"mass":["kg","g","lb","oz"]}"#);
    }
}
