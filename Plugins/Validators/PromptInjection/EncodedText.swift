import JackfieldPlugin

/// Text within base64 or hexadecimal digits.
enum EncodedText {
    struct Payload {
        var text: String
        /// Bytes of the text that it was found in.
        var range: Range<Int>
    }

    /// Shorter runs hold no sentence.
    private static let minRun = 24

    /// By byte: whether it may be part of a run, in either alphabet of base64.
    private static let isDigit: [Bool] = (0..<256).map { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x2D, 0x5F, 0x3D: true
        default: false
        }
    }

    /// What runs of such digits decode to, where that is text.
    static func payloads(in text: String) -> [Payload] {
        var text = text
        return text.withUTF8 { bytes in
            isDigit.withUnsafeBufferPointer { isDigit in
                var payloads: [Payload] = []
                var at = 0
                // A run holds a digit at its 24th byte, so that most of a text is never looked at.
                while at + minRun <= bytes.count {
                    let probe = at + minRun - 1
                    guard isDigit[Int(bytes[probe])] else {
                        at = probe + 1
                        continue
                    }
                    var start = probe
                    while start > at, isDigit[Int(bytes[start - 1])] { start -= 1 }
                    var end = probe + 1
                    while end < bytes.count, isDigit[Int(bytes[end])] { end += 1 }
                    if end - start >= minRun, let text = decode(bytes[start..<end]) {
                        payloads.append(Payload(text: text, range: start..<end))
                    }
                    at = end + 1
                }
                return payloads
            }
        }
    }

    private static func decode(_ run: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        for bytes in [hexadecimal(run), Base64.decode(run)] {
            guard let bytes, let text = String(validating: bytes, as: UTF8.self) else { continue }
            // Noise that happens to be UTF-8 has control codes.
            let controls = bytes.count { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 || $0 == 0x7F }
            if controls == 0 { return text }
        }
        return nil
    }

    private static func hexadecimal(_ run: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
        guard run.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in run {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x41...0x46: value = digit - 0x41 + 10
            case 0x61...0x66: value = digit - 0x61 + 10
            default: return nil
            }
            if let upper = high {
                bytes.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}
