//! The clock of deadlines. The standard library has no way to read it as a number.

use std::os::raw::{c_int, c_long};
use std::time::Duration;

#[repr(C)]
struct Timespec {
    seconds: c_long,
    nanoseconds: c_long,
}

/// clock_gettime(2), linux/time.h
const CLOCK_MONOTONIC: c_int = 1;

extern "C" {
    fn clock_gettime(clock: c_int, time: *mut Timespec) -> c_int;
}

/// Nanoseconds of CLOCK_MONOTONIC.
pub(crate) fn now() -> i64 {
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    // SAFETY: the C library, which std links, writes one timespec. The clock exists on every Linux: no error is
    // possible.
    unsafe { clock_gettime(CLOCK_MONOTONIC, &mut time) };
    // Both are 64 bits wide: the ABI is for such machines only.
    time.seconds.saturating_mul(1_000_000_000).saturating_add(time.nanoseconds)
}

/// How long until a moment of that clock; nothing once it has passed.
pub(crate) fn until(deadline: i64) -> Duration {
    Duration::from_nanos(deadline.saturating_sub(now()).max(0) as u64)
}
