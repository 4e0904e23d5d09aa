//! tools.h: `jackfield.tools/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.tools";

/// `jackfield_tools_list` to `jackfield_tools_list_result`
pub const LIST: u32 = 1;
/// `jackfield_tools_call` to events of tool.h, `jackfield_tool_result`
pub const CALL: u32 = 2;

structures! {
    /// `jackfield_tools_list`
    headed List = "jackfield_tools_list", 8, 8 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
    }

    /// `jackfield_tools_entry`
    element Entry = "jackfield_tools_entry", 48, 48 {
        name: payload::Text = 0,
        alias: payload::Text = 8,
        description: payload::Text = 16,
        parameters: payload::Text = 24,
        result: payload::Text = 32,
        flags: u32 = 40,
        reserved: payload::Zero = 44,
    }

    /// `jackfield_tools_list_result`
    headed ListResult = "jackfield_tools_list_result", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        tools: payload::List<Entry> = 8,
    }

    /// `jackfield_tools_call`
    headed Call = "jackfield_tools_call", 32, 32 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        name: payload::Text = 8,
        arguments: payload::Text = 16,
        id: payload::Text = 24,
    }
}
