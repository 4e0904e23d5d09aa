/// An amount of US dollars, counted in whole nano-dollars (1e-9 $): a single cheap token costs 20 of them, and the
/// largest amount is nine thousand million dollars. Sums saturate there and never wrap.
package struct Money: Sendable, Hashable, Comparable {
    package var nanoDollars: Int64

    package init(nanoDollars: Int64) { self.nanoDollars = nanoDollars }

    /// The nearest whole number of nano-dollars. What is not a number is nothing.
    package init(dollars: Double) {
        let nanos = (dollars * 1e9).rounded()
        self.init(nanoDollars: nanos.isNaN ? 0 : Int64(exactly: nanos) ?? (nanos < 0 ? -.max : .max))
    }

    package static let zero = Money(nanoDollars: 0)

    package static func < (left: Money, right: Money) -> Bool { left.nanoDollars < right.nanoDollars }

    package static func + (left: Money, right: Money) -> Money {
        Money(nanoDollars: left.nanoDollars.saturatingAdd(right.nanoDollars))
    }

    package static func += (left: inout Money, right: Money) { left = left + right }
}

extension Money: CustomStringConvertible, LosslessStringConvertible {
    /// Dollars in decimal notation, without a sign for the currency. At least six places, more where they say
    /// something: "0.001250", "12.000000", "0.000000075".
    package var description: String {
        let magnitude = nanoDollars.magnitude
        let fraction = String(magnitude % 1_000_000_000)
        var places = String(repeating: "0", count: 9 - fraction.count) + fraction
        while places.utf8.count > 6, places.utf8.last == UInt8(ascii: "0") { places.removeLast() }
        return "\(nanoDollars < 0 ? "-" : "")\(magnitude / 1_000_000_000).\(places)"
    }

    /// Reads "12", "0.00125" or "-3.5": digits with at most nine places after the point. Nil for anything else, also
    /// for an amount that is too large.
    package init?(_ text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0).split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0".utf8[...]
        guard 1...9 ~= fraction.count, let dollars = Self.digits(parts[0]), var nanos = Self.digits(fraction) else {
            return nil
        }
        for _ in fraction.count..<9 { nanos *= 10 }
        let (whole, tooLarge) = dollars.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow) = whole.addingReportingOverflow(nanos)
        guard !tooLarge, !overflow else { return nil }
        self.init(nanoDollars: isNegative ? -sum : sum)
    }

    /// Only digits: the standard library would also take a sign.
    private static func digits(_ text: Substring.UTF8View) -> Int64? {
        guard !text.isEmpty, text.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return Int64(Substring(text))
    }
}

extension Int64 {
    /// The sum, or the end of the range that it would leave.
    func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
