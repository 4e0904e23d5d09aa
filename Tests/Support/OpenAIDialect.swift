package import JackfieldJSON

/// The objects of OpenAI's API as an upstream sends them (platform.openai.com/docs/api-reference/chat).
package enum OpenAIDialect {
    package static let id = "chatcmpl-upstream"
    package static let created = 1_700_000_000

    package static func completion(_ message: JSON, model: String = "upstream-model", finish: String = "stop") -> JSON {
        [
            "id": .string(id), "object": "chat.completion", "created": JSON(created), "model": .string(model),
            "choices": [["index": 0, "message": message, "logprobs": nil, "finish_reason": .string(finish)]],
            "usage": ["prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18],
            "system_fingerprint": "fp_upstream",
        ]
    }

    package static func chunk(_ delta: JSON, model: String = "upstream-model", finish: String? = nil) -> JSON {
        [
            "id": .string(id), "object": "chat.completion.chunk", "created": JSON(created), "model": .string(model),
            "choices": [
                ["index": 0, "delta": delta, "logprobs": nil, "finish_reason": finish.map { .string($0) } ?? nil]
            ],
        ]
    }

    package static func usageChunk(completion: Int, model: String = "upstream-model") -> JSON {
        [
            "id": .string(id), "object": "chat.completion.chunk", "created": JSON(created), "model": .string(model),
            "choices": [],
            "usage": [
                "prompt_tokens": 11, "completion_tokens": JSON(completion), "total_tokens": JSON(11 + completion),
            ],
        ]
    }

    /// A vector of two numbers for each input: its place and its length.
    package static func embeddings(for request: UpstreamRequest, model: String) -> JSON {
        let inputs = request.json?["input"]?.array ?? [request.json?["input"] ?? ""]
        let data = inputs.enumerated().map { index, input -> JSON in
            [
                "object": "embedding", "index": JSON(index),
                "embedding": [JSON(index), JSON(input.string?.utf8.count ?? 0)],
            ]
        }
        return [
            "object": "list", "model": .string(model), "data": .array(data),
            "usage": ["prompt_tokens": 5, "total_tokens": 5],
        ]
    }

    /// Words with the space that follows them, so that joined they are the text.
    package static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            word.append(character)
            if character == " " {
                words.append(word)
                word = ""
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
