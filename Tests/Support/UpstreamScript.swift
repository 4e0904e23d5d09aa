import JackfieldJSON

/// How an upstream answers one request.
package struct UpstreamScript: Sendable {
    let run: @Sendable (UpstreamExchange) throws -> Void

    /// Answer one request; for scripts made of others.
    package func play(_ exchange: UpstreamExchange) throws { try run(exchange) }

    package init(_ run: @escaping @Sendable (UpstreamExchange) throws -> Void) { self.run = run }

    // MARK: As it should be

    /// An answer in one piece, or in words if a stream was asked for.
    package static func completion(_ text: String, model: String = "upstream-model") -> UpstreamScript {
        UpstreamScript { exchange in
            if exchange.request.path.hasSuffix("/models") {
                try exchange.send(
                    200, ["object": "list", "data": [["id": .string(model), "object": "model"]]] as JSON)
            } else if exchange.request.path.hasSuffix("/embeddings") {
                try exchange.send(200, OpenAIDialect.embeddings(for: exchange.request, model: model))
            } else if exchange.request.wantsStream {
                try stream(OpenAIDialect.words(of: text), model: model).run(exchange)
            } else {
                try exchange.send(
                    200, OpenAIDialect.completion(["role": "assistant", "content": .string(text)], model: model))
            }
        }
    }

    /// A stream of these pieces. `before` is called ahead of each piece, with its number: a test can hold it there.
    package static func stream(
        _ pieces: [String], model: String = "upstream-model", finish: String = "stop",
        before: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) -> UpstreamScript {
        UpstreamScript { exchange in
            try exchange.begin()
            try exchange.event(OpenAIDialect.chunk(["role": "assistant", "content": ""], model: model))
            for (index, piece) in pieces.enumerated() {
                try before(index)
                try exchange.event(OpenAIDialect.chunk(["content": .string(piece)], model: model))
            }
            try before(pieces.count)
            try exchange.event(OpenAIDialect.chunk([:], model: model, finish: finish))
            if exchange.request.json?["stream_options"]?["include_usage"]?.bool == true {
                try exchange.event(OpenAIDialect.usageChunk(completion: pieces.count, model: model))
            }
            try exchange.write("data: [DONE]\n\n")
            try exchange.end()
        }
    }

    /// One tool call, whole or in pieces of its arguments.
    package static func toolCall(_ name: String, arguments: String, id: String = "call_1") -> UpstreamScript {
        UpstreamScript { exchange in
            let call: JSON = [
                "id": .string(id), "type": "function",
                "function": ["name": .string(name), "arguments": .string(arguments)],
            ]
            guard exchange.request.wantsStream else {
                let message: JSON = ["role": "assistant", "content": nil, "tool_calls": [call]]
                return try exchange.send(200, OpenAIDialect.completion(message, finish: "tool_calls"))
            }
            func delta(_ call: JSON) -> JSON { OpenAIDialect.chunk(["tool_calls": [call]]) }
            try exchange.begin()
            try exchange.event(
                delta([
                    "index": 0, "id": .string(id), "type": "function",
                    "function": ["name": .string(name), "arguments": ""],
                ]))
            let middle = arguments.index(arguments.startIndex, offsetBy: arguments.count / 2)
            for part in [arguments[..<middle], arguments[middle...]] {
                try exchange.event(delta(["index": 0, "function": ["arguments": .string(String(part))]]))
            }
            try exchange.event(OpenAIDialect.chunk([:], finish: "tool_calls"))
            try exchange.write("data: [DONE]\n\n")
            try exchange.end()
        }
    }

    // MARK: As it should not be

    /// An error in OpenAI's envelope.
    package static func error(
        _ status: Int, _ message: String, type: String = "server_error", code: String? = nil,
        headers: [(String, String)] = []
    ) -> UpstreamScript {
        UpstreamScript { exchange in
            let error: JSON = [
                "message": .string(message), "type": .string(type), "param": nil,
                "code": code.map { .string($0) } ?? nil,
            ]
            try exchange.send(status, headers: headers, ["error": error] as JSON)
        }
    }

    /// Reads the request and never answers.
    package static let hang = UpstreamScript { try $0.waitForClientToLeave(within: .seconds(600)) }

    /// Closes without an answer.
    package static let close = UpstreamScript { _ in }

    /// Resets the connection, ahead of the answer or after so many pieces of a stream.
    package static func reset(after pieces: [String]? = nil) -> UpstreamScript {
        UpstreamScript { exchange in
            if let pieces { try partial(pieces, exchange) }
            exchange.socket.reset()
        }
    }

    /// Ends a stream after these pieces, without its end, in an orderly way.
    package static func cut(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { try partial(pieces, $0) }
    }

    /// Sends these pieces of a stream, then nothing.
    package static func stall(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try partial(pieces, exchange)
            try exchange.waitForClientToLeave(within: .seconds(600))
        }
    }

    /// These bytes in place of an answer, then the end.
    package static func bytes(_ text: String) -> UpstreamScript { UpstreamScript { try $0.socket.write(text) } }

    /// Success, with a body that is no answer.
    package static func rubbish(_ body: String = "<html>It works!</html>", contentType: String = "text/html")
        -> UpstreamScript
    {
        UpstreamScript { try $0.send(200, headers: [("content-type", contentType)], Array(body.utf8)) }
    }

    /// A stream whose events are no chunks.
    package static func rubbishStream(_ events: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try exchange.begin()
            for event in events { try exchange.write(event) }
            try exchange.end()
        }
    }

    private static func partial(_ pieces: [String], _ exchange: UpstreamExchange) throws {
        try exchange.begin()
        for piece in pieces { try exchange.event(OpenAIDialect.chunk(["content": .string(piece)])) }
    }
}
