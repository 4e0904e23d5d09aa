//! A call that the host started: what a handler may do while it runs.

use crate::context::Context;
use crate::error::Error;
use crate::event::Event;
use crate::runtime::{until, Incoming};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// A call that the host started, for as long as its handler runs. The kit finishes it with what the handler returns.
///
/// It may be used from several threads of the handler (`std::thread::scope`). The services of the host are its methods
/// too: see [`services`](crate::services).
pub struct Call<'a, E> {
    pub(crate) core: &'a Arc<Incoming>,
    events: PhantomData<fn(E)>,
}

impl<'a, E> Call<'a, E> {
    pub(crate) fn new(core: &'a Arc<Incoming>) -> Call<'a, E> {
        Call { core, events: PhantomData }
    }

    /// Who asks, and how the request is known in logs.
    pub fn context(&self) -> &Context {
        &self.core.context
    }

    /// When the answer must be there, in nanoseconds of CLOCK_MONOTONIC; `None`: whenever.
    pub fn deadline(&self) -> Option<i64> {
        if self.core.deadline == 0 {
            None
        } else {
            Some(self.core.deadline)
        }
    }

    /// How long until the deadline; nothing once it has passed, `None` if there is none.
    pub fn time_left(&self) -> Option<Duration> {
        self.deadline().map(until)
    }

    /// The one who asked no longer wants the answer. Handlers that only emit and wait need not look: those calls fail.
    pub fn is_cancelled(&self) -> bool {
        self.core.is_cancelled()
    }

    /// For handlers that compute for long: leave with `?` when the answer is no longer wanted.
    ///
    /// # Errors
    ///
    /// `Cancelled`, or `Deadline` when that has passed.
    pub fn check(&self) -> Result<(), Error> {
        self.core.interruption().map_or(Ok(()), Err)
    }
}

impl<E: Event> Call<'_, E> {
    /// Deliver an event. Waits while the one who reads is slower; a plugin on the host's event loop does not wait, and
    /// what is not taken goes out later.
    ///
    /// # Errors
    ///
    /// `Cancelled` or `Deadline` when nobody wants it any more: return.
    pub fn emit(&self, event: impl Into<E>) -> Result<(), Error> {
        let (number, payload) = event.into().encode();
        if payload.bytes().is_empty() {
            return Err(Error::new(crate::Code::Exhausted, "the event is too large"));
        }
        self.core.emit(number, payload)
    }
}
