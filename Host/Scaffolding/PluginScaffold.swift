package import Manifest

/// A new plugin as it will lie on disk: the templates of its language and kind, filled in, and the kit beside them.
package struct PluginScaffold: Sendable {
    package let plugin: PluginReference
    package let language: TemplateLanguage
    let files: [TemplateFile]

    /// Kinds that there are templates for.
    package static let kinds: [PluginKind] = [.agent, .llm, .validator, .exporter, .notifier, .tool]

    /// Reads everything and writes nothing.
    ///
    /// - Throws: one sentence, when the kind has no templates yet, or the kit is incomplete.
    package init(_ plugin: PluginReference, language: TemplateLanguage, kit: KitFolder) throws(ScaffoldError) {
        guard Self.kinds.contains(plugin.kind) else {
            throw ScaffoldError(
                "there are no templates for the kind \"\(plugin.kind)\" yet: "
                    + Self.kinds.map(\.rawValue).joined(separator: ", "))
        }
        let values = PlaceholderValues(plugin, kit: language == .swift ? try kit.package() : nil)
        let templates = "\(kit.path)/Templates/\(language.rawValue)"
        var files: [String: TemplateFile] = [:]
        // The kind's folder comes second: a file of the same name replaces the common one.
        for part in ["common", plugin.kind.rawValue] {
            for file in try FolderTree.files(under: "\(templates)/\(part)") {
                let origin = "\(language.rawValue)/\(part)/\(file.path)"
                let path = String(decoding: try values.filled(Array(file.path.utf8), of: origin), as: UTF8.self)
                files[path] = TemplateFile(
                    path: path, bytes: try values.filled(file.bytes, of: origin), isExecutable: file.isExecutable)
            }
        }
        for folder in language.vendored {
            for var file in try FolderTree.files(under: "\(kit.path)/\(folder.source)", leavingOut: folder.leavingOut) {
                file.path = "\(folder.target)/\(file.path)"
                files[file.path] = file
            }
        }
        self.init(plugin: plugin, language: language, files: files.values.sorted { $0.path < $1.path })
    }

    init(plugin: PluginReference, language: TemplateLanguage, files: [TemplateFile]) {
        self.plugin = plugin
        self.language = language
        self.files = files
    }

    /// The files of the new plugin, from its folder.
    package var paths: [String] { files.map(\.path) }
}
