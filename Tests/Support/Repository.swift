import Foundation

/// Where the sources and the built programs are.
package enum Repository {
    /// The top of the source tree: the first folder above this file that has the plugin API.
    package static let root: String = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.path + "/PluginAPI/C/include/jackfield/abi.h") {
                return folder.path
            }
            folder.deleteLastPathComponent()
        }
        preconditionFailure("no folder above \(#filePath) has PluginAPI/C")
    }()

    /// Where the test program lies, and beside it all that was built with it.
    package static let buildFolder: String =
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path

    /// The program under test.
    package static var jackfield: String { buildFolder + "/jackfield" }

    package static func read(_ path: String) throws -> String {
        try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }
}

/// Puts the bundled plugins where the host looks for them: beside its executable.
package enum Staging {
    private static let outcome: Result<Void, TestFailure> = {
        do throws(TestFailure) {
            guard FileManager.default.isExecutableFile(atPath: Repository.jackfield) else {
                throw TestFailure(
                    "\(Repository.jackfield) is not there: run `swift build` before the integration tests")
            }
            let ended = try ChildProcess.run(
                "/usr/bin/env", ["make", "-s", "stage", "BIN=\(Repository.buildFolder)"],
                environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"],
                workingDirectory: Repository.root, within: .seconds(120))
            guard ended.status == .exited(0) else {
                throw TestFailure("make stage: \(ended.status): \(ended.errors)")
            }
            return .success(())
        } catch {
            return .failure(error)
        }
    }()

    /// Once in a run of the tests; the second call costs nothing.
    package static func ensure() throws { try outcome.get() }
}
