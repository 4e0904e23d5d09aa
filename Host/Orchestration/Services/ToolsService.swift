import CJackfield
import JackfieldVocabulary
package import Loading

/// jackfield.tools/1: the tools that the manifest grants to the plugin.
package struct ToolsService: HostService {
    package let id = "jackfield.tools"
    package let revision: UInt32 = 1
    private let router: ToolRouter

    package init(router: ToolRouter) { self.router = router }

    package func start(_ call: ServiceCall) {
        guard Int32(call.method) == JACKFIELD_TOOLS_CALL else {
            return call.finish(Tool.ServiceList(router.granted(to: call.plugin.id).map(\.described)))
        }
        let request = call.request(Tool.ServiceInvocation.self)
        let router = router
        call.serve { task in
            let tool = try router.tool(request.name, for: call.plugin.id)
            let result = try await router.call(
                tool, arguments: request.arguments, id: request.id, scope: try call.scope.nested(),
                caller: call.plugin.id
            ) { event throws(CallError) in try await task.send(event: event.event, payload: event.payload) }
            return result.payload()
        }
    }
}
