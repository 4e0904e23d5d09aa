//! The structs and numbers of the C headers, as they lie in memory. The headers say what each field means; the names
//! here are theirs without the prefix: `jackfield_agent_finding` is [`agent::Finding`].
//!
//! Every size and offset is written down beside its field and asserted when the crate is compiled.

mod core;
mod interfaces;
pub mod layout;
#[macro_use]
mod structures;

pub mod agent;
pub mod agents;
pub mod contracts;
pub mod exporter;
pub mod http;
pub mod llm;
pub mod log;
pub mod metrics;
pub mod notifier;
pub mod payload;
pub mod secrets;
pub mod timer;
pub mod tool;
pub mod tools;
pub mod validator;

pub use self::core::*;
pub use self::interfaces::*;
