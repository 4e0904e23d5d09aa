/// Numbers as a reader wants them.
enum Amount {
    /// "97%", "4.2%"; what is there is never told as nothing.
    static func percent(_ value: Double) -> String {
        value > 0 && value < 0.05 ? "under 0.1%" : plain(value) + "%"
    }

    /// "16.3 GiB".
    static func bytes(_ value: Double) -> String {
        var value = value
        for unit in ["bytes", "KiB", "MiB", "GiB", "TiB"] {
            // What would be rounded to 1024 belongs to the next unit.
            if value < 1023.5 { return "\(unit == "bytes" ? whole(value) : plain(value)) \(unit)" }
            value /= 1024
        }
        return "\(plain(value)) PiB"
    }

    static func rate(_ value: Double) -> String { bytes(value) + "/s" }

    /// "3 days and 4 hours": the two largest units.
    static func duration(_ seconds: Double) -> String {
        var rest = Int(max(0, min(seconds, 1e12)))
        var parts: [String] = []
        for (length, one, many) in [(86_400, "day", "days"), (3600, "hour", "hours"), (60, "minute", "minutes")] {
            let number = rest / length
            rest %= length
            if number > 0 { parts.append(count(Double(number), one, many)) } else if !parts.isEmpty { break }
            if parts.count == 2 { break }
        }
        return parts.isEmpty ? count(Double(rest), "second", "seconds") : parts.joined(separator: " and ")
    }

    static func count(_ value: Double, _ one: String, _ many: String) -> String {
        "\(plain(value)) \(value == 1 ? one : many)"
    }

    /// One place below ten, none above.
    static func plain(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        guard abs(tenths) < 10, tenths != tenths.rounded() else { return whole(value) }
        return "\(tenths)"
    }

    private static func whole(_ value: Double) -> String {
        Int64(exactly: value.rounded()).map { "\($0)" } ?? "\(value)"
    }

    /// A finding's value in its unit.
    static func text(_ value: Double, _ unit: String?) -> String {
        switch unit {
        case "%": percent(value)
        case "By": bytes(value)
        case "By/s": rate(value)
        case "s": duration(value)
        default: plain(value)
        }
    }

    /// "a, b and c".
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }
}
