//! log.h: `jackfield.log/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.log";

/// `jackfield_log_write` to `jackfield_empty`
pub const WRITE: u32 = 1;
/// `JACKFIELD_LOG_TRACE`
pub const TRACE: u32 = 0;
/// `JACKFIELD_LOG_DEBUG`
pub const DEBUG: u32 = 1;
/// `JACKFIELD_LOG_INFO`
pub const INFO: u32 = 2;
/// `JACKFIELD_LOG_NOTICE`
pub const NOTICE: u32 = 3;
/// `JACKFIELD_LOG_WARNING`
pub const WARNING: u32 = 4;
/// `JACKFIELD_LOG_ERROR`
pub const ERROR: u32 = 5;

structures! {
    /// `jackfield_log_write`
    headed Write = "jackfield_log_write", 32, 32 {
        size: u32 = 0,
        level: u32 = 4,
        message: payload::Text = 8,
        fields: payload::List<payload::Pair> = 16,
    }
}
