/// Hosts that are numbers: what `inet_aton` (POSIX), the "IPv4 parser" of the WHATWG URL standard and less careful
/// readers make of them.
enum NumericHost {
    /// All readings, without doubles being removed; `host` is folded.
    static func readings(_ host: String) -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        if host.utf8.contains(UInt8(ascii: ":")) { return ipv6(host) }
        let literal = ".ipv6-literal.net"
        if host.hasSuffix(literal) { return transcribed(host.dropLast(literal.utf8.count)) }
        return ipv4(host[...]).map(IPAddress.init(ipv4:))
    }

    /// Whether the last label is a number, so that the whole is an address or nothing (WHATWG URL, "ends in a number").
    static func endsInNumber(_ host: String) -> Bool {
        let name = host.utf8.dropLast(host.utf8.last == UInt8(ascii: ".") ? 1 : 0)
        let start = name.lastIndex(of: UInt8(ascii: ".")).map { name.index(after: $0) } ?? name.startIndex
        let last = name[start...]
        if last.allSatisfy({ (0x30...0x39).contains($0) }) { return !last.isEmpty }
        guard last.count >= 2, last.first == 0x30, last.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x") else {
            return false
        }
        return last.dropFirst(2).allSatisfy { $0.hexadecimalDigit != nil }
    }

    private enum Zeros: CaseIterable {
        /// A leading zero means octal: `inet_aton`.
        case octal
        /// A leading zero means nothing.
        case decimal
    }

    private static func ipv4(_ host: Substring) -> [UInt32] {
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return [] }
        var found: [UInt32] = []
        for zeros in Zeros.allCases {
            var address: UInt32 = 0
            var isNumeric = true
            for (index, part) in parts.enumerated() {
                guard let value = value(part, zeros, isQuad: parts.count == 4) else {
                    isNumeric = false
                    break
                }
                // Some readers keep the low bits of what is too large, so that 425.510.425.510 is 169.254.169.254.
                let isLast = index == parts.count - 1
                let bits = UInt32(isLast ? 8 * (5 - parts.count) : 8)
                let low = bits == 32 ? value : value & ((1 << bits) - 1)
                address |= isLast ? low : low << (24 - 8 * UInt32(index))
            }
            if isNumeric, !found.contains(address) { found.append(address) }
        }
        return found
    }

    /// The value modulo 2^32; nil if it is no number.
    private static func value(_ digits: Substring.UTF8View.SubSequence, _ zeros: Zeros, isQuad: Bool) -> UInt32? {
        guard let first = digits.first else { return nil }
        let second = digits.dropFirst().first.map(\.lowercasedASCII)
        if first == 0x30, second == UInt8(ascii: "x") { return number(digits.dropFirst(2), radix: 16) }
        // `0o177` as in Python; `o177` and `q177` as in old C libraries, which are words unless they stand in a quad.
        if first == 0x30, second == UInt8(ascii: "o") { return number(digits.dropFirst(2), radix: 8) }
        if isQuad, first == UInt8(ascii: "o") || first == UInt8(ascii: "q"), second != nil {
            return number(digits.dropFirst(), radix: 8)
        }
        if first == 0x30, zeros == .octal, let value = number(digits, radix: 8) { return value }
        return number(digits, radix: 10)
    }

    private static func number(_ digits: Substring.UTF8View.SubSequence, radix: UInt32) -> UInt32? {
        var value: UInt32 = 0
        for byte in digits {
            guard let digit = byte.hexadecimalDigit, digit < radix else { return nil }
            value = value &* radix &+ UInt32(digit)
        }
        return value
    }

    /// With groups of any number of zeros before, and with a lenient IPv4 address at the end.
    private static func ipv6(_ host: String) -> [IPAddress] {
        var groups = host.split(separator: ":", omittingEmptySubsequences: false).map(Substring.init)
        let tail = groups.last?.utf8.contains(UInt8(ascii: ".")) == true ? groups.removeLast() : nil
        let trimmed = groups.map { group in
            group.utf8.count > 4 ? "0" + group.drop { $0 == "0" } : String(group)
        }.map { $0.utf8.count == 5 ? String($0.dropFirst()) : $0 }
        guard let tail else { return [IPAddress(trimmed.joined(separator: ":"))].compactMap { $0 } }
        return ipv4(tail).compactMap { address in
            let last = [address >> 16, address & 0xFFFF].map { String($0, radix: 16) }
            return IPAddress((trimmed + last).joined(separator: ":"))
        }
    }

    /// The form that Windows takes in its own paths: `fe80--1s4.ipv6-literal.net`.
    private static func transcribed(_ text: Substring) -> [IPAddress] {
        let groups = text.prefix { $0 != "s" }.map { $0 == "-" ? ":" : $0 }
        return [IPAddress(String(groups))].compactMap { $0 }
    }
}
