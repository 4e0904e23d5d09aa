import HTTPServer
import NIOCore
import NIOHTTP1
import Testing

extension EngineTests {
    @Suite struct Requests {
        @Test func `a connection serves one request after the other`() async throws {
            try await withServer { server in
                let client = try await server.connect()
                for number in 0..<3 {
                    client.send("GET /\(number)?q=1 HTTP/1.1\r\nHost: a\r\n\r\n")
                    let answer = try await client.readAnswer()
                    #expect(answer.status == 200)
                    #expect(answer.body == "GET /\(number)?q=1 ")
                    #expect(answer.headers["connection"] == nil)
                    #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
                }
                #expect(server.recorder.openedCount == 1)
                client.close()
            }
        }

        @Test func `pipelined requests are answered in order, however long each takes`() async throws {
            let application = Application { request, response in
                // The first ones take the most turns of the loop.
                await turns(20 - (Int(request.path.dropFirst()) ?? 0), of: request)
                response.send(.ok, body: ByteBuffer(string: request.path))
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send((0..<20).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
                for number in 0..<20 { #expect(try await client.readAnswer().body == "/\(number)") }
                client.close()
            }
        }

        @Test func `what the engine answers itself waits for the answers before it`() async throws {
            let application = Application { request, response in
                await turns(50, of: request)
                response.send(.ok, body: ByteBuffer(string: request.path))
            }
            let preflight = "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: o\r\nAccess-Control-Request-Method: PUT\r\n\r\n"
            try await withServer(application, { $0.crossOrigin = .any }) { server in
                let client = try await server.connect()
                client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + String(repeating: preflight, count: 2000))
                #expect(try await client.readAnswer().body == "/first")
                for _ in 0..<2000 { #expect(try await client.readAnswer(toHead: true).status == 204) }
                client.close()
            }
        }

        @Test func `a burst longer than the read-ahead is answered to the end`() async throws {
            let application = Application { request, response in
                await turns(1, of: request)
                response.send(.ok, body: request.body)
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                let body = String(repeating: "b", count: 9000)
                let count = 200
                client.send(
                    (0..<count).map { _ in "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n\(body)" }
                        .joined())
                for _ in 0..<count { #expect(try await client.readAnswer().body == body) }
                client.close()
            }
        }

        @Test func `a request may arrive in two pieces, cut anywhere`() async throws {
            let text =
                "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
            try await withServer { server in
                let client = try await server.connect()
                for cut in 1..<text.utf8.count {
                    client.send(String(text.prefix(cut)))
                    client.send(String(text.dropFirst(cut)))
                    #expect(try await client.readAnswer().body == "POST /p abcde")
                }
                client.close()
            }
        }

        @Test func `a request may arrive byte by byte`() async throws {
            try await withServer { server in
                let client = try await server.connect()
                for byte in "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" { client.send(String(byte)) }
                #expect(try await client.readAnswer().body == "PUT /p abc")
                client.close()
            }
        }

        @Test func `a large body is put together`() async throws {
            try await withServer(Application { $1.send(.ok, body: $0.body) }) { server in
                let client = try await server.connect()
                let body = String(repeating: "0123456789", count: 100_000)
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + body)
                #expect(try await client.readAnswer().body == body)
                client.close()
            }
        }

        @Test func `an interim answer invites the body`() async throws {
            try await withServer { server in
                let client = try await server.connect()
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n")
                #expect(try await client.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                client.send("ok")
                #expect(try await client.readAnswer().body == "POST / ok")
                client.close()
            }
        }

        @Test func `the answer to HEAD has the length and no body`() async throws {
            try await withServer { server in
                let client = try await server.connect()
                client.send("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\nGET /g HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.readAnswer(toHead: true).headers["content-length"] == "8")
                #expect(try await client.readAnswer().body == "GET /g ")
                client.close()
            }
        }

        @Test(arguments: [
            ("http://example.org/a?b", "GET /a?b "), ("http://example.org", "GET / "), ("https://e:1?q", "GET /?q "),
        ])
        func `an absolute target is brought to origin form`(target: String, expected: String) async throws {
            try await withServer { server in
                let answer = try await server.exchange("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                #expect(answer.hasSuffix("\r\n\r\n" + expected))
                #expect(answer.contains("\r\nconnection: close\r\n"))
            }
        }

        @Test func `an HTTP/1.0 client gets its stream without chunks, and its connection kept if it asks`()
            async throws
        {
            let application = Application { request, response in
                if request.path == "/stream" {
                    response.begin(.ok)
                    response.write("one ")
                    response.write("two")
                    response.end()
                } else {
                    response.send(.ok, body: ByteBuffer(string: "whole"))
                }
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(try await client.readAnswer().headers["connection"] == "keep-alive")
                client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let rest = try await client.readToEnd()
                #expect(rest.hasSuffix("\r\n\r\none two"))
                #expect(!rest.contains("transfer-encoding"))
            }
        }

        @Test func `a well-formed request id is kept and another replaced`() async throws {
            try await withServer(Application { $1.send(.ok, body: ByteBuffer(string: $0.requestID)) }) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-ID: Abc-1._\r\n\r\n")
                let kept = try await client.readAnswer()
                #expect(kept.body == "Abc-1._" && kept.headers["x-request-id"] == "Abc-1._")
                for bad in ["a b", "a/b", String(repeating: "x", count: 129), "é", ""] {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-ID: \(bad)\r\n\r\n")
                    let made = try await client.readAnswer()
                    #expect(made.headers["x-request-id"] == made.body)
                    #expect(made.body.utf8.count == 32 && made.body.allSatisfy(\.isHexDigit))
                }
                client.close()
            }
        }

        @Test func `a header value cannot smuggle a line into the answer`() async throws {
            let application = Application { _, response in
                response.send(
                    .ok, headers: ["location": "/a\r\nset-cookie: evil=1", "content-length": "9"],
                    body: ByteBuffer(string: "ok"))
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = try await client.readAnswer()
                #expect(answer.headers["location"] == "/a  set-cookie: evil=1")
                #expect(answer.headers["set-cookie"] == nil)
                #expect(answer.body == "ok")
                client.close()
            }
        }

        @Test func `each request is reported once, with what it was`() async throws {
            let application = Application { request, response in
                response.route = "/things/{id}"
                response.send(.created, body: ByteBuffer(string: "done"))
            }
            try await withServer(application) { server in
                let client = try await server.connect()
                client.send("POST /things/7?secret=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                _ = try await client.readAnswer()
                let summary = try await server.recorder.summaries.next()
                #expect(summary.method == .POST && summary.path == "/things/7" && summary.route == "/things/{id}")
                #expect(summary.status == 201 && summary.outcome == .complete && summary.bytesIn == 5)
                #expect(summary.bytesOut > 100 && summary.durationNanoseconds > 0)
                client.close()
                try await server.recorder.closed.next()
                #expect(server.recorder.endedCount == 1)
                #expect(server.listener.openConnections == 0)
            }
        }

        @Test func `an application that does not answer gets the engine's answer`() async throws {
            try await withServer(Application { _, _ in }) { server in
                let answer = try await server.exchange("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 500 "))
                #expect(answer.contains("unanswered"))
            }
        }
    }
}
