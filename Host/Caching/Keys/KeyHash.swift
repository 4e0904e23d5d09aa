import Crypto
import JackfieldVocabulary

/// Writes a request in one unambiguous form into SHA-256.
///
/// Fields come in a fixed order. Each text and list has its length in front and each optional a byte that says whether
/// it is there, so that no two requests can give the same bytes by what stands next to what.
struct KeyHash: ~Copyable {
    private var hasher = SHA256()
    /// Small things are gathered, since each call of the hash costs more than a few bytes in it.
    private var buffer: [UInt8] = []
    private static let bufferSize = 4096

    init(method: CachedMethod, tenant: String?, model: String) {
        buffer.reserveCapacity(Self.bufferSize)
        // With the form's version: when the form changes, nothing on the disk fits any more, which is right.
        buffer.append(contentsOf: "jackfield/cache/1".utf8)
        buffer.append(method.rawValue)
        add(tenant)
        add(model)
    }

    consuming func finish() -> SIMD4<UInt64> {
        flush()
        var words = SIMD4<UInt64>()
        for (index, byte) in hasher.finalize().enumerated() {
            words[index / 8] = words[index / 8] << 8 | UInt64(byte)
        }
        return words
    }

    mutating func add(byte: UInt8) { buffer.append(byte) }

    mutating func add(_ flag: Bool?) { buffer.append(flag.map { $0 ? 2 : 1 } ?? 0) }

    /// A count or a length, as LEB128.
    mutating func add(count: Int) {
        var rest = UInt(count)
        while rest > 127 {
            buffer.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        buffer.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(bytes: UnsafeRawBufferPointer($0)) }
    }

    mutating func add(_ text: String?) {
        add(byte: text == nil ? 0 : 1)
        if let text { add(text) }
    }

    mutating func add(_ data: [UInt8]) { data.withUnsafeBytes { add(bytes: $0) } }

    private mutating func add(bytes: UnsafeRawBufferPointer) {
        add(count: bytes.count)
        if bytes.count < Self.bufferSize {
            buffer.append(contentsOf: bytes)
            if buffer.count >= Self.bufferSize { flush() }
        } else {
            flush()
            hasher.update(bufferPointer: bytes)
        }
    }

    mutating func add<Number: FixedWidthInteger>(_ number: Number?) {
        add(byte: number == nil ? 0 : 1)
        if let number { add(word: UInt64(truncatingIfNeeded: number)) }
    }

    /// By value: the two zeros are one.
    mutating func add(_ number: Double?) {
        add(byte: number == nil ? 0 : 1)
        if let number { add(word: number == 0 ? 0 : number.bitPattern) }
    }

    private mutating func add(word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { buffer.append(contentsOf: $0) }
    }

    private mutating func flush() {
        buffer.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        buffer.removeAll(keepingCapacity: true)
    }
}
