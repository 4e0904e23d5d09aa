#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// The characters and the comparisons of HTTP fields (RFC 9110, 5), on bytes as they lie in a read buffer.

extension UInt8 {
    /// tchar of RFC 9110, 5.6.2.
    var isTokenCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// What may stand in a field value: visible characters, space, tab and bytes above ASCII; no other control
    /// character, and so neither CR nor LF nor NUL.
    var isFieldValueCharacter: Bool { (self >= 0x20 && self != 0x7F) || self == 0x09 }

    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x09 }
}

extension UnsafeRawBufferPointer {
    /// The part from `start` up to `end`. Both must lie within these bytes.
    func part(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[start..<end])
    }

    /// The place of the first line feed at or after `start`.
    func lineFeed(from start: Int) -> Int? {
        guard start < self.count, let base = self.baseAddress else { return nil }
        guard let found = memchr(base + start, 0x0A, self.count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// Without spaces and tabs at its ends (OWS of RFC 9110, 5.6.3).
    var trimmed: UnsafeRawBufferPointer {
        var start = 0
        var end = self.count
        while start < end, self[start].isWhiteSpace { start += 1 }
        while end > start, self[end - 1].isWhiteSpace { end -= 1 }
        return self.part(start, end)
    }

    var isFieldValue: Bool {
        // No early exit, so that the compiler can take many bytes at once.
        var wrong: UInt8 = 0
        for byte in self { wrong |= byte.isFieldValueCharacter ? 0 : 1 }
        return wrong == 0
    }

    /// `other` must be in lower case.
    func equalsIgnoringCase(_ other: StaticString) -> Bool {
        guard self.count == other.utf8CodeUnitCount else { return false }
        for index in 0..<self.count where self[index].lowercasedASCII != other.utf8Start[index] { return false }
        return true
    }

    /// Calls `body` with every element of a comma-separated list that is not empty.
    func forEachListElement(_ body: (UnsafeRawBufferPointer) -> Void) {
        var start = 0
        for index in 0...self.count where index == self.count || self[index] == UInt8(ascii: ",") {
            let element = self.part(start, index).trimmed
            if !element.isEmpty { body(element) }
            start = index + 1
        }
    }
}

extension String {
    /// The bytes, which must be ASCII, in lower case.
    init(lowercasingASCII bytes: UnsafeRawBufferPointer) {
        self.init(unsafeUninitializedCapacity: bytes.count) { target in
            for index in 0..<bytes.count { target.initializeElement(at: index, to: bytes[index].lowercasedASCII) }
            return bytes.count
        }
    }
}
