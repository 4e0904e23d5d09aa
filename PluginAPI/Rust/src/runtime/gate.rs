//! Keeps calls to the host between `open` and `close`.

use super::safely::lock;
use std::sync::{Condvar, Mutex};

/// A gate that is open at first and can be closed once.
#[derive(Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Default)]
struct State {
    is_closed: bool,
    inside: usize,
}

impl Gate {
    /// Do something inside, or nothing when the gate is closed.
    pub(super) fn pass<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        {
            let mut state = lock(&self.state);
            if state.is_closed {
                return None;
            }
            state.inside += 1;
        }
        let _leave = Leave(self);
        Some(work())
    }

    pub(super) fn is_closed(&self) -> bool {
        lock(&self.state).is_closed
    }

    /// Let nobody in any more, and wait until those inside have left.
    pub(super) fn close(&self) {
        let mut state = lock(&self.state);
        state.is_closed = true;
        // Without a limit: a host leaves behind who does not return, and memory that is in use is not given back.
        drop(self.left.wait_while(state, |state| state.inside > 0));
    }
}

struct Leave<'a>(&'a Gate);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.inside -= 1;
        if state.inside == 0 {
            self.0.left.notify_all();
        }
    }
}
