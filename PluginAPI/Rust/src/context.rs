//! Who asks.

use crate::abi::payload as raw;

messages! {
    /// Who asks, and how the request is known in logs and traces.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Context = raw::Context {
        /// The correlation id.
        request_id: String,
        /// W3C Trace Context `traceparent`.
        trace_parent: Option<String>,
        /// Whose data this is.
        tenant: Option<String>,
        /// The authenticated identity.
        user: Option<String>,
        /// The conversation.
        session: Option<String>,
    }
}
