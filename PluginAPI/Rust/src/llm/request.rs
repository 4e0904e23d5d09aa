//! What a model is asked.

use super::conversation::{Message, Tool};
use crate::abi::llm as raw;
use crate::payload::{self, Builder, FieldValue, Payload};

/// How the answer shall be made: what the client gave.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// Between 0 and 2, for most models.
    pub temperature: Option<f64>,
    /// 0 to 1.
    pub top_p: Option<f64>,
    /// -2 to 2.
    pub frequency_penalty: Option<f64>,
    /// -2 to 2.
    pub presence_penalty: Option<f64>,
    /// The same seed gives the same answer, as far as the model can.
    pub seed: Option<i64>,
    /// Of the answer.
    pub max_tokens: Option<u32>,
    /// How many answers.
    pub choices: Option<u32>,
    /// How many alternatives for each token.
    pub top_logprobs: Option<u32>,
    /// May the model call several tools at once?
    pub parallel_calls: Option<bool>,
}

/// What a model is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompletionRequest {
    /// To a provider the upstream's name, to the service a name of the manifest.
    pub model: String,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// That the model may call.
    pub tools: Vec<Tool>,
    /// What ends the answer.
    pub stop: Vec<String>,
    /// How the answer shall be made.
    pub options: Options,
    /// The one who asks wants the answer in pieces, as they come.
    pub stream: bool,
    /// Tell how likely the tokens were.
    pub logprobs: bool,
    /// To the service: call the tools that the plugin was granted for the model, and ask it again with their answers.
    pub run_tools: bool,
    /// With `run_tools`: how often at most the model is asked again; 0: as often as the manifest allows.
    pub tool_rounds: u32,
    /// JSON: "auto", "none", "required" or an object, in OpenAI's dialect.
    pub tool_choice: Option<String>,
    /// JSON object in OpenAI's dialect.
    pub response_format: Option<String>,
    /// Who asks, as the upstream shall know it.
    pub user: Option<String>,
    /// JSON object: fields that this vocabulary does not know, for the upstream.
    pub extra: Option<String>,
}

impl CompletionRequest {
    /// A question to a model.
    pub fn new(model: impl Into<String>, messages: Vec<Message>) -> CompletionRequest {
        CompletionRequest { model: model.into(), messages, ..CompletionRequest::default() }
    }

    /// Bytes of text in the messages: what an estimate of the tokens starts from.
    pub fn text_bytes(&self) -> usize {
        let parts = self.messages.iter().flat_map(|message| message.parts.iter());
        parts.map(|part| part.text.as_deref().map_or(0, str::len)).sum()
    }
}

impl payload::Message for CompletionRequest {
    type Raw = raw::Complete;

    fn decode(payload: &Payload<'_>, raw: raw::Complete) -> CompletionRequest {
        let has = |bit: u32| raw.present & bit != 0;
        let number = |bit: u32, value: f64| if has(bit) { Some(value) } else { None };
        let count = |bit: u32, value: u32| if has(bit) { Some(value) } else { None };
        CompletionRequest {
            model: FieldValue::get(payload, raw.model),
            messages: FieldValue::get(payload, raw.messages),
            tools: FieldValue::get(payload, raw.tools),
            stop: FieldValue::get(payload, raw.stop),
            options: Options {
                temperature: number(raw::HAS_TEMPERATURE, raw.temperature),
                top_p: number(raw::HAS_TOP_P, raw.top_p),
                frequency_penalty: number(raw::HAS_FREQUENCY_PENALTY, raw.frequency_penalty),
                presence_penalty: number(raw::HAS_PRESENCE_PENALTY, raw.presence_penalty),
                seed: if has(raw::HAS_SEED) { Some(raw.seed) } else { None },
                max_tokens: count(raw::HAS_MAX_TOKENS, raw.max_tokens),
                choices: count(raw::HAS_CHOICES, raw.choices),
                top_logprobs: count(raw::HAS_TOP_LOGPROBS, raw.top_logprobs),
                parallel_calls: if has(raw::HAS_PARALLEL_CALLS) {
                    Some(raw.flags & raw::PARALLEL_CALLS != 0)
                } else {
                    None
                },
            },
            stream: raw.flags & raw::STREAM != 0,
            logprobs: raw.flags & raw::LOGPROBS != 0,
            run_tools: raw.flags & raw::RUN_TOOLS != 0,
            tool_rounds: raw.tool_rounds,
            tool_choice: FieldValue::get(payload, raw.tool_choice),
            response_format: FieldValue::get(payload, raw.response_format),
            user: FieldValue::get(payload, raw.user),
            extra: FieldValue::get(payload, raw.extra),
        }
    }

    fn encode(&self, builder: &mut Builder) -> raw::Complete {
        let options = &self.options;
        let bits = [
            (options.temperature.is_some(), raw::HAS_TEMPERATURE),
            (options.top_p.is_some(), raw::HAS_TOP_P),
            (options.frequency_penalty.is_some(), raw::HAS_FREQUENCY_PENALTY),
            (options.presence_penalty.is_some(), raw::HAS_PRESENCE_PENALTY),
            (options.seed.is_some(), raw::HAS_SEED),
            (options.max_tokens.is_some(), raw::HAS_MAX_TOKENS),
            (options.choices.is_some(), raw::HAS_CHOICES),
            (options.top_logprobs.is_some(), raw::HAS_TOP_LOGPROBS),
            (options.parallel_calls.is_some(), raw::HAS_PARALLEL_CALLS),
        ];
        let flags = [
            (self.stream, raw::STREAM),
            (self.logprobs, raw::LOGPROBS),
            (options.parallel_calls == Some(true), raw::PARALLEL_CALLS),
            (self.run_tools, raw::RUN_TOOLS),
        ];
        raw::Complete {
            present: sum(&bits),
            flags: sum(&flags),
            choices: options.choices.unwrap_or(0),
            max_tokens: options.max_tokens.unwrap_or(0),
            top_logprobs: options.top_logprobs.unwrap_or(0),
            seed: options.seed.unwrap_or(0),
            temperature: options.temperature.unwrap_or(0.0),
            top_p: options.top_p.unwrap_or(0.0),
            frequency_penalty: options.frequency_penalty.unwrap_or(0.0),
            presence_penalty: options.presence_penalty.unwrap_or(0.0),
            tool_rounds: self.tool_rounds,
            model: self.model.put(builder),
            tool_choice: self.tool_choice.put(builder),
            response_format: self.response_format.put(builder),
            user: self.user.put(builder),
            extra: self.extra.put(builder),
            messages: self.messages.put(builder),
            tools: self.tools.put(builder),
            stop: self.stop.put(builder),
            ..Default::default()
        }
    }
}

/// The bits that are set, as one number.
fn sum(bits: &[(bool, u32)]) -> u32 {
    bits.iter().filter(|(is_set, _)| *is_set).map(|(_, bit)| bit).sum()
}
