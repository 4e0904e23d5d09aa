//! What stands between the functions of the ABI and a plugin's handlers. Nothing here is meant to be called by hand:
//! the macro [`plugin!`](crate::plugin!) does.

mod clock;
mod create;
mod definition;
mod exports;
mod gate;
mod host;
mod incoming;
mod instance;
mod outgoing;
pub mod roles;
mod safely;

pub use create::create;
pub use definition::{interface, Definition, Static, Threads};
pub use exports::{close, destroy, drain, open};

pub(crate) use clock::until;
pub(crate) use incoming::Incoming;
pub(crate) use outgoing::Outgoing;
