import HTTPServer
import NIOCore
import NIOHTTP1
import Telemetry
import Testing

extension EngineTests {
    @Suite struct Deadlines {
        @Test func `at the deadline the application is cancelled and may still answer`() async throws {
            let application = Application { request, response in
                await untilCancelled()
                response.send(.gatewayTimeout, body: ByteBuffer(string: "\(request.cancellationReason == .deadline)"))
            }
            try await withServer(application, { $0.requestTimeout = .milliseconds(50) }) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = try await client.readAnswer()
                #expect(answer.status == 504 && answer.body == "true")
                #expect(try await server.recorder.summaries.next().outcome == .deadline)
                client.close()
            }
        }

        @Test func `an application that ignores the deadline is overruled`() async throws {
            let release = Signal<Void>()
            let late = Signal<Bool>()
            let application = Application { request, response in
                // Deaf to its cancellation.
                await withCheckedContinuation { continuation in
                    Task.detached {
                        try? await release.next()
                        continuation.resume()
                    }
                }
                response.send(.ok, body: ByteBuffer(string: "too late"))
                do {
                    try await response.flush()
                    late.send(false)
                } catch { late.send((error as? ResponseError)?.reason == .deadline) }
            }
            try await withServer(
                application,
                {
                    $0.requestTimeout = .milliseconds(50)
                    $0.cancellationGrace = .milliseconds(50)
                }
            ) { server in
                let answer = try await server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 504 ") && answer.contains("\"deadline\""))
                release.send(())
                #expect(try await late.next())
                #expect(try await server.recorder.summaries.next().fault == .deadline)
                #expect(server.recorder.endedCount == 1)
            }
        }

        @Test func `a client that does not read does not keep its request past the deadline`() async throws {
            let reason = Signal<CancellationReason?>()
            let chunk = ByteBuffer(repeating: 120, count: 1024 * 1024)
            let application = Application { request, response in
                response.begin(.ok)
                do {
                    while true {
                        response.write(chunk)
                        try await response.flush()
                    }
                } catch { reason.send((error as? ResponseError)?.reason) }
            }
            try await withServer(application, { $0.requestTimeout = .milliseconds(80) }) { server in
                let client = try await server.connect(autoRead: false)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await reason.next() == .deadline)
                try await server.recorder.closed.next()
                client.close()
            }
        }
    }

    @Suite struct Drain {
        @Test func `a drain lets a request finish and closes what is idle`() async throws {
            let started = Signal<Void>()
            let go = Signal<Void>()
            let application = Application { request, response in
                if request.path == "/slow" {
                    started.send(())
                    try? await go.next()
                }
                response.send(.ok, body: ByteBuffer(string: "whole"))
            }
            try await withServer(application) { server in
                let idle = try await server.connect()
                idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await idle.readAnswer()
                let busy = try await server.connect()
                busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                try await started.next()
                async let drained: Void = server.listener.drain(deadline: .now() + .seconds(1800))
                // The idle one sees the end, the other still waits: so the drain has begun on both.
                #expect(try await idle.readToEnd() == "")
                await #expect(throws: (any Error).self) { try await server.connect() }
                go.send(())
                let answer = try await busy.readAnswer()
                #expect(answer.body == "whole")
                #expect(try await busy.readToEnd() == "")
                await drained
                #expect(server.listener.openConnections == 0)
            }
        }

        @Test func `an answer begun in a drain says that the connection closes`() async throws {
            let started = Signal<Void>()
            let go = Signal<Void>()
            let application = Application { request, response in
                started.send(())
                try? await go.next()
                response.send(.ok, body: ByteBuffer(string: "whole"))
            }
            try await withServer(application, loops: 1) { server in
                let idle = try await server.connect()
                let busy = try await server.connect()
                busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                try await started.next()
                async let drained: Void = server.listener.drain(deadline: .now() + .seconds(1800))
                #expect(try await idle.readToEnd() == "")
                go.send(())
                #expect(try await busy.readAnswer().headers["connection"] == "close")
                await drained
            }
        }

        @Test func `at the drain's deadline requests are cancelled and may still answer`() async throws {
            let started = Signal<Void>()
            let application = Application { request, response in
                started.send(())
                await untilCancelled()
                response.send(
                    .serviceUnavailable, body: ByteBuffer(string: "\(request.cancellationReason == .shutdown)"))
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await started.next()
                await server.listener.drain(deadline: .now() + .milliseconds(30))
                let answer = try await client.readAnswer()
                #expect(answer.status == 503 && answer.body == "true" && answer.headers["connection"] == "close")
                #expect(try await server.recorder.summaries.next().outcome == .shutdown)
            }
        }
    }

    @Suite struct CrossOrigin {
        private let preflight =
            "OPTIONS /v1 HTTP/1.1\r\nHost: a\r\nOrigin: https://good.example\r\n"
            + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n"

        @Test func `a page of a listed origin may read, another may not`() async throws {
            try await withServer(echo, { $0.crossOrigin = .origins(["https://good.example"]) }) { server in
                let client = try await server.connect()
                client.send(preflight)
                let allowed = try await client.readAnswer(toHead: true)
                #expect(allowed.status == 204 && allowed.headers["content-length"] == nil)
                #expect(allowed.headers["access-control-allow-origin"] == "https://good.example")
                #expect(allowed.headers["access-control-allow-headers"] == "authorization")
                #expect(allowed.headers["vary"] == "origin")
                client.send("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://good.example\r\n\r\n")
                #expect(try await client.readAnswer().headers["access-control-allow-origin"] == "https://good.example")
                client.send("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://bad.example\r\n\r\n")
                let denied = try await client.readAnswer()
                #expect(denied.headers["access-control-allow-origin"] == nil && denied.headers["vary"] == "origin")
                client.close()
            }
        }

        @Test func `without a policy the application sees OPTIONS`() async throws {
            try await withServer { server in
                let client = try await server.connect()
                client.send(preflight)
                let answer = try await client.readAnswer()
                #expect(answer.body == "OPTIONS /v1 " && answer.headers["access-control-allow-origin"] == nil)
                client.close()
            }
        }
    }
}
