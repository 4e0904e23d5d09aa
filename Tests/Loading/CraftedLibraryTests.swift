import Foundation
import Integrity
import TestSupport
import Testing

@testable import Loading

/// Libraries that say one thing to a careless reader and another to the loader.
@Suite("A library that was made to deceive")
struct CraftedLibraryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func link(_ options: String...) throws -> CraftedLibrary {
        let source = try folder.write("one.c", "int one(void) { return 1; }")
        let path = folder.path + "/libone.so"
        let ended = try ChildProcess.run(
            "/usr/bin/gcc", ["-shared", "-fPIC", "-o", path, source] + options, environment: ["PATH": "/usr/bin:/bin"])
        guard ended.status == .exited(0) else { throw TestFailure("gcc: \(ended.errors)") }
        return CraftedLibrary(bytes: try OpenedFile(path: path).bytes())
    }

    private func judge(_ library: CraftedLibrary) throws {
        let path = folder.path + "/libone.so"
        let elf = try ELFFile(bytes: library.bytes, path: path)
        try LoadError.ofFiles { () throws(IntegrityError) in try LibrarySearch.check(elf, path: path) }
    }

    private func refusal(_ library: CraftedLibrary) -> LoadError? {
        #expect(throws: LoadError.self) { try judge(library) }
    }

    @Test("is judged by the whole of a long search path")
    func longPath() throws {
        let many = Array(repeating: "/usr/lib/x86_64-linux-gnu", count: 400).joined(separator: ":")
        #expect(throws: Never.self) { try judge(link("-Wl,-rpath,\(many)")) }
        let error = try refusal(link("-Wl,-rpath,\(many):/tmp"))
        #expect(error?.code == .writableByOthers, "\(error?.message ?? "")")
    }

    @Test("may not need what the loader puts something else in for", arguments: ["$LIB", "$ORIGIN", "${PLATFORM}"])
    func token(token: String) throws {
        let other = folder.path + "/libother.so"
        let ended = try ChildProcess.run(
            "/usr/bin/gcc", ["-shared", "-o", other, "-x", "c", "/dev/null", "-Wl,-soname,/opt/\(token)/libother.so"],
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(ended.status == .exited(0), "\(ended.errors)")
        let error = try refusal(link("-Wl,--no-as-needed", other))
        #expect(error?.code == .looseLibrary && error?.message.contains(token) == true, "\(error?.message ?? "")")
    }

    @Test("may not hide a folder behind bytes that are no text")
    func noText() throws {
        var library = try link("-Wl,-rpath,/opt/bad?")
        library.replace("/opt/bad?", with: Array("/opt/bad".utf8) + [0xff])
        let error = refusal(library)
        #expect(error?.code == .notALibrary && error?.message.contains("not UTF-8") == true, "\(error?.message ?? "")")
    }

    @Test("is read to the end of its dynamic section, whatever its header says of that")
    func shortened() throws {
        var library = try link("-Wl,-rpath,/tmp")
        let header = try #require(library.headers.first { library.kind($0) == 2 })
        library.set(UInt64(16), at: header + 32)
        library.set(UInt64(16), at: header + 40)
        #expect(refusal(library)?.code == .writableByOthers)
    }

    @Test("may not have two dynamic sections, nor segments that cover each other")
    func ambiguous() throws {
        var twice = try link()
        let other = try #require(twice.headers.first { ![1, 2].contains(twice.kind($0)) })
        let dynamic = try #require(twice.headers.first { twice.kind($0) == 2 })
        twice.bytes.replaceSubrange(other..<other + 56, with: Array(twice.bytes[dynamic..<dynamic + 56]))
        #expect(refusal(twice)?.message.contains("two dynamic sections") == true)

        var covered = try link()
        let segments = covered.headers.filter { covered.kind($0) == 1 }
        // The first one, as long in memory as the file: it reaches into the next.
        covered.set(UInt64(covered.bytes.count), at: segments[0] + 40)
        #expect(refusal(covered)?.message.contains("segments do not lie") == true)
    }

    /// Each of them took minutes, or all of the memory.
    @Test("is not looked at for long")
    func endless() throws {
        var many = try link()
        let table = many.bytes.count
        let count = 60_000
        many.bytes += (0..<count).flatMap { _ in [UInt8](repeating: 0, count: 56) }
        for index in 0..<count { many.set(UInt32(1), at: table + index * 56) }
        many.set(UInt64(table), at: 32)
        many.set(UInt16(count), at: 56)
        #expect(refusal(many)?.message.contains("segments do not lie") == true)

        // A dynamic section of nothing but needed libraries, in a segment of its own.
        var needy = try link()
        let segments = needy.headers.filter { needy.kind($0) == 1 }
        let dynamic = try #require(needy.headers.first { needy.kind($0) == 2 })
        let unused = try #require(needy.headers.last { ![1, 2].contains(needy.kind($0)) })
        let place = (needy.bytes.count + 0xffff) & ~0xffff
        needy.bytes += [UInt8](repeating: 0, count: place - needy.bytes.count)
        needy.bytes += (0..<100_000).flatMap { _ in [1] + [UInt8](repeating: 0, count: 15) }
        let last = try #require(segments.last)
        needy.bytes.replaceSubrange(unused..<unused + 56, with: Array(needy.bytes[last..<last + 56]))
        for (value, field) in [(place, 8), (1 << 30, 16), (1_600_000, 32), (1_600_000, 40)] {
            needy.set(UInt64(value), at: unused + field)
        }
        needy.set(UInt64(1 << 30), at: dynamic + 16)
        #expect(refusal(needy)?.message.contains("more than 16384 entries") == true)
    }
}

/// The bytes of an ELF-64 library, to be changed.
struct CraftedLibrary {
    var bytes: [UInt8]

    func number<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Int {
        bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: offset, as: type)) }
    }

    mutating func set<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: offset, as: Value.self) }
    }

    /// Places of the program headers.
    var headers: [Int] { (0..<number(UInt16.self, at: 56)).map { number(UInt64.self, at: 32) + $0 * 56 } }

    func kind(_ header: Int) -> Int { number(UInt32.self, at: header) }

    /// The first place of a text.
    mutating func replace(_ text: String, with other: [UInt8]) {
        let wanted = Array(text.utf8)
        let place = bytes.indices.first { bytes[$0...].starts(with: wanted) }
        guard let place else { preconditionFailure("\(text) is not in the library") }
        bytes.replaceSubrange(place..<place + wanted.count, with: other)
    }
}
