import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

/// What a wrong signature or a fault in a library leads to: the end of the process, at once. Each in a process of its own.
@Suite("A library that misbehaves")
struct MisbehaviourTests {
    static func sample() throws -> NativeSample {
        try NativeSample(
            """
            { "library": "\(try FixtureLibrary.build("misbehaving"))",
              "structs": { "three": "double a, b, c" }, "functions": {
              "crash": "void crash(void)", "stop": "void stop(void)", "leave": "void leave(void)",
              "recurse": "int recurse(int depth)",
              "write": {
                "signature": "void write_at(inout uint8_t *buffer, int length, int at)",
                "arguments": { "buffer": { "length": "length", "encoding": "hex" } }
              },
              "read": {
                "signature": "int read_at(const uint8_t *buffer, int length, int at)",
                "arguments": { "buffer": { "length": "length", "encoding": "hex" } }
              },
              "write_text": "void write_text(const char *text)",
              "write_struct": "void write_struct(const int64_t *pair)",
              "three": "three four(void)", "eight": "void eight_for_four(out int32_t *out)",
              "remember": "void remember(const char *text)", "recall": "int recall(void)"
            } }
            """)
    }

    @Test("within bounds all is well")
    func well() throws {
        let sample = try Self.sample()
        #expect(try sample("write", ["buffer": "0000", "at": 1]) == ["buffer": "00ff"])
        #expect(try sample("read", ["buffer": "0007", "at": 1]) == ["result": 7])
    }

    @Test("a crash ends the process with its signal")
    func crashes() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("crash", [:]) }
        await #expect(processExitsWith: .signal(SIGABRT)) { _ = try Self.sample()("stop", [:]) }
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("recurse", ["depth": 0]) }
        await #expect(processExitsWith: .exitCode(3)) { _ = try Self.sample()("leave", [:]) }
    }

    @Test("the first byte behind a buffer ends the process, written or read")
    func overruns() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            _ = try Self.sample()("write", ["buffer": "000000", "at": 3])
        }
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            _ = try Self.sample()("read", ["buffer": "000000", "at": 3])
        }
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("read", ["buffer": "", "at": 0]) }
    }

    @Test("eight bytes where the signature says four, or four fields where it says three, end the process")
    func wrongWidth() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("eight", [:]) }
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("three", [:]) }
    }

    @Test("a page before a buffer ends it as well, and a byte before it is found out after the call")
    func underruns() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            _ = try Self.sample()("write", ["buffer": "000000", "at": -5000])
        }
        let refusal = try Self.sample().refusal("write", ["buffer": "000000", "at": -1])
        #expect(refusal?.code == .internal)
        #expect(refusal?.message.contains("write_at wrote before the beginning of one of its arguments") == true)
    }

    @Test("what the signature calls const is not written")
    func constants() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("write_text", ["text": "abc"]) }
        await #expect(processExitsWith: .signal(SIGSEGV)) { _ = try Self.sample()("write_struct", ["pair": 1]) }
    }

    @Test("a pointer that the library kept leads nowhere after the call")
    func keptPointers() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            let sample = try Self.sample()
            _ = try sample("remember", ["text": "abc"])
            _ = try sample("recall", [:])
        }
    }
}
