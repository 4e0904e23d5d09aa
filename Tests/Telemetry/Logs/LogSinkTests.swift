import Dispatch
import Glibc
import JackfieldJSON
import Logging
import Telemetry
import Testing

@Suite struct LogSinkTests {
    @Test func linesOfManyThreadsStayWholeAndInOrderPerThread() throws {
        let folder = try Folder()
        let sink = try LogSink(.file(path: "\(folder.path)/log", maxBytes: 1 << 30, keep: 1), capacity: 8 << 20)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            let logger = sink.logger(label: "t\(thread)")
            for i in 0..<1000 { logger.info("line", metadata: ["i": .stringConvertible(i)]) }
        }
        sink.close()
        var next = ["t0": 0, "t1": 0, "t2": 0, "t3": 0]
        for line in try #require(contents("\(folder.path)/log")).lines {
            let object = try object(line)
            let logger = try #require(object["logger"]?.string)
            #expect(object["i"]?.int == next[logger])
            next[logger, default: 0] += 1
        }
        #expect(next.values.allSatisfy { $0 == 1000 })
        #expect(sink.droppedLines == 0)
    }

    @Test func aFullBufferDropsWithoutWaitingAndTheNextLineSaysHowMany() throws {
        let pipe = try Pipe()
        pipe.fill()
        let sink = try LogSink(.descriptor(pipe.writing), format: .json, capacity: 4096)
        let logger = sink.logger(label: "burst")
        let waits = timesThisThreadWaited()
        for i in 0..<1000 { logger.info("line", metadata: ["i": .stringConvertible(i)]) }
        let newWaits = timesThisThreadWaited() - waits
        let dropped = sink.droppedLines
        #expect(dropped > 800 && dropped < 1000)
        // Counted, not timed: a busy machine takes its time as well. A few are the lock that the writer's thread held.
        #expect(newWaits < 100, "nobody reads, and still nobody waited")
        #expect(!sink.flush(within: .milliseconds(1)), "what is stuck is not reported as written")

        let reader = DispatchQueue(label: "reader")
        let ended = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var text = ""
        reader.async {
            text = pipe.readToEnd()
            ended.signal()
        }
        #expect(sink.flush(within: .seconds(300)))
        logger.info("after")
        sink.close(within: .seconds(300))
        pipe.closeWriter()
        ended.wait()

        let objects = try text.lines.map(object)
        let kept = objects.filter { $0["message"] == "line" }
        let notices = objects.filter { $0["message"] == "log lines dropped" }
        #expect(kept.count + dropped == 1000)
        #expect(notices[0]["level"] == "warning")
        #expect(objects.last?["message"] == "after")
        // Every line is there or is accounted for, at the place where it is missing.
        var next = 0
        for line in objects.dropLast() {
            if let count = line["dropped"]?.int {
                next += count
            } else {
                #expect(line["i"]?.int == next)
                next += 1
            }
        }
        #expect(next == 1000)
    }

    /// How often this thread gave the processor up of itself, to wait for something (getrusage(2), `ru_nvcsw`).
    private func timesThisThreadWaited() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(1), &usage)  // RUSAGE_THREAD, which the import leaves out
        return usage.ru_nvcsw
    }

    @Test func aReaderThatWentAwayCostsLinesAndNotTheProcess() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let sink = try LogSink(.descriptor(ends[1]), format: .json)
        sink.logger(label: "l").info("one")
        sink.flush()
        sink.logger(label: "l").info("two")
        sink.close()
        close(ends[1])
        // "one", and then the notice of it with "two".
        #expect(sink.droppedLines == 3)
    }

    @Test func aNonBlockingDescriptorLosesNothing() throws {
        let pipe = try Pipe()
        _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
        let sink = try LogSink(.descriptor(pipe.writing), format: .json)
        for _ in 0..<5000 { sink.logger(label: "l").info("a line that makes more than a pipe holds") }
        let ended = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var count = 0
        DispatchQueue(label: "reader").async {
            count = pipe.readToEnd().lines.count
            ended.signal()
        }
        sink.close(within: .seconds(300))
        pipe.closeWriter()
        ended.wait()
        #expect(count == 5000 && sink.droppedLines == 0)
    }

    @Test func criticalIsWrittenBeforeTheCallReturns() throws {
        let folder = try Folder()
        let path = "\(folder.path)/log"
        let sink = try LogSink(.file(path: path, maxBytes: 1 << 20, keep: 1), linger: .seconds(3600))
        let logger = sink.logger(label: "l")
        logger.info("first")
        #expect(contents(path) == "", "an hour's linger holds it back")
        logger.critical("last words")
        #expect(try #require(contents(path)).lines.count == 2)
        sink.close()
    }

    @Test func linesAfterTheEndAreCountedAsDropped() throws {
        let folder = try Folder()
        let sink = try LogSink(.file(path: "\(folder.path)/log", maxBytes: 1 << 20, keep: 1))
        sink.close()
        sink.close()
        sink.logger(label: "l").info("too late")
        #expect(sink.droppedLines == 1)
        #expect(contents("\(folder.path)/log") == "")
    }

    @Test func lossesAreAMetric() throws {
        let folder = try Folder()
        let sink = try LogSink(.file(path: "\(folder.path)/log", maxBytes: 1 << 20, keep: 1))
        let registry = MetricsRegistry()
        registry.collectLosses(of: sink)
        sink.close()
        sink.logger(label: "l").info("too late")
        #expect(registry.snapshot()["jackfield.log.lines.dropped"]?.samples.map(\.value) == [1])
    }
}
