extension Duration {
    /// A length of time as written in a manifest: a number and a unit, "250ms", "1.5s", "60s", "2m", "1h", "7d".
    ///
    /// - Throws: `InvalidValue`, when the unit is missing or unknown, or the number is negative or past 10 years.
    package init(configured text: String) throws(InvalidValue) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = units[String(text[number.endIndex...])], let value = Double(number) else {
            throw InvalidValue("\(text.quoted) is not a duration: write a number and ms, s, m, h or d, like \"30s\"")
        }
        let seconds = value * unit
        guard seconds <= 315_360_000 else { throw InvalidValue("\(text.quoted) is more than ten years") }
        // Milliseconds are as fine as a manifest gets; rounding to them undoes what binary fractions add.
        self = .milliseconds(Int64((seconds * 1000).rounded()))
    }

    /// The shortest exact writing of the duration that `init(configured:)` reads.
    package var configured: String {
        let parts = self.components
        let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        if milliseconds == 0 { return "0s" }
        if milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1000
        if seconds % 86400 == 0 { return "\(seconds / 86400)d" }
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        // Timeouts of a minute or two read best in seconds.
        if seconds % 60 == 0, seconds > 120 { return "\(seconds / 60)m" }
        return "\(seconds)s"
    }
}

/// An amount of memory or disk, written "16MiB", "512KB" or as a plain number of bytes.
package struct ByteCount: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// From 0.
    package let bytes: Int

    package init(bytes: Int) { self.bytes = bytes }
    package static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }

    /// - Throws: `InvalidValue`, when the unit is unknown or the amount does not fit 63 bits.
    package init(_ text: String) throws(InvalidValue) {
        let number = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text[number.endIndex...].drop { $0 == " " }
        guard let factor = Self.units.first(where: { $0.name == unit })?.factor, let value = Int(number) else {
            throw InvalidValue(
                "\(text.quoted) is not a size: write a number and B, KB, MB, GB, KiB, MiB or GiB, like \"16MiB\"")
        }
        let (bytes, overflow) = value.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw InvalidValue("\(text.quoted) is more than this machine can count") }
        self.bytes = bytes
    }

    private static let units: [(name: String, factor: Int)] = [
        ("", 1), ("B", 1), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ]

    package var description: String {
        for unit in ["GiB", "MiB", "KiB", "GB", "MB", "KB"] {
            let factor = Self.units.first { $0.name == unit }!.factor
            if self.bytes > 0, self.bytes % factor == 0 { return "\(self.bytes / factor)\(unit)" }
        }
        return String(self.bytes)
    }

    package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}
