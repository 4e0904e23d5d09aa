/// From files, environment and options to a manifest, in steps that can be tested one by one: read and lay over each
/// other; interpolate; decode strictly, each struct validating itself; check references between structs.
///
/// Reads files: not for an event loop.
package enum ManifestLoader {
    /// - Parameters:
    ///   - sources: At least one; later ones are laid over earlier ones, maps key by key.
    ///   - environment: For `${NAME}`, `${secret:NAME}` and for `JACKFIELD_…` variables.
    ///   - sets: `PATH=VALUE`, laid over everything.
    ///   - only: The ids of the plugins that may run; nil is all.
    ///   - without: The ids of plugins that do not run.
    /// - Throws: all that is wrong, at once. Texts that are no YAML are reported first, since nothing can be said of
    ///   what they hold.
    package static func load(
        _ sources: [ManifestSource], environment: [String: String], sets: [String] = [], only: [String]? = nil,
        without: [String] = []
    ) throws(ManifestProblems) -> Manifest {
        let (manifest, problems) = try Self.inspect(
            sources, environment: environment, sets: sets, only: only, without: without)
        guard problems.isEmpty else { throw ManifestProblems(problems) }
        return manifest
    }

    /// The same, for those who want to look further than the first mistake: what could be understood of the manifest, and
    /// all that is wrong with it.
    ///
    /// - Throws: only if a text is no YAML, since nothing can be said of what it holds.
    package static func inspect(
        _ sources: [ManifestSource], environment: [String: String], sets: [String] = [], only: [String]? = nil,
        without: [String] = []
    ) throws(ManifestProblems) -> (manifest: Manifest, problems: [ManifestProblem]) {
        var problems = ProblemCollector()
        var tree = try Self.read(sources)
        EnvironmentOverrides.apply(environment, to: &tree, &problems)
        let leftOut = CommandLineOverrides(sets: sets, only: only, without: without).apply(to: &tree, &problems)

        let secretSource = SecretSource(environment: environment, directory: Self.secretsDirectory(tree, environment))
        Interpolation(environment: environment, secrets: secretSource).resolve(&tree, &problems)

        var manifest = Manifest(profile: Self.profile(tree))
        manifest.secretSource = secretSource
        manifest.tree = tree
        ConfigTables.manifest.decode(tree, ConfigPath(), &manifest, &problems)
        CrossReferences.check(&manifest, leftOut: leftOut, &problems)
        return (manifest, problems.sorted())
    }

    private static func read(_ sources: [ManifestSource]) throws(ManifestProblems) -> ConfigNode {
        var unreadable: [ManifestProblem] = []
        var tree: ConfigNode?
        for source in sources {
            do throws(ManifestProblem) {
                let node = try YAMLReader.read(try source.read(), file: source.name)
                if tree == nil { tree = node } else { tree?.overlay(node) }
            } catch {
                unreadable.append(error)
            }
        }
        guard unreadable.isEmpty else { throw ManifestProblems(unreadable) }
        var result = tree ?? ConfigNode(.null, at: SourcePosition(file: "no manifest"))
        // Overrides need a map to lay themselves over; a list or a word stays, for decoding to complain about.
        if case .null = result.value { result.value = .mapping([]) }
        return result
    }

    /// The profile comes first, since the defaults of everything else are its. A wrong one is reported by decoding.
    private static func profile(_ tree: ConfigNode) -> Profile {
        guard case .scalar(let scalar)? = tree["profile"]?.value else { return .development }
        return Profile(rawValue: scalar.text) ?? .development
    }

    /// The secrets folder is needed before the tree is interpolated, so this one text is resolved by itself, without
    /// secrets. What is wrong with it, the tree's own pass reports.
    private static func secretsDirectory(_ tree: ConfigNode, _ environment: [String: String]) -> String? {
        guard case .scalar(let scalar)? = tree["secrets"]?["directory"]?.value else { return nil }
        guard !scalar.isLiteral, Interpolation.isNeeded(scalar.text) else { return scalar.text }
        let alone = Interpolation(environment: environment, secrets: SecretSource(environment: [:]))
        return (try? alone.resolve(scalar.text[...]))?.complete
    }
}
