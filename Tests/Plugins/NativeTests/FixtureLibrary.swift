import Glibc
import Synchronization
import TestSupport

/// Compiles libraries for tests: those of Tests/Fixtures/Libraries, and sources that a test makes.
enum FixtureLibrary {
    private static let folder = Mutex<TemporaryFolder?>(nil)

    /// The path of a library of Tests/Fixtures/Libraries.
    static func build(_ name: String) throws -> String {
        try compile(Repository.read("Tests/Fixtures/Libraries/\(name).c"), name)
    }

    /// Once for each name in a run of the tests.
    static func compile(_ source: String, _ name: String) throws -> String {
        try folder.withLock { folder in
            if folder == nil {
                folder = try TemporaryFolder("jackfield-libraries")
                // A program's statics are never freed.
                atexit { FixtureLibrary.folder.withLock { $0 = nil } }
            }
            let library = "\(folder!.path)/lib\(name).so"
            if access(library, R_OK) == 0 { return library }
            let file = try folder!.write("\(name).c", source)
            let ended = try ChildProcess.run(
                "/usr/bin/env",
                ["cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", library, file],
                environment: ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"])
            guard ended.status == .exited(0) else { throw TestFailure("cc \(name).c: \(ended.errors)") }
            return library
        }
    }
}
