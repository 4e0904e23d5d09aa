import JackfieldJSON
import TestSupport
import Testing

// What goes wrong, ahead of an answer and in the middle of one; and clients that leave.

extension CellBench {
    /// Ahead of an answer, so that a stream that was asked for is answered with a status as well.
    func fault(_ fault: DialectFault, streamed: Bool) throws {
        provider.upstream.answer(dialect.fault(fault, retryAfter: fault == .rateLimited ? 7 : nil))
        let response = try client.post("/v1/chat/completions", body(stream: streamed))
        try expect(ClientError(fault), response)
        #expect(response.headers["retry-after"] == (fault == .rateLimited ? "7" : nil))
    }

    /// The upstream repeats the key in its error, which neither the client nor the log may hold.
    func secrecy() throws {
        let words = dialect.config(for: provider.upstream).split { " \",{}".contains($0) }
        let keys = words.filter { $0.count >= 20 && !$0.hasPrefix("http") }.map(String.init)
        #expect(!keys.isEmpty)
        for isStream in [false, true] {
            provider.upstream.answer(dialect.fault(.badKey, retryAfter: nil))
            let response = try client.post("/v1/chat/completions", body(stream: isStream))
            for key in keys { #expect(!response.text.contains(key)) }
        }
        try provider.host.logLine("the failure") { $0["model"]?.string == cell.model && $0["code"] != nil }
        for key in keys { #expect(!provider.host.process.errors.text.contains(key)) }
    }

    /// The text so far, then an error, and no sign of a good end.
    private func endsWithError(_ stream: JoinedStream, after text: String) {
        #expect(stream.text == text)
        #expect(stream.error?["message"]?.string?.isEmpty == false)
        #expect(stream.error?["type"]?.string?.isEmpty == false)
        #expect(stream.reasons.isEmpty, "an answer that broke off did not stop of itself")
    }

    func inStreamFault() throws {
        provider.upstream.answer(dialect.fault(.overloaded, after: ["half ", "an "]))
        endsWithError(try askStream(), after: "half an ")
    }

    func cutStream() throws {
        provider.upstream.answer(dialect.cut(after: ["half ", "an "]))
        endsWithError(try askStream(), after: "half an ")
    }

    /// The upstream sees the connection close soon after the client left.
    func cancel() throws {
        provider.quiet.answer(dialect.stall(after: ["first "]))
        let stream = try client.stream("/v1/chat/completions", body(stream: true))
        #expect(stream.status == 200)
        var text = ""
        while text.isEmpty, let event = try stream.event() { text += try JoinedStream([event]).text }
        #expect(text == "first ")
        stream.leave()
        try provider.quiet.waitForOpenConnections(atMost: 0, within: .seconds(10))
    }

    func cancelWhole() throws {
        provider.quiet.answer(.hang)
        let before = provider.quiet.requests.count
        let connection = try HTTPTestConnection(port: provider.host.port)
        try connection.write(
            "POST", "/v1/chat/completions", headers: [("content-type", "application/json")], body: body().bytes)
        try provider.quiet.waitForRequests(before + 1)
        connection.close()
        try provider.quiet.waitForOpenConnections(atMost: 0, within: .seconds(10))
    }
}
