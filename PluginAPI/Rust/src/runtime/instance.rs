//! A live instance: its handlers, the host, and the calls in both directions.

use super::definition::Definition;
use super::host::Host;
use super::incoming::Incoming;
use super::outgoing::Outgoing;
use super::roles::Role;
use super::safely::lock;
use crate::abi::contracts::{contract, Contract, MethodContract};
use crate::abi::{CallName, Start, View};
use crate::error::{Code, Error};
use crate::payload::PayloadBuffer;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What stands behind the `instance` of the C functions.
pub(crate) struct Instance {
    pub(super) definition: &'static Definition,
    pub(super) role: Box<dyn Role>,
    pub(super) contract: &'static Contract,
    pub(super) host: Host,
    /// The revision that the host gives, in the order of the definition's services; 0 for none.
    granted: Vec<u32>,
    incoming: Mutex<HashMap<CallName, Arc<Incoming>>>,
    outgoing: Mutex<HashMap<CallName, Arc<Outgoing>>>,
    last_call: AtomicU64,
}

impl Instance {
    pub(super) fn new(
        definition: &'static Definition,
        role: Box<dyn Role>,
        host: Host,
        granted: Vec<u32>,
    ) -> Result<Instance, Error> {
        let contract = contract(definition.role)
            .ok_or_else(|| Error::internal(format!("this kit does not know the role {}", definition.role)))?;
        Ok(Instance {
            definition,
            role,
            contract,
            host,
            granted,
            incoming: Mutex::default(),
            outgoing: Mutex::default(),
            last_call: AtomicU64::new(0),
        })
    }

    /// False if the host uses a name twice.
    pub(super) fn add(&self, call: &Arc<Incoming>) -> bool {
        match lock(&self.incoming).entry(call.name) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(Arc::clone(call));
                true
            }
        }
    }

    pub(super) fn incoming(&self, name: CallName) -> Option<Arc<Incoming>> {
        lock(&self.incoming).get(&name).cloned()
    }

    pub(super) fn remove_incoming(&self, name: CallName) {
        lock(&self.incoming).remove(&name);
    }

    pub(super) fn outgoing(&self, name: CallName) -> Option<Arc<Outgoing>> {
        lock(&self.outgoing).get(&name).cloned()
    }

    pub(super) fn remove_outgoing(&self, name: CallName) {
        lock(&self.outgoing).remove(&name);
    }

    /// Start a method of a service on behalf of a call of the host (0: of none).
    pub(crate) fn start(
        &self,
        service: &str,
        method: u32,
        request: &PayloadBuffer,
        parent: CallName,
    ) -> Result<Arc<Outgoing>, Error> {
        let index =
            self.definition.services.iter().position(|each| *each == service).ok_or_else(|| {
                Error::internal(format!("the plugin uses the service {} without declaring it", service))
            })?;
        if self.granted.get(index).copied().unwrap_or(0) == 0 {
            return Err(Error::unsupported(format!("this host has no service {}/1", service)));
        }
        let contract: &'static MethodContract = contract(service)
            .and_then(|contract| contract.method(method))
            .ok_or_else(|| Error::unsupported(format!("{}/1 has no method {}", service, method)))?;
        let name = self.last_call.fetch_add(1, Ordering::Relaxed) + 1;
        let call = Arc::new(Outgoing::new(name, contract));
        lock(&self.outgoing).insert(name, Arc::clone(&call));
        let start = Start {
            size: std::mem::size_of::<Start>() as u32,
            interface: index as u32,
            method,
            reserved: 0,
            call: name,
            parent,
            deadline: 0,
            context: View::EMPTY,
            request: request.view(),
        };
        let status = self.host.start(&start);
        if status != 0 {
            self.remove_outgoing(name);
            let code = Code::from_number(status);
            return Err(Error::new(code, format!("the host refused to start {}/1", service)));
        }
        Ok(call)
    }

    /// Every call in flight is dead: wake whatever waits, and let nothing through to the host any more.
    pub(super) fn close(&self) {
        let running: Vec<_> = lock(&self.incoming).drain().map(|(_, call)| call).collect();
        for call in running {
            call.abandon();
        }
        let waiting: Vec<_> = lock(&self.outgoing).drain().map(|(_, call)| call).collect();
        for call in waiting {
            call.fail(Error::new(Code::Cancelled, "the plugin was closed"));
        }
        self.host.close();
        // What was started between the two.
        for (_, call) in lock(&self.outgoing).drain() {
            call.fail(Error::new(Code::Cancelled, "the plugin was closed"));
        }
    }
}
