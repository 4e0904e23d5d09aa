import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

@Suite("Functions of SQLite")
struct SQLiteTests {
    static let config = """
        {
          "library": "libsqlite3.so.0",
          "handles": { "sqlite3": { "close": "sqlite3_close" }, "sqlite3_stmt": { "close": "sqlite3_finalize" } },
          "functions": {
            "version": "const char *sqlite3_libversion(void)",
            "complete": "int sqlite3_complete(const char *sql)",
            "open": {
              "signature": "int sqlite3_open_v2(const char *filename, out sqlite3 **db, int flags, const char *vfs)",
              "arguments": {
                "flags": { "flags": { "READONLY": 1, "READWRITE": 2, "CREATE": 4, "MEMORY": 128 } },
                "vfs": { "value": null },
                "db": { "close_on_failure": true }
              },
              "fails": { "when": "nonzero", "codes": { "SQLITE_CANTOPEN": 14 }, "message": "sqlite3_errmsg(db)" }
            },
            "execute": {
              "signature": "int sqlite3_exec(sqlite3 *db, const char *sql, void *callback, void *context, out char **message)",
              "arguments": {
                "callback": { "value": null }, "context": { "value": null }, "message": { "free": "sqlite3_free" }
              },
              "fails": { "when": "nonzero", "codes": { "SQLITE_ERROR": 1 }, "message": "message" }
            },
            "prepare": {
              "signature": "int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int bytes, out sqlite3_stmt **statement, void *tail)",
              "arguments": { "bytes": { "value": -1 }, "tail": { "value": null } },
              "fails": { "when": "nonzero", "codes": { "SQLITE_ERROR": 1 }, "message": "sqlite3_errmsg(db)" }
            },
            "bind_text": {
              "signature": "int sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes, void *destructor)",
              "arguments": { "text": { "length": "bytes", "nullable": true }, "destructor": { "value": -1 } },
              "fails": "nonzero"
            },
            "step": {
              "signature": "int sqlite3_step(sqlite3_stmt *statement)",
              "returns": { "names": { "ROW": 100, "DONE": 101 } },
              "fails": { "unless": [100, 101], "codes": { "SQLITE_CONSTRAINT": 19 } }
            },
            "column_text": "const char *sqlite3_column_text(sqlite3_stmt *statement, int column)",
            "column_int64": "int64_t sqlite3_column_int64(sqlite3_stmt *statement, int column)",
            "column_blob": {
              "signature": "const void *sqlite3_column_blob(sqlite3_stmt *statement, int column)",
              "returns": { "length": "sqlite3_column_bytes(statement, column)", "encoding": "hex" }
            },
            "owner": "sqlite3 *sqlite3_db_handle(sqlite3_stmt *statement)",
            "finalize": "int sqlite3_finalize(sqlite3_stmt *statement)",
            "close": {
              "signature": "int sqlite3_close(sqlite3 *db)",
              "fails": { "when": "nonzero", "codes": { "SQLITE_BUSY": 5 }, "message": "sqlite3_errmsg(db)" }
            }
          }
        }
        """

    static func open(_ sample: NativeSample) throws -> JSON {
        try #require(try sample("open", ["filename": ":memory:", "flags": ["READWRITE", "CREATE"]])["db"])
    }

    @Test("texts without a database")
    func texts() throws {
        let sample = try NativeSample(Self.config)
        let right = try direct(
            "libsqlite3.so.0", "sqlite3_libversion", as: (@convention(c) () -> UnsafePointer<CChar>).self)
        #expect(try sample("version", [:]) == ["result": .string(String(cString: right()))])
        #expect(try sample("complete", ["sql": "select 1;"]) == ["result": 1])
        #expect(try sample("complete", ["sql": "select 1"]) == ["result": 0])
    }

    @Test("a database is opened, written, read and closed by handles")
    func life() throws {
        let sample = try NativeSample(Self.config)
        let db = try Self.open(sample)
        #expect(db.string?.hasPrefix("sqlite3-") == true)
        let made = try sample(
            "execute",
            ["db": db, "sql": "create table t (a, b, c); insert into t values (9223372036854775807, 'x', x'00ff')"])
        #expect(made == ["message": .null])
        let statement = try #require(
            try sample("prepare", ["db": db, "sql": "select a, b, c, ?1 from t"])["statement"])
        #expect(try sample("bind_text", ["statement": statement, "index": 1, "text": "bound, and copied"]) == [:])
        #expect(try sample("step", ["statement": statement]) == ["result": "ROW"])
        #expect(try sample("column_int64", ["statement": statement, "column": 0]) == ["result": "9223372036854775807"])
        #expect(try sample("column_text", ["statement": statement, "column": 1]) == ["result": "x"])
        #expect(try sample("column_blob", ["statement": statement, "column": 2]) == ["result": "00ff"])
        #expect(try sample("column_text", ["statement": statement, "column": 3]) == ["result": "bound, and copied"])
        #expect(try sample("step", ["statement": statement]) == ["result": "DONE"])
        #expect(try sample("owner", ["statement": statement]) == ["result": db])

        let busy = try sample.failure("close", ["db": db])
        #expect(busy["name"] == "SQLITE_BUSY")
        #expect(try sample("finalize", ["statement": statement]) == ["result": 0])
        #expect(try sample("close", ["db": db]) == [:])
    }

    @Test("SQLite's own sentence is told, whether it is asked for or left in an argument")
    func failures() throws {
        let sample = try NativeSample(Self.config)
        let db = try Self.open(sample)
        let wrong = try sample.failure("execute", ["db": db, "sql": "selct 1"])
        #expect(wrong["error"] == "sqlite3_exec failed with SQLITE_ERROR (1): near \"selct\": syntax error")
        let missing = try sample.failure("prepare", ["db": db, "sql": "select * from absent_table"])
        #expect(missing["error"] == "sqlite3_prepare_v2 failed with SQLITE_ERROR (1): no such table: absent_table")
        _ = try sample("close", ["db": db])
        let absent = try sample.failure("open", ["filename": "/no/such/folder/x.db", "flags": ["READONLY"]])
        #expect(absent["error"] == "sqlite3_open_v2 failed with SQLITE_CANTOPEN (14): unable to open database file")
    }

    @Test("a handle that is closed, of another kind, foreign or from before a restart is refused in words")
    func handles() throws {
        let sample = try NativeSample(Self.config)
        let db = try Self.open(sample)
        let statement = try #require(try sample("prepare", ["db": db, "sql": "select 1"])["statement"])
        let kind = sample.refusal("step", ["statement": db])
        #expect(
            kind?.message == "step: statement must be a handle of the kind sqlite3_stmt, and is one of the kind sqlite3"
        )
        _ = try sample("finalize", ["statement": statement])
        let closed = sample.refusal("step", ["statement": statement])
        #expect(closed?.code == .invalidArgument)
        #expect(closed?.message == "step: statement is no open handle: it was closed, or never given")
        let foreign = sample.refusal("step", ["statement": "12345"])
        #expect(foreign?.message.contains("as another tool returned it") == true)
        let restarted = try NativeSample(Self.config)
        let stale = restarted.refusal("execute", ["db": db, "sql": "select 1"])
        #expect(
            stale?.message == "execute: db is a handle from before the library was started again: open a new one")
        _ = try sample("close", ["db": db])
    }

    @Test("a text and a blob that are longer than the limit are cut off, and both say so")
    func long() throws {
        let sample = try NativeSample(Self.config)
        let db = try Self.open(sample)
        let sql = JSON.string("select printf('%.*c', 300000, 'x'), zeroblob(300000)")
        let statement = try #require(try sample("prepare", ["db": db, "sql": sql])["statement"])
        _ = try sample("step", ["statement": statement])
        let text = try sample("column_text", ["statement": statement, "column": 0])
        #expect(text["result"]?.string?.utf8.count == 262_144 && text["truncated"] == ["result"])
        let blob = try sample("column_blob", ["statement": statement, "column": 1])
        #expect(blob["result"]?.string?.utf8.count == 524_288 && blob["truncated"] == ["result"])
        _ = try sample("finalize", ["statement": statement])
        _ = try sample("close", ["db": db])
    }

    @Test("handles are limited, and who finds no room is told what to do")
    func limit() throws {
        let limited = Self.config.replacing(
            "\"handles\": { \"sqlite3\"", with: "\"limits\": { \"handles\": 2 }, \"handles\": { \"sqlite3\"",
            maxReplacements: 1)
        let sample = try NativeSample(limited)
        let first = try Self.open(sample)
        _ = try Self.open(sample)
        let full = try sample.failure("open", ["filename": ":memory:", "flags": []])
        #expect(
            full == ["error": "2 handles are open, which is as many as limits.handles allows: close some first"])
        _ = try sample("close", ["db": first])
        _ = try Self.open(sample)
    }
}
