import HTTPServer
import NIOCore
import Testing

@Suite("A chat completion request that is wrong is refused")
struct ChatCompletionRefusalTests {
    private static let message = #"{"role":"user","content":"hi"}"#

    /// The body, the field and the code that OpenAI has for it.
    static let bodies: [(String, param: String?, code: String?)] = [
        ("", nil, nil), ("{", nil, nil), ("[]", nil, nil), ("\"text\"", nil, nil), (#"{"a":1,"a":2}"#, nil, nil),
        (#"{"messages":[\#(message)]}"#, "model", "missing_required_parameter"),
        (#"{"model":null,"messages":[\#(message)]}"#, "model", "missing_required_parameter"),
        (#"{"model":"","messages":[\#(message)]}"#, "model", "empty_string"),
        (#"{"model":7,"messages":[\#(message)]}"#, "model", "invalid_type"),
        (#"{"model":"m"}"#, "messages", "missing_required_parameter"),
        (#"{"model":"m","messages":[]}"#, "messages", "empty_array"),
        (#"{"model":"m","messages":"hello"}"#, "messages", "invalid_type"),
        (#"{"model":"m","messages":[7]}"#, "messages[0]", "invalid_type"),
    ]

    static let messages: [(String, param: String, code: String)] = [
        (#"{"content":"x"}"#, "messages[0].role", "missing_required_parameter"),
        (#"{"role":"king","content":"x"}"#, "messages[0].role", "invalid_value"),
        (#"{"role":"function","name":"f","content":"x"}"#, "messages[0].role", "invalid_value"),
        (#"{"role":"user"}"#, "messages[0].content", "missing_required_parameter"),
        (#"{"role":"user","content":null}"#, "messages[0].content", "invalid_type"),
        (#"{"role":"assistant","content":null}"#, "messages[0].content", "invalid_type"),
        (#"\#(message),{"role":"user","content":7}"#, "messages[1].content", "invalid_type"),
        (#"{"role":"user","content":[]}"#, "messages[0].content", "empty_array"),
        (#"{"role":"user","content":["x"]}"#, "messages[0].content[0]", "invalid_type"),
        (#"{"role":"user","content":[{"text":"x"}]}"#, "messages[0].content[0].type", "missing_required_parameter"),
        (#"{"role":"user","content":[{"type":"text"}]}"#, "messages[0].content[0].text", "missing_required_parameter"),
        (
            #"{"role":"user","content":[{"type":"input_text","text":"x"}]}"#, "messages[0].content[0].type",
            "invalid_value"
        ),
        (
            #"{"role":"user","content":[{"type":"image_url","image_url":"http://x"}]}"#,
            "messages[0].content[0].image_url",
            "invalid_type"
        ),
        (image("file:///etc/passwd"), "messages[0].content[0].image_url.url", "invalid_image_url"),
        (image("data:image/png;base64,a*b="), "messages[0].content[0].image_url.url", "invalid_image_url"),
        (image("data:image/png;base64,"), "messages[0].content[0].image_url.url", "invalid_image_url"),
        (image("data:image/png,abc"), "messages[0].content[0].image_url.url", "invalid_image_url"),
        (image("data:text/html;base64,QUJD"), "messages[0].content[0].image_url.url", "invalid_image_url"),
        (image("data:image/png;base64"), "messages[0].content[0].image_url.url", "invalid_image_url"),
        (#"{"role":"tool","content":"x"}"#, "messages[0].tool_call_id", "missing_required_parameter"),
        (#"{"role":"assistant","tool_calls":{}}"#, "messages[0].tool_calls", "invalid_type"),
        (
            #"{"role":"assistant","tool_calls":[{"id":"a"}]}"#, "messages[0].tool_calls[0].function",
            "missing_required_parameter"
        ),
        (
            #"{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":{}}}]}"#,
            "messages[0].tool_calls[0].function.arguments", "invalid_type"
        ),
        (
            #"{"role":"user","content":"x","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}"#,
            "messages[0].tool_calls", "invalid_value"
        ),
        (
            #"{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}"#, "messages[0].function_call",
            "unsupported_parameter"
        ),
    ]

    private static func image(_ url: String) -> String {
        #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"\#(url)"}}]}"#
    }

    private static let tool = #"{"type":"function","function":{"name":"f"}}"#
    static let members: [(String, param: String, code: String)] = [
        (#""temperature":"hot""#, "temperature", "invalid_type"),
        (#""temperature":2.01"#, "temperature", "decimal_above_max_value"),
        (#""temperature":-1"#, "temperature", "decimal_below_min_value"),
        (#""temperature":1e999"#, "temperature", "decimal_above_max_value"),
        (#""top_p":1.5"#, "top_p", "decimal_above_max_value"),
        (#""frequency_penalty":-3"#, "frequency_penalty", "decimal_below_min_value"),
        (#""presence_penalty":3"#, "presence_penalty", "decimal_above_max_value"),
        (#""n":0"#, "n", "integer_below_min_value"), (#""n":129"#, "n", "integer_above_max_value"),
        (#""n":1.5"#, "n", "invalid_type"), (#""n":true"#, "n", "invalid_type"),
        (#""max_tokens":-1"#, "max_tokens", "integer_below_min_value"),
        (#""max_tokens":0"#, "max_tokens", "integer_below_min_value"),
        (#""max_completion_tokens":4294967296"#, "max_completion_tokens", "integer_above_max_value"),
        (#""max_tokens":1e400"#, "max_tokens", "integer_above_max_value"),
        (#""max_tokens":5,"max_completion_tokens":6"#, "max_completion_tokens", "invalid_value"),
        (#""seed":99999999999999999999"#, "seed", "integer_above_max_value"),
        (#""stop":7"#, "stop", "invalid_type"), (#""stop":["a",7]"#, "stop[1]", "invalid_type"),
        (#""stop":["a","b","c","d","e"]"#, "stop", "array_above_max_length"),
        (#""stream":"yes""#, "stream", "invalid_type"),
        (#""stream_options":{"include_usage":true}"#, "stream_options", "invalid_value"),
        (#""stream":true,"stream_options":{"include_usage":1}"#, "stream_options.include_usage", "invalid_type"),
        (#""logprobs":1"#, "logprobs", "invalid_type"),
        (#""logprobs":true,"top_logprobs":21"#, "top_logprobs", "integer_above_max_value"),
        (#""top_logprobs":2"#, "top_logprobs", "invalid_value"),
        (#""response_format":"json""#, "response_format", "invalid_type"),
        (#""response_format":{}"#, "response_format.type", "missing_required_parameter"),
        (#""response_format":{"type":"json_schema"}"#, "response_format.json_schema", "missing_required_parameter"),
        (#""tools":{}"#, "tools", "invalid_type"), (#""tools":[{}]"#, "tools[0].type", "missing_required_parameter"),
        (#""tools":[{"type":"custom"}]"#, "tools[0].type", "invalid_value"),
        (#""tools":[{"type":"function","function":{}}]"#, "tools[0].function.name", "missing_required_parameter"),
        (
            #""tools":[\#(tool),{"type":"function","function":{"name":"g","parameters":"x"}}]"#,
            "tools[1].function.parameters", "invalid_type"
        ),
        (#""tool_choice":"required""#, "tool_choice", "invalid_value"),
        (#""tools":[\#(tool)],"tool_choice":"always""#, "tool_choice", "invalid_value"),
        (
            #""tools":[\#(tool)],"tool_choice":{"type":"function","function":{"name":"g"}}"#,
            "tool_choice.function.name",
            "invalid_value"
        ),
        (#""functions":[]"#, "functions", "unsupported_parameter"),
        (#""function_call":"auto""#, "function_call", "unsupported_parameter"),
        (#""parallel_tool_calls":"no""#, "parallel_tool_calls", "invalid_type"), (#""user":7"#, "user", "invalid_type"),
    ]

    private func check(_ error: DialectError?, _ body: String, _ param: String?, _ code: String?) {
        #expect(error?.status == 400, "\(body)")
        #expect(error?.type == "invalid_request_error", "\(body)")
        #expect(error?.param == param, "\(body): \(error?.message ?? "")")
        #expect(error?.code == code, "\(body): \(error?.message ?? "")")
        if let param {
            #expect(error?.message.contains("'\(param)'") == true, "the sentence says where: \(error?.message ?? "")")
        }
    }

    @Test("with the field and OpenAI's code")
    func table() {
        for (body, param, code) in Self.bodies {
            check(refusal { () throws(DialectError) in try ChatCompletionRequest.decode(body) }, body, param, code)
        }
        for (body, param, code) in Self.messages {
            check(
                refusal { () throws(DialectError) in try ChatCompletionRequest.decode(messages: body) }, body, param,
                code)
        }
        for (body, param, code) in Self.members {
            check(
                refusal { () throws(DialectError) in try ChatCompletionRequest.decode(with: body) }, body, param, code)
        }
    }

    @Test("with the byte at which it stops being JSON")
    func offset() {
        let error = refusal { () throws(DialectError) in try ChatCompletionRequest.decode(#"{"model": nonsense}"#) }
        #expect(error?.message.contains("at byte 10 of 19") == true, "\(error?.message ?? "")")
        let deep = String(repeating: "[", count: 10_000)
        let nested = refusal { () throws(DialectError) in
            try ChatCompletionRequest.decode(#"{"model":"m","messages":\#(deep)"#)
        }
        #expect(nested?.message.contains("nested too deeply") == true)
    }

    @Test("in a sentence that stays short, whatever was sent")
    func bounded() {
        let long = String(repeating: "é", count: 100_000)
        let error = refusal { () throws(DialectError) in
            try ChatCompletionRequest.decode(messages: #"{"role":"\#(long)","content":"x"}"#)
        }
        #expect((error?.message.utf8.count ?? .max) < 300)
    }

    @Test("or read, but never crashes, with any byte of it changed", arguments: [UInt64(1), 2, 3, 4])
    func mutations(seed: UInt64) {
        var random = Mutations(state: seed)
        let seeds = Self.seeds.map { Array($0.utf8) }
        var read = 0
        for _ in 0..<12_500 {
            let body = random.mutate(seeds[Int(random.next() % UInt64(seeds.count))], seeds)
            let error = refusal { () throws(DialectError) in
                _ = try ChatCompletionRequest.decode(ByteBuffer(bytes: body))
                read += 1
            }
            if let error, error.status != 400 || error.message.isEmpty { Issue.record("\(error) for \(text(body))") }
        }
        #expect(read > 100, "some of them must still be requests, or nothing is tried")
    }

    private static let seeds =
        bodies.map(\.0).filter { !$0.isEmpty } + messages.map { #"{"model":"m","messages":[\#($0.0)]}"# }
        + members.map { #"{"model":"m","messages":[\#(message)],\#($0.0)}"# }
        + [
            #"{"model":"m","messages":[\#(message)],"tools":[\#(tool)],"tool_choice":"auto","stream":true,"stop":["a"]}"#
        ]
}

/// Changes requests at random, the same way for the same seed (SplitMix64).
private struct Mutations: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    private static let pieces = [
        "null", "true", "-1", "1e999", "0.5", "\"\"", "[]", "{}", "\\u0000", "\\ud83d", "\"", ",", ":", "[", "}",
        "\u{FF}",
        "\"data:image/png;base64,\"", "\"function\"", "99999999999999999999",
    ].map { Array($0.utf8) }

    mutating func mutate(_ seed: [UInt8], _ others: [[UInt8]]) -> [UInt8] {
        var bytes = seed
        for _ in 0...Int.random(in: 0..<3, using: &self) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &self)
            switch next() % 6 {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &self) ?? [], at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1..<12, using: &self)))
            case 4: bytes[at] ^= 0x20
            default:
                let other = others.randomElement(using: &self) ?? []
                bytes.replaceSubrange(at..., with: other.suffix(max(0, other.count - at)))
            }
        }
        return bytes
    }
}
