import HTTPServer
import NIOCore
import NIOHTTP1
import Testing

extension EngineTests {
    @Suite struct Limits {
        @Test(arguments: [
            ("GARBAGE\r\n\r\n", 400, "malformed"),
            ("GET / HTTP/1.1\r\n\r\n", 400, "malformed"),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed"),
            ("GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed"),
            ("GET / HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n", 400, "malformed"),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n", 400, "malformed"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "malformed"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400, "malformed"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
                "malformed"
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400,
                "malformed"
            ),
            ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "malformed"),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "malformed"),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, "not_implemented"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                501,
                "not_implemented"
            ),
            ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 501, "not_implemented"),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "unsupported_version"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: tea\r\n\r\n", 417, "expectation_failed"),
            ("GET /\(String(repeating: "t", count: 1500)) HTTP/1.1\r\nHost: a\r\n\r\n", 414, "target_too_long"),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "h", count: 3000))\r\n\r\n", 431,
                "headers_too_large"
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\n\((0..<20).map { "X\($0): 1\r\n" }.joined())\r\n", 431,
                "headers_too_large"
            ),
        ])
        func `what cannot be trusted is refused and the connection closed`(text: String, status: Int, code: String)
            async throws
        {
            try await withServer(
                echo,
                {
                    $0.maxTargetBytes = 1000
                    $0.maxHeaderBytes = 2000
                    $0.maxHeaderCount = 16
                }
            ) { server in
                let answer = try await server.exchange(text)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(text)")
                #expect(answer.contains("\"fault\":\"\(code)\""))
                #expect(answer.contains("\r\nx-request-id: ") && answer.contains("\r\nconnection: close\r\n"))
                let summary = try await server.recorder.summaries.next()
                #expect(summary.status == status && summary.outcome == .error && summary.fault?.rawValue == code)
            }
        }

        @Test func `a body that is announced too large is refused before it comes`() async throws {
            try await withServer(echo, { $0.maxBodyBytes = 1000 }) { server in
                let client = try await server.connect()
                client.send("POST /v1/x?y HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
                let answer = try await client.readAnswer()
                #expect(answer.status == 413 && answer.headers["connection"] == "close")
                #expect(answer.body.contains("\"path\":\"/v1/x\""))
                // What the client sends all the same is discarded, not answered by a reset.
                client.send(String(repeating: "b", count: 1001))
                #expect(try await client.readToEnd() == "")
                client.close()
            }
        }

        @Test func `a refusal is not lost to a reset when the client sends on before it reads`() async throws {
            try await withServer(echo, { $0.maxBodyBytes = 1000 }) { server in
                let client = try BlockingClient(port: server.port)
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
                #expect(try await server.recorder.summaries.next().status == 413)
                for _ in 0..<10 {
                    let isOpen = client.send(String(repeating: "b", count: 10_000))
                    #expect(isOpen)
                }
                let answer = client.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 413 "))
            }
        }

        @Test func `a chunked body is refused when it passes the limit, and one of the limit is not`() async throws {
            try await withServer(echo, { $0.maxBodyBytes = 1000 }) { server in
                let client = try await server.connect()
                let half = "1f4\r\n\(String(repeating: "c", count: 500))\r\n"
                let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                client.send(head + half + half + "0\r\n\r\n")
                #expect(try await client.readAnswer().status == 200)
                client.send(head + half + half + "1\r\nx\r\n")
                #expect(try await client.readAnswer().status == 413)
                #expect(try await client.readToEnd() == "")
                client.close()
            }
        }

        @Test func `a head that drips is refused in time, on the first and on a later request`() async throws {
            // So long that a loop on a busy machine sends the whole head within it.
            try await withServer(echo, { $0.headerTimeout = .milliseconds(1500) }) { server in
                let first = try await server.connect(sending: "GET / HTTP/1.1\r\nHo")
                #expect(try await first.readToEnd().hasPrefix("HTTP/1.1 408 "))
                let later = try await server.connect(sending: "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await later.readAnswer().status == 200)
                later.send("GET / HT")
                #expect(try await later.readToEnd().hasPrefix("HTTP/1.1 408 "))
                first.close()
                later.close()
            }
        }

        @Test func `a body that stalls is refused in time`() async throws {
            try await withServer(echo, { $0.bodyTimeout = .milliseconds(60) }) { server in
                let answer = try await server.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
                #expect(answer.hasPrefix("HTTP/1.1 408 ") && answer.contains("body_timeout"))
            }
        }

        @Test func `a connection that says nothing is closed without a word`() async throws {
            try await withServer(
                echo,
                {
                    $0.headerTimeout = .milliseconds(1500)
                    $0.idleTimeout = .milliseconds(60)
                }
            ) { server in
                #expect(try await server.exchange("") == "")
                let used = try await server.connect(sending: "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await used.readAnswer().status == 200)
                #expect(try await used.readToEnd() == "")
            }
        }

        @Test func `rubbish behind a request is refused after the request is answered`() async throws {
            let application = Application { request, response in
                await Task.yield()
                response.send(.ok, body: ByteBuffer(string: "first"))
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n\u{1}\u{2}\r\n")
                #expect(try await client.readAnswer().body == "first")
                #expect(try await client.readAnswer().status == 400)
                #expect(try await client.readToEnd() == "")
                client.close()
            }
        }

        @Test func `a port that is taken is told in one sentence`() async throws {
            try await withServer { server in
                let error = await #expect(throws: ListenerError.self) {
                    try await withServer(echo, { $0.port = server.port }) { _ in }
                }
                #expect(error?.code == .addressInUse)
                #expect(error?.sentence.contains("127.0.0.1:\(server.port)") == true)
            }
        }

        @Test func `connections beyond the limit are closed at once`() async throws {
            try await withServer(echo, { $0.maxConnections = 1 }) { server in
                let first = try await server.connect()
                first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await first.readAnswer()
                #expect(try await server.exchange("") == "")
                first.close()
            }
        }
    }
}
