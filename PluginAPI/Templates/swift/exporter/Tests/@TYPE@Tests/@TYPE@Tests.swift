import JackfieldJSON
import JackfieldTesting
import JackfieldVocabulary
import Testing

@testable import @TYPE@Plugin

@Suite("@ID@")
struct @TYPE@Tests {
    private let snapshot = Exporter.Snapshot(
        time: 17,
        families: [
            Exporter.Family(
                name: "requests", kind: .counter, unit: "{request}", help: "",
                samples: [Exporter.Sample(labels: [Exporter.Label("code", "ok")], value: 3)]),
            Exporter.Family(
                name: "duration", kind: .histogram, unit: "s", help: "",
                samples: [
                    Exporter.Sample(
                        value: 0.25, count: 2,
                        buckets: [
                            Exporter.Bucket(upper: 0.1, count: 1), Exporter.Bucket(upper: .infinity, count: 2),
                        ])
                ]),
            Exporter.Family(name: "odd", kind: .gauge, unit: "", help: "", samples: [Exporter.Sample(value: .nan)]),
        ],
        spans: [
            Exporter.Span(
                name: "GET \"/\"", start: 1, end: 2, kind: 2, traceID: "t", spanID: "s",
                attributes: [Exporter.Label("a", "b")])
        ])

    private func lines(_ config: JSON = [:]) throws -> [String] {
        let rendering = try TestHost(@TYPE@.definition, config: config).render(snapshot)
        #expect(rendering.contentType == "application/x-ndjson")
        return String(decoding: rendering.body, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("writes every sample and every span as one line")
    func everything() throws {
        #expect(
            try lines() == [
                #"{"name":"requests","kind":"counter","unit":"{request}","labels":{"code":"ok"},"value":3,"time":17}"#,
                #"{"name":"duration","kind":"histogram","unit":"s","labels":{},"count":2,"sum":0.25,"#
                    + #""buckets":[{"le":0.1,"count":1},{"le":"+Inf","count":2}],"time":17}"#,
                #"{"name":"odd","kind":"gauge","unit":"","labels":{},"value":"NaN","time":17}"#,
                #"{"span":"GET \"/\"","trace_id":"t","span_id":"s","parent_id":null,"kind":2,"code":0,"#
                    + #""start":1,"end":2,"attributes":{"a":"b"}}"#,
            ])
    }

    @Test("puts the prefix before metrics, and leaves spans out")
    func configured() throws {
        let lines = try lines(["prefix": "my.", "spans": false])
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.hasPrefix(#"{"name":"my."#) })
    }

    @Test("does not push")
    func push() async throws {
        let call = try TestHost(@TYPE@.definition).push(snapshot)
        let error = await #expect(throws: CallError.self) { try await call.result() }
        #expect(error?.code == .unsupported)
    }
}
