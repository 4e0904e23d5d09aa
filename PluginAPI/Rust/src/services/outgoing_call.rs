//! A call on a service, in the hands of a handler.

use crate::call::Call;
use crate::error::Error;
use crate::event::Event;
use crate::payload::{Message, Payload};
use crate::runtime::{Incoming, Outgoing};
use std::sync::Arc;

/// A call on a service. Dropping it before its end cancels it.
pub(super) struct OutgoingCall {
    call: Arc<Outgoing>,
    parent: Arc<Incoming>,
}

impl OutgoingCall {
    pub(super) fn start<E, M: Message>(
        parent: &Call<'_, E>,
        service: &str,
        method: u32,
        request: &M,
    ) -> Result<OutgoingCall, Error> {
        if !parent.core.may_wait() {
            let message = format!("{} needs a plugin that may wait: threads: workers(4)", service);
            return Err(Error::unsupported(message));
        }
        parent.check()?;
        let call = tell(parent, service, method, request)?;
        parent.core.adopt(&call);
        Ok(OutgoingCall { call, parent: Arc::clone(parent.core) })
    }

    /// The next event that is known here; `None` when the call was finished without an error.
    pub(super) fn next<E: Event>(&self) -> Result<Option<E>, Error> {
        while let Some((number, bytes)) = self.call.next(&self.parent)? {
            if let Some(event) = E::decode(number, &Payload::new(bytes.bytes())) {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// Leave the events that are still to come, and wait for the result.
    pub(super) fn result<M: Message>(&self) -> Result<M, Error> {
        while self.call.next(&self.parent)?.is_some() {}
        let result = self.call.result();
        Ok(Payload::new(result.bytes()).value())
    }
}

impl Drop for OutgoingCall {
    fn drop(&mut self) {
        self.call.leave(&self.parent);
    }
}

/// Start a call; nobody needs to wait for its end.
pub(super) fn tell<E, M: Message>(
    parent: &Call<'_, E>,
    service: &str,
    method: u32,
    request: &M,
) -> Result<Arc<Outgoing>, Error> {
    parent.core.instance.start(service, method, &request.payload(), parent.core.name)
}
