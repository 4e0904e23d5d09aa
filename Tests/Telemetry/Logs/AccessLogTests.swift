import JackfieldJSON
import Telemetry
import Testing

@Suite struct AccessLogTests {
    private let full = RequestRecord(
        correlation: CorrelationID("id-1")!, method: "POST", route: "/v1/chat/completions", status: 200,
        duration: 12_345_678, bytesIn: 10, bytesOut: 20, caller: "key-1", model: "m\"x", upstream: "openai",
        inputTokens: 5, outputTokens: 7, firstToken: 999_999, errorCode: nil)

    private func lines(_ format: LogFormat, _ records: [RequestRecord], onlyFailures: Bool = false) throws -> [String] {
        let pipe = try Pipe()
        let sink = try LogSink(.descriptor(pipe.writing), format: format)
        let log = AccessLog(sink, onlyFailures: onlyFailures)
        for record in records { log.write(record) }
        sink.close()
        pipe.closeWriter()
        return pipe.readToEnd().lines
    }

    @Test func aRequestIsOneLineInTheFormOfAllOthers() throws {
        let line = try object(try lines(.json, [full])[0])
        #expect(
            line.members.map(\.key) == [
                "time", "level", "message", "logger", "request_id", "method", "route", "status", "duration_ms",
                "bytes_in",
                "bytes_out", "caller", "model", "upstream", "tokens_in", "tokens_out", "first_token_ms",
            ])
        #expect(line["request_id"] == "id-1" && line["status"] == 200 && line["model"] == "m\"x")
        #expect(line["duration_ms"] == .number("12.345") && line["first_token_ms"] == .number("0.999"))
        #expect(line["level"] == "info" && line["logger"] == "jackfield.request")
    }

    @Test func aFailureIsAnErrorAndWhatIsUnknownIsLeftOut() throws {
        let record = RequestRecord(
            correlation: CorrelationID(), method: "GET", route: "/health", status: 503, duration: 0,
            errorCode: "unavailable")
        let line = try object(try lines(.json, [record])[0])
        #expect(line["level"] == "error" && line["error"] == "unavailable" && line["model"] == nil)
        #expect(line["duration_ms"] == .number("0.000"))
        #expect(line["request_id"]?.string == record.correlation.text)
    }

    @Test func successesCanBeLeftOut() throws {
        var failed = full
        failed.status = 500
        #expect(try lines(.json, [full, failed, full], onlyFailures: true).count == 1)
    }

    @Test func peopleGetTheSameFields() throws {
        let line = try lines(.human(colours: false), [full])[0]
        #expect(
            line.contains(" INFO    jackfield.request: request request_id=id-1 method=POST route=/v1/chat/completions"))
        #expect(line.hasSuffix(#"model="m\"x" upstream=openai tokens_in=5 tokens_out=7 first_token_ms=0.999"#))
    }
}
