//! timer.h: `jackfield.timer/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.timer";

/// `jackfield_timer_after` to `jackfield_empty`
pub const AFTER: u32 = 1;

structures! {
    /// `jackfield_timer_after`
    headed After = "jackfield_timer_after", 16, 16 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        delay: i64 = 8,
    }
}
