//! The functions of the ABI. `instance` is a counted reference to an [`Instance`] from `create` to `destroy`.

use super::clock::now;
use super::incoming::Incoming;
use super::instance::Instance;
use super::roles::CallReference;
use super::safely::{caught, guarded};
use crate::abi::layout::Structure;
use crate::abi::payload as raw;
use crate::abi::{CallName, End, Failure, Start, View, OK, STALE};
use crate::context::Context;
use crate::error::{Code, Error};
use crate::payload::check;
use std::os::raw::c_void;
use std::sync::Arc;
use std::time::Duration;

/// A counted reference of its own, so that the instance outlives this call whatever the host does meanwhile.
///
/// # Safety
///
/// `pointer` is null or from `create`, and `destroy` has not returned.
unsafe fn instance(pointer: *mut c_void) -> Option<Arc<Instance>> {
    if pointer.is_null() {
        return None;
    }
    let pointer: *const Instance = pointer.cast();
    // SAFETY: the pointer is from `Arc::into_raw`, and `destroy`, which takes that count back, has not run.
    unsafe {
        Arc::increment_strong_count(pointer);
        Some(Arc::from_raw(pointer))
    }
}

/// The bytes of a view, for as long as the function runs to which it was passed.
///
/// # Safety
///
/// The view is as the ABI wants it.
pub(super) unsafe fn bytes<'a>(view: View) -> &'a [u8] {
    if view.data.is_null() || view.size == 0 {
        return &[];
    }
    // SAFETY: see above.
    unsafe { std::slice::from_raw_parts(view.data.cast(), view.size as usize) }
}

/// A struct of the other side: what an older one does not have is zero. `None` if a newer one has something in the part
/// that is not known here.
///
/// # Safety
///
/// `from` points to a struct that begins with its size, and `T` is one of numbers and data pointers.
pub(super) unsafe fn sized<T: Copy>(from: *const T) -> Option<T> {
    // SAFETY: as many bytes are read as the struct says that it has, and written as there is room for; zero is a value
    // of every T.
    unsafe {
        let size = from.cast::<u32>().read() as usize;
        let known = std::mem::size_of::<T>();
        if size > known {
            let tail = std::slice::from_raw_parts(from.cast::<u8>().add(known), size - known);
            if tail.iter().any(|&byte| byte != 0) {
                return None;
            }
        }
        let mut value = std::mem::MaybeUninit::<T>::zeroed();
        std::ptr::copy_nonoverlapping(from.cast::<u8>(), value.as_mut_ptr().cast(), size.min(known));
        Some(value.assume_init())
    }
}

pub(super) unsafe extern "C" fn start(pointer: *mut c_void, start: *const Start) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: the host calls this as abi.h says; so in the functions below.
        let (instance, start) = match unsafe { (instance(pointer), sized(start)) } {
            (Some(instance), Some(start)) => (instance, start),
            (None, _) => return Code::Unavailable.number(),
            (_, None) => return Code::Unsupported.number(),
        };
        if instance.host.is_closed() {
            return Code::Unavailable.number();
        }
        if start.reserved != 0 {
            return Code::InvalidArgument.number();
        }
        let contract = match instance.contract.method(start.method) {
            Some(contract) if start.interface == 0 => contract,
            _ => return Code::Unsupported.number(),
        };
        // SAFETY: both views are borrowed until this function returns.
        let (request, context) = unsafe { (bytes(start.request), bytes(start.context)) };
        let request = match check(contract.request, request) {
            Ok(request) => request,
            Err(_) => return Code::InvalidArgument.number(),
        };
        let context = match context {
            [] => Context::default(),
            context => match check(raw::Context::LAYOUT, context) {
                Ok(context) => context.value(),
                Err(_) => return Code::InvalidArgument.number(),
            },
        };
        let call = Arc::new(Incoming::new(Arc::clone(&instance), start.call, start.deadline, context));
        if start.call == 0 || !instance.add(&call) {
            return Code::InvalidArgument.number();
        }
        let outcome = if start.deadline != 0 && now() >= start.deadline {
            Err(Error::deadline())
        } else {
            caught(|| instance.role.dispatch(start.method, &request, &CallReference(Arc::clone(&call))))
        };
        call.complete(outcome);
        OK
    })
}

pub(super) unsafe extern "C" fn emit(pointer: *mut c_void, call: CallName, event: u32, payload: View) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: see `start`.
        let (instance, bytes) = unsafe { (instance(pointer), bytes(payload)) };
        let call = instance.and_then(|instance| instance.outgoing(call));
        call.map_or(STALE, |call| call.received(event, bytes))
    })
}

pub(super) unsafe extern "C" fn finish(pointer: *mut c_void, call: CallName, end: *const End) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: see `start`.
        let (instance, end) = unsafe { (instance(pointer), sized(end)) };
        let (instance, call) = match instance.and_then(|instance| Some((instance.outgoing(call)?, instance))) {
            Some((call, instance)) => (instance, call),
            None => return STALE,
        };
        instance.remove_outgoing(call.name);
        // SAFETY: the views are borrowed until this function returns.
        call.finished(match end {
            None => Err(Error::unsupported("the host ended a call with something that this kit does not know")),
            Some(end) if end.reserved != 0 => Err(Error::internal("a reserved field of a call's end is not zero")),
            Some(end) if end.code == OK => Ok(unsafe { bytes(end.result) }),
            Some(end) => Err(Error {
                code: Code::from_number(end.code),
                message: String::from_utf8_lossy(unsafe { bytes(end.message) }).into_owned(),
                retry: end.retry != 0,
                retry_after: if end.retry_after > 0 {
                    Some(Duration::from_nanos(end.retry_after as u64))
                } else {
                    None
                },
            }),
        });
        OK
    })
}

pub(super) unsafe extern "C" fn cancel(pointer: *mut c_void, call: CallName) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: see `start`.
        let call = unsafe { instance(pointer) }.and_then(|instance| instance.incoming(call));
        call.map_or(STALE, |call| {
            call.cancel();
            OK
        })
    })
}

pub(super) unsafe extern "C" fn resume(pointer: *mut c_void, call: CallName) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: see `start`.
        let call = unsafe { instance(pointer) }.and_then(|instance| instance.incoming(call));
        call.map_or(STALE, |call| {
            call.resumed();
            OK
        })
    })
}

/// [`Plugin::open`](crate::abi::Plugin::open)
///
/// # Safety
///
/// As abi.h says; so for the functions below.
pub unsafe extern "C" fn open(pointer: *mut c_void, failure: *mut Failure) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: see `start`.
        let outcome = match unsafe { instance(pointer) } {
            Some(instance) => caught(|| instance.role.open()),
            None => Err(Error::internal("there is no instance to open")),
        };
        match outcome {
            Ok(()) => OK,
            // SAFETY: the host's struct lives during the call.
            Err(error) => unsafe { super::create::report(&error, failure) },
        }
    })
}

/// [`Plugin::drain`](crate::abi::Plugin::drain): handlers run to their end; there is nothing to do.
///
/// # Safety
///
/// As for `open`.
pub unsafe extern "C" fn drain(_pointer: *mut c_void, _deadline: i64) {}

/// [`Plugin::close`](crate::abi::Plugin::close)
///
/// # Safety
///
/// As for `open`.
pub unsafe extern "C" fn close(pointer: *mut c_void) {
    guarded((), || {
        // SAFETY: see `start`.
        if let Some(instance) = unsafe { instance(pointer) } {
            instance.close();
        }
    });
}

/// [`Plugin::destroy`](crate::abi::Plugin::destroy)
///
/// # Safety
///
/// As for `open`; the pointer is invalid afterwards.
pub unsafe extern "C" fn destroy(pointer: *mut c_void) {
    guarded((), || {
        // SAFETY: see `start`; the second line takes back the count that `create` gave away.
        if let Some(instance) = unsafe { instance(pointer) } {
            instance.close();
            unsafe { Arc::decrement_strong_count(pointer as *const Instance) };
        }
    });
}
