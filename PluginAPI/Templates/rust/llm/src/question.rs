//! The body of a request, in OpenAI's dialect.

use jackfield::llm::{CompletionRequest, Message, Part, PartKind, Tool, ToolCall};
use jackfield::{Error, Json};

type Members = Vec<(String, Json)>;

/// The whole body; it always asks for a stream.
pub fn body(request: &CompletionRequest) -> Result<Json, Error> {
    let mut members = Members::new();
    let mut add = |name: &str, value: Json| members.push((name.to_owned(), value));
    add("model", request.model.as_str().into());
    add("messages", Json::List(request.messages.iter().map(message).collect::<Result<_, _>>()?));
    add("stream", true.into());
    add("stream_options", Json::object([("include_usage", true.into())]));
    if !request.tools.is_empty() {
        add("tools", Json::List(request.tools.iter().map(tool).collect::<Result<_, _>>()?));
    }
    if !request.stop.is_empty() {
        add("stop", Json::list(request.stop.iter().cloned()));
    }
    if request.logprobs {
        add("logprobs", true.into());
    }
    let options = &request.options;
    let optional = [
        ("temperature", options.temperature.map(Json::from)),
        ("top_p", options.top_p.map(Json::from)),
        ("frequency_penalty", options.frequency_penalty.map(Json::from)),
        ("presence_penalty", options.presence_penalty.map(Json::from)),
        ("seed", options.seed.map(Json::from)),
        ("max_tokens", options.max_tokens.map(Json::from)),
        ("n", options.choices.map(Json::from)),
        ("top_logprobs", options.top_logprobs.map(Json::from)),
        ("parallel_tool_calls", options.parallel_calls.map(Json::from)),
        ("tool_choice", parsed("tool_choice", &request.tool_choice)?),
        ("response_format", parsed("response_format", &request.response_format)?),
        ("user", request.user.as_deref().map(Json::from)),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            add(name, value);
        }
    }
    extend(&mut members, &request.extra)?;
    Ok(Json::Object(members))
}

/// Members that the vocabulary does not know; those that are there already stand.
fn extend(members: &mut Members, extra: &Option<String>) -> Result<(), Error> {
    let extra = parsed("extra", extra)?;
    for (name, value) in extra.as_ref().and_then(Json::members).unwrap_or(&[]) {
        if !members.iter().any(|(each, _)| each == name) {
            members.push((name.clone(), value.clone()));
        }
    }
    Ok(())
}

/// A text of the request that holds JSON.
fn parsed(name: &str, text: &Option<String>) -> Result<Option<Json>, Error> {
    let parse = |text: &String| {
        Json::parse(text).map_err(|error| Error::invalid_argument(format!("{} is not JSON: {}", name, error)))
    };
    text.as_ref().map(parse).transpose()
}

fn message(message: &Message) -> Result<Json, Error> {
    let mut members: Members = vec![("role".into(), message.role.as_str().into())];
    let is_plain = |part: &Part| matches!(part.kind, PartKind::Text | PartKind::Data);
    let content = if message.parts.is_empty() {
        Json::Null
    } else if message.parts.iter().all(is_plain) {
        let texts = message.parts.iter().map(|part| part.text.as_deref().unwrap_or(""));
        texts.collect::<Vec<_>>().join("\n").into()
    } else {
        Json::List(message.parts.iter().map(part).collect::<Result<_, _>>()?)
    };
    members.push(("content".into(), content));
    if let Some(name) = &message.name {
        members.push(("name".into(), name.as_str().into()));
    }
    if let Some(id) = &message.tool_call_id {
        members.push(("tool_call_id".into(), id.as_str().into()));
    }
    if !message.calls.is_empty() {
        members.push(("tool_calls".into(), Json::List(message.calls.iter().map(call).collect::<Result<_, _>>()?)));
    }
    extend(&mut members, &message.extra)?;
    Ok(Json::Object(members))
}

fn part(part: &Part) -> Result<Json, Error> {
    let text = || part.text.as_deref().unwrap_or("");
    let url = match part.kind {
        PartKind::Text | PartKind::Data => {
            let mut members: Members = vec![("type".into(), "text".into()), ("text".into(), text().into())];
            extend(&mut members, &part.extra)?;
            return Ok(Json::Object(members));
        }
        PartKind::Other => {
            return Json::parse(text())
                .map_err(|error| Error::invalid_argument(format!("a part of a message is not JSON: {}", error)))
        }
        PartKind::ImageUrl => part.url.clone().unwrap_or_default(),
        PartKind::Image => {
            let media_type = part.media_type.as_deref().unwrap_or("application/octet-stream");
            format!("data:{};base64,{}", media_type, base64(&part.data))
        }
    };
    let mut image: Members = vec![("url".into(), url.into())];
    if let Some(detail) = &part.detail {
        image.push(("detail".into(), detail.as_str().into()));
    }
    Ok(Json::object([("type", Json::from("image_url")), ("image_url", Json::Object(image))]))
}

fn call(call: &ToolCall) -> Result<Json, Error> {
    let function =
        Json::object([("name", call.name.as_str().into()), ("arguments", Json::from(call.arguments.as_str()))]);
    let mut members: Members =
        vec![("id".into(), call.id.as_str().into()), ("type".into(), "function".into()), ("function".into(), function)];
    extend(&mut members, &call.extra)?;
    Ok(Json::Object(members))
}

fn tool(tool: &Tool) -> Result<Json, Error> {
    let mut function: Members = vec![("name".into(), tool.name.as_str().into())];
    if let Some(description) = &tool.description {
        function.push(("description".into(), description.as_str().into()));
    }
    if let Some(parameters) = parsed("the parameters of a tool", &tool.parameters)? {
        function.push(("parameters".into(), parameters));
    }
    if tool.strict != 0 {
        function.push(("strict".into(), (tool.strict == 1).into()));
    }
    let mut members: Members = vec![("type".into(), "function".into()), ("function".into(), Json::Object(function))];
    extend(&mut members, &tool.extra)?;
    Ok(Json::Object(members))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity((bytes.len() + 2) / 3 * 4);
    for three in bytes.chunks(3) {
        let byte = |index: usize| three.get(index).copied().unwrap_or(0) as usize;
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            if place <= three.len() {
                text.push(ALPHABET[bits >> (18 - 6 * place) & 63] as char);
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        assert_eq!(["", "f", "fo", "foo"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v"]);
    }

    #[test]
    fn what_the_vocabulary_does_not_know_goes_through() {
        let mut request = CompletionRequest::new("m", vec![Message::text("user", "hi")]);
        request.extra = Some(r#"{"top_k": 5, "model": "other"}"#.into());
        request.options.max_tokens = Some(7);
        assert_eq!(
            body(&request).unwrap().to_string(),
            concat!(
                r#"{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true,"#,
                r#""stream_options":{"include_usage":true},"max_tokens":7,"top_k":5}"#
            )
        );
    }
}
