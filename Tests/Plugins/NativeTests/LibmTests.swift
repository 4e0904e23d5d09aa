import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

@Suite("Functions of libm and libc")
struct LibmTests {
    static let math = """
        {
          "library": "libm.so.6",
          "functions": {
            "pow": "double pow(double base, double exponent)",
            "powf": "float powf(float base, float exponent)",
            "frexp": "double frexp(double x, out int *exponent)",
            "modf": "double modf(double x, out double *whole)",
            "ldexp": "double ldexp(double fraction, int exponent)",
            "lround": { "signature": "long lround(double x)", "traits": ["read_only", "idempotent"] },
            "log": { "signature": "double log(double x)", "fails": "errno" }
          }
        }
        """
    static let numbers: [Double] = [
        0, -0.0, 1, -1, 0.1, 2, 10, 1e300, -1e300, .leastNonzeroMagnitude, 1.7976931348623157e308, 9007199254740992,
        3.141592653589793, 1e-7, -0x1p63, 0x1p63,
        .infinity, -.infinity,
    ]

    @Test("pow gives what C gives, bit for bit", arguments: numbers)
    func power(base: Double) throws {
        let sample = try NativeSample(Self.math)
        for exponent in Self.numbers {
            let answer = try sample("pow", ["base": FloatingText.json(base), "exponent": FloatingText.json(exponent)])
            let value = try #require(FloatingText.value(answer["result"]!, as: Double.self))
            let right = Glibc.pow(base, exponent)
            #expect(value.bitPattern == right.bitPattern || (value.isNaN && right.isNaN), "\(base) ^ \(exponent)")
            let single = try sample(
                "powf", ["base": FloatingText.json(Float(base)), "exponent": FloatingText.json(Float(exponent))])
            let short = try #require(FloatingText.value(single["result"]!, as: Float.self))
            let rightShort = Glibc.powf(Float(base), Float(exponent))
            #expect(short.bitPattern == rightShort.bitPattern || (short.isNaN && rightShort.isNaN))
        }
    }

    @Test("numbers that are none travel as strings")
    func notANumber() throws {
        let sample = try NativeSample(Self.math)
        #expect(try sample("pow", ["base": "NaN", "exponent": 1]) == ["result": "NaN"])
        #expect(try sample("pow", ["base": "-Infinity", "exponent": 1]) == ["result": "-Infinity"])
        #expect(try sample("pow", ["base": .number("-0.0"), "exponent": 1]) == ["result": .number("-0.0")])
        let refusal = sample.refusal("pow", ["base": "nan", "exponent": .number("1e999")])
        #expect(refusal?.code == .invalidArgument)
        #expect(refusal?.message.contains("base must be a number that fits in a double") == true)
        #expect(refusal?.message.contains("exponent must be a number that fits in a double") == true)
    }

    @Test("out-parameters are fields of the result", arguments: [8.0, 0.3, -1000.25, 0, .leastNormalMagnitude / 8])
    func outParameters(x: Double) throws {
        let sample = try NativeSample(Self.math)
        var exponent: Int32 = 0
        let frexp = try direct(
            "libm.so.6", "frexp", as: (@convention(c) (Double, UnsafeMutablePointer<Int32>) -> Double).self)
        let fraction = frexp(x, &exponent)
        #expect(
            try sample("frexp", ["x": JSON(x)]) == ["result": FloatingText.json(fraction), "exponent": JSON(exponent)])
        var whole = 0.0
        let modf = try direct(
            "libm.so.6", "modf", as: (@convention(c) (Double, UnsafeMutablePointer<Double>) -> Double).self)
        let rest = modf(x, &whole)
        #expect(
            try sample("modf", ["x": JSON(x)]) == [
                "result": FloatingText.json(rest), "whole": FloatingText.json(whole),
            ])
        let back = try sample("ldexp", ["fraction": FloatingText.json(fraction), "exponent": JSON(exponent)])
        #expect(back == ["result": FloatingText.json(x)])
    }

    @Test("errno tells of a failure")
    func errorNumber() throws {
        let sample = try NativeSample(Self.math)
        #expect(try sample("log", ["x": 1]) == ["result": 0])
        let failure = try sample.failure("log", ["x": -1])
        #expect(failure["errno"] == 33)
        #expect(failure["error"]?.string == "log failed: Numerical argument out of domain")
    }

    @Test("structures come back by value")
    func structures() throws {
        let sample = try NativeSample(
            """
            {
              "library": "libc.so.6",
              "structs": { "div_t": "int quot; int rem", "ldiv_t": "long quot, rem;" },
              "functions": {
                "div": "div_t div(int numerator, int denominator)",
                "ldiv": "ldiv_t ldiv(long numerator, long denominator)"
              }
            }
            """)
        #expect(try sample("div", ["numerator": -7, "denominator": 2]) == ["result": ["quot": -3, "rem": -1]])
        let large = JSON.string("\(Int64.max)")
        let right = lldiv(Int64.max, 10)
        #expect(
            try sample("ldiv", ["numerator": large, "denominator": 10])
                == ["result": ["quot": .string("\(right.quot)"), "rem": JSON(right.rem)]])
    }

    @Test("text, variable arguments and buffers: snprintf")
    func variadic() throws {
        let sample = try NativeSample(
            """
            {
              "library": "libc.so.6",
              "functions": {
                "format": {
                  "signature": "int snprintf(out char *text, size_t room, const char *format, ..., int number, double real, const char *word)",
                  "arguments": {
                    "text": { "capacity": 32, "size": "room", "length": "return" },
                    "format": { "value": "%d|%.3f|%s" }
                  },
                  "fails": "negative"
                },
                "strlen": "size_t strlen(const char *text)",
                "getenv": "char *getenv(const char *name)",
                "strdup": { "signature": "char *strdup(const char *text)", "returns": { "free": "free" } },
                "memcmp": {
                  "signature": "int memcmp(const void *a, const void *b, size_t n)",
                  "arguments": { "a": { "length": "n" }, "b": { "length": "n", "encoding": "hex" } }
                }
              }
            }
            """)
        let answer = try sample("format", ["number": -5, "real": .number("2.5"), "word": "é"])
        #expect(answer == ["result": 11, "text": "-5|2.500|é"])
        let long = try sample("format", ["number": 1, "real": 0, "word": .string(String(repeating: "w", count: 40))])
        #expect(long["truncated"] == ["text"])
        #expect(long["result"] == 48)
        #expect(try sample("strlen", ["text": "four"]) == ["result": 4])
        #expect(try sample("getenv", ["name": "NO_SUCH_NAME_HERE"]) == ["result": .null])
        #expect(try sample("strdup", ["text": "copied, then freed"]) == ["result": "copied, then freed"])
        #expect(try sample("memcmp", ["a": "AQI=", "b": "0102"]) == ["result": 0])
        let uneven = sample.refusal("memcmp", ["a": "AQI=", "b": "010203"])
        #expect(uneven?.message.contains("a and b must be of the same length") == true)
    }
}
