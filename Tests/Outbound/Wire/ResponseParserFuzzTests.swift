import NIOCore
import Testing

@testable import Outbound

/// Random bytes, and responses that were damaged at random. A debug build checks the bounds of every access, so that a
/// read past the bytes ends the run.
@Suite struct ResponseParserFuzzTests {
    /// SplitMix64: the same seed makes the same run everywhere.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = self.state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let fragments = [
        "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 C\r\n\r\n", "HTTP/1.0 204 N\r\n", "Content-Length: 5\r\n",
        "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "A: b\r\n", "\r\n", "\r",
        "\n",
        "5\r\nhello\r\n", "0\r\n", "0\r\n\r\n", "a;b=c\r\n", "FFFFFFFFFFFFFFFF\r\n", "hello", " ", "\t", ":", ";",
        "\u{0}",
        "ÿ", "HTTP/1.1 304 N\r\nContent-Length: 9\r\n\r\n", "X: \(String(repeating: "x", count: 300))\r\n",
    ].map { Array($0.utf8) }

    private static func sample(_ generator: inout Generator) -> [UInt8] {
        var bytes: [UInt8] = []
        let kind = Int.random(in: 0..<8, using: &generator)
        if kind == 0 {
            for _ in 0..<Int.random(in: 0..<200, using: &generator) {
                bytes.append(.random(in: 0...255, using: &generator))
            }
            return bytes
        }
        if kind < 6 { bytes += Array("HTTP/1.1 200 OK\r\n".utf8) }
        if kind < 3 { bytes += Array("Transfer-Encoding: chunked\r\n\r\n".utf8) }
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            bytes += Self.fragments.randomElement(using: &generator) ?? []
        }
        for _ in 0..<Int.random(in: 0..<3, using: &generator) where !bytes.isEmpty {
            bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        return bytes
    }

    private static func pieces(of bytes: [UInt8], _ generator: inout Generator) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...20, using: &generator))
            pieces.append(bytes[start..<end])
            start = end
        }
        return pieces
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func damagedResponsesAreReadAlikeHoweverTheyAreCut(seed: UInt64) {
        var generator = Generator(state: seed)
        var (complete, faulty) = (0, 0)
        for round in 0..<4000 {
            let bytes = Self.sample(&generator)
            let toHEAD = Int.random(in: 0..<8, using: &generator) == 0
            let whole = ParserTrace.of([bytes[...]], toHEAD: toHEAD, headLimit: 512)
            let cut = ParserTrace.of(Self.pieces(of: bytes, &generator), toHEAD: toHEAD, headLimit: 512)
            #expect(whole == cut, "seed \(seed), round \(round): \(bytes)")
            if whole.isComplete { complete += 1 }
            if whole.fault?.kind == .malformed { faulty += 1 }
            #expect(whole.body.utf8.count <= 3 * bytes.count, "more came out than went in")
        }
        #expect(complete > 100 && faulty > 100, "the samples have become too much alike: \(complete), \(faulty)")
    }
}
