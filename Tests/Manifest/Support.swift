import JackfieldJSON

@testable import Manifest

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Loads a manifest from a text. `jackfield: 1` is put on the first line, so that the text's own lines count from 2.
func load(
    _ text: String, environment: [String: String] = [:], sets: [String] = [], only: [String]? = nil,
    without: [String] = []
) throws(ManifestProblems) -> Manifest {
    try ManifestLoader.load(
        [.text("jackfield: 1\n" + text)], environment: environment, sets: sets, only: only, without: without)
}

/// The lines of what is wrong with a manifest; empty when nothing is.
func problems(
    _ text: String, environment: [String: String] = [:], sets: [String] = [], only: [String]? = nil,
    without: [String] = []
) -> [String] {
    do throws(ManifestProblems) {
        _ = try load(text, environment: environment, sets: sets, only: only, without: without)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/jackfield-manifest-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit {
        for name in self.names { unlink("\(self.path)/\(name)") }
        rmdir(self.path)
    }

    private var names: [String] = []

    @discardableResult
    func put(_ text: String, in name: String) -> String {
        let file = "\(self.path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        self.names.append(name)
        return file
    }
}

/// The root of the repository, also when the sources were reached through a link.
func repository(_ file: String = #filePath) -> String {
    let real = realpath(file, nil)!
    defer { free(real) }
    return String(cString: real).split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/\($1)" }
}

func json(_ text: String) -> JSON { try! JSON(parsing: text) }
