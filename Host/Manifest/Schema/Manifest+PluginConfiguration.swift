extension Manifest {
    /// What is wrong with a plugin's `config` by its schema, with the manifest's lines. Empty for an unknown id.
    package func problems(inConfigurationOf id: PluginInstanceID, by schema: ConfigSchema) -> [ManifestProblem] {
        guard let plugin = self.plugin(id) else { return [] }
        let base = ConfigPath([.key("plugins"), .key(id.text), .key("config")])
        return schema.validate(plugin.configuration.reveal()).map { problem in
            let path = ConfigPath(base.parts + problem.path.parts).description
            return ManifestProblem(
                at: self.position(of: path), path: path, problem.message, suggestion: problem.suggestion)
        }
    }
}

extension PluginConfiguration {
    /// With the schema's defaults where nothing is set: what the plugin is given.
    package func fillingDefaults(of schema: ConfigSchema) -> PluginConfiguration {
        PluginConfiguration(
            redacted: schema.fillingDefaults(self.redacted), complete: schema.fillingDefaults(self.reveal()))
    }
}
