//! One line for each sample and each span.

use jackfield::exporter::{Family, MetricKind, Sample, Span};
use jackfield::Json;

/// A metric's value for one set of labels. `time` is in nanoseconds since 1970.
pub fn sample(prefix: &str, family: &Family, sample: &Sample, time: i64) -> Json {
    let kind = match family.kind {
        MetricKind::Counter => "counter",
        MetricKind::Gauge => "gauge",
        MetricKind::Histogram => "histogram",
    };
    let mut members = vec![
        ("name", Json::from(format!("{}{}", prefix, family.name))),
        ("kind", kind.into()),
        ("unit", family.unit.as_str().into()),
        ("labels", pairs(&sample.labels)),
    ];
    if family.kind == MetricKind::Histogram {
        let buckets = sample.buckets.iter();
        let buckets = buckets.map(|each| Json::object([("le", number(each.upper)), ("count", each.count.into())]));
        members.extend([
            ("count", sample.count.into()),
            ("sum", number(sample.value)),
            ("buckets", Json::List(buckets.collect())),
        ]);
    } else {
        members.push(("value", number(sample.value)));
    }
    members.push(("time", time.into()));
    Json::object(members)
}

/// A piece of work that was traced.
pub fn span(span: &Span) -> Json {
    Json::object([
        ("span", Json::from(span.name.as_str())),
        ("trace_id", span.trace_id.as_str().into()),
        ("span_id", span.span_id.as_str().into()),
        ("parent_id", span.parent_id.as_deref().into()),
        ("kind", span.kind.into()),
        ("code", span.code.into()),
        ("start", span.start.into()),
        ("end", span.end.into()),
        ("attributes", pairs(&span.attributes)),
    ])
}

fn pairs(pairs: &[(String, String)]) -> Json {
    Json::object(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str().into())))
}

/// JSON has no number for what is not finite: a text stands for it.
fn number(value: f64) -> Json {
    if value.is_finite() {
        value.into()
    } else if value.is_nan() {
        "NaN".into()
    } else if value > 0.0 {
        "+Inf".into()
    } else {
        "-Inf".into()
    }
}
