//! The host's function table.

use super::gate::Gate;
use crate::abi::{CallName, End, Side, Start, View, STALE};
use crate::error::{Code, Error};
use crate::payload::PayloadBuffer;

/// Bytes of a message that the host is told; what is longer is cut.
const MESSAGE_BOUND: usize = 4096;

/// The host's function table, as far as it may be used.
pub(super) struct Host {
    side: *const Side,
    gate: Gate,
}

// SAFETY: the table lives until `destroy` returned, `close` comes before that and shuts the gate, and its functions
// may be called from any thread.
unsafe impl Send for Host {}
// SAFETY: as above.
unsafe impl Sync for Host {}

impl Host {
    /// # Safety
    ///
    /// `side` points to a whole table, which lives until the plugin's `destroy` returned.
    pub(super) unsafe fn new(side: *const Side) -> Host {
        Host { side, gate: Gate::default() }
    }

    /// Run a function of the table, or nothing after `close`.
    fn call(&self, function: impl FnOnce(&Side) -> i32) -> i32 {
        // SAFETY: inside the gate the table lives (see `new`).
        self.gate.pass(|| function(unsafe { &*self.side })).unwrap_or(STALE)
    }

    pub(super) fn start(&self, start: &Start) -> i32 {
        if self.gate.is_closed() {
            return Code::Cancelled.number();
        }
        // SAFETY: the struct and what it refers to live during the call; so in the functions below.
        self.call(|side| unsafe { (side.start)(side.instance, start) })
    }

    pub(super) fn emit(&self, call: CallName, event: u32, payload: &PayloadBuffer) -> i32 {
        // SAFETY: as in `start`.
        self.call(|side| unsafe { (side.emit)(side.instance, call, event, payload.view()) })
    }

    pub(super) fn finish(&self, call: CallName, outcome: &Result<PayloadBuffer, Error>) -> i32 {
        let mut end = End {
            size: std::mem::size_of::<End>() as u32,
            code: 0,
            retry: 0,
            reserved: 0,
            retry_after: 0,
            message: View::EMPTY,
            result: View::EMPTY,
        };
        match outcome {
            Ok(result) => end.result = result.view(),
            Err(error) => {
                end.code = error.code.number();
                end.retry = error.retry as u32;
                if let (true, Some(wait)) = (error.retry, error.retry_after) {
                    end.retry_after = wait.as_nanos().min(i64::MAX as u128) as i64;
                }
                end.message = View::of(cut(&error.message, MESSAGE_BOUND).as_bytes());
            }
        }
        // SAFETY: as in `start`.
        self.call(|side| unsafe { (side.finish)(side.instance, call, &end) })
    }

    pub(super) fn cancel(&self, call: CallName) -> i32 {
        // SAFETY: as in `start`.
        self.call(|side| unsafe { (side.cancel)(side.instance, call) })
    }

    pub(super) fn resume(&self, call: CallName) -> i32 {
        // SAFETY: as in `start`.
        self.call(|side| unsafe { (side.resume)(side.instance, call) })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.gate.is_closed()
    }

    /// No calls to the host from now on; waits until those on their way have returned.
    pub(super) fn close(&self) {
        self.gate.close();
    }
}

/// As many whole characters as fit into a number of bytes.
pub(super) fn cut(text: &str, bound: usize) -> &str {
    if text.len() <= bound {
        return text;
    }
    let mut at = bound;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}
