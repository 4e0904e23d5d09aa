/// A plugin's code, loaded and looked at, of which an instance can be made: in this process, or in one of its own.
package protocol PluginImage: Sendable {
    var descriptor: PluginDescriptor { get }

    /// Make the instance; not yet open.
    ///
    /// - Throws: `createFailed` with the plugin's own sentence, `stuck`, or `badDescriptor`.
    func create(_ setup: InstanceSetup) throws(LoadError) -> any PluginSide
}

/// What an instance is made with.
package struct InstanceSetup: Sendable {
    /// In the manifest.
    package var id: String
    /// JSON object, checked against the plugin's schema.
    package var config: [UInt8]
    /// For each service of the descriptor the revision that the host gives, or 0 if it has none.
    package var granted: [UInt32]
    /// Where the instance finds the host once both are there.
    package var host: HostLink

    package init(id: String, config: [UInt8], granted: [UInt32], host: HostLink) {
        self.id = id
        self.config = config
        self.granted = granted
        self.host = host
    }
}
