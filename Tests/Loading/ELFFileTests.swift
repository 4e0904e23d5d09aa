import Glibc
import Loading
import TestSupport
import Testing

@Suite struct ELFFileTests {
    private func write(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        var template = Array("/tmp/jackfield-elf-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        #expect(bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == bytes.count)
        close(descriptor)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        try body(path)
    }

    private var library: [UInt8] {
        get throws {
            // The C library of this machine: a real shared library that is always there.
            let paths: [String] = [
                "/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6",
            ]
            let path = try #require(paths.first { access($0, R_OK) == 0 })
            let file = try #require(fopen(path, "r"))
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 8 << 20)
            let count = fread(&bytes, 1, bytes.count, file)
            return Array(bytes[..<count])
        }
    }

    @Test func aLibrarysExportsAndNeedsAreRead() throws {
        try write(try library) { path in
            let elf = try ELFFile(path: path)
            #expect(elf.exports.contains("cos"))
            #expect(elf.needed.contains("libc.so.6"))
        }
    }

    @Test(arguments: ["", "#!/bin/sh\necho hello\n", String(repeating: "x", count: 4096)])
    func whatIsNoLibraryIsRefused(text: String) throws {
        try write(Array(text.utf8)) { path in
            let error = #expect(throws: LoadError.self) { try ELFFile(path: path) }
            #expect(error?.code == .notALibrary)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test func aMissingFileSaysSo() {
        let error = #expect(throws: LoadError.self) { try ELFFile(path: "/nowhere/lib.so") }
        #expect(error?.code == .notFound)
        #expect(error?.message == "/nowhere/lib.so cannot be read: No such file or directory")
    }

    /// Tools may strip the section table, and it may say anything: the loader does not read it.
    @Test func theSectionTableIsNotBelieved() throws {
        let original = try library
        try write(original) { path in
            let whole = try ELFFile(path: path)
            var bytes = original
            for place in [40..<48, 58..<64] { bytes.replaceSubrange(place, with: place.map { _ in 0 }) }
            try write(bytes) { path in
                let stripped = try ELFFile(path: path)
                #expect(stripped.exports == whole.exports && stripped.needed == whole.needed)
            }
        }
    }

    /// Linkers write one of two hash tables, or both.
    @Test(arguments: ["sysv", "gnu", "both"])
    func whatIsExportedIsReadByEitherHashTable(style: String) throws {
        let folder = try TemporaryFolder()
        let source = try folder.write(
            "one.c",
            "int alpha(void) { return 1; } int beta = 2; static int hidden; int *gamma_(void) { return &hidden; }")
        let library = folder.path + "/libone.so"
        let ended = try ChildProcess.run(
            "/usr/bin/gcc",
            ["-shared", "-fPIC", "-Wl,--hash-style=\(style)", "-Wl,-rpath,/opt/one:/opt/two", "-o", library, source],
            environment: ["PATH": "/usr/bin:/bin"])
        try #require(ended.status == .exited(0), "\(ended.errors)")
        let elf = try ELFFile(path: library)
        #expect(Set(elf.exports).isSuperset(of: ["alpha", "beta", "gamma_"]), "\(elf.exports)")
        #expect(!elf.exports.contains("hidden") && !elf.exports.contains("__cxa_finalize"))
        #expect(elf.searched == ["/opt/one", "/opt/two"])
    }

    /// Every symbol with the same name of 4096 letters: a file like that must not take minutes.
    @Test func namesThatAreTooLongTogetherAreRefused() throws {
        var bytes = try library
        func number<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Int {
            bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: offset, as: type)) }
        }
        let sections = (0..<number(UInt16.self, at: 60)).map { number(UInt64.self, at: 40) + $0 * 64 }
        let symbols = try #require(sections.first { number(UInt32.self, at: $0 + 4) == 11 })
        let strings = sections[number(UInt32.self, at: symbols + 40)]
        let names = number(UInt64.self, at: strings + 24)
        bytes.replaceSubrange(names..<names + 4096, with: repeatElement(UInt8(ascii: "a"), count: 4096))
        let table = number(UInt64.self, at: symbols + 24)
        for symbol in stride(from: table, to: table + number(UInt64.self, at: symbols + 32), by: 24) {
            bytes.replaceSubrange(symbol..<symbol + 4, with: repeatElement(0, count: 4))
        }
        try write(bytes) { path in
            let error = #expect(throws: LoadError.self) { try ELFFile(path: path) }
            #expect(
                error?.message.contains("are longer than it") == true, "\(error?.message ?? "")")
        }
    }

    /// A damaged library is refused or read; it never crashes the host.
    @Test func damagedLibrariesNeverCrash() throws {
        let original = try library
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        func number(at offset: Int) -> Int {
            original.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
        }
        let headers = number(at: 32)
        let count = Int(original[56])
        let dynamic = try #require((0..<count).first { original[headers + $0 * 56] == 2 })
        // The program headers, the dynamic section, and the hash table, symbols and names that follow the headers.
        let parts = [
            headers..<headers + count * 56,
            number(at: headers + dynamic * 56 + 8)..<number(at: headers + dynamic * 56 + 8) + 512,
            headers + count * 56..<headers + count * 56 + 4096,
        ]
        var refused = 0
        var read = 0
        for round in 0..<120 {
            var bytes = original
            for _ in 0..<(1 + random(8)) {
                let part = parts[round % parts.count]
                bytes[part.lowerBound + random(part.count)] = UInt8(random(256))
            }
            if random(4) == 0 { bytes.removeLast(random(bytes.count)) }
            try write(bytes) { path in
                do {
                    _ = try ELFFile(path: path)
                    read += 1
                } catch { refused += 1 }
            }
        }
        #expect(refused > 0 && read > 0, "\(refused) \(read)")
    }
}
