import Glibc
import JackfieldJSON
import Logging
import Telemetry
import Testing

@Suite struct LogRotationTests {
    let folder: Folder
    var path: String { "\(folder.path)/log" }

    init() throws { folder = try Folder() }

    @Test func filesRotateAtLineEndsAndOnlySoManyAreKept() throws {
        let sink = try LogSink(.file(path: path, maxBytes: 2000, keep: 2))
        let logger = sink.logger(label: "l")
        for i in 0..<100 {
            logger.info("line", metadata: ["i": .stringConvertible(i)])
            if i % 7 == 0 { sink.flush() }
        }
        sink.close()
        #expect(folder.files == ["log", "log.1", "log.2"])
        var numbers: [Int] = []
        for name in ["log.2", "log.1", "log"] {
            let text = try #require(contents("\(folder.path)/\(name)"))
            #expect(text.utf8.count <= 2000 && text.hasSuffix("\n"))
            numbers += try text.lines.map { try #require(try object($0)["i"]?.int) }
        }
        #expect(numbers.count > 25)
        #expect(numbers == Array((100 - numbers.count)..<100), "the newest, without a gap")
    }

    @Test func aFileIsContinuedAndItsSizeCounts() throws {
        for _ in 0..<2 {
            let sink = try LogSink(.file(path: path, maxBytes: 150, keep: 3))
            sink.logger(label: "l").info("line")
            sink.close()
        }
        #expect(folder.files == ["log", "log.1"] || contents(path)?.lines.count == 2)
        let sink = try LogSink(.file(path: path, maxBytes: 150, keep: 3))
        sink.logger(label: "l").info("line")
        sink.close()
        let lines = folder.files.compactMap { contents("\(folder.path)/\($0)")?.lines.count }
        #expect(lines.reduce(0, +) == 3 && folder.files.count > 1)
    }

    @Test func aLineLongerThanAFileIsStillWritten() throws {
        let sink = try LogSink(.file(path: path, maxBytes: 300, keep: 1))
        let logger = sink.logger(label: "l")
        logger.info("short")
        logger.info("long", metadata: ["text": "\(String(repeating: "x", count: 1000))"])
        sink.close()
        #expect(try #require(contents("\(path).1")).lines.count == 1)
        #expect(try #require(contents(path)).utf8.count > 1000)
    }

    @Test func withNothingToKeepTheFileBeginsAnew() throws {
        let sink = try LogSink(.file(path: path, maxBytes: 500, keep: 0))
        for _ in 0..<20 { sink.logger(label: "l").info("line") }
        sink.close()
        #expect(folder.files == ["log"])
        #expect(try #require(contents(path)).utf8.count <= 500)
    }

    @Test func aRotationThatFailsLosesNoLineAndSaysSoOnce() throws {
        // A folder that is not empty stands where the old file should go.
        #expect(mkdir("\(path).1", 0o700) == 0)
        close(open("\(path).1/stone", O_CREAT | O_WRONLY, 0o600))
        defer {
            unlink("\(path).1/stone")
            rmdir("\(path).1")
        }
        let sink = try LogSink(.file(path: path, maxBytes: 300, keep: 1))
        for _ in 0..<20 {
            sink.logger(label: "l").info("line")
            sink.flush()
        }
        sink.close()
        let objects = try #require(contents(path)).lines.map { try object($0) }
        #expect(objects.count { $0["message"] == "line" } == 20)
        let failures = objects.filter { $0["message"] == "log rotation failed" }
        #expect(failures.count == 1)
        #expect(failures.first?["reason"]?.string?.contains("cannot be renamed") == true)
    }

    @Test func aFileThatCannotBeOpenedIsAnErrorWithItsPath() throws {
        let error = try #require(
            throws: TelemetryError.self
        ) { try LogSink(.file(path: "\(folder.path)/missing/log", maxBytes: 1000, keep: 1)) }
        #expect(error.code == .logTarget)
        #expect(error.message.contains("\(folder.path)/missing/log") && error.message.contains("No such file"))
        #expect(throws: TelemetryError.self) { try LogSink(.file(path: path, maxBytes: 0, keep: 1)) }
    }
}
