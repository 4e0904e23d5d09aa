//! exporter.h: takes what the host measured to where somebody looks at it.

use crate::abi::exporter as raw;
use crate::call::Call;
use crate::error::Error;
use crate::event::NoEvent;
use crate::plugin::Plugin;

/// An exporter: implement `render` to be scraped, `push` to send.
pub trait Exporter: Plugin {
    /// Send what was measured to somebody.
    ///
    /// # Errors
    ///
    /// Any; what this default answers says that the exporter does not push.
    fn push(&self, _snapshot: Snapshot, _call: &Call<'_, NoEvent>) -> Result<(), Error> {
        Err(Error::unsupported("this exporter is scraped, it does not push"))
    }
    /// Put what was measured into words for the one who scrapes. Must not wait.
    ///
    /// # Errors
    ///
    /// Any; what this default answers says that the exporter is not scraped.
    fn render(&self, _snapshot: Snapshot) -> Result<Rendering, Error> {
        Err(Error::unsupported("this exporter pushes, it cannot be scraped"))
    }
}

numbered! {
    /// How a metric is counted.
    MetricKind {
        /// It only grows.
        Counter = raw::METRIC_COUNTER,
        /// It goes up and down.
        Gauge = raw::METRIC_GAUGE,
        /// How often which values came.
        Histogram = raw::METRIC_HISTOGRAM,
    }
}

messages! {
    /// How many values were not above a bound.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    Bucket = raw::Bucket {
        /// Inclusive; the last one is infinite.
        upper: f64,
        /// Cumulative.
        count: u64,
    }

    /// A metric's value for one set of labels.
    #[derive(Clone, Debug, Default, PartialEq)]
    Sample = raw::Sample {
        /// Of a counter or gauge; for a histogram the sum.
        value: f64,
        /// Of a histogram.
        count: u64,
        /// Name and value, sorted by name.
        labels: Vec<(String, String)>,
        /// By rising `upper`.
        buckets: Vec<Bucket>,
    }

    /// A metric.
    #[derive(Clone, Debug, PartialEq)]
    Family = raw::Family {
        /// How it is counted.
        kind: MetricKind,
        /// OpenTelemetry style: "http.server.request.duration".
        name: String,
        /// UCUM: "s", "By", "{request}".
        unit: String,
        /// One sentence.
        help: String,
        /// One for each set of labels.
        samples: Vec<Sample>,
    }

    /// A piece of work that was traced. Times are nanoseconds since 1970.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Span = raw::Span {
        /// When it began.
        start: i64,
        /// When it was over.
        end: i64,
        /// OpenTelemetry SpanKind: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
        kind: u32,
        /// 0 or the number of a [`Code`](crate::Code).
        code: i32,
        /// What was done.
        name: String,
        /// 32 hexadecimal digits.
        trace_id: String,
        /// 16 hexadecimal digits.
        span_id: String,
        /// Of the span that caused it.
        parent_id: Option<String>,
        /// Name and value.
        attributes: Vec<(String, String)>,
    }

    /// What the host measured.
    #[derive(Clone, Debug, Default, PartialEq)]
    Snapshot = raw::Snapshot {
        /// Nanoseconds since 1970.
        time: i64,
        /// Since when counters and histograms count, the same; 0: not known.
        start: i64,
        /// What the one who scrapes accepts (RFC 9110 Accept).
        accept: Option<String>,
        /// The metrics.
        families: Vec<Family>,
        /// The traces' spans since the last snapshot.
        spans: Vec<Span>,
    }

    /// The answer to a scrape.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Rendering = raw::Rendering {
        /// "text/plain; charset=utf-8"
        content_type: String,
        /// What was asked for.
        body: Vec<u8>,
    }
}
