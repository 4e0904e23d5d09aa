//! Plugins for the Jackfield host, in Rust.
//!
//! A plugin is a shared library (`crate-type = ["cdylib"]`) with one type that implements the trait of its role
//! ([`Agent`], [`LlmProvider`], [`Validator`], [`Exporter`], [`Notifier`], [`Tool`]) and one use of [`plugin!`]:
//!
//! ```
//! use jackfield::agent::{Answer, Description, Event, Invocation};
//! use jackfield::{Agent, Call, Error, Plugin, Setup};
//!
//! struct Greeter;
//!
//! impl Plugin for Greeter {
//!     fn create(_: &Setup) -> Result<Greeter, Error> {
//!         Ok(Greeter)
//!     }
//! }
//!
//! impl Agent for Greeter {
//!     fn describe(&self) -> Description {
//!         Description { summary: "Greets.".into(), ..Description::default() }
//!     }
//!     fn invoke(&self, invocation: Invocation, call: &Call<'_, Event>) -> Result<Answer, Error> {
//!         call.emit(Event::text(format!("Hello! You said: {}", invocation.input)))?;
//!         Ok(Answer::default())
//!     }
//! }
//!
//! jackfield::plugin! { id: "agent/greeter", agent: Greeter }
//! ```
//!
//! Handlers are plain functions that may wait: the host calls them on worker threads. They get values and return
//! values; the kit checks every payload, finishes each call exactly once, and lets no panic out. Validators and
//! exporters are called on the host's event loop, since they only look at what they are given.
//!
//! The crate needs the standard library alone, and Rust 1.63.

#![deny(missing_docs, unsafe_op_in_unsafe_fn)]

#[macro_use]
mod event;
#[macro_use]
pub mod payload;

pub mod abi;
pub mod agent;
mod call;
mod config;
mod context;
mod error;
pub mod exporter;
pub mod json;
pub mod llm;
pub mod notifier;
mod plugin;
pub mod runtime;
pub mod services;
pub mod testing;
pub mod tool;
pub mod upstream;
pub mod validator;

pub use agent::Agent;
pub use call::Call;
pub use config::{Config, Setup};
pub use context::Context;
pub use error::{Code, Error};
pub use event::{Event, NoEvent};
pub use exporter::Exporter;
pub use json::Json;
pub use llm::LlmProvider;
pub use notifier::Notifier;
pub use plugin::Plugin;
pub use tool::Tool;
pub use validator::Validator;
