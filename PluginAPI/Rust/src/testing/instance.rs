//! A plugin's instance in the hands of a test.

use super::side::{Record, Stage};
use crate::abi::{self, contracts, CallName, Side, Start, View, OK};
use crate::agent;
use crate::error::{Code, Error};
use crate::event::{Event, NoEvent};
use crate::exporter::{Rendering, Snapshot};
use crate::llm;
use crate::notifier::{Alert, Receipt};
use crate::payload::{Message, Payload, PayloadBuffer};
use crate::services::{HttpRequest, LogLine};
use crate::tool;
use crate::validator::{Subject, Verdict};
use std::ffi::CStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long a call may take until the test gives it up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<E, R> {
    /// In their order.
    pub events: Vec<E>,
    /// How it ended.
    pub end: Result<R, Error>,
}

/// A plugin's instance. Dropping it closes and destroys it.
pub struct Instance {
    descriptor: &'static abi::Plugin,
    side: Side,
    stage: Box<Stage>,
    /// The plugin points to it until it is destroyed.
    _table: Box<Side>,
    last_call: AtomicU64,
}

// SAFETY: the plugin's functions may be called from any thread, and the stage is behind a lock.
unsafe impl Send for Instance {}
// SAFETY: as above.
unsafe impl Sync for Instance {}

impl Instance {
    pub(super) fn new(descriptor: &'static abi::Plugin, side: Side, stage: Box<Stage>, table: Box<Side>) -> Instance {
        Instance { descriptor, side, stage, _table: table, last_call: AtomicU64::new(0) }
    }

    /// Call a method with any bytes and wait for its end.
    pub fn call(&self, method: u32, request: &[u8], deadline: i64) -> Outcome<(u32, PayloadBuffer), PayloadBuffer> {
        let name = self.last_call.fetch_add(1, Ordering::Relaxed) + 1;
        // SAFETY: the descriptor is static data with valid pointers.
        let role = unsafe { CStr::from_ptr((**self.descriptor.roles).id) }.to_str().expect("the role's id is UTF-8");
        let contract = contracts::contract(role).expect("the role is known");
        let aligned = PayloadBuffer::copy(request);
        if let Some(contract) = contract.method(method) {
            self.stage.state().records.insert(name, Record::new(contract));
        }
        let start = Start {
            size: std::mem::size_of::<Start>() as u32,
            interface: 0,
            method,
            reserved: 0,
            call: name,
            parent: 0,
            deadline,
            context: View::EMPTY,
            request: aligned.view(),
        };
        // SAFETY: the plugin is called as abi.h says.
        let status = unsafe { (self.side.start)(self.side.instance, &start) };
        if status != OK {
            let error = Error::new(Code::from_number(status), "the plugin refused to start the call");
            return Outcome { events: Vec::new(), end: Err(error) };
        }
        self.wait(name)
    }

    fn wait(&self, name: CallName) -> Outcome<(u32, PayloadBuffer), PayloadBuffer> {
        let begin = Instant::now();
        loop {
            {
                let mut state = self.stage.state();
                let is_over = state.records.get(&name).map_or(false, |record| record.end.is_some());
                if is_over {
                    let record = state.records.remove(&name).expect("the call is known");
                    return Outcome { events: record.events, end: record.end.expect("the call is over") };
                }
            }
            // Only a plugin that finishes after `start` has returned comes here.
            assert!(begin.elapsed() < PATIENCE, "the call was not finished within {:?}", PATIENCE);
            std::thread::yield_now();
        }
    }

    /// Call a method and decode what comes.
    fn ask<E: Event, R: Message>(&self, method: u32, request: &impl Message) -> Outcome<E, R> {
        let outcome = self.call(method, request.payload().bytes(), 0);
        let decode = |(number, bytes): &(u32, PayloadBuffer)| {
            E::decode(*number, &Payload::new(bytes.bytes())).expect("the event belongs to the method")
        };
        Outcome {
            events: outcome.events.iter().map(decode).collect(),
            end: outcome.end.map(|result| Payload::new(result.bytes()).value()),
        }
    }

    /// Cancel a call by its number: the first one is 1.
    pub fn cancel(&self, call: CallName) -> i32 {
        // SAFETY: the plugin is called as abi.h says; so below.
        unsafe { (self.side.cancel)(self.side.instance, call) }
    }

    /// Wait until an event of the call was refused.
    pub fn wait_until_refused(&self, call: CallName) {
        self.until(|| self.stage.state().records.get(&call).map_or(false, |record| record.refused));
    }

    /// Wait until the plugin has said so much in the log.
    pub fn wait_for_log(&self, lines: usize) {
        self.until(|| self.stage.state().script.log.len() >= lines);
    }

    fn until(&self, is_so: impl Fn() -> bool) {
        let begin = Instant::now();
        while !is_so() {
            assert!(begin.elapsed() < PATIENCE, "what the test waits for did not come within {:?}", PATIENCE);
            std::thread::yield_now();
        }
    }

    /// Close the instance; what is called afterwards is refused.
    pub fn close(&self) {
        unsafe { (self.descriptor.close)(self.side.instance) };
    }

    /// The requests that the plugin sent to the network.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.stage.state().script.requests.clone()
    }

    /// The lines that the plugin wrote to the log.
    pub fn log(&self) -> Vec<LogLine> {
        self.stage.state().script.log.clone()
    }

    /// agent.h: describe
    pub fn describe(&self) -> Result<agent::Description, Error> {
        self.ask::<NoEvent, _>(abi::agent::DESCRIBE, &agent::Describe {}).end
    }

    /// agent.h: invoke
    pub fn invoke(&self, invocation: &agent::Invocation) -> Outcome<agent::Event, agent::Answer> {
        self.ask(abi::agent::INVOKE, invocation)
    }

    /// llm.h: models
    pub fn models(&self) -> Result<Vec<llm::Model>, Error> {
        let outcome: Outcome<NoEvent, llm::ModelList> = self.ask(abi::llm::MODELS, &llm::ModelsRequest {});
        outcome.end.map(|list| list.models)
    }

    /// llm.h: complete
    pub fn complete(&self, request: &llm::CompletionRequest) -> Outcome<llm::Event, llm::CompletionResult> {
        self.ask(abi::llm::COMPLETE, request)
    }

    /// llm.h: embed
    pub fn embed(&self, request: &llm::EmbeddingRequest) -> Result<llm::EmbeddingResult, Error> {
        self.ask::<NoEvent, _>(abi::llm::EMBED, request).end
    }

    /// validator.h: check
    pub fn check(&self, subject: &Subject) -> Result<Verdict, Error> {
        self.ask::<NoEvent, _>(abi::validator::CHECK, subject).end
    }

    /// exporter.h: render
    pub fn render(&self, snapshot: &Snapshot) -> Result<Rendering, Error> {
        self.ask::<NoEvent, _>(abi::exporter::RENDER, snapshot).end
    }

    /// exporter.h: push
    pub fn push(&self, snapshot: &Snapshot) -> Result<(), Error> {
        self.ask::<NoEvent, _>(abi::exporter::PUSH, snapshot).end
    }

    /// notifier.h: notify
    pub fn notify(&self, alert: &Alert) -> Result<Receipt, Error> {
        self.ask::<NoEvent, _>(abi::notifier::NOTIFY, alert).end
    }

    /// notifier.h: resolve
    pub fn resolve(&self, alert: &Alert) -> Result<Receipt, Error> {
        self.ask::<NoEvent, _>(abi::notifier::RESOLVE, alert).end
    }

    /// tool.h: list
    pub fn tools(&self) -> Result<Vec<tool::Entry>, Error> {
        let outcome: Outcome<NoEvent, tool::Entries> = self.ask(abi::tool::LIST, &tool::List {});
        outcome.end.map(|entries| entries.tools)
    }

    /// tool.h: call
    pub fn call_tool(&self, name: &str, arguments: &str) -> Outcome<tool::Event, tool::Output> {
        let request = tool::Request { name: name.to_owned(), arguments: arguments.to_owned(), id: None };
        self.ask(abi::tool::CALL, &request)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        unsafe {
            (self.descriptor.drain)(self.side.instance, 0);
            (self.descriptor.close)(self.side.instance);
            (self.descriptor.destroy)(self.side.instance);
        }
    }
}
