import Glibc
import JackfieldPlugin
import JackfieldVocabulary

/// What the search for credentials may look at. The plugin asks its host; tests make their own.
protocol Surroundings {
    /// A variable of the environment. A sandboxed plugin has none of its own, so the host is asked for it as a secret.
    func variable(_ name: String) async throws(CallError) -> Variable
    func file(_ path: String) -> FileText
    /// A GET request, and an answer of at most `bound` bytes.
    func get(
        _ url: String, headers: [(name: String, value: String)], bound: Int
    ) async throws(CallError) -> (status: Int, body: [UInt8])
    /// The home folder of whom the host runs as, if it is known.
    var home: String? { get }
}

enum Variable: Sendable, Equatable {
    case set(String)
    case unset
    /// The manifest's `grants.secrets` does not list it, or the host has no secrets to give.
    case notGranted

    /// The value, if there is one that is not empty.
    var text: String? {
        if case .set(let text) = self, !text.withoutSpaceAround.isEmpty { text.withoutSpaceAround } else { nil }
    }
}

enum FileText: Sendable, Equatable {
    case text(String)
    /// Why not, as the system says it: "No such file or directory".
    case unreadable(String)
}

/// The surroundings of one call.
struct HostSurroundings<Event: CallEvent>: Surroundings {
    let call: Call<Event>

    func variable(_ name: String) async throws(CallError) -> Variable {
        do throws(CallError) {
            return .set(try await call.secret(name).value)
        } catch {
            switch error.code {
            case .notFound: return .unset
            case .forbidden, .unsupported: return .notGranted
            default: throw error
            }
        }
    }

    func get(
        _ url: String, headers: [(name: String, value: String)], bound: Int
    ) async throws(CallError) -> (status: Int, body: [UInt8]) {
        let response = try await call.send(HTTPRequest(method: "GET", url: url, headers: headers))
        return (response.head.status, try await response.body(limit: bound))
    }

    func file(_ path: String) -> FileText { FileText(reading: path) }

    var home: String? { getenv("HOME").map { String(cString: $0) } }
}

extension FileText {
    /// Bytes that a file with credentials may have.
    private static let bound = 1 << 20

    /// Read a small file at once. It blocks as long as the file system does: the files are local, and are looked at
    /// once a minute at most.
    init(reading path: String) {
        // Not to be held up by a pipe in the place of the file.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            self = .unreadable(String(cString: strerror(errno)))
            return
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            self = .unreadable("not a file")
            return
        }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                self = .unreadable(String(cString: strerror(errno)))
                return
            }
            if count == 0 { break }
            bytes += piece[..<count]
            guard bytes.count <= FileText.bound else {
                self = .unreadable("longer than \(FileText.bound) bytes")
                return
            }
        }
        self = .text(String(decoding: bytes, as: UTF8.self))
    }
}
