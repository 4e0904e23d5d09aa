import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

/// SplitMix64: the same damage in every run.
private struct Damage: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Change, drop, double or cut a few bytes.
    mutating func apply(to bytes: [UInt8]) -> [UInt8] {
        let telling = Array("{}[]\":,\\\n\r01e-. u\u{1}".utf8)
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[at] = UInt8.random(in: 0...0xff, using: &self)
            case 1: bytes[at] = telling.randomElement(using: &self)!
            case 2: bytes.remove(at: at)
            case 3: bytes.insert(telling.randomElement(using: &self)!, at: at)
            default: bytes.removeLast(min(bytes.count, Int.random(in: 0..<20, using: &self)))
            }
        }
        return bytes
    }
}

struct DamagedAnswerTests {
    private let stream =
        start(#"{"input_tokens":25,"cache_read_input_tokens":1,"output_tokens":1}"#)
        + block(
            0, #"{"type":"thinking","thinking":""}"#, #"{"type":"thinking_delta","thinking":"a\u00e9"}"#,
            #"{"type":"signature_delta","signature":"s"}"#)
        + block(1, emptyText, text(#"b\"\n"#))
        + block(
            2, #"{"type":"tool_use","id":"a","name":"f","input":{}}"#,
            #"{"type":"input_json_delta","partial_json":"{\"x\":1}"}"#)
        + ping + end("tool_use")

    private func stopCount(_ events: [LLM.Event]) -> Int {
        events.count { if case .stop = $0 { true } else { false } }
    }

    @Test func noDamageToAStreamEndsTheProgramOrPassesForAWholeAnswer() {
        var damage = Damage(state: 1)
        for _ in 0..<4000 {
            var decoder = MessageStreamDecoder(limit: 1 << 20)
            var rest = damage.apply(to: Array(stream.utf8))[...]
            var stops = 0
            while !rest.isEmpty {
                let size = Int.random(in: 1...300, using: &damage)
                stops += stopCount(decoder.decode(Array(rest.prefix(size))))
                rest = rest.dropFirst(size)
            }
            if decoder.failure == nil {
                stops += stopCount(decoder.finish(promptBytes: 0))
            }
            #expect(stops == (decoder.failure == nil ? 1 : 0))
        }
    }

    @Test func noDamageToAWholeAnswerEndsTheProgram() {
        let answer = Array(
            (#"{"id":"m","type":"message","content":[{"type":"text","text":"a\u00e9"},{"type":"tool_use","id":"a","#
                + #""name":"f","input":{"x":1}},{"type":"thinking","thinking":"t","signature":"s"}],"#
                + #""stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":-2.5e1}}"#).utf8)
        var damage = Damage(state: 2)
        for _ in 0..<4000 {
            _ = try? MessageResponseDecoder.decode(damage.apply(to: answer), promptBytes: 0)
            _ = try? ModelPage(damage.apply(to: answer))
        }
    }
}
