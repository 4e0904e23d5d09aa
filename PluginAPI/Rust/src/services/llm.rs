//! llm.h as a service: models by the names that the manifest grants.

use super::outgoing_call::OutgoingCall;
use crate::abi::llm as raw;
use crate::call::Call;
use crate::error::Error;
use crate::llm::{
    CompletionRequest, CompletionResult, EmbeddingRequest, EmbeddingResult, Event, Model, ModelList, ModelsRequest,
    TextKind,
};

impl<E> Call<'_, E> {
    /// The models that the manifest grants.
    ///
    /// # Errors
    ///
    /// What the host answers.
    pub fn models(&self) -> Result<Vec<Model>, Error> {
        let call = OutgoingCall::start(self, raw::ID, raw::MODELS, &ModelsRequest {})?;
        Ok(call.result::<ModelList>()?.models)
    }

    /// Ask a model.
    ///
    /// # Errors
    ///
    /// `Forbidden` if the manifest does not grant it.
    pub fn complete(&self, request: &CompletionRequest) -> Result<Completion, Error> {
        Ok(Completion { call: OutgoingCall::start(self, raw::ID, raw::COMPLETE, request)? })
    }

    /// Turn texts into vectors.
    ///
    /// # Errors
    ///
    /// What the host answers.
    pub fn embed(&self, request: &EmbeddingRequest) -> Result<EmbeddingResult, Error> {
        OutgoingCall::start(self, raw::ID, raw::EMBED, request)?.result()
    }
}

/// An answer that is being made. Dropping it gives up the rest.
pub struct Completion {
    call: OutgoingCall,
}

impl Completion {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// Why there is no more.
    pub fn next_event(&self) -> Result<Option<Event>, Error> {
        self.call.next()
    }

    /// The text of the first choice that is still to come.
    ///
    /// # Errors
    ///
    /// Why there is no more.
    pub fn text(&self) -> Result<String, Error> {
        let mut text = String::new();
        while let Some(event) = self.next_event()? {
            match event {
                Event::Text(piece) if piece.choice == 0 && piece.kind == TextKind::Content => text += &piece.text,
                _ => {}
            }
        }
        Ok(text)
    }

    /// How the answer came to be; leaves the events that are still to come.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn result(&self) -> Result<CompletionResult, Error> {
        self.call.result()
    }
}
