/// A language that a new plugin can be written in: a folder below `PluginAPI/Templates`.
package enum TemplateLanguage: String, Sendable, Hashable, CaseIterable {
    case c, cpp, rust, swift

    /// The languages as a list for messages.
    package static let list = Self.allCases.map(\.rawValue).joined(separator: ", ")

    /// - Throws: one sentence, when there are no templates for the language.
    package init(named text: String) throws(ScaffoldError) {
        guard let known = Self(rawValue: text) else {
            throw ScaffoldError("\"\(text)\" is not a language that there are templates for: \(Self.list)")
        }
        self = known
    }

    /// What of the kit is copied into a new plugin, so that it builds without this repository.
    var vendored: [VendoredFolder] {
        let c = VendoredFolder(source: "C/include/jackfield", target: "vendor/jackfield/include/jackfield")
        return switch self {
        case .c: [c]
        case .cpp: [c, VendoredFolder(source: "Cpp/include", target: "vendor/jackfield/include")]
        case .rust:
            [VendoredFolder(source: "Rust", target: "vendor/jackfield", leavingOut: ["target", "tests", "Cargo.lock"])]
        case .swift: []
        }
    }
}

/// A folder of the kit and where it goes in a new plugin.
struct VendoredFolder: Sendable, Hashable {
    /// From `PluginAPI`.
    var source: String
    /// From the new plugin's folder.
    var target: String
    /// Names at the top of the folder that stay behind.
    var leavingOut: Set<String> = []
}
