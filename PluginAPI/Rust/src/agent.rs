//! agent.h: something that finds out or does things and reports what it found.

use crate::abi::agent as raw;
use crate::call::Call;
use crate::error::Error;
use crate::payload::{Builder, FieldValue, Message, Payload};
use crate::plugin::Plugin;

/// An agent. Handlers of different calls may run at the same time.
pub trait Agent: Plugin {
    /// What the agent can do. Must not wait.
    fn describe(&self) -> Description;
    /// Do it: emit text, findings and the rest, then return how the answer came to be.
    ///
    /// # Errors
    ///
    /// Any: it is how the call ends.
    fn invoke(&self, invocation: Invocation, call: &Call<'_, Event>) -> Result<Answer, Error>;
}

numbered! {
    /// How bad it is.
    Severity else Critical {
        /// As it should be.
        Ok = raw::SEVERITY_OK,
        /// Worth knowing.
        Info = raw::SEVERITY_INFO,
        /// Somebody should look.
        Warning = raw::SEVERITY_WARNING,
        /// Somebody must look now.
        Critical = raw::SEVERITY_CRITICAL,
    }
}

messages! {
    /// What an agent is asked what it can do with: nothing.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Describe = raw::Describe {}

    /// One thing that the agent can do. The host chooses agents by how well a question fits these.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Capability = raw::Capability {
        /// "cpu", unique within the agent.
        id: String,
        /// One sentence.
        description: String,
        /// Words and phrases that a question about this would use.
        keywords: Vec<String>,
        /// Questions that it answers.
        examples: Vec<String>,
    }

    /// What an agent can do.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Description = raw::Description {
        /// One sentence.
        summary: String,
        /// One at least.
        capabilities: Vec<Capability>,
    }

    /// What the agent is asked.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Invocation = raw::Invoke {
        /// What the user asked.
        input: String,
        /// The name to use with the llm service; `None`: choose none.
        model: Option<String>,
        /// A JSON object that the caller sent along.
        context: Option<String>,
        /// The session so far, oldest first.
        history: Vec<Turn>,
    }

    /// One turn of a conversation.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Turn = raw::Turn {
        /// "user" or "assistant".
        role: String,
        /// What was said.
        text: String,
    }

    /// A piece of the answer.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Text = raw::Text {
        /// UTF-8.
        text: String,
    }

    /// Something that was made: a file, a picture.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Artifact = raw::Artifact {
        /// A file name.
        name: String,
        /// "text/csv"
        media_type: String,
        /// Its content.
        data: Vec<u8>,
    }

    /// What the user would have to say.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Question = raw::Question {
        /// Stable.
        id: String,
        /// One sentence.
        text: String,
        /// Possible answers, or none.
        options: Vec<String>,
    }

    /// How far the work is.
    #[derive(Clone, Debug, Default, PartialEq)]
    Progress = raw::Progress {
        /// 0 to 1, below 0 if unknown.
        fraction: f64,
        /// What is done at the moment.
        message: String,
    }
}

/// Something that was measured or found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// "cpu.busy", stable: the same measurement has the same id each time.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub title: String,
    /// In `unit`.
    pub value: Option<f64>,
    /// The one that decided the severity, in `unit`.
    pub threshold: Option<f64>,
    /// UCUM where there is one: "%", "By", "By/s", "s".
    pub unit: Option<String>,
    /// Where the value was read: "/proc/stat".
    pub source: Option<String>,
    /// A JSON object with what stands behind it.
    pub detail: Option<String>,
}

impl Finding {
    /// A finding without a value.
    pub fn new(id: impl Into<String>, severity: Severity, title: impl Into<String>) -> Finding {
        Finding {
            id: id.into(),
            severity,
            title: title.into(),
            value: None,
            threshold: None,
            unit: None,
            source: None,
            detail: None,
        }
    }
}

impl Message for Finding {
    type Raw = raw::Finding;
    fn decode(payload: &Payload<'_>, raw: raw::Finding) -> Finding {
        let given = |bit: u32, value: f64| if raw.present & bit == 0 { None } else { Some(value) };
        Finding {
            id: FieldValue::get(payload, raw.id),
            severity: FieldValue::get(payload, raw.severity),
            title: FieldValue::get(payload, raw.title),
            value: given(raw::FINDING_HAS_VALUE, raw.value),
            threshold: given(raw::FINDING_HAS_THRESHOLD, raw.threshold),
            unit: FieldValue::get(payload, raw.unit),
            source: FieldValue::get(payload, raw.source),
            detail: FieldValue::get(payload, raw.detail),
        }
    }
    fn encode(&self, builder: &mut Builder) -> raw::Finding {
        let bit = |bit: u32, value: Option<f64>| if value.is_some() { bit } else { 0 };
        raw::Finding {
            severity: self.severity.number(),
            present: bit(raw::FINDING_HAS_VALUE, self.value) | bit(raw::FINDING_HAS_THRESHOLD, self.threshold),
            value: self.value.unwrap_or(0.0),
            threshold: self.threshold.unwrap_or(0.0),
            id: self.id.put(builder),
            title: self.title.put(builder),
            unit: self.unit.put(builder),
            source: self.source.put(builder),
            detail: self.detail.put(builder),
            ..Default::default()
        }
    }
}

events! {
    /// What an agent emits.
    Event {
        /// A piece of the answer.
        Text(Text) = raw::EVENT_TEXT,
        /// Something that was measured or found.
        Finding(Finding) = raw::EVENT_FINDING,
        /// Something that was made.
        Artifact(Artifact) = raw::EVENT_ARTIFACT,
        /// What the user would have to say.
        Question(Question) = raw::EVENT_QUESTION,
        /// How far the work is.
        Progress(Progress) = raw::EVENT_PROGRESS,
    }
}

impl Event {
    /// A piece of the answer.
    pub fn text(text: impl Into<String>) -> Event {
        Event::Text(Text { text: text.into() })
    }
}

messages! {
    /// How the answer came to be.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Answer = raw::Result {
        /// [`CONSULTED`](raw::CONSULTED): a language model worded the answer.
        flags: u32,
        /// That the agent used.
        prompt_tokens: u64,
        /// That the agent used.
        completion_tokens: u64,
        /// The INSTANCE/MODEL that worded the answer.
        upstream: Option<String>,
        /// What the user should know about how the answer came to be.
        note: Option<String>,
    }
}
