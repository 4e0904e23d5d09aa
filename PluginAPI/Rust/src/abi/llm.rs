//! llm.h: `jackfield.llm/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.llm";

/// `jackfield_llm_models` to `jackfield_llm_models_result`
pub const MODELS: u32 = 1;
/// `jackfield_llm_complete` to events, `jackfield_llm_complete_result`
pub const COMPLETE: u32 = 2;
/// `jackfield_llm_embed` to `jackfield_llm_embed_result`
pub const EMBED: u32 = 3;
/// `text`
pub const PART_TEXT: u32 = 1;
/// `url` (http, https), `detail`
pub const PART_IMAGE_URL: u32 = 2;
/// `data`, `media_type`, `detail`
pub const PART_IMAGE: u32 = 3;
/// `text` holds JSON, `media_type` says what it is. A provider whose upstream knows no structured input passes the
/// JSON on as text.
pub const PART_DATA: u32 = 4;
/// `text` holds the part as JSON in OpenAI's dialect: audio, files
pub const PART_OTHER: u32 = 5;
/// `JACKFIELD_LLM_HAS_TEMPERATURE`
pub const HAS_TEMPERATURE: u32 = 0x001;
/// `JACKFIELD_LLM_HAS_TOP_P`
pub const HAS_TOP_P: u32 = 0x002;
/// `JACKFIELD_LLM_HAS_FREQUENCY_PENALTY`
pub const HAS_FREQUENCY_PENALTY: u32 = 0x004;
/// `JACKFIELD_LLM_HAS_PRESENCE_PENALTY`
pub const HAS_PRESENCE_PENALTY: u32 = 0x008;
/// `JACKFIELD_LLM_HAS_SEED`
pub const HAS_SEED: u32 = 0x010;
/// `JACKFIELD_LLM_HAS_MAX_TOKENS`
pub const HAS_MAX_TOKENS: u32 = 0x020;
/// `JACKFIELD_LLM_HAS_CHOICES`
pub const HAS_CHOICES: u32 = 0x040;
/// `JACKFIELD_LLM_HAS_TOP_LOGPROBS`
pub const HAS_TOP_LOGPROBS: u32 = 0x080;
/// Bits of `flags`.
pub const HAS_PARALLEL_CALLS: u32 = 0x100;
/// The one who asks wants the answer in pieces, as they come
pub const STREAM: u32 = 1;
/// `JACKFIELD_LLM_LOGPROBS`
pub const LOGPROBS: u32 = 2;
/// Counts if JACKFIELD_LLM_HAS_PARALLEL_CALLS
pub const PARALLEL_CALLS: u32 = 4;
/// To the service: offer the model also the tools that the plugin was granted, call those that it asks for, and ask
/// it again with what they answered. A provider never sees this.
pub const RUN_TOOLS: u32 = 8;
/// `jackfield_llm_text`; may carry many tokens at once
pub const EVENT_TEXT: u32 = 1;
/// `jackfield_llm_tool_call`
pub const EVENT_TOOL_CALL: u32 = 2;
/// `jackfield_llm_stop`: one for each choice
pub const EVENT_STOP: u32 = 3;
/// `jackfield_llm_usage`: a later one replaces an earlier one
pub const EVENT_USAGE: u32 = 4;
/// `jackfield_llm_logprobs`
pub const EVENT_LOGPROBS: u32 = 5;
/// `jackfield_llm_extra`
pub const EVENT_EXTRA: u32 = 6;
/// `jackfield_llm_tool_run`: from the service, with JACKFIELD_LLM_RUN_TOOLS
pub const EVENT_TOOL_RUN: u32 = 7;
/// `JACKFIELD_LLM_CONTENT`
pub const CONTENT: u32 = 0;
/// `JACKFIELD_LLM_REASONING`
pub const REASONING: u32 = 1;
/// `JACKFIELD_LLM_REFUSAL`
pub const REFUSAL: u32 = 2;
/// The upstream did not say; counted here
pub const ESTIMATED: u32 = 1;
/// No language model was asked: the text was made by other means
pub const NOT_A_MODEL: u32 = 1;

structures! {
    /// `jackfield_llm_part`
    element Part = "jackfield_llm_part", 56, 56 {
        kind: u32 = 0,
        reserved: payload::Zero = 4,
        text: payload::Text = 8,
        media_type: payload::Text = 16,
        url: payload::Text = 24,
        detail: payload::Text = 32,
        data: payload::Data = 40,
        extra: payload::Text = 48,
    }

    /// `jackfield_llm_call`
    element Call = "jackfield_llm_call", 32, 32 {
        id: payload::Text = 0,
        name: payload::Text = 8,
        arguments: payload::Text = 16,
        extra: payload::Text = 24,
    }

    /// `jackfield_llm_message`
    element Message = "jackfield_llm_message", 72, 72 {
        role: payload::Text = 0,
        name: payload::Text = 8,
        tool_call_id: payload::Text = 16,
        reasoning: payload::Text = 24,
        extra: payload::Text = 32,
        parts: payload::List<Part> = 40,
        calls: payload::List<Call> = 56,
    }

    /// `jackfield_llm_tool`
    element Tool = "jackfield_llm_tool", 40, 40 {
        name: payload::Text = 0,
        description: payload::Text = 8,
        parameters: payload::Text = 16,
        strict: u32 = 24,
        reserved: payload::Zero = 28,
        extra: payload::Text = 32,
    }

    /// `jackfield_llm_complete`
    headed Complete = "jackfield_llm_complete", 160, 160 {
        size: u32 = 0,
        present: u32 = 4,
        flags: u32 = 8,
        choices: u32 = 12,
        max_tokens: u32 = 16,
        top_logprobs: u32 = 20,
        seed: i64 = 24,
        temperature: f64 = 32,
        top_p: f64 = 40,
        frequency_penalty: f64 = 48,
        presence_penalty: f64 = 56,
        model: payload::Text = 64,
        tool_choice: payload::Text = 72,
        response_format: payload::Text = 80,
        user: payload::Text = 88,
        extra: payload::Text = 96,
        messages: payload::List<Message> = 104,
        tools: payload::List<Tool> = 120,
        stop: payload::List<payload::Item> = 136,
        tool_rounds: u32 = 152,
        reserved: payload::Zero = 156,
    }

    /// `jackfield_llm_text`
    headed Text = "jackfield_llm_text", 24, 24 {
        size: u32 = 0,
        choice: u32 = 4,
        kind: u32 = 8,
        reserved: payload::Zero = 12,
        text: payload::Text = 16,
    }

    /// `jackfield_llm_tool_call`: A tool call, or the next piece of one: pieces of one `index` are joined. Indexes of
    /// a choice count from 0.
    headed ToolCall = "jackfield_llm_tool_call", 40, 40 {
        size: u32 = 0,
        choice: u32 = 4,
        index: u32 = 8,
        reserved: payload::Zero = 12,
        id: payload::Text = 16,
        name: payload::Text = 24,
        arguments: payload::Text = 32,
    }

    /// `jackfield_llm_stop`
    headed Stop = "jackfield_llm_stop", 16, 16 {
        size: u32 = 0,
        choice: u32 = 4,
        reason: payload::Text = 8,
    }

    /// `jackfield_llm_usage`
    headed Usage = "jackfield_llm_usage", 56, 56 {
        size: u32 = 0,
        flags: u32 = 4,
        prompt_tokens: u64 = 8,
        completion_tokens: u64 = 16,
        total_tokens: u64 = 24,
        cached_tokens: u64 = 32,
        cache_write_tokens: u64 = 40,
        reasoning_tokens: u64 = 48,
    }

    /// `jackfield_llm_logprobs`
    headed Logprobs = "jackfield_llm_logprobs", 16, 16 {
        size: u32 = 0,
        choice: u32 = 4,
        json: payload::Text = 8,
    }

    /// `jackfield_llm_extra`: members of a choice's message that this vocabulary does not know, such as
    /// `thinking_blocks` with their signatures. They come before the choice's stop; a member that comes again
    /// replaces the earlier one. `tool_calls` in it is a list of objects with `index`: their other members go into
    /// the call of that index.
    headed Extra = "jackfield_llm_extra", 16, 16 {
        size: u32 = 0,
        choice: u32 = 4,
        json: payload::Text = 8,
    }

    /// `jackfield_llm_tool_run`: A tool that the host has called for the model. The call itself is not told as a tool
    /// call: nobody else has to answer it. A model that also calls a tool of the request's own ends the rounds: then
    /// all its calls are told, and none is run.
    headed ToolRun = "jackfield_llm_tool_run", 56, 56 {
        size: u32 = 0,
        code: i32 = 4,
        flags: u32 = 8,
        round: u32 = 12,
        duration: i64 = 16,
        id: payload::Text = 24,
        name: payload::Text = 32,
        arguments: payload::Text = 40,
        content: payload::Text = 48,
    }

    /// `jackfield_llm_complete_result`
    headed CompleteResult = "jackfield_llm_complete_result", 40, 40 {
        size: u32 = 0,
        flags: u32 = 4,
        id: payload::Text = 8,
        model: payload::Text = 16,
        upstream: payload::Text = 24,
        extra: payload::Text = 32,
    }

    /// `jackfield_llm_models`
    headed Models = "jackfield_llm_models", 8, 8 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
    }

    /// `jackfield_llm_model`
    element Model = "jackfield_llm_model", 32, 32 {
        id: payload::Text = 0,
        owner: payload::Text = 8,
        created: i64 = 16,
        flags: u32 = 24,
        reserved: payload::Zero = 28,
    }

    /// `jackfield_llm_models_result`
    headed ModelsResult = "jackfield_llm_models_result", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        models: payload::List<Model> = 8,
    }

    /// `jackfield_llm_embed`
    headed Embed = "jackfield_llm_embed", 48, 48 {
        size: u32 = 0,
        dimensions: u32 = 4,
        model: payload::Text = 8,
        user: payload::Text = 16,
        extra: payload::Text = 24,
        input: payload::List<payload::Item> = 32,
    }

    /// `jackfield_llm_vector`
    element Vector = "jackfield_llm_vector", 8, 8 {
        values: payload::Data = 0,
    }

    /// `jackfield_llm_embed_result`
    headed EmbedResult = "jackfield_llm_embed_result", 48, 48 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        prompt_tokens: u64 = 8,
        model: payload::Text = 16,
        upstream: payload::Text = 24,
        vectors: payload::List<Vector> = 32,
    }
}
