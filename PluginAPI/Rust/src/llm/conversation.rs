//! What a conversation consists of.

use crate::abi::llm as raw;

numbered! {
    /// What a part of a message is.
    PartKind {
        /// `text`
        Text = raw::PART_TEXT,
        /// `url` (http, https), `detail`
        ImageUrl = raw::PART_IMAGE_URL,
        /// `data`, `media_type`, `detail`
        Image = raw::PART_IMAGE,
        /// `text` holds JSON, `media_type` says what it is. A provider whose upstream knows no structured input passes
        /// the JSON on as text.
        Data = raw::PART_DATA,
        /// `text` holds the part as JSON in OpenAI's dialect: audio, files.
        Other = raw::PART_OTHER,
    }
}

messages! {
    /// A part of a message.
    #[derive(Clone, Debug, PartialEq, Eq)]
    Part = raw::Part {
        /// Which of the fields count.
        kind: PartKind,
        /// UTF-8.
        text: Option<String>,
        /// "image/png"
        media_type: Option<String>,
        /// Of an image.
        url: Option<String>,
        /// "low", "high", "auto"
        detail: Option<String>,
        /// Of an image.
        data: Vec<u8>,
        /// JSON object: fields that this vocabulary does not know.
        extra: Option<String>,
    }

    /// A tool call that a model made.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ToolCall = raw::Call {
        /// The model's name for it.
        id: String,
        /// Of the tool.
        name: String,
        /// JSON as the model wrote it: not always valid.
        arguments: String,
        /// JSON object: fields that this vocabulary does not know.
        extra: Option<String>,
    }

    /// A message of a conversation.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Message = raw::Message {
        /// "system", "developer", "user", "assistant", "tool".
        role: String,
        /// Of the participant.
        name: Option<String>,
        /// With role "tool": which call this answers.
        tool_call_id: Option<String>,
        /// With role "assistant": what the model thought, where the upstream wants it back.
        reasoning: Option<String>,
        /// JSON object: fields that this vocabulary does not know.
        extra: Option<String>,
        /// What it says.
        parts: Vec<Part>,
        /// With role "assistant".
        calls: Vec<ToolCall>,
    }

    /// A tool that the model may call.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Tool = raw::Tool {
        /// Of the tool.
        name: String,
        /// For the model.
        description: Option<String>,
        /// JSON Schema of the arguments.
        parameters: Option<String>,
        /// 0 not said, 1 yes, 2 no.
        strict: u32,
        /// JSON object: fields that this vocabulary does not know.
        extra: Option<String>,
    }
}

impl Part {
    /// A part that is text.
    pub fn text(text: impl Into<String>) -> Part {
        Part {
            kind: PartKind::Text,
            text: Some(text.into()),
            media_type: None,
            url: None,
            detail: None,
            data: Vec::new(),
            extra: None,
        }
    }
}

impl Message {
    /// A message that is text.
    pub fn text(role: impl Into<String>, text: impl Into<String>) -> Message {
        Message { role: role.into(), parts: vec![Part::text(text)], ..Message::default() }
    }
}
