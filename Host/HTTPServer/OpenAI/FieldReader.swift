import JackfieldJSON

/// Where in a request a value stands; worded only if something is wrong there, so that a good request costs no text.
struct FieldPath {
    private enum Step {
        case key(String)
        case index(Int)
    }
    private var steps: (Step?, Step?, Step?, Step?, Step?, Step?) = (nil, nil, nil, nil, nil, nil)

    init(_ key: String) { steps.0 = .key(key) }

    subscript(key: String) -> FieldPath { appending(.key(key)) }
    subscript(index: Int) -> FieldPath { appending(.index(index)) }

    private func appending(_ step: Step) -> FieldPath {
        var path = self
        if path.steps.1 == nil {
            path.steps.1 = step
        } else if path.steps.2 == nil {
            path.steps.2 = step
        } else if path.steps.3 == nil {
            path.steps.3 = step
        } else if path.steps.4 == nil {
            path.steps.4 = step
        } else {
            path.steps.5 = step
        }
        return path
    }

    /// As OpenAI writes it: `messages[1].content[0].text`.
    var text: String {
        var text = ""
        for step in [steps.0, steps.1, steps.2, steps.3, steps.4, steps.5] {
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            case nil: return text
            }
        }
        return text
    }
}

extension DialectError {
    static func missing(_ path: FieldPath) -> DialectError {
        .invalid("The field '\(path.text)' is missing.", param: path.text, code: "missing_required_parameter")
    }

    static func type(_ path: FieldPath, _ value: JSON, expected: String) -> DialectError {
        .invalid(
            "The field '\(path.text)' must be \(expected), and is \(value.kindName).", param: path.text,
            code: "invalid_type")
    }

    static func value(_ path: FieldPath, _ sentence: String, code: String = "invalid_value") -> DialectError {
        .invalid("The field '\(path.text)' \(sentence).", param: path.text, code: code)
    }
}

extension JSON {
    // Paths are closures: a good request makes none of them.

    func string(_ path: @autoclosure () -> FieldPath) throws(DialectError) -> String {
        guard case .string(let value) = self else { throw .type(path(), self, expected: "a string") }
        return value
    }

    func nonEmptyString(_ path: @autoclosure () -> FieldPath) throws(DialectError) -> String {
        let value = try string(path())
        guard !value.isEmpty else { throw .value(path(), "must not be empty", code: "empty_string") }
        return value
    }

    func bool(_ path: @autoclosure () -> FieldPath) throws(DialectError) -> Bool {
        guard case .bool(let value) = self else { throw .type(path(), self, expected: "true or false") }
        return value
    }

    func object(_ path: @autoclosure () -> FieldPath) throws(DialectError) -> JSONObject {
        guard case .object(let value) = self else { throw .type(path(), self, expected: "an object") }
        return value
    }

    func array(_ path: @autoclosure () -> FieldPath) throws(DialectError) -> [JSON] {
        guard case .array(let value) = self else { throw .type(path(), self, expected: "an array") }
        return value
    }

    func number(_ path: @autoclosure () -> FieldPath, _ range: ClosedRange<Double>) throws(DialectError) -> Double {
        guard case .number = self, let value = double else { throw .type(path(), self, expected: "a number") }
        guard value >= range.lowerBound else {
            throw .value(
                path(), "must be at least \(JSON(range.lowerBound)), and is \(self)", code: "decimal_below_min_value")
        }
        guard value <= range.upperBound else {
            throw .value(
                path(), "must be at most \(JSON(range.upperBound)), and is \(text.bounded)",
                code: "decimal_above_max_value")
        }
        return value
    }

    func integer<Integer: FixedWidthInteger>(
        _ path: @autoclosure () -> FieldPath, _ range: ClosedRange<Integer>
    ) throws(DialectError) -> Integer {
        guard case .number(let text) = self else { throw .type(path(), self, expected: "a whole number") }
        guard let value = int else {
            // Too large for any integer, or a fraction.
            guard let value = double, value.rounded() == value else {
                throw .value(path(), "must be a whole number, and is \(text.bounded)", code: "invalid_type")
            }
            let isAbove = value > 0
            throw .value(
                path(), "must lie between \(range.lowerBound) and \(range.upperBound), and is \(text.bounded)",
                code: isAbove ? "integer_above_max_value" : "integer_below_min_value")
        }
        guard value >= range.lowerBound else {
            throw .value(
                path(), "must be at least \(range.lowerBound), and is \(value)", code: "integer_below_min_value")
        }
        guard value <= range.upperBound else {
            throw .value(
                path(), "must be at most \(range.upperBound), and is \(value)", code: "integer_above_max_value")
        }
        return Integer(value)
    }
}
