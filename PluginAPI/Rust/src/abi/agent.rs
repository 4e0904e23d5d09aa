//! agent.h: `jackfield.agent/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.agent";

/// `jackfield_agent_describe` to `jackfield_agent_description`
pub const DESCRIBE: u32 = 1;
/// `jackfield_agent_invoke` to events, `jackfield_agent_result`
pub const INVOKE: u32 = 2;
/// `jackfield_agent_text`: the answer, in pieces
pub const EVENT_TEXT: u32 = 1;
/// `jackfield_agent_finding`
pub const EVENT_FINDING: u32 = 2;
/// `jackfield_agent_artifact`
pub const EVENT_ARTIFACT: u32 = 3;
/// `jackfield_agent_question`: what the user would have to say; the answer comes as another invoke, with this one
/// in its history
pub const EVENT_QUESTION: u32 = 4;
/// `jackfield_agent_progress`
pub const EVENT_PROGRESS: u32 = 5;
/// `JACKFIELD_SEVERITY_OK`
pub const SEVERITY_OK: u32 = 0;
/// `JACKFIELD_SEVERITY_INFO`
pub const SEVERITY_INFO: u32 = 1;
/// `JACKFIELD_SEVERITY_WARNING`
pub const SEVERITY_WARNING: u32 = 2;
/// `JACKFIELD_SEVERITY_CRITICAL`
pub const SEVERITY_CRITICAL: u32 = 3;
/// `JACKFIELD_FINDING_HAS_VALUE`
pub const FINDING_HAS_VALUE: u32 = 1;
/// `JACKFIELD_FINDING_HAS_THRESHOLD`
pub const FINDING_HAS_THRESHOLD: u32 = 2;
/// A language model worded the answer
pub const CONSULTED: u32 = 1;

structures! {
    /// `jackfield_agent_describe`
    headed Describe = "jackfield_agent_describe", 8, 8 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
    }

    /// `jackfield_agent_capability`: one thing that the agent can do. The host chooses agents by how well a question
    /// fits these.
    element Capability = "jackfield_agent_capability", 48, 48 {
        id: payload::Text = 0,
        description: payload::Text = 8,
        keywords: payload::List<payload::Item> = 16,
        examples: payload::List<payload::Item> = 32,
    }

    /// `jackfield_agent_description`
    headed Description = "jackfield_agent_description", 32, 32 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        summary: payload::Text = 8,
        capabilities: payload::List<Capability> = 16,
    }

    /// `jackfield_agent_invoke`
    headed Invoke = "jackfield_agent_invoke", 48, 48 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        input: payload::Text = 8,
        model: payload::Text = 16,
        context: payload::Text = 24,
        history: payload::List<Turn> = 32,
    }

    /// `jackfield_agent_turn`
    element Turn = "jackfield_agent_turn", 16, 16 {
        role: payload::Text = 0,
        text: payload::Text = 8,
    }

    /// `jackfield_agent_text`
    headed Text = "jackfield_agent_text", 16, 16 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        text: payload::Text = 8,
    }

    /// `jackfield_agent_finding`
    headed Finding = "jackfield_agent_finding", 72, 72 {
        size: u32 = 0,
        severity: u32 = 4,
        present: u32 = 8,
        reserved: payload::Zero = 12,
        value: f64 = 16,
        threshold: f64 = 24,
        id: payload::Text = 32,
        title: payload::Text = 40,
        unit: payload::Text = 48,
        source: payload::Text = 56,
        detail: payload::Text = 64,
    }

    /// `jackfield_agent_artifact`
    headed Artifact = "jackfield_agent_artifact", 32, 32 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        name: payload::Text = 8,
        media_type: payload::Text = 16,
        data: payload::Data = 24,
    }

    /// `jackfield_agent_question`
    headed Question = "jackfield_agent_question", 40, 40 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        id: payload::Text = 8,
        text: payload::Text = 16,
        options: payload::List<payload::Item> = 24,
    }

    /// `jackfield_agent_progress`
    headed Progress = "jackfield_agent_progress", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        fraction: f64 = 8,
        message: payload::Text = 16,
    }

    /// `jackfield_agent_result`
    headed Result = "jackfield_agent_result", 40, 40 {
        size: u32 = 0,
        flags: u32 = 4,
        prompt_tokens: u64 = 8,
        completion_tokens: u64 = 16,
        upstream: payload::Text = 24,
        note: payload::Text = 32,
    }
}
