import JackfieldJSON

/// Floating-point numbers of JSON. What JSON has no number for stands in strings: "NaN", "Infinity", "-Infinity".
enum FloatingText {
    static let words = ["NaN", "Infinity", "-Infinity"]

    /// The nearest number of the type. Nil for what is none, and for a number that is too large for it.
    static func value<Value: BinaryFloatingPoint & LosslessStringConvertible>(
        _ json: JSON, as type: Value.Type
    ) -> Value? {
        switch json {
        case .number(let text): Value(text).flatMap { $0.isFinite ? $0 : nil }
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }

    /// The shortest digits that give the same number when they are read as its type.
    static func json<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) -> JSON {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53, whole != 0 || value.sign == .plus {
            return JSON(whole)
        }
        return .number(value.description)
    }
}
