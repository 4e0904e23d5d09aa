/// Puts a number with a UCUM unit into words: 1610612736 "By" is "1.5 GiB".
package enum Quantity {
    package static func words(_ value: Double, unit: String?) -> String {
        switch unit {
        case "By": return bytes(value)
        case "By/s": return bytes(value) + "/s"
        case "%": return number(value) + " %"
        case "s" where abs(value) >= 86_400: return number(value / 86_400) + " days"
        case "s" where abs(value) >= 3600: return number(value / 3600) + " h"
        case nil, "", "1": return number(value)
        // UCUM puts what is counted into braces, "{process}".
        case let unit? where unit.hasPrefix("{"):
            return number(value) + " " + unit.filter { $0 != "{" && $0 != "}" }
        case let unit?: return number(value) + " " + unit
        }
    }

    private static func bytes(_ value: Double) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"]
        var value = value
        var at = 0
        while abs(value) >= 1024, at < units.count - 1 {
            value /= 1024
            at += 1
        }
        return number(value) + " " + units[at]
    }

    /// Whole above a hundred, otherwise with as many digits as a person reads: three.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "unknown" }
        let digits: Double = abs(value) >= 100 ? 1 : abs(value) >= 10 ? 10 : 100
        let rounded = (value * digits).rounded() / digits
        guard let whole = Int64(exactly: rounded) else { return "\(rounded)" }
        return "\(whole)"
    }
}
