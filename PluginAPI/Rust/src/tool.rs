//! tool.h: functions that agents and language models call by name, with arguments as JSON.

use crate::abi::tool as raw;
use crate::call::Call;
use crate::error::Error;
use crate::plugin::Plugin;

/// Changes nothing.
pub const READ_ONLY: u32 = raw::READ_ONLY;
/// The same call again changes nothing more.
pub const IDEMPOTENT: u32 = raw::IDEMPOTENT;
/// May undo or delete what somebody made.
pub const DESTRUCTIVE: u32 = raw::DESTRUCTIVE;
/// Reaches beyond this machine.
pub const OPEN_WORLD: u32 = raw::OPEN_WORLD;

/// Tools. Handlers of different calls may run at the same time.
pub trait Tool: Plugin {
    /// The same for the life of an instance. Must not wait.
    fn list(&self) -> Vec<Entry>;
    /// Call one of them.
    ///
    /// # Errors
    ///
    /// [`Code::InvalidArgument`](crate::Code::InvalidArgument) for arguments that are not JSON or not as the schema
    /// says, with a sentence from which a model can see what would be right; [`Code::NotFound`](crate::Code::NotFound)
    /// for a name that is not listed. A function that was called and failed is no error, but [`Output::failed`].
    fn call(&self, request: Request, call: &Call<'_, Event>) -> Result<Output, Error>;
}

messages! {
    /// What a tool is asked what it offers with: nothing.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    List = raw::List {}

    /// One tool.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Entry = raw::Entry {
        /// Unique within the plugin: 1 to 64 of A-Z a-z 0-9 _ and -.
        name: String,
        /// For the model: what it does, when to use it.
        description: String,
        /// JSON Schema of the arguments, of type "object".
        parameters: String,
        /// JSON Schema of the content.
        result: Option<String>,
        /// [`READ_ONLY`] and so on.
        flags: u32,
    }

    /// What a plugin offers.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Entries = raw::ListResult {
        /// One at least.
        tools: Vec<Entry>,
    }

    /// What is called.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Request = raw::Call {
        /// One that `list` names.
        name: String,
        /// A JSON object.
        arguments: String,
        /// Of the call, unique; the same when it is repeated.
        id: Option<String>,
    }

    /// How far the work is.
    #[derive(Clone, Debug, Default, PartialEq)]
    Progress = raw::Progress {
        /// 0 to 1, below 0 if unknown.
        fraction: f64,
        /// What is done at the moment.
        message: String,
    }

    /// What came of it.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Output = raw::Result {
        /// [`FAILED`](raw::FAILED)
        flags: u32,
        /// What the caller reads.
        content: String,
        /// Of the content; `None`: application/json.
        media_type: Option<String>,
    }
}

impl Output {
    /// The function did what it should.
    pub fn json(content: impl ToString) -> Output {
        Output { flags: 0, content: content.to_string(), media_type: None }
    }

    /// The function was called and reports a failure of its own: the model should read it.
    pub fn failed(content: impl ToString) -> Output {
        Output { flags: raw::FAILED, content: content.to_string(), media_type: None }
    }

    /// The function reports a failure of its own.
    pub fn is_failed(&self) -> bool {
        self.flags & raw::FAILED != 0
    }
}

events! {
    /// What a tool emits.
    Event {
        /// How far the work is.
        Progress(Progress) = raw::EVENT_PROGRESS,
    }
}
