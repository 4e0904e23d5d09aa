import Glibc

/// The fuzzer of the wire. An input is one byte that says which end reads and how long parts may be, four that decide
/// where the stream is cut, three that are nothing, and then the stream as the other end may send it.
struct WireInput {
    static let prefix = 8

    let end: WireEnd
    let limits: FrameLimits
    let cuts: UInt32
    let stream: UnsafeRawBufferPointer

    /// Nil: too short.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.prefix else { return nil }
        end = bytes[0] & 1 == 0 ? .host : .runner
        limits = Self.limits(bytes[0])
        cuts = bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)
        stream = UnsafeRawBufferPointer(rebasing: bytes[Self.prefix...])
    }

    /// The real ones, or some that short inputs can reach.
    static func limits(_ first: UInt8) -> FrameLimits {
        if first & 2 != 0 { return FrameLimits(head: 24, body: 200) }
        return first & 1 == 0 ? .fromRunner : .fromHost
    }
}

/// Called by libFuzzer for every input.
///
/// - Returns: 0, or -1 where the input is not worth to be kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = WireInput(UnsafeRawBufferPointer(start: data, count: count)) else { return -1 }
    let expected = PlainReading(input.stream, at: input.end, limits: input.limits)
    let whole = Reading.whole(input)
    whole.compare(with: expected, "read at once")
    let pieces = Reading.inPieces(input)
    pieces.compare(with: expected, "read in pieces")
    return 0
}

/// A sentence, and the end.
func fail(_ sentence: String) -> Never {
    var sentence = "The wire: \(sentence).\n"
    sentence.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
}
