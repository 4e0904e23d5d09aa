import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

@Suite("The configuration of tool/native")
struct NativeConfigTests {
    /// One function, and what an operator is told of it.
    static func problems(_ function: String, types: String = "") -> [String] {
        NativeSample.problems(
            "{ \"library\": \"libm.so.6\", \(types) \"functions\": { \"f\": \(function) } }")
    }

    @Test(
        "signatures that cannot be read are told with the place and what would be right",
        arguments: [
            ("double pow(double, double)", "the name of a parameter of type double"),
            (
                "double pow(double base, dobule exponent)",
                "dobule is no known type: declare it in types, structs, enums or handles; did you mean double? (at \""
            ),
            ("pow(double base)", "pow is no known type"),
            ("double pow double base", "\"(\" should follow the function's name pow"),
            ("double pow(double base", "\",\" or \")\" should follow a parameter"),
            ("double pow(double a, double a)", "two parameters are called a"),
            ("double pow(double a) { return a; }", "it has a character that no signature has"),
            ("double pow(double a) x", "nothing may follow the signature"),
            ("long double powl(long double a)", "long double is not supported; float and double are"),
            ("unsigned float f(int a)", "unsigned float is no type"),
            ("int f(void x)", "x has the type void"),
            ("int f(union u x)", "unions are not supported"),
            ("int f(int (*callback)(int), int x)", "pointers to functions are not supported"),
            (
                "void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))",
                "pointers to functions are not supported"
            ),
            ("int f(struct stat *s)", "stat is no known type: declare it in structs or handles"),
            ("int f(...)", "a parameter must stand before \"...\""),
            ("int f(int a, ..., ...)", "\"...\" stands twice"),
            ("int f(int a, ..., float x)", "after \"...\" C passes double for float"),
            ("int f(int a, ..., short x)", "after \"...\" C passes int for int16"),
        ])
    func signatures(signature: String, right: String) {
        let problems = Self.problems("\"\(signature)\"")
        #expect(problems.count == 1)
        #expect(problems.first?.contains(right) == true, "\(problems)")
        #expect(problems.first?.hasPrefix("functions.f") == true)
    }

    @Test(
        "what C leaves open must be said",
        arguments: [
            (#""int f(int *x)""#, "argument x: C does not say whether the function reads or writes"),
            (#""int f(char *x)""#, "argument x: a char * is text that the function reads (write const char *)"),
            (#""int f(void *x)""#, "argument x: is a buffer without length"),
            (#""int f(out char *x)""#, "argument x: is a buffer without length"),
            (#""int f(out int x)""#, "argument x: out is for pointers, and it is int32"),
            (#""int f(out const int *x)""#, "argument x: what is const is not written"),
            (#""int f(int **x)""#, "argument x: int32 ** is not supported"),
            (#""int *f(void)""#, "what it returns: int32 * needs a length"),
            (#""void *f(void)""#, "what it returns: void * says nothing"),
            (
                #"{ "signature": "int f(out char *x)", "arguments": { "x": { "length": "n" } } }"#,
                "argument x: its length names \"n\"; the other parameters are "
            ),
            (
                #"{ "signature": "int f(out char *x, double n)", "arguments": { "x": { "length": "n" } } }"#,
                "argument x: its length n must be an integer or a pointer to one, and is double"
            ),
            (
                #"{ "signature": "int f(out char *x, int n)", "arguments": { "x": { "length": "n" } } }"#,
                "argument x: needs a capacity"
            ),
            (
                #"{ "signature": "int f(out char *x)", "arguments": { "x": { "capacity": 300000 } } }"#,
                "argument x: its capacity of 300000 has more than limits.bytes"
            ),
            (
                #"{ "signature": "int f(const char *x)", "arguments": { "x": { "capacity": 3 } } }"#,
                "argument x: capacity and size are for what the function writes"
            ),
            (
                #"{ "signature": "int f(const int *x, int n)", "arguments": { "x": { "length": "n", "encoding": "hex" } } }"#,
                "argument x: hex is for bytes, and its elements are int32"
            ),
            (
                #"{ "signature": "int f(int x)", "arguments": { "y": {} } }"#,
                "functions.f.arguments.y: the signature has no such parameter"
            ),
            (
                #"{ "signature": "int f(int x)", "arguments": { "x": { "lenght": 3 } } }"#,
                "functions.f.arguments.x.lenght: is no key here; did you mean length?"
            ),
            (
                #"{ "signature": "int f(int x)", "arguments": { "x": { "value": "one" } } }"#,
                "argument x: its value must be a whole number from -2147483648 to 2147483647, and is \"one\""
            ),
            (
                #"{ "signature": "int f(int x)", "arguments": { "x": { "default": 5000000000 } } }"#,
                "argument x: its default must be a whole number"
            ),
            (
                #"{ "signature": "int f(void *x)", "arguments": { "x": { "value": "text" } } }"#,
                "argument x: its value must be null or a whole number"
            ),
            (
                #"{ "signature": "int f(int x)", "arguments": { "x": { "nullable": true } } }"#,
                "argument x: nullable is for pointers, and it is int32"
            ),
            (
                #"{ "signature": "int f(double x)", "arguments": { "x": { "minimum": 1 } } }"#,
                "argument x: minimum and maximum are for integers"
            ),
            (
                #"{ "signature": "int f(int x)", "arguments": { "x": { "minimum": 2, "maximum": 1 } } }"#,
                "argument x: its minimum 2 is above its maximum 1"
            ),
            (
                #"{ "signature": "int f(uint8_t x)", "arguments": { "x": { "names": { "A": 256 } } } }"#,
                "argument x: A is 256, which uint8 does not hold"
            ),
            (#"{ "signature": "double f(int x)", "fails": "null" }"#, "functions.f.fails: null is for pointers"),
            (
                #"{ "signature": "unsigned f(int x)", "fails": "negative" }"#,
                "functions.f.fails: uint32 is never negative"
            ),
            (#"{ "signature": "void f(int x)", "fails": "nonzero" }"#, "functions.f.fails: is told by a number"),
            (
                #"{ "signature": "int f(int x)", "fails": "never" }"#,
                "functions.f.fails: must be nonzero, zero, negative, null, errno, or a list"
            ),
            (#"{ "signature": "int f(int x)", "fails": {} }"#, "functions.f.fails: must have one of when and unless"),
            (
                #"{ "signature": "int f(int x)", "fails": { "when": "nonzero", "message": "g(y)" } }"#,
                "functions.f.fails.message: \"y\" is neither code, which is what the function returns, nor one of x"
            ),
            (#"{ "signature": "int f(out int *result)" }"#, "argument result: what comes out of it would be confused"),
            (#"{ "description": "none" }"#, "functions.f: needs a signature"),
            (
                #"{ "signature": "int f(int x)", "traits": ["safe"] }"#,
                "functions.f.traits: knows destructive, idempotent, open_world, read_only, not \"safe\""
            ),
            (
                #"{ "signature": "void f(out char *x, out int *n)", "arguments": { "x": { "capacity": "n" } } }"#,
                "argument x: its capacity must be a number or another integer parameter, which the caller then gives"
            ),
            (
                #"{ "signature": "int f(const int x[2])", "fails": { "when": "zero", "message": "g(x)" } }"#,
                "argument x: is a buffer, which cannot be passed on to another function"
            ),
            (#"7"#, "functions.f: must be an object, and is a number"),
        ])
    func openQuestions(function: String, right: String) {
        let problems = Self.problems(function)
        #expect(problems.contains { $0.contains(right) }, "\(problems)")
    }

    @Test(
        "types that cannot be are told by their name",
        arguments: [
            (#""structs": { "s": "int x, x" },"#, "structs.s: two fields are called x"),
            (
                #""structs": { "s": "int *x" },"#,
                "structs.s: the field x is a pointer; in structures those to text and handles are supported"
            ),
            (#""structs": { "s": "int x[0]" },"#, "structs.s: the count of x must be a number from 1 to 65536"),
            (#""structs": { "s": "struct s inner" },"#, "structs.s: s is no known type"),
            (#""structs": { "s": "int x : 3" },"#, "structs.s: it has a character that no signature has"),
            (#""structs": { "s": "" },"#, "structs.s: it has no fields"),
            (#""structs": { "int": "int x" },"#, "structs.int: the name means another type already"),
            (#""types": { "uLong": "unsigned lnog" },"#, "types.uLong: nothing may follow the type"),
            (#""types": { "t": 7 },"#, "types.t: must be a type like \"unsigned long\", and is a number"),
            (#""enums": { "e": { "A": 1.5 } },"#, "enums.e.A: must be a whole number"),
            (#""enums": { "e": {} },"#, "enums.e: must be an object of names and whole numbers"),
            (
                #""handles": { "h": { "close": "h_close" } },"#,
                "handles.h: is closed by h_close, and no function here calls that"
            ),
            (
                #""handles": { "h": {} }, "structs": { "s": "h x" },"#,
                "structs.s: a h is known by pointer alone: write \"h *\""
            ),
            (#""limits": { "bytes": 0 },"#, "limits.bytes: must be a whole number from 1 to 67108864, and is a number"),
            (#""library2": "x","#, "config.library2: is no key here"),
        ])
    func types(types: String, right: String) {
        let problems = Self.problems("\"double cos(double x)\"", types: types)
        #expect(problems.contains { $0.contains(right) }, "\(problems)")
    }

    @Test("all problems are told at once, one a line")
    func allAtOnce() {
        let problems = NativeSample.problems(
            """
            { "functions": {
              "a b": "int f(int x)", "one": "int f(in x)",
              "two": { "signature": "int f(int *x, void *y)", "fails": "null", "arguments": { "z": {} } } } }
            """)
        #expect(problems.count == 7, "\(problems)")
    }

    @Test("a library or a function that is not there is named")
    func missing() {
        let library = NativeSample.problems(#"{ "library": "libnone.so.9", "functions": { "f": "int f(void)" } }"#)
        #expect(
            library.first?.contains("config.library: libnone.so.9 cannot be loaded: libnone.so.9: cannot open") == true)
        #expect(library.first?.contains("grants.libraries") == true)
        let symbols = NativeSample.problems(
            """
            { "library": "libm.so.6", "functions": {
              "f": "double cosinus(double x)", "g": "double sinus(double x)",
              "h": { "signature": "int ilogb(double x)", "fails": { "when": "negative", "message": "why(code)" } } } }
            """)
        #expect(
            symbols == [
                "functions.f: there is no function cosinus in libm.so.6",
                "functions.g: there is no function sinus in libm.so.6",
                "functions.h: there is no function why in libm.so.6",
            ])
        #expect(NativeSample.problems(#"{ "library": "x/libm.so", "functions": {} }"#).count == 2)
    }

    @Test("what is listed has the schema of its arguments and of its result")
    func schemas() throws {
        let sample = try NativeSample(ZlibTests.config)
        let entry = try #require(sample.tools.tools().first { $0.name == "compress" })
        #expect(
            try JSON(parsing: Array(entry.parameters.utf8)) == [
                "type": "object", "additionalProperties": false,
                "properties": [
                    "source": ["type": "string", "contentEncoding": "base64", "maxLength": 349_528],
                    "level": ["type": "integer", "minimum": -1, "maximum": 9, "default": -1],
                ],
                "required": ["source"],
            ])
        let result = try JSON(parsing: Array(try #require(entry.result).utf8))
        #expect(result["properties"]?["dest"] == ["type": "string", "contentEncoding": "base64"])
        #expect(result["properties"]?["result"] == nil)
        #expect(
            sample.tools.tools().map(\.name) == [
                "version", "crc32", "adler32", "compressBound", "compress", "uncompress",
            ])
    }

    @Test("a call that is none is refused in words")
    func calls() throws {
        let sample = try NativeSample(LibmTests.math)
        for (name, arguments, code, words) in [
            ("sin", "{}", CallError.Code.notFound, "there is no tool sin; there are frexp"),
            ("pow", "{", .invalidArgument, "the arguments are not JSON"),
            ("pow", "[]", .invalidArgument, "the arguments must be an object, and are an array"),
        ] {
            let error = #expect(throws: CallError.self) {
                try sample.tools.call(Tool.Invocation(name: name, arguments: arguments))
            }
            #expect(error?.code == code)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }
}
