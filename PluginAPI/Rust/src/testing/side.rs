//! The test host's function table.

use super::script::{Answer, Script};
use crate::abi::contracts::{contract, MethodContract};
use crate::abi::{CallName, End, Side, Start, View, CANCELLED, OK, STALE, WOULD_BLOCK};
use crate::error::{Code, Error};
use crate::payload::{check, PayloadBuffer};
use std::collections::{HashMap, VecDeque};
use std::os::raw::c_void;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// What stands behind the test host's `instance`.
pub(super) struct Stage {
    state: Mutex<State>,
}

pub(super) struct State {
    pub script: Script,
    /// The plugin's functions, once it was created.
    pub plugin: Option<Plugin>,
    /// Of the services in the order of the descriptor.
    pub services: Vec<String>,
    /// Every event is refused once, and asked for again at once.
    pub hesitates: bool,
    /// No event is taken.
    pub never_reads: bool,
    /// So many events are taken; then nobody wants more.
    pub patience: Option<usize>,
    pub records: HashMap<CallName, Record>,
    answers: HashMap<CallName, VecDeque<(u32, PayloadBuffer)>>,
    ends: HashMap<CallName, Result<PayloadBuffer, Error>>,
}

/// A copy of the plugin's table.
#[derive(Clone, Copy)]
pub(super) struct Plugin(pub Side);

// SAFETY: the functions may be called from any thread, as far as the test host calls them.
unsafe impl Send for Plugin {}

/// A call that the host started.
pub(super) struct Record {
    pub contract: &'static MethodContract,
    pub events: Vec<(u32, PayloadBuffer)>,
    pub end: Option<Result<PayloadBuffer, Error>>,
    pub refused: bool,
}

impl Record {
    pub(super) fn new(contract: &'static MethodContract) -> Record {
        Record { contract, events: Vec::new(), end: None, refused: false }
    }
}

impl Stage {
    pub(super) fn new(script: Script, services: Vec<String>) -> Stage {
        let state = State {
            script,
            plugin: None,
            services,
            hesitates: false,
            never_reads: false,
            patience: None,
            records: HashMap::new(),
            answers: HashMap::new(),
            ends: HashMap::new(),
        };
        Stage { state: Mutex::new(state) }
    }

    /// The table that the plugin gets; it points to this stage, which must not move.
    pub(super) fn table(&self) -> Side {
        Side {
            size: std::mem::size_of::<Side>() as u32,
            reserved: 0,
            instance: self as *const Stage as *mut c_void,
            start,
            emit,
            finish,
            cancel,
            resume,
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Send the plugin what a service has answered, as far as it takes it.
    fn deliver(&self, call: CallName) {
        loop {
            let mut state = self.state();
            let plugin = state.plugin.expect("the plugin called a service before it was created").0;
            let next = match state.answers.get_mut(&call) {
                Some(events) => events.pop_front(),
                None => return,
            };
            let (event, payload) = match next {
                Some(next) => next,
                None => {
                    state.answers.remove(&call);
                    let end = state.ends.remove(&call);
                    drop(state);
                    if let Some(end) = end {
                        finish_with(&plugin, call, &end);
                    }
                    return;
                }
            };
            drop(state);
            // SAFETY: the plugin's functions are called as abi.h says; so in this whole file.
            let status = unsafe { (plugin.emit)(plugin.instance, call, event, payload.view()) };
            if status == WOULD_BLOCK {
                if let Some(events) = self.state().answers.get_mut(&call) {
                    events.push_front((event, payload));
                }
                return;
            }
        }
    }
}

fn finish_with(plugin: &Side, call: CallName, end: &Result<PayloadBuffer, Error>) {
    let mut raw = End {
        size: std::mem::size_of::<End>() as u32,
        code: OK,
        retry: 0,
        reserved: 0,
        retry_after: 0,
        message: View::EMPTY,
        result: View::EMPTY,
    };
    match end {
        Ok(result) => raw.result = result.view(),
        Err(error) => {
            raw.code = error.code.number();
            raw.retry = error.retry as u32;
            raw.message = View::of(error.message.as_bytes());
        }
    }
    unsafe { (plugin.finish)(plugin.instance, call, &raw) };
}

/// The stage, and bytes for as long as the function runs to which they were passed.
unsafe fn stage<'a>(pointer: *mut c_void) -> &'a Stage {
    unsafe { &*pointer.cast::<Stage>() }
}

unsafe fn bytes<'a>(view: View) -> &'a [u8] {
    match view.data.is_null() {
        true => &[],
        false => unsafe { std::slice::from_raw_parts(view.data.cast(), view.size as usize) },
    }
}

unsafe extern "C" fn start(pointer: *mut c_void, start: *const Start) -> i32 {
    let (stage, start) = unsafe { (stage(pointer), &*start) };
    let mut state = stage.state();
    let service = match state.services.get(start.interface as usize) {
        Some(service) => service.clone(),
        None => return Code::Unsupported.number(),
    };
    let method = contract(&service).and_then(|contract| contract.method(start.method));
    let request = method.map(|method| check(method.request, unsafe { bytes(start.request) }));
    let Answer { events, end } = match request {
        Some(Ok(request)) => state.script.answer(&service, start.method, &request),
        Some(Err(_)) => return Code::InvalidArgument.number(),
        None => return Code::Unsupported.number(),
    };
    state.answers.insert(start.call, events);
    state.ends.insert(start.call, end);
    drop(state);
    stage.deliver(start.call);
    OK
}

unsafe extern "C" fn emit(pointer: *mut c_void, call: CallName, event: u32, payload: View) -> i32 {
    let (stage, bytes) = unsafe { (stage(pointer), bytes(payload)) };
    let mut state = stage.state();
    let (hesitates, never_reads, patience) = (state.hesitates, state.never_reads, state.patience);
    let record = match state.records.get_mut(&call) {
        Some(record) if record.end.is_none() => record,
        _ => return STALE,
    };
    let layout = match record.contract.event(event) {
        Some(layout) => layout,
        None => return Code::InvalidArgument.number(),
    };
    if check(layout, bytes).is_err() {
        return Code::InvalidArgument.number();
    }
    if patience.map_or(false, |patience| record.events.len() >= patience) {
        return CANCELLED;
    }
    if never_reads {
        record.refused = true;
        return WOULD_BLOCK;
    }
    if hesitates && !record.refused {
        record.refused = true;
        let plugin = state.plugin.expect("the plugin emitted before it was created").0;
        drop(state);
        // From another thread and a little later, or at once and before `emit` has returned: both may happen.
        if call % 2 == 0 {
            unsafe { (plugin.resume)(plugin.instance, call) };
        } else {
            let plugin = Plugin(plugin);
            std::thread::spawn(move || resume_later(plugin, call));
        }
        return WOULD_BLOCK;
    }
    record.refused = false;
    record.events.push((event, PayloadBuffer::copy(bytes)));
    OK
}

fn resume_later(plugin: Plugin, call: CallName) {
    unsafe { (plugin.0.resume)(plugin.0.instance, call) };
}

unsafe extern "C" fn finish(pointer: *mut c_void, call: CallName, end: *const End) -> i32 {
    let (stage, end) = unsafe { (stage(pointer), &*end) };
    let mut state = stage.state();
    let record = match state.records.get_mut(&call) {
        Some(record) if record.end.is_none() => record,
        _ => return STALE,
    };
    record.end = Some(if end.code == OK {
        let result = unsafe { bytes(end.result) };
        match check(record.contract.result, result) {
            Ok(_) => Ok(PayloadBuffer::copy(result)),
            Err(fault) => Err(Error::internal(format!("the plugin's result is malformed: {}", fault))),
        }
    } else {
        Err(Error {
            code: Code::from_number(end.code),
            message: String::from_utf8_lossy(unsafe { bytes(end.message) }).into_owned(),
            retry: end.retry != 0,
            retry_after: match end.retry_after {
                0 => None,
                wait => Some(Duration::from_nanos(wait.max(0) as u64)),
            },
        })
    });
    OK
}

unsafe extern "C" fn cancel(pointer: *mut c_void, call: CallName) -> i32 {
    let stage = unsafe { stage(pointer) };
    let mut state = stage.state();
    if state.answers.remove(&call).is_none() {
        return STALE;
    }
    state.ends.remove(&call);
    let plugin = state.plugin.expect("the plugin called a service before it was created").0;
    drop(state);
    finish_with(&plugin, call, &Err(Error::new(Code::Cancelled, "the plugin cancelled the call")));
    OK
}

unsafe extern "C" fn resume(pointer: *mut c_void, call: CallName) -> i32 {
    unsafe { stage(pointer) }.deliver(call);
    OK
}
