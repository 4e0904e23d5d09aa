import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Prometheus

/// The exact text of both formats.
struct ExpositionTests {
    private func text(_ families: [Exporter.Family], accept: String? = nil, prefix: String = "") throws -> String {
        let exporter = PrometheusExporter(config: try PrometheusConfig(["prefix": .string(prefix)]))
        let rendering = exporter.render(Exporter.Snapshot(time: 0, accept: accept, families: families))
        return String(decoding: rendering.body, as: UTF8.self)
    }

    private let openMetrics = "application/openmetrics-text"

    private let calls = Exporter.Family(
        name: "jackfield.plugin.calls", kind: .counter, unit: "{call}", help: "Calls, by \"outcome\".\nAll of \\them.",
        samples: [
            Exporter.Sample(labels: [Exporter.Label("code", "ok"), Exporter.Label("plugin", "a\"b\\c\nd")], value: 3),
            Exporter.Sample(labels: [Exporter.Label("code", "deadline")], value: 0.5),
        ])
    private let duration = Exporter.Family(
        name: "http.server.request.duration", kind: .histogram, unit: "s", help: "Time.",
        samples: [
            Exporter.Sample(
                labels: [Exporter.Label("http.route", "/v1")], value: 1.75, count: 3,
                buckets: [
                    Exporter.Bucket(upper: 0.000_001, count: 0), Exporter.Bucket(upper: 1, count: 2),
                    Exporter.Bucket(upper: .infinity, count: 3),
                ])
        ])
    private let memory = Exporter.Family(
        name: "process.memory.usage", kind: .gauge, unit: "By", help: "Memory.",
        samples: [Exporter.Sample(value: 12_345_678)])

    @Test func theTextFormat() throws {
        #expect(
            try text([calls, duration, memory]) == #"""
                # HELP jackfield_plugin_calls_total Calls, by "outcome".\nAll of \\them.
                # TYPE jackfield_plugin_calls_total counter
                jackfield_plugin_calls_total{code="ok",plugin="a\"b\\c\nd"} 3
                jackfield_plugin_calls_total{code="deadline"} 0.5
                # HELP http_server_request_duration_seconds Time.
                # TYPE http_server_request_duration_seconds histogram
                http_server_request_duration_seconds_bucket{http_route="/v1",le="1e-06"} 0
                http_server_request_duration_seconds_bucket{http_route="/v1",le="1"} 2
                http_server_request_duration_seconds_bucket{http_route="/v1",le="+Inf"} 3
                http_server_request_duration_seconds_sum{http_route="/v1"} 1.75
                http_server_request_duration_seconds_count{http_route="/v1"} 3
                # HELP process_memory_usage_bytes Memory.
                # TYPE process_memory_usage_bytes gauge
                process_memory_usage_bytes 12345678

                """#)
    }

    @Test func openMetricsFormat() throws {
        #expect(
            try text([calls, duration, memory], accept: openMetrics) == #"""
                # HELP jackfield_plugin_calls Calls, by \"outcome\".\nAll of \\them.
                # TYPE jackfield_plugin_calls counter
                jackfield_plugin_calls_total{code="ok",plugin="a\"b\\c\nd"} 3
                jackfield_plugin_calls_total{code="deadline"} 0.5
                # HELP http_server_request_duration_seconds Time.
                # TYPE http_server_request_duration_seconds histogram
                # UNIT http_server_request_duration_seconds seconds
                http_server_request_duration_seconds_bucket{http_route="/v1",le="1e-06"} 0
                http_server_request_duration_seconds_bucket{http_route="/v1",le="1.0"} 2
                http_server_request_duration_seconds_bucket{http_route="/v1",le="+Inf"} 3
                http_server_request_duration_seconds_sum{http_route="/v1"} 1.75
                http_server_request_duration_seconds_count{http_route="/v1"} 3
                # HELP process_memory_usage_bytes Memory.
                # TYPE process_memory_usage_bytes gauge
                # UNIT process_memory_usage_bytes bytes
                process_memory_usage_bytes 12345678
                # EOF

                """#)
    }

    @Test func nothingMeasuredIsAnEmptyExposition() throws {
        let empty = Exporter.Family(name: "a", kind: .gauge, unit: "", help: "", samples: [])
        #expect(try text([empty]) == "")
        #expect(try text([empty], accept: openMetrics) == "# EOF\n")
    }

    @Test func valuesThatAreNotFiniteHaveNames() throws {
        func gauge(_ value: Double) -> Exporter.Sample { Exporter.Sample(value: value) }
        let families = [Double.nan, .infinity, -.infinity, -1.5, 1e300].enumerated().map {
            Exporter.Family(name: "g\($0)", kind: .gauge, unit: "", help: "", samples: [gauge($1)])
        }
        #expect(
            try text(families).split(separator: "\n").filter { !$0.hasPrefix("#") }
                == ["g0 NaN", "g1 +Inf", "g2 -Inf", "g3 -1.5", "g4 1e+300"])
    }

    @Test func aCounterThatIsNotOneIsLeftOut() throws {
        let family = Exporter.Family(
            name: "c", kind: .counter, unit: "", help: "",
            samples: [Exporter.Sample(value: -1), Exporter.Sample(labels: [Exporter.Label("a", "b")], value: .nan)])
        #expect(try text([family]) == "")
    }

    @Test func aHistogramIsClosedByTheInfiniteBucket() throws {
        let family = Exporter.Family(
            name: "h", kind: .histogram, unit: "", help: "",
            samples: [
                Exporter.Sample(value: 9, count: 4, buckets: [Exporter.Bucket(upper: -1, count: 1)])
            ])
        #expect(
            try text([family])
                == "# TYPE h histogram\nh_bucket{le=\"-1\"} 1\nh_bucket{le=\"+Inf\"} 4\nh_sum 9\nh_count 4\n")
        // OpenMetrics has no sum where values may be negative.
        #expect(
            try text([family], accept: openMetrics)
                == "# TYPE h histogram\nh_bucket{le=\"-1.0\"} 1\nh_bucket{le=\"+Inf\"} 4\nh_count 4\n# EOF\n")
    }

    @Test func samplesThatBecomeTheSameAreMerged() throws {
        func family(_ kind: Exporter.Kind) -> Exporter.Family {
            Exporter.Family(
                name: "x", kind: kind, unit: "", help: "",
                samples: [
                    Exporter.Sample(
                        labels: [Exporter.Label("a.b", "1")], value: 2, count: 2,
                        buckets: [Exporter.Bucket(upper: .infinity, count: 2)]),
                    Exporter.Sample(
                        labels: [Exporter.Label("a_b", "1")], value: 5, count: 1,
                        buckets: [Exporter.Bucket(upper: .infinity, count: 1)]),
                ])
        }
        #expect(try text([family(.counter)]) == "# TYPE x_total counter\nx_total{a_b=\"1\"} 7\n")
        #expect(try text([family(.gauge)]) == "# TYPE x gauge\nx{a_b=\"1\"} 5\n")
        #expect(
            try text([family(.histogram)])
                == "# TYPE x histogram\nx_bucket{a_b=\"1\",le=\"+Inf\"} 3\nx_sum{a_b=\"1\"} 7\nx_count{a_b=\"1\"} 3\n")
    }

    @Test func aPrefixStandsBeforeEveryName() throws {
        #expect(try text([memory], prefix: "dev").contains("\ndev_process_memory_usage_bytes 12345678\n"))
    }
}
