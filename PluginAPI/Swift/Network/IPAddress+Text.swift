extension IPAddress {
    /// Reads the one form of text that everybody reads alike, and nothing else: four decimal parts without leading
    /// zeros, or the forms of RFC 4291, section 2.2. No zone, no brackets, no blanks. What lenient resolvers read
    /// besides is for `HostName.address`.
    public init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { bytes in
            bytes.contains(UInt8(ascii: ":")) ? Self.ipv6(bytes[...]) : Self.ipv4(bytes[...]).map { UInt128($0) }
        }
        guard let parsed else { return nil }
        self.init(bits: parsed, isIPv4: !text.utf8.contains(UInt8(ascii: ":")))
    }

    /// RFC 6943, section 3.1.1, the strict form.
    private static func ipv4(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        guard (7...15).contains(text.count) else { return nil }
        var address: UInt32 = 0
        var part: UInt32 = 0
        var digits = 0
        var dots = 0
        for byte in text {
            if byte == UInt8(ascii: ".") {
                guard digits > 0 else { return nil }
                address = address << 8 | part
                (part, digits) = (0, 0)
                dots += 1
                continue
            }
            // A leading zero means octal to some: nobody gets to choose.
            guard (0x30...0x39).contains(byte), digits == 0 || part > 0 else { return nil }
            part = part * 10 + UInt32(byte - 0x30)
            digits += 1
            guard part <= 255 else { return nil }
        }
        return dots == 3 && digits > 0 ? address << 8 | part : nil
    }

    /// RFC 4291, section 2.2: eight groups, `::` once for one or more of zeros, and at the end an IPv4 address.
    private static func ipv6(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt128? {
        guard (2...45).contains(text.count) else { return nil }
        var groups: [UInt16] = []
        var gap: Int?
        var at = text.startIndex
        if text[at] == UInt8(ascii: ":") {
            guard text[at + 1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            at += 2
        }
        while at < text.endIndex {
            guard groups.count < 8 else { return nil }
            let end = text[at...].firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
            if end == text.endIndex, text[at...].contains(UInt8(ascii: ".")) {
                guard let tail = ipv4(text[at...]), groups.count <= 6 else { return nil }
                groups += [UInt16(tail >> 16), UInt16(tail & 0xFFFF)]
                break
            }
            guard let group = group(text[at..<end]) else { return nil }
            groups.append(group)
            guard end < text.endIndex else { break }
            at = end + 1
            // A colon at the end, unless it is one of two.
            guard at < text.endIndex else { return nil }
            if text[at] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups.count
                at += 1
            }
        }
        guard gap == nil ? groups.count == 8 : groups.count < 8 else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - groups.count)
        groups.insert(contentsOf: zeros, at: gap ?? 8)
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// One to four hexadecimal digits.
    private static func group(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var value: UInt16 = 0
        for byte in digits {
            guard let digit = byte.hexadecimalDigit else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}

extension UInt8 {
    /// The value of an ASCII digit of base 16; nil for any other byte.
    var hexadecimalDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
