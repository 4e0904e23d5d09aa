import EventLoops
import HTTPServer
import NIOCore
import NIOHTTP1
import Synchronization
import Telemetry
import Testing

extension EngineTests {
    @Suite struct Streams {
        @Test func `a stream arrives piece by piece, one chunk for each flush`() async throws {
            let go = Signal<Void>()
            let application = Application { _, response in
                response.begin(.ok, contentType: "text/event-stream")
                response.write("one ")
                response.write("more")
                try? await response.flush()
                try? await go.next()
                response.write("two")
                try? await response.flush()
                response.end()
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                let head = try await client.read(through: "\r\n\r\n")
                #expect(head.contains("\r\ntransfer-encoding: chunked\r\n"))
                #expect(try await client.read(through: "more\r\n") == "8\r\none more\r\n")
                go.send(())
                #expect(try await client.read(through: "0\r\n\r\n") == "3\r\ntwo\r\n0\r\n\r\n")
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                go.send(())
                #expect(try await client.readAnswer().body == "one moretwo")
                client.close()
            }
        }

        @Test func `what was flushed leaves even if the next write is not flushed`() async throws {
            let go = Signal<Void>()
            let application = Application { _, response in
                response.begin(.ok)
                response.write("flushed")
                try? await response.flush()
                response.write("kept")
                try? await go.next()
                response.end()
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await client.read(through: "7\r\nflushed\r\n")
                go.send(())
                #expect(try await client.read(through: "0\r\n\r\n") == "4\r\nkept\r\n0\r\n\r\n")
                client.close()
            }
        }

        @Test func `a client that leaves cancels the application at once`() async throws {
            let started = Signal<Void>()
            let reason = Signal<CancellationReason?>()
            let application = Application { request, response in
                response.begin(.ok)
                try? await response.flush()
                await withTaskCancellationHandler {
                    started.send(())
                    await untilCancelled()
                } onCancel: {
                    reason.send(request.cancellationReason)
                }
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await started.next()
                client.close()
                #expect(try await reason.next() == .clientGone)
                let summary = try await server.recorder.summaries.next()
                #expect(summary.outcome == .clientGone && summary.status == 200)
                // And by a reset.
                let rude = try await server.connect()
                rude.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await started.next()
                try await rude.reset()
                #expect(try await reason.next() == .clientGone)
            }
        }

        @Test func `a close is noticed behind requests that are not read yet`() async throws {
            let started = Signal<Void>()
            let application = Application { request, response in
                started.send(())
                await untilCancelled()
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await started.next()
                let body = String(repeating: "b", count: 9000)
                for _ in 0..<6 { client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n\(body)") }
                client.close()
                #expect(try await server.recorder.summaries.next().outcome == .clientGone)
            }
        }

        @Test func `a client that does not read holds the application back, and memory with it`() async throws {
            let written = Atomic<Int>(0)
            let stalled = Signal<Void>()
            let ended = Signal<Bool>()
            let chunk = ByteBuffer(repeating: 120, count: 64 * 1024)
            let total = 1024
            let application = Application { request, response in
                response.begin(.ok)
                var isWhole = true
                for _ in 0..<total {
                    response.write(chunk)
                    // The flush of a task runs until it must wait, so whatever runs beside it sees it waiting.
                    request.executor.loop.execute { stalled.send(()) }
                    do { try await response.flush() } catch {
                        isWhole = false
                        break
                    }
                    written.add(1, ordering: .relaxed)
                }
                response.end()
                ended.send(isWhole)
            }
            try await withServer(application) { server in
                let client = try await server.connect(autoRead: false)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await stalled.next()
                // 64 MB do not fit into the buffers of two sockets: the application waits.
                let before = written.load(ordering: .relaxed)
                #expect(before < total / 2)
                client.startReading()
                var received = 0
                _ = try await client.read(through: "\r\n\r\n")
                while true {
                    let size = try #require(Int(try await client.read(through: "\r\n").dropLast(1), radix: 16))
                    _ = try await client.read(count: size + 2)
                    received += size
                    if size == 0 { break }
                }
                #expect(received == total * 64 * 1024)
                #expect(try await ended.next())
                client.close()
            }
        }

        @Test func `an application that waits for a client is woken when the client leaves`() async throws {
            let error = Signal<ResponseError?>()
            let stalled = Signal<Void>()
            let chunk = ByteBuffer(repeating: 120, count: 1024 * 1024)
            let application = Application { request, response in
                response.begin(.ok)
                do {
                    while true {
                        response.write(chunk)
                        request.executor.loop.execute { stalled.send(()) }
                        try await response.flush()
                    }
                } catch let failure { error.send(failure as? ResponseError) }
            }
            try await withServer(application) { server in
                let client = try await server.connect(autoRead: false)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await stalled.next()
                try await client.reset()
                #expect(try await error.next()?.reason == .clientGone)
            }
        }

        @Test func `a client that reads slowly gets all, and one that stops is let go`() async throws {
            let size = 32 * 1024 * 1024
            let body = ByteBuffer(repeating: 120, count: size)
            let application = Application { _, response in response.send(.ok, body: body) }
            try await withServer(
                application,
                {
                    $0.idleTimeout = .seconds(1)
                    $0.sendTimeout = .seconds(1)
                }
            ) { server in
                let slow = try await server.connect(autoRead: false)
                slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                // Longer than either timeout, because no read brings more than 256 KB.
                slow.startReading(every: .milliseconds(12))
                let begun = MonotonicTime.now()
                _ = try await slow.read(through: "\r\n\r\n")
                #expect(try await slow.read(count: size).utf8.count == size)
                #expect(MonotonicTime.now() - begun > 1_000_000_000)
                slow.close()
                try await server.recorder.closed.next()
                let stuck = try await server.connect(autoRead: false)
                stuck.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                try await server.recorder.closed.next()
                stuck.close()
            }
        }

        @Test func `a client that leaves after the whole answer cancels nothing`() async throws {
            let left = Signal<Void>()
            let cancelled = Signal<Bool>()
            let application = Application { request, response in
                response.send(.ok, body: ByteBuffer(string: "whole"))
                try? await response.flush()
                // Uncancellable, so that the answer is the engine's and not the wait's.
                await withCheckedContinuation { continuation in
                    Task.detached {
                        try? await left.next()
                        continuation.resume()
                    }
                }
                cancelled.send(Task.isCancelled || request.cancellationReason != nil)
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await client.readAnswer()
                client.close()
                #expect(try await server.recorder.summaries.next().outcome == .complete)
                left.send(())
                #expect(try await cancelled.next() == false)
            }
        }

        @Test func `what was not flushed when an application gives up does not leave`() async throws {
            let application = Application { _, response in
                response.begin(.ok)
                response.write("flushed")
                try? await response.flush()
                response.write("not flushed")
            }
            try await withServer(application) { server in
                let answer = try await server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.hasSuffix("\r\n\r\n7\r\nflushed\r\n"))
            }
        }

        @Test func `a stream that the application leaves unfinished is cut, not ended`() async throws {
            let application = Application { _, response in
                response.begin(.ok)
                response.write("half")
                try? await response.flush()
            }
            try await withServer(application) { server in
                let answer = try await server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.hasSuffix("4\r\nhalf\r\n"))
                #expect(try await server.recorder.summaries.next().outcome == .error)
            }
        }

        @Test func `a stream of known length has no chunks, and a short one closes the connection`() async throws {
            let application = Application { request, response in
                response.begin(.ok, contentLength: 5)
                response.write(request.path == "/short" ? "abc" : "abcdefgh")
                response.end()
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.readAnswer().body == "abcde")
                client.send("GET /short HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.readToEnd().hasSuffix("\r\n\r\nabc"))
            }
        }
    }
}
