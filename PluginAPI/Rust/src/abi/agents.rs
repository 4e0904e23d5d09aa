//! agents.h: `jackfield.agents/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.agents";

/// `jackfield_agents_list` to `jackfield_agents_list_result`
pub const LIST: u32 = 1;
/// `jackfield_agents_invoke` to events of agent.h, `jackfield_agent_result`
pub const INVOKE: u32 = 2;

structures! {
    /// `jackfield_agents_list`
    headed List = "jackfield_agents_list", 8, 8 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
    }

    /// `jackfield_agents_entry`
    element Entry = "jackfield_agents_entry", 16, 16 {
        id: payload::Text = 0,
        summary: payload::Text = 8,
    }

    /// `jackfield_agents_list_result`
    headed ListResult = "jackfield_agents_list_result", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        agents: payload::List<Entry> = 8,
    }

    /// `jackfield_agents_invoke`
    headed Invoke = "jackfield_agents_invoke", 40, 40 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        agent: payload::Text = 8,
        input: payload::Text = 16,
        model: payload::Text = 24,
        context: payload::Text = 32,
    }
}
