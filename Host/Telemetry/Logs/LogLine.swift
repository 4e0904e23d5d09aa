/// Bytes of log lines in the making: what JSON lines and human lines are both written with. Appends only.
struct LogLine: Sendable {
    var bytes: [UInt8] = []

    mutating func byte(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

    mutating func text(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func int(_ value: Int) {
        if value < 0 { byte("-") }
        digits(value.magnitude)
    }

    private mutating func digits(_ value: UInt) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
        if quotient > 0 { digits(quotient) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: remainder))
    }

    /// A number with at least `width` digits.
    mutating func padded(_ value: Int, _ width: Int) {
        if value < 0 { byte("-") }
        var missing = width
        var rest = value.magnitude
        repeat {
            missing -= 1
            rest /= 10
        } while rest > 0
        for _ in 0..<max(missing, 0) { byte("0") }
        digits(value.magnitude)
    }

    /// Nanoseconds as milliseconds with three decimals: `12.345`.
    mutating func milliseconds(_ nanoseconds: Int64) {
        let microseconds = Int(nanoseconds / 1000)
        if microseconds < 0 { byte("-") }
        let (whole, part) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        digits(whole)
        byte(".")
        padded(Int(part), 3)
    }

    mutating func raw(_ text: String) { text.withBytes { bytes.append(contentsOf: $0) } }

    /// The text between quotes as JSON (RFC 8259).
    mutating func quoted(_ text: String) {
        byte("\"")
        text.withBytes { escape($0, json: true) }
        byte("\"")
    }

    /// The text for a terminal: no byte of it can move the cursor, change a colour or begin a new line.
    mutating func visible(_ text: String) { text.withBytes { escape($0, json: false) } }

    private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>, json: Bool) {
        var from = 0
        for i in 0..<utf8.count {
            let byte = utf8[i]
            // Printable ASCII first: it is nearly everything. C1 controls (U+0080 to U+009F, in UTF-8 after 0xC2) are
            // commands to some terminals.
            let isControl = byte < 0x20 || byte == 0x7f
            let isC1 = byte & 0xe0 == 0x80 && i > 0 && utf8[i - 1] == 0xc2
            guard isControl || isC1 || (json && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\"))) else {
                continue
            }
            bytes.append(contentsOf: utf8[from..<(isC1 ? i - 1 : i)])
            from = i + 1
            switch byte {
            case UInt8(ascii: "\""): self.text("\\\"")
            case UInt8(ascii: "\\"): self.text("\\\\")
            case 0x0a: self.text("\\n")
            case 0x0d: self.text("\\r")
            case 0x09: self.text("\\t")
            default:
                self.text("\\u00")
                hex(byte)
            }
        }
        bytes.append(contentsOf: utf8[from...])
    }

    private mutating func hex(_ byte: UInt8) {
        for digit in [byte >> 4, byte & 15] {
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    mutating func hex(_ value: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

extension String {
    /// The UTF-8 of the text without a copy where it is native, which in the host it always is.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var native = self
        return native.withUTF8(body)
    }
}
