//! llm.h: a provider of language models, and the service of the same name.

mod conversation;
mod embedding;
mod event;
mod request;
mod result;

pub use conversation::{Message, Part, PartKind, Tool, ToolCall};
pub use embedding::{EmbeddingRequest, EmbeddingResult, Vector};
pub use event::{Event, Extra, Logprobs, Stop, Text, TextKind, ToolCallPiece, ToolRun, Usage};
pub use request::{CompletionRequest, Options};
pub use result::{CompletionResult, Model, ModelList, ModelsRequest};

use crate::call::Call;
use crate::error::Error;
use crate::event::NoEvent;
use crate::plugin::Plugin;

/// A provider of language models. It only translates: retries, fallback, budgets and caches are the host's.
pub trait LlmProvider: Plugin {
    /// The models that there are.
    ///
    /// # Errors
    ///
    /// Any: it is how the call ends.
    fn models(&self, call: &Call<'_, NoEvent>) -> Result<Vec<Model>, Error>;
    /// Answer a conversation: emit text, tool calls, one stop for each choice, and the usage.
    ///
    /// # Errors
    ///
    /// Any. After the first event an error may not say `retry`.
    fn complete(&self, request: CompletionRequest, call: &Call<'_, Event>) -> Result<CompletionResult, Error>;
    /// Turn texts into vectors.
    ///
    /// # Errors
    ///
    /// Any; what this default answers says that there are no embeddings.
    fn embed(&self, _request: EmbeddingRequest, _call: &Call<'_, NoEvent>) -> Result<EmbeddingResult, Error> {
        Err(Error::unsupported("this provider has no embeddings"))
    }
}
