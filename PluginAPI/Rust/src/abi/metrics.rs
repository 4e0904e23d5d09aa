//! metrics.h: `jackfield.metrics/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.metrics";

/// `jackfield_metrics_record` to `jackfield_empty`
pub const RECORD: u32 = 1;

structures! {
    /// `jackfield_metrics_record`
    headed Record = "jackfield_metrics_record", 48, 48 {
        size: u32 = 0,
        kind: u32 = 4,
        value: f64 = 8,
        name: payload::Text = 16,
        unit: payload::Text = 24,
        labels: payload::List<payload::Pair> = 32,
    }
}
