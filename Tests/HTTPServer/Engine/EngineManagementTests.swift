import HTTPServer
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Testing

extension EngineTests {
    @Suite struct Management {
        private struct Broken: Error {}

        private func router(_ failures: Signal<String>) -> ManagementResponder {
            let router = Router(context: ManagementContext.self)
            router.get("/things/:id") { request, context in
                let id = try context.parameters.require("id")
                return
                    "\(id) \(request.uri.queryParameters["q"] ?? "-") \(context.id) \(request.headers[.accept] ?? "-")"
            }
            router.post("/echo") { request, _ in
                Response(
                    status: .created, headers: [.contentType: "text/x"],
                    body: ResponseBody(byteBuffer: try await request.body.collect(upTo: .max)))
            }
            router.get("/stream") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        for piece in ["a", "bc"] { try await writer.write(ByteBuffer(string: piece)) }
                        try await writer.finish(nil)
                    })
            }
            router.get("/broken") { _, _ -> String in throw Broken() }
            return ManagementResponder(router.buildResponder(), logger: Logger(label: "test")) { error, request in
                failures.send("\(type(of: error)) \(request.path)")
            }
        }

        @Test func `routes see path, query, headers, body and id, and their answers arrive`() async throws {
            try await withServer(router(Signal())) { server in
                let client = try await server.connect()
                client.send(
                    "GET /things/ab?q=7 HTTP/1.1\r\nHost: a\r\nAccept: text/plain\r\nX-Request-Id: id-1\r\n\r\n")
                let thing = try await client.readAnswer()
                #expect(thing.status == 200 && thing.body == "ab 7 id-1 text/plain")
                #expect(thing.headers["x-request-id"] == "id-1")
                #expect(try await server.recorder.summaries.next().route == "/things/{id}")
                client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                let echo = try await client.readAnswer()
                #expect(echo.status == 201 && echo.body == "hello" && echo.headers["content-type"] == "text/x")
                client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
                let stream = try await client.readAnswer()
                #expect(stream.body == "abc" && stream.headers["transfer-encoding"] == "chunked")
                client.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.readAnswer().status == 404)
                client.close()
            }
        }

        @Test func `an error that no middleware maps is reported and answered by the engine`() async throws {
            let failures = Signal<String>()
            try await withServer(router(failures)) { server in
                let answer = try await server.exchange("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 500 ") && answer.contains("unanswered"))
                #expect(try await failures.next() == "Broken /broken")
            }
        }
    }
}
