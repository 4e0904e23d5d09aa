//! build.h: building a payload.

use super::message::Message;
use crate::abi::layout::Structure;
use crate::abi::payload::{Data, List, Text, PAYLOAD_MAX};
use crate::abi::View;

/// A finished payload, at an address divisible by 8.
#[derive(Clone, Debug, Default)]
pub struct PayloadBuffer {
    words: Vec<u64>,
    size: usize,
}

impl PayloadBuffer {
    /// A copy of bytes, at an address divisible by 8.
    pub fn copy(bytes: &[u8]) -> PayloadBuffer {
        let mut buffer = PayloadBuffer::default();
        buffer.grow(bytes.len());
        buffer.bytes_mut().copy_from_slice(bytes);
        buffer
    }

    /// All of it.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the words hold at least `size` initialised bytes, and bytes have no alignment.
        unsafe { std::slice::from_raw_parts(self.words.as_ptr().cast(), self.size) }
    }

    /// For a call of the ABI; not longer than the buffer lives.
    pub fn view(&self) -> View {
        View::of(self.bytes())
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and the buffer is borrowed for writing.
        unsafe { std::slice::from_raw_parts_mut(self.words.as_mut_ptr().cast(), self.size) }
    }

    fn grow(&mut self, size: usize) {
        self.words.resize((size + 7) / 8, 0);
        self.size = size;
    }
}

/// A payload in the making.
///
/// One that grows beyond [`PAYLOAD_MAX`] is remembered and comes out empty; every reader refuses it.
#[derive(Debug)]
pub struct Builder {
    buffer: PayloadBuffer,
    overflowed: bool,
}

impl Builder {
    /// Begin with room for the struct that will stand at the start.
    pub fn new<T: Structure>() -> Builder {
        let mut buffer = PayloadBuffer::default();
        buffer.grow(std::mem::size_of::<T>());
        Builder { buffer, overflowed: false }
    }

    /// The whole payload of a message.
    pub fn payload<M: Message>(message: &M) -> PayloadBuffer {
        let mut builder = Builder::new::<M::Raw>();
        let head = message.encode(&mut builder);
        builder.finish(head)
    }

    /// Add a text. An empty one is present all the same.
    pub fn text(&mut self, text: &str) -> Text {
        let (offset, length) = self.append(text.as_bytes(), 1);
        Text { offset, length }
    }

    /// Add bytes.
    pub fn data(&mut self, bytes: &[u8]) -> Data {
        let (offset, length) = self.append(bytes, 1);
        Data { offset, length }
    }

    /// Add a list of structs whose own references are in place.
    pub fn list<T: Structure>(&mut self, elements: &[T]) -> List<T> {
        if elements.is_empty() {
            return List::default();
        }
        let (offset, _) = self.append(raw(elements), 8);
        List { offset, count: elements.len() as u32, stride: std::mem::size_of::<T>() as u32, ..List::default() }
    }

    /// Write the struct to the start.
    pub fn finish<T: Structure>(mut self, head: T) -> PayloadBuffer {
        if self.overflowed {
            return PayloadBuffer::default();
        }
        let head = head.sized();
        let bytes = raw(std::slice::from_ref(&head));
        self.buffer.bytes_mut()[..bytes.len()].copy_from_slice(bytes);
        self.buffer
    }

    fn append(&mut self, bytes: &[u8], align: usize) -> (u32, u32) {
        let at = crate::abi::layout::aligned(self.buffer.size, align);
        if self.overflowed || bytes.len() > PAYLOAD_MAX - at.min(PAYLOAD_MAX) {
            self.overflowed = true;
            return (0, 0);
        }
        self.buffer.grow(at + bytes.len());
        self.buffer.bytes_mut()[at..].copy_from_slice(bytes);
        (at as u32, bytes.len() as u32)
    }
}

/// The bytes of structs as they lie in memory.
fn raw<T: Structure>(elements: &[T]) -> &[u8] {
    // SAFETY: a Structure has no padding, so that every byte is initialised.
    unsafe { std::slice::from_raw_parts(elements.as_ptr().cast(), std::mem::size_of_val(elements)) }
}
