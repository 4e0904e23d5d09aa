//! A call that the plugin started on a service of the host.

use super::clock::now;
use super::incoming::Incoming;
use super::safely::{lock, wait};
use crate::abi::contracts::MethodContract;
use crate::abi::{CallName, OK, STALE, WOULD_BLOCK};
use crate::error::{Code, Error};
use crate::payload::{check, PayloadBuffer};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

/// Events that wait for the handler; the host is asked to hold further ones.
const CAPACITY: usize = 64;

/// A call that the plugin started and that is not finished.
pub(crate) struct Outgoing {
    pub(crate) name: CallName,
    contract: &'static MethodContract,
    mailbox: Mutex<Mailbox>,
    changed: Condvar,
}

#[derive(Default)]
struct Mailbox {
    events: VecDeque<(u32, PayloadBuffer)>,
    /// The host was told to wait.
    is_full: bool,
    end: Option<Result<PayloadBuffer, Error>>,
}

impl Outgoing {
    pub(super) fn new(name: CallName, contract: &'static MethodContract) -> Outgoing {
        Outgoing { name, contract, mailbox: Mutex::default(), changed: Condvar::new() }
    }

    // Called by the host.

    pub(super) fn received(&self, event: u32, bytes: &[u8]) -> i32 {
        let layout = match self.contract.event(event) {
            Some(layout) => layout,
            // A newer host's event: left out.
            None => return OK,
        };
        if check(layout, bytes).is_err() {
            return Code::InvalidArgument.number();
        }
        let mut mailbox = lock(&self.mailbox);
        if mailbox.end.is_some() {
            return STALE;
        }
        if mailbox.events.len() >= CAPACITY {
            mailbox.is_full = true;
            return WOULD_BLOCK;
        }
        mailbox.events.push_back((event, PayloadBuffer::copy(bytes)));
        drop(mailbox);
        self.changed.notify_all();
        OK
    }

    pub(super) fn finished(&self, outcome: Result<&[u8], Error>) {
        let end = outcome.and_then(|bytes| match check(self.contract.result, bytes) {
            Ok(_) => Ok(PayloadBuffer::copy(bytes)),
            Err(fault) => Err(Error::internal(format!("the host sent a malformed result: {}", fault))),
        });
        self.settle(end, false);
    }

    /// The call is over for the handler, whatever the host still sends.
    pub(super) fn fail(&self, error: Error) {
        self.settle(Err(error), true);
    }

    fn settle(&self, end: Result<PayloadBuffer, Error>, drop_events: bool) {
        let mut mailbox = lock(&self.mailbox);
        if mailbox.end.is_none() {
            mailbox.end = Some(end);
        }
        if drop_events {
            mailbox.events.clear();
        }
        drop(mailbox);
        self.changed.notify_all();
    }

    // Called by the handler.

    /// The next event, or `None` when the call was finished without an error.
    pub(crate) fn next(&self, parent: &Incoming) -> Result<Option<(u32, PayloadBuffer)>, Error> {
        let mut mailbox = lock(&self.mailbox);
        loop {
            if let Some(event) = mailbox.events.pop_front() {
                let ask_for_more = mailbox.is_full && mailbox.events.len() <= CAPACITY / 2;
                if ask_for_more {
                    mailbox.is_full = false;
                }
                drop(mailbox);
                if ask_for_more {
                    parent.instance.host.resume(self.name);
                }
                return Ok(Some(event));
            }
            match &mailbox.end {
                Some(Ok(_)) => return Ok(None),
                Some(Err(error)) => return Err(error.clone()),
                None if parent.deadline != 0 && now() >= parent.deadline => return Err(Error::deadline()),
                None => mailbox = wait(&self.changed, mailbox, parent.deadline),
            }
        }
    }

    /// The result, once `next` has answered `None`.
    pub(crate) fn result(&self) -> PayloadBuffer {
        match &lock(&self.mailbox).end {
            Some(Ok(result)) => result.clone(),
            _ => PayloadBuffer::default(),
        }
    }

    /// The handler wants no more of it.
    pub(crate) fn leave(&self, parent: &Incoming) {
        let is_known = parent.instance.outgoing(self.name).is_some();
        self.fail(Error::cancelled());
        parent.instance.remove_outgoing(self.name);
        if is_known {
            parent.instance.host.cancel(self.name);
        }
    }
}
