import Glibc
import Loading
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

    /// A damaged library is refused or read; it never crashes the host.
    @Test func damagedLibrariesNeverCrash() throws {
        let original = try library
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var refused = 0
        for _ in 0..<40 {
            var bytes = original
            for _ in 0..<8 { bytes[random(64)] = UInt8(random(256)) }
            let table = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 40, as: UInt64.self) }
            if table < UInt64(bytes.count) {
                for _ in 0..<16 { bytes[Int(table) + random(bytes.count - Int(table))] = UInt8(random(256)) }
            }
            if random(2) == 0 { bytes.removeLast(random(bytes.count)) }
            try write(bytes) { path in
                do { _ = try ELFFile(path: path) } catch { refused += 1 }
            }
        }
        #expect(refused > 0)
    }
}
