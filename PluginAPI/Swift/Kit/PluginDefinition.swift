public import JackfieldJSON

/// Everything that a plugin says of itself, and how an instance is made. The entry file hands it to `descriptor`:
///
///     @c @implementation
///     public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { MyPlugin.definition.descriptor }
public struct PluginDefinition: Sendable {
    /// On which threads handlers run.
    public enum Threads: Sendable, Hashable {
        /// On the event loop of the request: handlers never block; waiting is done with `await`.
        case eventLoop
        /// On worker threads: handlers may block. At most `concurrency` run at a time, 1 and up.
        case workers(concurrency: Int)
    }

    /// KIND/NAME, as in plugin.json: "agent/system-monitoring".
    public var id: String
    /// Semantic version of the plugin.
    public var version: String
    public var threads: Threads
    public var services: [ServiceUse]
    var roles: [(id: String, revision: UInt32)]
    var make: @Sendable (PluginSetup) throws -> any RoleDispatcher

    private init(
        id: String, version: String, threads: Threads, services: [ServiceUse], role: String,
        make: @escaping @Sendable (PluginSetup) throws -> any RoleDispatcher
    ) {
        self.id = id
        self.version = version
        self.threads = threads
        self.services = services
        self.roles = [(role, 1)]
        self.make = make
    }

    /// A plugin in the role jackfield.agent/1. `make` must not call the host; what it throws is shown to the operator.
    public static func agent(
        id: String, version: String, threads: Threads = .eventLoop, services: [ServiceUse] = [],
        make: @escaping @Sendable (PluginSetup) throws -> any AgentPlugin
    ) -> PluginDefinition {
        PluginDefinition(id: id, version: version, threads: threads, services: services, role: "jackfield.agent") {
            AgentDispatcher(try make($0))
        }
    }

    /// A plugin in the role jackfield.llm/1.
    public static func llm(
        id: String, version: String, threads: Threads = .eventLoop, services: [ServiceUse] = [],
        make: @escaping @Sendable (PluginSetup) throws -> any LLMProvider
    ) -> PluginDefinition {
        PluginDefinition(id: id, version: version, threads: threads, services: services, role: "jackfield.llm") {
            LLMDispatcher(try make($0))
        }
    }

    /// A plugin in the role jackfield.validator/1.
    public static func validator(
        id: String, version: String, threads: Threads = .eventLoop, services: [ServiceUse] = [],
        make: @escaping @Sendable (PluginSetup) throws -> any ValidatorPlugin
    ) -> PluginDefinition {
        PluginDefinition(id: id, version: version, threads: threads, services: services, role: "jackfield.validator") {
            ValidatorDispatcher(try make($0))
        }
    }

    /// A plugin in the role jackfield.exporter/1.
    public static func exporter(
        id: String, version: String, threads: Threads = .eventLoop, services: [ServiceUse] = [],
        make: @escaping @Sendable (PluginSetup) throws -> any ExporterPlugin
    ) -> PluginDefinition {
        PluginDefinition(id: id, version: version, threads: threads, services: services, role: "jackfield.exporter") {
            ExporterDispatcher(try make($0))
        }
    }

    /// A plugin in the role jackfield.notifier/1.
    public static func notifier(
        id: String, version: String, threads: Threads = .eventLoop, services: [ServiceUse] = [],
        make: @escaping @Sendable (PluginSetup) throws -> any NotifierPlugin
    ) -> PluginDefinition {
        PluginDefinition(id: id, version: version, threads: threads, services: services, role: "jackfield.notifier") {
            NotifierDispatcher(try make($0))
        }
    }

    /// A plugin in the role jackfield.tool/1.
    public static func tool(
        id: String, version: String, threads: Threads = .eventLoop, services: [ServiceUse] = [],
        make: @escaping @Sendable (PluginSetup) throws -> any ToolPlugin
    ) -> PluginDefinition {
        PluginDefinition(id: id, version: version, threads: threads, services: services, role: "jackfield.tool") {
            ToolDispatcher(try make($0))
        }
    }
}

/// What an instance is made from.
public struct PluginSetup: Sendable {
    /// The id that the manifest gave this instance.
    public var instance: String
    /// The instance's configuration: an object that was checked against the plugin's schema, with defaults filled in.
    public var config: JSON

    public init(instance: String, config: JSON) {
        self.instance = instance
        self.config = config
    }
}

/// A service of the host that a plugin uses.
public struct ServiceUse: Sendable, Hashable {
    public var service: Service
    /// Without it the host must not create the plugin.
    public var isRequired: Bool

    public static func required(_ service: Service) -> ServiceUse { ServiceUse(service: service, isRequired: true) }
    public static func optional(_ service: Service) -> ServiceUse { ServiceUse(service: service, isRequired: false) }
}

/// The services of revision 1.
public enum Service: String, Sendable, Hashable, CaseIterable {
    case log = "jackfield.log"
    case metrics = "jackfield.metrics"
    case http = "jackfield.http"
    case llm = "jackfield.llm"
    case agents = "jackfield.agents"
    case tools = "jackfield.tools"
    case timer = "jackfield.timer"
    case secrets = "jackfield.secrets"
}
