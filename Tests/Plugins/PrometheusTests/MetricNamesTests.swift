import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Prometheus

/// How metrics and labels are called.
struct MetricNamesTests {
    private func family(_ name: String, _ kind: Exporter.Kind = .gauge, _ unit: String = "") -> Exporter.Family {
        Exporter.Family(name: name, kind: kind, unit: unit, help: "", samples: [])
    }

    @Test(arguments: [
        ("http.server.duration", Exporter.Kind.gauge, "s", "http_server_duration_seconds"),
        ("request.duration.seconds", .gauge, "s", "request_duration_seconds"),
        ("process.cpu.time", .counter, "s", "process_cpu_time_seconds"),
        ("requests_total", .counter, "{request}", "requests"),
        ("disk.io", .gauge, "By/s", "disk_io_bytes_per_second"),
        ("events", .gauge, "{event}/s", "events_per_second"),
        ("cache.hits", .gauge, "1", "cache_hits_ratio"), ("cache.hits", .counter, "1", "cache_hits"),
        ("cpu.use", .gauge, "%", "cpu_use_percent"), ("swap", .gauge, "MiBy", "swap_mebibytes"),
        ("odd", .gauge, "furlong", "odd_furlong"), ("odd", .gauge, "1/s", "odd_per_second"),
        ("1.st--wert:ü", .gauge, "s", "_1_st_wert:_seconds"), ("", .gauge, "", "_"),
    ])
    func namesCarryTheirUnit(_ name: String, _ kind: Exporter.Kind, _ unit: String, _ expected: String) {
        #expect(MetricNames(prefix: "").name(of: family(name, kind, unit)).base == expected)
    }

    @Test func twoMetricsNeverShareAName() {
        let names = MetricNames(prefix: "")
        #expect(names.name(of: family("a.b", .gauge, "s")).base == "a_b_seconds")
        #expect(names.name(of: family("a_b", .gauge, "s")).base == "a_b_2_seconds")
        #expect(names.name(of: family("a-b", .gauge, "s")).base == "a_b_3_seconds")
        // From scrape to scrape a name stays.
        #expect(names.name(of: family("a-b", .gauge, "s")).base == "a_b_3_seconds")
        #expect(names.name(of: family("a.b", .gauge, "s")).base == "a_b_seconds")
    }

    @Test func namesOfSamplesDoNotCollideEither() {
        let names = MetricNames(prefix: "")
        #expect(names.name(of: family("h", .histogram)).base == "h")
        #expect(names.name(of: family("h.count")).base == "h_count_2")
        #expect(names.name(of: family("c", .counter)).base == "c")
        #expect(names.name(of: family("c")).base == "c_2")
        #expect(names.name(of: family("c.total")).base == "c_total_2")
    }

    @Test func labelsAreMadeValid() {
        func text(_ labels: [(String, String)], _ kind: Exporter.Kind = .gauge) -> String {
            LabelSet.text(labels.map { Exporter.Label($0.0, $0.1) }, kind)
        }
        #expect(
            text([("http.route", "/"), ("1st", "x"), ("__name__", "y")]) == #"http_route="/",key_1st="x",_name_="y""#)
        #expect(text([("a.b", "1"), ("a_b", "2")]) == #"a_b="1;2""#)
        #expect(text([("le", "5")], .histogram) == #"exported_le="5""#)
        #expect(text([("le", "5")]) == #"le="5""#)
    }

    @Test(arguments: [
        (
            #"{"prefix": "9x"}"#,
            "prefix is \"9x\"; it must be empty, or letters, digits and _ that do not begin with a digit"
        ),
        (#"{"prefix": 9}"#, "prefix is 9; it must be empty, or letters, digits and _ that do not begin with a digit"),
        (#"{"namespace": ""}"#, "namespace is not known; there is prefix"),
        ("[]", "the configuration is an array; it must be an object"),
    ])
    func aMistakeInTheConfigurationIsNamed(_ text: String, _ sentence: String) throws {
        let json = try JSON(parsing: text)
        #expect(throws: CallError(.invalidArgument, sentence)) { try PrometheusConfig(json) }
    }
}
