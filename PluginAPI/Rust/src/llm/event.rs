//! What comes while a model answers.

use crate::abi::llm as raw;

numbered! {
    /// What a piece of text is.
    TextKind {
        /// Of the answer.
        Content = raw::CONTENT,
        /// Of what the model thinks.
        Reasoning = raw::REASONING,
        /// Why the model does not answer.
        Refusal = raw::REFUSAL,
    }
}

messages! {
    /// A piece of text; it may carry many tokens at once.
    #[derive(Clone, Debug, PartialEq, Eq)]
    Text = raw::Text {
        /// Of which answer, from 0.
        choice: u32,
        /// What it is.
        kind: TextKind,
        /// UTF-8.
        text: String,
    }

    /// A tool call, or the next piece of one: pieces of one `index` are joined.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ToolCallPiece = raw::ToolCall {
        /// Of which answer, from 0.
        choice: u32,
        /// Which call of the answer, from 0.
        index: u32,
        /// In the first piece.
        id: Option<String>,
        /// In the first piece.
        name: Option<String>,
        /// JSON text, in pieces.
        arguments: Option<String>,
    }

    /// Why an answer ended: one for each choice.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Stop = raw::Stop {
        /// Of which answer, from 0.
        choice: u32,
        /// "stop", "length", "tool_calls", "content_filter".
        reason: String,
    }

    /// What it took; a later one replaces an earlier one.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    Usage = raw::Usage {
        /// [`ESTIMATED`](raw::ESTIMATED): the upstream did not say; counted here.
        flags: u32,
        /// Cached and written ones included.
        prompt_tokens: u64,
        /// Of the answer.
        completion_tokens: u64,
        /// Both.
        total_tokens: u64,
        /// Of the prompt: read from the upstream's prompt cache.
        cached_tokens: u64,
        /// Of the prompt: written to it, where that has a price of its own.
        cache_write_tokens: u64,
        /// Of the completion.
        reasoning_tokens: u64,
    }

    /// How likely the tokens were.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Logprobs = raw::Logprobs {
        /// Of which answer, from 0.
        choice: u32,
        /// In OpenAI's dialect.
        json: String,
    }

    /// Members of a choice's message that this vocabulary does not know.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Extra = raw::Extra {
        /// Of which answer, from 0.
        choice: u32,
        /// A JSON object.
        json: String,
    }

    /// A tool that the host has called for the model: from the service, with `run_tools`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ToolRun = raw::ToolRun {
        /// 0, or why it could not be called; the model was told.
        code: i32,
        /// [`FAILED`](crate::abi::tool::FAILED)
        flags: u32,
        /// 1 and up.
        round: u32,
        /// In nanoseconds.
        duration: i64,
        /// Of the model's call.
        id: String,
        /// INSTANCE/TOOL
        name: String,
        /// JSON as the model wrote it.
        arguments: String,
        /// What the model was told.
        content: String,
    }
}

events! {
    /// What comes while a model answers.
    Event {
        /// A piece of text.
        Text(Text) = raw::EVENT_TEXT,
        /// A tool call, or a piece of one.
        ToolCall(ToolCallPiece) = raw::EVENT_TOOL_CALL,
        /// Why an answer ended.
        Stop(Stop) = raw::EVENT_STOP,
        /// What it took.
        Usage(Usage) = raw::EVENT_USAGE,
        /// How likely the tokens were.
        Logprobs(Logprobs) = raw::EVENT_LOGPROBS,
        /// Members of a choice's message that this vocabulary does not know.
        Extra(Extra) = raw::EVENT_EXTRA,
        /// A tool that the host has called for the model.
        ToolRun(ToolRun) = raw::EVENT_TOOL_RUN,
    }
}

impl Event {
    /// A piece of the first choice's answer.
    pub fn text(text: impl Into<String>) -> Event {
        Event::Text(Text { choice: 0, kind: TextKind::Content, text: text.into() })
    }

    /// Why the first choice ended: "stop", "length", "tool_calls", "content_filter".
    pub fn stop(reason: impl Into<String>) -> Event {
        Event::Stop(Stop { choice: 0, reason: reason.into() })
    }
}

impl Usage {
    /// Counted here, where the upstream does not say: four bytes are taken for a token.
    pub fn estimate(prompt_bytes: usize, completion_bytes: usize) -> Usage {
        let tokens = |bytes: usize| if bytes == 0 { 0 } else { (bytes as u64 / 4).max(1) };
        let (prompt_tokens, completion_tokens) = (tokens(prompt_bytes), tokens(completion_bytes));
        Usage {
            flags: raw::ESTIMATED,
            prompt_tokens,
            completion_tokens,
            total_tokens: prompt_tokens + completion_tokens,
            ..Usage::default()
        }
    }
}
