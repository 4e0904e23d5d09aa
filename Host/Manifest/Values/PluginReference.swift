/// What a plugin does: the first half of `KIND/NAME`, and the folder on the plugin path.
package enum PluginKind: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case agent, llm, validator, exporter, notifier, tool, store

    package var description: String { self.rawValue }
    /// The kinds as a list for messages.
    package static let list = Self.allCases.map(\.rawValue).joined(separator: ", ")
}

/// A plugin as it is found on the plugin path: `agent/system-monitoring`.
package struct PluginReference: Sendable, Hashable, CustomStringConvertible {
    package let kind: PluginKind
    /// Lower-case letters, digits and "-", 1 to 63: the folder below the kind.
    package let name: String

    /// - Throws: `InvalidValue`, when `text` is not KIND/NAME with a known kind.
    package init(_ text: String) throws(InvalidValue) {
        guard let slash = text.firstIndex(of: "/") else {
            throw InvalidValue("\(text.quoted) is not KIND/NAME, like \"agent/system-monitoring\"")
        }
        let kind = String(text[..<slash])
        guard let known = PluginKind(rawValue: kind) else {
            throw InvalidValue("\(kind.quoted) is not a kind of plugin: \(PluginKind.list)")
        }
        let name = text[text.index(after: slash)...]
        guard Characters.isLabel(name) else {
            throw InvalidValue("\(String(name).quoted) is not a plugin's name: \(PluginInstanceID.rule)")
        }
        self.kind = known
        self.name = String(name)
    }

    package var description: String { "\(self.kind)/\(self.name)" }
}

/// A role or a service with its revision, as the ABI names them: `jackfield.llm/1`.
package struct ContractReference: Sendable, Hashable, CustomStringConvertible {
    /// `jackfield.llm`
    package let name: String
    /// From 1.
    package let revision: Int

    /// - Throws: `InvalidValue`, when `text` is not `NAME/REVISION`.
    package init(_ text: String) throws(InvalidValue) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let revision = Int(parts[1]), 1...9999 ~= revision, 1...127 ~= parts[0].utf8.count,
            parts[0].utf8.allSatisfy({ Characters.isLowerOrDigit($0) || $0 == 0x2E || $0 == 0x2D })
        else { throw InvalidValue("\(text.quoted) is not a contract with its revision, like \"jackfield.llm/1\"") }
        self.name = String(parts[0])
        self.revision = revision
    }

    package var description: String { "\(self.name)/\(self.revision)" }
}

extension PluginReference {
    /// For names that are known to be right.
    init(kind: PluginKind, name: String) {
        self.kind = kind
        self.name = name
    }
}

extension ContractReference {
    package init(name: String, revision: Int) {
        self.name = name
        self.revision = revision
    }
}
