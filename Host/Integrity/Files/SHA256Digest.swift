import Crypto
import Glibc

/// The SHA-256 of a file's bytes (FIPS 180-4).
package struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits, as sha256sum(1) prints them.
    package let hexadecimal: String

    package init(of bytes: [UInt8]) {
        hexadecimal = bytes.withUnsafeBytes { Self.text(SHA256.hash(data: $0)) }
    }

    /// Of a file from its first byte to its end, in pieces: a library need not fit into memory a second time.
    init(reading descriptor: Int32, path: String) throws(IntegrityError) {
        var hash = SHA256()
        var piece = [UInt8](repeating: 0, count: 128 << 10)
        var offset: off_t = 0
        while true {
            let count = pread(descriptor, &piece, piece.count, offset)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw IntegrityError(.unreadable, "\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            if count == 0 { break }
            piece.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += off_t(count)
        }
        hexadecimal = Self.text(hash.finalize())
    }

    /// Nil if it is not 64 hexadecimal digits. Capital letters are taken too.
    package init?(hexadecimal text: String) {
        let text = text.lowercased()
        guard text.utf8.count == 64, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }) else {
            return nil
        }
        hexadecimal = text
    }

    package var description: String { hexadecimal }

    private static func text(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
