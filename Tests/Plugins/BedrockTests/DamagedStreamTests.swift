import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Bedrock

/// Random damage from a fixed seed: whatever comes, the decoder ends with events or with a failure, and never traps.
struct DamagedStreamTests {
    /// SplitMix64 (Steele, Lea, Flood, 2014).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    private static let payloads = [
        #"{"contentBlockIndex":0,"delta":{"text":"a"}}"#, #"{"contentBlockIndex":-1,"delta":{"text":7}}"#,
        #"{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"a","name":"f"}}}"#,
        #"{"contentBlockIndex":1,"start":{"toolUse":[]}}"#,
        #"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{}"}}}"#,
        #"{"contentBlockIndex":2,"delta":{"reasoningContent":{"text":"t","signature":"s"}}}"#,
        #"{"contentBlockIndex":2,"delta":{"reasoningContent":{"redactedContent":"AA=="}}}"#,
        #"{"contentBlockIndex":9223372036854775807}"#, #"{"stopReason":"end_turn"}"#, #"{"stopReason":null}"#,
        #"{"usage":{"inputTokens":-5,"outputTokens":1e300}}"#,
        #"{"usage":{"inputTokens":9223372036854775807,"cacheReadInputTokens":9223372036854775807,"#
            + #""cacheWriteInputTokens":9223372036854775807}}"#, "[]", "null", "{", "",
    ]
    private static let types = [
        "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata",
    ]

    @Test(arguments: 0..<8 as Range<UInt64>)
    func survivesEveryOrderOfEvents(_ seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<200 {
            var decoder = ConverseStreamDecoder(limit: 1 << 20)
            var hasFailed = false
            for _ in 0..<12 where !hasFailed {
                let type = DamagedStreamTests.types.randomElement(using: &random) ?? ""
                let payload = DamagedStreamTests.payloads.randomElement(using: &random) ?? ""
                _ = decoder.decode(Frames.event(type, payload))
                hasFailed = decoder.failure != nil
            }
            _ = decoder.finish(promptBytes: 1)
            #expect(decoder.failure != nil || decoder.isComplete)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func survivesDamagedBytes(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let whole = [Frames.start, Frames.text("hello"), Frames.stop(), Frames.metadata].flatMap { $0 }
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
                }
            }
            var decoder = ConverseStreamDecoder(limit: 1 << 20)
            let events = decoder.decode(bytes) + decoder.finish(promptBytes: 1)
            // Nothing that the checksums did not vouch for gets through.
            for case .text(let text, _, _) in events { #expect(text == "hello") }
        }
    }

    @Test func survivesRandomHeadersWithRightChecksums() {
        var random = Seeded(state: 1)
        func big(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        for _ in 0..<2000 {
            let count = Int.random(in: 0...24, using: &random)
            let fields = (0..<count).map { _ in UInt8.random(in: 0...11, using: &random) }
            var message = big(UInt32(16 + count)) + big(UInt32(count))
            message += big(CRC32.checksum(message)) + fields
            message += big(CRC32.checksum(message))
            var parser = EventStreamParser()
            parser.append(message)
            do throws(EventStreamFault) {
                #expect(try parser.next() != nil)
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }
}
