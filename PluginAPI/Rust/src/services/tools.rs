//! tools.h: the tools that the manifest's `grants.tools` lists.

use super::outgoing_call::OutgoingCall;
use crate::abi::tools as raw;
use crate::call::Call;
use crate::error::Error;
use crate::tool::{Event, Output};

messages! {
    /// The question which tools there are: empty.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ListRequest = raw::List {}

    /// A tool.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ToolEntry = raw::Entry {
        /// INSTANCE/TOOL
        name: String,
        /// The same as language models are told it.
        alias: String,
        /// For the model.
        description: String,
        /// JSON Schema.
        parameters: String,
        /// JSON Schema.
        result: Option<String>,
        /// [`READ_ONLY`](crate::tool::READ_ONLY) and so on.
        flags: u32,
    }

    /// The tools that are granted.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ToolEntries = raw::ListResult {
        /// In the manifest's order.
        tools: Vec<ToolEntry>,
    }

    /// Which tool is called with what.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ToolRequest = raw::Call {
        /// INSTANCE/TOOL, or the alias.
        name: String,
        /// A JSON object.
        arguments: String,
        /// Of the call, unique; the same when it is repeated.
        id: Option<String>,
    }
}

impl<E> Call<'_, E> {
    /// The tools that the manifest grants.
    ///
    /// # Errors
    ///
    /// What the host answers.
    pub fn tools(&self) -> Result<Vec<ToolEntry>, Error> {
        let call = OutgoingCall::start(self, raw::ID, raw::LIST, &ListRequest {})?;
        Ok(call.result::<ToolEntries>()?.tools)
    }

    /// Call a tool.
    ///
    /// # Errors
    ///
    /// `Forbidden` if it is not granted.
    pub fn call_tool(&self, request: &ToolRequest) -> Result<ToolRun, Error> {
        Ok(ToolRun { call: OutgoingCall::start(self, raw::ID, raw::CALL, request)? })
    }
}

/// A tool at work. Dropping it gives it up.
pub struct ToolRun {
    call: OutgoingCall,
}

impl ToolRun {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// Why there is no more.
    pub fn next_event(&self) -> Result<Option<Event>, Error> {
        self.call.next()
    }

    /// What came of it; leaves the events that are still to come.
    ///
    /// # Errors
    ///
    /// Why nothing did.
    pub fn result(&self) -> Result<Output, Error> {
        self.call.result()
    }
}
