import JackfieldJSON

@testable import Native

/// SplitMix64 (Steele, Lea, Flood 2014): a seed gives the same numbers on every machine.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A library with random functions. Each takes arguments of random types, mixes every number among them into a digest,
/// and gives back some of them: so a value that is passed wrongly in any place is found out.
struct RandomLibrary {
    struct Function {
        enum Way { case value, constPointer, inoutPointer }
        var name: String
        var parameters: [(type: CType, way: Way)]
        /// The parameter that the function returns, and those that it writes to out-parameters.
        var returned: Int?
        var copied: [Int]
    }

    private(set) var structures: [StructType] = []
    private(set) var functions: [Function] = []

    init(functions count: Int, _ numbers: inout SeededNumbers) {
        for index in 0..<24 {
            let fields = (0..<Int.random(in: 1...5, using: &numbers)).map { field in
                ("f\(field)", type(&numbers, depth: structures.isEmpty ? 0 : 2))
            }
            let structure = StructType(name: "s\(index)", fields: fields)
            // Beyond some size the stack of a call with several of them becomes the subject of the test.
            if structure.size <= 400 { structures.append(structure) }
        }
        functions = (0..<count).map { index in
            let parameters = (0..<Int.random(in: 0...9, using: &numbers)).map { _ in
                let type = isOne(in: 2, &numbers) ? structure(&numbers) : scalar(&numbers)
                let way: Function.Way =
                    isOne(in: 5, &numbers) ? .constPointer : isOne(in: 6, &numbers) ? .inoutPointer : .value
                // A pointer to `char` would be text.
                return (type, type == .scalar(.char) ? .value : way)
            }
            let copies = parameters.indices.filter { parameters[$0].0 != .scalar(.char) }
            return Function(
                name: "fn\(index)", parameters: parameters,
                returned: isOne(in: 6, &numbers) ? nil : parameters.indices.randomElement(using: &numbers),
                copied: isOne(in: 3, &numbers) ? copies.shuffled(using: &numbers).prefix(2).sorted() : [])
        }
    }

    private func isOne(in count: Int, _ numbers: inout SeededNumbers) -> Bool {
        Int.random(in: 0..<count, using: &numbers) == 0
    }
    private func scalar(_ numbers: inout SeededNumbers) -> CType {
        .scalar(ScalarKind.allCases.randomElement(using: &numbers)!)
    }
    private func structure(_ numbers: inout SeededNumbers) -> CType {
        .structure(structures.randomElement(using: &numbers)!)
    }
    private func type(_ numbers: inout SeededNumbers, depth: Int) -> CType {
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0...1: return depth > 0 ? structure(&numbers) : scalar(&numbers)
        case 2:
            let element = scalar(&numbers)
            return .array(
                element == .scalar(.char) ? .scalar(.int8) : element, count: Int.random(in: 1...6, using: &numbers))
        // Structures of one kind of floating point have rules of their own on some processors.
        case 3, 4: return .scalar(isOne(in: 2, &numbers) ? .float : .double)
        default: return scalar(&numbers)
        }
    }

    // MARK: As C

    var source: String {
        var lines = [
            "#include <stdbool.h>", "#include <stdint.h>", "#include <string.h>",
            "static uint64_t digest;",
            "uint64_t take_digest(void) { uint64_t d = digest; digest = 0; return d; }",
            "static void mix(uint64_t v) { digest = (digest ^ v) * 1099511628211ull + 1; }",
            "static void mix_double(double v) { uint64_t b; memcpy(&b, &v, 8); mix(v != v ? 0x7ff8000000000000ull : b); }",
        ]
        for structure in structures {
            lines.append("struct \(structure.name) { \(Self.fields(structure)) };")
            lines.append("static inline void mix_\(structure.name)(const struct \(structure.name) *p) { (void)p;")
            for field in structure.fields { lines.append(Self.mix(field.type, "p->\(field.name)")) }
            lines.append("}")
        }
        for function in functions {
            lines.append("\(signature(function, isC: true)) {")
            for (index, parameter) in function.parameters.enumerated() {
                lines.append(Self.mix(parameter.type, parameter.way == .value ? "a\(index)" : "(*a\(index))"))
            }
            for index in function.copied { lines.append("*o\(index) = \(value(function, index));") }
            lines.append(function.returned.map { "return \(value(function, $0)); }" } ?? "}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func value(_ function: Function, _ index: Int) -> String {
        function.parameters[index].way == .value ? "a\(index)" : "*a\(index)"
    }

    private static func mix(_ type: CType, _ name: String) -> String {
        switch type {
        case .scalar(let kind): kind.isFloating ? "mix_double(\(name));" : "mix((uint64_t)(int64_t)\(name));"
        case .structure(let structure): "mix_\(structure.name)(&\(name));"
        case .array(let element, let count): "for (int i = 0; i < \(count); i++) \(mix(element, "\(name)[i]"))"
        default: ""
        }
    }

    static func fields(_ structure: StructType) -> String {
        structure.fields.map { field in
            if case .array(let element, let count) = field.type {
                return "\(spelling(element)) \(field.name)[\(count)];"
            }
            return "\(spelling(field.type)) \(field.name);"
        }.joined(separator: " ")
    }

    /// Names as C has them, in all their variety.
    private static func spelling(_ type: CType) -> String {
        switch type {
        case .scalar(let kind):
            switch kind {
            case .bool, .char, .float, .double: kind.rawValue
            case .int32: "int"
            case .uint16: "unsigned short"
            case .int64: "long"
            default: "\(kind.rawValue)_t"
            }
        default: type.spelling
        }
    }

    /// The same text but for the words that C does not have.
    func signature(_ function: Function, isC: Bool = false) -> String {
        var parameters = function.parameters.enumerated().map { index, parameter in
            let type = Self.spelling(parameter.type)
            return switch parameter.way {
            case .value: "\(type) a\(index)"
            case .constPointer: "const \(type) *a\(index)"
            case .inoutPointer: "\(isC ? "" : "inout ")\(type) *a\(index)"
            }
        }
        parameters += function.copied.map {
            "\(isC ? "" : "out ")\(Self.spelling(function.parameters[$0].type)) *o\($0)"
        }
        let result = function.returned.map { Self.spelling(function.parameters[$0].type) } ?? "void"
        return "\(result) \(function.name)(\(parameters.isEmpty ? "void" : parameters.joined(separator: ", ")))"
    }

    func config(_ library: String) -> JSON {
        var entries = functions.map { ($0.name, JSON.string(signature($0))) }
        entries.append(("take_digest", "uint64_t take_digest(void)"))
        return [
            "library": .string(library),
            "structs": .object(JSONObject(structures.map { ($0.name, .string(Self.fields($0))) })),
            "functions": .object(JSONObject(entries)),
        ]
    }
}

/// A random value of a type, as JSON and as what it adds to the digest.
struct RandomValue {
    static func make(_ type: CType, _ numbers: inout SeededNumbers, _ digest: inout UInt64) -> JSON {
        switch type {
        case .scalar(.bool):
            let value = Bool.random(using: &numbers)
            mix(value ? 1 : 0, &digest)
            return .bool(value)
        case .scalar(.float):
            let value = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &numbers))
            mix(real: Double(value), &digest)
            return FloatingText.json(value)
        case .scalar(.double):
            let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &numbers))
            mix(real: value, &digest)
            return FloatingText.json(value)
        case .scalar(let kind):
            let range = kind.range!
            let value =
                [range.lowerBound, range.upperBound, 0, Int128.random(in: range, using: &numbers)]
                .randomElement(using: &numbers)!
            mix(UInt64(truncatingIfNeeded: value), &digest)
            return WholeNumber.json(value)
        case .structure(let structure):
            return .object(JSONObject(structure.fields.map { ($0.name, make($0.type, &numbers, &digest)) }))
        case .array(let element, let count):
            return .array((0..<count).map { _ in make(element, &numbers, &digest) })
        default: return .null
        }
    }

    private static func mix(_ value: UInt64, _ digest: inout UInt64) {
        digest = (digest ^ value) &* 1_099_511_628_211 &+ 1
    }
    private static func mix(real value: Double, _ digest: inout UInt64) {
        mix(value.isNaN ? 0x7FF8_0000_0000_0000 : value.bitPattern, &digest)
    }
}
