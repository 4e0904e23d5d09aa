import JackfieldJSON
import JackfieldPlugin
import Testing

@testable import OpenAI

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
        for _ in 0..<Int.random(in: 1...3, using: &self) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[at] = UInt8.random(in: 0x20...0x7e, using: &self)
            case 1: bytes[at] = telling.randomElement(using: &self)!
            case 2: bytes.remove(at: at)
            case 3: bytes.insert(telling.randomElement(using: &self)!, at: at)
            default: bytes.removeLast(min(bytes.count, Int.random(in: 0..<20, using: &self)))
            }
        }
        return bytes
    }
}

private let answer = Array(
    (#"{"id":"c","choices":[{"index":0,"message":{"content":"a\"b\u00e9","tool_calls":[{"index":0,"id":"a","#
        + #""function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop","logprobs":null}],"#
        + #""usage":{"prompt_tokens":1,"completion_tokens":-2.5e1},"x":[1,{},[]]}"#).utf8)

struct DamagedAnswerTests {
    @Test func theCursorAgreesWithTheParserAboutWhatIsJSON() {
        var damage = Damage(state: 1)
        for _ in 0..<5000 {
            let bytes = damage.apply(to: answer)
            let walked = bytes.withUnsafeBufferPointer { bytes in
                var cursor = JSONCursor(bytes)
                return (try? cursor.value()) != nil && (try? cursor.end()) != nil
            }
            do {
                _ = try JSON(parsing: bytes)
                #expect(walked, "\(String(decoding: bytes, as: UTF8.self))")
            } catch {
                // The cursor does not compare keys.
                let isDuplicate = error.reason.contains("twice")
                #expect(walked == isDuplicate, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test func noDamageToAWholeAnswerEndsTheProgram() {
        var damage = Damage(state: 2)
        for _ in 0..<5000 {
            _ = try? ChatResponseDecoder.decode(damage.apply(to: answer), promptBytes: 0)
            _ = try? ModelListDecoder.decode(damage.apply(to: answer))
        }
    }

    @Test func noDamageToAStreamEndsTheProgram() {
        var damage = Damage(state: 3)
        let stream = Array("data: ".utf8) + answer + Array("\r\n\r\ndata: [DONE]\n\n".utf8)
        for _ in 0..<5000 {
            var decoder = ChatStreamDecoder(limit: 1 << 20)
            var rest = damage.apply(to: stream + stream)[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...200, using: &damage)
                _ = decoder.decode(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            _ = decoder.finish(promptBytes: 0)
        }
    }
}
