//! exporter.h: `jackfield.exporter/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.exporter";

/// `jackfield_exporter_snapshot` to `jackfield_empty`
pub const PUSH: u32 = 1;
/// `jackfield_exporter_snapshot` to `jackfield_exporter_rendering`
pub const RENDER: u32 = 2;
/// `JACKFIELD_METRIC_COUNTER`
pub const METRIC_COUNTER: u32 = 1;
/// `JACKFIELD_METRIC_GAUGE`
pub const METRIC_GAUGE: u32 = 2;
/// `JACKFIELD_METRIC_HISTOGRAM`
pub const METRIC_HISTOGRAM: u32 = 3;

structures! {
    /// `jackfield_exporter_bucket`
    element Bucket = "jackfield_exporter_bucket", 16, 16 {
        upper: f64 = 0,
        count: u64 = 8,
    }

    /// `jackfield_exporter_sample`
    element Sample = "jackfield_exporter_sample", 48, 48 {
        value: f64 = 0,
        count: u64 = 8,
        labels: payload::List<payload::Pair> = 16,
        buckets: payload::List<Bucket> = 32,
    }

    /// `jackfield_exporter_family`
    element Family = "jackfield_exporter_family", 48, 48 {
        kind: u32 = 0,
        reserved: payload::Zero = 4,
        name: payload::Text = 8,
        unit: payload::Text = 16,
        help: payload::Text = 24,
        samples: payload::List<Sample> = 32,
    }

    /// `jackfield_exporter_span`
    element Span = "jackfield_exporter_span", 72, 72 {
        start: i64 = 0,
        end: i64 = 8,
        kind: u32 = 16,
        code: i32 = 20,
        name: payload::Text = 24,
        trace_id: payload::Text = 32,
        span_id: payload::Text = 40,
        parent_id: payload::Text = 48,
        attributes: payload::List<payload::Pair> = 56,
    }

    /// `jackfield_exporter_snapshot`
    headed Snapshot = "jackfield_exporter_snapshot", 64, 64 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        time: i64 = 8,
        start: i64 = 16,
        accept: payload::Text = 24,
        families: payload::List<Family> = 32,
        spans: payload::List<Span> = 48,
    }

    /// `jackfield_exporter_rendering`
    headed Rendering = "jackfield_exporter_rendering", 24, 24 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        content_type: payload::Text = 8,
        body: payload::Data = 16,
    }
}
