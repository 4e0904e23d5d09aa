//! @ID@: what the host measured, as JSON lines.

use jackfield::exporter::{Rendering, Snapshot};
use jackfield::{Error, Exporter, Plugin, Setup};

mod lines;

struct JsonLines {
    prefix: String,
    spans: bool,
}

impl Plugin for JsonLines {
    fn create(setup: &Setup) -> Result<Self, Error> {
        Ok(JsonLines { prefix: setup.config.text("prefix", "")?, spans: setup.config.flag("spans", true)? })
    }
}

impl Exporter for JsonLines {
    fn render(&self, snapshot: Snapshot) -> Result<Rendering, Error> {
        let mut body = String::new();
        for family in &snapshot.families {
            for sample in &family.samples {
                body += &format!("{}\n", lines::sample(&self.prefix, family, sample, snapshot.time));
            }
        }
        for span in snapshot.spans.iter().filter(|_| self.spans) {
            body += &format!("{}\n", lines::span(span));
        }
        Ok(Rendering { content_type: "application/x-ndjson".into(), body: body.into_bytes() })
    }
}

jackfield::plugin! { id: "@ID@", exporter: JsonLines }

#[cfg(test)]
mod tests {
    use super::*;
    use jackfield::exporter::{Bucket, Family, MetricKind, Sample, Span};
    use jackfield::testing::Host;
    use jackfield::Code;

    fn snapshot() -> Snapshot {
        let labels = vec![("route".to_owned(), "/\"x\"".to_owned())];
        let counter = Sample { value: 3.0, labels, ..Sample::default() };
        let buckets = vec![Bucket { upper: 0.1, count: 1 }, Bucket { upper: f64::INFINITY, count: 2 }];
        let histogram = Sample { value: 1.5, count: 2, buckets, ..Sample::default() };
        let family = |kind, name: &str, sample| Family {
            kind,
            name: name.into(),
            unit: "s".into(),
            help: String::new(),
            samples: vec![sample],
        };
        Snapshot {
            time: 7,
            families: vec![
                family(MetricKind::Counter, "requests", counter),
                family(MetricKind::Histogram, "time", histogram),
            ],
            spans: vec![Span { name: "GET /".into(), kind: 2, start: 1, end: 2, ..Span::default() }],
            ..Snapshot::default()
        }
    }

    #[test]
    fn each_sample_and_span_is_one_line() {
        let exporter = Host::new(jackfield_plugin_v1()).start().unwrap();
        let rendering = exporter.render(&snapshot()).unwrap();
        let expected = concat!(
            r#"{"name":"requests","kind":"counter","unit":"s","labels":{"route":"/\"x\""},"value":3,"time":7}"#,
            "\n",
            r#"{"name":"time","kind":"histogram","unit":"s","labels":{},"count":2,"sum":1.5,"#,
            r#""buckets":[{"le":0.1,"count":1},{"le":"+Inf","count":2}],"time":7}"#,
            "\n",
            r#"{"span":"GET /","trace_id":"","span_id":"","parent_id":null,"kind":2,"code":0,"start":1,"end":2,"#,
            r#""attributes":{}}"#,
            "\n",
        );
        assert_eq!(String::from_utf8(rendering.body).unwrap(), expected);
    }

    #[test]
    fn the_configuration_names_a_prefix_and_leaves_spans_out() {
        let host = Host::new(jackfield_plugin_v1()).config(r#"{"prefix": "my.", "spans": false}"#);
        let body = String::from_utf8(host.start().unwrap().render(&snapshot()).unwrap().body).unwrap();
        assert!(body.starts_with(r#"{"name":"my.requests""#));
        assert!(!body.contains("GET /"));
    }

    #[test]
    fn it_is_scraped_and_does_not_push() {
        let exporter = Host::new(jackfield_plugin_v1()).start().unwrap();
        assert_eq!(exporter.push(&snapshot()).unwrap_err().code, Code::Unsupported);
    }
}
