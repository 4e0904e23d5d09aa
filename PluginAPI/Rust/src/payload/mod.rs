//! Payloads: checking, reading and building them.
//!
//! Most plugins never look here: handlers get and give ordinary values. What stands behind them is [`Message`].

mod build;
mod check;
#[macro_use]
mod message;
mod read;

pub use build::{Builder, PayloadBuffer};
pub use check::{check, Fault, FaultKind};
pub use message::{FieldValue, Message};
pub use read::Payload;
