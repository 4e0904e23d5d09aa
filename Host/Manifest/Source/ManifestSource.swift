/// One manifest text: a file, or a text that stands in for one.
package struct ManifestSource: Sendable, Hashable {
    /// How problems name it.
    package let name: String
    let content: Content

    enum Content: Sendable, Hashable {
        case file
        case text([UInt8])
    }

    /// A file, read when the manifest is loaded. At most 4 MiB.
    package static func file(_ path: String) -> ManifestSource { ManifestSource(name: path, content: .file) }

    /// A text in memory.
    package static func text(_ text: String, name: String = "jackfield.yaml") -> ManifestSource {
        ManifestSource(name: name, content: .text(Array(text.utf8)))
    }

    /// Bytes in memory, which need not be UTF-8: that is a problem then.
    package static func bytes(_ bytes: [UInt8], name: String = "jackfield.yaml") -> ManifestSource {
        ManifestSource(name: name, content: .text(bytes))
    }

    /// The UTF-8 text without a byte order mark.
    func read() throws(ManifestProblem) -> String {
        var bytes: [UInt8]
        switch self.content {
        case .text(let text): bytes = text
        case .file:
            do { bytes = try FileReading.bytes(of: self.name, limit: 4 << 20, pipes: true) } catch {
                throw ManifestProblem(
                    at: SourcePosition(file: self.name), path: "", "the manifest cannot be read: \(error.reason)")
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // The repaired text differs from the bytes from the first wrong one on.
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        let good = zip(bytes, repaired).prefix { $0 == $1 }.count
        let line = bytes[..<good].count { $0 == 0x0A } + 1
        let lineStart = bytes[..<good].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: bytes[lineStart..<good], as: UTF8.self).unicodeScalars.count + 1
        throw ManifestProblem(
            at: SourcePosition(file: self.name, line: line, column: column), path: "",
            "is not UTF-8 text: save the file in UTF-8")
    }
}
