import Foundation
import JackfieldJSON
import TestSupport
import Testing

/// tool/native in a host: its libraries are mapped before the sandbox is sealed, and what goes wrong in them ends one
/// call.
@Suite("Native functions in a sandboxed process")
struct NativeToolTests {
    private static func misbehaving(into folder: TemporaryFolder) throws -> String {
        let library = "\(folder.path)/libmisbehaving.so"
        let ended = try ChildProcess.run(
            "/usr/bin/env",
            [
                "cc", "-std=gnu11", "-O1", "-shared", "-fPIC", "-o", library,
                "\(Repository.root)/Tests/Fixtures/Libraries/misbehaving.c",
            ], environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
        guard ended.status == .exited(0) else { throw TestFailure("cc misbehaving.c: \(ended.errors)") }
        return library
    }

    private static func call(_ host: HostProcess, _ tool: String, _ arguments: JSON) throws -> JSON {
        try host.client.post("/api/v1/tools/\(tool)", arguments).json()
    }

    @Test("the example's libraries answer: libm, zlib and SQLite, handles from call to call")
    func libraries() throws {
        try HostProcess.serving(Repository.read("docs/examples/native-tools.yaml")) { host throws in
            #expect(try Self.call(host, "math/pow", ["base": 2, "exponent": 10])["content"] == ["result": 1024])
            let failure = try Self.call(host, "math/log", ["x": -1])
            #expect(failure["failed"] == true)
            #expect(failure["content"]?["error"] == "log failed: Numerical argument out of domain")
            #expect(try Self.call(host, "zlib/crc32", ["buf": "hello"])["content"] == ["result": 907_060_870])
            let small = try #require(try Self.call(host, "zlib/compress", ["source": "aGVsbG8="])["content"]?["dest"])
            #expect(try Self.call(host, "zlib/uncompress", ["source": small])["content"] == ["dest": "hello"])

            let db = try #require(try Self.call(host, "sqlite/open", [:])["content"]?["db"])
            let made = try Self.call(host, "sqlite/execute", ["db": db, "sql": "create table t as select 'x' as a"])
            #expect(made["failed"] == false)
            let statement = try #require(
                try Self.call(host, "sqlite/prepare", ["db": db, "sql": "select a from t"])["content"]?["statement"])
            #expect(try Self.call(host, "sqlite/step", ["statement": statement])["content"] == ["result": "ROW"])
            #expect(
                try Self.call(host, "sqlite/column_text", ["statement": statement, "column": 0])["content"]
                    == ["result": "x"])
            let wrong = try Self.call(host, "sqlite/step", ["statement": db])
            #expect(wrong["status"] == 400)
            #expect(wrong["detail"]?.string?.contains("must be a handle of the kind sqlite3_stmt") == true)
        }
    }

    @Test("who finds no room for another handle is told to close one")
    func full() throws {
        let manifest = """
            jackfield: 1
            logging: { format: json }
            plugins:
              files:
                use: tool/native
                isolation: process
                config:
                  library: libc.so.6
                  limits: { handles: 1 }
                  handles: { FILE: { close: fclose } }
                  functions:
                    memory:
                      signature: FILE *fmemopen(void *buffer, size_t size, const char *mode)
                      arguments: { buffer: { value: null }, size: { value: 16 }, mode: { value: "w+" } }
                    close: int fclose(FILE *file)
            """
        try HostProcess.serving(manifest) { host throws in
            let first = try Self.call(host, "files/memory", [:])
            #expect(first["failed"] == false)
            let full = try Self.call(host, "files/memory", [:])
            #expect(full["failed"] == true)
            #expect(
                full["content"]?["error"]
                    == "1 handles are open, which is as many as limits.handles allows: close some first", "\(full)")
            #expect(
                try Self.call(host, "files/close", ["file": first["content"]?["result"] ?? .null])["failed"] == false)
            #expect(try Self.call(host, "files/memory", [:])["failed"] == false)
        }
    }

    @Test("a crash, an overrun and an exit end their call alone, and the next is answered")
    func crashes() throws {
        let folder = try TemporaryFolder("jackfield-libraries")
        let library = try Self.misbehaving(into: folder)
        let manifest = """
            jackfield: 1
            logging: { format: json }
            plugins:
              wild:
                use: tool/native
                isolation: process
                grants: { libraries: ["\(library)"] }
                config:
                  library: "\(library)"
                  functions:
                    crash: void crash(void)
                    leave: void leave(void)
                    write:
                      signature: void write_at(inout uint8_t *buffer, int length, int at)
                      arguments: { buffer: { length: length, encoding: hex } }
            """
        try HostProcess.serving(manifest) { host throws in
            for (tool, arguments, words) in [
                ("crash", [:], "was ended by signal SIGSEGV"), ("leave", [:], "exited with code 3"),
                ("write", ["buffer": "0000", "at": 2], "was ended by signal SIGSEGV"),
            ] as [(String, JSON, String)] {
                let well = try Self.call(host, "wild/write", ["buffer": "0000", "at": 1])
                #expect(well["content"] == ["buffer": "00ff"])
                let ended = try Self.call(host, "wild/\(tool)", arguments)
                #expect(ended["detail"]?.string?.contains(words) == true, "\(ended)")
            }
            #expect(try Self.call(host, "wild/write", ["buffer": "00", "at": 0])["content"] == ["buffer": "ff"])
        }
    }

    @Test("without its grant a library is not mapped, and the sentence says what to write")
    func noGrant() throws {
        let folder = try TemporaryFolder("jackfield-libraries")
        let library = try Self.misbehaving(into: folder)
        let manifest = """
            jackfield: 1
            logging: { format: json }
            plugins:
              wild:
                use: tool/native
                isolation: process
                config: { library: "\(library)", functions: { crash: void crash(void) } }
            """
        try HostProcess.serving(manifest) { host throws in
            let plugin = try host.client.get("/api/v1/plugins/wild").json()
            #expect(plugin["status"] == "failed")
            #expect(plugin.text.contains("it must stand in grants.libraries"), "\(plugin)")
        }
    }
}
