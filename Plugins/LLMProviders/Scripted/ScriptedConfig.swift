import Glibc
package import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// What the operator writes for an instance of llm/scripted (config.schema.json): a script, or the file that holds it.
package struct ScriptedConfig: Sendable, Hashable {
    /// Bytes that the file of a script may have.
    package static let fileBound = 4 << 20

    package var script: Script

    /// Reads the file, where one is named; the thread waits for the disk.
    ///
    /// - Throws: `invalidArgument` with all mistakes of the script, or why the file cannot be read.
    package init(_ config: JSON) throws(CallError) {
        let known = ["script", "file"]
        if let key = config.object?.members.first(where: { !known.contains($0.key) })?.key {
            throw .config("\(key) is not known; the keys here are script, file")
        }
        let reader = ConfigReader(config: config)
        switch (reader.value("script"), reader.value("file")) {
        case (let inline?, nil): script = try ScriptReader.read(inline, place: "config.script")
        case (nil, let file?):
            guard let path = file.string, !path.isEmpty else {
                throw .config("file must be the path of a file, not \(file.kindName)")
            }
            let bytes = try ScriptedConfig.bytes(of: path)
            let json: JSON
            do throws(JSONError) {
                json = try JSON(parsing: bytes)
            } catch {
                throw .config("file: \(path) is not JSON: \(error.reason), at byte \(error.offset)")
            }
            script = try ScriptReader.read(json, place: "config.file: \(path)")
        default:
            throw CallError(.invalidArgument, "config must have either script or file, and not both")
        }
    }

    private static func bytes(of path: String) throws(CallError) -> [UInt8] {
        func failure(_ reason: String) -> CallError {
            .config("file: \(path) cannot be read: \(reason)")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(String(cString: strerror(errno)))
            }
            bytes += chunk[..<count]
            guard bytes.count <= fileBound else { throw failure("it has more than \(fileBound) bytes") }
        }
    }
}
