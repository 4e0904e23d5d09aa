//! abi.h: outcomes, calls, and what each side offers the other.

use std::os::raw::c_void;

/// The revision of major version 1 that this crate was written for.
pub const ABI_REVISION: u32 = 1;

/// The call went well.
pub const OK: i32 = 0;
/// The one who asked no longer wants the answer.
pub const CANCELLED: i32 = 1;
/// Answer of `emit` alone: not taken; wait for `resume`, then emit it again.
pub const WOULD_BLOCK: i32 = 100;
/// No such call, or not any more; nothing happened.
pub const STALE: i32 = 101;

/// The name of one call, chosen by the side that starts it. 0 is no call.
pub type CallName = u64;

/// `jackfield_view`: bytes that belong to somebody else.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// May be null only if `size` is 0.
    pub data: *const c_void,
    /// In bytes.
    pub size: u64,
}

impl View {
    /// Nothing.
    pub const EMPTY: View = View { data: std::ptr::null(), size: 0 };

    /// The view of these bytes; it must not be used longer than they are borrowed.
    pub fn of(bytes: &[u8]) -> View {
        View { data: bytes.as_ptr().cast(), size: bytes.len() as u64 }
    }
}

/// `jackfield_start`: how a call begins.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Start {
    pub size: u32,
    pub interface: u32,
    pub method: u32,
    pub reserved: u32,
    pub call: CallName,
    pub parent: CallName,
    pub deadline: i64,
    pub context: View,
    pub request: View,
}

/// `jackfield_end`: how a call ended.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct End {
    pub size: u32,
    pub code: i32,
    pub retry: u32,
    pub reserved: u32,
    pub retry_after: i64,
    pub message: View,
    pub result: View,
}

/// [`Side::start`]
pub type StartFunction = unsafe extern "C" fn(*mut c_void, *const Start) -> i32;
/// [`Side::emit`]
pub type EmitFunction = unsafe extern "C" fn(*mut c_void, CallName, u32, View) -> i32;
/// [`Side::finish`]
pub type FinishFunction = unsafe extern "C" fn(*mut c_void, CallName, *const End) -> i32;
/// [`Side::cancel`] and [`Side::resume`]
pub type CallFunction = unsafe extern "C" fn(*mut c_void, CallName) -> i32;

/// `jackfield_side`: what one side offers the other.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Side {
    pub size: u32,
    pub reserved: u32,
    pub instance: *mut c_void,
    pub start: StartFunction,
    pub emit: EmitFunction,
    pub finish: FinishFunction,
    pub cancel: CallFunction,
    pub resume: CallFunction,
}

macro_rules! place {
    ($type:ident, $size:literal, $($field:ident: $of:ty = $offset:literal),+) => {
        assert!(std::mem::size_of::<$type>() == $size);
        let mut at = 0;
        $(
            at = super::layout::aligned(at, std::mem::align_of::<$of>());
            assert!(at == $offset);
            at += std::mem::size_of::<$of>();
        )+
        assert!(super::layout::aligned(at, std::mem::align_of::<$type>()) == $size);
    };
}
pub(crate) use place;

// sizes.h for the structs above. A field's place follows from those before it by the rule of repr(C).
const _: () = {
    place!(View, 16, data: *const c_void = 0, size: u64 = 8);
    place!(
        Start, 72, size: u32 = 0, interface: u32 = 4, method: u32 = 8, reserved: u32 = 12, call: u64 = 16,
        parent: u64 = 24, deadline: i64 = 32, context: View = 40, request: View = 56
    );
};
const _: () = {
    place!(
        End, 56, size: u32 = 0, code: i32 = 4, retry: u32 = 8, reserved: u32 = 12, retry_after: i64 = 16,
        message: View = 24, result: View = 40
    );
    place!(
        Side, 56, size: u32 = 0, reserved: u32 = 4, instance: *mut c_void = 8, start: StartFunction = 16,
        emit: EmitFunction = 24, finish: FinishFunction = 32, cancel: CallFunction = 40, resume: CallFunction = 48
    );
};
