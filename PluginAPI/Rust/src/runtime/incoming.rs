//! A call that the host started.

use super::clock::now;
use super::definition::Threads;
use super::instance::Instance;
use super::outgoing::Outgoing;
use super::safely::{lock, wait};
use crate::abi::{CallName, OK, WOULD_BLOCK};
use crate::context::Context;
use crate::error::{Code, Error};
use crate::payload::PayloadBuffer;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, Weak};

/// A call that the host started and that is not finished. It is finished once, by `complete`.
pub(crate) struct Incoming {
    pub(crate) instance: Arc<Instance>,
    pub(crate) name: CallName,
    /// Nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    pub(crate) deadline: i64,
    pub(crate) context: Context,
    state: Mutex<State>,
    changed: Condvar,
    /// Held while an event is delivered: the host takes one at a time.
    emitting: Mutex<()>,
}

#[derive(Default)]
struct State {
    is_cancelled: bool,
    can_go_on: bool,
    /// Calls on services on behalf of this one: they end when this one is cancelled.
    children: Vec<Weak<Outgoing>>,
    /// Inline: what the host has not taken yet, and how the call ends after it.
    queue: VecDeque<(u32, PayloadBuffer)>,
    end: Option<Result<PayloadBuffer, Error>>,
    is_flushing: bool,
    /// Inline: the host has not taken an event and not resumed the call since.
    is_blocked: bool,
    /// Inline: an event was dropped, so that the answer would have a hole.
    has_hole: bool,
}

impl State {
    /// Nobody wants what is queued. A call that has lost events does not end well, whatever its handler says.
    fn drop_events(&mut self) {
        if self.queue.is_empty() {
            return;
        }
        self.queue.clear();
        self.has_hole = true;
        if let Some(Ok(_)) = self.end {
            self.end = Some(Err(Error::cancelled()));
        }
    }
}

impl Incoming {
    pub(super) fn new(instance: Arc<Instance>, name: CallName, deadline: i64, context: Context) -> Incoming {
        Incoming {
            instance,
            name,
            deadline,
            context,
            state: Mutex::default(),
            changed: Condvar::new(),
            emitting: Mutex::default(),
        }
    }

    pub(crate) fn may_wait(&self) -> bool {
        self.instance.definition.threads != Threads::Inline
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        lock(&self.state).is_cancelled
    }

    /// Why the handler should stop, if it should.
    pub(crate) fn interruption(&self) -> Option<Error> {
        if self.is_cancelled() {
            Some(Error::cancelled())
        } else if self.deadline != 0 && now() >= self.deadline {
            Some(Error::deadline())
        } else {
            None
        }
    }

    /// Deliver an event. On a worker it waits while the one who reads is slower; inline what is not taken is kept, and
    /// goes out as the host resumes the call.
    pub(crate) fn emit(&self, event: u32, payload: PayloadBuffer) -> Result<(), Error> {
        if !self.may_wait() {
            if let Some(error) = self.interruption() {
                return Err(error);
            }
            lock(&self.state).queue.push_back((event, payload));
            self.flush();
            return Ok(());
        }
        let _one_at_a_time = lock(&self.emitting);
        loop {
            if let Some(error) = self.interruption() {
                return Err(error);
            }
            lock(&self.state).can_go_on = false;
            match self.instance.host.emit(self.name, event, &payload) {
                OK => return Ok(()),
                WOULD_BLOCK => self.wait_for_resume(),
                other => return Err(self.refused(other)),
            }
        }
    }

    /// What an answer of `emit` means that is neither "taken" nor "later".
    fn refused(&self, status: i32) -> Error {
        match Code::from_number(status) {
            Code::InvalidArgument => Error::internal("the host found an event of this plugin malformed"),
            _ => {
                self.cancel();
                Error::cancelled()
            }
        }
    }

    fn wait_for_resume(&self) {
        let mut state = lock(&self.state);
        while !state.can_go_on && !state.is_cancelled && (self.deadline == 0 || now() < self.deadline) {
            state = wait(&self.changed, state, self.deadline);
        }
    }

    /// A call on a service on behalf of this one.
    pub(crate) fn adopt(&self, child: &Arc<Outgoing>) {
        let is_cancelled = {
            let mut state = lock(&self.state);
            state.children.retain(|each| each.strong_count() > 0);
            state.children.push(Arc::downgrade(child));
            state.is_cancelled
        };
        if is_cancelled {
            child.fail(Error::cancelled());
        }
    }

    /// The host says that it can take events again.
    pub(super) fn resumed(&self) {
        {
            let mut state = lock(&self.state);
            state.can_go_on = true;
            state.is_blocked = false;
        }
        self.changed.notify_all();
        if !self.may_wait() {
            self.flush();
        }
    }

    /// The one who asked wants no more of it.
    pub(super) fn cancel(&self) {
        let children = {
            let mut state = lock(&self.state);
            state.is_cancelled = true;
            state.drop_events();
            state.is_blocked = false;
            std::mem::take(&mut state.children)
        };
        self.changed.notify_all();
        for child in children.iter().filter_map(Weak::upgrade) {
            child.fail(Error::cancelled());
        }
        if !self.may_wait() {
            self.flush();
        }
    }

    /// The call is dead: nothing of it reaches the host any more.
    pub(super) fn abandon(&self) {
        lock(&self.state).end = None;
        self.cancel();
    }

    /// The handler is done.
    pub(super) fn complete(&self, outcome: Result<PayloadBuffer, Error>) {
        let outcome = match outcome {
            Ok(result) if result.bytes().is_empty() => Err(Error::new(Code::Exhausted, "the result is too large")),
            other => other,
        };
        {
            let mut state = lock(&self.state);
            state.end = Some(if state.has_hole { outcome.and(Err(Error::cancelled())) } else { outcome });
        }
        self.flush();
    }

    /// Send what is queued as far as the host takes it, then the end. One thread at a time; another one that comes
    /// meanwhile leaves a sign and goes.
    fn flush(&self) {
        let mut state = lock(&self.state);
        if state.is_flushing || state.is_blocked {
            return;
        }
        while let Some((event, payload)) = state.queue.pop_front() {
            state.is_flushing = true;
            state.can_go_on = false;
            drop(state);
            let status = self.instance.host.emit(self.name, event, &payload);
            state = lock(&self.state);
            state.is_flushing = false;
            match status {
                OK => {}
                WOULD_BLOCK if state.is_cancelled => {
                    state.queue.push_front((event, payload));
                    state.drop_events();
                }
                WOULD_BLOCK => {
                    state.queue.push_front((event, payload));
                    if !state.can_go_on {
                        state.is_blocked = true;
                        return;
                    }
                }
                other => {
                    state.is_cancelled = true;
                    state.queue.push_front((event, payload));
                    state.drop_events();
                    drop(state);
                    self.refused(other);
                    state = lock(&self.state);
                }
            }
        }
        let end = state.end.take();
        drop(state);
        if let Some(end) = end {
            self.instance.remove_incoming(self.name);
            self.instance.host.finish(self.name, &end);
        }
    }
}
