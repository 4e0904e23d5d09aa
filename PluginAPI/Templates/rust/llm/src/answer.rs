//! The stream of an answer, in OpenAI's dialect.

use jackfield::llm::{CompletionResult, Event, Logprobs, Stop, Text, TextKind, ToolCallPiece, Usage};
use jackfield::{Call, Error, Json};

/// An answer that is coming.
pub struct Answer {
    id: Option<String>,
    model: Option<String>,
    usage: Option<Usage>,
    prompt_bytes: usize,
    completion_bytes: usize,
    /// How many answers were asked for.
    choices: u32,
    /// Those of which something came, and those that are over.
    begun: Vec<u32>,
    stopped: Vec<u32>,
    has_begun: bool,
    is_done: bool,
}

impl Answer {
    /// `prompt_bytes`: of the question's texts, for an estimate where the server counts no tokens.
    pub fn new(prompt_bytes: usize, choices: u32) -> Answer {
        Answer {
            id: None,
            model: None,
            usage: None,
            prompt_bytes,
            completion_bytes: 0,
            choices,
            begun: Vec::new(),
            stopped: Vec::new(),
            has_begun: false,
            is_done: false,
        }
    }

    /// The next event of the stream.
    pub fn take(&mut self, data: &str, call: &Call<'_, Event>) -> Result<(), Error> {
        if self.is_done || data.trim() == "[DONE]" {
            self.is_done = true;
            return Ok(());
        }
        let json = Json::parse(data)
            .map_err(|error| self.broken(&format!("an event of the stream is not JSON: {}", error)))?;
        if let Some(error) = json.get("error").filter(|error| **error != Json::Null) {
            let words = error.get("message").and_then(Json::as_str).or_else(|| error.as_str()).unwrap_or("no reason");
            return Err(self.broken(&format!("the server ended the stream: {}", words)));
        }
        let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
        self.id = self.id.take().or_else(|| text("id"));
        self.model = self.model.take().or_else(|| text("model"));
        for choice in json.get("choices").and_then(Json::values).unwrap_or(&[]) {
            self.choice(choice, call)?;
        }
        if let Some(usage) = json.get("usage").filter(|usage| usage.members().is_some()) {
            self.usage = Some(read_usage(usage));
        }
        Ok(())
    }

    /// The stream has ended.
    pub fn end(self, call: &Call<'_, Event>) -> Result<CompletionResult, Error> {
        let is_open = |choice: &u32| !self.stopped.contains(choice);
        let mut open: Vec<u32> = self.begun.iter().copied().filter(is_open).collect();
        if self.begun.is_empty() {
            open.push(0);
        }
        if !self.is_done && !open.is_empty() {
            return Err(self.broken("the server's stream broke off"));
        }
        for choice in open {
            call.emit(Stop { choice, reason: "stop".to_owned() })?;
        }
        call.emit(self.usage.unwrap_or_else(|| Usage::estimate(self.prompt_bytes, self.completion_bytes)))?;
        Ok(CompletionResult { id: self.id, model: self.model, ..CompletionResult::default() })
    }

    /// An answer that is not what the dialect promises. Once text went out the same request would send it twice.
    fn broken(&self, message: &str) -> Error {
        let line: String = message.chars().map(|each| if each.is_control() { ' ' } else { each }).take(500).collect();
        let error = Error::unavailable(line);
        if self.has_begun {
            error.final_word()
        } else {
            error
        }
    }

    fn emit(&mut self, event: impl Into<Event>, call: &Call<'_, Event>) -> Result<(), Error> {
        self.has_begun = true;
        call.emit(event)
    }

    fn choice(&mut self, json: &Json, call: &Call<'_, Event>) -> Result<(), Error> {
        let choice = index(json);
        if choice >= self.choices || self.stopped.contains(&choice) {
            return Ok(());
        }
        if !self.begun.contains(&choice) {
            self.begun.push(choice);
        }
        let delta = json.get("delta").unwrap_or(&Json::Null);
        let kinds = [
            ("reasoning_content", TextKind::Reasoning),
            ("content", TextKind::Content),
            ("refusal", TextKind::Refusal),
        ];
        for (name, kind) in kinds {
            let text = delta.get(name).and_then(Json::as_str).unwrap_or("");
            if !text.is_empty() {
                self.completion_bytes += text.len();
                self.emit(Text { choice, kind, text: text.to_owned() }, call)?;
            }
        }
        for piece in delta.get("tool_calls").and_then(Json::values).unwrap_or(&[]) {
            let function = piece.get("function").unwrap_or(&Json::Null);
            let text = |json: &Json, name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
            let arguments = text(function, "arguments");
            self.completion_bytes += arguments.as_deref().map_or(0, str::len);
            let id = text(piece, "id");
            let name = text(function, "name");
            self.emit(ToolCallPiece { choice, index: index(piece), id, name, arguments }, call)?;
        }
        if let Some(logprobs) = json.get("logprobs").filter(|value| value.members().is_some()) {
            self.emit(Logprobs { choice, json: logprobs.to_string() }, call)?;
        }
        if let Some(reason) = json.get("finish_reason").and_then(Json::as_str) {
            self.stopped.push(choice);
            self.emit(Stop { choice, reason: reason.to_owned() }, call)?;
        }
        Ok(())
    }
}

fn index(json: &Json) -> u32 {
    json.get("index").and_then(Json::as_u64).unwrap_or(0).min(u32::MAX as u64) as u32
}

fn read_usage(json: &Json) -> Usage {
    let count = |name: &str| json.get(name).and_then(Json::as_u64).unwrap_or(0);
    let detail =
        |group: &str, name: &str| json.get(group).and_then(|group| group.get(name)).and_then(Json::as_u64).unwrap_or(0);
    let (prompt_tokens, completion_tokens) = (count("prompt_tokens"), count("completion_tokens"));
    Usage {
        prompt_tokens,
        completion_tokens,
        total_tokens: count("total_tokens").max(prompt_tokens.saturating_add(completion_tokens)),
        cached_tokens: detail("prompt_tokens_details", "cached_tokens"),
        reasoning_tokens: detail("completion_tokens_details", "reasoning_tokens"),
        ..Usage::default()
    }
}
