//! read.h: reading a payload that was checked.
//!
//! Every access is bounded by the buffer all the same: what a reference that leaves it gives is empty.

use super::message::Message;
use crate::abi::layout::Structure;
use crate::abi::payload::{Data, List, Text};
use crate::error::Error;
use std::cell::Cell;

/// A payload that lies in memory of somebody else.
#[derive(Clone, Copy, Debug)]
pub struct Payload<'a> {
    bytes: &'a [u8],
    /// Set when a number is met that stands in no list here.
    strange: Option<&'a Cell<bool>>,
}

impl<'a> Payload<'a> {
    /// Bytes that [`check`](super::check) accepted.
    pub(crate) fn new(bytes: &'a [u8]) -> Payload<'a> {
        Payload { bytes, strange: None }
    }

    /// The whole buffer.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The struct at the start. What an older sender did not know is zero; what a newer one added is left out.
    pub fn head<T: Structure>(&self) -> T {
        let size = if self.bytes.len() < 4 { 0 } else { u32_at(self.bytes, 0) as usize };
        read(self.bytes, 0, size)
    }

    /// The value that a request stands for.
    ///
    /// # Errors
    ///
    /// `Unsupported` for a number (a kind, a direction) that stands in no list here: a newer host means something by
    /// it.
    pub(crate) fn request<M: Message>(&self) -> Result<M, Error> {
        let strange = Cell::new(false);
        let value = Payload { bytes: self.bytes, strange: Some(&strange) }.value();
        if strange.get() {
            return Err(Error::unsupported("the request has a kind of thing that this plugin's kit does not know"));
        }
        Ok(value)
    }

    /// A number was met that stands in no list here.
    pub(crate) fn met_strange_number(&self) {
        if let Some(strange) = self.strange {
            strange.set(true);
        }
    }

    /// The value that the payload stands for.
    pub fn value<M: Message>(&self) -> M {
        M::decode(self, self.head())
    }

    /// A text; an absent one is `None`.
    pub fn text(&self, text: Text) -> Option<&'a str> {
        if text.offset == 0 {
            return None;
        }
        Some(std::str::from_utf8(self.slice(text.offset, text.length)).unwrap_or(""))
    }

    /// Bytes; absent ones are `None`.
    pub fn data(&self, data: Data) -> Option<&'a [u8]> {
        if data.offset == 0 {
            return None;
        }
        Some(self.slice(data.offset, data.length))
    }

    /// The elements of a list.
    pub fn list<T: Structure>(&self, list: List<T>) -> impl Iterator<Item = T> + 'a {
        let bytes = self.bytes;
        let (offset, stride) = (list.offset as usize, list.stride as usize);
        let fits = match (list.count as usize).checked_mul(stride) {
            Some(total) => offset <= bytes.len() && total <= bytes.len() - offset,
            None => false,
        };
        let count = if fits { list.count as usize } else { 0 };
        (0..count).map(move |index| read(bytes, offset + index * stride, stride))
    }

    fn slice(&self, offset: u32, length: u32) -> &'a [u8] {
        let from = offset as usize;
        from.checked_add(length as usize).and_then(|to| self.bytes.get(from..to)).unwrap_or(&[])
    }
}

/// A struct of `size` bytes at `at`, or as much of it as there is; the rest is zero.
fn read<T: Structure>(bytes: &[u8], at: usize, size: usize) -> T {
    let mut value = T::default();
    let given = bytes.get(at..).unwrap_or(&[]);
    let count = size.min(given.len()).min(std::mem::size_of::<T>());
    // SAFETY: `count` bytes can be read from `given` and written to `value`; every pattern of bits is a value of a
    // Structure.
    unsafe { std::ptr::copy_nonoverlapping(given.as_ptr(), (&mut value as *mut T).cast::<u8>(), count) };
    value
}

/// A little-endian number; the caller has checked that it lies inside.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
