extension Manifest {
    /// Where the value at a path stands, for problems that others find: `plugins.openai.config.base_url`, list elements
    /// as `route[0]`. For a path that the manifest does not hold, its nearest ancestor's place.
    package func position(of path: String) -> SourcePosition {
        var node = self.tree
        for part in ConfigPath(path).parts {
            switch (part, node.value) {
            case (.key(let key), .mapping):
                guard let next = node[key] else { return node.position }
                node = next
            case (.index(let index), .sequence(let items)) where items.indices.contains(index): node = items[index]
            default: return node.position
            }
        }
        return node.position
    }

    /// A problem at a path of this manifest, with its place: for whoever checks more than the manifest can.
    package func problem(at path: String, _ message: String) -> ManifestProblem {
        ManifestProblem(at: self.position(of: path), path: path, message)
    }
}
