import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

@Suite("Numbers of every width")
struct WidthTests {
    struct Width: Sendable, CustomTestStringConvertible {
        var name: String
        var spelling: String
        var kind: ScalarKind
        var testDescription: String { spelling }
    }

    static let widths: [Width] = [
        Width(name: "bool", spelling: "_Bool", kind: .bool), Width(name: "bool", spelling: "bool", kind: .bool),
        Width(name: "char", spelling: "char", kind: .char),
        Width(name: "signed_char", spelling: "signed char", kind: .int8),
        Width(name: "unsigned_char", spelling: "unsigned char", kind: .uint8),
        Width(name: "short", spelling: "short", kind: .int16),
        Width(name: "short", spelling: "short int", kind: .int16),
        Width(name: "unsigned_short", spelling: "unsigned short", kind: .uint16),
        Width(name: "int", spelling: "int", kind: .int32), Width(name: "int", spelling: "signed", kind: .int32),
        Width(name: "unsigned", spelling: "unsigned", kind: .uint32),
        Width(name: "unsigned", spelling: "unsigned int", kind: .uint32),
        Width(name: "long", spelling: "long", kind: .int64),
        Width(name: "unsigned_long", spelling: "long unsigned int", kind: .uint64),
        Width(name: "long_long", spelling: "long long", kind: .int64),
        Width(name: "unsigned_long_long", spelling: "unsigned long long", kind: .uint64),
        Width(name: "i8", spelling: "int8_t", kind: .int8), Width(name: "u8", spelling: "uint8_t", kind: .uint8),
        Width(name: "i16", spelling: "int16_t", kind: .int16), Width(name: "u16", spelling: "uint16_t", kind: .uint16),
        Width(name: "i32", spelling: "int32_t", kind: .int32), Width(name: "u32", spelling: "uint32_t", kind: .uint32),
        Width(name: "i64", spelling: "int64_t", kind: .int64), Width(name: "u64", spelling: "uint64_t", kind: .uint64),
        Width(name: "i8", spelling: "i8", kind: .int8), Width(name: "u64", spelling: "u64", kind: .uint64),
        Width(name: "size", spelling: "size_t", kind: .uint64), Width(name: "ssize", spelling: "ssize_t", kind: .int64),
        Width(name: "float", spelling: "float", kind: .float), Width(name: "double", spelling: "double", kind: .double),
        Width(name: "double", spelling: "f64", kind: .double),
    ]

    /// A pointer to `char` is to text or to a buffer; here to one of one element.
    private static let oneElement = """
        { "one": { "length": 1, "encoding": "list" }, "other": { "length": 1, "encoding": "list" } }
        """

    static func values(_ kind: ScalarKind) -> [JSON] {
        switch kind {
        case .bool: [true, false]
        case .float:
            [
                0, .number("-0.0"), "NaN", "Infinity", "-Infinity", .number("0.1"), .number("3.4028235e+38"),
                .number("1e-45"),
            ]
        case .double:
            [0, .number("-0.0"), "NaN", "Infinity", "-Infinity", .number("0.1"), .number("1.7976931348623157e+308")]
        default:
            [kind.range!.lowerBound, kind.range!.upperBound, 0, 1, kind.range!.upperBound / 3].map(WholeNumber.json)
        }
    }

    @Test("come back as they were given, alone, behind many others, and through pointers", arguments: widths)
    func roundTrip(width: Width) throws {
        let type = width.spelling
        let sample = try NativeSample(
            """
            { "library": "\(try FixtureLibrary.build("widths"))", "functions": {
              "echo": "\(type) echo_\(width.name)(\(type) value)",
              "last": {
                "signature": "\(type) last_\(width.name)(double a, int8_t b, \(type) c, float d, int64_t e, uint8_t f, double g, int16_t h, void *i, \(type) value)",
                "arguments": {
                  "a": { "value": 1.5 }, "b": { "value": -1 }, "d": { "value": 2.5 }, "e": { "value": -1 },
                  "f": { "value": 255 }, "g": { "value": -3 }, "h": { "value": -1 }, "i": { "value": null }
                }
              },
              "swap": {
                "signature": "void swap_\(width.name)(inout \(type) *one, inout \(type) *other)",
                "arguments": \(width.kind == .char ? Self.oneElement : "{}")
              }
            } }
            """)
        let values = Self.values(width.kind)
        for value in values {
            #expect(try sample("echo", ["value": value]) == ["result": value])
            #expect(try sample("last", ["value": value, "c": values[0]]) == ["result": value])
            let (one, other): (JSON, JSON) = width.kind == .char ? ([value], [values[1]]) : (value, values[1])
            #expect(try sample("swap", ["one": one, "other": other]) == ["one": other, "other": one])
        }
    }

    @Test(
        "one more than fits is refused, with what would fit",
        arguments: widths.filter { $0.kind.range != nil && $0.kind != .bool })
    func beyond(width: Width) throws {
        let sample = try NativeSample(
            """
            { "library": "\(try FixtureLibrary.build("widths"))",
              "functions": { "echo": "\(width.spelling) echo_\(width.name)(\(width.spelling) value)" } }
            """)
        let range = try #require(width.kind.range)
        let words = "value must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        for value in [range.lowerBound - 1, range.upperBound + 1] {
            let refusal = sample.refusal("echo", ["value": .number("\(value)")])
            #expect(refusal?.message.contains(words) == true, "\(refusal?.message ?? "")")
            #expect(refusal?.message.contains("and is \(value)") == true)
        }
        for value in [.number("0.5"), true, .null, [], "seven", .number("1e30")] as [JSON] {
            #expect(sample.refusal("echo", ["value": value])?.code == .invalidArgument, "\(value)")
        }
        #expect(
            sample.refusal("echo", [:])?.message.hasPrefix("echo: value is missing: it must be a whole number") == true)
        #expect(try sample("echo", ["value": .number("10e-1")]) == ["result": 1])
        #expect(try sample("echo", ["value": .number("1.0E+1")]) == ["result": 10])
    }

    @Test("64 bits travel as digits in a string beyond 2^53, both ways, and their schema says so")
    func wide() throws {
        let sample = try NativeSample(
            """
            { "library": "\(try FixtureLibrary.build("widths"))",
              "functions": { "echo": "uint64_t echo_u64(uint64_t value)", "short": "short echo_short(short value)" } }
            """)
        #expect(try sample("echo", ["value": "18446744073709551615"]) == ["result": "18446744073709551615"])
        #expect(try sample("echo", ["value": .number("18446744073709551615")]) == ["result": "18446744073709551615"])
        #expect(try sample("echo", ["value": "9007199254740992"]) == ["result": 9_007_199_254_740_992])
        #expect(try sample("echo", ["value": "9007199254740993"]) == ["result": "9007199254740993"])
        for text in ["", "-", "0x10", " 1", "1 ", "1.0", "+1", "１"] {
            #expect(sample.refusal("echo", ["value": .string(text)])?.code == .invalidArgument, "\"\(text)\"")
        }
        #expect(sample.refusal("short", ["value": "1"])?.code == .invalidArgument)
        #expect(
            try sample.schema("echo")["properties"]?["value"]
                == ["type": ["integer", "string"], "pattern": "^-?[0-9]{1,20}$", "minimum": 0])
        #expect(
            try sample.schema("short")["properties"]?["value"]
                == ["type": "integer", "minimum": -32768, "maximum": 32767])
    }
}
