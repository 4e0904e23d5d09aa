//! tool.h: `jackfield.tool/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.tool";

/// `jackfield_tool_list` to `jackfield_tool_list_result`: the same for the life of an instance
pub const LIST: u32 = 1;
/// `jackfield_tool_call` to events, `jackfield_tool_result`
pub const CALL: u32 = 2;
/// Changes nothing
pub const READ_ONLY: u32 = 1;
/// The same call again changes nothing more
pub const IDEMPOTENT: u32 = 2;
/// May undo or delete what somebody made
pub const DESTRUCTIVE: u32 = 4;
/// Reaches beyond this machine
pub const OPEN_WORLD: u32 = 8;
/// `jackfield_tool_progress`
pub const EVENT_PROGRESS: u32 = 1;
/// `JACKFIELD_TOOL_FAILED`
pub const FAILED: u32 = 1;

structures! {
    /// `jackfield_tool_list`
    headed List = "jackfield_tool_list", 8, 8 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
    }

    /// `jackfield_tool_entry`
    element Entry = "jackfield_tool_entry", 40, 40 {
        name: payload::Text = 0,
        description: payload::Text = 8,
        parameters: payload::Text = 16,
        result: payload::Text = 24,
        flags: u32 = 32,
        reserved: payload::Zero = 36,
    }

    /// `jackfield_tool_list_result`
    headed ListResult = "jackfield_tool_list_result", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        tools: payload::List<Entry> = 8,
    }

    /// `jackfield_tool_call`: arguments that are not JSON or not as the schema says end the call with
    /// JACKFIELD_INVALID_ARGUMENT and a sentence from which a model can see what would be right; a name that is not
    /// listed ends it with JACKFIELD_NOT_FOUND.
    headed Call = "jackfield_tool_call", 32, 32 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        name: payload::Text = 8,
        arguments: payload::Text = 16,
        id: payload::Text = 24,
    }

    /// `jackfield_tool_progress`
    headed Progress = "jackfield_tool_progress", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        fraction: f64 = 8,
        message: payload::Text = 16,
    }

    /// `jackfield_tool_result`
    headed Result = "jackfield_tool_result", 24, 24 {
        size: u32 = 0,
        flags: u32 = 4,
        content: payload::Text = 8,
        media_type: payload::Text = 16,
    }
}
