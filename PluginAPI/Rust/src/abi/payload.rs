//! payload.h: how requests, events and results lie in memory.

use super::layout::{FieldType, Kind, Layout, Structure};
use std::marker::PhantomData;

/// Bytes that a payload may have.
pub const PAYLOAD_MAX: usize = 0xffff_ffff;

/// `offset` 0: absent. Otherwise `length` bytes of UTF-8 from there.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Text {
    pub offset: u32,
    pub length: u32,
}

/// The same, for bytes that are not text.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Data {
    pub offset: u32,
    pub length: u32,
}

/// `count` structs, `stride` bytes apart.
#[repr(C)]
#[allow(missing_docs)]
pub struct List<T> {
    pub offset: u32,
    pub count: u32,
    pub stride: u32,
    pub reserved: u32,
    /// What its elements are.
    pub element: PhantomData<T>,
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { offset: 0, count: 0, stride: 0, reserved: 0, element: PhantomData }
    }
}

impl<T> std::fmt::Debug for List<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "List({} of {} bytes at {})", self.count, self.stride, self.offset)
    }
}

/// A reserved field: zero.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zero(pub u32);

impl FieldType for Text {
    const KIND: Kind = Kind::Text;
}
impl FieldType for Data {
    const KIND: Kind = Kind::Data;
}
impl FieldType for Zero {
    const KIND: Kind = Kind::Zero;
}
impl<T: Structure> FieldType for List<T> {
    const KIND: Kind = Kind::List;
    const ELEMENT: Option<&'static Layout> = Some(T::LAYOUT);
}

structures! {
    /// An element of a list of texts.
    element Item = "jackfield_item", 8, 8 {
        text: Text = 0,
    }

    /// Two texts: a header field, a label.
    element Pair = "jackfield_pair", 16, 16 {
        name: Text = 0,
        value: Text = 8,
    }

    /// The result of a method that has nothing to say.
    headed Empty = "jackfield_empty", 8, 8 {
        size: u32 = 0,
        reserved: Zero = 4,
    }

    /// Who asks, and how the request is known in logs and traces.
    headed Context = "jackfield_context", 48, 48 {
        size: u32 = 0,
        reserved: Zero = 4,
        request_id: Text = 8,
        trace_parent: Text = 16,
        tenant: Text = 24,
        user: Text = 32,
        session: Text = 40,
    }
}
