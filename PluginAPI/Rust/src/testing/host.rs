//! The test host: what it gives a plugin.

use super::instance::Instance;
use super::script::{HttpAnswer, Script};
use super::side::{Plugin as PluginTable, Stage};
use crate::abi::{self, Failure, Setup, Side, View, OK};
use crate::error::{Code, Error};
use crate::tool::Output;
use std::ffi::CStr;

/// JACKFIELD_SIDE_ROOM: bytes that a plugin may write its table into.
const SIDE_ROOM: usize = 1024;

/// What a plugin is given: configuration, and what the services answer. Without more each service is there and has
/// nothing: no secret, no tool, no address that answers.
pub struct Host {
    descriptor: *const abi::Plugin,
    config: String,
    withheld: Vec<String>,
    hesitates: bool,
    never_reads: bool,
    patience: Option<usize>,
    script: Script,
}

impl Host {
    /// A host for the plugin of this library: `Host::new(jackfield_plugin_v1())`.
    pub fn new(descriptor: *const abi::Plugin) -> Host {
        assert!(!descriptor.is_null(), "jackfield_plugin_v1 answered null");
        Host {
            descriptor,
            config: "{}".to_owned(),
            withheld: Vec::new(),
            hesitates: false,
            never_reads: false,
            patience: None,
            script: Script::default(),
        }
    }

    /// The configuration, as JSON.
    #[must_use]
    pub fn config(mut self, json: &str) -> Host {
        self.config = json.to_owned();
        self
    }

    /// An answer to requests of the plugin; the first one that fits is taken.
    #[must_use]
    pub fn http(mut self, answer: HttpAnswer) -> Host {
        self.script.http.push(answer);
        self
    }

    /// A secret that is granted.
    #[must_use]
    pub fn secret(mut self, name: &str, value: &str) -> Host {
        self.script.secrets.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What a language model answers.
    #[must_use]
    pub fn completion(mut self, text: &str) -> Host {
        self.script.completion = text.to_owned();
        self
    }

    /// What a tool, INSTANCE/TOOL, answers.
    #[must_use]
    pub fn tool(mut self, name: &str, output: Output) -> Host {
        self.script.tools.push((name.to_owned(), output));
        self
    }

    /// Do without a service: "jackfield.log".
    #[must_use]
    pub fn without(mut self, service: &str) -> Host {
        self.withheld.push(service.to_owned());
        self
    }

    /// A slow reader: every event is refused once, and asked for again.
    #[must_use]
    pub fn hesitating(mut self) -> Host {
        self.hesitates = true;
        self
    }

    /// A reader that takes nothing and never asks for more.
    #[must_use]
    pub fn never_reading(mut self) -> Host {
        self.never_reads = true;
        self
    }

    /// One who takes so many events of a call, and then wants no more.
    #[must_use]
    pub fn losing_interest_after(mut self, events: usize) -> Host {
        self.patience = Some(events);
        self
    }

    /// Create and open an instance.
    ///
    /// # Errors
    ///
    /// What the plugin answered.
    pub fn start(self) -> Result<Instance, Error> {
        // SAFETY: the descriptor is what `plugin!` made: static data with valid pointers. So in the whole function,
        // which calls the plugin as abi.h says.
        let descriptor = unsafe { &*self.descriptor };
        let services: Vec<String> = (0..descriptor.service_count as usize)
            .map(|index| unsafe {
                let id = CStr::from_ptr((**descriptor.services.add(index)).id);
                id.to_str().expect("the id of a service is UTF-8").to_owned()
            })
            .collect();
        let granted: Vec<u32> = services.iter().map(|id| !self.withheld.contains(id) as u32).collect();
        let stage = Box::new(Stage::new(self.script, services));
        {
            let mut state = stage.state();
            state.hesitates = self.hesitates;
            state.never_reads = self.never_reads;
            state.patience = self.patience;
        }
        let table = Box::new(stage.table());
        let setup = Setup {
            size: std::mem::size_of::<Setup>() as u32,
            service_count: granted.len() as u32,
            host: &*table,
            services: granted.as_ptr(),
            instance_id: View::of(b"test"),
            config: View::of(self.config.as_bytes()),
            abi_revision: abi::ABI_REVISION,
            reserved: 0,
        };
        let mut room = [0u64; SIDE_ROOM / 8];
        room[0] = SIDE_ROOM as u64;
        let side: *mut Side = room.as_mut_ptr().cast();
        let mut failure =
            Failure { size: std::mem::size_of::<Failure>() as u32, code: Code::Internal.number(), message: [0; 504] };
        let status = unsafe { (descriptor.create)(&setup, side, &mut failure) };
        if status != OK {
            return Err(reason(status, &failure));
        }
        let side = unsafe { side.read() };
        stage.state().plugin = Some(PluginTable(side));
        let instance = Instance::new(descriptor, side, stage, table);
        let status = unsafe { (descriptor.open)(side.instance, &mut failure) };
        if status != OK {
            return Err(reason(status, &failure));
        }
        Ok(instance)
    }
}

fn reason(status: i32, failure: &Failure) -> Error {
    // SAFETY: the array was zeroed, and a plugin writes text that ends with NUL.
    let message = unsafe { CStr::from_ptr(failure.message.as_ptr()) };
    Error::new(Code::from_number(status), message.to_string_lossy())
}
