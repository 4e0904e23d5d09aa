/// Text with escapes undone, and where each byte of it came from.
struct DecodedText {
    private(set) var bytes: [UInt8] = []
    /// Where in the original each byte begins, and at the end where the last one ends; empty while nothing was escaped.
    private var origins: [Int] = []

    init(_ original: [UInt8]) { bytes = original }

    var hasEscapes: Bool { !origins.isEmpty }

    /// The range of the original that some bytes stand for.
    func original(_ range: Range<Int>) -> Range<Int> {
        hasEscapes ? origins[range.lowerBound]..<origins[range.upperBound] : range
    }

    /// Whether any byte of a range was written as an escape of more than one byte.
    func isEscaped(_ range: Range<Int>) -> Bool { original(range).count > range.count }

    /// Undoes escapes: `escape` looks at a byte that may begin one, and answers how many bytes it takes and what they
    /// stand for, nothing included; nil if it is none.
    ///
    /// - Parameter marks: the bytes at which an escape may begin.
    func undoing(
        _ marks: (UInt8) -> Bool, _ escape: ([UInt8], Int) -> (length: Int, bytes: [UInt8])?
    ) -> DecodedText {
        guard bytes.contains(where: marks) else { return self }
        var result = DecodedText([])
        result.bytes.reserveCapacity(bytes.count)
        result.origins.reserveCapacity(bytes.count + 1)
        var at = 0
        while at < bytes.count {
            let origin = original(at..<at).lowerBound
            if marks(bytes[at]), let found = escape(bytes, at) {
                for byte in found.bytes {
                    result.bytes.append(byte)
                    result.origins.append(origin)
                }
                at += found.length
            } else {
                result.bytes.append(bytes[at])
                result.origins.append(origin)
                at += 1
            }
        }
        guard result.bytes.count < bytes.count else { return self }
        result.origins.append(original(at..<at).lowerBound)
        return result
    }
}
