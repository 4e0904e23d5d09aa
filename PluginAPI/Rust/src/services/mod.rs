//! What a handler may ask of the host, on behalf of the call that it serves: methods of [`Call`].
//!
//! The host knows from the call who asks, gives it the same deadline, and ends it with the call. Services that answer
//! are for plugins on worker threads; `log` and `record` do not wait and may be used everywhere. What a service does
//! is up to the manifest's `grants`: what is not granted is answered with [`Code::Forbidden`](crate::Code::Forbidden).

mod agents;
mod http;
mod llm;
mod outgoing_call;
mod small;
mod tools;

pub use agents::{AgentEntries, AgentEntry, AgentRequest, AgentRun};
pub use http::{HttpBody, HttpHead, HttpRequest, HttpResponse};
pub use llm::Completion;
pub use small::{Level, LogLine, MetricRecord, SecretRequest, SecretValue, TimerRequest};
pub use tools::{ToolEntries, ToolEntry, ToolRequest, ToolRun};
