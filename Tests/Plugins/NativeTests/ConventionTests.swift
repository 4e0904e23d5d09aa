import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

@Suite("The habits of C libraries")
struct ConventionTests {
    static func sample(_ functions: String, types: String = "") throws -> NativeSample {
        try NativeSample(
            """
            { "library": "\(try FixtureLibrary.build("conventions"))",
              "structs": {
                "point": "double x, y",
                "label": "char name[8]; uint8_t bytes[3]; struct point at[2]; const char *note"
              },
              \(types)
              "functions": { \(functions) } }
            """)
    }

    @Test("structures by value and by pointer, read, written and both")
    func structures() throws {
        let sample = try Self.sample(
            """
            "middle": "struct point middle(struct point a, point b)",
            "move": "void move_by(inout struct point *p, const struct point *by)",
            "make": "void make_point(out point *p, double x, double y)",
            "norm": { "signature": "double norm(const point *p)", "arguments": { "p": { "nullable": true } } },
            "turn": "struct label turn(struct label l)",
            "keep": "const struct point *keep(double x, double y)"
            """)
        #expect(
            try sample("middle", ["a": ["x": 0, "y": 1], "b": ["x": 2, "y": 4]]) == [
                "result": ["x": 1, "y": .number("2.5")]
            ])
        #expect(try sample("move", ["p": ["x": 1, "y": 1], "by": ["x": 2, "y": 3]]) == ["p": ["x": 3, "y": 4]])
        #expect(try sample("make", ["x": 5, "y": 6]) == ["p": ["x": 5, "y": 6]])
        #expect(try sample("norm", ["p": ["x": 3, "y": 4]]) == ["result": 25])
        #expect(try sample("norm", ["p": .null]) == ["result": -1])
        #expect(try sample("norm", [:]) == ["result": -1])
        #expect(try sample("keep", ["x": 1, "y": 2]) == ["result": ["x": 1, "y": 2]])
        #expect(try sample("keep", ["x": -1, "y": 2]) == ["result": .null])
        let label: JSON = [
            "name": "abcdefg", "bytes": [1, 2, 255], "at": [["x": 1, "y": 2], ["x": 3, "y": 4]], "note": "same",
        ]
        let turned: JSON = [
            "name": "gfedcba", "bytes": [1, 2, 255], "at": [["x": 3, "y": 4], ["x": 1, "y": 2]], "note": "same",
        ]
        #expect(try sample("turn", ["l": label]) == ["result": turned])
        let wrong = sample.refusal(
            "turn", ["l": ["name": "too long", "bytes": [1, 2], "at": [["x": 1], "p"], "notes": .null]])
        let message = wrong?.message ?? ""
        for part in [
            "l.name must be text of at most 7 bytes", "l.bytes must be an array of 3 elements",
            "l.at[0].y is missing: it must be a number", "l.at[1] must be an object with the fields of point",
            "l.note is missing", "l.notes is no field of label",
        ] { #expect(message.contains(part), "\(part) in \(message)") }
    }

    @Test("buffers of elements, with the length in another argument or fixed")
    func inputs() throws {
        let sample = try Self.sample(
            """
            "sum": { "signature": "int64_t sum(const int32_t *values, size_t count)", "arguments": { "values": { "length": "count" } } },
            "dot": "double dot3(const double a[3], const double b[3])",
            "sort": { "signature": "void sort(inout int16_t *values, size_t count)", "arguments": { "values": { "length": "count" } } },
            "total": { "signature": "double total(const struct point *points, int count)", "arguments": { "points": { "length": "count" } } },
            "upper": { "signature": "void upper(inout char *text, size_t length)", "arguments": { "text": { "length": "length" } } }
            """)
        #expect(try sample("sum", ["values": [1, -2, 2_147_483_647]]) == ["result": 2_147_483_646])
        #expect(try sample("sum", ["values": []]) == ["result": 0])
        #expect(try sample("dot", ["a": [1, 2, 3], "b": [4, 5, 6]]) == ["result": 32])
        #expect(try sample("sort", ["values": [3, -1, 2]]) == ["values": [-1, 2, 3]])
        #expect(try sample("total", ["points": [["x": 1, "y": 2], ["x": 3, "y": 4]]]) == ["result": 10])
        #expect(try sample("upper", ["text": "größe"]) == ["text": "GRößE"])
        let refusal = sample.refusal("dot", ["a": [1, 2], "b": [1, "x", 3]])
        #expect(refusal?.message.contains("a must have 3 elements, and has 2") == true)
        #expect(refusal?.message.contains("b[1] must be a number that fits in a double") == true)
        let many = sample.refusal("sum", ["values": .array(Array(repeating: 0, count: 70_000))])
        #expect(many?.message.contains("values must have at most 262144 bytes, and has 280000") == true)
    }

    @Test("what a function writes, with its length told in every way")
    func outputs() throws {
        let sample = try Self.sample(
            """
            "result": {
              "signature": "int counts_by_result(out char *text, size_t room, int have)",
              "arguments": { "text": { "capacity": 5, "size": "room", "length": "return" } }
            },
            "given": {
              "signature": "int counts_by_result(out char *text, size_t room, int have)",
              "arguments": { "text": { "capacity": "room", "length": "return" } }
            },
            "pointer": {
              "signature": "int counts_by_pointer(out uint8_t *bytes, inout uint32_t *length, uint32_t have)",
              "arguments": { "bytes": { "capacity": 4, "length": "length", "encoding": "hex" } },
              "fails": { "when": "negative", "codes": { "TOO_SMALL": -2 } }
            },
            "nul": {
              "signature": "void counts_by_nul(out char *text, int room, const char *from)",
              "arguments": { "text": { "capacity": 4, "size": "room", "length": "nul" } }
            },
            "whole": {
              "signature": "void separate(out uint8_t *bytes, size_t room, out size_t *used, int fill)",
              "arguments": { "bytes": { "capacity": 4, "length": "room", "encoding": "list" } }
            },
            "separate": {
              "signature": "void separate(out uint8_t *bytes, size_t room, out size_t *used, int fill)",
              "arguments": { "bytes": { "capacity": 4, "size": "room", "length": "used", "encoding": "list" } }
            }
            """)
        #expect(try sample("result", ["have": 3]) == ["result": 3, "text": "abc"])
        #expect(try sample("result", ["have": 9]) == ["result": 9, "text": "abcde", "truncated": ["text"]])
        #expect(try sample("result", ["have": -1]) == ["result": -1, "text": ""])
        #expect(try sample("given", ["room": 2, "have": 2]) == ["result": 2, "text": "ab"])
        #expect(try sample("given", ["room": 0, "have": 0]) == ["result": 0, "text": ""])
        #expect(sample.refusal("given", ["room": 262_145, "have": 0])?.code == .invalidArgument)
        #expect(sample.refusal("given", ["room": -1, "have": 0])?.code == .invalidArgument)
        #expect(try sample("pointer", ["have": 4]) == ["result": 0, "bytes": "00010203"])
        #expect(try sample.failure("pointer", ["have": 5])["name"] == "TOO_SMALL")
        #expect(try sample("nul", ["from": "ab"]) == ["text": "ab"])
        #expect(try sample("nul", ["from": "abcdef"]) == ["text": "abcd", "truncated": ["text"]])
        #expect(try sample("whole", ["fill": 9]) == ["bytes": [9, 9, 9, 9], "used": 2])
        #expect(try sample("separate", ["fill": 9]) == ["bytes": [9, 9]])
    }

    @Test("pointers that a function returns: bytes, elements, text that is freed")
    func returned() throws {
        let sample = try Self.sample(
            """
            "borrowed": { "signature": "const void *borrowed(out size_t *length)", "returns": { "length": "length" } },
            "table": { "signature": "const uint16_t *table(void)", "returns": { "length": 3 } },
            "greeting": { "signature": "char *greeting(const char *name)", "returns": { "free": "free" } },
            "give": { "signature": "void give_text(out char **text, int make)", "arguments": { "text": { "free": "free" } } }
            """)
        #expect(try sample("borrowed", [:]) == ["result": "AQL6/w=="])
        #expect(try sample("table", [:]) == ["result": [1, 2, 65535]])
        #expect(try sample("greeting", ["name": "you"]) == ["result": "hello, you"])
        #expect(sample.refusal("greeting", ["name": "a\u{0}b"])?.message.contains("without NUL") == true)
        #expect(try sample("give", ["make": 1]) == ["text": "made"])
        #expect(try sample("give", ["make": 0]) == ["text": .null])
    }

    @Test("handles by return, by pointer, and of a kind whose name is a pointer")
    func handles() throws {
        let sample = try Self.sample(
            """
            "new": { "signature": "counter *counter_new(int start)", "fails": { "when": "null", "errno": true } },
            "make": {
              "signature": "int counter_make(out counter **out, int start)", "fails": "nonzero",
              "arguments": { "out": { "close_on_failure": true } }
            },
            "add": { "signature": "int counter_add(counter *c, int by)", "arguments": { "c": { "nullable": true } } },
            "free": "void counter_free(counter *c)",
            "open": "int counters_open(void)",
            "ref_make": "int ref_make(out counter_ref *made)",
            "ref_value": "int ref_value(counter_ref c)"
            """,
            types: """
                "handles": { "counter": { "close": "counter_free" }, "counter_ref": { "pointer": true } },
                """)
        let base = try #require(try sample("open", [:])["result"]?.int)
        let first = try #require(try sample("new", ["start": 10])["result"])
        #expect(try sample("add", ["c": first, "by": 5]) == ["result": 15])
        #expect(try sample("add", ["c": .null, "by": 5]) == ["result": -1])
        let failure = try sample.failure("new", ["start": -1])
        #expect(failure["error"] == "counter_new failed: Invalid argument")
        #expect(try sample.failure("make", ["start": -1])["code"] == 7)
        #expect(try sample("open", [:]) == ["result": JSON(base + 1)])
        let second = try #require(try sample("make", ["start": 1])["out"])
        #expect(first != second)
        for handle in [first, second] { #expect(try sample("free", ["c": handle]) == [:]) }
        #expect(try sample("open", [:]) == ["result": JSON(base)])
        #expect(sample.refusal("free", ["c": first])?.message.contains("is no open handle") == true)
        let made = try #require(try sample("ref_make", [:])["made"])
        #expect(try sample("ref_value", ["c": made]) == ["result": 40])
    }

    @Test("numbers that have names")
    func names() throws {
        let sample = try Self.sample(
            """
            "next": "enum color next_color(color c)",
            "toggle": {
              "signature": "uint32_t toggle(uint32_t flags)",
              "arguments": { "flags": { "flags": { "A": 1, "B": 2, "C": 2147483648 } } },
              "returns": { "flags": { "A": 1, "B": 2, "C": 2147483648 } }
            }
            """, types: #""enums": { "color": { "RED": 0, "GREEN": 5, "BLUE": 6 } },"#)
        #expect(try sample("next", ["c": "RED"]) == ["result": "GREEN"])
        #expect(try sample("next", ["c": "BLUE"]) == ["result": 77])
        #expect(
            sample.refusal("next", ["c": "PINK"])?.message == "next: c must be one of RED, GREEN, BLUE, and is \"PINK\""
        )
        #expect(sample.refusal("next", ["c": 5])?.code == .invalidArgument)
        #expect(try sample("toggle", ["flags": ["A", "C"]]) == ["result": ["B", "C"]])
        #expect(try sample("toggle", ["flags": []]) == ["result": ["A", "B"]])
        #expect(sample.refusal("toggle", ["flags": ["D"]])?.code == .invalidArgument)
    }

    @Test("failure by every convention")
    func failures() throws {
        let sample = try Self.sample(
            """
            "nonzero": { "signature": "int fail_nonzero(int code)", "fails": { "when": "nonzero", "codes": { "THREE": 3 }, "message": "describe(code)" } },
            "zero": { "signature": "int fail_nonzero(int code)", "fails": "zero" },
            "negative": { "signature": "int fail_nonzero(int code)", "fails": "negative" },
            "among": { "signature": "int fail_nonzero(int code)", "fails": { "when": [1, 2] } },
            "unless": { "signature": "int fail_nonzero(int code)", "fails": { "unless": [1, 2] } },
            "real": { "signature": "double fail_real(double value)", "fails": "negative" },
            "null": { "signature": "thing *fail_null(int good)", "fails": "null" },
            "errno": { "signature": "int fail_errno(int number)", "fails": "errno" }
            """, types: #""handles": { "thing": {} },"#)
        #expect(try sample("nonzero", ["code": 0]) == [:])
        #expect(
            try sample.failure("nonzero", ["code": 3])
                == ["error": "fail_nonzero failed with THREE (3): three is too many", "code": 3, "name": "THREE"])
        #expect(
            try sample.failure("nonzero", ["code": 4])
                == ["error": "fail_nonzero failed with 4: something else", "code": 4])
        for (name, good, bad) in [
            ("zero", 1, 0), ("negative", 0, -1), ("among", 3, 2), ("unless", 1, 0),
        ] {
            #expect(try sample(name, ["code": JSON(good)]) == ["result": JSON(good)])
            #expect(try sample.failure(name, ["code": JSON(bad)])["code"] == JSON(bad))
        }
        #expect(try sample("real", ["value": 1]) == ["result": 1])
        _ = try sample.failure("real", ["value": -1])
        _ = try sample("null", ["good": 1])
        _ = try sample.failure("null", ["good": 0])
        #expect(try sample("errno", ["number": 0]) == ["result": 0])
        #expect(
            try sample.failure("errno", ["number": 2])["error"] == "fail_errno failed with 0: No such file or directory"
        )
    }
}
