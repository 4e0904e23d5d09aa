import JackfieldJSON

/// The OpenAPI 3.1 description of the routes that this host serves.
enum OpenAPIDocument {
    struct Operation {
        var method: String
        var path: String
        var summary: String
        var request: JSON?
        var response: JSON
        var tag: String
        /// In the path.
        var parameters: [String]
        /// In the query: name, what it says, and its schema.
        var query: [(name: String, description: String, schema: JSON)]

        init(
            _ method: String, _ path: String, _ summary: String, tag: String, request: JSON? = nil, response: JSON,
            parameter: String? = nil, parameters: [String] = [],
            query: [(name: String, description: String, schema: JSON)] = []
        ) {
            self.method = method
            self.path = path
            self.summary = summary
            self.tag = tag
            self.request = request
            self.response = response
            self.parameters = parameter.map { [$0] } ?? parameters
            self.query = query
        }

        /// Whether a model answers, so that headers tell how its answer came to be.
        var asksModel: Bool { method == "post" && tag == "OpenAI" }
    }

    static func ref(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }
    static let object: JSON = ["type": "object"]

    static func make(version: String) -> JSON {
        var paths = JSONObject()
        for operation in operations {
            let isText = operation.path.hasSuffix("/prometheus")
            let isOpenAI = operation.tag == "OpenAI"
            var answer: JSONObject = [
                "description": "The answer.",
                "content": .object([isText ? "text/plain" : "application/json": ["schema": operation.response]]),
            ]
            if operation.asksModel { answer["headers"] = provenance }
            var described: JSONObject = [
                "summary": .string(operation.summary), "tags": [.string(operation.tag)],
                "operationId": .string(id(operation)),
                "responses": [
                    "200": .object(answer),
                    "default": [
                        "description": "What went wrong.",
                        "content": .object([
                            isOpenAI ? "application/json" : "application/problem+json": [
                                "schema": ref(isOpenAI ? "OpenAIError" : "Problem")
                            ]
                        ]),
                    ],
                ],
            ]
            if let request = operation.request {
                described["requestBody"] = [
                    "required": true, "content": ["application/json": ["schema": request]],
                ]
            }
            var parameters = operation.query.map { name, description, schema -> JSON in
                ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
            }
            for parameter in operation.parameters {
                parameters.append(
                    ["name": .string(parameter), "in": "path", "required": true, "schema": ["type": "string"]])
            }
            if !parameters.isEmpty { described["parameters"] = .array(parameters) }
            var path = paths[operation.path]?.object ?? JSONObject()
            path[operation.method] = .object(described)
            paths[operation.path] = .object(path)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Jackfield", "version": .string(version),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "paths": .object(paths), "components": ["schemas": schemas],
        ]
    }

    /// "getApiV1Plugins"
    private static func id(_ operation: Operation) -> String {
        operation.method
            + operation.path.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }
}
