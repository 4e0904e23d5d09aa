//! What a plugin says of itself.

use super::roles::Role;
use crate::abi::Interface;
use crate::config::Setup;
use crate::error::Error;

/// On which threads handlers run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// On the event loop of the request: handlers return soon and never wait.
    Inline,
    /// On worker threads: handlers may wait. At most so many run at a time, 1 and up.
    Workers(u32),
}

/// Everything that a plugin says of itself, and how an instance is made.
pub struct Definition {
    /// "jackfield.agent"
    pub role: &'static str,
    /// On which threads handlers run.
    pub threads: Threads,
    /// The services that it uses, in the order of the descriptor.
    pub services: &'static [&'static str],
    /// Makes the handlers.
    pub make: fn(&Setup) -> Result<Box<dyn Role>, Error>,
}

/// Static data that holds pointers to static data.
#[repr(transparent)]
pub struct Static<T>(pub T);

// SAFETY: it is made at compile time and never written.
unsafe impl<T> Sync for Static<T> {}

/// A role or service of revision 1; `id` ends with NUL.
pub const fn interface(id: &'static str, flags: u32) -> Interface {
    assert!(id.as_bytes()[id.len() - 1] == 0);
    Interface { size: std::mem::size_of::<Interface>() as u32, revision: 1, id: id.as_ptr().cast(), flags, reserved: 0 }
}

impl Threads {
    /// Of the descriptor.
    pub const fn flags(self) -> u32 {
        match self {
            Threads::Inline => 0,
            Threads::Workers(_) => crate::abi::MAY_BLOCK,
        }
    }

    /// Of the descriptor.
    pub const fn concurrency(self) -> u32 {
        match self {
            Threads::Inline => 0,
            Threads::Workers(count) => count,
        }
    }
}
