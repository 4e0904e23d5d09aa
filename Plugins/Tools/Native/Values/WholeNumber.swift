import JackfieldJSON

/// Whole numbers of JSON, exactly: also `1.0`, `25e2`, and digits in a string.
enum WholeNumber {
    /// Nil for what is no whole number of at most 39 digits.
    static func of(_ json: JSON) -> Int128? {
        if case .number(let text) = json { exactly(text) } else { nil }
    }

    /// Plain digits with an optional sign: what integers beyond 2^53 are written as in strings.
    static func digits(_ text: String) -> Int128? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int128(text)
    }

    /// A number as JSON writes it, without the detour by floating point.
    private static func exactly(_ text: String) -> Int128? {
        if let value = Int128(text) { return value }
        var mantissa = text[...]
        var exponent = 0
        if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            mantissa = text[..<mark]
            guard let value = Int(text[text.index(after: mark)...]), value.magnitude <= 400 else { return nil }
            exponent = value
        }
        var digits = String(mantissa)
        if let point = mantissa.firstIndex(of: ".") {
            let fraction = mantissa[mantissa.index(after: point)...]
            digits = String(mantissa[..<point]) + fraction
            exponent -= fraction.utf8.count
        }
        guard var value = Int128(digits) else { return nil }
        if value == 0 { return 0 }
        while exponent < 0 {
            guard value % 10 == 0 else { return nil }
            value /= 10
            exponent += 1
        }
        while exponent > 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
            exponent -= 1
        }
        return value
    }

    /// As JSON: digits, or a string where a reader that takes numbers for doubles would change it.
    static func json(_ value: Int128) -> JSON {
        value.magnitude <= 1 << 53 ? .number("\(value)") : .string("\(value)")
    }
}
