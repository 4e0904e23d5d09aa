/// Percent-encoding (RFC 3986, 2.1), as the content of a data URL has it where it is not Base64.
enum PercentText {
    /// A percent sign without two digits behind it stands for itself.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var at = text.startIndex
        while at != text.endIndex {
            let byte = text[at]
            at = text.index(after: at)
            guard byte == UInt8(ascii: "%"), at != text.endIndex, let high = digit(text[at]) else {
                bytes.append(byte)
                continue
            }
            let second = text.index(after: at)
            guard second != text.endIndex, let low = digit(text[second]) else {
                bytes.append(byte)
                continue
            }
            bytes.append(high << 4 | low)
            at = text.index(after: second)
        }
        return bytes
    }

    /// Everything but unreserved characters (RFC 3986, 2.3) is encoded.
    static func encode(_ text: String.UTF8View) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.count)
        for byte in text {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: encoded.append(byte)
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
