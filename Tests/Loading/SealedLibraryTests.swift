import Foundation
import Integrity
import TestSupport
import Testing

@testable import Loading

@Suite("A verified library")
struct SealedLibraryTests {
    /// A folder with two plugins that differ in their ids, to be told apart by their descriptors.
    let folder: TemporaryFolder
    let good: String
    let evil: String
    init() throws {
        folder = try TemporaryFolder()
        let source = FixturePlugin.sources + "/agent/failing.c"
        try FixturePlugin.compile(source: source, name: "agent/good", into: folder.path + "/good")
        try FixturePlugin.compile(source: source, name: "agent/evil", into: folder.path + "/evil")
        good = folder.path + "/good/libagent-good.so"
        evil = folder.path + "/evil/libagent-evil.so"
    }

    /// The file as it was when it was verified.
    private func verified() throws -> SealedFile {
        let digest = SHA256Digest(of: try OpenedFile(path: good).bytes())
        return try SealedFile(pinned: good, to: digest)
    }

    @Test("is loaded as it was verified, though the file was replaced since")
    func replaced() throws {
        let sealed = try verified()
        #expect(rename(evil, good) == 0)
        #expect(try LoadedLibrary.open(path: good).descriptor.id == "agent/evil")
        #expect(try LoadedLibrary.open(sealed).descriptor.id == "agent/good")
    }

    @Test("is loaded as it was verified, though the file was written to since")
    func written() throws {
        let sealed = try verified()
        let bytes = try OpenedFile(path: evil).bytes()
        let descriptor = open(good, O_WRONLY | O_TRUNC)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
        #expect(try LoadedLibrary.open(sealed).descriptor.id == "agent/good")
    }

    @Test("is loaded once, however often it was verified, and stays apart from one that was not")
    func shared() throws {
        let first = try LoadedLibrary.open(try verified())
        let second = try LoadedLibrary.open(try verified())
        #expect(first.plugin == second.plugin, "two instances share one library")
        #expect(first.path == good && second.path == good, "messages name the file")
        let plain = try LoadedLibrary.open(path: good)
        #expect(plain.plugin != first.plugin)
    }

    /// The loader knows what it has loaded by name, and a descriptor's number may name another file later.
    @Test("is never taken for another one that had its descriptor before")
    func numbers() throws {
        var seen: [String] = []
        for file in [good, evil] {
            let sealed = try SealedFile(OpenedFile(path: file))
            seen.append(try LoadedLibrary.open(sealed).descriptor.id)
        }
        #expect(seen == ["agent/good", "agent/evil"])
    }

    @Test(
        "that would load others from where anybody may have put them is refused",
        arguments: [
            "", ".", "lib", "$ORIGIN/lib:", "$ORIGIN/../../../tmp", "$ORIGIN/../root/tmp", "$ORIGIN/lib", "/usr/$LIB",
            "/tmp", "/tmp/jackfield-not-there/lib",
        ])
    func loose(searched: String) throws {
        let library = try link("-Wl,-rpath,\(searched.isEmpty ? ":" : searched)")
        let sealed = try SealedFile(OpenedFile(path: library))
        let error = #expect(throws: LoadError.self) { try LoadedLibrary.open(sealed) }
        #expect(error?.code == .looseLibrary || error?.code == .writableByOthers, "\(error?.message ?? "")")
        #expect(error?.message.contains(library) == true)
    }

    @Test(
        "may name the system's folders, and its own, in which nothing is found",
        arguments: ["$ORIGIN", "${ORIGIN}", "/usr/lib"])
    func tight(searched: String) throws {
        let library = try link("-Wl,-rpath,\(searched)")
        #expect(try LoadedLibrary.open(SealedFile(OpenedFile(path: library))).descriptor.id == "agent/good")
    }

    @Test("loads no library that lies beside it, and says so")
    func sibling() throws {
        let other = folder.path + "/good/libsibling.so"
        try compile(["-shared", "-fPIC", "-x", "c", "/dev/null", "-Wl,-soname,libsibling.so", "-o", other])
        let library = try link("-Wl,-rpath,$ORIGIN", "-Wl,--no-as-needed", other)
        #expect(try ELFFile(path: library).needed.contains("libsibling.so"))
        #expect(throws: Never.self) { try LoadedLibrary.open(path: library) }
        // Another one, since the loader knows the first by now.
        let second = folder.path + "/good/libsecond.so"
        try compile(["-shared", "-fPIC", "-x", "c", "/dev/null", "-Wl,-soname,libsecond.so", "-o", second])
        let needy = try link("-Wl,-rpath,$ORIGIN", "-Wl,--no-as-needed", second)
        let error = #expect(throws: LoadError.self) { try LoadedLibrary.open(SealedFile(OpenedFile(path: needy))) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("finds no others beside it") == true, "\(error?.message ?? "")")
    }

    /// A plugin like `good`, linked in a way of its own.
    private func link(_ options: String...) throws -> String {
        let output = folder.path + "/good/lib\(options.joined().hashValue.magnitude).so"
        let sources = FixturePlugin.sources
        try compile(
            [
                "-shared", "-fPIC", "-pthread", "-fvisibility=hidden", "-I", Repository.root + "/PluginAPI/C/include",
                "-I",
                sources, "-DFIXTURE_ID=\"agent/good\"", "-o", output, sources + "/agent/failing.c",
            ] + options)
        return output
    }

    private func compile(_ arguments: [String]) throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let ended = try ChildProcess.run("/usr/bin/env", ["cc"] + arguments, environment: ["PATH": path])
        guard ended.status == .exited(0) else { throw TestFailure("cc: \(ended.errors)") }
    }
}
