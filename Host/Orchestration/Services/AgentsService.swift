import CJackfield
import JackfieldVocabulary
package import Loading
package import Manifest
package import Registry

/// jackfield.agents/1: the agents that the manifest grants to the plugin.
package struct AgentsService: HostService {
    package let id = "jackfield.agents"
    package let revision: UInt32 = 1
    private let registry: PluginRegistry
    private let granted: [String: [PluginInstanceID]]

    package init(registry: PluginRegistry, manifest: Manifest) {
        self.registry = registry
        granted = Dictionary(uniqueKeysWithValues: manifest.plugins.map { ($0.id.text, $0.grants.agents) })
    }

    package func start(_ call: ServiceCall) {
        let agents = granted[call.plugin.id] ?? []
        guard Int32(call.method) == JACKFIELD_AGENTS_INVOKE else {
            return call.finish(
                Agent.EntryList(
                    agents.compactMap { registry[$0] }.filter { $0.ready != nil }.map {
                        Agent.Entry(id: $0.id.text, summary: $0.now.description?.summary ?? "")
                    }))
        }
        let request = call.request(Agent.ServiceInvocation.self)
        guard let id = agents.first(where: { $0.text == request.agent }) else {
            return call.fail(
                CallError(
                    .forbidden, "plugins.\(call.plugin.id).grants.agents does not list the agent \(request.agent)"))
        }
        guard let agent = registry[id]?.ready else {
            return call.fail(CallError(.unavailable, "the agent \(id) is not running", retry: true))
        }
        let invocation = Agent.Invocation(input: request.input, model: request.model, context: request.context)
        call.serve { task in
            let nested = agent.start(
                method: JACKFIELD_AGENT_INVOKE, request: invocation.payload(), scope: try call.scope.nested())
            do throws(CallError) {
                while let event = try await nested.next() {
                    try await task.send(event: event.event, payload: event.payload)
                }
                return try await nested.result()
            } catch {
                nested.abort(error)
                throw error
            }
        }
    }
}
