//! How an answer came to be, and which models there are.

use crate::abi::llm as raw;

messages! {
    /// How the answer came to be.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    CompletionResult = raw::CompleteResult {
        /// [`NOT_A_MODEL`](raw::NOT_A_MODEL): the text was made by other means.
        flags: u32,
        /// The upstream's own.
        id: Option<String>,
        /// What the upstream says it used.
        model: Option<String>,
        /// From the service: the INSTANCE/MODEL that answered; a provider leaves it out.
        upstream: Option<String>,
        /// JSON object: fields that this vocabulary does not know.
        extra: Option<String>,
    }

    /// What a provider is asked for its models with: nothing.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ModelsRequest = raw::Models {}

    /// A model.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Model = raw::Model {
        /// The upstream's name for it.
        id: String,
        /// Whose it is.
        owner: String,
        /// Seconds since 1970, or 0.
        created: i64,
        /// [`NOT_A_MODEL`](raw::NOT_A_MODEL)
        flags: u32,
    }

    /// The models that there are.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ModelList = raw::ModelsResult {
        /// In the upstream's order.
        models: Vec<Model>,
    }
}
