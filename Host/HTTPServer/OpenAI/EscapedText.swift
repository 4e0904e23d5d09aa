import NIOCore

extension ByteBuffer {
    /// Append a text as the inside of a JSON string (RFC 8259, section 7), without the quotes.
    mutating func writeEscaped(_ text: String) {
        var text = text
        text.withUTF8 { writeEscaped($0) }
    }

    private mutating func writeEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        var from = 0
        var at = 0
        while at < utf8.count {
            let byte = utf8[at]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                at += 1
                continue
            }
            if at > from { writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[from..<at])) }
            at += 1
            from = at
            switch byte {
            case UInt8(ascii: "\""): writeStaticString("\\\"")
            case UInt8(ascii: "\\"): writeStaticString("\\\\")
            case 0x0a: writeStaticString("\\n")
            case 0x0d: writeStaticString("\\r")
            case 0x09: writeStaticString("\\t")
            default:
                writeStaticString(byte < 0x10 ? "\\u000" : "\\u001")
                let digit = byte & 15
                writeInteger(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
            }
        }
        if from < utf8.count { writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[from...])) }
    }
}
