//! validator.h: looks at text that comes in or goes out and says what may happen to it.

use crate::abi::validator as raw;
use crate::agent::Severity;
use crate::error::Error;
use crate::payload::{Builder, FieldValue, Message, Payload};
use crate::plugin::Plugin;

/// A validator. It is on the path of every request, so it looks at nothing but the text and never waits.
pub trait Validator: Plugin {
    /// Judge the texts.
    ///
    /// # Errors
    ///
    /// Any; the host then treats the text as its manifest says.
    fn check(&self, subject: Subject) -> Result<Verdict, Error>;
}

numbered! {
    /// Where the text goes.
    Direction {
        /// From a client, or from a tool towards a model.
        Input = raw::DIRECTION_INPUT,
        /// Towards a client.
        Output = raw::DIRECTION_OUTPUT,
    }
}

numbered! {
    /// What shall happen to a text, from mild to strict.
    Action else Block {
        /// Let it through.
        Allow = raw::ACTION_ALLOW,
        /// Let it through, and say so in logs, metrics and findings.
        Flag = raw::ACTION_FLAG,
        /// Let it through as rewritten.
        Redact = raw::ACTION_REDACT,
        /// Do not let it through.
        Block = raw::ACTION_BLOCK,
    }
}

messages! {
    /// One text.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Segment = raw::Segment {
        /// Who wrote it: "system", "user", "assistant", "tool".
        role: String,
        /// What was written.
        text: String,
    }

    /// Something in a text. Positions are bytes of the text as it was sent, on character boundaries.
    #[derive(Clone, Debug, PartialEq, Eq)]
    Finding = raw::Finding {
        /// What this finding alone would ask for.
        action: Action,
        /// How bad it is.
        severity: Severity,
        /// Index into the segments.
        segment: u32,
        /// Where it begins.
        start: u32,
        /// How long it is.
        length: u32,
        /// "secret.aws-access-key": stable.
        rule: String,
        /// One sentence that does not repeat what was found.
        message: String,
    }

    /// A segment's new text.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Rewrite = raw::Rewrite {
        /// Index into the segments.
        segment: u32,
        /// The whole new text of the segment's settled part.
        text: String,
    }

    /// How many bytes of a segment may go, as sent; on a character boundary.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    Settled = raw::Settled {
        /// From its start.
        bytes: u64,
    }

    /// What may happen to the texts.
    #[derive(Clone, Debug, PartialEq, Eq)]
    Verdict = raw::Verdict {
        /// The strictest of the findings'.
        action: Action,
        /// What was found.
        findings: Vec<Finding>,
        /// With [`Action::Redact`].
        rewrites: Vec<Rewrite>,
        /// One for each segment; empty: all if `is_last`, else nothing.
        settled: Vec<Settled>,
    }
}

impl Verdict {
    /// Nothing was found.
    pub fn allow() -> Verdict {
        Verdict { action: Action::Allow, findings: Vec::new(), rewrites: Vec::new(), settled: Vec::new() }
    }
}

/// The texts to judge. A stream is checked in steps: what is not settled comes again, with what came since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Where they go.
    pub direction: Direction,
    /// No more of these texts will come.
    pub is_last: bool,
    /// The texts.
    pub segments: Vec<Segment>,
}

impl Message for Subject {
    type Raw = raw::Check;
    fn decode(payload: &Payload<'_>, raw: raw::Check) -> Subject {
        Subject {
            direction: FieldValue::get(payload, raw.direction),
            is_last: raw.last != 0,
            segments: FieldValue::get(payload, raw.segments),
        }
    }
    fn encode(&self, builder: &mut Builder) -> raw::Check {
        raw::Check {
            direction: self.direction.number(),
            last: self.is_last as u32,
            segments: self.segments.put(builder),
            ..Default::default()
        }
    }
}
