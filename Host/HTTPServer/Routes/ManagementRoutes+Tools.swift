import HTTPTypes
import Hummingbird
import JackfieldJSON
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import NIOCore
import Orchestration
import Registry
import Telemetry

/// What can be called, and calling it: for operators who want to see what an agent or a model would get.
extension ManagementRoutes {
    func addTools(_ routes: Router<ManagementContext>) {
        routes.get("/api/v1/tools") { _, _ in
            Self.json(["tools": .array(tools.tools.map(\.json))])
        }
        routes.post("/api/v1/tools/:instance/:tool") { _, context in
            let (instance, tool) = (
                try context.parameters.require("instance"), try context.parameters.require("tool")
            )
            return try await callTool("\(instance)/\(tool)", context)
        }
        // The alias has the parameter's name of the route above: the router knows one at each place.
        routes.post("/api/v1/tools/:instance") { _, context in
            try await callTool(try context.parameters.require("instance"), context)
        }
    }

    /// - Parameter name: INSTANCE/TOOL, or an alias.
    private func callTool(_ name: String, _ context: ManagementContext) async throws -> Response {
        let tool = try tools.tool(name)
        let body = context.server.body
        let started = MonotonicTime.now()
        do throws(CallError) {
            let result = try await tools.call(
                tool, arguments: body.readableBytes == 0 ? "{}" : String(buffer: body), id: context.id,
                scope: CallScope(context.server), caller: "api")
            return Self.json([
                "tool": .string(tool.name), "content": result.readable,
                "media_type": .string(result.mediaType ?? "application/json"), "failed": .bool(result.isFailure),
                "duration_ms": JSON(Double(started.elapsed / 1000) / 1000),
            ])
        } catch {
            return Self.problem(context.server.reason(for: error), tool, context)
        }
    }

    /// What the host says of a call is for the one who made it. What the tool says is shown where it is about the
    /// arguments, and goes to the log otherwise, as with every plugin.
    private static func problem(_ error: CallError, _ tool: RoutedTool, _ context: ManagementContext) -> Response {
        let isOwn = error.source == nil
        var problem = ProblemDetails(
            error, origin: isOwn && error.code != .internal ? .host : .plugin(tool.plugin.id.text),
            requestID: context.id)
        if isOwn || error.code == .invalidArgument { problem.detail = error.message }
        if !isOwn || error.code == .internal || error.code == .unavailable {
            problem.title = "The tool could not be called"
        }
        var headers: HTTPFields = [.contentType: ProblemDetails.contentType]
        for (name, value) in problem.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return Response(
            status: .init(code: problem.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: problem.body(requestID: context.id))))
    }
}

extension RoutedTool {
    /// For `GET /api/v1/tools`.
    fileprivate var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "alias": .string(alias), "plugin": .string(plugin.id.text),
        ]
        for member in entry.json.members where member.key != "name" { object[member.key] = member.value }
        return .object(object)
    }
}

extension Tool.Entry {
    /// As it is shown to people: schemas as what they are.
    var json: JSONObject {
        var object: JSONObject = [
            "name": .string(name), "description": .string(description),
            "parameters": (try? JSON(parsing: parameters)) ?? .null,
        ]
        if let result, let schema = try? JSON(parsing: result) { object["result"] = schema }
        for (trait, key) in [
            (Tool.Traits.readOnly, "read_only"), (.idempotent, "idempotent"), (.destructive, "destructive"),
            (.openWorld, "open_world"),
        ] where traits.contains(trait) { object[key] = true }
        return object
    }
}

extension Tool.Result {
    /// JSON as what it is, anything else as a string.
    fileprivate var readable: JSON {
        let isJSON = mediaType.map { $0 == "application/json" || $0.hasPrefix("application/json;") } ?? true
        return (isJSON ? try? JSON(parsing: content) : nil) ?? .string(content)
    }
}
