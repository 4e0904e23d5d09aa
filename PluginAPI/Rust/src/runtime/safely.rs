//! Locks that outlive a panic, and panics that do not leave.

use crate::error::Error;
use std::any::Any;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::{Condvar, Mutex, MutexGuard};

/// Take a lock. A handler that panicked held none of the kit's, so what it guards is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Wait for a change, not beyond a deadline (nanoseconds of CLOCK_MONOTONIC, 0: none).
pub(crate) fn wait<'a, T>(changed: &Condvar, guard: MutexGuard<'a, T>, deadline: i64) -> MutexGuard<'a, T> {
    if deadline == 0 {
        return changed.wait(guard).unwrap_or_else(|poisoned| poisoned.into_inner());
    }
    let result = changed.wait_timeout(guard, super::clock::until(deadline));
    result.unwrap_or_else(|poisoned| poisoned.into_inner()).0
}

/// Run code of the plugin: a panic becomes an error, since none may cross the ABI.
pub(super) fn caught<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(from_panic(panic)))
}

/// Run code of the kit in a function of the ABI.
pub(super) fn guarded<T>(fallback: T, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(fallback)
}

fn from_panic(panic: Box<dyn Any + Send>) -> Error {
    let what = match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => match panic.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(other) => {
                // A payload of a type of its own might panic again while it is dropped.
                if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(other))) {
                    std::mem::forget(again);
                }
                "no reason was given".to_owned()
            }
        },
    };
    Error::internal(format!("the plugin panicked: {}", what))
}
