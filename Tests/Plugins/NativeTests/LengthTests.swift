import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

/// What a function returns may be longer than a caller gets, and its length may be none.
@Suite("Lengths of what a function returns")
struct LengthTests {
    private static let limit = 262_144

    private static func blobs(_ asks: String, _ more: String = "") throws -> NativeSample {
        try ConventionTests.sample(
            """
            "blob": {
              "signature": "const void *long_blob(int64_t have)",
              "returns": { "length": "\(asks)(have)", "encoding": "hex" }
            }\(more)
            """)
    }

    @Test("bytes beyond the limit are cut off, and that is said")
    func bytes() throws {
        let sample = try Self.blobs("blob_length")
        let fits = try sample("blob", ["have": JSON(Self.limit)])
        #expect(fits["result"]?.string?.utf8.count == Self.limit * 2 && fits["truncated"] == nil)
        let cut = try sample("blob", ["have": 300_000])
        #expect(cut["result"]?.string?.utf8.count == Self.limit * 2 && cut["truncated"] == ["result"])
        #expect(try sample("blob", ["have": 0]) == ["result": ""])
    }

    @Test("text beyond the limit as well, returned, left behind a pointer, or in a sentence")
    func text() throws {
        let sample = try ConventionTests.sample(
            """
            "text": "const char *long_text(int bytes)",
            "hand": { "signature": "int hands_out(out char **out, int bytes)", "arguments": { "out": { "free": "free" } } },
            "fail": {
              "signature": "int hands_out(out char **out, int bytes)", "arguments": { "out": { "free": "free" } },
              "fails": { "when": "nonzero", "message": "out" }
            }
            """)
        let fits = try sample("text", ["bytes": JSON(Self.limit)])
        #expect(fits["result"]?.string?.utf8.count == Self.limit && fits["truncated"] == nil)
        let cut = try sample("text", ["bytes": JSON(Self.limit + 1)])
        #expect(cut["result"]?.string?.utf8.count == Self.limit && cut["truncated"] == ["result"])
        let handed = try sample("hand", ["bytes": 300_000])
        #expect(handed["out"]?.string?.utf8.count == Self.limit && handed["truncated"] == ["out"])
        #expect(try sample.failure("fail", ["bytes": 300_000])["truncated"] == ["error"])
        let schema = try #require(sample.tools.tools().first { $0.name == "text" }?.result)
        #expect(try JSON(parsing: schema)["properties"]?["truncated"]?["type"] == "array")
    }

    @Test("a length that is negative, or more than memory holds, is a failure in words")
    func nonsense() throws {
        let sample = try Self.blobs(
            "blob_length",
            """
            ,
            "measured": { "signature": "const void *measured(out int64_t *length, int64_t have)", "returns": { "length": "length" } },
            "writes": {
              "signature": "void writes(out uint8_t *out, size_t room, out int64_t *used, int64_t have)",
              "arguments": { "out": { "capacity": 4, "size": "room", "length": "used", "encoding": "hex" } }
            }
            """)
        #expect(
            try sample.failure("blob", ["have": -5])["error"]
                == "long_blob has returned, but the length of its result is -5 by blob_length: it must not be negative")
        // An int cannot hold it.
        #expect(
            try sample.failure("blob", ["have": 2_147_483_648])["error"]?.string?.contains("is -2147483648 by") == true)
        #expect(
            try sample.failure("measured", ["have": -1])["error"]
                == "measured has returned, but the length of its result is -1 by its argument length: it must not be negative"
        )
        #expect(
            try sample.failure("measured", ["have": "1152921504606846976"])["error"]?.string?
                .hasSuffix("is 1152921504606846976 by its argument length: that is more than any memory holds") == true)
        #expect(
            try sample.failure("writes", ["have": -1])["error"]
                == "writes has returned, but the length of out is -1 by its argument used: it must not be negative")
        #expect(try sample("writes", ["have": 9]) == ["out": "01010101", "truncated": ["out"]])
    }

    @Test("a length function whose signature is among the functions is asked for what it says there")
    func declared() throws {
        let sample = try Self.blobs("blob_size", #", "size": "size_t blob_size(int64_t have)""#)
        // In an int this were 0.
        let cut = try sample("blob", ["have": 4_294_967_296])
        #expect(cut["truncated"] == ["result"])
        #expect(
            try sample.failure("blob", ["have": -1])["error"]?.string?
                .hasSuffix("is 18446744073709551615 by blob_size: that is more than any memory holds") == true)
        do {
            _ = try Self.blobs("blob_weight", #", "weight": "double blob_weight(int64_t have)""#)
            Issue.record("a length that is a double was taken")
        } catch let error as CallError {
            #expect(
                error.message
                    == "functions.blob.returns.length: blob_weight returns double, and a length is a whole number"
            )
        }
    }

    @Test("a handle that came with a bad length takes no place among those that are open")
    func handles() throws {
        let sample = try ConventionTests.sample(
            """
            "open": {
              "signature": "int opens_and_writes(out counter **made, out uint8_t *to, out int64_t *used)",
              "arguments": {
                "made": { "close_on_failure": true }, "to": { "capacity": 1, "length": "used" }
              }
            },
            "free": "void counter_free(counter *c)"
            """, types: #""handles": { "counter": { "close": "counter_free" } }, "limits": { "handles": 1 },"#)
        for _ in 0..<3 {
            let refused = try sample.failure("open", [:])
            #expect(refused["error"]?.string?.hasSuffix("by its argument used: it must not be negative") == true)
        }
    }
}
