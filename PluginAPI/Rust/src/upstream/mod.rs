//! What every plugin that speaks to a server over HTTP would write again.

mod error;
mod event_stream;

pub use error::{error_of, error_of_status};
pub use event_stream::EventStream;
