import JackfieldJSON
import Logging
import Telemetry
import Testing

private struct Password: Redacted {
    let text: String
}

private struct Failure: Error {
    let reason: String
}

@Suite struct SinkLogHandlerTests {
    /// What is written in JSON by the body.
    private func lines(_ body: (Logger) -> Void, correlation: CorrelationID? = nil) throws -> [String] {
        let pipe = try Pipe()
        let sink = try LogSink(.descriptor(pipe.writing), format: .json)
        body(sink.logger(label: "test.area", level: .debug, correlation: correlation))
        sink.close()
        pipe.closeWriter()
        return pipe.readToEnd().lines
    }

    @Test func aLineIsOneFlatObjectWithTheFixedFieldsFirst() throws {
        let id = try #require(CorrelationID("abc-1"))
        let written = try lines(
            {
                $0.info(
                    "plugin loaded",
                    metadata: ["plugin": "system", "call": ["code": "ok", "ms": .stringConvertible(3)]])
            },
            correlation: id)
        let line = try object(try #require(written.first))
        #expect(
            line.members.map(\.key)
                == ["time", "level", "message", "logger", "request_id", "call.code", "call.ms", "plugin"])
        #expect(line["level"]?.string == "info" && line["message"]?.string == "plugin loaded")
        #expect(line["logger"]?.string == "test.area" && line["request_id"]?.string == "abc-1")
        #expect(line["call.ms"] == .number("3"))
        let time = try #require(line["time"]?.string)
        #expect(time.count == 24 && time.hasSuffix("Z") && time.hasPrefix("20"))
    }

    @Test func levelsBelowTheLoggersAreNotWritten() throws {
        let written = try lines { logger in
            logger.trace("no")
            logger.debug("yes")
        }
        #expect(written.count == 1)
    }

    @Test func valuesKeepTheirJSONTypes() throws {
        let line = try object(
            try lines {
                $0.info(
                    "m",
                    metadata: [
                        "int": .stringConvertible(-7), "big": .stringConvertible(UInt64.max),
                        "double": .stringConvertible(0.5),
                        "bool": .stringConvertible(true), "nan": .stringConvertible(Double.nan),
                        "list": ["a", ["k": "v"]],
                    ])
            }[0])
        #expect(line["int"] == .number("-7") && line["big"] == .number("18446744073709551615"))
        #expect(line["double"] == .number("0.5") && line["bool"] == true && line["nan"] == "nan")
        #expect(line["list"]?.text == #"["a",{"k":"v"}]"#)
    }

    @Test func nothingInAValueCanEndTheLineOrTheString() throws {
        let nasty = "a\"b\\c\nd\re\tf\u{1}g\u{85}h\u{7f}é😀"
        let written = try lines { $0.info("m", metadata: ["nasty": "\(nasty)", "\(nasty)": "key"]) }
        #expect(written.count == 1)
        let line = try object(written[0])
        #expect(line["nasty"]?.string == nasty && line[nasty]?.string == "key")
        #expect(!written[0].unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) })
    }

    @Test func fieldsCannotTakeTheNamesOfTheFixedOnes() throws {
        let line = try object(try lines { $0.info("real", metadata: ["message": "forged", "time": "never"]) }[0])
        #expect(line["message"]?.string == "real" && line["field_message"]?.string == "forged")
        #expect(line["field_time"]?.string == "never")
    }

    @Test func secretsAreNeverWritten() throws {
        let password = Password(text: "hunter2")
        let written = try lines { logger in
            logger.info(
                "m \(password)",
                metadata: [
                    "a": .stringConvertible(password), "b": "\(password)", "Authorization": "Bearer hunter2",
                    "headers": ["X-Api-Key": "hunter2", "cookie": ["hunter2"], "accept": "*/*"],
                    "list": [["set-cookie": "hunter2"]],
                ])
        }
        #expect(!written[0].contains("hunter2"))
        let line = try object(written[0])
        for name in ["a", "b", "Authorization", "headers.X-Api-Key", "headers.cookie"] {
            #expect(line[name]?.string == "«redacted»", "\(name)")
        }
        #expect(line["headers.accept"]?.string == "*/*")
        #expect(!String(reflecting: password).contains("hunter2"))
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test func anErrorIsWrittenWithItsType() throws {
        let line = try object(try lines { $0.error("m", error: Failure(reason: "why")) }[0])
        #expect(line["error"]?.string?.contains("why") == true && line["error_type"]?.string == "Failure")
    }

    @Test func aCopyOfALoggerHasItsOwnMetadata() throws {
        let written = try lines { logger in
            var copy = logger
            copy[metadataKey: "request_id"] = "from-metadata"
            copy.info("copy")
            logger.info("original")
        }
        #expect(try object(written[0])["request_id"]?.string == "from-metadata")
        #expect(try object(written[1])["request_id"] == nil)
    }
}
