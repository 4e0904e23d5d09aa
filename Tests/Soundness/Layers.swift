/// Which module may know which: the one table of the direction in which dependencies run. A module may import modules of
/// a lower layer, never its own layer's neighbours.
enum Layers {
    /// What a plugin author needs, from the bottom up.
    static let api = [
        "CJackfield", "JackfieldJSON", "JackfieldNetwork", "JackfieldVocabulary", "JackfieldPlugin", "JackfieldTesting",
    ]

    /// The host from the bottom up. Modules in one row do not know each other.
    static let host: [[String]] = [
        ["Manifest", "Telemetry", "EventLoops", "Resilience", "Integrity"],
        ["Loading", "Outbound", "Storage", "Scaffolding"],
        ["Isolation", "Accounting", "Caching"],
        ["Registry"],
        ["Orchestration", "Conformance"],
        ["HTTPServer"],
        ["Jackfield"],
    ]

    /// What a plugin may import besides: the language and the C library.
    static let system: Set<String> = ["Swift", "Synchronization", "Glibc", "Musl", "Darwin"]

    /// Libraries that a plugin may link besides: for what nobody should write again.
    static let libraries: Set<String> = [
        "Crypto",  // hashes and signatures
        "CFFI",  // calls of functions whose signature is known at run time alone
    ]

    /// Why a module may not import another; nil if it may, or if the other is none of the project's.
    ///
    /// - Parameters:
    ///   - module: a module of the host or of the API.
    ///   - other: what it imports.
    ///   - plugins: the modules of the bundled plugins.
    static func objection(_ module: String, importing other: String, plugins: Set<String>) -> String? {
        if plugins.contains(other) {
            return "the host and the API know plugins by their C ABI alone: reach \(other) through its role"
        }
        if let own = api.firstIndex(of: module) {
            let above = hostLayer(other) != nil || (api.firstIndex(of: other).map { $0 > own } ?? false)
            return above ? "PluginAPI runs \(api.joined(separator: " < ")), and knows nothing of the host" : nil
        }
        guard let own = hostLayer(module) else { return "\(module) is in no layer: give it one in Layers.swift" }
        if other == "JackfieldPlugin" {
            return "the kit is for plugins; host and kit share JackfieldVocabulary, JackfieldJSON and CJackfield"
        }
        guard let layer = hostLayer(other), layer >= own else { return nil }
        let below = host[..<own].joined().joined(separator: ", ")
        return own == 0
            ? "\(module) lies at the bottom of the host and may import no other module of it"
            : "\(module) may import these of the host: \(below)"
    }

    static func hostLayer(_ module: String) -> Int? { host.firstIndex { $0.contains(module) } }
}
