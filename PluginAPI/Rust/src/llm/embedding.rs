//! Texts as vectors.

use crate::abi::llm as raw;
use crate::payload::{Builder, FieldValue, Message, Payload};

messages! {
    /// Texts that shall become vectors.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    EmbeddingRequest = raw::Embed {
        /// 0: as the model likes.
        dimensions: u32,
        /// To a provider the upstream's name.
        model: String,
        /// Who asks, as the upstream shall know it.
        user: Option<String>,
        /// JSON object: fields that this vocabulary does not know.
        extra: Option<String>,
        /// The texts.
        input: Vec<String>,
    }

    /// The vectors, in the order of the texts.
    #[derive(Clone, Debug, Default, PartialEq)]
    EmbeddingResult = raw::EmbedResult {
        /// Of the texts.
        prompt_tokens: u64,
        /// What the upstream says it used.
        model: Option<String>,
        /// From the service: the INSTANCE/MODEL that answered.
        upstream: Option<String>,
        /// One for each text.
        vectors: Vec<Vector>,
    }
}

/// A text as a vector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    /// IEEE 754 binary32.
    pub values: Vec<f32>,
}

impl Message for Vector {
    type Raw = raw::Vector;
    fn decode(payload: &Payload<'_>, raw: raw::Vector) -> Vector {
        let bytes = payload.data(raw.values).unwrap_or(&[]);
        let values = bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        Vector { values: values.collect() }
    }
    fn encode(&self, builder: &mut Builder) -> raw::Vector {
        let bytes: Vec<u8> = self.values.iter().flat_map(|value| value.to_le_bytes()).collect();
        raw::Vector { values: bytes.put(builder) }
    }
}
