#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a secret's value is looked up, in this order: the environment variable of its name; the file that the
/// variable NAME_FILE names; the file NAME in the secrets folder. The newline that editors put at a file's end is cut.
///
/// It holds the whole environment, so that it prints as nothing, like a `Secret`.
package struct SecretSource: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let environment: [String: String]
    private let directory: String?

    package init(environment: [String: String], directory: String? = nil) {
        self.environment = environment
        self.directory = directory
    }

    /// - Returns: nil when the secret is set nowhere. An empty variable counts as not set.
    /// - Throws: `InvalidValue`, when a file that should hold it cannot be read, is empty or larger than 64 KiB.
    ///   Reads files: not on an event loop.
    package func secret(_ name: SecretName) throws(InvalidValue) -> Secret? {
        if let value = self.environment[name.text], !value.isEmpty { return Secret(value) }
        if let path = self.environment["\(name)_FILE"], !path.isEmpty { return try Self.read(path) }
        if let directory = self.directory {
            let path = "\(directory)/\(name)"
            if access(path, F_OK) == 0 { return try Self.read(path) }
        }
        return nil
    }

    /// Where `secret(_:)` looks, for messages.
    package func places(for name: SecretName) -> String {
        let folder = self.directory.map { ", or write the file \($0)/\(name)" } ?? ""
        return "set the environment variable \(name), or \(name)_FILE with the path of a file\(folder)"
    }

    package var description: String { Secret.redacted }
    package var debugDescription: String { Secret.redacted }
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func read(_ path: String) throws(InvalidValue) -> Secret {
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(of: path, limit: 64 << 10, pipes: true) } catch {
            throw InvalidValue("the secret's file \(path) cannot be read: \(error.reason)")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw InvalidValue("the secret's file \(path) is not UTF-8 text")
        }
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
        guard !text.isEmpty else { throw InvalidValue("the secret's file \(path) is empty") }
        return Secret(text)
    }
}
